/** The daily report as JSON: what `vedette report daily` writes beside the page. All instants are ISO 8601, UTC. */
import Type from "typebox";
import { misfitsIn } from "./misfits.ts";

const open = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0 });
const InstantText = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$" });
const SpanOf = Type.Object({ start: InstantText, end: InstantText }, open);
/** Somewhere between the two, both inside. */
const Ends = Type.Object({ earliest: InstantText, latest: InstantText }, open);
const Text = Type.String();

const TotalRow = Type.Object({ id: Text, title: Text, group: Type.Optional(Text), today: Count, before: Count }, open);

export const DailyPlace = Type.Object(
  {
    /** Nearest settlement, distance and bearing in words. */
    text: Text,
    settlement: Type.Union([Text, Type.Null()]),
    km: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
    bearing: Type.Union([Text, Type.Null()]),
    area: Type.Union([Text, Type.Null()]),
    latitudeDeg: Type.Number(),
    longitudeDeg: Type.Number(),
    radiusKm: Type.Number({ minimum: 0 }),
    basis: Text,
  },
  open,
);

export const DailyIncident = Type.Object(
  {
    id: Text,
    kind: Text,
    title: Text,
    place: DailyPlace,
    when: SpanOf,
    whenText: Text,
    /** `seen`, `heard`, `sensed`, `told`: how it came to be known. */
    perceived: Type.Array(Type.Object({ how: Text, count: Count, by: Type.Array(Text) }, open)),
    /** Of a sound or a flight, as recorded; nobody reckons it back to a sender. */
    directions: Type.Array(
      Type.Object({ of: Text, deg: Type.Number(), plusMinusDeg: Type.Union([Type.Number(), Type.Null()]) }, open),
    ),
    state: Text,
    stateTitle: Text,
    independent: Count,
    witnesses: Count,
    /** Near in space and time: detections that are no more than chance would have, and alerts, which are not weighed. */
    context: Count,
    grade: Type.Union([Text, Type.Null()]),
    linked01: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
    probability01: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]),
    reasons: Type.Array(Text),
    finding: Type.Union([Text, Type.Null()]),
    clauses: Type.Array(Text),
  },
  open,
);
export type DailyIncident = Type.Static<typeof DailyIncident>;

const UnseenArea = Type.Object(
  {
    id: Text,
    title: Text,
    /** One letter for each hour of the day, from its start: see `unseen.letters`. */
    hours: Type.String({ pattern: "^[a-z]*$" }),
    /** Hours by letter. */
    counts: Type.Record(Type.String({ pattern: "^[a-z]$" }), Count, open),
    /** Something that is always hot was seen that day at a time that is not known: the sky was clear once. */
    clearOnce: Type.Boolean(),
  },
  open,
);

export const DailyReport = Type.Object(
  {
    format: Type.Literal("vedette-daily-report/1"),
    title: Text,
    date: Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" }),
    zone: Text,
    span: SpanOf,
    /** Nothing that was written down later is in it. */
    asOf: InstantText,
    language: Text,
    marking: Text,
    for: Type.Union([Text, Type.Null()]),
    software: Text,
    totals: Type.Object(
      {
        today: Count,
        before: Count,
        byKind: Type.Array(TotalRow),
        byArea: Type.Array(TotalRow),
        byState: Type.Array(TotalRow),
      },
      open,
    ),
    incidents: Type.Array(DailyIncident),
    /** Ids of incidents above: restrictions on monitors, and jamming. */
    restrictions: Type.Array(Text),
    unseen: Type.Object(
      {
        letters: Type.Array(Type.Object({ letter: Text, title: Text, why: Text }, open)),
        areas: Type.Array(UnseenArea),
        passes: Type.Array(
          Type.Object({ start: InstantText, end: InstantText, sensor: Text, detections: Count }, open),
        ),
        notes: Type.Array(Text),
      },
      open,
    ),
    clocks: Type.Array(
      Type.Object(
        {
          id: Text,
          title: Text,
          incident: Text,
          place: Type.Union([Text, Type.Null()]),
          clauses: Type.Array(Text),
          party: Type.Union([Text, Type.Null()]),
          agreement: Text,
          state: Text,
          start: Ends,
          deadline: Type.Union([Ends, Type.Null()]),
          due: Type.Union([Text, Type.Null()]),
          unconfirmed: Type.Boolean(),
        },
        open,
      ),
    ),
    replies: Type.Array(
      Type.Object(
        {
          incident: Text,
          place: Type.Union([Text, Type.Null()]),
          party: Text,
          until: Ends,
          state: Text,
          at: Type.Union([SpanOf, Type.Null()]),
        },
        open,
      ),
    ),
    method: Type.Array(Text),
    sources: Type.Array(
      Type.Object(
        {
          title: Text,
          publisher: Text,
          licence: Text,
          url: Type.Union([Text, Type.Null()]),
          note: Type.Union([Text, Type.Null()]),
        },
        open,
      ),
    ),
  },
  { ...open, title: "Vedette daily report" },
);
export type DailyReport = Type.Static<typeof DailyReport>;

/** Where a value is no daily report; none where it is. */
export const dailyMisfits = (value: unknown): string[] =>
  misfitsIn(DailyReport, value).map(({ path, message }) => `${path}: ${message}`);
