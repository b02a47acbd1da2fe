/** Where a truce's kilometres lie: on its line, or on the lines that some of its areas have of their own. */
import type { Place } from "../../geo/position.ts";
import type { Area } from "../truce/larger.ts";
import { lineFrame } from "../truce/line.ts";

export interface Grounds {
  /** Of the line of the truce. */
  readonly lengthKm: number;
  /** Names under which results are told apart: stretches of the line, then areas that have a line of their own. */
  readonly names: readonly string[];
  /** @param area index of a larger breach's area; -1: on the line of the truce */
  placeAt(area: number, sKm: number, yKm: number): Place;
  /** Index into the names. */
  nameAt(area: number, sKm: number): number;
}

/** Length of such a stretch. */
const STRETCH_KM = 100;

export function groundsOf(line: readonly Place[], areas: readonly Area[]): Grounds {
  const frame = lineFrame(line);
  const own = areas.map(({ course }) => (course === undefined ? undefined : lineFrame(course)));
  const stretches = Math.max(1, Math.ceil(frame.lengthKm / STRETCH_KM));
  const nameOf = areas.map(() => -1);
  const names = Array.from({ length: stretches }, (_, i) => `km-${i * STRETCH_KM}-${(i + 1) * STRETCH_KM}`);
  for (const [i, { id, course }] of areas.entries()) if (course !== undefined) nameOf[i] = names.push(id) - 1;
  return {
    lengthKm: frame.lengthKm,
    names,
    placeAt: (area, sKm, yKm) => (own[area] ?? frame).placeAt(sKm, yKm),
    nameAt: (area, sKm) => {
      const named = nameOf[area] ?? -1;
      return named >= 0 ? named : Math.min(stretches - 1, Math.max(0, Math.floor(sKm / STRETCH_KM)));
    },
  };
}
