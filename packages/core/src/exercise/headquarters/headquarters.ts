/**
 * Headquarters: reports wait for an analyst, incidents for a verifier and then for a second person, notices for signatures, each with
 * hours of work and a speed. What comes in is evidence and claims; what really happened is not known here, and no import leads there.
 */
import type { Located } from "../../geo/located.ts";
import type { Evidence } from "../../verify/evidence.ts";
import type { Incident } from "../../verify/incident.ts";
import { ExerciseLog, type SavedLog } from "../exercise-log.ts";
import { Cases, type SavedCases, type Schedule } from "./cases.ts";
import type { ClockScore } from "./clocks.ts";
import { Collection, type SavedCollection } from "./collection.ts";
import { DESK_ACTOR, Desk, type SavedDesk } from "./desk.ts";
import type { Passage } from "./passage.ts";
import { type Reading, ReadingRoom, type SavedRoom } from "./reading.ts";
import { nextChangeMs, type Rules, type Staff } from "./staff.ts";
import { workTimes } from "./staff-times.ts";

/** Kinds of event that are headquarters' own; the cases' are theirs. */
export const READ = 10;
export const SHIFTS = 12;

export interface SavedHeadquarters {
  readonly nowMs: number;
  readonly log: SavedLog;
  readonly desk: SavedDesk;
  readonly room: SavedRoom;
  readonly cases: SavedCases;
  readonly collection: SavedCollection;
}

export class Headquarters {
  readonly log: ExerciseLog;
  readonly desk: Desk;
  readonly collection: Collection;
  readonly #staff: Staff;
  readonly #schedule: Schedule;
  readonly #room: ReadingRoom;
  readonly #cases: Cases;
  #nowMs = Number.NEGATIVE_INFINITY;

  constructor(
    staff: Staff,
    rules: Rules,
    { seed, keepsLog, schedule }: { seed: number; keepsLog: boolean; schedule: Schedule },
  ) {
    this.#staff = staff;
    this.#schedule = schedule;
    this.log = new ExerciseLog(rules.owner, keepsLog);
    this.desk = new Desk(rules);
    const lasts = workTimes(seed);
    this.#room = new ReadingRoom(staff, lasts);
    this.#cases = new Cases(staff, rules, { desk: this.desk, log: this.log, schedule, lasts });
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
    return this.#cases.judging.passages;
  }

  begin(startMs: number): void {
    this.#nowMs = startMs;
    this.#schedule(startMs, SHIFTS, 0, 0);
    this.#cases.begin(startMs);
  }

  receive(item: Evidence, nowMs: number): void {
    const body = { feed: item.form === "claim" ? "claims" : "exercise" };
    this.log.append(nowMs, { type: "evidence.recorded", at: item.when, actor: DESK_ACTOR, body }, [item]);
    this.#room.receive(item, this.#cases.isUrgent(item.kind), nowMs);
    this.#goOn(nowMs);
  }

  onEvent(kind: number, a: number, nowMs: number): void {
    if (kind === READ) this.#hasRead(a, nowMs);
    else if (kind === SHIFTS) this.#changeShifts(nowMs);
    else this.#cases.onEvent(kind, a, nowMs);
    this.#goOn(nowMs);
  }

  /** Incidents since then, and whether collection is asked to look there again: a request stands. Who asks has been told. */
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
    return { waiting: this.#room.waiting, jobs: this.#cases.judging.waiting };
  }

  clockScore(nowMs: number): ClockScore {
    return this.#cases.clockScore(nowMs);
  }

  /** Whoever is free takes up what waits. */
  #goOn(nowMs: number): void {
    this.#nowMs = nowMs;
    for (const { id, endsMs } of this.#room.start(nowMs)) this.#schedule(endsMs, READ, id, 0);
    this.#cases.goOn(nowMs);
  }

  #changeShifts(nowMs: number): void {
    const { analysts, verifiers, signers, utcOffsetH } = this.#staff;
    this.#room.change(nowMs);
    this.#cases.change(nowMs);
    this.#schedule(nextChangeMs([...analysts, ...verifiers, ...signers], nowMs, utcOffsetH), SHIFTS, 0, 0);
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
    const isUrgent = this.#cases.isUrgent(kind);
    if (state === "reported" || state === "located") {
      if (item.form !== "claim" || isUrgent) this.collection.ask(id, where, nowMs);
      return;
    }
    this.collection.answer(id, nowMs);
    if (state === "corroborated" && !this.passages.has(id)) this.#cases.open(incident, isUrgent, nowMs);
  }

  save(): SavedHeadquarters {
    return {
      nowMs: this.#nowMs,
      log: this.log.save(),
      desk: this.desk.save(),
      room: this.#room.save(),
      cases: this.#cases.save(),
      collection: this.collection.save(),
    };
  }

  load(saved: SavedHeadquarters): void {
    this.#nowMs = saved.nowMs;
    this.log.load(saved.log);
    this.desk.load(saved.desk);
    this.#room.load(saved.room);
    this.#cases.load(saved.cases);
    this.collection.load(saved.collection);
  }
}
