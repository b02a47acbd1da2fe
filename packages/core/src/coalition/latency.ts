/** From the look to headquarters. */
import { type Acceptance, CHANNELS, inChannel } from "../access/acceptance.ts";
import type { FleetContacts } from "../access/sky.ts";
import { type Distribution, weightedDistribution } from "../numerics/distribution.ts";
import type { GroundPoint, Look, LookSatellite } from "../plan/looks.ts";
import { MS_PER_HOUR } from "../time/instant.ts";

/**
 * Look to headquarters if nobody else used the stations: the first allowed contact at or after the pass, plus processing;
 * per channel, over accessible cell-looks. Passes with no contact left in the span are left out.
 */
export function accessibleLatencies(
  { passSatellite, passEndMs, passCounts }: Acceptance,
  contacts: FleetContacts,
  satellites: readonly LookSatellite[],
  ground: readonly GroundPoint[],
): (Distribution | undefined)[] {
  const passes = passSatellite.length;
  const hours = new Float64Array(passes).fill(Number.NaN);
  const next = satellites.map(({ active }, s) => (active ? nextContact(contacts, s, ground) : undefined));
  for (let pass = 0; pass < passes; pass++) {
    const satellite = passSatellite[pass] as number;
    const atMs = passEndMs[pass] as number;
    const downMs = next[satellite]?.(atMs) ?? Number.NaN;
    hours[pass] = (downMs - atMs + (satellites[satellite]?.processingMs ?? 0)) / MS_PER_HOUR;
  }
  return Array.from({ length: CHANNELS }, (_, c) =>
    weightedDistribution(
      hours,
      Uint32Array.from({ length: passes }, (_, pass) => passCounts[CHANNELS * pass + c] as number),
    ),
  );
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

/** Look to headquarters for looks delivered by `endMs`, per channel, over cell-looks. */
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
