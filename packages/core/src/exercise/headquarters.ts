/**
 * Headquarters: reports wait for an analyst, incidents for a verifier and then for a second person, notices for signatures, each with
 * hours of work and a speed. What comes in is evidence and claims; what really happened is not known here, and no import leads there.
 */
import type { Located } from "../geo/located.ts";
import { type Interval, instant } from "../time/instant.ts";
import type { Evidence } from "../verify/evidence.ts";
import type { Incident } from "../verify/incident.ts";
import { Collection, type SavedCollection } from "./collection.ts";
import { ExerciseLog, type SavedLog } from "./exercise-log.ts";
import { DESK_ACTOR, Desk, momentOf, type SavedDesk } from "./headquarters-desk.ts";
import { Judging, type SavedJudging } from "./headquarters-judging.ts";
import { linked01, type Passage } from "./headquarters-passage.ts";
import { type Reading, ReadingRoom, type SavedRoom } from "./headquarters-reading.ts";
import { nextChangeMs, type Rules, type Staff } from "./staff.ts";
import { workTimes } from "./staff-times.ts";

/** Kinds of event that are headquarters' own. */
export const READ = 10;
export const JUDGED = 11;
export const SHIFTS = 12;

export type Schedule = (tMs: number, kind: number, a: number, b: number) => void;

export interface SavedHeadquarters {
  readonly nowMs: number;
  readonly log: SavedLog;
  readonly desk: SavedDesk;
  readonly room: SavedRoom;
  readonly judging: SavedJudging;
  readonly collection: SavedCollection;
}

export class Headquarters {
  readonly log: ExerciseLog;
  readonly desk: Desk;
  readonly collection: Collection;
  readonly #staff: Staff;
  readonly #rules: Rules;
  readonly #schedule: Schedule;
  readonly #room: ReadingRoom;
  readonly #judging: Judging;
  #nowMs = Number.NEGATIVE_INFINITY;

  constructor(
    staff: Staff,
    rules: Rules,
    { seed, keepsLog, schedule }: { seed: number; keepsLog: boolean; schedule: Schedule },
  ) {
    this.#staff = staff;
    this.#rules = rules;
    this.#schedule = schedule;
    this.log = new ExerciseLog(rules.owner, keepsLog);
    this.desk = new Desk(rules);
    const lasts = workTimes(seed);
    this.#room = new ReadingRoom(staff, lasts);
    this.#judging = new Judging(staff, lasts);
    this.collection = new Collection(rules.requestMs);
  }

  /** All that came in, in the order of coming; and when each was read. */
  get items(): readonly Evidence[] {
    return this.#room.items;
  }
  get readings(): readonly Reading[] {
    return this.#room.readings;
  }
  get passages(): ReadonlyMap<string, Passage> {
    return this.#judging.passages;
  }

  begin(startMs: number): void {
    this.#nowMs = startMs;
    this.#schedule(startMs, SHIFTS, 0, 0);
  }

  receive(item: Evidence, nowMs: number): void {
    const body = { feed: item.form === "claim" ? "claims" : "exercise" };
    this.log.append(nowMs, { type: "evidence.recorded", at: item.when, actor: DESK_ACTOR, body }, [item]);
    this.#room.receive(item, this.#isUrgent(item.kind), nowMs);
    this.#goOn(nowMs);
  }

  onEvent(kind: number, a: number, nowMs: number): void {
    if (kind === READ) this.#hasRead(a, nowMs);
    else if (kind === JUDGED) this.#hasJudged(a, nowMs);
    else if (kind === SHIFTS) this.#changeShifts(nowMs);
    this.#goOn(nowMs);
  }

  /**
   * Incidents since then, and whether collection is asked to look there again: a request stands. Who asks has been told.
   */
  openQuestions(sinceMs: number): { readonly where: Located; readonly isOpen: boolean }[] {
    const found: { readonly where: Located; readonly isOpen: boolean }[] = [];
    for (const { id, where } of this.desk.since(sinceMs)) {
      const isOpen = this.collection.isOpen(id, this.#nowMs);
      if (isOpen) this.collection.tell(id, this.#nowMs);
      found.push({ where, isOpen });
    }
    return found;
  }

  /** Of the queues, for those who direct the watch: what headquarters itself knows. */
  get backlog(): { readonly waiting: number; readonly jobs: number } {
    return { waiting: this.#room.waiting, jobs: this.#judging.waiting };
  }

  /** Whoever is free takes up what waits. */
  #goOn(nowMs: number): void {
    this.#nowMs = nowMs;
    for (const { id, endsMs } of this.#room.start(nowMs)) this.#schedule(endsMs, READ, id, 0);
    for (const { id, endsMs } of this.#judging.start(nowMs)) this.#schedule(endsMs, JUDGED, id, 0);
  }

  #changeShifts(nowMs: number): void {
    const { analysts, verifiers, signers, utcOffsetH } = this.#staff;
    this.#room.change(nowMs);
    this.#judging.change(nowMs);
    const all = [...analysts, ...verifiers, ...signers];
    this.#schedule(nextChangeMs(all, nowMs, utcOffsetH), SHIFTS, 0, 0);
  }

  #isUrgent(kind: string): boolean {
    return this.#rules.urgent.has(this.#rules.taxonomy.kindOf(kind).group);
  }

  #hasRead(id: number, nowMs: number): void {
    const item = this.#room.end(id, nowMs);
    if (item === undefined) return;
    const { proposals, changed } = this.desk.take(item, nowMs);
    for (const { type, at, body } of proposals) this.log.append(nowMs, { type, at, actor: DESK_ACTOR, body });
    for (const incident of changed) this.#hasChanged(incident, item, nowMs);
  }

  /** A lone report asks for a second look, a lone claim only where it is urgent: the parties' lists would drown all other questions. */
  #hasChanged(incident: Incident, item: Evidence, nowMs: number): void {
    const { id, state, where, kind } = incident;
    const isUrgent = this.#isUrgent(kind);
    if (state === "reported" || state === "located") {
      if (item.form !== "claim" || isUrgent) this.collection.ask(id, where, nowMs);
      return;
    }
    this.collection.answer(id, nowMs);
    if (state !== "corroborated" || this.passages.has(id)) return;
    this.#judging.note(id, { corroboratedMs: nowMs, corroborated01: linked01(incident) });
    this.#judging.add({ incident: id, step: "verify" }, isUrgent, []);
  }

  #hasJudged(number: number, nowMs: number): void {
    const done = this.#judging.end(number, nowMs);
    if (done === undefined) return;
    const { incident, step, person, by } = done;
    if (step === "verify") this.#verify(incident, person, by, nowMs);
    else this.#assess(incident, person, nowMs);
  }

  #verify(incident: string, person: string, by: readonly string[], nowMs: number): void {
    const body = { incident, to: "verified", reason: "independent items agree", asked: [] };
    const verified = this.#act(`person:${person}`, body, nowMs);
    if (verified === undefined) {
      // It fell back while it was judged: once it is corroborated again, it is asked for again.
      this.#judging.passages.delete(incident);
      return;
    }
    this.#judging.note(incident, { verifiedMs: nowMs, verified01: linked01(verified) });
    this.#judging.add({ incident, step: "assess" }, this.#isUrgent(verified.kind), by);
  }

  #assess(incident: string, person: string, nowMs: number): void {
    const { agreement, clause } = this.#rules;
    const reason = "looked at again by a second person";
    const body = { incident, to: "assessed", reason, finding: "breach", clauses: [clause], agreement };
    if (this.#act(`person:${person}`, body, nowMs) !== undefined) this.#judging.note(incident, { assessedMs: nowMs });
  }

  /** @returns the incident as it then is; nothing where the rules refuse the act */
  #act(
    actor: string,
    body: Parameters<Desk["act"]>[1]["body"] & { incident: string },
    nowMs: number,
  ): Incident | undefined {
    if (!this.desk.act(body.incident, { actor, body }, nowMs)) return undefined;
    const at: Interval = momentOf(instant(nowMs));
    this.log.append(nowMs, { type: "incident.moved", at, actor, body });
    return this.desk.incidents.get(body.incident);
  }

  save(): SavedHeadquarters {
    return {
      nowMs: this.#nowMs,
      log: this.log.save(),
      desk: this.desk.save(),
      room: this.#room.save(),
      judging: this.#judging.save(),
      collection: this.collection.save(),
    };
  }

  load(saved: SavedHeadquarters): void {
    this.#nowMs = saved.nowMs;
    this.log.load(saved.log);
    this.desk.load(saved.desk);
    this.#room.load(saved.room);
    this.#judging.load(saved.judging);
    this.collection.load(saved.collection);
  }
}
