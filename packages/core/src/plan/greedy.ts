/**
 * Who looks at what, until there is a planner: a greedy rule, stated in `TAKING_RULE`, shown in every report.
 *
 * Passes are taken in order of time. What limits a look: one pointing at a time, time to settle, imaging time per orbit,
 * memory on board, and on the ground one antenna for one satellite at a time at a data rate.
 */

import type { FleetContacts, Sky } from "../access/sky.ts";
import { accepts } from "../access/sweep.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import { Downlink } from "./downlink.ts";
import type { GroundPoint, Look, LookSatellite, Taken } from "./looks.ts";
import type { LookRequest, LookSensor } from "./sensors.ts";

export const TAKING_RULE: string =
  "Passes are taken in order of time. In each, every sensor takes the strip (one pointing, as wide as its swath) whose cells " +
  "are worth most, then the next one for which there is time to settle, until its imaging time for the orbit or the memory on " +
  "board is used up, or no strip is worth a single cell of the lowest priority. A cell is worth, for each request it answers, " +
  "(6 - priority) times the time since that request was last answered there, as a share of the revisit wanted, at most 1. " +
  "Data go down first in, first out, to the first allowed station with a free antenna; an antenna serves one satellite at a " +
  "time, in order of the contacts' beginnings.";

const MAX_STRIPS = 8;

export interface LookSetup {
  readonly sky: Sky;
  readonly contacts: FleetContacts;
  readonly startMs: number;
  readonly satellites: readonly LookSatellite[];
  readonly ground: readonly GroundPoint[];
  readonly requests: readonly LookRequest[];
  /** Per cell, bit r: the cell lies in the zone of request r. */
  readonly cellRequests: Uint32Array;
  /** Along-track length that one cell stands for. */
  readonly cellKm: number;
}

/** Chooses looks by the greedy rule, and sends them down. */
export function planGreedy(setup: LookSetup): Taken {
  const run = new GreedyRun(setup);
  const { passStartMs } = setup.sky;
  for (let pass = 0; pass < passStartMs.length; pass++) run.pass(pass);
  return run.done();
}

class GreedyRun {
  readonly #setup: LookSetup;
  readonly #downlink: Downlink;
  readonly #looks: Look[] = [];
  readonly #opportunity: number[] = [];
  readonly #lookOf: number[] = [];
  /** When request r was last answered in cell c: at r * cells + c. */
  readonly #answeredMs: Float64Array;
  readonly #weight: Float64Array;
  readonly #revisitMs: Float64Array;
  /** Imaging time used in the present revolution, by satellite and sensor. */
  readonly #used = new Map<number, { revolution: number; seconds: number }>();
  #value = new Float64Array(1024);

  constructor(setup: LookSetup) {
    this.#setup = setup;
    this.#downlink = new Downlink(setup.contacts, setup.satellites, setup.ground);
    this.#answeredMs = new Float64Array(setup.requests.length * setup.sky.cells).fill(Number.NEGATIVE_INFINITY);
    this.#weight = Float64Array.from(setup.requests, ({ priority }) => 6 - priority);
    this.#revisitMs = Float64Array.from(setup.requests, ({ revisitH }) => revisitH * MS_PER_HOUR);
  }

  pass(pass: number): void {
    const { sky, satellites } = this.#setup;
    this.#downlink.advanceTo(sky.passStartMs[pass] as number);
    const satellite = sky.passSatellite[pass] as number;
    const { active, sensors } = satellites[satellite] as LookSatellite;
    if (!active) return;
    const before = this.#looks.length;
    sensors.forEach((sensor, k) => {
      this.#takeStrips(pass, satellite, sensor, 16 * satellite + k);
    });
    if (this.#looks.length > before) this.#downlink.sendNow(satellite, sky.passEndMs[pass] as number);
  }

  done(): Taken {
    this.#downlink.advanceTo(Number.POSITIVE_INFINITY);
    return {
      looks: this.#looks,
      opportunity: Uint32Array.from(this.#opportunity),
      look: Uint32Array.from(this.#lookOf),
    };
  }

  #takeStrips(pass: number, satellite: number, sensor: LookSensor, slot: number): void {
    if (sensor.answers === 0 || !(this.#valueCells(pass, sensor) >= 1)) return;
    for (let strip = 0; strip < MAX_STRIPS; strip++) {
      const [from, to] = this.#bestStrip(pass, sensor.swathKm);
      if (from === to || !this.#takeRuns(pass, satellite, sensor, slot, from, to)) return;
    }
  }

  /** Fills `#value` for the opportunities of a pass; returns their sum. */
  #valueCells(pass: number, sensor: LookSensor): number {
    const { sky, cellRequests } = this.#setup;
    const [from, to] = [sky.passFirst[pass] as number, sky.passFirst[pass + 1] as number];
    if (to - from > this.#value.length) this.#value = new Float64Array(2 * (to - from));
    let sum = 0;
    for (let i = from; i < to; i++) {
      let value = 0;
      const cell = sky.cell[i] as number;
      const bits = sensor.answers & (cellRequests[cell] as number);
      if (bits !== 0 && (sky.sunElevationDeg[i] as number) >= sensor.minSunElevationDeg && this.#accepted(sensor, i)) {
        value = this.#worth(bits, cell, sky.atMs[i] as number);
      }
      this.#value[i - from] = value;
      sum += value;
    }
    return sum;
  }

  #accepted(sensor: LookSensor, i: number): boolean {
    const { offNadirDeg, incidenceDeg, xTrackKm } = this.#setup.sky;
    return accepts(sensor.reach, offNadirDeg[i] as number, incidenceDeg[i] as number, xTrackKm[i] as number);
  }

  #worth(bits: number, cell: number, atMs: number): number {
    const { cells } = this.#setup.sky;
    let value = 0;
    for (let left = bits; left !== 0; left &= left - 1) {
      const r = 31 - Math.clz32(left & -left);
      const share = (atMs - (this.#answeredMs[r * cells + cell] as number)) / (this.#revisitMs[r] as number);
      value += (this.#weight[r] as number) * (share < 1 ? Math.max(0, share) : 1);
    }
    return value;
  }

  /** The range of a pass's opportunities, at most a swath wide, that is worth most; empty where none is worth 1. */
  #bestStrip(pass: number, swathKm: number): [number, number] {
    const { passFirst, xTrackKm } = this.#setup.sky;
    const [from, to] = [passFirst[pass] as number, passFirst[pass + 1] as number];
    let best: [number, number] = [from, from];
    let [bestSum, sum, low] = [1, 0, from];
    for (let high = from; high < to; high++) {
      sum += this.#value[high - from] as number;
      while ((xTrackKm[high] as number) - (xTrackKm[low] as number) > swathKm)
        sum -= this.#value[low++ - from] as number;
      if (sum > bestSum + 1e-9) [best, bestSum] = [[low, high + 1], sum];
    }
    return best;
  }

  /** Takes the strip's cells in order of time, each unbroken run as one look; false where nothing could be taken. */
  #takeRuns(pass: number, satellite: number, sensor: LookSensor, slot: number, from: number, to: number): boolean {
    const base = this.#setup.sky.passFirst[pass] as number;
    const { atMs } = this.#setup.sky;
    const chosen: number[] = [];
    for (let i = from; i < to; i++) if ((this.#value[i - base] as number) > 0) chosen.push(i);
    chosen.sort((a, b) => (atMs[a] as number) - (atMs[b] as number) || a - b);
    const breakMs = Math.max(sensor.settleS, 2 * this.#dwellS()) * 1000;
    let taken = false;
    for (let first = 0; first < chosen.length; ) {
      let last = first + 1;
      while (
        last < chosen.length &&
        (atMs[chosen[last] as number] as number) - (atMs[chosen[last - 1] as number] as number) <= breakMs
      )
        last++;
      taken = this.#takeRun(pass, satellite, sensor, slot, chosen.slice(first, last)) || taken;
      first = last;
    }
    return taken;
  }

  #dwellS(): number {
    return this.#setup.cellKm / 7;
  }

  #takeRun(pass: number, satellite: number, sensor: LookSensor, slot: number, run: readonly number[]): boolean {
    const { atMs } = this.#setup.sky;
    const { memoryGbit, periodMs } = this.#setup.satellites[satellite] as LookSatellite;
    const startMs = atMs[run[0] as number] as number;
    const revolution = Math.floor((startMs - this.#setup.startMs) / periodMs);
    const duty = this.#used.get(slot);
    const usedS = duty?.revolution === revolution ? duty.seconds : 0;
    const freeS = ((memoryGbit - this.#downlink.storedGbit(satellite)) * 1000) / sensor.rateMbps;
    const mostS = Math.min(sensor.dutyS - usedS, freeS);
    const dwellS = this.#dwellS();
    const kept = run.filter((i) => ((atMs[i] as number) - startMs) / 1000 + dwellS <= mostS);
    const lastMs = kept.length === 0 ? startMs : (atMs[kept.at(-1) as number] as number);
    this.#block(pass, startMs - sensor.settleS * 1000, lastMs + (dwellS + sensor.settleS) * 1000, run);
    if (kept.length === 0) return false;
    const seconds = (lastMs - startMs) / 1000 + dwellS;
    this.#used.set(slot, { revolution, seconds: usedS + seconds });
    const endMs = lastMs + dwellS * 1000;
    const gbit = (seconds * sensor.rateMbps) / 1000;
    const look: Look = {
      satellite,
      pass,
      sensor,
      startMs,
      endMs,
      gbit,
      cells: kept.length,
      deliveredMs: Number.NaN,
      ground: -1,
    };
    this.#downlink.store(look);
    for (const i of kept) this.#record(i, sensor);
    this.#looks.push(look);
    return true;
  }

  /** What the sensor cannot look at any more in this pass: its own run, and all that falls while it images or settles. */
  #block(pass: number, fromMs: number, toMs: number, run: readonly number[]): void {
    const { passFirst, atMs } = this.#setup.sky;
    const base = passFirst[pass] as number;
    for (let i = base; i < (passFirst[pass + 1] as number); i++) {
      if ((atMs[i] as number) >= fromMs && (atMs[i] as number) <= toMs) this.#value[i - base] = 0;
    }
    for (const i of run) this.#value[i - base] = 0;
  }

  #record(i: number, sensor: LookSensor): void {
    const { sky, cellRequests } = this.#setup;
    const cell = sky.cell[i] as number;
    for (let left = sensor.answers & (cellRequests[cell] as number); left !== 0; left &= left - 1) {
      const r = 31 - Math.clz32(left & -left);
      this.#answeredMs[r * sky.cells + cell] = sky.atMs[i] as number;
    }
    this.#opportunity.push(i);
    this.#lookOf.push(this.#looks.length);
  }
}
