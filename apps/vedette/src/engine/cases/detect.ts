/** From the evidence in a log to incidents: linked, with heat and alerts near them, each as far as the program may take it. */
import type { Draft } from "@vedette/core/record/event";
import { type Marking, narrowest } from "@vedette/core/record/marking";
import type { Instant, Interval } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident } from "@vedette/core/verify/incident";
import type { SpanOf } from "@vedette/core/verify/incident-estimate";
import { groupByReach } from "@vedette/core/verify/incident-group";
import { witnessesOf } from "@vedette/core/verify/incident-independent";
import { findNear } from "@vedette/core/verify/incident-near";
import { type Group, type Proposal, proposeIncidents, type Suggestion } from "@vedette/core/verify/incident-propose";
import { linkItems } from "@vedette/core/verify/linking";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import type { EvidenceSources } from "../../scenario/evidence-sources.ts";
import type { Store } from "../../store/store.ts";
import { type Desk, readDesk, readEvidence } from "./desk.ts";
import { NearIndex } from "./near-index.ts";
import { ratesFrom, relaysIn, spansFrom } from "./rates.ts";

/** The program's own name in the log: no person, so nothing from verified on. */
export const PROGRAM = "vedette";

export interface Detection {
  readonly store: Store;
  readonly taxonomy: Taxonomy;
  readonly sources: EvidenceSources;
  readonly now: Instant;
  /** Only evidence of this time; all where left out. */
  readonly span?: Interval;
  readonly isDryRun?: boolean;
}

export interface Detected {
  readonly reports: number;
  readonly sensed: number;
  readonly opened: number;
  readonly linked: number;
  readonly moved: number;
  /** Replies that had come in as evidence. */
  readonly replied: number;
  readonly suggestions: readonly Suggestion[];
  readonly incidents: readonly Incident[];
}

/** Run twice, the second time adds nothing. */
export async function detectIncidents(job: Detection): Promise<Detected> {
  const { store, taxonomy, sources, now, span } = job;
  const desk = await readDesk(store);
  const isAsked = ({ when }: Evidence): boolean =>
    span === undefined || (when.start < span.end && when.end > span.start);
  // A sensor that says what it saw tells of it as a report does; heat alone does not say of what.
  const isTold = ({ form, kind }: Evidence): boolean =>
    form === "report" || form === "claim" || (form === "detection" && kind !== "unknown");
  const held = heldBy(desk.cases.incidents.values());
  const told = await readEvidence(store, desk, (item) => held.has(item.id) || (isTold(item) && isAsked(item)));
  const spanOf = spansFrom(sources);
  const linkable = [...told.evidence.values()].filter((item) => isTold(item) && isAsked(item));
  const groups = groupsOf(linkable, taxonomy, spanOf);
  const asked = { groups, taxonomy, spanOf, actor: PROGRAM, now, relays: relaysIn(sources), salt: desk.salt };
  const first = proposeIncidents({ ...asked, cases: desk.cases, evidence: told.evidence });
  const index = new NearIndex(first.incidents.values(), taxonomy);
  const isSensed = (item: Evidence): boolean =>
    (item.form === "detection" || item.form === "alert") && !told.evidence.has(item.id);
  const sensed = await readEvidence(store, desk, (item) => isSensed(item) && index.wants(item));
  for (const item of sensed.evidence.values()) index.add(item);
  const ratesOf = ratesFrom(sources);
  const proposed = proposeIncidents({
    ...asked,
    cases: desk.cases,
    evidence: new Map([...told.evidence, ...sensed.evidence]),
    nearOf: (incident) =>
      findNear(incident, index.around(incident), { extent: taxonomy.extentOf(incident.kind), ratesOf }),
  });
  const markings = new Map([...told.markings, ...sensed.markings]);
  const replies = await repliesIn(store, desk, sources);
  const drafts = draftsOf([...proposed.drafts, ...replies.drafts], {
    incidents: new Map(desk.markings),
    estimates: new Map(desk.narrowed),
    evidence: new Map([...markings, ...replies.markings]),
    witnesses: new Map([...desk.cases.incidents].map(([id, incident]) => [id, witnessesOf(incident)])),
  });
  if (job.isDryRun !== true) await store.append(drafts);
  const count = (type: string): number => drafts.filter((draft) => draft.type === type).length;
  return {
    reports: linkable.length,
    sensed: sensed.evidence.size,
    opened: count("incident.opened"),
    linked: count("incident.evidence-linked"),
    moved: count("incident.moved"),
    replied: count("reply.submitted"),
    suggestions: proposed.suggestions,
    incidents: [...proposed.incidents.values()],
  };
}

function heldBy(incidents: Iterable<Incident>): Set<string> {
  return new Set([...incidents].flatMap(({ links }) => [...links.keys()]));
}

/** Fewer teach nothing about the errors of places and times: they are grouped by the reach of their kinds. */
const ENOUGH_TO_LEARN = 300;

function groupsOf(items: readonly Evidence[], taxonomy: Taxonomy, spanOf: SpanOf): Group[] {
  if (items.length < ENOUGH_TO_LEARN) return groupByReach(items, taxonomy, spanOf);
  const { of, confidence01 } = linkItems(
    items.map(({ id, where, when, kind, origin, text }) => ({
      id,
      where,
      when,
      kind,
      source: origin.operator ?? origin.source,
      ...(origin.original !== undefined && { url: origin.original }),
      ...(text !== undefined && { text }),
    })),
    { kinds: { extentKm: (of) => taxonomy.extentOf(of).km, likeness01: taxonomy.likeness01 } },
  );
  const rows = items.map(({ id }, i) => ({ of: of[i], evidence: id, confidence01: confidence01[i] as number }));
  return [...Map.groupBy(rows, (row) => row.of).values()].map((members) => ({
    items: members.map(({ evidence, confidence01: share }) => ({ evidence, confidence01: share })),
  }));
}

/** Replies that came in as evidence and name an incident whose party was asked: said once of that incident. */
async function repliesIn(
  store: Store,
  desk: Desk,
  sources: EvidenceSources,
): Promise<{ drafts: Proposal[]; markings: ReadonlyMap<string, Marking> }> {
  const { evidence, markings } = await readEvidence(store, desk, ({ form }) => form === "reply");
  const drafts = [...evidence.values()].flatMap((item): Proposal[] => {
    const incident = desk.cases.incidents.get(String(item.measured?.["incident"]));
    const party = sources.get(item.origin.source)?.party ?? item.origin.source;
    if (incident === undefined || incident.mergedInto !== undefined) return [];
    if (!incident.asked.some((one) => one.party === party)) return [];
    if (incident.replies.some((reply) => reply.evidence === item.id)) return [];
    const reason = `reply of ${party}`;
    return [
      { type: "reply.submitted", at: item.when, body: { incident: incident.id, party, evidence: item.id, reason } },
    ];
  });
  return { drafts, markings };
}

interface Markings {
  /** Of incidents: those that are opened here join it. */
  readonly incidents: Map<string, Marking>;
  /** Narrowed by what each has come to rest on: a move that rests on its place goes no further. */
  readonly estimates: Map<string, Marking>;
  readonly evidence: ReadonlyMap<string, Marking>;
  /** By incident: as they are when the draft is made. */
  readonly witnesses: Map<string, readonly string[]>;
}

/** Each marked no wider than its incident and each piece of evidence that it rests on. */
function draftsOf(proposals: readonly Proposal[], { incidents, estimates, evidence, witnesses }: Markings): Draft[] {
  return proposals.map(({ type, at, body }) => {
    const incident = String(body["incident"]);
    const independent = body["independent"] as { readonly counted?: unknown } | undefined;
    const own = named(body["evidence"]);
    if (type === "incident.opened" || body["role"] === "witness")
      witnesses.set(incident, [...(witnesses.get(incident) ?? []), ...own]);
    // Place, kind and time are reckoned anew from all witnesses; the state rests on them, or on those that are counted.
    const resting =
      type === "incident.revised" ? (witnesses.get(incident) ?? []) : [...own, ...named(independent?.counted)];
    const estimate = body["located"] === undefined ? undefined : estimates.get(incident);
    const known = [incidents.get(incident), estimate, ...resting.map((id) => evidence.get(id))].filter(
      (one) => one !== undefined,
    );
    if (known.length === 0) throw new RangeError(`nothing says to whom ${type} of ${incident} may go`);
    const marking = narrowest(known);
    if (type === "incident.opened") incidents.set(incident, marking);
    if (type === "incident.opened" || type === "incident.revised") estimates.set(incident, marking);
    return { type, typeVersion: 1, at, actor: PROGRAM, marking, body };
  });
}

const named = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === "string" ? [value] : [];
