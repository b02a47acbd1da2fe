/**
 * What a look at a place is worth to those who task satellites: how long nobody has looked there, for each request that the look answers,
 * more where headquarters knows of many incidents; and most where a question is open. Headquarters' own knowledge, never the truth.
 */
import type { Located } from "../../geo/located.ts";
import type { LookRequest } from "../../plan/sensors.ts";
import { nearestPlace, type WatchedPlaces } from "./places.ts";

/** What headquarters says of where it wants to know more. */
export type Questions = (sinceMs: number) => readonly { readonly where: Located; readonly isOpen: boolean }[];

/** Assumed: an open question goes before five standing requests of the highest priority. */
const CUE_WORTH = 25;
/** Assumed: a question is answered by a picture that shows single vehicles and craters. */
const CUE_RESOLUTION_M = 3;
/** A question that is not answered within a day is answered by nobody. */
const CUE_MS = 86_400_000;
/** Of one whose place is less well known no picture is ordered. */
const CUE_RADIUS_KM = 15;
/** Assumed: incidents within some days make a place hot, five of them half as much as any number. */
const HOT_LIFE_MS = 5 * 86_400_000;
const HOT_HALF = 5;
/** Assumed: the hottest place is worth three quiet ones. */
const HOT_TIMES = 2;
const MS_PER_HOUR = 3_600_000;

export interface SavedWorth {
  readonly numbers: Float64Array;
  readonly refreshedMs: number;
}

export class Worth {
  readonly #places: WatchedPlaces;
  /** By request. */
  readonly #weight: Float64Array;
  readonly #revisitMs: Float64Array;
  /** By place: how many times what a quiet one is worth. */
  readonly #hot: Float64Array;
  readonly #nearest: ReturnType<typeof nearestPlace>;
  /** All columns below, for snapshots. */
  readonly #numbers: Float64Array;
  /** When request r was last answered at place p: r * places + p. */
  readonly #answeredMs: Float64Array;
  readonly #heat: Float64Array;
  /** Since when a question is open; NaN: none. And where exactly; and when the last sharp look at it was ordered for. */
  readonly #cueMs: Float64Array;
  readonly #cueLatitudeDeg: Float64Array;
  readonly #cueLongitudeDeg: Float64Array;
  readonly #sharpMs: Float64Array;
  #refreshedMs: number;

  constructor(places: WatchedPlaces, requests: readonly LookRequest[], startMs: number) {
    const n = places.latitudeDeg.length;
    this.#places = places;
    this.#weight = Float64Array.from(requests, ({ priority }) => 6 - priority);
    this.#revisitMs = Float64Array.from(requests, ({ revisitH }) => revisitH * MS_PER_HOUR);
    this.#nearest = nearestPlace(places);
    this.#numbers = new Float64Array((requests.length + 6) * n);
    const column = (k: number, columns = 1): Float64Array => this.#numbers.subarray(k * n, (k + columns) * n);
    this.#answeredMs = column(0, requests.length).fill(Number.NEGATIVE_INFINITY);
    const rest = requests.length;
    this.#heat = column(rest);
    this.#cueMs = column(rest + 1).fill(Number.NaN);
    this.#cueLatitudeDeg = column(rest + 2);
    this.#cueLongitudeDeg = column(rest + 3);
    this.#sharpMs = column(rest + 4).fill(Number.NEGATIVE_INFINITY);
    this.#hot = column(rest + 5).fill(1);
    this.#refreshedMs = startMs;
  }

  /** What headquarters knows by now. */
  refresh(questions: Questions, nowMs: number): void {
    const cool = Math.exp(-(nowMs - this.#refreshedMs) / HOT_LIFE_MS);
    for (let p = 0; p < this.#heat.length; p++) this.#heat[p] = (this.#heat[p] as number) * cool;
    for (const { where } of questions(this.#refreshedMs)) {
      const p = this.#placeOf(where);
      if (p >= 0) this.#heat[p] = (this.#heat[p] as number) + 1;
    }
    this.#refreshedMs = nowMs;
    for (let p = 0; p < this.#heat.length; p++) {
      const heat = this.#heat[p] as number;
      this.#hot[p] = 1 + (HOT_TIMES * heat) / (heat + HOT_HALF);
    }
    this.#cue(questions, nowMs);
  }

  /** A place keeps its question while it is open; another one there begins anew. */
  #cue(questions: Questions, nowMs: number): void {
    const before = this.#cueMs.slice();
    this.#cueMs.fill(Number.NaN);
    for (const { where, isOpen } of questions(nowMs - CUE_MS)) {
      const p = isOpen ? this.#placeOf(where) : -1;
      if (p < 0 || !Number.isNaN(this.#cueMs[p] as number)) continue;
      const { latitudeDeg, longitudeDeg } = where;
      const isSame = this.#cueLatitudeDeg[p] === latitudeDeg && this.#cueLongitudeDeg[p] === longitudeDeg;
      this.#cueMs[p] = isSame && !Number.isNaN(before[p] as number) ? (before[p] as number) : nowMs;
      this.#cueLatitudeDeg[p] = latitudeDeg;
      this.#cueLongitudeDeg[p] = longitudeDeg;
    }
  }

  #placeOf({ latitudeDeg, longitudeDeg, radiusKm }: Located): number {
    return radiusKm > CUE_RADIUS_KM ? -1 : this.#nearest(latitudeDeg, longitudeDeg, 2 * this.#places.reachKm);
  }

  /** @param answers bits of the requests that the sensor's looks answer */
  of(p: number, atMs: number, answers: number, resolutionM: number): number {
    const n = this.#heat.length;
    let value = 0;
    for (let left = answers & (this.#places.asked[p] as number); left !== 0; left &= left - 1) {
      const r = 31 - Math.clz32(left & -left);
      const share = (atMs - (this.#answeredMs[r * n + p] as number)) / (this.#revisitMs[r] as number);
      value += (this.#weight[r] as number) * (share < 1 ? Math.max(0, share) : 1);
    }
    return value * (this.#hot[p] as number) + (this.isCue(p, resolutionM) ? CUE_WORTH : 0);
  }

  /** Whether a question is open there that nobody has ordered a sharp look for since. */
  isCue(p: number, resolutionM: number): boolean {
    return resolutionM <= CUE_RESOLUTION_M && (this.#sharpMs[p] as number) < (this.#cueMs[p] as number);
  }

  cueLatitudeDeg(p: number): number {
    return this.#cueLatitudeDeg[p] as number;
  }
  cueLongitudeDeg(p: number): number {
    return this.#cueLongitudeDeg[p] as number;
  }

  /** A look is ordered. */
  note(p: number, atMs: number, answers: number, resolutionM: number): void {
    const n = this.#heat.length;
    for (let left = answers & (this.#places.asked[p] as number); left !== 0; left &= left - 1) {
      this.#answeredMs[(31 - Math.clz32(left & -left)) * n + p] = atMs;
    }
    if (resolutionM <= CUE_RESOLUTION_M) this.#sharpMs[p] = atMs;
  }

  save(): SavedWorth {
    return { numbers: this.#numbers.slice(), refreshedMs: this.#refreshedMs };
  }

  load({ numbers, refreshedMs }: SavedWorth): void {
    this.#numbers.set(numbers);
    this.#refreshedMs = refreshedMs;
  }
}
