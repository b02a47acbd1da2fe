/** What was told, by place: of a new report those that may be one with it, the latest first, without looking through all. */
import type { Evidence } from "../../verify/evidence.ts";
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
  /** Of the errors of places. */
  #worstKm = 0;

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
    this.#worstKm = Math.max(this.#worstKm, item.where.radiusKm);
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
    const cos = Math.cos((latitudeDeg * Math.PI) / 180);
    const [extentKm, radiusKm] = [this.#own[EXTENT_KM] as number, this.#own[RADIUS_KM] as number];
    // No other is known worse than the worst.
    const reachKm = 1.1 * Math.sqrt(extentKm * extentKm + radiusKm * radiusKm + this.#worstKm * this.#worstKm);
    const reachDeg = Math.min(reachKm / KM_PER_DEG, CELL_DEG);
    const reachLonDeg = Math.min(reachKm / KM_PER_DEG / cos, CELL_DEG);
    const [south, north] = [rowOf(latitudeDeg - reachDeg), rowOf(latitudeDeg + reachDeg)];
    const [west, east] = [columnOf(longitudeDeg - reachLonDeg), columnOf(longitudeDeg + reachLonDeg)];
    for (let row = south; row <= north; row++) {
      for (let column = west; column <= east; column++) {
        const list = this.#cells.get(row * COLUMNS + column);
        if (list !== undefined) this.#latest(list, { item, cos, most }, found);
      }
    }
    return found
      .sort((a, b) => a - b)
      .slice(-most)
      .map((number) => this.#items[number] as Evidence);
  }

  /** Of one cell, into `found`: of all cells together no more than `most` are wanted. */
  #latest(list: readonly number[], of: { item: Evidence; cos: number; most: number }, found: number[]): void {
    const { taxonomy } = this.#rules;
    const least = Math.max(0, list.length - MOST_ASKED);
    for (let i = list.length - 1, own = 0; i >= least && own < of.most; i--) {
      const number = list[i] as number;
      if (!this.#isNear(number, of.cos)) continue;
      if (!(taxonomy.likeness01(of.item.kind, (this.#items[number] as Evidence).kind) > 0)) continue;
      found.push(number);
      own++;
    }
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
    this.#worstKm = 0;
    for (const item of items) this.add(item);
  }
}

const COLUMNS = 4096;
const rowOf = (latitudeDeg: number): number => Math.floor((latitudeDeg + 90) / CELL_DEG);
const columnOf = (longitudeDeg: number): number => Math.floor((longitudeDeg + 180) / CELL_DEG);
/** Rows of cells and columns as one whole number. */
const cellOf = (latitudeDeg: number, longitudeDeg: number): number =>
  rowOf(latitudeDeg) * COLUMNS + columnOf(longitudeDeg);
