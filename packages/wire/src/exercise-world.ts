/** What happens in an exercise. */
import Type from "typebox";
import { Id, LatitudeDeg, LongitudeDeg, Table } from "./common.ts";
import { Above, Channel, closed, From } from "./exercise-parts.ts";

export const PlainWorld = closed(
  {
    latitudeDeg: LatitudeDeg,
    longitudeDeg: LongitudeDeg,
    radiusKm: Above("km; things happen anywhere within it", 2000),
    kinds: Table(
      Id,
      closed({
        taxonomy: Type.String({ minLength: 1, description: "a kind of the taxonomy" }),
        perDay: From(0, "mean number a day: a Poisson process", 100_000),
        lastsS: Above("s for which it can be noticed"),
        channel: Channel,
        strength: Above("in the channel's unit"),
        isBreach: Type.Optional(Type.Boolean({ description: "default true" })),
      }),
    ),
  },
  "things that happen at random in a disc: for small exercises whose answer can be worked out",
);

export const TruceWorld = closed(
  {
    file: Type.Optional(Type.String({ description: "a truce file; default: the shipped one" })),
    regime: Id,
    zones: Type.Optional(Type.String({ description: "a zones file; default: the shipped line of contact" })),
    zone: Id,
    foresight: Type.Optional(
      Type.Boolean({ description: "informed parties foretell the watch and wait for its gaps; default true" }),
    ),
    only: Type.Optional(
      Type.Array(Id, { minItems: 1, description: "kinds that happen and are claimed; default: all of the truce's" }),
    ),
    jamming: Type.Optional(
      closed(
        { times: From(0, "times as often", 1000), reachTimes: Above("times as far") },
        "against the truce's own; default: as in its file",
      ),
    ),
    scaling: Type.Optional(
      closed(
        {
          fireExponent: Type.Optional(
            Type.Number({
              minimum: -3,
              maximum: 3,
              description: "fire goes as the line's length to this power",
            }),
          ),
          hotSpotExponent: Type.Optional(
            Type.Number({ minimum: -3, maximum: 3, description: "so does the number of hot spots" }),
          ),
        },
        "from the monitored line to the exercise's; default: as in the truce's file",
      ),
    ),
  },
  "a truce along a line: fire, claims, jamming, larger breaches",
);
