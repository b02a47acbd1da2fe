/** Who watches in an exercise: groups of alike. */
import Type from "typebox";
import { NationCode } from "./common.ts";
import { Above, Channel, closed, From, Place, Share, Whole } from "./exercise-parts.ts";

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
