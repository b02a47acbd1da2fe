/** Satellites, stations, looks and contacts as short as a test needs them. */
import assert from "node:assert/strict";
import { type FleetContacts, mergeSkies } from "../src/access/sky.ts";
import { Downlink } from "../src/plan/downlink.ts";
import type { GroundPoint, Look, LookSatellite } from "../src/plan/looks.ts";
import type { LookSensor } from "../src/plan/sensors.ts";
import { instant } from "../src/time/instant.ts";

const SENSOR: LookSensor = {
  kind: 0,
  reach: { angle: "offNadir", minDeg: 0, maxDeg: 30, side: "both" },
  minSunElevationDeg: -90,
  swathKm: 20,
  dutyS: 600,
  settleS: 10,
  rateMbps: 500,
  answers: 1,
};
/** 300 Mbit/s is 0.3 Gbit a second. */
export const satelliteOf = (change: Partial<LookSatellite> = {}): LookSatellite => ({
  active: true,
  sensors: [SENSOR],
  memoryGbit: 1000,
  downlinkMbps: 300,
  processingMs: 0,
  periodMs: 5_700_000,
  ...change,
});
export const pointOf = (change: Partial<GroundPoint> = {}): GroundPoint => ({
  id: "station",
  usable: true,
  antennas: 1,
  rateMbps: Number.POSITIVE_INFINITY,
  ...change,
});
export const lookOf = (satellite: number, endMs: number, gbit: number): Look => ({
  satellite,
  pass: 0,
  sensor: SENSOR,
  startMs: endMs - 1000,
  endMs,
  gbit,
  firstRow: 0,
  cells: 1,
  deliveredMs: Number.NaN,
  ground: -1,
});

export interface Contact {
  readonly satellite: number;
  readonly station: number;
  readonly startMs: number;
  readonly endMs: number;
}

export function contactsOf(rows: readonly Contact[], satellites: number): FleetContacts {
  const parts = Array.from({ length: satellites }, (_, satellite) => {
    const own = rows.filter((row) => row.satellite === satellite).sort((a, b) => a.startMs - b.startMs);
    const contacts = {
      station: Uint16Array.from(own, ({ station }) => station),
      startMs: Float64Array.from(own, ({ startMs }) => startMs),
      endMs: Float64Array.from(own, ({ endMs }) => endMs),
    };
    return { satellite, opportunities: [], contacts: [contacts], unknown: [] };
  });
  const span = { start: instant(0), end: instant(10_000_000) };
  const [sky] = mergeSkies(parts, satellites, [1], span, 1, (bytes) => new ArrayBuffer(bytes));
  return sky?.contacts[0] ?? assert.fail();
}

export const contact = (satellite: number, station: number, startS: number, endS: number): Contact => ({
  satellite,
  station,
  startMs: startS * 1000,
  endMs: endS * 1000,
});

/** All looks are on board before the first contact; all contacts are then served. */
export function deliver(
  looks: readonly Look[],
  contacts: readonly Contact[],
  satellites: readonly LookSatellite[],
  ground: readonly GroundPoint[],
): Downlink {
  const downlink = new Downlink(contactsOf(contacts, satellites.length), satellites, ground);
  for (const look of looks) downlink.store(look);
  downlink.advanceTo(Number.POSITIVE_INFINITY);
  return downlink;
}
