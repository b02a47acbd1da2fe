/** Who works at headquarters in an exercise, when, and how fast. */
import Type from "typebox";
import { Id, NationCode } from "./common.ts";
import { Above, closed, From, Whole } from "./exercise-parts.ts";

const Hour = Type.Number({ minimum: 0, maximum: 24, description: "local hour" });
const Shifts = Type.Array(closed({ fromHour: Hour, toHour: Hour, people: Whole(0, "at work", 10_000) }));
const Work = closed({
  meanS: From(0, "s"),
  law: Type.Optional(Type.Union([Type.Literal("fixed"), Type.Literal("exponential")])),
});

export const Headquarters = closed({
  owner: NationCode,
  utcOffsetH: Type.Optional(Type.Number({ minimum: -14, maximum: 14 })),
  analysts: Shifts,
  verifiers: Shifts,
  analysis: Work,
  verification: Work,
  assessment: Work,
  agreement: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        "a shipped agreement, or none; default: paris-illustration where the world is a truce, none where it is plain",
    }),
  ),
  signers: Type.Optional(
    Type.Array(closed({ fromHour: Hour, toHour: Hour, people: Whole(0, "at work", 10_000) }), {
      description: "who may sign notices; default: 2 at all hours",
    }),
  ),
  signing: Type.Optional(Work),
  handoverS: Type.Optional(From(0, "s that the next shift needs for work that it takes over; default 600")),
  urgent: Type.Optional(
    Type.Array(Id, {
      description: "groups of the taxonomy that go before all others; default air, forces, civil, maritime",
    }),
  ),
  requestH: Type.Optional(Above("h for which a request to look again stands; default 24")),
});
