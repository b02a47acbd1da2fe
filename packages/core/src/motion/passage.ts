/**
 * The shortest way between two places that keeps out of closed regions: straight where it can be, else by corners of the regions, each passed
 * at a margin (a visibility graph). Straight lines are those of the chart (`chart.ts`), so that what is tested is what is sailed or flown.
 */
import { cornersOf } from "./corners.ts";
import { EdgeGrid } from "./edge-grid.ts";
import { Guide } from "./guide.ts";
import { isInside, type Region } from "./region.ts";

export interface Passage {
  /** The closed region that a place lies in; undefined: it is free. */
  closedBy(latitudeDeg: number, longitudeDeg: number): string | undefined;
  /** A closed round without its places that lie in a region, led round what its legs meet; undefined: fewer than two are left. */
  round(round: Float64Array): Float64Array | undefined;
  /** Places after the first, the last included, latitudes and longitudes in turn; undefined where there is no way. Who is in a region goes on in it. */
  way(latA: number, lonA: number, latB: number, lonB: number): Float64Array | undefined;
}

/** Coasts are thinned by so many margins, and passed so much further off: first they are searched so, then with all their corners. */
const THINNED = 2;

/** @param marginKm at which corners are passed */
export function passageOf(regions: readonly Region[], marginKm = 1): Passage {
  const grid = new EdgeGrid(regions);
  const closedBy = (latitudeDeg: number, longitudeDeg: number): string | undefined =>
    regions.find((region) => isInside(region, { latitudeDeg, longitudeDeg }))?.id;
  const guideOf = (thinKm: number): Guide =>
    new Guide(
      regions
        .flatMap((region) => cornersOf(region, marginKm, thinKm))
        .filter(([lat, lon]) => closedBy(lat, lon) === undefined),
      grid,
    );
  const guide = guideOf(THINNED * marginKm);
  let whole: Guide | undefined;
  const way: Passage["way"] = (latA, lonA, latB, lonB) => {
    if (!grid.isMet(latA, lonA, latB, lonB)) return Float64Array.of(latB, lonB);
    const isClosed = closedBy(latA, lonA) !== undefined || closedBy(latB, lonB) !== undefined;
    if (isClosed) return undefined;
    const known = guide.way(latA, lonA, latB, lonB);
    if (known !== undefined) return known;
    whole ??= guideOf(0);
    return whole.way(latA, lonA, latB, lonB);
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
