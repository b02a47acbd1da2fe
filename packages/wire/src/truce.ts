/**
 * A truce as data: where fire begins, how it brings more, how it becomes less and more again, what a mission records of it, what the
 * parties claim, what keeps the mission from watching, what larger breaches there are, and what each thing leaves to be noticed.
 * Every figure has a source or says why it was assumed. Places are kilometres along a line and across it.
 */
import Type from "typebox";
import { About, Figure, Id, LatitudeDeg, LongitudeDeg, Sources, Table } from "./common.ts";

const closed = <T extends Type.TProperties>(properties: T, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description === undefined ? {} : { description }) });

const Share = Figure("0 to 1", { minimum: 0, maximum: 1 });
const Some = (unit: string) => Figure(unit, { exclusiveMinimum: 0 });
const Count = (unit: string) => Figure(unit, { minimum: 0 });
const Km = Count("km");
const Hour = Figure("local hour", { minimum: 0, maximum: 24 });

const Sizes = closed(
  { low: Some("smallest"), high: Some("largest"), tail: Some("power by which the tail falls") },
  "a size with a heavy tail: P(X > x) goes as x^-tail from low, cut off at high",
);

const Delay = Type.Union([
  closed({ kind: Type.Literal("exponential"), meanS: Some("s") }),
  closed({
    kind: Type.Literal("power-law"),
    scaleS: Some("s"),
    exponent: Figure("", { exclusiveMinimum: 1 }),
    longestS: Some("s"),
  }),
]);
const Reach = Type.Union([
  closed({ kind: Type.Literal("normal"), sigmaKm: Some("km") }),
  closed({
    kind: Type.Literal("power-law"),
    scaleKm: Some("km"),
    exponent: Figure("", { exclusiveMinimum: 1 }),
    longestKm: Some("km"),
  }),
]);

const Offspring = closed(
  {
    mean: Figure("events that one event brings directly", { minimum: 0, maximum: 1 }),
    delay: Delay,
    reach: Reach,
    answers01: Share,
  },
  "one way in which fire brings more fire",
);

const byFireKind = <T extends Type.TSchema>(value: T, description: string) =>
  closed({ explosion: value, burst: value, projectile: value, flash: value }, description);

const Fire = closed({
  lineKm: Some("km"),
  hotSpots: Table(
    Id,
    closed({ atKm: Km, spreadKm: Some("km"), perDay: Count("engagements begun a day, earlier level") }),
  ),
  background: closed({ perKmDay: Count("engagements begun a km and day, earlier level"), segmentKm: Some("km") }),
  depthKm: Km,
  cascade: closed({
    offspring: Table(Id, Offspring),
    vigour: Sizes,
    like01: Share,
    shares: byFireKind(Share, "of all that happens; they add up to 1"),
  }),
  barrages: closed(
    {
      perHotSpotDay: Count("a hot spot and day"),
      perKmDay: Count("a km and day"),
      rounds: Sizes,
      lastsS: Some("s"),
      sigmaKm: Km,
    },
    "many explosions at one place; they come truce or not",
  ),
  rhythm: closed({ swing01: Share, peakHour: Hour }),
  displacement: closed({ chance01: Share, beyondKm: Some("km, mean, beyond the edge of a view") }),
});

const Regime = closed({
  floor01: Share,
  fallDays: Some("days in which what is above the floor falls to 1/e"),
  backAfterDays: Type.Optional(Some("days after which it is back at the earlier level; left out: it holds")),
});

const Notices = closed(
  { peak01: Share, reachKm: Some("km at which the chance has fallen to 1/e of the peak"), byDay01: Share },
  "chance that one sensor of the class notices one event: peak01 exp(-(r/reachKm)^2), by day times byDay01",
);
const Noticing = byFireKind(Notices, "by kind of event");

const Standing = closed({
  atKm: Type.Union(
    [
      closed({ values: Type.Array(Type.Number({ minimum: 0 })), source: Type.String() }),
      closed({ values: Type.Array(Type.Number({ minimum: 0 })), assumed: Type.String({ minLength: 3 }) }),
    ],
    { description: "km along the line" },
  ),
  offsetKm: Figure("km across the line"),
  notices: Noticing,
});

const Outing = { perDay: Count("whole, a day"), fromHour: Hour, toHour: Hour, nearHotSpots01: Share };

const Mission = closed({
  cameras: Standing,
  posts: Standing,
  patrols: closed({ ...Outing, offsetKm: Figure("km across the line"), notices: Noticing }),
  flights: closed({ ...Outing, lastsMinutes: Some("minutes") }),
  daylight: closed({ fromHour: Hour, toHour: Hour }),
  knownViewKm: Km,
});

const Obstruction = {
  perHotSpotDay: Count("begun a hot spot and day"),
  perKmDay: Count("begun a km and day"),
  lastsHours: Some("hours, mean"),
  reachKm: Some("km"),
};

const Claims = closed({
  truthful01: Share,
  copies: Count("mean number beside each claim"),
  promptMeanMinutes: Some("minutes"),
  late01: Share,
  lateMeanHours: Some("hours"),
  falsePerKmDay: Count("a km and day, earlier level"),
  falseWithLevel01: Share,
  falseLargerPerDay: Count("a day, of all areas together"),
  errorKm: Km,
  otherKind01: Share,
});

const Course = closed(
  {
    places: Type.Array(closed({ latitudeDeg: LatitudeDeg, longitudeDeg: LongitudeDeg }), { minItems: 2 }),
    assumed: Type.String({ minLength: 3 }),
  },
  "a line of its own, on which the area's kilometres count; left out: the line of the truce",
);

const Area = closed({
  course: Type.Optional(Course),
  atKm: Km,
  offsetKm: Figure("km across the line"),
  halfKm: Km,
  halfAcrossKm: Type.Optional(Km),
});

const Appearance = closed({
  contrast01: Share,
  riseK: Count("K above its ground"),
  speedMps: Count("m/s"),
  heightM: Count("m above the ground or the sea"),
});

const Larger = closed({
  perDay: Count("a day, of all its areas together"),
  areas: Type.Array(Id, { minItems: 1 }),
  lastsS: Some("s in which the act itself can be seen"),
  informed01: Share,
  patienceHours: Count("hours that an informed party waits for a gap"),
  mistaken01: Type.Optional(Share),
  harmless: Type.Optional(Type.Boolean({ description: "true: it looks like a breach and is none" })),
  taxonomy: Id,
});

const Signature = closed({
  channel: Type.Union(
    ["flash", "heat", "sound", "shock", "crater", "track", "radio", "ais"].map((c) => Type.Literal(c)),
  ),
  strength: Figure(
    "flash W/sr, heat MW, sound dB re 20 uPa at 1 km, crater m across, track m2 of echo of what moves, radio W, shock kg of TNT in the ground, ais s between messages",
  ),
  lastsS: Some("s"),
  fades: Type.Union([Type.Literal("at-once"), Type.Literal("exponential")], {
    description: "ends at lastsS, or has fallen to 1/e then",
  }),
});

const Statistic = Type.Union([Type.Literal("mean"), Type.Literal("median")]);

const Published = Type.Union(
  [
    closed({
      value: Type.Number(),
      source: Type.String(),
      statistic: Statistic,
      low: Type.Number(),
      high: Type.Number(),
      why: Type.String(),
    }),
    closed({
      value: Type.Number(),
      assumed: Type.String(),
      statistic: Statistic,
      low: Type.Number(),
      high: Type.Number(),
      why: Type.String(),
    }),
  ],
  {
    description:
      "a published figure, and the interval in which the mean or median, over many seeds, of what the model's mission records must lie, and why",
  },
);

export const Truce = Type.Object(
  {
    kind: Type.Literal("truce"),
    about: About,
    sources: Type.Optional(Sources),
    id: Id,
    version: Type.Integer({ minimum: 1 }),
    fire: Fire,
    regimes: Table(Id, Regime),
    mission: Mission,
    obstruction: closed({
      jamming: closed({ ...Obstruction, navigation01: Share, control01: Share }),
      denial: closed(Obstruction),
    }),
    claims: closed({ a: Claims, b: Claims }, "of the two parties"),
    areas: Table(Id, Area),
    larger: Table(Id, Larger),
    signatures: Table(Id, Type.Array(Signature), {
      description: "by kind of event; a channel left out: nothing in it",
    }),
    appearance: Table(Id, Appearance, { description: "by kind of event: how what stands or moves there looks" }),
    taxonomy: byFireKind(Id, "kind of incident that fire is, by kind of event"),
    scaling: closed({
      lineKm: Some("km"),
      fireExponent: Figure("fire goes as the line's length to this power"),
      hotSpotExponent: Figure("so does the number of hot spots"),
    }),
    measure: closed({
      nearKm: Km,
      burstS: Some("s"),
      burstKm: Some("km"),
      overDays: Some("days, whole"),
      share01: Share,
    }),
    published: Table(Type.String({ pattern: "^[a-z][A-Za-z0-9]{2,40}$" }), Published),
  },
  { additionalProperties: false, title: "Vedette truce" },
);
export type Truce = Type.Static<typeof Truce>;
