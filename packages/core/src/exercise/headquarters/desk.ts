/**
 * The desk at headquarters: what an analyst has read goes through the very code that serves the real log (grouping, independence,
 * proposals, the fold of incidents). It is handed evidence and nothing else.
 */

import type { Json } from "../../record/hash.ts";
import { type Instant, type Interval, instant } from "../../time/instant.ts";
import type { Evidence } from "../../verify/evidence.ts";
import type { CaseEvent, Incident } from "../../verify/incident.ts";
import { type CaseFile, tryEvent } from "../../verify/incident-fold.ts";
import { groupByReach } from "../../verify/incident-group.ts";
import { findNear, type Near } from "../../verify/incident-near.ts";
import { type Group, type Proposal, proposeIncidents } from "../../verify/incident-propose.ts";
import type { Rules } from "./staff.ts";
import { ToldIndex } from "./told-index.ts";

/** The program's own name in the log. */
export const DESK_ACTOR = "program:exercise";

/** Reports that are looked through for one that belongs with a new one: the latest near it. */
const MOST_BESIDE = 16;
/** Witnesses from which on the next one that can change nothing is only linked. */
const MANY = 12;
/** Of detections and incidents, cells and those around: 9 km and more. */
const CELL_DEG = 0.125;
/** Of time, within each cell; and how long a report's span may be that is found by its beginning. */
const SLOT_MS = 6 * 3_600_000;
const LONGEST_MS = 30 * 3_600_000;

const isTold = ({ form }: Evidence): boolean => form === "report" || form === "claim";

export interface Written {
  readonly proposals: readonly Proposal[];
  /** Incidents that changed. */
  readonly changed: readonly Incident[];
}

type SavedPlaces<T> = ReadonlyMap<number, ReadonlyMap<number, readonly T[]>>;

export interface SavedDesk {
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly heldBy: ReadonlyMap<string, string>;
  readonly told: readonly Evidence[];
  readonly sensed: SavedPlaces<Evidence>;
  readonly places: SavedPlaces<string>;
}

export class Desk {
  readonly incidents: Map<string, Incident> = new Map();
  readonly evidence: Map<string, Evidence> = new Map();
  readonly #rules: Rules;
  readonly #heldBy = new Map<string, string>();
  /** Of each incident, the sources of its witnesses. */
  readonly #sourcesOf = new Map<string, Set<string>>();
  readonly #told: ToldIndex;
  #sensed: Places<Evidence> = new Map();
  /** Ids of incidents, by the cell that they lie in. */
  #places: Places<string> = new Map();
  /** In the order in which they were opened. */
  #opened: string[] = [];

  constructor(rules: Rules) {
    this.#rules = rules;
    this.#told = new ToldIndex(rules);
  }

  /** One item, read. */
  take(item: Evidence, nowMs: number): Written {
    if (this.evidence.has(item.id)) return { proposals: [], changed: [] };
    this.evidence.set(item.id, item);
    const group = isTold(item) ? this.#groupOf(item) : undefined;
    if (isTold(item)) this.#told.add(item);
    else add(this.#sensed, item.where, item.when.start, item);
    const touched = group === undefined ? this.#incidentsAround(item) : this.#holdersOf(group);
    if (group === undefined && touched.length === 0) return { proposals: [], changed: [] };
    const [only, ...others] = touched;
    const filed = group !== undefined && others.length === 0 ? this.#join(item, group, only, nowMs) : undefined;
    return filed ?? this.#propose(group === undefined ? [] : [group], touched, nowMs);
  }

  /**
   * One more witness of an incident that has many, and that can change nothing: the incident is corroborated already (more witnesses never make
   * fewer independent ones), it is a claim, or its source is among the witnesses. It is linked, and what it says is not weighed anew.
   */
  #join(item: Evidence, group: Group, holder: string | undefined, nowMs: number): Written | undefined {
    const incident = this.incidents.get(holder ?? "");
    if (incident === undefined || incident.links.size < MANY) return undefined;
    const saysNew = item.form !== "claim" && this.#sourcesOf.get(incident.id)?.has(item.origin.source) !== true;
    if (saysNew && !isCorroborated(incident)) return undefined;
    const { confidence01 } = group.items.find(({ evidence }) => evidence === item.id) ?? { confidence01: 1 };
    const reason = "taken for the same by place, time, kind and text";
    const body = { incident: incident.id, evidence: [item.id], role: "witness", reason, confidence01 };
    const decision = tryEvent(
      this.#file([incident.id]),
      caseEvent("incident.evidence-linked", DESK_ACTOR, body, nowMs),
    );
    if (decision.code !== "applied") return undefined;
    for (const changed of decision.changed) this.#keep(changed);
    this.#hold(item.id, incident.id);
    return { proposals: [{ type: "incident.evidence-linked", at: item.when, body }], changed: decision.changed };
  }

  /** The latest first, until one that ended before. */
  *since(sinceMs: number): Generator<Incident> {
    for (let i = this.#opened.length - 1; i >= 0; i--) {
      const incident = this.incidents.get(this.#opened[i] as string) as Incident;
      // Reports are read in about the order in which things happened, a day's delay aside.
      if (incident.when.end < sinceMs - 86_400_000) return;
      if (incident.when.end >= sinceMs) yield incident;
    }
  }

  /** What a person does to an incident; nothing where the rules refuse it. */
  act(incident: string, event: { actor: string; body: { readonly [key: string]: Json } }, nowMs: number): boolean {
    const decision = tryEvent(this.#file([incident]), caseEvent("incident.moved", event.actor, event.body, nowMs));
    if (decision.code !== "applied") return false;
    for (const changed of decision.changed) this.incidents.set(changed.id, changed);
    return true;
  }

  #propose(groups: readonly Group[], touched: readonly string[], nowMs: number): Written {
    const { taxonomy, spanOf, ratesOf, relays } = this.#rules;
    const before = new Map(touched.map((id) => [id, this.incidents.get(id)]));
    // Where nothing was detected, nothing lies near.
    const nearOf = (incident: Incident): readonly Near[] =>
      findNear(incident, around(this.#sensed, incident.where, nearSpan(incident.when)), {
        extent: taxonomy.extentOf(incident.kind),
        ratesOf,
      });
    const { drafts, incidents } = proposeIncidents({
      cases: this.#file(touched),
      groups,
      evidence: this.evidence,
      taxonomy,
      spanOf,
      relays,
      ...(this.#sensed.size > 0 && { nearOf }),
      actor: DESK_ACTOR,
      now: instant(nowMs),
    });
    const changed = [...incidents.values()].filter((incident) => before.get(incident.id) !== incident);
    for (const incident of changed) this.#keep(incident);
    for (const { body } of drafts) {
      const { incident, evidence, role = "witness" } = body;
      if (role !== "witness" || !Array.isArray(evidence)) continue;
      for (const id of evidence) this.#hold(id as string, incident as string);
    }
    return { proposals: drafts, changed };
  }

  #keep(incident: Incident): void {
    if (!this.incidents.has(incident.id)) {
      this.#opened.push(incident.id);
      add(this.#places, incident.where, incident.when.start, incident.id);
    }
    this.incidents.set(incident.id, incident);
  }

  #hold(evidence: string, incident: string): void {
    this.#heldBy.set(evidence, incident);
    const source = this.evidence.get(evidence)?.origin.source ?? "";
    const sources = this.#sourcesOf.get(incident);
    if (sources === undefined) this.#sourcesOf.set(incident, new Set([source]));
    else sources.add(source);
  }

  /**
   * The new item with those that may be one with it. Where they are held by several incidents it joins the one that holds most of them:
   * merging is for people.
   */
  #groupOf(item: Evidence): Group {
    const { taxonomy, spanOf } = this.#rules;
    // The rest could not be one with it: complete linkage asks every pair.
    const beside = this.#told.beside(item, MOST_BESIDE);
    if (beside.length === 0) return { items: [{ evidence: item.id, confidence01: 1 }] };
    const groups = groupByReach([...beside, item], taxonomy, spanOf);
    const own = groups.find(({ items }) => items.some(({ evidence }) => evidence === item.id)) as Group;
    const holders = own.items.flatMap(({ evidence }) => this.#heldBy.get(evidence) ?? []);
    const most = mostOf(holders);
    return { items: own.items.filter(({ evidence }) => (this.#heldBy.get(evidence) ?? most) === most) };
  }

  #holdersOf({ items }: Group): string[] {
    return [...new Set(items.flatMap(({ evidence }) => this.#heldBy.get(evidence) ?? []))];
  }

  #incidentsAround(item: Evidence): string[] {
    return around(this.#places, item.where, nearSpan(item.when));
  }

  #file(ids: readonly string[]): CaseFile {
    const incidents = ids.flatMap((id) => {
      const incident = this.incidents.get(id);
      return incident === undefined ? [] : [[id, incident] as const];
    });
    return { incidents: new Map(incidents), refused: [], ignored: new Map(), withoutBody: [] };
  }

  save(): SavedDesk {
    return {
      evidence: new Map(this.evidence),
      incidents: new Map(this.incidents),
      heldBy: new Map(this.#heldBy),
      told: this.#told.save(),
      sensed: copyOf(this.#sensed),
      places: copyOf(this.#places),
    };
  }

  load(saved: SavedDesk): void {
    refill(this.evidence, saved.evidence);
    refill(this.incidents, saved.incidents);
    this.#opened = [...saved.incidents.keys()];
    this.#heldBy.clear();
    this.#sourcesOf.clear();
    for (const [evidence, incident] of saved.heldBy) this.#hold(evidence, incident);
    this.#told.load(saved.told);
    this.#sensed = copyOf(saved.sensed);
    this.#places = copyOf(saved.places);
  }
}

/** Still on its way to a verifier, or past one. */
const isCorroborated = ({ state }: Incident): boolean => state !== "reported" && state !== "located";

function caseEvent(type: string, actor: string, body: { readonly [key: string]: Json }, nowMs: number): CaseEvent {
  const now = instant(nowMs);
  return {
    id: "exercise",
    node: "",
    sequence: 0,
    type,
    typeVersion: 1,
    at: momentOf(now),
    recordedAt: now,
    actor,
    body,
  };
}

export const momentOf = (now: Instant): Interval => ({ start: now, end: instant(now + 1) });

interface Spot {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/** Of a row, a column, and a slot of time: places by cell, then by slot. */
type Places<T> = Map<number, Map<number, T[]>>;

const COLUMNS = 4096;
const rowOf = (latitudeDeg: number): number => Math.floor((latitudeDeg + 90) / CELL_DEG);
const columnOf = (longitudeDeg: number): number => Math.floor((longitudeDeg + 180) / CELL_DEG);
const slotOf = (startMs: number): number => Math.floor(startMs / SLOT_MS);

/** What lies in the cells around, and begins where it may overlap the span; in an order that only the reading decides. */
function around<T>(index: Places<T>, { latitudeDeg, longitudeDeg }: Spot, span: Interval): T[] {
  const cells: Map<number, T[]>[] = [];
  for (const y of [-1, 0, 1]) {
    for (const x of [-1, 0, 1]) {
      const row = rowOf(latitudeDeg + y * CELL_DEG);
      const cell = index.get(row * COLUMNS + columnOf(longitudeDeg + x * CELL_DEG));
      if (cell !== undefined) cells.push(cell);
    }
  }
  if (cells.length === 0) return [];
  const found: T[] = [];
  for (let slot = slotOf(span.start - LONGEST_MS); slot * SLOT_MS < span.end; slot++) {
    for (const cell of cells) {
      const list = cell.get(slot);
      if (list !== undefined) for (const item of list) found.push(item);
    }
  }
  return found;
}

/** A detection may come a day before or after what it belongs to: its table says how far within that. */
const nearSpan = ({ start, end }: Interval): Interval => ({
  start: instant(start - 86_400_000),
  end: instant(end + 86_400_000),
});

function add<T>(index: Places<T>, { latitudeDeg, longitudeDeg }: Spot, startMs: number, item: T): void {
  const key = rowOf(latitudeDeg) * COLUMNS + columnOf(longitudeDeg);
  const cell = index.get(key) ?? new Map<number, T[]>();
  index.set(key, cell);
  const slot = slotOf(startMs);
  const list = cell.get(slot);
  if (list === undefined) cell.set(slot, [item]);
  else list.push(item);
}

const copyOf = <T>(index: SavedPlaces<T>): Places<T> =>
  new Map([...index].map(([key, cell]) => [key, new Map([...cell].map(([slot, list]) => [slot, [...list]]))]));

function refill<T>(map: Map<string, T>, from: ReadonlyMap<string, T>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}

/** The commonest; of equals the first by its name; undefined of none. */
function mostOf(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}
