/**
 * Which incidents are one breach to an agreement's clocks: a way back from each towards the first of its series. The agreement's own code
 * judges the links; this only finds those that it needs to see, so that it need not see all of a month.
 */
import type { IncidentFacts } from "../agreement/facts.ts";
import { roughKm } from "../agreement/plane.ts";
import type { Series } from "../agreement/terms.ts";
import { MS_PER_HOUR } from "../time/instant.ts";

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

export class SeriesIndex {
  readonly #series: Series;
  readonly #members = new Map<string, Member>();

  constructor(series: Series | undefined) {
    this.#series = series ?? { quietHours: 0, withinKm: 0 };
  }

  /** It follows one within the quiet time: one whose series has a clock, if there is, and of those that which began first. */
  join(facts: IncidentFacts): void {
    if (this.#members.has(facts.id)) return;
    const quietMs = this.#series.quietHours * MS_PER_HOUR;
    let parent: Member | undefined;
    for (const other of this.#members.values()) {
      const before = other.facts;
      // Surely before it, and surely within the quiet time, as the latest start of a series is reckoned.
      if (before.when.end > facts.when.start || facts.when.end - before.when.start > quietMs) continue;
      if (parent !== undefined && !isBetter(other, parent)) continue;
      const withinKm = this.#series.withinKm - facts.where.radiusKm - before.where.radiusKm;
      if (1.01 * roughKm(facts.where, before.where) <= withinKm) parent = other;
    }
    this.#members.set(facts.id, {
      facts: { ...facts, state: "reported" },
      startMs: parent?.startMs ?? facts.when.start,
      ...(parent !== undefined && { parent: parent.facts.id }),
      ...(parent?.holder !== undefined && { holder: parent.holder }),
    });
  }

  /** Its own clock runs for the series from now on. */
  hold(incident: string): void {
    const member = this.#members.get(incident);
    if (member !== undefined) this.#members.set(incident, { ...member, holder: incident });
  }

  /** The incident whose clock runs for the series. */
  holderOf(incident: string): string | undefined {
    return this.#members.get(incident)?.holder;
  }

  /** Those on the way back as far as the one that holds the clock, itself left out, and those hard by in space and time. */
  besides({ id, when, where }: IncidentFacts): IncidentFacts[] {
    const found = new Map<string, IncidentFacts>();
    const holder = this.holderOf(id);
    for (
      let at = this.#members.get(id)?.parent;
      at !== undefined && at !== holder;
      at = this.#members.get(at)?.parent
    ) {
      const member = this.#members.get(at);
      if (member === undefined || found.has(at)) break;
      found.set(at, member.facts);
    }
    for (const { facts } of this.#members.values()) {
      if (Math.abs(facts.when.start - when.start) > NEAR_MS || facts.id === id || facts.id === holder) continue;
      if (Math.abs(facts.where.latitudeDeg - where.latitudeDeg) * 111 > NEAR_KM) continue;
      if (roughKm(facts.where, where) <= NEAR_KM) found.set(facts.id, facts);
    }
    return [...found.values()];
  }

  save(): SavedSeries {
    return new Map(this.#members);
  }

  load(saved: SavedSeries): void {
    this.#members.clear();
    for (const [id, member] of saved) this.#members.set(id, member);
  }
}

function isBetter(a: Member, b: Member): boolean {
  if ((a.holder === undefined) !== (b.holder === undefined)) return a.holder !== undefined;
  // Of one series the one that is further back, so that ways are short.
  return a.startMs < b.startMs || (a.startMs === b.startMs && a.facts.when.start < b.facts.when.start);
}
