/** What happens in an exercise. */
import Type from "typebox";
import { Id, LatitudeDeg, LongitudeDeg, Table } from "./common.ts";
import { Above, Channel, closed, From } from "./exercise-parts.ts";

export const PlainWorld = closed(
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

export const TruceWorld = closed(
  {
    file: Type.Optional(Type.String({ description: "a truce file; default: the shipped one" })),
    regime: Id,
    zones: Type.Optional(Type.String({ description: "a zones file; default: the shipped line of contact" })),
    zone: Id,
  },
  "a truce along a line: fire, claims, jamming, larger breaches",
);
