/**
 * Air-raid alerts as evidence: minutes under alert around the claim's day or hour, at the finest level known, among the
 * same stretch of the days before and after at the same place. Where every day has an alert, an alert says nothing.
 */
import type { Place } from "../geo/position.ts";
import { type Interval, MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE } from "../time/instant.ts";
import { nearKm } from "./baseline-points.ts";
import { rankSurprise, type Surprise } from "./likelihood.ts";
import type { AlertModel } from "./model.ts";

/** All alerts of one area; `reachKm` around `place` where it is less than an oblast. */
export interface AlertArea {
  readonly name: string;
  readonly level: "oblast" | "raion" | "hromada";
  /** Oblast in the alerts' own spelling. */
  readonly oblast: string;
  readonly place?: Place;
  /** Start and end, ms UTC, pair by pair, ascending by start. */
  readonly spans: Float64Array;
}

export interface AlertFeed {
  readonly areas: readonly AlertArea[];
  /** From the first alert to the last: outside it silence means nothing. */
  readonly covered: Interval;
}

export interface AlertFinding {
  readonly surprise: Surprise;
  readonly minutes: number;
  readonly onsets: number;
  readonly usualMinutes: number;
  readonly windows: number;
  /** Names of the areas that speak for the place, finest first. */
  readonly areas: readonly string[];
}

export type AlertAnswer = AlertFinding | { readonly unknown: "no-area" | "not-covered" };

export interface AlertClaim {
  readonly place: Place;
  /** The oblast in the alerts' spelling, where it is known. */
  readonly oblast?: string;
  /** The claim's day in local time, or the minute that it names. */
  readonly when: Interval;
  readonly hasTime: boolean;
}

/** Fewer days to compare with say nothing of what is usual. */
const LEAST_WINDOWS = 8;

export function alertReader(feed: AlertFeed, model: AlertModel): (claim: AlertClaim) => AlertAnswer {
  const timelines = new Map<string, Timeline>();
  const timelineOf = (areas: readonly AlertArea[]): Timeline => {
    const key = areas.map(({ oblast, name }) => `${oblast}/${name}`).join("|");
    const known = timelines.get(key) ?? new Timeline(areas);
    timelines.set(key, known);
    return known;
  };
  return (claim) => {
    const areas = areasFor(feed, claim, model);
    if (areas.length === 0) return { unknown: "no-area" };
    return findingOf(timelineOf(areas), claim, { feed, model, areas: areas.map(({ name }) => name) });
  };
}

function areasFor({ areas }: AlertFeed, { place, oblast }: AlertClaim, model: AlertModel): AlertArea[] {
  const order = { hromada: 0, raion: 1, oblast: 2 };
  return areas
    .filter((area) => {
      if (area.level === "oblast") return area.oblast === oblast;
      if (area.place === undefined) return false;
      const reachKm = area.level === "raion" ? model.raionKm : model.hromadaKm;
      return nearKm(place, area.place.latitudeDeg, area.place.longitudeDeg) <= reachKm;
    })
    .sort((a, b) => order[a.level] - order[b.level]);
}

interface Setting {
  readonly feed: AlertFeed;
  readonly model: AlertModel;
  readonly areas: readonly string[];
}

function findingOf(timeline: Timeline, { when, hasTime }: AlertClaim, { feed, model, areas }: Setting): AlertAnswer {
  const aroundMs = hasTime ? model.windowHours * MS_PER_HOUR : model.windowDays * MS_PER_DAY;
  const start = when.start - aroundMs;
  const end = when.end + aroundMs;
  const isCovered = (shiftMs: number): boolean =>
    start + shiftMs >= feed.covered.start && end + shiftMs <= feed.covered.end;
  if (!isCovered(0)) return { unknown: "not-covered" };
  // A window of days must not overlap the one it is compared with.
  const nearest = Math.ceil((end - start) / MS_PER_DAY);
  const others: number[] = [];
  for (let l = nearest; l <= model.surroundingDays; l++) {
    for (const shiftMs of [-l * MS_PER_DAY, l * MS_PER_DAY]) {
      if (isCovered(shiftMs)) others.push(timeline.minutesIn(start + shiftMs, end + shiftMs));
    }
  }
  if (others.length < LEAST_WINDOWS) return { unknown: "not-covered" };
  const minutes = timeline.minutesIn(start, end);
  const usualMinutes = others.reduce((sum, each) => sum + each, 0) / others.length;
  const onsets = timeline.onsetsIn(start, end);
  return { surprise: rankSurprise(minutes, others), minutes, onsets, usualMinutes, windows: others.length, areas };
}

/** Alerts of several areas as one: overlapping ones are merged, so that a minute counts once. */
class Timeline {
  readonly #starts: Float64Array;
  /** Milliseconds under alert before each start. */
  readonly #before: Float64Array;
  readonly #ends: Float64Array;

  constructor(areas: readonly AlertArea[]) {
    const spans: [number, number][] = [];
    for (const { spans: own } of areas)
      for (let i = 0; i < own.length; i += 2) spans.push([own[i] as number, own[i + 1] as number]);
    spans.sort((a, b) => a[0] - b[0]);
    const merged: [number, number][] = [];
    for (const [start, end] of spans) {
      const last = merged.at(-1);
      if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
      else merged.push([start, end]);
    }
    this.#starts = Float64Array.from(merged, ([start]) => start);
    this.#ends = Float64Array.from(merged, ([, end]) => end);
    this.#before = new Float64Array(merged.length);
    for (let i = 1; i < merged.length; i++) {
      const [start, end] = merged[i - 1] as [number, number];
      this.#before[i] = (this.#before[i - 1] as number) + end - start;
    }
  }

  minutesIn(start: number, end: number): number {
    return Math.round((this.#until(end) - this.#until(start)) / MS_PER_MINUTE);
  }

  onsetsIn(start: number, end: number): number {
    return this.#startedBefore(end) - this.#startedBefore(start);
  }

  #until(at: number): number {
    const i = this.#startedBefore(at) - 1;
    if (i < 0) return 0;
    return (this.#before[i] as number) + Math.min(at, this.#ends[i] as number) - (this.#starts[i] as number);
  }

  /** Alerts that began before an instant. */
  #startedBefore(at: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
