/** What the runs of one network say, as JSON. `null` is unknown, never zero; shares are 0 to 1, times hours. */
import Type from "typebox";

export const shut = { additionalProperties: false } as const;
export const Count = Type.Integer({ minimum: 0 });
export const Maybe = Type.Union([Type.Number(), Type.Null()]);
export const Text = Type.String();

/** By HEADLINE_HOURS: a share of breaches with its interval, over runs. */
export const ShareWithin = Type.Object(
  {
    hours: Type.Number({ exclusiveMinimum: 0 }),
    estimate: Maybe,
    low: Type.Number(),
    high: Type.Number(),
    counted: Count,
    verified: Count,
  },
  shut,
);
export type ShareWithin = Type.Static<typeof ShareWithin>;

/** Breaches of one class in one area, in all runs; `seenBy` and `verifiedBy` by the report's `curveHours`. */
export const CurveRow = Type.Object(
  {
    class: Text,
    area: Text,
    counted: Type.Array(Count),
    verified: Type.Array(Count),
    seenBy: Type.Array(Count),
    verifiedBy: Type.Array(Count),
  },
  shut,
);
export type CurveRow = Type.Static<typeof CurveRow>;

/** Where the time of verified breaches went; of the mean, the part in which somebody worked on it. null: none passed. */
export const StageRow = Type.Object(
  { stage: Text, count: Count, meanH: Maybe, workH: Maybe, p10H: Maybe, p50H: Maybe, p90H: Maybe },
  shut,
);
export type StageRow = Type.Static<typeof StageRow>;

/**
 * Incidents whose probability `verify/` put between two bounds; those of them of which two independent witnesses saw something real, and those
 * of which any did.
 */
export const CalibrationBin = Type.Object(
  { from01: Type.Number(), to01: Type.Number(), count: Count, mean01: Maybe, sound: Count, real: Count },
  shut,
);

export const Calibration = Type.Object(
  {
    /** Of the incident's life: corroborated, verified. */
    moment: Text,
    bins: Type.Array(CalibrationBin),
    count: Count,
    /** Mean square of probability less outcome. */
    brier: Maybe,
    /** Of the outcome's log odds on those that were said: 1 where all is as said. */
    slope: Maybe,
  },
  shut,
);
export type Calibration = Type.Static<typeof Calibration>;

/** Counts of one thing: clocks, requests, satellites. Names in the order in which they are shown. */
export const Tally = Type.Array(Type.Object({ name: Text, value: Maybe, unit: Type.Optional(Text) }, shut));
export type Tally = Type.Static<typeof Tally>;

export const NamedCount = Type.Object({ name: Text, count: Count }, shut);
export type NamedCount = Type.Static<typeof NamedCount>;

export const RunRow = Type.Object(
  {
    run: Count,
    seed: Count,
    hash: Text,
    counted: Type.Array(Count),
    verified: Type.Array(Count),
    wronglyVerified: Count,
  },
  shut,
);

export const NetworkOutcome = Type.Object(
  {
    title: Text,
    /** A variant's name or file, as it was given; null: the exercise as it stands. */
    variant: Type.Union([Text, Type.Null()]),
    headline: Type.Array(ShareWithin),
    classes: Type.Array(
      /** `seen01`: within the first headline's hours. */
      Type.Object({ class: Text, seen01: Maybe, headline: Type.Array(ShareWithin) }, shut),
    ),
    rows: Type.Array(CurveRow),
    /** Breaches counted for the first headline that reached each of `stations` within its hours; none: not counted. */
    funnel: Type.Array(Count),
    /** Breaches by the group that saw them first, within 24 h. */
    firstSeen: Type.Array(NamedCount),
    stages: Type.Array(StageRow),
    /** Looks that saw nothing, by reason. */
    missedLooks: Type.Array(NamedCount),
    /** Breaches that nobody saw within the first headline's hours, by what stood in the way of the look that got furthest; by class. */
    missedBreaches: Type.Array(Type.Object({ class: Text, reason: Text, count: Count }, shut)),
    perDay: Type.Object(
      {
        reports: Maybe,
        falseReports: Maybe,
        claims: Maybe,
        incidents: Maybe,
        /** Of the incidents, those all of whose causes an earlier one held already. */
        duplicates: Maybe,
        verifiedIncidents: Maybe,
        duplicatesVerified: Maybe,
        /** None of whose witnesses saw anything real. */
        wronglyVerified: Maybe,
      },
      shut,
    ),
    /** Of the verified incidents, over runs. */
    wronglyVerified01: Type.Object({ estimate: Maybe, low: Type.Number(), high: Type.Number() }, shut),
    calibration: Type.Array(Calibration),
    clocks: Tally,
    requests: Tally,
    satellites: Tally,
    days: Type.Number({ minimum: 0 }),
    runs: Type.Array(RunRow),
    failed: Type.Array(Type.Object({ run: Count, seed: Count, message: Text }, shut)),
  },
  shut,
);
export type NetworkOutcome = Type.Static<typeof NetworkOutcome>;
