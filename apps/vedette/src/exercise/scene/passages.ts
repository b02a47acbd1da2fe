/** Where those who move may be: boats on water, patrols on land, nobody in a zone that is closed to him. */
import type { Place } from "@vedette/core/geo/position";
import { type Passage, passageOf } from "@vedette/core/motion/passage";
import { type Region, regionOf } from "@vedette/core/motion/region";
import type { Plan } from "../load.ts";

export type Medium = "air" | "land" | "sea";

/** Corners of coasts and closed zones are passed so far off. */
const MARGIN_KM = 1;

/** Passages of one exercise; groups to which the same is closed share one. */
export function passagesOf({ exercise, ground }: Plan): (group: string, by: Medium) => Passage | undefined {
  const zones = Object.entries(exercise.closed ?? {}).map(([id, { ring, to }]) => ({
    region: regionOf(`the closed zone ${id}`, [ring]),
    to,
  }));
  const land = ground.land ?? [];
  const made = new Map<string, Passage | undefined>();
  return (group, by) => {
    const own = zones.filter(({ to }) => to === undefined || to.includes(group)).map(({ region }) => region);
    const key = [by, ...own.map(({ id }) => id)].join("\n");
    if (!made.has(key)) {
      const regions: Region[] = [...own, ...(by === "air" || land.length === 0 ? [] : [coastOf(land, by)])];
      made.set(key, regions.length === 0 ? undefined : passageOf(regions, MARGIN_KM));
    }
    return made.get(key);
  };
}

/** The land, for a boat; for who walks or drives the water, which is all else within the frame of what is known. */
function coastOf(land: NonNullable<Plan["ground"]["land"]>, by: "land" | "sea"): Region {
  const rings = land.map((ring) => ring.map(([longitudeDeg, latitudeDeg]): Place => ({ latitudeDeg, longitudeDeg })));
  if (by === "sea") return regionOf("land", rings);
  const all = rings.flat();
  const [south, north] = [Math.min(...all.map(latOf)), Math.max(...all.map(latOf))];
  const [west, east] = [Math.min(...all.map(lonOf)), Math.max(...all.map(lonOf))];
  const corner = (latitudeDeg: number, longitudeDeg: number): Place => ({ latitudeDeg, longitudeDeg });
  const frame = [corner(south, west), corner(south, east), corner(north, east), corner(north, west)];
  return regionOf("water", [frame, ...rings]);
}

const latOf = ({ latitudeDeg }: Place): number => latitudeDeg;
const lonOf = ({ longitudeDeg }: Place): number => longitudeDeg;
