/**
 * One report for a barrage: an entity that senses many things of one kind about one place reports the first at once, and what follows
 * within a window as one report with a count and a span, as monitors' tables have it ("12 explosions, 40 bursts at ... between ... and
 * ..."). While it goes on, window follows window; a window in which nothing came ends it.
 */

import { kmBetween } from "../../motion/chart.ts";
import type { EventQueue } from "../event-queue.ts";
import type { Fusing, Scene } from "../scene.ts";
import type { TruthKind } from "../truth/truth.ts";
import type { Member, Reports, Telling } from "./reports.ts";

/** The kind of event that is its own: a window closes. */
export const CLOSES = 7;

interface Window {
  readonly entity: number;
  readonly kind: number;
  /** Of the first: what lies within reach of it belongs here. */
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly reachKm: number;
  /** Since the last report. */
  readonly held: readonly Telling[];
}

export interface SavedFuses {
  readonly opened: number;
  readonly windows: ReadonlyMap<number, Window>;
}

export class Fuses {
  readonly #rule: Fusing | undefined;
  readonly #reports: Reports;
  readonly #queue: EventQueue;
  /** By kind: whether its reports are put together. */
  readonly #fuses: readonly boolean[];
  readonly #windows = new Map<number, Window>();
  /** Numbers of open windows, by entity and kind. */
  readonly #openOf = new Map<number, number[]>();
  #opened = 0;

  constructor({ fusing }: Scene, kinds: readonly TruthKind[], parts: { reports: Reports; queue: EventQueue }) {
    this.#rule = fusing;
    this.#reports = parts.reports;
    this.#queue = parts.queue;
    this.#fuses = kinds.map((kind) => fusing?.classes.includes(kind.class) ?? false);
  }

  /** What an entity has sensed: told at once, or with what else comes. */
  take(e: number, told: Telling): void {
    const rule = this.#rule;
    if (rule === undefined || this.#fuses[told.kind] !== true) {
      this.#reports.tell(e, told);
      return;
    }
    const open = this.#openOf.get(this.#slotOf(e, told.kind)) ?? [];
    const number = open.find((each) => isWithin(this.#windows.get(each) as Window, told));
    if (number !== undefined) {
      const window = this.#windows.get(number) as Window;
      this.#windows.set(number, { ...window, held: [...window.held, told] });
      return;
    }
    this.#reports.tell(e, told);
    const { kind, latitudeDeg, longitudeDeg, radiusM, nowMs } = told;
    const reachKm = Math.max(rule.reachKm, radiusM / 1000);
    this.#keep(this.#opened++, { entity: e, kind, latitudeDeg, longitudeDeg, reachKm, held: [] }, nowMs);
  }

  /** What came since the last report goes out as one. */
  close(number: number, nowMs: number): void {
    const window = this.#windows.get(number);
    if (window === undefined) throw new RangeError(`no such window: ${number}`);
    const slot = this.#slotOf(window.entity, window.kind);
    this.#openOf.set(
      slot,
      (this.#openOf.get(slot) ?? []).filter((each) => each !== number),
    );
    this.#windows.delete(number);
    if (window.held.length === 0) return;
    this.#reports.tell(window.entity, fused(window.held, nowMs));
    this.#keep(number, { ...window, held: [] }, nowMs);
  }

  #keep(number: number, window: Window, nowMs: number): void {
    const slot = this.#slotOf(window.entity, window.kind);
    this.#windows.set(number, window);
    this.#openOf.set(slot, [...(this.#openOf.get(slot) ?? []), number]);
    this.#queue.push(nowMs + (this.#rule as Fusing).windowMs, CLOSES, number, 0);
  }

  #slotOf(e: number, kind: number): number {
    return e * this.#fuses.length + kind;
  }

  save(): SavedFuses {
    return { opened: this.#opened, windows: new Map(this.#windows) };
  }

  load({ opened, windows }: SavedFuses): void {
    this.#opened = opened;
    this.#windows.clear();
    this.#openOf.clear();
    for (const [number, window] of windows) {
      this.#windows.set(number, window);
      const slot = this.#slotOf(window.entity, window.kind);
      this.#openOf.set(slot, [...(this.#openOf.get(slot) ?? []), number]);
    }
  }
}

const isWithin = (window: Window, { latitudeDeg, longitudeDeg }: Telling): boolean =>
  kmBetween(window.latitudeDeg, window.longitudeDeg, latitudeDeg, longitudeDeg) <= window.reachKm;

/** At the middle of them all, as uncertain as the worst of them and as they lie apart. */
export function fused(held: readonly Telling[], nowMs: number): Telling {
  const [first] = held as [Telling];
  const mean = (of: (told: Telling) => number): number => held.reduce((sum, told) => sum + of(told), 0) / held.length;
  const latitudeDeg = mean((told) => told.latitudeDeg);
  const longitudeDeg = mean((told) => told.longitudeDeg);
  const most = (of: (told: Telling) => number): number => held.reduce((max, told) => Math.max(max, of(told)), 0);
  const apartKm = most((told) => kmBetween(latitudeDeg, longitudeDeg, told.latitudeDeg, told.longitudeDeg));
  const members = held.map(({ cause, nowMs: lookMs }): Member => ({ cause, lookMs }));
  return {
    cause: members.find(({ cause }) => cause >= 0)?.cause ?? -1,
    kind: first.kind,
    latitudeDeg,
    longitudeDeg,
    radiusM: Math.hypot(
      most(({ radiusM }) => radiusM),
      1000 * apartKm,
    ),
    fromMs: held.reduce((least, told) => Math.min(least, told.fromMs), first.fromMs),
    nowMs: most((told) => told.nowMs),
    madeMs: nowMs,
    members,
  };
}
