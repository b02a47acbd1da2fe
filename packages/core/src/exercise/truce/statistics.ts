/** What can be said of a record of fire, in the terms in which monitors publish. */
import { MS_PER_DAY } from "../../time/instant.ts";
import type { FireColumns } from "./events.ts";
import { type ByFireKind, FIRE_KINDS, type HotSpot, type Span } from "./spec.ts";

/** What counts as near a hot spot, and as one place and one burst. */
export interface Measure {
  readonly nearKm: number;
  readonly burstS: number;
  readonly burstKm: number;
}

export interface RecordStatistics {
  readonly perDay: number;
  /** NaN where nothing was recorded. */
  readonly shares: ByFireKind;
  readonly nearHotSpots01: number;
  /** Near the one that has most. */
  readonly nearLoudest01: number;
  /** Most explosions within the burst's time and distance of one of them. */
  readonly largestBurst: number;
  /** Recorded on each day of the span. */
  readonly daily: Uint32Array;
}

/** @param rows indices into `events`, in order of time; @param span whole days */
export function recordStatistics(
  events: FireColumns,
  rows: Uint32Array,
  span: Span,
  { hotSpots, measure }: { readonly hotSpots: readonly HotSpot[]; readonly measure: Measure },
): RecordStatistics {
  const inside = rows.filter((i) => (events.tMs[i] as number) >= span.fromMs && (events.tMs[i] as number) < span.toMs);
  const counts = FIRE_KINDS.map(() => 0);
  const daily = new Uint32Array((span.toMs - span.fromMs) / MS_PER_DAY);
  const at = hotSpots.map(() => 0);
  let near = 0;
  for (const i of inside) {
    const kind = events.kind[i] as number;
    counts[kind] = (counts[kind] as number) + 1;
    const day = Math.floor(((events.tMs[i] as number) - span.fromMs) / MS_PER_DAY);
    daily[day] = (daily[day] as number) + 1;
    const spots = hotSpots.map(({ atKm }) => Math.abs(atKm - (events.sKm[i] as number)) <= measure.nearKm);
    for (const [k, isNear] of spots.entries()) if (isNear) at[k] = (at[k] as number) + 1;
    if (spots.includes(true)) near++;
  }
  const share = (k: number): number => (counts[k] as number) / inside.length;
  return {
    perDay: inside.length / daily.length,
    shares: { explosion: share(0), burst: share(1), projectile: share(2), flash: share(3) },
    nearHotSpots01: near / inside.length,
    nearLoudest01: Math.max(0, ...at) / inside.length,
    largestBurst: largestBurst(events, inside, measure),
    daily,
  };
}

/** Most explosions in any stretch of `burstS` seconds, within `burstKm` of the last of them. */
function largestBurst(events: FireColumns, rows: Uint32Array, { burstS, burstKm }: Measure): number {
  const explosions = rows.filter((i) => events.kind[i] === 0);
  let most = 0;
  let first = 0;
  for (const [k, last] of explosions.entries()) {
    const tMs = events.tMs[last] as number;
    while ((events.tMs[explosions[first] as number] as number) < tMs - 1000 * burstS) first++;
    if (k - first + 1 <= most) continue;
    let count = 0;
    for (let j = first; j <= k; j++) {
      const i = explosions[j] as number;
      const along = (events.sKm[i] as number) - (events.sKm[last] as number);
      const across = (events.yKm[i] as number) - (events.yKm[last] as number);
      if (along * along + across * across <= burstKm * burstKm) count++;
    }
    if (count > most) most = count;
  }
  return most;
}

/**
 * Days from the truce's beginning to the first on which the mean of it and the days before it, `overDays` in all, reaches `share01` of
 * the earlier level; undefined where none does.
 */
export function dayOfReturn(
  daily: Uint32Array,
  earlierPerDay: number,
  { overDays, share01 }: { readonly overDays: number; readonly share01: number },
): number | undefined {
  let sum = 0;
  for (const [day, count] of daily.entries()) {
    sum += count - (daily[day - overDays] ?? 0);
    if (day + 1 >= overDays && sum >= share01 * earlierPerDay * overDays) return day + 1;
  }
  return undefined;
}
