/** What was told, by place: of a new report those that may be one with it, the latest first, without looking through all. */
import type { Interval } from "../time/instant.ts";
import type { Evidence } from "../verify/evidence.ts";
import type { Taxonomy } from "../verify/taxonomy.ts";
import type { Rules } from "./staff.ts";

/** Cells and those around, 9 km and more: further than two reports of one incident lie apart, but of what flies. */
const CELL_DEG = 0.125;
/** Of a barrage there are thousands: the latest in each cell are asked at all. */
const MOST_ASKED = 96;
const KM_PER_DEG = 111.195;

interface Told {
  readonly number: number;
  readonly item: Evidence;
  readonly span: Interval;
  /** How far one incident of its kind reaches. */
  readonly extentKm: number;
}

export class ToldIndex {
  readonly #rules: Rules;
  readonly #cells = new Map<number, Told[]>();
  #count = 0;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  #toldOf(item: Evidence): Told {
    const { taxonomy, spanOf } = this.#rules;
    return { number: this.#count, item, span: spanOf(item), extentKm: taxonomy.extentOf(item.kind).km };
  }

  add(item: Evidence): void {
    const key = cellOf(item.where.latitudeDeg, item.where.longitudeDeg);
    const told = this.#toldOf(item);
    this.#count++;
    const list = this.#cells.get(key);
    if (list === undefined) this.#cells.set(key, [told]);
    else list.push(told);
  }

  /** That may be one with it, by kind, time and distance, in the order of their reading; the latest, and no more than `most`. */
  beside(item: Evidence, most: number): Evidence[] {
    const own = this.#toldOf(item);
    const { latitudeDeg, longitudeDeg } = item.where;
    const found: Told[] = [];
    for (let y = -1; y <= 1; y++) {
      for (let x = -1; x <= 1; x++) {
        const list = this.#cells.get(cellOf(latitudeDeg + y * CELL_DEG, longitudeDeg + x * CELL_DEG));
        if (list === undefined) continue;
        const least = Math.max(0, list.length - MOST_ASKED);
        for (let i = list.length - 1; i >= least; i--) {
          const other = list[i] as Told;
          if (mayBeOne(own, other, this.#rules.taxonomy)) found.push(other);
        }
      }
    }
    found.sort((a, b) => a.number - b.number);
    return found.slice(-most).map((told) => told.item);
  }

  save(): readonly Evidence[] {
    return [...this.#cells.values()]
      .flat()
      .sort((a, b) => a.number - b.number)
      .map(({ item }) => item);
  }

  load(items: readonly Evidence[]): void {
    this.#cells.clear();
    this.#count = 0;
    for (const item of items) this.add(item);
  }
}

/** Whether grouping could take them for one: on a sphere, and a tenth more than it asks. */
function mayBeOne(a: Told, b: Told, taxonomy: Taxonomy): boolean {
  if (!(a.span.start < b.span.end && b.span.start < a.span.end)) return false;
  const [p, q] = [a.item.where, b.item.where];
  const km = Math.min(a.extentKm, b.extentKm);
  const reach2 = 1.21 * (km * km + p.radiusKm * p.radiusKm + q.radiusKm * q.radiusKm);
  const north = KM_PER_DEG * (q.latitudeDeg - p.latitudeDeg);
  if (north * north > reach2) return false;
  const east = KM_PER_DEG * Math.cos((p.latitudeDeg * Math.PI) / 180) * (q.longitudeDeg - p.longitudeDeg);
  return north * north + east * east <= reach2 && taxonomy.likeness01(a.item.kind, b.item.kind) > 0;
}

/** Rows of cells and columns as one whole number. */
const cellOf = (latitudeDeg: number, longitudeDeg: number): number =>
  Math.floor((latitudeDeg + 90) / CELL_DEG) * 4096 + Math.floor((longitudeDeg + 180) / CELL_DEG);
