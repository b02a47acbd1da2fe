/**
 * Who looks at what, until there is a planner: a greedy rule, stated in `TAKING_RULE`, shown in every report.
 *
 * Passes are taken in order of time. What limits a look: one pointing at a time, time to settle, imaging time per orbit,
 * memory on board, and on the ground one antenna for one satellite at a time at a data rate.
 */

import { type Acceptance, MAX_SENSORS } from "../access/acceptance.ts";
import { type FleetContacts, type PackedOpportunities, type Sky, TRACK_STEP_KM } from "../access/sky.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import { Downlink } from "./downlink.ts";
import { type GroundPoint, type Look, type LookSatellite, type Taken, TakenRows } from "./looks.ts";
import type { LookRequest, LookSensor } from "./sensors.ts";

export const TAKING_RULE: string =
  "Passes are taken in order of time. In each, every sensor takes the strip (one pointing, as wide as its swath) whose cells " +
  "are worth most, then the next one for which there is time to settle, eight at most, until its imaging time for the " +
  "revolution (counted from the start) or the memory on board is used up, or no strip is worth as much as one cell of the " +
  "lowest priority. A cell is worth, for each request it answers, (6 - priority) times the time since that request was last " +
  "answered there, as a share of the revisit wanted, at most 1; where no request asks, no look is taken. Two sensors of one " +
  "satellite point independently. Data go down first in, first out, to the first allowed station with a free antenna; a " +
  "satellite sends to one antenna at a time and an antenna serves one satellite, in order of the contacts' beginnings. " +
  "The rule is greedy, not the best: with an asset less it may, by chance, take slightly more.";

const MAX_STRIPS = 8;

export interface LookSetup {
  readonly sky: Sky;
  readonly acceptance: Acceptance;
  readonly contacts: FleetContacts;
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
  for (let pass = 0; pass < setup.acceptance.passSatellite.length; pass++) run.pass(pass);
  return run.done();
}

/** A cell is passed over in this many seconds: satellites in low orbit move at about 7 km/s over the ground. */
const GROUND_SPEED_KMPS = 7;

/** Candidates of one sensor in one pass, and what each is worth. */
interface Slot {
  readonly pass: number;
  readonly satellite: number;
  readonly sensor: LookSensor;
  /** Names the sensor among all. */
  readonly id: number;
  readonly o: PackedOpportunities;
  /** Range in the acceptance's `candidate`. */
  readonly from: number;
  readonly to: number;
}

class GreedyRun {
  readonly #setup: LookSetup;
  readonly #downlink: Downlink;
  readonly #looks: Look[] = [];
  readonly #rows = new TakenRows();
  /** When request r was last answered in cell c, packed time: at r * cells + c. */
  readonly #answeredAt: Float64Array;
  readonly #weight: Float64Array;
  readonly #revisit: Float64Array;
  readonly #dwellS: number;
  /** Imaging time used in the present revolution, by sensor. */
  readonly #used = new Map<number, { revolution: number; seconds: number }>();
  #value = new Float64Array(1024);
  #run = new Uint32Array(1024);

  constructor(setup: LookSetup) {
    const { sky, requests } = setup;
    this.#setup = setup;
    this.#downlink = new Downlink(setup.contacts, setup.satellites, setup.ground);
    this.#answeredAt = new Float64Array(requests.length * sky.cells).fill(Number.NEGATIVE_INFINITY);
    this.#weight = Float64Array.from(requests, ({ priority }) => 6 - priority);
    this.#revisit = Float64Array.from(requests, ({ revisitH }) => (revisitH * MS_PER_HOUR) / sky.unitMs);
    this.#dwellS = setup.cellKm / GROUND_SPEED_KMPS;
  }

  pass(pass: number): void {
    const { sky, satellites, acceptance } = this.#setup;
    const satellite = acceptance.passSatellite[pass] as number;
    const { active, sensors } = satellites[satellite] as LookSatellite;
    const o = sky.satellites[satellite];
    if (!active || o === undefined) return;
    const before = this.#looks.length;
    for (let k = 0; k < Math.min(sensors.length, MAX_SENSORS); k++) {
      const row = MAX_SENSORS * pass + k;
      const from = acceptance.slotFirst[row] as number;
      const to = acceptance.slotFirst[row + 1] as number;
      if (from === to) continue;
      this.#downlink.advanceTo(acceptance.passStartMs[pass] as number);
      this.#takeStrips({
        pass,
        satellite,
        sensor: sensors[k] as LookSensor,
        id: MAX_SENSORS * satellite + k,
        o,
        from,
        to,
      });
    }
    if (this.#looks.length === before) return;
    this.#downlink.sort(satellite);
    for (const { endMs } of this.#looks.slice(before).sort((a, b) => a.endMs - b.endMs))
      this.#downlink.sendNow(satellite, endMs);
  }

  done(): Taken {
    this.#downlink.advanceTo(Number.POSITIVE_INFINITY);
    return this.#rows.done(this.#looks);
  }

  #takeStrips(slot: Slot): void {
    let left = this.#valueCells(slot);
    for (let strip = 0; strip < MAX_STRIPS && left >= 1; strip++) {
      const [from, to] = this.#bestStrip(slot);
      if (from === to || !this.#takeRuns(slot, from, to)) return;
      left = 0;
      for (let k = 0; k < slot.to - slot.from; k++) left += this.#value[k] as number;
    }
  }

  /** Fills `#value` for the candidates; returns their sum. */
  #valueCells({ sensor, o, from, to }: Slot): number {
    const { cellRequests, acceptance } = this.#setup;
    if (to - from > this.#value.length) this.#value = new Float64Array(2 * (to - from));
    let sum = 0;
    for (let j = from; j < to; j++) {
      const i = acceptance.candidate[j] as number;
      const cell = o.cell[i] as number;
      const value = this.#worth(sensor.answers & (cellRequests[cell] as number), cell, o.at[i] as number);
      this.#value[j - from] = value;
      sum += value;
    }
    return sum;
  }

  #worth(bits: number, cell: number, at: number): number {
    const { cells } = this.#setup.sky;
    let value = 0;
    for (let left = bits; left !== 0; left &= left - 1) {
      const r = 31 - Math.clz32(left & -left);
      const share = (at - (this.#answeredAt[r * cells + cell] as number)) / (this.#revisit[r] as number);
      value += (this.#weight[r] as number) * (share < 1 ? Math.max(0, share) : 1);
    }
    return value;
  }

  /** The range of candidates, at most a swath wide, that is worth most; empty where none is worth 1. */
  #bestStrip({ sensor, o, from, to }: Slot): [number, number] {
    const { candidate } = this.#setup.acceptance;
    const swath = sensor.swathKm / TRACK_STEP_KM;
    let [bestFrom, bestTo, bestSum, sum, low] = [from, from, 1 - 2e-9, 0, from];
    for (let high = from; high < to; high++) {
      sum += this.#value[high - from] as number;
      const x = o.xTrack[candidate[high] as number] as number;
      while (x - (o.xTrack[candidate[low] as number] as number) > swath) sum -= this.#value[low++ - from] as number;
      if (sum >= bestSum + 1e-9) [bestFrom, bestTo, bestSum] = [low, high + 1, sum];
    }
    return [bestFrom, bestTo];
  }

  /** Takes the strip's cells in order of time, each unbroken run as one look; false where nothing could be taken. */
  #takeRuns(slot: Slot, from: number, to: number): boolean {
    const { candidate, byTime } = this.#setup.acceptance;
    const { at } = slot.o;
    if (this.#run.length < to - from) this.#run = new Uint32Array(2 * (to - from));
    const run = this.#run;
    const breakAt = (Math.max(slot.sensor.settleS, 2 * this.#dwellS) * 1000) / this.#setup.sky.unitMs;
    let [n, before, taken] = [0, 0, false];
    for (let k = slot.from; k < slot.to; k++) {
      const j = byTime[k] as number;
      if (j < from || j >= to || !((this.#value[j - slot.from] as number) > 0)) continue;
      const now = at[candidate[j] as number] as number;
      if (n > 0 && now - before > breakAt) {
        taken = this.#takeRun(slot, n) || taken;
        n = 0;
        // What was taken may have blocked what comes while the sensor settles.
        if (!((this.#value[j - slot.from] as number) > 0)) continue;
      }
      run[n++] = j;
      before = now;
    }
    return (n > 0 && this.#takeRun(slot, n)) || taken;
  }

  /** The first `n` of `#run`: candidates in order of time. Cut where imaging time or memory ends. */
  #takeRun(slot: Slot, n: number): boolean {
    const { sensor, satellite, o, pass } = slot;
    const { acceptance, sky, satellites } = this.#setup;
    const { candidate } = acceptance;
    const { memoryGbit, periodMs } = satellites[satellite] as LookSatellite;
    const run = this.#run;
    const { start } = sky.span;
    const firstAt = o.at[candidate[run[0] as number] as number] as number;
    const startMs = start + firstAt * sky.unitMs;
    const revolution = Math.floor((startMs - start) / periodMs);
    const duty = this.#used.get(slot.id);
    const usedS = duty?.revolution === revolution ? duty.seconds : 0;
    const freeS = ((memoryGbit - this.#downlink.storedGbit(satellite)) * 1000) / sensor.rateMbps;
    const most = (1000 * (Math.min(sensor.dutyS - usedS, freeS) - this.#dwellS)) / sky.unitMs;
    let [kept, lastAt] = [0, firstAt];
    for (; kept < n; kept++) {
      const at = o.at[candidate[run[kept] as number] as number] as number;
      if (at - firstAt > most) break;
      lastAt = at;
    }
    const endMs = start + lastAt * sky.unitMs + this.#dwellS * 1000;
    const firstRow = this.#rows.length;
    for (let k = 0; k < kept; k++) this.#record(slot, candidate[run[k] as number] as number);
    // What comes before must be passed over, and leave time to settle, as much as what comes after.
    this.#block(slot, startMs - (this.#dwellS + sensor.settleS) * 1000, endMs + sensor.settleS * 1000);
    for (let k = 0; k < n; k++) this.#value[(run[k] as number) - slot.from] = 0;
    if (kept === 0) return false;
    const seconds = (endMs - startMs) / 1000;
    this.#used.set(slot.id, { revolution, seconds: usedS + seconds });
    const gbit = (seconds * sensor.rateMbps) / 1000;
    const look: Look = {
      firstRow,
      satellite,
      pass,
      sensor,
      startMs,
      endMs,
      gbit,
      cells: kept,
      deliveredMs: Number.NaN,
      ground: -1,
    };
    this.#downlink.store(look);
    this.#looks.push(look);
    return true;
  }

  /** What the sensor cannot look at any more in this pass: all that falls while it images or settles. */
  #block({ o, from, to }: Slot, fromMs: number, toMs: number): void {
    const { candidate, byTime } = this.#setup.acceptance;
    const { span, unitMs } = this.#setup.sky;
    const [first, last] = [(fromMs - span.start) / unitMs, (toMs - span.start) / unitMs];
    let [low, high] = [from, to];
    while (low < high) {
      const mid = (low + high) >> 1;
      if ((o.at[candidate[byTime[mid] as number] as number] as number) < first) low = mid + 1;
      else high = mid;
    }
    for (let k = low; k < to; k++) {
      const j = byTime[k] as number;
      if ((o.at[candidate[j] as number] as number) > last) return;
      this.#value[j - from] = 0;
    }
  }

  #record({ sensor, o }: Slot, i: number): void {
    const { sky, cellRequests } = this.#setup;
    const cell = o.cell[i] as number;
    const at = o.at[i] as number;
    for (let left = sensor.answers & (cellRequests[cell] as number); left !== 0; left &= left - 1) {
      const r = 31 - Math.clz32(left & -left);
      this.#answeredAt[r * sky.cells + cell] = at;
    }
    this.#rows.push(cell, at);
  }
}
