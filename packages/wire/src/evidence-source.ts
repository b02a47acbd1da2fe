/**
 * A sensor or source of evidence as data: who runs it, how far it is believed, how sharp its places and times are, and
 * what it sees of what happens. A new sensor is a new file of this kind, and no code.
 */
import Type from "typebox";
import { About, Figure, Id, LatitudeDeg, LongitudeDeg, NationCode, Sources, Table } from "./common.ts";

const words = <const T extends readonly string[]>(all: T, description: string) =>
  Type.Union(
    all.map((word) => Type.Literal(word as T[number])),
    { description },
  );

export const EvidenceForm = words(["detection", "alert", "report", "claim", "reply"], "how its evidence came to be");

export const Reliability = words(["A", "B", "C", "D", "E", "F"], "source: A completely reliable to F cannot be judged");

export const Credibility = Type.Integer({
  minimum: 1,
  maximum: 6,
  description: "information: 1 confirmed to 6 cannot be judged",
});

/** Admiralty code, NATO AJP-2.1: two scales, independent of each other. */
export const AdmiraltyGrade = Type.Object(
  { reliability: Reliability, credibility: Credibility, why: Type.Optional(Type.String()) },
  { additionalProperties: false, description: "Admiralty grade that its evidence begins with" },
);

export const LocationBasis = words(
  ["fix", "pixel", "settlement", "area", "map", "stated"],
  "what a place is taken from",
);

/** How long a stated time is: `day` is the calendar day in the source's zone. */
export const TimePrecision = words(["second", "minute", "hour", "day"], "how finely its times are stated");

const ColumnName = Type.String({ pattern: "^[a-z0-9_ .-]{1,64}$", description: "a column's name in lower case" });

const Probability = Figure("probability, 0 to 1", { minimum: 0, maximum: 1 });
const Rate = (unit: string) => Figure(unit, { minimum: 0 });

/** Of one kind of event: how likely it leaves evidence of this source, and how near. */
export const Detects = Type.Object(
  {
    probability01: Probability,
    withinHours: Type.Number({ exclusiveMinimum: 0, maximum: 720, description: "of the event, before or after" }),
    withinKm: Type.Number({ exclusiveMinimum: 0, maximum: 500, description: "of the event's place" }),
    given: Type.Optional(Type.String({ description: "under which condition, e.g. a look under clear sky" })),
  },
  { additionalProperties: false, description: "chance that an event of the kind leaves evidence of this source" },
);
export type Detects = Type.Static<typeof Detects>;

/** Evidence that comes though nothing of the kind happened: by area, or as many as the source sends in a day. */
export const FalseAlarms = Type.Union(
  [
    Type.Object(
      { per1000Km2Day: Rate("per 1,000 km2 and day"), note: Type.Optional(Type.String()) },
      { additionalProperties: false },
    ),
    Type.Object(
      { perSourceDay: Rate("per source and day"), note: Type.Optional(Type.String()) },
      { additionalProperties: false },
    ),
  ],
  { description: "`per1000Km2Day` or `perSourceDay`" },
);

const Sensor = Type.Object(
  {
    name: Type.String({ minLength: 2 }),
    operator: Type.Optional(Id),
    codes: Type.Array(Type.String({ minLength: 1 }), {
      description: "what files call it, letter case aside",
    }),
  },
  { additionalProperties: false },
);

export const EvidenceSource = Type.Object(
  {
    kind: Type.Literal("evidence-source"),
    about: About,
    sources: Type.Optional(Sources),
    id: Id,
    title: Type.String({ minLength: 3 }),
    operator: Type.Object(
      { id: Id, name: Type.String({ minLength: 2 }), nation: Type.Optional(NationCode) },
      { additionalProperties: false, description: "who runs it: two sensors of one operator are not two" },
    ),
    form: EvidenceForm,
    grade: AdmiraltyGrade,
    /** Party to the agreement: what it says of itself or of the other is a claim. */
    party: Type.Optional(Id),
    relays: Type.Optional(
      Type.Boolean({ description: "it repeats what others published: no source of its own where those are known" }),
    ),
    language: Type.Optional(Type.String({ pattern: "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description: "BCP 47" })),
    place: Type.Object(
      {
        basis: LocationBasis,
        radiusKm: Figure("km, 95 %", { exclusiveMinimum: 0, maximum: 1000 }),
        pixel: Type.Optional(
          Type.Object(
            { alongKm: Figure("km", { exclusiveMinimum: 0 }), acrossKm: Figure("km", { exclusiveMinimum: 0 }) },
            { additionalProperties: false, description: "the largest pixel, where a record does not give its own" },
          ),
        ),
        geolocationKm: Type.Optional(
          Figure("km, 95 %, of a pixel's middle, beside the pixel's own size", { minimum: 0 }),
        ),
      },
      { additionalProperties: false, description: "how well it knows a place, where a record says nothing finer" },
    ),
    time: Type.Object(
      {
        precision: TimePrecision,
        zone: Type.Optional(Type.String({ description: "IANA zone of its dates; UTC where left out" })),
        beforeS: Type.Optional(Figure("s that the event may lie before the time stated", { minimum: 0 })),
        afterS: Type.Optional(Figure("s that the event may lie after the time stated", { minimum: 0 })),
      },
      {
        additionalProperties: false,
        description: "how well it knows a time; how an event's time follows from it is for linking, not for the record",
      },
    ),
    area: Type.Optional(
      Type.Object(
        { south: LatitudeDeg, west: LongitudeDeg, north: LatitudeDeg, east: LongitudeDeg },
        {
          additionalProperties: false,
          description: "its places lie inside: others are refused, and exchanged ones seen",
        },
      ),
    ),
    enters: Type.Optional(
      Type.Array(
        Type.Object(
          {
            feed: words(
              ["firms", "alerts", "news", "patrol", "claims", "replies"],
              "the KIND of `vedette import` by which it comes in",
            ),
            where: Type.Optional(
              Table(ColumnName, Type.Array(Type.String(), { minItems: 1 }), {
                description: "only rows in which every column named has one of these values, letter case aside",
              }),
            ),
          },
          { additionalProperties: false },
        ),
        { description: "how its rows are told from others'; the entry with most columns wins" },
      ),
    ),
    sensors: Type.Optional(Table(Id, Sensor, { description: "its single instruments" })),
    looks: words(
      ["overpass", "always", "tasked", "hears-of"],
      "when it can see at all: at overpasses, always, where it is sent, or never by itself",
    ),
    stoppedByCloud: Type.Boolean(),
    detects: Table(Id, Detects, { description: "by kind of the taxonomy; a kind left out is not seen by it" }),
    falseAlarms: FalseAlarms,
    confidence: Type.Optional(
      Table(
        ColumnName,
        Type.Array(
          Type.Object(
            {
              from: Type.Optional(Type.Number({ description: "values from here up; or" })),
              is: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: "these words" })),
              credibility: Credibility,
            },
            { additionalProperties: false },
          ),
          { minItems: 1 },
        ),
        { description: "by column: the credibility that a row's own confidence gives; the first that fits" },
      ),
    ),
  },
  { additionalProperties: false, title: "Vedette evidence source" },
);
export type EvidenceSource = Type.Static<typeof EvidenceSource>;
