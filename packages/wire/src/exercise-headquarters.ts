/** Who works at headquarters in an exercise, when, and how fast. */
import Type from "typebox";
import { NationCode } from "./common.ts";
import { closed, From, Whole } from "./exercise-parts.ts";

const Hour = Type.Number({ minimum: 0, maximum: 24, description: "local hour" });
const Shifts = Type.Array(closed({ fromHour: Hour, toHour: Hour, people: Whole(0, "at work") }));
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
});
