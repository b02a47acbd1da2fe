/** Detections and alerts by cells of a degree and a day: coarse, so that a million are asked fast. */
import { MS_PER_DAY } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident } from "@vedette/core/verify/incident";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";

const dayOf = (at: number): number => Math.floor(at / MS_PER_DAY);

/** The antimeridian is no edge. */
const keyOf = (latitudeDeg: number, longitudeDeg: number, day: number): string =>
  `${Math.round(latitudeDeg)}/${(Math.round(longitudeDeg) + 540) % 360}/${day}`;

/** Nearer than this something may speak of an incident, or for what burns round about. */
const ROUND_KM = 70;
const [KM_PER_DEG, MOST_KM] = [111, 1000];
/** Cells to either side that hold all within so many kilometres. */
const besideOf = (km: number, ofDeg: number): number[] => {
  const cells = Math.min(180, Math.ceil(Math.min(km, MOST_KM) / (KM_PER_DEG * ofDeg)));
  return Array.from({ length: 2 * cells + 1 }, (_, i) => i - cells);
};

export class NearIndex {
  readonly #taxonomy: Taxonomy;
  /** Of every cell that some incident asks for; an area reaches further than a cell, and is held by its day. */
  readonly #cells = new Map<string, Evidence[]>();

  constructor(incidents: Iterable<Incident>, taxonomy: Taxonomy) {
    this.#taxonomy = taxonomy;
    for (const incident of incidents) for (const key of this.#keysOf(incident)) this.#cells.set(key, []);
  }

  /** Whether any incident may lie near it. */
  wants(item: Evidence): boolean {
    return keysOfItem(item).some((key) => this.#cells.has(key));
  }

  add(item: Evidence): void {
    for (const key of keysOfItem(item)) this.#cells.get(key)?.push(item);
  }

  /** Each once, in the order in which they were added. */
  around(incident: Incident): Evidence[] {
    return [...new Set(this.#keysOf(incident).flatMap((key) => this.#cells.get(key) ?? []))];
  }

  #keysOf({ where: { latitudeDeg, longitudeDeg, radiusKm }, when, kind }: Incident): string[] {
    const last = dayOf(when.end + this.#taxonomy.extentOf(kind).ms) + 1;
    const days = Array.from({ length: last - dayOf(when.start) + 2 }, (_, i) => dayOf(when.start) - 1 + i);
    const km = ROUND_KM + radiusKm;
    const [north, east] = [besideOf(km, 1), besideOf(km, Math.max(0.01, Math.cos((latitudeDeg * Math.PI) / 180)))];
    return days.flatMap((day) => [
      areaKey(day),
      ...north.flatMap((y) => east.map((x) => keyOf(latitudeDeg + y, longitudeDeg + x, day))),
    ]);
  }
}

const areaKey = (day: number): string => `area/${day}`;

/** An alert stands in every day that it touches, up to a month: one that is older says nothing any more. */
function keysOfItem({ where, when }: Evidence): string[] {
  if (where.basis !== "area") return [keyOf(where.latitudeDeg, where.longitudeDeg, dayOf(when.start))];
  const days = Math.min(31, dayOf(when.end - 1) - dayOf(when.start) + 1);
  return Array.from({ length: days }, (_, i) => areaKey(dayOf(when.start) + i));
}
