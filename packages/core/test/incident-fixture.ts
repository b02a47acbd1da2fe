/** Events of incidents for tests: written by hand, one after the other, on one chain. */
import type { Json } from "../src/record/hash.ts";
import { type Instant, instant, MS_PER_HOUR, parseInstant } from "../src/time/instant.ts";
import type { CaseEvent } from "../src/verify/incident.ts";
import { type CaseFile, foldCases } from "../src/verify/incident-fold.ts";

export const DAY: Instant = parseInstant("2026-03-01T00:00:00Z");
export const PROGRAM = "program:vedette";
export const ANNA = "person:anna";
export const BORIS = "person:boris";
export const CLARA = "person:clara";
export const AGREEMENT = { id: "some-truce", version: 3 };
export const HERE = { latitudeDeg: 48.5, longitudeDeg: 37.5, radiusKm: 2, basis: "settlement" as const };
export const THEN = { start: DAY, end: instant(DAY + MS_PER_HOUR) };

/** @param recordedAt hours after the day's start */
export function event(
  type: string,
  body: Json | undefined,
  { actor = PROGRAM, recordedAt = 1, sequence = 1 } = {},
): CaseEvent {
  return {
    id: `e-${sequence}`,
    node: "node-a",
    sequence,
    type,
    typeVersion: 1,
    at: THEN,
    recordedAt: instant(DAY + recordedAt * MS_PER_HOUR),
    actor,
    ...(body !== undefined && { body }),
  };
}

export const opened = (incident: string, evidence: readonly string[], kind = "explosion"): Json => ({
  incident,
  kind,
  where: HERE,
  when: THEN,
  evidence,
  reason: "a report",
});

export const LOCATED = { to: "located", located: { radiusKm: 2, withinKm: 15 } };
export const corroborated = (counted: readonly string[]): { [key: string]: Json } => ({
  to: "corroborated",
  independent: { count: counted.length, needed: 2, counted },
});
export const ASKED = {
  to: "verified",
  asked: [{ party: "north", until: { start: instant(DAY + 24 * MS_PER_HOUR), end: instant(DAY + 26 * MS_PER_HOUR) } }],
};
export const BREACH = { to: "assessed", finding: "breach", clauses: ["II.3(a)"], agreement: AGREEMENT };

/** One hour after the other. */
export class Chain {
  readonly events: CaseEvent[] = [];

  add(type: string, body: Json | undefined, actor: string = PROGRAM, recordedAt?: number): this {
    const sequence = this.events.length + 1;
    this.events.push(event(type, body, { actor, sequence, recordedAt: recordedAt ?? sequence }));
    return this;
  }

  move(incident: string, to: { readonly [key: string]: Json }, actor: string = PROGRAM, recordedAt?: number): this {
    return this.add("incident.moved", { incident, reason: "because", ...to }, actor, recordedAt);
  }

  /** From nothing to corroborated. */
  corroborate(incident: string, evidence: readonly string[] = [`${incident}-1`, `${incident}-2`]): this {
    this.add("incident.opened", opened(incident, evidence));
    return this.move(incident, LOCATED).move(incident, corroborated(evidence));
  }

  fold(): CaseFile {
    return foldCases(this.events);
  }

  codes(): string[] {
    return this.fold().refused.map(({ refusal }) => refusal.code);
  }
}
