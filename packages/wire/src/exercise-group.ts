/** Who watches in an exercise: groups of alike. */
import Type from "typebox";
import { Id, NationCode } from "./common.ts";
import { Above, Channel, closed, From, Place, Share, Whole } from "./exercise-parts.ts";

const PlainSensor = closed(
  {
    rangeKm: Above("km"),
    look01: Share,
    locationM: Type.Optional(From(0, "m, 95 %; default 50", 1_000_000)),
    delayS: Type.Optional(From(0, "s from look to report; default 0")),
    falseAlarmsPerDay: Type.Optional(From(0, "default 0", 100_000)),
    bits: Type.Optional(From(0, "of a report; default 10,000")),
    channels: Type.Optional(Type.Array(Channel, { minItems: 1, description: "that it senses; default all" })),
  },
  "one chance for each look at what is within range",
);

const Along = closed(
  {
    count: Whole(1, "evenly along the line of the truce", 20_000),
    fromKm: Type.Optional(From(0, "km along the line")),
    toKm: Type.Optional(Above("km along the line")),
    offsetKm: Type.Optional(Type.Number({ description: "km to the right of who walks the line; default 0" })),
  },
  "only where the world is a truce",
);

const Worse = closed(
  {
    detection: Type.Optional(Share),
    falseAlarms: Type.Optional(From(0, "times what is declared", 1000)),
    location: Type.Optional(From(0, "times what is declared", 1000)),
    delay: Type.Optional(From(0, "times what is declared")),
  },
  "than declared: verification believes the declaration",
);

export const Pattern = Type.Union(
  (["racetrack", "creeping-line", "sector", "expanding-square", "line-patrol"] as const).map((kind) =>
    Type.Literal(kind),
  ),
);

const Mover = closed({
  speedMps: Type.Number({ description: "m/s, through the air or the water, or over the ground" }),
  enduranceS: Type.Number({ description: "s" }),
  turnaroundS: Type.Optional(From(0, "s from landing to the next start; default 3,600")),
  reserve01: Type.Optional(Share),
  by: Type.Optional(
    Type.Union([Type.Literal("air"), Type.Literal("land"), Type.Literal("sea")], {
      description: "what it moves in; default: air from 100 m above the ground on, else land",
    }),
  ),
  mostWindMps: Type.Optional(
    Above(
      "m/s at the ground; in more it stays at its base or turns back; default (assumed): 15 for what flies, else none",
    ),
  ),
  mostWaveM: Type.Optional(
    Above("m, significant height; in more it stays or turns back; default (assumed): 2.5, sea state 4, for what swims"),
  ),
  patterns: Type.Optional(
    Type.Array(Pattern, { minItems: 1, description: "that it can go; default: all of the exercise" }),
  ),
  sweepKm: Type.Optional(
    Above("km between legs; default: the width that its sensor sweeps of fresh marks 3 m across, on a clear day"),
  ),
});

const Band = Type.Union(
  (["control", "data", "voice"] as const).map((band) => Type.Literal(band)),
  { description: "that a jammer must take; default: control for what flies, voice for patrols, else data" },
);

const Link = Type.Union([
  closed(
    {
      kind: Type.Literal("line-of-sight"),
      rangeKm: Above("km"),
      relayHeightM: Type.Optional(From(0, "of the masts at the other end, above the ground; default 30")),
      bases: Type.Optional(
        Type.Array(Place, { minItems: 1, description: "of those masts; default: each one's own base" }),
      ),
      band: Type.Optional(Band),
    },
    "over the horizon of an Earth of 4/3 radius, and over the ground where it is known",
  ),
  closed(
    { kind: Type.Literal("satcom"), band: Type.Optional(Band) },
    "by a satellite in geostationary orbit: always in view",
  ),
]);

export const Group = closed({
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
  mistakes: Type.Optional(
    Type.Array(Id, {
      minItems: 1,
      description:
        "kinds that its false alarms are taken for, one named twice twice as often; default: any that happens",
    }),
  ),
  everyS: Type.Optional(From(0, "s between looks; 0: it stares (default); of movers: while over their area")),
  phaseS: Type.Optional(From(0, "s from the start to the first look; default: spread over the group")),
  mover: Type.Optional(Mover),
  link: Type.Optional(Link),
  linkKbps: Type.Optional(Above("kbit/s; default 1,000")),
  jammable: Type.Optional(Type.Boolean({ description: "default: what moves is" })),
});
