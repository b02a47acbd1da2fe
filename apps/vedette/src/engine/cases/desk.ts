/** A log as those who work on incidents read it: the case file, the agreement's clocks, and the evidence that is asked for. */
import { type AgreementRecord, happeningOf, recordOf } from "@vedette/core/agreement/record";
import type { StoredEvent } from "@vedette/core/record/event";
import { type Marking, mayRead, type NationCode, narrowest } from "@vedette/core/record/marking";
import type { Instant } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { CaseEvent } from "@vedette/core/verify/incident";
import { type CaseFile, caseEventOf, foldCases } from "@vedette/core/verify/incident-fold";
import type { Store } from "../../store/store.ts";

export interface ReadingAs {
  /** Only what this nation is given. */
  readonly nation?: NationCode;
  /** Only what had been written down by then. */
  readonly until?: Instant;
}

export interface Desk {
  readonly cases: CaseFile;
  readonly events: readonly CaseEvent[];
  readonly record: AgreementRecord;
  /** Of the events that speak of it: what is said further of an incident is marked no wider. */
  readonly markings: ReadonlyMap<string, Marking>;
  /** The same, narrowed by what each has come to rest on since: of all that is said of it as a whole. */
  readonly narrowed: ReadonlyMap<string, Marking>;
  /** Events of type `evidence.recorded` and `evidence.graded`, bodies aside: where evidence is to be found. */
  readonly batches: readonly StoredEvent["header"][];
  /** The id of the log's first event, which no release shows: what incidents are named with. */
  readonly salt: string;
  /** When the last of what was read had been written down; none where there was nothing. */
  readonly latest?: Instant;
}

const EVIDENCE_TYPES = ["evidence.recorded", "evidence.graded"];

export async function readDesk(store: Store, as: ReadingAs = {}): Promise<Desk> {
  const events: CaseEvent[] = [];
  const happenings: ReturnType<typeof happeningOf>[] = [];
  const markings = new Map<string, Marking>();
  const narrowed = new Map<string, Marking>();
  const batches: StoredEvent["header"][] = [];
  let latest: Instant | undefined;
  let salt = "";
  for await (const event of eventsOf(store)) {
    const { header } = event;
    if (salt === "" && header.node === store.node) salt = header.id;
    const isGiven = as.nation === undefined || mayRead(header.marking, as.nation);
    if (!isGiven || (as.until !== undefined && header.recordedAt >= as.until)) continue;
    if (latest === undefined || header.recordedAt > latest) latest = header.recordedAt;
    if (EVIDENCE_TYPES.includes(header.type)) {
      batches.push(header);
      continue;
    }
    events.push(caseEventOf(event));
    happenings.push(happeningOf(event));
    const incident = openedBy(event);
    if (incident !== undefined && !markings.has(incident)) markings.set(incident, header.marking);
    narrow(narrowed, event);
  }
  return {
    cases: foldCases(events),
    events,
    record: recordOf(happenings),
    markings,
    narrowed,
    batches,
    salt,
    ...(latest !== undefined && { latest }),
  };
}

/** Its own, and what other nodes released to it. */
async function* eventsOf(store: Store): AsyncGenerator<StoredEvent> {
  for (const chain of await store.chains()) yield* store.events({ chain });
}

function openedBy({ header: { type }, body }: StoredEvent): string | undefined {
  if (type !== "incident.opened" && type !== "incident.split") return undefined;
  const named = body !== null && typeof body === "object" && "incident" in body ? body["incident"] : undefined;
  return typeof named === "string" ? named : undefined;
}

/** What stands near and does not count narrows nothing. */
function narrow(narrowed: Map<string, Marking>, { header, body }: StoredEvent): void {
  if (!header.type.startsWith("incident.") || body === null || typeof body !== "object") return;
  const said = body as { readonly [key: string]: unknown };
  if (said["role"] === "context") return;
  for (const id of [said["incident"], said["into"], said["from"]]) {
    if (typeof id !== "string") continue;
    const known = narrowed.get(id);
    narrowed.set(id, known === undefined ? header.marking : narrowest([known, header.marking]));
  }
}

export interface FoundEvidence {
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly markings: ReadonlyMap<string, Marking>;
}

/** Streams every member once and keeps what is asked for; erased ones are not there. */
export async function readEvidence(
  store: Store,
  { batches }: Pick<Desk, "batches">,
  keep: (item: Evidence) => boolean,
): Promise<FoundEvidence> {
  const evidence = new Map<string, Evidence>();
  const markings = new Map<string, Marking>();
  for (const { id, node, type, marking } of batches) {
    if (type !== "evidence.recorded") continue;
    for await (const { value } of store.members(id, node)) {
      if (value === undefined) continue;
      const item = value as unknown as Evidence;
      if (!keep(item)) continue;
      evidence.set(item.id, item);
      markings.set(item.id, marking);
    }
  }
  return { evidence, markings };
}

/** Everything that incidents name. */
export function isNamed({ cases }: Pick<Desk, "cases">): (item: Evidence) => boolean {
  const named = new Set<string>();
  for (const { links, replies } of cases.incidents.values()) {
    for (const id of links.keys()) named.add(id);
    for (const { evidence } of replies) if (evidence !== undefined) named.add(evidence);
  }
  return ({ id }) => named.has(id);
}
