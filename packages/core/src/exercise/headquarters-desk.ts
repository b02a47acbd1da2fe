/**
 * The desk at headquarters: what an analyst has read goes through the very code that serves the real log (grouping, independence,
 * proposals, the fold of incidents). It is handed evidence and nothing else.
 */

import type { Json } from "../record/hash.ts";
import { type Instant, type Interval, instant } from "../time/instant.ts";
import type { Evidence } from "../verify/evidence.ts";
import type { Incident } from "../verify/incident.ts";
import { type CaseFile, tryEvent } from "../verify/incident-fold.ts";
import { groupByReach } from "../verify/incident-group.ts";
import { findNear } from "../verify/incident-near.ts";
import { type Group, type Proposal, proposeIncidents } from "../verify/incident-propose.ts";
import type { Rules } from "./staff.ts";

/** The program's own name in the log. */
export const DESK_ACTOR = "program:exercise";

/** Reports that are looked through for one that belongs with a new one: the latest near it. */
const MOST_BESIDE = 64;
/** Cells of a quarter of a degree, and those around: further than any two reports of one incident lie apart. */
const CELL_DEG = 0.25;
const KEPT_MS = 4 * 86_400_000;

const isTold = ({ form }: Evidence): boolean => form === "report" || form === "claim";

export interface Written {
  readonly proposals: readonly Proposal[];
  /** Incidents that changed. */
  readonly changed: readonly Incident[];
}

export interface SavedDesk {
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly heldBy: ReadonlyMap<string, string>;
  readonly told: ReadonlyMap<string, readonly Evidence[]>;
  readonly sensed: ReadonlyMap<string, readonly Evidence[]>;
  readonly places: ReadonlyMap<string, readonly string[]>;
}

export class Desk {
  readonly incidents: Map<string, Incident> = new Map();
  readonly evidence: Map<string, Evidence> = new Map();
  readonly #rules: Rules;
  readonly #heldBy = new Map<string, string>();
  /** By cell. */
  readonly #told = new Map<string, Evidence[]>();
  readonly #sensed = new Map<string, Evidence[]>();
  /** Ids of incidents, by the cell that they lie in. */
  readonly #places = new Map<string, string[]>();

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** One item, read. */
  take(item: Evidence, nowMs: number): Written {
    if (this.evidence.has(item.id)) return { proposals: [], changed: [] };
    this.evidence.set(item.id, item);
    const group = isTold(item) ? this.#groupOf(item, nowMs) : undefined;
    add(isTold(item) ? this.#told : this.#sensed, cellOf(item.where), item);
    const touched = group === undefined ? this.#incidentsAround(item, nowMs) : this.#holdersOf(group);
    if (group === undefined && touched.length === 0) return { proposals: [], changed: [] };
    return this.#propose(group === undefined ? [] : [group], touched, nowMs);
  }

  /** What a person does to an incident; nothing where the rules refuse it. */
  act(incident: string, event: { actor: string; body: { readonly [key: string]: Json } }, nowMs: number): boolean {
    const now = instant(nowMs);
    const decision = tryEvent(this.#file([incident]), {
      id: "exercise",
      node: "",
      sequence: 0,
      type: "incident.moved",
      typeVersion: 1,
      at: momentOf(now),
      recordedAt: now,
      ...event,
    });
    if (decision.code !== "applied") return false;
    for (const changed of decision.changed) this.incidents.set(changed.id, changed);
    return true;
  }

  #propose(groups: readonly Group[], touched: readonly string[], nowMs: number): Written {
    const { taxonomy, spanOf, ratesOf, relays } = this.#rules;
    const before = new Map(touched.map((id) => [id, this.incidents.get(id)]));
    const { drafts, incidents } = proposeIncidents({
      cases: this.#file(touched),
      groups,
      evidence: this.evidence,
      taxonomy,
      spanOf,
      relays,
      nearOf: (incident) =>
        findNear(incident, this.#around(this.#sensed, incident.where, nowMs), {
          extent: taxonomy.extentOf(incident.kind),
          ratesOf,
        }),
      actor: DESK_ACTOR,
      now: instant(nowMs),
    });
    const changed = [...incidents.values()].filter((incident) => before.get(incident.id) !== incident);
    for (const incident of changed) this.#keep(incident);
    return { proposals: drafts, changed };
  }

  #keep(incident: Incident): void {
    if (!this.incidents.has(incident.id)) add(this.#places, cellOf(incident.where), incident.id);
    this.incidents.set(incident.id, incident);
    for (const { evidence, role } of incident.links.values()) {
      if (role === "witness") this.#heldBy.set(evidence, incident.id);
    }
  }

  /**
   * The new item with those that may be one with it. Where they are held by several incidents it joins the one that holds most of them:
   * merging is for people.
   */
  #groupOf(item: Evidence, nowMs: number): Group {
    const { taxonomy, spanOf } = this.#rules;
    const span = spanOf(item);
    const beside = this.#around(this.#told, item.where, nowMs).filter((other) => overlap(spanOf(other), span));
    const groups = groupByReach([...beside.slice(-MOST_BESIDE), item], taxonomy, spanOf);
    const own = groups.find(({ items }) => items.some(({ evidence }) => evidence === item.id)) as Group;
    const holders = own.items.flatMap(({ evidence }) => this.#heldBy.get(evidence) ?? []);
    const most = mostOf(holders);
    return { items: own.items.filter(({ evidence }) => (this.#heldBy.get(evidence) ?? most) === most) };
  }

  #holdersOf({ items }: Group): string[] {
    return [...new Set(items.flatMap(({ evidence }) => this.#heldBy.get(evidence) ?? []))];
  }

  #incidentsAround(item: Evidence, nowMs: number): string[] {
    return this.#cellsAround(this.#places, item.where).filter((id) => {
      const incident = this.incidents.get(id);
      return incident !== undefined && nowMs - incident.when.end < KEPT_MS;
    });
  }

  /** Not older than anything that is still being linked, in the order in which they were read. */
  #around(index: Map<string, Evidence[]>, where: Evidence["where"], nowMs: number): Evidence[] {
    return this.#cellsAround(index, where).filter(({ when }) => nowMs - when.end < KEPT_MS);
  }

  #cellsAround<T>(index: Map<string, T[]>, { latitudeDeg, longitudeDeg }: Evidence["where"]): T[] {
    const found: T[] = [];
    for (const y of [-1, 0, 1]) {
      for (const x of [-1, 0, 1]) {
        const key = cellOf({ latitudeDeg: latitudeDeg + y * CELL_DEG, longitudeDeg: longitudeDeg + x * CELL_DEG });
        for (const item of index.get(key) ?? []) found.push(item);
      }
    }
    return found;
  }

  #file(ids: readonly string[]): CaseFile {
    const incidents = ids.flatMap((id) => {
      const incident = this.incidents.get(id);
      return incident === undefined ? [] : [[id, incident] as const];
    });
    return { incidents: new Map(incidents), refused: [], ignored: new Map(), withoutBody: [] };
  }

  save(): SavedDesk {
    const lists = <T>(index: Map<string, T[]>): Map<string, T[]> =>
      new Map([...index].map(([key, list]) => [key, [...list]]));
    return {
      evidence: new Map(this.evidence),
      incidents: new Map(this.incidents),
      heldBy: new Map(this.#heldBy),
      told: lists(this.#told),
      sensed: lists(this.#sensed),
      places: lists(this.#places),
    };
  }

  load(saved: SavedDesk): void {
    refill(this.evidence, saved.evidence);
    refill(this.incidents, saved.incidents);
    refill(this.#heldBy, saved.heldBy);
    refillLists(this.#told, saved.told);
    refillLists(this.#sensed, saved.sensed);
    refillLists(this.#places, saved.places);
  }
}

const overlap = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

export const momentOf = (now: Instant): Interval => ({ start: now, end: instant(now + 1) });

const cellOf = ({ latitudeDeg, longitudeDeg }: { latitudeDeg: number; longitudeDeg: number }): string =>
  `${Math.floor(latitudeDeg / CELL_DEG)}/${Math.floor(longitudeDeg / CELL_DEG)}`;

function add<T>(index: Map<string, T[]>, key: string, item: T): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [item]);
  else list.push(item);
}

function refill<T>(map: Map<string, T>, from: ReadonlyMap<string, T>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}

function refillLists<T>(map: Map<string, T[]>, from: ReadonlyMap<string, readonly T[]>): void {
  map.clear();
  for (const [key, list] of from) map.set(key, [...list]);
}

/** The commonest; of equals the first by its name; undefined of none. */
function mostOf(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))[0]?.[0];
}
