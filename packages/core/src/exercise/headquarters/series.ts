/**
 * Which incidents are one breach to an agreement's clocks: a way back from each towards the first of its series. The agreement's own code
 * judges the links; this only finds those that it needs to see, so that it need not see all of a month.
 */
import type { IncidentFacts } from "../../agreement/facts.ts";
import { roughKm } from "../../agreement/plane.ts";
import type { Series } from "../../agreement/terms.ts";
import { MS_PER_HOUR } from "../../time/instant.ts";

interface Member {
  /** As it was when it joined, and as one that calls for no clock by itself. */
  readonly facts: IncidentFacts;
  readonly startMs: number;
  /** Whose clock runs for the series, as far as this way back tells. */
  readonly holder?: string;
  readonly parent?: string;
}

export type SavedSeries = ReadonlyMap<string, Member>;

/** Incidents that an agreement may count together within minutes: nearer than any series asks. */
const NEAR_KM = 10;
const NEAR_MS = 2 * MS_PER_HOUR;

/** With its place in the order of joining, which decides between equals. */
interface Entry {
  readonly number: number;
  member: Member;
}

export class SeriesIndex {
  readonly #series: Series;
  readonly #members = new Map<string, Entry>();
  /** By the hour in which they began. */
  readonly #hours = new Map<number, Entry[]>();

  constructor(series: Series | undefined) {
    this.#series = series ?? { quietHours: 0, withinKm: 0 };
  }

  /** It follows one within the quiet time: one whose series has a clock, if there is, and of those that which began first. */
  join(facts: IncidentFacts): void {
    if (this.#members.has(facts.id)) return;
    const fromMs = facts.when.end - this.#series.quietHours * MS_PER_HOUR;
    let parent: Entry | undefined;
    for (const other of this.#begun(fromMs, facts.when.start)) {
      const before = other.member.facts;
      // Surely before it, and surely within the quiet time, as the latest start of a series is reckoned.
      if (before.when.end > facts.when.start || before.when.start < fromMs) continue;
      if (parent !== undefined && !isBefore(other, parent)) continue;
      const withinKm = this.#series.withinKm - facts.where.radiusKm - before.where.radiusKm;
      if (1.01 * roughKm(facts.where, before.where) <= withinKm) parent = other;
    }
    const found = parent?.member;
    this.#add({
      facts: { ...facts, state: "reported" },
      startMs: found?.startMs ?? facts.when.start,
      ...(found !== undefined && { parent: found.facts.id }),
      ...(found?.holder !== undefined && { holder: found.holder }),
    });
  }

  #add(member: Member): void {
    const entry = { number: this.#members.size, member };
    this.#members.set(member.facts.id, entry);
    const hour = Math.floor(member.facts.when.start / MS_PER_HOUR);
    const same = this.#hours.get(hour);
    if (same === undefined) this.#hours.set(hour, [entry]);
    else same.push(entry);
  }

  /** Those that began in the span, and some more of its first and last hour. */
  *#begun(fromMs: number, toMs: number): Generator<Entry> {
    const last = Math.floor(toMs / MS_PER_HOUR);
    for (let hour = Math.floor(fromMs / MS_PER_HOUR); hour <= last; hour++) {
      const entries = this.#hours.get(hour);
      if (entries !== undefined) yield* entries;
    }
  }

  /** Its own clock runs for the series from now on. */
  hold(incident: string): void {
    const entry = this.#members.get(incident);
    if (entry !== undefined) entry.member = { ...entry.member, holder: incident };
  }

  /** The incident whose clock runs for the series. */
  holderOf(incident: string): string | undefined {
    return this.#members.get(incident)?.member.holder;
  }

  /** Those on the way back as far as the one that holds the clock, itself left out, and those hard by in space and time. */
  besides({ id, when, where }: IncidentFacts): IncidentFacts[] {
    const found = new Map<string, IncidentFacts>();
    const holder = this.holderOf(id);
    for (
      let at = this.#members.get(id)?.member.parent;
      at !== undefined && at !== holder;
      at = this.#members.get(at)?.member.parent
    ) {
      const member = this.#members.get(at)?.member;
      if (member === undefined || found.has(at)) break;
      found.set(at, member.facts);
    }
    const near: Entry[] = [];
    for (const entry of this.#begun(when.start - NEAR_MS, when.start + NEAR_MS)) {
      const { facts } = entry.member;
      if (Math.abs(facts.when.start - when.start) > NEAR_MS || facts.id === id || facts.id === holder) continue;
      if (Math.abs(facts.where.latitudeDeg - where.latitudeDeg) * 111 > NEAR_KM) continue;
      if (roughKm(facts.where, where) <= NEAR_KM) near.push(entry);
    }
    for (const { member } of near.sort((a, b) => a.number - b.number)) found.set(member.facts.id, member.facts);
    return [...found.values()];
  }

  save(): SavedSeries {
    return new Map([...this.#members].map(([id, { member }]) => [id, member]));
  }

  load(saved: SavedSeries): void {
    this.#members.clear();
    this.#hours.clear();
    for (const member of saved.values()) this.#add(member);
  }
}

const isBefore = (a: Entry, b: Entry): boolean =>
  isBetter(a.member, b.member) || (a.number < b.number && !isBetter(b.member, a.member));

function isBetter(a: Member, b: Member): boolean {
  if ((a.holder === undefined) !== (b.holder === undefined)) return a.holder !== undefined;
  // Of one series the one that is further back, so that ways are short.
  return a.startMs < b.startMs || (a.startMs === b.startMs && a.facts.when.start < b.facts.when.start);
}
