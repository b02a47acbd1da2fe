/**
 * An incident as a pure fold of events leaves it. What happened, who moved it and why, in order; never who did it:
 * attribution is not computed, and nothing here has room for it.
 */
import type { Finding, IncidentState } from "../agreement/terms.ts";
import type { Located } from "../geo/located.ts";
import { spellingOf } from "../record/actor.ts";
import type { Hash, Json } from "../record/hash.ts";
import type { Instant, Interval } from "../time/instant.ts";

/** An event as cases read it; no body where it was erased or withheld. */
export interface CaseEvent {
  readonly id: string;
  readonly node: string;
  readonly sequence: number;
  readonly type: string;
  readonly typeVersion: number;
  readonly at: Interval;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly body?: Json;
}

/** `witness`: it counts towards corroboration. `context`: it stands near in space and time, and may be chance. */
export const LINK_ROLES = ["witness", "context"] as const;
export type LinkRole = (typeof LINK_ROLES)[number];

export interface Link {
  readonly evidence: string;
  readonly role: LinkRole;
  /** That it belongs here, 0 to 1. */
  readonly confidence01?: number;
  readonly reason: string;
  /** The incident through whose merging it came. */
  readonly via?: string;
}

export interface Asked {
  readonly party: string;
  /** The deadline lies somewhere in it. */
  readonly until: Interval;
}

export interface Reply {
  readonly party: string;
  readonly at: Interval;
  readonly recordedAt: Instant;
  /** Id of the evidence of form `reply`. */
  readonly evidence?: string;
  /** Who wrote it down. */
  readonly by: string;
}

export interface EditionName {
  readonly id: string;
  readonly version: number;
  readonly digest?: Hash;
}

export interface Assessment {
  readonly by: string;
  readonly finding: Finding;
  /** As the agreement counts; none where it is no breach. */
  readonly clauses: readonly string[];
  readonly agreement: EditionName;
  readonly recordedAt: Instant;
  /** Parties whose replies lay before the assessor, and whose deadline had passed without one. */
  readonly replied: readonly string[];
  readonly silent: readonly string[];
}

/** One change as it happened: nothing is ever taken out. */
export interface HistoryEntry {
  readonly event: string;
  readonly type: string;
  readonly at: Interval;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly reason: string;
  readonly from?: IncidentState;
  readonly to?: IncidentState;
}

export interface Incident {
  readonly id: string;
  readonly kind: string;
  /** The person who set the kind: the program then leaves it. */
  readonly kindBy?: string;
  readonly where: Located;
  readonly when: Interval;
  readonly state: IncidentState;
  /** When it came into each state that it is in or has passed on its way here. */
  readonly since: Readonly<Partial<Record<IncidentState, Interval>>>;
  /** State before `closed` or `retracted`: where re-opening leads. */
  readonly cameFrom?: IncidentState;
  /** It then stands still, until it is split out again. */
  readonly mergedInto?: string;
  readonly absorbed: readonly string[];
  readonly links: ReadonlyMap<string, Link>;
  /** Evidence that a person took away: the program does not put it back. */
  readonly refusedEvidence: ReadonlySet<string>;
  /** The independent witnesses on which it was corroborated last, and how many were needed. */
  readonly corroboration?: { readonly counted: readonly string[]; readonly needed: number };
  /** Everyone who ever verified it, or what was merged into it: none of them assesses. */
  readonly verifiers: readonly string[];
  readonly asked: readonly Asked[];
  readonly replies: readonly Reply[];
  readonly assessment?: Assessment;
  readonly history: readonly HistoryEntry[];
}

/** Why an event changes nothing. Numbers and names, no words: the edge has the words. */
export type Refusal =
  | { readonly code: "malformed"; readonly path: string; readonly expected: string }
  | { readonly code: "no-body" }
  | { readonly code: "unknown-incident"; readonly incident: string }
  | { readonly code: "already-there"; readonly incident: string }
  | { readonly code: "merged"; readonly incident: string; readonly into: string }
  | { readonly code: "stands-still"; readonly incident: string; readonly state: IncidentState }
  | {
      readonly code: "no-transition";
      readonly from: IncidentState;
      readonly to: IncidentState;
      readonly allowed: readonly IncidentState[];
    }
  | { readonly code: "needs-a-person"; readonly actor: string }
  | { readonly code: "same-person"; readonly person: string; readonly verifiers: readonly string[] }
  | { readonly code: "not-located"; readonly radiusKm: number; readonly withinKm: number }
  | { readonly code: "too-few-independent"; readonly count: number; readonly needed: number }
  | { readonly code: "not-linked"; readonly evidence: readonly string[] }
  | { readonly code: "already-linked"; readonly evidence: readonly string[] }
  | { readonly code: "taken-away-by-a-person"; readonly evidence: readonly string[] }
  | { readonly code: "last-evidence"; readonly incident: string; readonly evidence: readonly string[] }
  /** What it rests on and says was verified as it stands: that is undone first. */
  | {
      readonly code: "verified-as-it-stands";
      readonly incident: string;
      readonly state: IncidentState;
      readonly evidence: readonly string[];
    }
  /** Who writes down what a party replies does not assess. */
  | { readonly code: "replies-by-assessor"; readonly person: string; readonly parties: readonly string[] }
  | { readonly code: "replies-awaited"; readonly at: Instant; readonly awaited: readonly Asked[] }
  /** Verified without a word on whom to ask; nobody is said by an empty list. */
  | { readonly code: "asks-unsaid" }
  | { readonly code: "deadline-past"; readonly party: string; readonly until: Interval; readonly at: Instant }
  | { readonly code: "not-asked"; readonly party: string; readonly asked: readonly string[] }
  | { readonly code: "no-finding" }
  | { readonly code: "no-agreement" }
  | { readonly code: "no-clause" }
  | { readonly code: "clause-without-breach"; readonly clauses: readonly string[] }
  | { readonly code: "nothing-to-refer" };

/** Ids of people begin so; all other actors are programs, and have no say from `verified` on. */
export const PERSON_PREFIX = "person:";

/** One spelling for one person: the two-person rule must not be passed by a capital letter. */
export function personOf(actor: string): string | undefined {
  const id = spellingOf(actor);
  return id.startsWith(PERSON_PREFIX) && id.length > PERSON_PREFIX.length ? id : undefined;
}

/** Parties that were asked, have not replied, and may still do so. */
export function awaitedOf({ asked, replies }: Pick<Incident, "asked" | "replies">, at: Instant): Asked[] {
  const replied = new Set(replies.map(({ party }) => party));
  return asked.filter(({ party, until }) => !replied.has(party) && at < until.end);
}
