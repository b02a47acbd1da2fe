/**
 * Which incidents are one breach to an agreement's clocks: a way back from each to the first of its series. The agreement's own code
 * judges the links; this only finds those that it needs to see, so that it need not see all of a month.
 */
import type { IncidentFacts } from "../agreement/facts.ts";
import { roughKm } from "../agreement/plane.ts";
import type { Series } from "../agreement/terms.ts";
import { MS_PER_HOUR } from "../time/instant.ts";

interface Member {
  /** As it was when it joined, and as one that calls for no clock by itself. */
  readonly facts: IncidentFacts;
  readonly root: string;
  readonly rootStartMs: number;
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

  /** It joins the series that began first of those that it follows within the quiet time. */
  join(facts: IncidentFacts): void {
    if (this.#members.has(facts.id)) return;
    const quietMs = this.#series.quietHours * MS_PER_HOUR;
    let parent: Member | undefined;
    for (const other of this.#members.values()) {
      const apartMs = facts.when.end - other.facts.when.start;
      if (apartMs < 0 || facts.when.start - other.facts.when.end > quietMs) continue;
      if (parent !== undefined && !isBetter(other, parent)) continue;
      const slackKm = facts.where.radiusKm + other.facts.where.radiusKm;
      if (roughKm(facts.where, other.facts.where) <= this.#series.withinKm + slackKm) parent = other;
    }
    this.#members.set(facts.id, {
      facts: { ...facts, state: "reported" },
      root: parent?.root ?? facts.id,
      rootStartMs: parent?.rootStartMs ?? facts.when.start,
      ...(parent !== undefined && { parent: parent.facts.id }),
    });
  }

  rootOf(incident: string): string {
    return this.#members.get(incident)?.root ?? incident;
  }

  /** Those on the way back to the first, the first itself left out, and those hard by in space and time. */
  besides({ id, when, where }: IncidentFacts): IncidentFacts[] {
    const found = new Map<string, IncidentFacts>();
    const root = this.rootOf(id);
    for (let at = this.#members.get(id)?.parent; at !== undefined && at !== root; at = this.#members.get(at)?.parent) {
      const member = this.#members.get(at);
      if (member === undefined || found.has(at)) break;
      found.set(at, member.facts);
    }
    for (const { facts } of this.#members.values()) {
      if (facts.id === id || facts.id === root) continue;
      if (Math.abs(facts.when.start - when.start) > NEAR_MS || roughKm(facts.where, where) > NEAR_KM) continue;
      found.set(facts.id, facts);
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

/** The earlier series; of one series the member that is further back, so that ways are short. */
const isBetter = (a: Member, b: Member): boolean =>
  a.rootStartMs < b.rootStartMs || (a.rootStartMs === b.rootStartMs && a.facts.when.start < b.facts.when.start);
