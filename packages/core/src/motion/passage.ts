/**
 * The shortest way between two places that keeps out of closed regions: straight where it can be, else by corners of the regions, each passed
 * at a margin. A visibility graph, searched by A*; who sees whom is found when it is asked for and kept. Straight lines are those of
 * the chart (`chart.ts`), so that what is tested is what is sailed or flown.
 */
import { KM_PER_DEG, kmBetween } from "./chart.ts";
import { EdgeGrid } from "./edge-grid.ts";
import { isInside, type Region } from "./region.ts";

export interface Passage {
  /** The closed region that a place lies in; undefined: it is free. */
  closedBy(latitudeDeg: number, longitudeDeg: number): string | undefined;
  /** A closed round without its places that lie in a region, led round what its legs meet; undefined: fewer than two are left. */
  round(round: Float64Array): Float64Array | undefined;
  /** Places after the first, the last included, latitudes and longitudes in turn; undefined where there is no way. */
  way(latA: number, lonA: number, latB: number, lonB: number): Float64Array | undefined;
}

const DEG = Math.PI / 180;
/** Corners that turn by less are no corners: points along an edge. */
const LEAST_TURN = Math.sin(0.5 * DEG);
/** A sharp corner is passed at no more than so many margins from its tip. */
const MOST_MARGINS = 3;

/** @param marginKm at which corners are passed */
export function passageOf(regions: readonly Region[], marginKm = 1): Passage {
  const grid = new EdgeGrid(regions);
  const closedBy = (latitudeDeg: number, longitudeDeg: number): string | undefined =>
    regions.find((region) => isInside(region, { latitudeDeg, longitudeDeg }))?.id;
  const corners = regions
    .flatMap((region) => cornersOf(region, marginKm))
    .filter(([lat, lon]) => closedBy(lat, lon) === undefined);
  const search = new Search(corners, grid);
  const way: Passage["way"] = (latA, lonA, latB, lonB) => {
    if (closedBy(latA, lonA) !== undefined || closedBy(latB, lonB) !== undefined) return undefined;
    if (!grid.isMet(latA, lonA, latB, lonB)) return Float64Array.of(latB, lonB);
    return search.way(latA, lonA, latB, lonB);
  };
  return { closedBy, way, round: (round) => roundBy(round, { closedBy, way }) };
}

function roundBy(round: Float64Array, { closedBy, way }: Pick<Passage, "closedBy" | "way">): Float64Array | undefined {
  const free: number[] = [];
  for (let k = 0; k < round.length; k += 2) {
    const [lat, lon] = [round[k] as number, round[k + 1] as number];
    if (closedBy(lat, lon) === undefined) free.push(lat, lon);
  }
  if (free.length < 4) return undefined;
  const [lat, lon] = [free[0] as number, free[1] as number];
  // A round ends where it begins: its last leg too must be free.
  if (free.at(-2) !== lat || free.at(-1) !== lon) free.push(lat, lon);
  const places = [lat, lon];
  for (let k = 2; k < free.length; k += 2) {
    const leg = way(free[k - 2] as number, free[k - 1] as number, free[k] as number, free[k + 1] as number);
    if (leg === undefined) return undefined;
    places.push(...leg);
  }
  return Float64Array.from(places);
}

/** Outside each corner that stands out, at the margin from both its sides. */
function cornersOf(region: Region, marginKm: number): [number, number][] {
  const corners: [number, number][] = [];
  for (const ring of ringsOf(region.edgesDeg)) {
    const n = ring.length / 2;
    for (let i = 0; i < n; i++) {
      const [before, after] = [(i + n - 1) % n, (i + 1) % n];
      const [lat, lon] = [ring[2 * i] as number, ring[2 * i + 1] as number];
      const cos = Math.cos(lat * DEG);
      const [inN, inE] = unit((ring[2 * before] as number) - lat, ((ring[2 * before + 1] as number) - lon) * cos);
      const [outN, outE] = unit((ring[2 * after] as number) - lat, ((ring[2 * after + 1] as number) - lon) * cos);
      if (Math.abs(inN * outE - inE * outN) < LEAST_TURN && inN * outN + inE * outE < 0) continue;
      const [midN, midE] = unit(inN + outN, inE + outE);
      // Between its sides lies the region: the corner stands out.
      const tiny = 1e-5;
      const between = { latitudeDeg: lat + tiny * midN, longitudeDeg: lon + (tiny * midE) / cos };
      if (!isInside(region, between)) continue;
      const half = Math.sqrt(Math.max(0, (1 - (inN * outN + inE * outE)) / 2));
      const deg = (marginKm * Math.min(MOST_MARGINS, 1 / Math.max(half, 1e-9))) / KM_PER_DEG;
      corners.push([lat - deg * midN, lon - (deg * midE) / cos]);
    }
  }
  return corners;
}

function unit(north: number, east: number): [number, number] {
  const length = Math.hypot(north, east);
  return length === 0 ? [0, 0] : [north / length, east / length];
}

/** Corners of each ring in turn, from edges that follow one another. */
function ringsOf(edges: Float64Array): number[][] {
  const rings: number[][] = [];
  let ring: number[] = [];
  for (let k = 0; k < edges.length; k += 4) {
    ring.push(edges[k] as number, edges[k + 1] as number);
    const ends = edges[k + 2] === ring[0] && edges[k + 3] === ring[1];
    if (!ends) continue;
    rings.push(ring);
    ring = [];
  }
  return rings;
}

class Search {
  readonly #corners: readonly (readonly [number, number])[];
  readonly #grid: EdgeGrid;
  /** By corner: those that it sees, once they were asked for. */
  readonly #seen: (Int32Array | undefined)[];
  readonly #km: Float64Array;
  readonly #from: Int32Array;
  readonly #state: Uint8Array;

  constructor(corners: readonly (readonly [number, number])[], grid: EdgeGrid) {
    this.#corners = corners;
    this.#grid = grid;
    this.#seen = corners.map(() => undefined);
    this.#km = new Float64Array(corners.length);
    this.#from = new Int32Array(corners.length);
    this.#state = new Uint8Array(corners.length);
  }

  way(latA: number, lonA: number, latB: number, lonB: number): Float64Array | undefined {
    const [km, from, state] = [this.#km.fill(Number.POSITIVE_INFINITY), this.#from, this.#state.fill(0)];
    for (const k of this.#visibleFrom(latA, lonA)) {
      const [lat, lon] = this.#corners[k] as readonly [number, number];
      km[k] = kmBetween(latA, lonA, lat, lon);
      from[k] = -1;
      state[k] = 1;
    }
    let [best, last] = [Number.POSITIVE_INFINITY, -1];
    for (;;) {
      const [k, least] = this.#nearest(latB, lonB);
      if (k < 0 || least >= best) break;
      state[k] = 2;
      const [lat, lon] = this.#corners[k] as readonly [number, number];
      if (!this.#grid.isMet(lat, lon, latB, lonB)) {
        best = least;
        last = k;
        continue;
      }
      for (const to of this.#neighbours(k)) {
        if (state[to] === 2) continue;
        const [toLat, toLon] = this.#corners[to] as readonly [number, number];
        const there = (km[k] as number) + kmBetween(lat, lon, toLat, toLon);
        if (there >= (km[to] as number)) continue;
        km[to] = there;
        from[to] = k;
        state[to] = 1;
      }
    }
    if (last < 0) return undefined;
    const places = [latB, lonB];
    for (let k = last; k >= 0; k = from[k] as number)
      places.unshift(...(this.#corners[k] as readonly [number, number]));
    return Float64Array.from(places);
  }

  /** The open corner from which the way through it can be shortest. */
  #nearest(latB: number, lonB: number): readonly [number, number] {
    let [best, least] = [-1, Number.POSITIVE_INFINITY];
    for (let k = 0; k < this.#corners.length; k++) {
      if (this.#state[k] !== 1) continue;
      const [lat, lon] = this.#corners[k] as readonly [number, number];
      const whole = (this.#km[k] as number) + kmBetween(lat, lon, latB, lonB);
      if (whole < least) [best, least] = [k, whole];
    }
    return [best, least];
  }

  #neighbours(k: number): Int32Array {
    const known = this.#seen[k];
    if (known !== undefined) return known;
    const [lat, lon] = this.#corners[k] as readonly [number, number];
    const seen = this.#visibleFrom(lat, lon, k);
    this.#seen[k] = seen;
    return seen;
  }

  #visibleFrom(lat: number, lon: number, but = -1): Int32Array {
    return Int32Array.from(
      this.#corners.flatMap(([toLat, toLon], k) => (k === but || this.#grid.isMet(lat, lon, toLat, toLon) ? [] : [k])),
    );
  }
}
