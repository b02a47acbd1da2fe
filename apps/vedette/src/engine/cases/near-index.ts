/** Detections and alerts by cells of a degree and a day: coarse, so that a million are asked fast. */
import { MS_PER_DAY } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident } from "@vedette/core/verify/incident";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";

const dayOf = (at: number): number => Math.floor(at / MS_PER_DAY);

const keyOf = (latitudeDeg: number, longitudeDeg: number, day: number): string =>
  `${Math.round(latitudeDeg)}/${Math.round(longitudeDeg)}/${day}`;

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

  #keysOf({ where: { latitudeDeg, longitudeDeg }, when, kind }: Incident): string[] {
    const last = dayOf(when.end + this.#taxonomy.extentOf(kind).ms) + 1;
    const days = Array.from({ length: last - dayOf(when.start) + 2 }, (_, i) => dayOf(when.start) - 1 + i);
    const beside = [-1, 0, 1];
    return days.flatMap((day) => [
      areaKey(day),
      ...beside.flatMap((y) => beside.map((x) => keyOf(latitudeDeg + y, longitudeDeg + x, day))),
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
