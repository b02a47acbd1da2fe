/** What an exercise says, as JSON: `exercise.json` beside the page, and what `vedette exercise --json` prints. All instants are ISO 8601, UTC. */
import Type from "typebox";
import { Count, Maybe, NetworkOutcome, shut, Text } from "./exercise-result-network.ts";
import { misfitsIn } from "./misfits.ts";

const Estimate = { estimate: Maybe, low: Maybe, high: Maybe } as const;

/** A network against the first, over the same worlds: differences of shares, 0.05 is 5 points more. */
export const Difference = Type.Object(
  {
    title: Text,
    variant: Type.Union([Text, Type.Null()]),
    pairs: Count,
    within: Type.Array(Type.Object({ hours: Type.Number(), ...Estimate }, shut)),
    /** Without an interval where either network counted fewer than twenty of the class. */
    classes: Type.Array(Type.Object({ class: Text, hours: Type.Number(), ...Estimate }, shut)),
    driver: Type.Object(
      {
        /** Of `stations`; null: nothing changed, or the way was not counted. */
        station: Type.Union([Text, Type.Null()]),
        /** One sentence. */
        text: Text,
        /** Whether the first difference's interval leaves out 0, over six pairs of runs or more. */
        isTold: Type.Boolean(),
        parts: Type.Array(Type.Object({ station: Text, before01: Maybe, after01: Maybe, ...Estimate }, shut)),
        groups: Type.Array(Type.Object({ group: Text, change: Type.Number() }, shut)),
      },
      shut,
    ),
  },
  shut,
);
export type Difference = Type.Static<typeof Difference>;

/** A figure that rests on no source, and why it was taken so. */
export const Assumption = Type.Object({ group: Text, path: Text, value: Type.Number(), why: Text }, shut);
export type Assumption = Type.Static<typeof Assumption>;

/** Change of the first headline with all assumed figures of a group taken half as large, and half as large again. */
export const Sensitivity = Type.Object(
  {
    runs: Count,
    hours: Type.Number(),
    base: Maybe,
    rows: Type.Array(
      Type.Object({ group: Text, low: Type.Object(Estimate, shut), high: Type.Object(Estimate, shut) }, shut),
    ),
    failed: Type.Array(Type.Object({ group: Text, message: Text }, shut)),
  },
  shut,
);
export type Sensitivity = Type.Static<typeof Sensitivity>;

export const ExerciseResult = Type.Object(
  {
    format: Type.Literal("vedette-exercise/1"),
    marking: Text,
    software: Text,
    id: Text,
    title: Text,
    description: Type.Union([Text, Type.Null()]),
    start: Text,
    days: Type.Number({ exclusiveMinimum: 0 }),
    seed: Count,
    asked: Count,
    made: Count,
    /** Numbers of runs after which it was judged whether they are enough. */
    looks: Type.Array(Count),
    /** Width of the intervals, in standard deviations of the normal law; all looks together hold 95 of 100. */
    z: Type.Number(),
    level01: Type.Number(),
    untilCi: Maybe,
    curveHours: Type.Array(Type.Number()),
    stations: Type.Array(Text),
    networks: Type.Array(NetworkOutcome, { minItems: 1 }),
    differences: Type.Array(Difference),
    /** The run that the page replays; null: none was. */
    replay: Type.Union([Type.Object({ run: Count, seed: Count, why: Text }, shut), Type.Null()]),
    assumed: Type.Array(Assumption),
    sensitivity: Type.Union([Sensitivity, Type.Null()]),
    /** SHA-256 of all that was read, part by part, for each network. */
    inputs: Type.Array(Type.Object({ network: Text, part: Text, sha256: Text }, shut)),
    /** What prints the same again. */
    command: Text,
  },
  { ...shut, title: "Vedette exercise result" },
);
export type ExerciseResult = Type.Static<typeof ExerciseResult>;

/** Where a value is no result of an exercise; none where it is. */
export const exerciseResultMisfits = (value: unknown): string[] =>
  misfitsIn(ExerciseResult, value).map(({ path, message }) => `${path}: ${message}`);
