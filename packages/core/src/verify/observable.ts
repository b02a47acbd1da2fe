/**
 * Could anything have been seen? Satellites passed when somebody's pixel says so, and the sky was open where a furnace
 * that burns every day was seen. No elements of another year are propagated back: what the record does not show is unknown.
 */
import type { Place } from "../geo/position.ts";
import type { HotSpot } from "./baseline-hot-spots.ts";
import { type DayNumber, nearKm, pointFinder } from "./baseline-points.ts";

export interface Sky {
  /** Share of the looks in the window under open sky, 0 to 1; `undefined`: no furnace near enough to tell. */
  readonly open01: number | undefined;
  /** Furnaces and flares within reach, and those seen on at least one day of the window. */
  readonly furnaces: number;
  readonly seen: number;
}

export interface SkyReader {
  skyOver(place: Place, day: DayNumber): Sky;
}

interface SkyRule {
  readonly withinKm: number;
  readonly windowDays: number;
  /** Days to either side that show how many furnaces burn under open sky. */
  readonly surroundingDays: number;
}

/** The second best of ten days shows what an open sky shows. */
const OPEN_QUANTILE = 0.8;
/** Fewer furnaces than this on an open day, and a dark one is no sign of cloud. */
const LEAST_FURNACES = 2;

export function skyReader(cells: readonly HotSpot[], rule: SkyRule): SkyReader {
  const find = pointFinder({
    latitudeDeg: Float32Array.from(cells, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float32Array.from(cells, ({ longitudeDeg }) => longitudeDeg),
  });
  const lit = litTable(cells);
  return {
    skyOver(place, day) {
      const near: number[] = [];
      find(place, rule.withinKm, (at) => {
        near.push(at);
      });
      const window: number[] = [];
      const all: number[] = [];
      const seen = new Set<number>();
      for (let l = -rule.surroundingDays; l <= rule.surroundingDays; l++) {
        const isWindow = Math.abs(l) <= rule.windowDays;
        let count = 0;
        for (const cell of near) {
          if (!lit(cell, day + l)) continue;
          count += 1;
          if (isWindow) seen.add(cell);
        }
        all.push(count);
        if (isWindow) window.push(count);
      }
      const sorted = all.sort((a, b) => a - b);
      const open = sorted[Math.floor(OPEN_QUANTILE * (sorted.length - 1))] as number;
      const furnaces = near.length;
      if (open < LEAST_FURNACES) return { open01: undefined, furnaces, seen: seen.size };
      const sum = window.reduce((total, count) => total + Math.min(1, count / open), 0);
      return { open01: sum / window.length, furnaces, seen: seen.size };
    },
  };
}

/** Whether a cell was seen to burn on a day: a byte for each day of the record. */
function litTable(cells: readonly HotSpot[]): (cell: number, day: DayNumber) => boolean {
  const first = cells.reduce((least, { days }) => Math.min(least, days[0] ?? least), Number.POSITIVE_INFINITY);
  const last = cells.reduce((most, { days }) => Math.max(most, days.at(-1) ?? most), Number.NEGATIVE_INFINITY);
  const width = cells.length === 0 ? 0 : last - first + 1;
  const bits = new Uint8Array(cells.length * width);
  cells.forEach(({ days }, cell) => {
    for (const day of days) bits[cell * width + day - first] = 1;
  });
  return (cell, day) => day >= first && day <= last && bits[cell * width + day - first] === 1;
}

/** A pixel with its time: proof that a satellite passed and looked. */
export interface Looks {
  readonly latitudeDeg: Float32Array;
  readonly longitudeDeg: Float32Array;
  readonly day: Int32Array;
  /** UTC. */
  readonly minuteOfDay: Int16Array;
  readonly frpMw: Float32Array;
  /** Index into `sensors`. */
  readonly sensor: Uint8Array;
  readonly sensors: readonly string[];
}

export interface Overpass {
  readonly sensor: string;
  readonly minuteOfDay: number;
}

/** A swath is 2,330 km (MODIS) or 3,060 km (VIIRS) wide: who saw something so near saw the place as well. */
const SWATH_KM = 500;
/** Rows of one pass differ by a minute or two as the satellite moves on. */
const ONE_PASS_MINUTES = 15;

/** Passes on a day that anomalies within 500 km give away; a pass over a cold, cloudy land leaves no trace. */
export function overpassReader(looks: Looks): (place: Place, day: DayNumber) => Overpass[] {
  const byDay = new Map<DayNumber, number[]>();
  looks.day.forEach((day, i) => {
    const held = byDay.get(day);
    if (held === undefined) byDay.set(day, [i]);
    else held.push(i);
  });
  return (place, day) => {
    const found = (byDay.get(day) ?? [])
      .filter((i) => nearKm(place, looks.latitudeDeg[i] as number, looks.longitudeDeg[i] as number) < SWATH_KM)
      .map((i) => ({
        sensor: looks.sensors[looks.sensor[i] as number] ?? "",
        minuteOfDay: looks.minuteOfDay[i] as number,
      }))
      .sort((a, b) => a.minuteOfDay - b.minuteOfDay);
    const passes: Overpass[] = [];
    for (const each of found) {
      const before = passes.findLast(({ sensor }) => sensor === each.sensor);
      if (before === undefined || each.minuteOfDay - before.minuteOfDay > ONE_PASS_MINUTES) passes.push(each);
    }
    return passes;
  };
}
