/** The case file: a pure fold of events into incidents. The same events give the same file, in whatever order they come. */
import type { StoredEvent } from "../record/event.ts";
import type { CaseEvent, Incident, Refusal } from "./incident.ts";
import { CHANGE_TYPES, type ChangeType, readChange } from "./incident-body.ts";
import { decide } from "./incident-change.ts";
import type { Decision } from "./incident-decision.ts";

/** An event that changed nothing, and why. It stays in the log; a reader may ask what was tried. */
export interface RefusedEvent {
  readonly event: string;
  readonly type: string;
  readonly actor: string;
  readonly refusal: Refusal;
}

export interface CaseFile {
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly refused: readonly RefusedEvent[];
  /** Types that are not ours or not yet known, and how many of each: kept in the log, without effect here. */
  readonly ignored: ReadonlyMap<string, number>;
  /** Incident events whose body was erased or withheld. */
  readonly withoutBody: readonly string[];
}

export const caseEventOf = ({ header, body }: StoredEvent): CaseEvent => ({
  id: header.id,
  node: header.node,
  sequence: header.sequence,
  type: header.type,
  typeVersion: header.typeVersion,
  at: header.at,
  recordedAt: header.recordedAt,
  actor: header.actor,
  ...(body !== undefined && { body }),
});

/** Chains have no common order: when it was written down, then the node, then its own numbering. */
export const inCaseOrder = (a: CaseEvent, b: CaseEvent): number =>
  a.recordedAt - b.recordedAt || (a.node < b.node ? -1 : a.node > b.node ? 1 : a.sequence - b.sequence);

const VERSION = 1;

const isOurs = (type: string): type is ChangeType => (CHANGE_TYPES as readonly string[]).includes(type);

/** Everything at once; a later event is added by folding anew, or tried with `tryEvent`. */
export function foldCases(events: Iterable<CaseEvent>): CaseFile {
  const incidents = new Map<string, Incident>();
  const refused: RefusedEvent[] = [];
  const ignored = new Map<string, number>();
  const withoutBody: string[] = [];
  const seen = new Set<string>();
  for (const event of [...events].sort(inCaseOrder)) {
    const key = `${event.node}:${event.sequence}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const decision = decisionOf(incidents, event);
    switch (decision.code) {
      case "ignored":
        ignored.set(event.type, (ignored.get(event.type) ?? 0) + 1);
        break;
      case "refused":
        if (decision.refusal.code === "no-body") withoutBody.push(event.id);
        else refused.push({ event: event.id, type: event.type, actor: event.actor, refusal: decision.refusal });
        break;
      case "applied":
        for (const incident of decision.changed) incidents.set(incident.id, incident);
    }
  }
  return { incidents, refused, ignored, withoutBody };
}

/** What the event would do: asked before it is written, with the rules by which it will be read. */
export function tryEvent({ incidents }: CaseFile, event: CaseEvent): Decision | { readonly code: "ignored" } {
  return decisionOf(incidents, event);
}

function decisionOf(
  incidents: ReadonlyMap<string, Incident>,
  event: CaseEvent,
): Decision | { readonly code: "ignored" } {
  // A later version may mean something else: it is not guessed at.
  if (!isOurs(event.type) || event.typeVersion !== VERSION) return { code: "ignored" };
  const read = readChange(event.type, event.body);
  if (read.code === "refused") return read;
  return decide((id) => incidents.get(id), event, read.change);
}
