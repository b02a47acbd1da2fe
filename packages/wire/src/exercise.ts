/** An exercise as a file: the world that is watched, who watches, who works at headquarters, who directs. YAML on disk. */
import Type from "typebox";
import { About, Id, InstantText, LatitudeDeg, LongitudeDeg, NationCode, Sources, Table } from "./common.ts";

const closed = <T extends Type.TProperties>(properties: T, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description === undefined ? {} : { description }) });

const Above = (description: string) => Type.Number({ exclusiveMinimum: 0, description });
const From = (minimum: number, description: string) => Type.Number({ minimum, description });
const Share = Type.Number({ minimum: 0, maximum: 1, description: "0 to 1" });
const Whole = (minimum: number, description: string) => Type.Integer({ minimum, description });

const Channel = Type.Union(
  (["flash", "heat", "sound", "crater", "track", "radio"] as const).map((channel) => Type.Literal(channel)),
);

const Place = closed({ latitudeDeg: LatitudeDeg, longitudeDeg: LongitudeDeg });

const PlainWorld = closed(
  {
    latitudeDeg: LatitudeDeg,
    longitudeDeg: LongitudeDeg,
    radiusKm: Above("km; things happen anywhere within it"),
    kinds: Table(
      Id,
      closed({
        taxonomy: Type.String({ minLength: 1, description: "a kind of the taxonomy" }),
        perDay: From(0, "mean number a day: a Poisson process"),
        lastsS: Above("s for which it can be noticed"),
        channel: Channel,
        strength: Above("in the channel's unit"),
        isBreach: Type.Optional(Type.Boolean({ description: "default true" })),
      }),
    ),
  },
  "things that happen at random in a disc: for small exercises whose answer can be worked out",
);

const TruceWorld = closed(
  {
    file: Type.Optional(Type.String({ description: "a truce file; default: the shipped one" })),
    regime: Id,
    zones: Type.Optional(Type.String({ description: "a zones file; default: the shipped line of contact" })),
    zone: Id,
  },
  "a truce along a line: fire, claims, jamming, larger breaches",
);

const PlainSensor = closed(
  {
    rangeKm: Above("km"),
    look01: Share,
    locationM: Type.Optional(From(0, "m, 95 %; default 50")),
    delayS: Type.Optional(From(0, "s from look to report; default 0")),
    falseAlarmsPerDay: Type.Optional(From(0, "default 0")),
    bits: Type.Optional(From(0, "of a report; default 10,000")),
    channels: Type.Optional(Type.Array(Channel, { minItems: 1, description: "that it senses; default all" })),
  },
  "one chance for each look at what is within range",
);

const Along = closed(
  {
    count: Whole(1, "evenly along the line of the truce"),
    fromKm: Type.Optional(From(0, "km along the line")),
    toKm: Type.Optional(Above("km along the line")),
    offsetKm: Type.Optional(Type.Number({ description: "km to the right of who walks the line; default 0" })),
  },
  "only where the world is a truce",
);

const Worse = closed(
  {
    detection: Type.Optional(Share),
    falseAlarms: Type.Optional(From(0, "times what is declared")),
    location: Type.Optional(From(0, "times what is declared")),
    delay: Type.Optional(From(0, "times what is declared")),
  },
  "than declared: verification believes the declaration",
);

const Group = closed({
  nation: NationCode,
  declaredBy: Type.Optional(Type.String({ description: "a source of data/sources whose rates verification believes" })),
  form: Type.Optional(
    Type.Union([Type.Literal("report"), Type.Literal("detection")], {
      description: "report: a person read it, it can open an incident (default); detection: it stands beside one",
    }),
  ),
  places: Type.Optional(Type.Array(Place, { minItems: 1 })),
  along: Type.Optional(Along),
  heightM: Type.Optional(From(0, "above the ground; default 10")),
  sensor: Type.Optional(Type.String({ description: "id of a sensor of data/sensors" })),
  plain: Type.Optional(PlainSensor),
  worse: Type.Optional(Worse),
  everyS: Type.Optional(From(0, "s between looks; 0: it stares (default); of movers: while over their area")),
  phaseS: Type.Optional(From(0, "s from the start to the first look; default: spread over the group")),
  mover: Type.Optional(
    closed({
      speedMps: Type.Number({ description: "m/s" }),
      enduranceS: Type.Number({ description: "s" }),
      turnaroundS: Type.Optional(From(0, "s from landing to the next start; default 3,600")),
      reserve01: Type.Optional(Share),
    }),
  ),
  linkKbps: Type.Optional(Above("kbit/s; default 1,000")),
  jammable: Type.Optional(Type.Boolean({ description: "default: what moves is" })),
});

const Hour = Type.Number({ minimum: 0, maximum: 24, description: "local hour" });
const Shifts = Type.Array(closed({ fromHour: Hour, toHour: Hour, people: Whole(0, "at work") }));
const Work = closed({
  meanS: From(0, "s"),
  law: Type.Optional(Type.Union([Type.Literal("fixed"), Type.Literal("exponential")])),
});

const Headquarters = closed({
  owner: NationCode,
  utcOffsetH: Type.Optional(Type.Number({ minimum: -14, maximum: 14 })),
  analysts: Shifts,
  verifiers: Shifts,
  analysis: Work,
  verification: Work,
  assessment: Work,
});

const PolicyChoice = Type.Union([
  closed({ kind: Type.Literal("stay") }, "nothing moves"),
  closed({ kind: Type.Literal("heuristic") }, "near, long unwatched, with open questions"),
  closed(
    {
      kind: Type.Literal("scripted"),
      holdS: Above("s over each area"),
      areas: Type.Optional(
        Type.Array(Id, { minItems: 1, description: "in turn; default: all, agents spread over them" }),
      ),
    },
    "a plan that is written down",
  ),
  closed(
    {
      kind: Type.Literal("search"),
      futures: Whole(1, "that are imagined for each candidate"),
      aheadS: Above("s that are looked ahead"),
    },
    "rollouts on snapshots: what has not begun is imagined, never known",
  ),
  closed(
    {
      kind: Type.Literal("program"),
      command: Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: "started once a run; a line of JSON in, a line of JSON out",
      }),
      answerWithinS: Type.Optional(Above("s; default 10")),
    },
    "any program of yours, for instance one around a net in Python",
  ),
]);

export const Exercise = Type.Object(
  {
    kind: Type.Literal("exercise"),
    about: About,
    sources: Type.Optional(Sources),
    start: InstantText,
    days: Type.Number({ exclusiveMinimum: 0, maximum: 400 }),
    stepS: Type.Optional(Type.Number({ minimum: 1, maximum: 3600, description: "s, of what moves; default 60" })),
    decideS: Type.Optional(Type.Number({ minimum: 1, description: "s between decisions; default 1,800" })),
    stareS: Type.Optional(
      Type.Number({ minimum: 1, description: "s after which one who stares has looked anew; default 600" }),
    ),
    world: Type.Union([closed({ plain: PlainWorld }), closed({ truce: TruceWorld })]),
    weather: Type.Optional(
      closed(
        {
          climate: Type.Optional(Type.String({ description: "a weather file; default: the shipped one" })),
          world: Type.Optional(
            Type.String({ description: "a world file with a cloud grid; default: the shipped one" }),
          ),
        },
        "drawn anew for each seed; left out: a clear day without end",
      ),
    ),
    areas: Type.Optional(
      Table(
        Id,
        closed({ latitudeDeg: LatitudeDeg, longitudeDeg: LongitudeDeg, radiusKm: Above("km that movers go round") }),
      ),
    ),
    areasAlong: Type.Optional(
      closed({ count: Whole(1, "areas along the line of the truce"), radiusKm: Above("km"), offsetKm: Type.Number() }),
    ),
    groups: Table(Id, Group),
    headquarters: Headquarters,
    policy: Type.Optional(PolicyChoice),
  },
  { additionalProperties: false, title: "Vedette exercise" },
);
export type Exercise = Type.Static<typeof Exercise>;

export const ExerciseVariant = Type.Object(
  {
    kind: Type.Literal("exercise-variant"),
    title: Type.String({ minLength: 3 }),
    patch: Type.Unknown({ description: "RFC 7386: laid over the exercise; null takes a key away" }),
  },
  { additionalProperties: false, title: "Vedette exercise variant" },
);
export type ExerciseVariant = Type.Static<typeof ExerciseVariant>;
