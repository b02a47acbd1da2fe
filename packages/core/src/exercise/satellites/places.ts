/** Places that satellites are asked to look at: which of them is near, and what happened about each. */
import { kmBetween } from "../../motion/chart.ts";

/** Columns of one length. */
export interface WatchedPlaces {
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  /** Ground that each stands for. */
  readonly areaKm2: Float64Array;
  /** Bit r: request r asks for it. */
  readonly asked: Uint32Array;
  /** Half of the way from one to the next: what lies further from all of them is in no look. */
  readonly reachKm: number;
  /** Along the track, that one stands for. */
  readonly stepKm: number;
}

const BIN_DEG = 0.5;

/** Answers with the nearest place within `km`, or -1. */
export function nearestPlace({
  latitudeDeg,
  longitudeDeg,
}: WatchedPlaces): (lat: number, lon: number, km: number) => number {
  const bins = new Map<number, number[]>();
  for (let p = 0; p < latitudeDeg.length; p++) {
    const bin = binOf(latitudeDeg[p] as number, longitudeDeg[p] as number);
    const held = bins.get(bin);
    if (held === undefined) bins.set(bin, [p]);
    else held.push(p);
  }
  return (lat, lon, km) => {
    let [best, bestKm] = [-1, km];
    for (const north of [-BIN_DEG, 0, BIN_DEG]) {
      for (const east of [-BIN_DEG, 0, BIN_DEG]) {
        for (const p of bins.get(binOf(lat + north, lon + east)) ?? []) {
          const away = kmBetween(lat, lon, latitudeDeg[p] as number, longitudeDeg[p] as number);
          if (away > bestKm || (away === bestKm && best >= 0)) continue;
          [best, bestKm] = [p, away];
        }
      }
    }
    return best;
  };
}

const binOf = (lat: number, lon: number): number => Math.floor(lat / BIN_DEG) * 1024 + Math.floor(lon / BIN_DEG);

/** Things by the place that they lie nearest to, each place's in the order of their beginning. */
export interface PlacedThings {
  /** Those of place p are `first[p]` up to `first[p + 1]` of `row`. */
  readonly first: Uint32Array;
  readonly row: Uint32Array;
}

/** @param things in the order of their beginning; those that `leaves` nothing a satellite could see are left out */
export function placeThings(
  places: WatchedPlaces,
  things: { readonly latitudeDeg: Float64Array; readonly longitudeDeg: Float64Array },
  leaves: (row: number) => boolean,
): PlacedThings {
  const nearest = nearestPlace(places);
  const n = things.latitudeDeg.length;
  const at = new Int32Array(n).fill(-1);
  const first = new Uint32Array(places.latitudeDeg.length + 1);
  for (let row = 0; row < n; row++) {
    if (!leaves(row)) continue;
    const p = nearest(things.latitudeDeg[row] as number, things.longitudeDeg[row] as number, 2 * places.reachKm);
    at[row] = p;
    if (p >= 0) first[p + 1] = (first[p + 1] as number) + 1;
  }
  for (let p = 0; p + 1 < first.length; p++) first[p + 1] = (first[p + 1] as number) + (first[p] as number);
  const next = first.slice();
  const row = new Uint32Array(first[first.length - 1] as number);
  for (let i = 0; i < n; i++) {
    const p = at[i] as number;
    if (p < 0) continue;
    row[next[p] as number] = i;
    next[p] = (next[p] as number) + 1;
  }
  return { first, row };
}
