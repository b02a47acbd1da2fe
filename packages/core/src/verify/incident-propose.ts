/**
 * What the program does by itself: opens incidents from what was linked, adds evidence, and moves them as far as
 * corroborated, or back. From verified on it proposes nothing: that is for people. Run again, it proposes nothing new.
 */

import type { Located } from "../geo/located.ts";
import { canonicalJson, type Json, sha256Of } from "../record/hash.ts";
import { type Instant, type Interval, instant } from "../time/instant.ts";
import type { Evidence } from "./evidence.ts";
import type { CaseEvent, Incident, LinkRole } from "./incident.ts";
import { type Estimate, estimateOf, type SpanOf } from "./incident-estimate.ts";
import { type CaseFile, tryEvent } from "./incident-fold.ts";
import { independentOf, witnessesOf } from "./incident-independent.ts";
import type { Near } from "./incident-near.ts";
import { isInHumanHands } from "./incident-states.ts";
import type { IndependentSet } from "./independence.ts";
import type { Taxonomy } from "./taxonomy.ts";

/** Items that linking takes for one incident. */
export interface Group {
  readonly items: readonly { readonly evidence: string; readonly confidence01: number }[];
}

export interface Proposal {
  readonly type: string;
  readonly at: Interval;
  readonly body: { readonly [key: string]: Json };
}

/** What only a person may do. */
export type Suggestion = {
  readonly code: "merge";
  readonly incidents: readonly string[];
  readonly evidence: readonly string[];
};

export interface ProposeInput {
  readonly cases: CaseFile;
  readonly groups: readonly Group[];
  /** All that the groups and the incidents name, by id. */
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly taxonomy: Taxonomy;
  readonly spanOf: SpanOf;
  /** Detections and alerts near an incident; none where left out. */
  readonly nearOf?: (incident: Incident) => readonly Near[];
  /** Sources that pass on what others published. */
  readonly relays?: ReadonlySet<string>;
  /** The log's own: what names incidents, and no release shows. */
  readonly salt?: string;
  readonly actor: string;
  readonly now: Instant;
}

export interface Proposed {
  /** To be appended in this order. */
  readonly drafts: readonly Proposal[];
  readonly suggestions: readonly Suggestion[];
  /** As it will be. */
  readonly incidents: ReadonlyMap<string, Incident>;
}

/**
 * Opaque, and the same for the same first evidence in the same log. Without its salt, whoever holds some of the evidence could
 * try whether it is all.
 */
export const incidentIdOf = (evidence: readonly string[], salt: string): string =>
  `in-${sha256Of(canonicalJson([salt, ...[...evidence].sort()])).slice(0, 16)}`;

export function proposeIncidents(input: ProposeInput): Proposed {
  const desk = new Desk(input);
  for (const group of input.groups) desk.take(group);
  for (const id of [...desk.incidents.keys()].sort()) desk.attach(id);
  for (const id of [...desk.incidents.keys()].sort()) desk.settle(id);
  return { drafts: desk.drafts, suggestions: desk.suggestions, incidents: desk.incidents };
}

class Desk {
  readonly incidents: Map<string, Incident>;
  readonly drafts: Proposal[] = [];
  readonly suggestions: Suggestion[] = [];
  readonly #input: ProposeInput;
  /** Evidence to the incident that holds it as a witness; what stands still holds nothing. */
  readonly #heldBy = new Map<string, string>();
  /** By the links that were weighed: a move changes none of them. */
  readonly #sets = new WeakMap<Incident["links"], IndependentSet>();
  /** What a person retracted is not opened again from the same evidence. */
  readonly #retracted = new Set<string>();

  constructor(input: ProposeInput) {
    this.#input = input;
    this.incidents = new Map(input.cases.incidents);
    for (const incident of this.incidents.values()) {
      if (incident.state === "retracted") for (const id of incident.links.keys()) this.#retracted.add(id);
      if (incident.mergedInto !== undefined || incident.state === "retracted") continue;
      for (const { evidence, role } of incident.links.values())
        if (role === "witness") this.#heldBy.set(evidence, incident.id);
    }
  }

  take({ items }: Group): void {
    const known = items.filter(({ evidence }) => this.#input.evidence.has(evidence));
    const holders = [...new Set(known.flatMap(({ evidence }) => this.#heldBy.get(evidence) ?? []))].sort();
    const ids = known.map(({ evidence }) => evidence);
    const [holder] = holders;
    if (holder === undefined) this.#open(ids);
    else if (holders.length > 1) this.suggestions.push({ code: "merge", incidents: holders, evidence: ids });
    else this.#add(holder, known);
  }

  #open(ids: readonly string[]): void {
    const open = ids.filter((id) => !this.#retracted.has(id));
    if (open.length === 0) return;
    const salt = this.#input.salt ?? "";
    let incident = incidentIdOf(open, salt);
    // One that was opened on the same, and from which people have taken it.
    while (this.incidents.has(incident)) incident = incidentIdOf([incident, ...open], salt);
    const { kind, where, when } = this.#estimate(open);
    const reason =
      open.length === 1 ? "one report" : `${open.length} reports taken for one by place, time, kind and text`;
    this.#draft("incident.opened", when, {
      incident,
      kind,
      where: plain(where),
      when: plain(when),
      evidence: open,
      reason,
    });
    for (const id of open) this.#heldBy.set(id, incident);
  }

  #add(id: string, items: Group["items"]): void {
    const incident = this.incidents.get(id) as Incident;
    const fresh = items.filter(
      ({ evidence }) => !incident.links.has(evidence) && !incident.refusedEvidence.has(evidence),
    );
    for (const { evidence, confidence01 } of fresh) {
      const reason = "taken for the same by place, time, kind and text";
      this.#link(incident, [evidence], { role: "witness", reason, confidence01 });
      this.#heldBy.set(evidence, id);
    }
    if (fresh.length > 0) this.#revise(id);
  }

  #revise(id: string): void {
    const incident = this.incidents.get(id) as Incident;
    if (isInHumanHands(incident.state)) return;
    const estimate = this.#estimate(witnessesOf(incident));
    const { where, when } = estimate;
    const kind = incident.kindBy === undefined ? estimate.kind : incident.kind;
    if (kind === incident.kind && isSame(where, incident.where) && isSame(when, incident.when)) return;
    const reason = "sharper by what has come in since";
    this.#draft("incident.revised", when, { incident: id, kind, where: plain(where), when: plain(when), reason });
  }

  attach(id: string): void {
    const incident = this.incidents.get(id) as Incident;
    if (!isStanding(incident)) return;
    const near = this.#input.nearOf?.(incident) ?? [];
    const fresh = near.filter(
      ({ evidence: { id: one } }) => !incident.links.has(one) && !incident.refusedEvidence.has(one),
    );
    const isWitness = ({ ratio }: Near): boolean =>
      ratio !== undefined && ratio >= this.#input.taxonomy.rules.countsFromRatio;
    for (const one of fresh.filter(isWitness)) {
      const expected = one.expected === undefined ? "" : `, ${one.expected.toFixed(2)} expected by chance`;
      const reason = `${one.evidence.form} ${one.km.toFixed(1)} km off: ${one.ratio?.toFixed(1)} times likelier with the event${expected}`;
      this.#link(incident, [one.evidence.id], { role: "witness", reason });
    }
    // What may be chance is said once for each source: there are many.
    const chance = Map.groupBy(
      fresh.filter((one) => !isWitness(one)),
      ({ evidence }) => evidence.origin.source,
    );
    for (const [source, items] of chance) {
      const isWeighed = items.every(({ ratio }) => ratio !== undefined);
      const nearest = Math.min(...items.map(({ km }) => km)).toFixed(1);
      const reason = `${items.length} of ${source} near in space and time, the nearest ${nearest} km off: ${isWeighed ? "no more than chance would have" : "not weighed against chance"}`;
      const ids = items.map(({ evidence }) => evidence.id);
      this.#link(incident, ids, { role: "context", reason });
    }
  }

  #link(
    incident: Incident,
    evidence: readonly string[],
    how: { role: LinkRole; reason: string; confidence01?: number },
  ): void {
    const at = this.#input.evidence.get(evidence[0] ?? "")?.when ?? incident.when;
    this.#draft("incident.evidence-linked", at, { incident: incident.id, evidence, ...how });
  }

  /** Forward as far as the evidence carries, or back where it no longer does. */
  settle(id: string): void {
    for (let round = 0; round < 4; round++) {
      const incident = this.incidents.get(id) as Incident;
      if (!isStanding(incident) || isInHumanHands(incident.state)) return;
      const { rules } = this.#input.taxonomy;
      const located = { radiusKm: incident.where.radiusKm, withinKm: rules.locatedWithinKm };
      const isLocated = located.radiusKm <= located.withinKm;
      const needed = rules.corroboratedBy;
      // Most have one witness: what cannot be enough is not weighed.
      const isWeighed = incident.state === "corroborated" || (isLocated && incident.links.size >= needed);
      const counted = isWeighed ? this.#setOf(incident).counted : [];
      const independent = { count: counted.length, needed, counted };
      const isCorroborated = independent.count >= needed;
      const move = (to: string, reason: string, basis: { readonly [key: string]: Json } = {}): void =>
        this.#draft("incident.moved", this.#moment(), { incident: id, to, reason, ...basis });
      if (incident.state === "reported" && isLocated)
        move("located", `its place is known within ${located.radiusKm} km`, { located });
      else if (incident.state === "located" && !isLocated)
        move("reported", `its place is known within ${located.radiusKm} km only`);
      else if (incident.state === "located" && isCorroborated)
        move("corroborated", `${independent.count} independent items of evidence`, { independent });
      else if (incident.state === "corroborated" && !(isCorroborated && isLocated))
        move("located", `${independent.count} independent items of evidence are left`);
      else return;
    }
  }

  #setOf(incident: Incident): IndependentSet {
    const known = this.#sets.get(incident.links);
    if (known !== undefined) return known;
    const set = independentOf(incident, this.#input.evidence, this.#input.relays);
    this.#sets.set(incident.links, set);
    return set;
  }

  /** Reports say what it was and where; a hot pixel near by makes it no sharper. */
  #estimate(ids: readonly string[]): Estimate {
    const items = ids.flatMap((id) => this.#input.evidence.get(id) ?? []);
    const told = items.filter(({ form }) => form === "report" || form === "claim");
    return estimateOf(told.length > 0 ? told : items, this.#input.taxonomy, this.#input.spanOf);
  }

  #moment(): Interval {
    const { now } = this.#input;
    return { start: now, end: instant(now + 1) };
  }

  /** Only what the fold will take is proposed. */
  #draft(type: string, at: Interval, body: { readonly [key: string]: Json }): void {
    const { actor, now } = this.#input;
    const event: CaseEvent = {
      id: "proposed",
      node: "",
      sequence: this.drafts.length,
      type,
      typeVersion: 1,
      at,
      recordedAt: now,
      actor,
      body,
    };
    const decision = tryEvent({ ...this.#input.cases, incidents: this.incidents }, event);
    if (decision.code !== "applied") return;
    for (const incident of decision.changed) this.incidents.set(incident.id, incident);
    this.drafts.push({ type, at, body });
  }
}

const isStanding = ({ mergedInto, state }: Incident): boolean =>
  mergedInto === undefined && state !== "retracted" && state !== "closed";

/** Its own members that are defined: places and times hold no others' objects. */
const plain = (value: Located | Interval): Json =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));

function isSame<T extends Located | Interval>(a: T, b: T): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof T>;
  return [...names].every((name) => a[name] === b[name]);
}
