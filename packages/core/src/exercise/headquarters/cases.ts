/**
 * Cases: what happens to an incident from its corroboration on. Verified by one person, put to the parties where an agreement says so,
 * assessed by another person, with the agreement's clocks beside it and notices to be signed.
 */
import type { IncidentFacts } from "../../agreement/facts.ts";
import type { Draft } from "../../record/event.ts";
import { instant } from "../../time/instant.ts";
import type { Incident } from "../../verify/incident.ts";
import { factsOf } from "../../verify/incident-facts.ts";
import type { ExerciseLog } from "../exercise-log.ts";
import { type ClockScore, Clocks, type Followed, NO_CLOCKS, type SavedClocks } from "./clocks.ts";
import { type Desk, momentOf } from "./desk.ts";
import { Judging, type SavedJudging } from "./judging.ts";
import { linked01 } from "./passage.ts";
import { type SavedSigning, Signing } from "./signing.ts";
import type { Rules, Staff } from "./staff.ts";
import type { WorkTime } from "./staff-times.ts";

/** Kinds of event that are the cases' own. */
export const JUDGED = 11;
export const SIGNED = 13;
export const REPLIES = 14;

export type Schedule = (tMs: number, kind: number, a: number, b: number) => void;

export interface SavedCases {
  readonly judging: SavedJudging;
  readonly signing: SavedSigning;
  readonly clocks?: SavedClocks;
  readonly verified: readonly string[];
  readonly verifiedBy: ReadonlyMap<string, readonly string[]>;
  readonly awaited: ReadonlySet<string>;
}

interface Parts {
  readonly desk: Desk;
  readonly log: ExerciseLog;
  readonly schedule: Schedule;
  readonly lasts: WorkTime;
}

export class Cases {
  readonly judging: Judging;
  readonly #signing: Signing;
  readonly #clocks: Clocks | undefined;
  readonly #rules: Rules;
  readonly #parts: Parts;
  /** In the order of their verification: a number for the queue of events. */
  #verified: string[] = [];
  /** Who verified those that are not before a second person yet. */
  #verifiedBy = new Map<string, readonly string[]>();
  /** An incident never changes: what changes is another one of the same name. */
  readonly #facts = new WeakMap<Incident, IncidentFacts>();
  /** Those for whose replies an event is planned. */
  #awaited = new Set<string>();

  constructor(staff: Staff, rules: Rules, parts: Parts) {
    this.#rules = rules;
    this.#parts = parts;
    this.judging = new Judging(staff, parts.lasts);
    this.#signing = new Signing(staff, parts.lasts);
    this.#clocks = rules.edition === undefined ? undefined : new Clocks(rules.edition, parts.log.marking);
  }

  begin(startMs: number): void {
    if (this.#clocks !== undefined) this.#write([this.#clocks.adoption(startMs)], startMs);
  }

  /** Corroborated now, for the first time or again. */
  open(incident: Incident, isUrgent: boolean, nowMs: number): void {
    this.judging.note(incident.id, { corroboratedMs: nowMs, corroborated01: linked01(incident) });
    this.judging.add({ incident: incident.id, step: "verify" }, isUrgent, []);
    this.#follow(incident.id, isUrgent, nowMs);
  }

  onEvent(kind: number, a: number, nowMs: number): void {
    if (kind === JUDGED) this.#hasJudged(a, nowMs);
    else if (kind === SIGNED) this.#hasSigned(a, nowMs);
    else if (kind === REPLIES) this.#repliesOver(this.#verified[a] as string, nowMs);
  }

  goOn(nowMs: number): void {
    for (const { id, endsMs } of this.judging.start(nowMs)) this.#parts.schedule(endsMs, JUDGED, id, 0);
    for (const { id, endsMs } of this.#signing.start(nowMs)) this.#parts.schedule(endsMs, SIGNED, id, 0);
  }

  change(nowMs: number): void {
    this.judging.change(nowMs);
    this.#signing.change(nowMs);
  }

  clockScore(nowMs: number): ClockScore {
    return this.#clocks?.score(nowMs) ?? NO_CLOCKS;
  }

  #hasJudged(number: number, nowMs: number): void {
    const done = this.judging.end(number, nowMs);
    if (done === undefined) return;
    if (done.step === "verify") this.#verify(done.incident, done, nowMs);
    else this.#assess(done.incident, done.person, nowMs);
  }

  #verify(incident: string, { person, by }: { person: string; by: readonly string[] }, nowMs: number): void {
    const asked = this.#clocks?.asked(incident, nowMs) ?? [];
    const body = { incident, to: "verified", reason: "independent items agree", asked };
    const verified = this.#act(`person:${person}`, body, nowMs);
    if (verified === undefined) {
      // It fell back while it was judged: once it is corroborated again, it is asked for again.
      this.judging.passages.delete(incident);
      return;
    }
    this.judging.note(incident, { verifiedMs: nowMs, verified01: linked01(verified) });
    this.#verified.push(incident);
    this.#verifiedBy.set(incident, by);
    const isUrgent = this.isUrgent(verified.kind);
    if (this.#clocks === undefined) this.#toSecond(incident, isUrgent);
    else this.#follow(incident, isUrgent, nowMs);
  }

  #assess(incident: string, person: string, nowMs: number): void {
    const held = this.#parts.desk.incidents.get(incident);
    if (held === undefined) return;
    const reason = "looked at again by a second person";
    const finding = this.#findingOf(held);
    const body = { incident, to: "assessed", reason, ...finding };
    if (this.#act(`person:${person}`, body, nowMs) === undefined) return;
    this.judging.note(incident, { assessedMs: nowMs });
    const isMinded = this.#clocks?.mindsFinding(incident, finding.finding) === true;
    if (isMinded) this.#follow(incident, this.isUrgent(held.kind), nowMs);
  }

  /** Assumed: people find a breach in what touches a clause, or may. */
  #findingOf(incident: Incident): { finding: string; clauses: string[]; agreement: { id: string; version: number } } {
    const { agreement, clause } = this.#rules;
    if (this.#clocks === undefined) return { finding: "breach", clauses: [clause], agreement };
    const clauses = this.#clocks.clausesOf(this.#factsOf(incident));
    return {
      finding: clauses.length > 0 ? "breach" : "no-breach",
      clauses,
      agreement: { ...this.#clocks.edition.ref },
    };
  }

  #hasSigned(number: number, nowMs: number): void {
    const signed = this.#signing.end(number, nowMs);
    if (signed === undefined || this.#clocks === undefined) return;
    const { step, person } = signed;
    this.#write(this.#clocks.sign(step, person, nowMs), nowMs);
    const incident = this.#parts.desk.incidents.get(step.incident);
    if (incident !== undefined) this.#follow(incident.id, this.isUrgent(incident.kind), nowMs);
  }

  #repliesOver(incident: string, nowMs: number): void {
    this.#awaited.delete(incident);
    const held = this.#parts.desk.incidents.get(incident);
    if (held === undefined || this.#clocks === undefined || !this.#verifiedBy.has(incident)) return;
    this.#passGate(incident, this.#clocks.gate(this.#factsOf(held), nowMs), nowMs, this.isUrgent(held.kind));
  }

  isUrgent(kind: string): boolean {
    return this.#rules.urgent.has(this.#rules.taxonomy.kindOf(kind).group);
  }

  /** What the agreement's engine makes of it now. */
  #follow(incident: string, isUrgent: boolean, nowMs: number): void {
    const held = this.#parts.desk.incidents.get(incident);
    if (this.#clocks === undefined || held === undefined) return;
    const { drafts, toSign, gate } = this.#clocks.follow(this.#factsOf(held), nowMs);
    this.#write(drafts, nowMs);
    this.#signing.add(toSign, isUrgent);
    if (this.#verifiedBy.has(incident)) this.#passGate(incident, gate, nowMs, isUrgent);
  }

  /** Assessment waits until the parties have replied or their time is over. Assumed: they stay silent. */
  #passGate(incident: string, gate: Followed["gate"], nowMs: number, isUrgent: boolean): void {
    if (gate.code === "open") {
      this.judging.note(incident, { repliesMs: nowMs });
      this.#toSecond(incident, isUrgent);
    } else if (gate.code === "waits" && !this.#awaited.has(incident)) {
      const untilMs = Math.max(...gate.for.map(({ until }) => until?.latest ?? nowMs));
      this.#awaited.add(incident);
      this.#parts.schedule(untilMs + 1, REPLIES, this.#verified.lastIndexOf(incident), 0);
    }
  }

  #toSecond(incident: string, isUrgent: boolean): void {
    this.judging.add({ incident, step: "assess" }, isUrgent, this.#verifiedBy.get(incident) ?? []);
    this.#verifiedBy.delete(incident);
  }

  #factsOf(incident: Incident): IncidentFacts {
    const facts = this.#facts.get(incident) ?? factsOf(incident, this.#parts.desk.evidence, this.#rules.relays);
    this.#facts.set(incident, facts);
    return facts;
  }

  /** @returns the incident as it then is; nothing where the rules refuse the act */
  #act(
    actor: string,
    body: Parameters<Desk["act"]>[1]["body"] & { incident: string },
    nowMs: number,
  ): Incident | undefined {
    const { desk, log } = this.#parts;
    if (!desk.act(body.incident, { actor, body }, nowMs)) return undefined;
    log.append(nowMs, { type: "incident.moved", at: momentOf(instant(nowMs)), actor, body });
    return desk.incidents.get(body.incident);
  }

  #write(drafts: readonly Draft[], nowMs: number): void {
    for (const { type, at, actor, body } of drafts) this.#parts.log.append(nowMs, { type, at, actor, body });
  }

  save(): SavedCases {
    return {
      judging: this.judging.save(),
      signing: this.#signing.save(),
      ...(this.#clocks !== undefined && { clocks: this.#clocks.save() }),
      verified: [...this.#verified],
      verifiedBy: new Map(this.#verifiedBy),
      awaited: new Set(this.#awaited),
    };
  }

  load({ judging, signing, clocks, verified, verifiedBy, awaited }: SavedCases): void {
    this.judging.load(judging);
    this.#signing.load(signing);
    if (clocks !== undefined) this.#clocks?.load(clocks);
    this.#verified = [...verified];
    this.#verifiedBy = new Map(verifiedBy);
    this.#awaited = new Set(awaited);
  }
}
