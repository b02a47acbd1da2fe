/** How old the picture is: from the look to headquarters, and at headquarters over time. */

import type { FleetContacts, Sky } from "../access/sky.ts";
import { type Distribution, weightedDistribution } from "../numerics/distribution.ts";
import type { GroundPoint, Look, LookSatellite, Taken } from "../plan/looks.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import type { TakenByCell } from "./watch.ts";

/** Any kind first, then `SENSOR_KINDS`: the channels of every figure by kind. */
export const CHANNELS = 5;

/** Is a kind's bit in channel `c`? */
export function inChannel(kindBits: number, c: number): boolean {
  return c === 0 ? (kindBits & 15) !== 0 : (kindBits & (1 << (c - 1))) !== 0;
}

/**
 * Look to headquarters if nobody else used the stations: the first allowed contact at or after the pass, plus processing;
 * per channel, over accessible cell-looks. Passes with no contact left in the span are left out.
 */
export function accessibleLatencies(
  sky: Sky,
  kinds: Uint8Array,
  contacts: FleetContacts,
  satellites: readonly LookSatellite[],
  ground: readonly GroundPoint[],
): (Distribution | undefined)[] {
  const passes = sky.passSatellite.length;
  const hours = new Float64Array(passes).fill(Number.NaN);
  const weights = Array.from({ length: CHANNELS }, () => new Float64Array(passes));
  const next = satellites.map((_, s) => nextContact(contacts, s, ground));
  for (let pass = 0; pass < passes; pass++) {
    const satellite = sky.passSatellite[pass] as number;
    const atMs = sky.passEndMs[pass] as number;
    const downMs = next[satellite]?.(atMs) ?? Number.NaN;
    hours[pass] = (downMs - atMs + (satellites[satellite]?.processingMs ?? 0)) / MS_PER_HOUR;
    for (let i = sky.passFirst[pass] as number; i < (sky.passFirst[pass + 1] as number); i++) {
      const bits = (kinds[i] as number) & 15;
      if (bits === 0) continue;
      for (let c = 0; c < CHANNELS; c++) {
        const weight = weights[c] as Float64Array;
        if (inChannel(bits, c)) weight[pass] = (weight[pass] as number) + 1;
      }
    }
  }
  return weights.map((weight) => weightedDistribution(hours, weight));
}

/** For one satellite: the earliest moment at or after an instant that lies in a usable contact; NaN if none is left. */
function nextContact(
  { first, station, startMs, endMs }: FleetContacts,
  satellite: number,
  ground: readonly GroundPoint[],
) {
  const rows: number[] = [];
  for (let c = first[satellite] as number; c < (first[satellite + 1] as number); c++) {
    if (ground[station[c] as number]?.usable === true) rows.push(c);
  }
  rows.sort((a, b) => (endMs[a] as number) - (endMs[b] as number));
  // Least start among contacts that end no earlier than row k.
  const soonest = new Float64Array(rows.length + 1).fill(Number.NaN);
  for (let k = rows.length - 1; k >= 0; k--) {
    const start = startMs[rows[k] as number] as number;
    soonest[k] = k === rows.length - 1 ? start : Math.min(start, soonest[k + 1] as number);
  }
  return (utcMs: number): number => {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((endMs[rows[mid] as number] as number) > utcMs) high = mid;
      else low = mid + 1;
    }
    return Math.max(utcMs, soonest[low] as number);
  };
}

/** Look to headquarters for looks taken and delivered by `endMs`, per channel, over cell-looks. */
export function takenLatencies(looks: readonly Look[], endMs: number): (Distribution | undefined)[] {
  const hours = looks.map((look) =>
    look.deliveredMs <= endMs ? (look.deliveredMs - look.endMs) / MS_PER_HOUR : Number.NaN,
  );
  return Array.from({ length: CHANNELS }, (_, c) =>
    weightedDistribution(
      hours,
      looks.map((look) => (inChannel(1 << look.sensor.kind, c) ? look.cells : 0)),
    ),
  );
}

/** Index of what was taken, by cell. */
export function takenByCell(sky: Sky, { opportunity }: Taken): TakenByCell {
  const first = new Uint32Array(sky.cells + 1);
  const cellOf = (row: number) => sky.cell[opportunity[row] as number] as number;
  for (let row = 0; row < opportunity.length; row++) first[cellOf(row) + 1] = (first[cellOf(row) + 1] as number) + 1;
  for (let c = 0; c < sky.cells; c++) first[c + 1] = (first[c + 1] as number) + (first[c] as number);
  const next = first.slice();
  const rows = new Uint32Array(opportunity.length);
  const atMs = (row: number) => sky.atMs[opportunity[row] as number] as number;
  for (let row = 0; row < opportunity.length; row++) {
    const c = cellOf(row);
    let at = next[c] as number;
    next[c] = at + 1;
    for (; at > (first[c] as number) && atMs(rows[at - 1] as number) > atMs(row); at--)
      rows[at] = rows[at - 1] as number;
    rows[at] = row;
  }
  return { first, rows };
}

/**
 * Mean age of the newest picture at headquarters, hours, from the first delivery to the span's end; NaN if there was none.
 * `pictures` are [delivered, looked] pairs in ms, in any order; sorted in place.
 */
export function meanAgeH(pictures: [number, number][], endMs: number): number {
  pictures.sort((a, b) => a[0] - b[0]);
  const firstMs = pictures[0]?.[0];
  if (firstMs === undefined || firstMs >= endMs) return Number.NaN;
  let [area, newest] = [0, Number.NEGATIVE_INFINITY];
  pictures.forEach(([delivered, looked], i) => {
    newest = Math.max(newest, looked);
    const until = Math.min(endMs, pictures[i + 1]?.[0] ?? endMs);
    if (until > delivered) area += ((until - delivered) * (delivered + until - 2 * newest)) / 2;
  });
  return area / (endMs - firstMs) / MS_PER_HOUR;
}
