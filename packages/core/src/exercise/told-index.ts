/** What was told, by place: of a new report those that may be one with it, the latest first, without looking through all. */
import type { Evidence } from "../verify/evidence.ts";
import type { Rules } from "./staff.ts";

/** Cells and those around, 9 km and more: further than two reports of one incident lie apart, but of what flies. */
const CELL_DEG = 0.125;
/** Of a barrage there are thousands: the latest in each cell are asked at all. */
const MOST_ASKED = 96;
const KM_PER_DEG = 111.195;

/** Columns of what is asked of each: span, place, error, reach of its kind. */
const [START, END, LATITUDE, LONGITUDE, RADIUS_KM, EXTENT_KM, WIDTH] = [0, 1, 2, 3, 4, 5, 6] as const;

export class ToldIndex {
  readonly #rules: Rules;
  readonly #items: Evidence[] = [];
  #columns = new Float64Array(WIDTH * 1024);
  /** Numbers of items, in the order of their reading. */
  readonly #cells = new Map<number, number[]>();
  readonly #own = new Float64Array(WIDTH);

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  #into(item: Evidence, columns: Float64Array, at: number): void {
    const { taxonomy, spanOf } = this.#rules;
    const { start, end } = spanOf(item);
    columns[at + START] = start;
    columns[at + END] = end;
    columns[at + LATITUDE] = item.where.latitudeDeg;
    columns[at + LONGITUDE] = item.where.longitudeDeg;
    columns[at + RADIUS_KM] = item.where.radiusKm;
    columns[at + EXTENT_KM] = taxonomy.extentOf(item.kind).km;
  }

  add(item: Evidence): void {
    const number = this.#items.length;
    if (WIDTH * (number + 1) > this.#columns.length) {
      const wider = new Float64Array(2 * this.#columns.length);
      wider.set(this.#columns);
      this.#columns = wider;
    }
    this.#items.push(item);
    this.#into(item, this.#columns, WIDTH * number);
    const key = cellOf(item.where.latitudeDeg, item.where.longitudeDeg);
    const list = this.#cells.get(key);
    if (list === undefined) this.#cells.set(key, [number]);
    else list.push(number);
  }

  /** That may be one with it, by kind, time and distance, in the order of their reading; the latest, and no more than `most`. */
  beside(item: Evidence, most: number): Evidence[] {
    this.#into(item, this.#own, 0);
    const { latitudeDeg, longitudeDeg } = item.where;
    const found: number[] = [];
    const { taxonomy } = this.#rules;
    const cos = Math.cos((latitudeDeg * Math.PI) / 180);
    for (let y = -1; y <= 1; y++) {
      for (let x = -1; x <= 1; x++) {
        const list = this.#cells.get(cellOf(latitudeDeg + y * CELL_DEG, longitudeDeg + x * CELL_DEG));
        if (list === undefined) continue;
        const least = Math.max(0, list.length - MOST_ASKED);
        for (let i = list.length - 1; i >= least; i--) {
          const number = list[i] as number;
          if (!this.#isNear(number, cos)) continue;
          if (taxonomy.likeness01(item.kind, (this.#items[number] as Evidence).kind) > 0) found.push(number);
        }
      }
    }
    return found
      .sort((a, b) => a - b)
      .slice(-most)
      .map((number) => this.#items[number] as Evidence);
  }

  /** Whether grouping could take it for one with what is in `#own`: on a sphere, and a tenth more than it asks. */
  #isNear(number: number, cos: number): boolean {
    const [own, columns, at] = [this.#own, this.#columns, WIDTH * number];
    if ((own[START] as number) >= (columns[at + END] as number)) return false;
    if ((columns[at + START] as number) >= (own[END] as number)) return false;
    const km = Math.min(own[EXTENT_KM] as number, columns[at + EXTENT_KM] as number);
    const [p, q] = [own[RADIUS_KM] as number, columns[at + RADIUS_KM] as number];
    const north = KM_PER_DEG * ((columns[at + LATITUDE] as number) - (own[LATITUDE] as number));
    const east = KM_PER_DEG * cos * ((columns[at + LONGITUDE] as number) - (own[LONGITUDE] as number));
    return north * north + east * east <= 1.21 * (km * km + p * p + q * q);
  }

  save(): readonly Evidence[] {
    return [...this.#items];
  }

  load(items: readonly Evidence[]): void {
    this.#cells.clear();
    this.#items.length = 0;
    for (const item of items) this.add(item);
  }
}

/** Rows of cells and columns as one whole number. */
const cellOf = (latitudeDeg: number, longitudeDeg: number): number =>
  Math.floor((latitudeDeg + 90) / CELL_DEG) * 4096 + Math.floor((longitudeDeg + 180) / CELL_DEG);
