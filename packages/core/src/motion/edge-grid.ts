/** Edges of regions by cells of the chart, so that a straight way asks only those that it passes. */
import type { Region } from "./region.ts";

const CELL_DEG = 0.25;

/** For regions that do not reach round the Earth: longitudes are taken as they stand. */
export class EdgeGrid {
  /** Latitude and longitude of both ends of each edge. */
  readonly #edges: Float64Array;
  readonly #south: number;
  readonly #west: number;
  readonly #rows: number;
  readonly #columns: number;
  /** Edges of each cell, one cell after the other; where each begins. */
  readonly #list: Int32Array;
  readonly #start: Int32Array;
  /** By edge: the question that asked it last, since it may lie in many cells. */
  readonly #asked: Int32Array;
  #question = 0;

  constructor(regions: readonly Region[]) {
    this.#edges = Float64Array.from(regions.flatMap(({ edgesDeg }) => [...edgesDeg]));
    const some = regions.length > 0;
    const least = (of: (region: Region) => number) => (some ? Math.min(...regions.map(of)) : 0);
    const most = (of: (region: Region) => number) => (some ? Math.max(...regions.map(of)) : 0);
    this.#south = least(({ south }) => south);
    this.#west = least(({ west }) => west);
    this.#rows = 1 + Math.floor((most(({ north }) => north) - this.#south) / CELL_DEG);
    this.#columns = 1 + Math.floor((most(({ east }) => east) - this.#west) / CELL_DEG);
    const count = this.#edges.length / 4;
    this.#asked = new Int32Array(count);
    const cells: number[][] = Array.from({ length: this.#rows * this.#columns }, () => []);
    for (let e = 0; e < count; e++) {
      const at = (k: number): number => this.#edges[4 * e + k] as number;
      this.#cells(at(0), at(1), at(2), at(3), (cell) => {
        cells[cell]?.push(e);
        return false;
      });
    }
    this.#start = new Int32Array(cells.length + 1);
    cells.forEach((own, i) => {
      this.#start[i + 1] = (this.#start[i] as number) + own.length;
    });
    this.#list = Int32Array.from(cells.flat());
  }

  /** Whether the straight way crosses an edge. */
  isMet(latA: number, lonA: number, latB: number, lonB: number): boolean {
    const question = ++this.#question;
    return this.#cells(latA, lonA, latB, lonB, (cell) => {
      for (let k = this.#start[cell] as number; k < (this.#start[cell + 1] as number); k++) {
        const e = this.#list[k] as number;
        if (this.#asked[e] === question) continue;
        this.#asked[e] = question;
        if (this.#crosses(4 * e, latA, lonA, latB, lonB)) return true;
      }
      return false;
    });
  }

  /** Cells that a line passes, row by row, until one says so. */
  #cells(latA: number, lonA: number, latB: number, lonB: number, stop: (cell: number) => boolean): boolean {
    const [lat0, lon0, lat1, lon1] = latA <= latB ? [latA, lonA, latB, lonB] : [latB, lonB, latA, lonA];
    const first = Math.max(0, Math.floor((lat0 - this.#south) / CELL_DEG));
    const last = Math.min(this.#rows - 1, Math.floor((lat1 - this.#south) / CELL_DEG));
    const slope = lat1 > lat0 ? (lon1 - lon0) / (lat1 - lat0) : 0;
    for (let row = first; row <= last; row++) {
      const [low, high] = [this.#south + row * CELL_DEG, this.#south + (row + 1) * CELL_DEG];
      const a = lat1 > lat0 ? lon0 + slope * (Math.max(lat0, low) - lat0) : lon0;
      const b = lat1 > lat0 ? lon0 + slope * (Math.min(lat1, high) - lat0) : lon1;
      // A hair wider, so that no rounding leaves out the cell at a corner.
      const from = Math.max(0, Math.floor((Math.min(a, b) - 1e-9 - this.#west) / CELL_DEG));
      const to = Math.min(this.#columns - 1, Math.floor((Math.max(a, b) + 1e-9 - this.#west) / CELL_DEG));
      for (let column = from; column <= to; column++) if (stop(row * this.#columns + column)) return true;
    }
    return false;
  }

  #crosses(k: number, lat0: number, lon0: number, lat1: number, lon1: number): boolean {
    const e = this.#edges;
    const [p, q, r, s] = [e[k] as number, e[k + 1] as number, e[k + 2] as number, e[k + 3] as number];
    const one = (lon1 - lon0) * (p - lat0) - (lat1 - lat0) * (q - lon0);
    const two = (lon1 - lon0) * (r - lat0) - (lat1 - lat0) * (s - lon0);
    if (one > 0 === two > 0) return false;
    return (s - q) * (lat0 - p) - (r - p) * (lon0 - q) > 0 !== (s - q) * (lat1 - p) - (r - p) * (lon1 - q) > 0;
  }
}
