/** Forms that people fill in: a patrol's report, a party's claim, a party's reply. JSON, checked one by one. */
import Type from "typebox";
import { Id, LatitudeDeg, LongitudeDeg } from "./common.ts";
import { type Misfit, misfitsIn } from "./misfits.ts";

const MomentText = Type.String({
  minLength: 8,
  description: "2026-07-01T09:06Z, to the second, minute or hour; or a date, which is that day in UTC",
});

/** One moment, or a span. */
const When = Type.Union(
  [MomentText, Type.Object({ from: MomentText, to: MomentText }, { additionalProperties: false })],
  { description: "a time, or `from` and `to`" },
);

const Position = Type.Object(
  {
    latitudeDeg: LatitudeDeg,
    longitudeDeg: LongitudeDeg,
    accuracyM: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1_000_000, description: "95 %" })),
    name: Type.Optional(Type.String({ minLength: 1 })),
  },
  { additionalProperties: false },
);

const OpaqueId = Type.String({
  pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$",
  description: "an id, never a name",
});

const Language = Type.String({ pattern: "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description: "BCP 47" });

const Observation = Type.Object(
  {
    event: Id,
    by: Type.Union([Type.Literal("seen"), Type.Literal("heard"), Type.Literal("found"), Type.Literal("sensed")]),
    at: Type.Optional(When),
    place: Type.Optional(Position),
    distanceKm: Type.Optional(Type.Number({ minimum: 0, maximum: 100, description: "from the patrol, as estimated" })),
    distancePlusMinusKm: Type.Optional(Type.Number({ minimum: 0, maximum: 100 })),
    direction: Type.Optional(
      Type.Object(
        {
          of: Type.Union([Type.Literal("sound"), Type.Literal("flight")]),
          deg: Type.Number({ minimum: 0, maximum: 360 }),
          plusMinusDeg: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 180 })),
        },
        { additionalProperties: false },
      ),
    ),
    count: Type.Optional(Type.Integer({ minimum: 1 })),
    weapon: Type.Optional(Type.String({ minLength: 1, description: "as assessed, e.g. 122 mm" })),
    text: Type.Optional(Type.String({ minLength: 1 })),
    language: Type.Optional(Language),
    files: Type.Optional(
      Type.Array(Type.String({ pattern: "^[0-9a-f]{64}$" }), { description: "photographs, by SHA-256" }),
    ),
  },
  { additionalProperties: false },
);

export const PatrolReport = Type.Object(
  {
    kind: Type.Literal("patrol-report"),
    id: OpaqueId,
    patrol: OpaqueId,
    observer: Type.Optional(OpaqueId),
    at: When,
    position: Position,
    observations: Type.Array(Observation, { minItems: 1 }),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false, title: "Vedette patrol report" },
);
export type PatrolReport = Type.Static<typeof PatrolReport>;

/** What a party says happened. */
export const Claim = Type.Object(
  {
    kind: Type.Literal("claim"),
    id: OpaqueId,
    party: Id,
    at: When,
    place: Position,
    event: Type.Optional(Id),
    against: Type.Optional(Id),
    original: Type.Optional(Type.String({ minLength: 1 })),
    text: Type.Optional(Type.String({ minLength: 1 })),
    language: Type.Optional(Language),
    files: Type.Optional(Type.Array(Type.String({ pattern: "^[0-9a-f]{64}$" }))),
  },
  { additionalProperties: false, title: "Vedette claim of a party" },
);
export type Claim = Type.Static<typeof Claim>;

/** A party's answer to an incident. */
export const Reply = Type.Object(
  {
    kind: Type.Literal("reply"),
    id: OpaqueId,
    party: Id,
    incident: OpaqueId,
    at: When,
    place: Type.Optional(Position),
    stance: Type.Union([Type.Literal("accepts"), Type.Literal("denies"), Type.Literal("explains")]),
    text: Type.Optional(Type.String({ minLength: 1 })),
    language: Type.Optional(Language),
    files: Type.Optional(Type.Array(Type.String({ pattern: "^[0-9a-f]{64}$" }))),
  },
  { additionalProperties: false, title: "Vedette reply of a party" },
);
export type Reply = Type.Static<typeof Reply>;

const FORMS = { "patrol-report": PatrolReport, claim: Claim, reply: Reply };
export type FormName = keyof typeof FORMS;

/** Where a form does not fit; none where it fits. */
export const formMisfitsOf = (name: FormName, value: unknown): Misfit[] => misfitsIn(FORMS[name], value);
