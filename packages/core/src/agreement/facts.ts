/** What the engine must know of an incident; the floor above makes it from the log. */
import type { Located } from "../geo/located.ts";
import type { Interval } from "../time/instant.ts";
import type { EditionRef } from "./edition.ts";
import { type Finding, INCIDENT_STATES, type IncidentState } from "./terms.ts";

/** Known exactly, or to lie between the two, both inside. */
export type Measure = number | { readonly low: number; readonly high: number };

export interface IncidentFacts {
  readonly id: string;
  /** Of the taxonomy; `unknown` where nobody can say. */
  readonly kind: string;
  /** Other kinds that it may be. */
  readonly mayBe?: readonly string[];
  readonly where: Located;
  /** It happened somewhere in it. */
  readonly when: Interval;
  /** It was first observed somewhere in it. */
  readonly firstObserved: Interval;
  readonly state: IncidentState;
  /** When it came into each state; needed only by clocks that run from a state. */
  readonly since?: Readonly<Partial<Record<IncidentState, Interval>>>;
  readonly finding?: Finding;
  /** By name and unit: `calibreMm`, `rounds`. What is not here is not known. */
  readonly measures?: Readonly<Record<string, Measure>>;
  /** Independent items. */
  readonly evidence: number;
  readonly replies?: readonly { readonly party: string; readonly at: Interval }[];
  /** It was assessed under this edition: no other is asked. */
  readonly assessedUnder?: EditionRef;
}

/** Whether the incident is at least so far; one that was retracted is nowhere. */
export function hasReached(state: IncidentState, wanted: IncidentState): boolean {
  if (state === "retracted" || wanted === "retracted") return state === wanted;
  return INCIDENT_STATES.indexOf(state) >= INCIDENT_STATES.indexOf(wanted);
}

/** A measure by name; `evidence` is one too. */
export function measureOf(
  facts: IncidentFacts,
  name: string,
): { readonly low: number; readonly high: number } | undefined {
  const value = name === "evidence" ? facts.evidence : facts.measures?.[name];
  return typeof value === "number" ? { low: value, high: value } : value;
}
