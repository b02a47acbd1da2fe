/** What each sensor takes of its passes: by what looks are worth to headquarters, within duty, pointing, memory and what is in order. */
import { Dice } from "../../numerics/dice.ts";
import type { LookSatellite } from "../../plan/looks.ts";
import { TAKING } from "../../sense/taking.ts";
import type { LookLimit } from "./score.ts";
import { AT_STEP_MS, type LookingSensor, type SatelliteSky } from "./sky.ts";
import { findStrips, type Strip, takeStrips } from "./strips.ts";
import type { SatelliteSensor, SatelliteWatch } from "./watch.ts";
import { type Questions, type SavedWorth, Worth } from "./worth.ts";

/** Satellites in low orbit move at about 7 km/s over the ground. */
export const GROUND_SPEED_KMPS = 7;

export interface Decision {
  readonly taken: readonly Strip[];
  /** Rows of the slot that are not, by the limit that each met. */
  readonly lost: Readonly<Partial<Record<LookLimit, number>>>;
}

export interface SavedTasking {
  readonly worth: SavedWorth;
  readonly numbers: Float64Array;
}

/** Across the ground track, of a point near a row's place. */
export type XKmOf = (row: number, latitudeDeg: number, longitudeDeg: number) => number;

export class Tasking {
  readonly #watch: SatelliteWatch;
  readonly #sky: SatelliteSky;
  readonly #xKmOf: XKmOf;
  readonly #worth: Worth;
  readonly #passes: readonly Dice[];
  readonly #numbers: Float64Array;
  /** By sensor: the revolution, counted from the start, and the seconds that it images in it. */
  readonly #revolution: Float64Array;
  readonly #usedS: Float64Array;
  #value = new Float64Array(256);

  constructor(watch: SatelliteWatch, { seed, startMs, xKmOf }: { seed: number; startMs: number; xKmOf: XKmOf }) {
    const { sky, places, requests } = watch;
    const n = sky.sensors.length;
    this.#watch = watch;
    this.#sky = sky;
    this.#xKmOf = xKmOf;
    this.#worth = new Worth(places, requests, startMs);
    this.#passes = sky.sensors.map(({ id }) => new Dice(seed, id, "passes"));
    this.#numbers = new Float64Array(2 * n);
    this.#revolution = this.#numbers.subarray(0, n).fill(-1);
    this.#usedS = this.#numbers.subarray(n);
  }

  /** What headquarters wants by now. */
  refresh(questions: Questions, nowMs: number): void {
    this.#worth.refresh(questions, nowMs);
  }

  /** @param heldGbit on board, or ordered and not yet imaged */
  decide(slot: number, heldGbit: number): Decision {
    const { slots } = this.#sky;
    const k = slots.sensor[slot] as number;
    const [from, to] = [slots.firstRow[slot] as number, slots.firstRow[slot + 1] as number];
    const { inOrder01, ours01 } = this.#watch.sensors[k] as SatelliteSensor;
    const [dice, number] = [this.#passes[k] as Dice, slots.number[slot] as number];
    if (dice.uniformAt(number, 0) >= inOrder01) return { taken: [], lost: { "out-of-order": to - from } };
    if (dice.uniformAt(number, 1) >= ours01) return { taken: [], lost: { others: to - from } };
    this.#valueRows(k, from, to);
    const { strips, isFull } = this.#stripsOf(k, from, to);
    if (strips.length === 0) return { taken: [], lost: { unwanted: to - from } };
    const codes = takeStrips(strips, this.#allowed(k, slot, heldGbit));
    const rowsBy = (code: (typeof TAKING)[number]): number =>
      strips.reduce((sum, { rows }, i) => sum + (TAKING[codes[i] as number] === code ? rows.length : 0), 0);
    const taken = strips.filter((_, i) => TAKING[codes[i] as number] === "taken");
    for (const strip of taken) this.#order(k, strip);
    const outside = to - from - strips.reduce((sum, { rows }) => sum + rows.length, 0);
    const pointing = rowsBy("pointing") + (isFull ? outside : 0);
    return {
      taken,
      lost: { unwanted: isFull ? 0 : outside, pointing, duty: rowsBy("duty"), memory: rowsBy("memory") },
    };
  }

  /** Fills `#value`. */
  #valueRows(k: number, from: number, to: number): void {
    const { look, resolutionM } = this.#sky.sensors[k] as LookingSensor;
    if (to - from > this.#value.length) this.#value = new Float64Array(2 * (to - from));
    for (let row = from; row < to; row++) {
      const place = this.#sky.rows.place[row] as number;
      this.#value[row - from] = this.#worth.of(place, this.#atMs(row), look.answers, resolutionM);
    }
  }

  #atMs(row: number): number {
    return this.#sky.startMs + (this.#sky.rows.at[row] as number) * AT_STEP_MS;
  }

  #stripsOf(k: number, from: number, to: number): ReturnType<typeof findStrips> {
    const { rows, startMs, sensors } = this.#sky;
    const { look, resolutionM } = sensors[k] as LookingSensor;
    const worth = this.#worth;
    return findStrips({
      startMs,
      rows,
      from,
      to,
      worth: this.#value,
      swathKm: look.swathKm,
      settleS: look.settleS,
      dwellS: this.#watch.places.stepKm / GROUND_SPEED_KMPS,
      aimKm: (row) => {
        const p = rows.place[row] as number;
        return worth.isCue(p, resolutionM)
          ? this.#xKmOf(row, worth.cueLatitudeDeg(p), worth.cueLongitudeDeg(p))
          : Number.NaN;
      },
    });
  }

  #allowed(k: number, slot: number, heldGbit: number): Parameters<typeof takeStrips>[1] {
    const { look, satellite } = this.#sky.sensors[k] as LookingSensor;
    const { periodMs, memoryGbit } = this.#sky.satellites[satellite] as LookSatellite;
    const revolution = Math.floor(((this.#sky.slots.startMs[slot] as number) - this.#sky.startMs) / periodMs);
    if (this.#revolution[k] !== revolution) this.#usedS[k] = 0;
    this.#revolution[k] = revolution;
    return {
      dutyS: look.dutyS - (this.#usedS[k] as number),
      bits: 1e9 * Math.max(0, memoryGbit - heldGbit),
      settleS: look.settleS,
      rateBps: 1e6 * look.rateMbps,
    };
  }

  #order(k: number, { rows, startMs, endMs }: Strip): void {
    const { look, resolutionM } = this.#sky.sensors[k] as LookingSensor;
    this.#usedS[k] = (this.#usedS[k] as number) + (endMs - startMs) / 1000;
    for (const row of rows)
      this.#worth.note(this.#sky.rows.place[row] as number, this.#atMs(row), look.answers, resolutionM);
  }

  save(): SavedTasking {
    return { worth: this.#worth.save(), numbers: this.#numbers.slice() };
  }

  load({ worth, numbers }: SavedTasking): void {
    this.#worth.load(worth);
    this.#numbers.set(numbers);
  }
}
