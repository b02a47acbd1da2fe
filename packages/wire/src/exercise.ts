/** An exercise as a file: the world that is watched, who watches, who works at headquarters, who directs. YAML on disk. */
import Type from "typebox";
import { About, Id, InstantText, LatitudeDeg, LongitudeDeg, Sources, Table } from "./common.ts";
import { Group, Pattern } from "./exercise-group.ts";
import { Headquarters } from "./exercise-headquarters.ts";
import { Above, closed, Place, Whole } from "./exercise-parts.ts";
import { PolicyChoice } from "./exercise-policy.ts";
import { Satellites } from "./exercise-satellites.ts";
import { PlainWorld, TruceWorld } from "./exercise-world.ts";

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
    fusing: Type.Optional(
      closed(
        {
          windowS: Type.Optional(Above("s from a report to the next; default 600")),
          reachKm: Type.Optional(Above("km about the first; default 2, or the sensor's own error")),
          classes: Type.Optional(
            Type.Array(Type.String(), { description: "classes of events that are put together; default: fire" }),
          ),
        },
        "an entity's reports of one kind at one place: the first at once, what follows within the window as one with a count",
      ),
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
        closed({
          latitudeDeg: LatitudeDeg,
          longitudeDeg: LongitudeDeg,
          radiusKm: Above("km that movers go round", 1000),
          patterns: Type.Optional(Type.Array(Pattern, { minItems: 1, description: "that suit it; default: all" })),
        }),
      ),
    ),
    areasAlong: Type.Optional(
      closed({
        count: Whole(1, "areas along the line of the truce", 1000),
        radiusKm: Above("km", 1000),
        offsetKm: Type.Number(),
      }),
    ),
    patterns: Type.Optional(
      Type.Array(Pattern, {
        minItems: 1,
        description: "ways to watch an area, of which a policy chooses; default: racetrack",
      }),
    ),
    closed: Type.Optional(
      Table(
        Id,
        closed({
          ring: Type.Array(Place, { minItems: 3, description: "corners in turn" }),
          to: Type.Optional(
            Type.Array(Id, { minItems: 1, description: "groups that may not enter; default: all that move" }),
          ),
        }),
      ),
    ),
    terrain: Type.Optional(
      Type.String({
        description:
          "flat: the Earth is smooth, which flatters sensors on the ground (default); unknown: no ground is known, and a sight along it is neither seen nor missed; else a folder of SRTM tiles (.hgt)",
      }),
    ),
    groups: Table(Id, Group),
    satellites: Type.Optional(Satellites),
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
