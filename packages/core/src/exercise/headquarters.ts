/**
 * Headquarters: reports wait for an analyst, incidents for a verifier and then for a second person, each with hours of work and a speed.
 * What comes in is evidence and claims; what really happened is not known here, and no import leads there.
 */
import type { Located } from "../geo/located.ts";
import { Dice } from "../numerics/dice.ts";
import { instant } from "../time/instant.ts";
import type { Evidence } from "../verify/evidence.ts";
import type { Incident } from "../verify/incident.ts";
import { ExerciseLog, type SavedLog } from "./exercise-log.ts";
import { DESK_ACTOR, Desk, momentOf, type SavedDesk } from "./headquarters-desk.ts";
import type { Rules, Shift, Staff, Work } from "./staff.ts";

/** Kinds of event that are headquarters' own. */
export const READ = 10;
export const JUDGED = 11;
export const SHIFTS = 12;

export type Schedule = (tMs: number, kind: number, a: number, b: number) => void;

interface Job {
  readonly incident: string;
  readonly step: "verify" | "assess";
  readonly sinceMs: number;
  /** Who did the first step. */
  readonly not?: string;
}

interface Running extends Job {
  readonly person: string;
}

/** When each incident came to each station. NaN: not yet. */
export interface Passage {
  readonly corroboratedMs: number;
  readonly takenMs: number;
  readonly verifiedMs: number;
  readonly secondTakenMs: number;
  readonly assessedMs: number;
}
const NOT_YET: Passage = {
  corroboratedMs: Number.NaN,
  takenMs: Number.NaN,
  verifiedMs: Number.NaN,
  secondTakenMs: Number.NaN,
  assessedMs: Number.NaN,
};

/** Of one item: when it came in, was taken up, was read. */
export interface Reading {
  readonly arrivedMs: number;
  readonly takenMs: number;
  readonly readMs: number;
}

export interface SavedHeadquarters {
  readonly log: SavedLog;
  readonly desk: SavedDesk;
  readonly items: readonly Evidence[];
  readonly readings: readonly Reading[];
  readonly waiting: readonly number[];
  readonly claims: readonly number[];
  readonly reading: number;
  readonly jobs: readonly Job[];
  readonly running: ReadonlyMap<number, Running>;
  readonly nextJob: number;
  readonly passages: ReadonlyMap<string, Passage>;
}

const MS_PER_HOUR = 3_600_000;

export class Headquarters {
  readonly log: ExerciseLog;
  readonly desk: Desk;
  readonly passages: Map<string, Passage> = new Map();
  items: Evidence[] = [];
  readings: Reading[] = [];
  readonly #staff: Staff;
  readonly #rules: Rules;
  readonly #schedule: Schedule;
  /** Numbers of items: the mission's own reports first. */
  #waiting: number[] = [];
  #claims: number[] = [];
  /** Analysts at work. */
  #reading = 0;
  #jobs: Job[] = [];
  #running = new Map<number, Running>();
  #nextJob = 0;
  readonly #speed: Dice;

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
    this.#speed = new Dice(seed, "headquarters", "speed");
  }

  /** Shifts change on the hour. */
  begin(startMs: number): void {
    this.#schedule(startMs, SHIFTS, 0, 0);
  }

  receive(item: Evidence, nowMs: number): void {
    const number = this.items.length;
    this.items.push(item);
    this.readings.push({ arrivedMs: nowMs, takenMs: Number.NaN, readMs: Number.NaN });
    const body = { feed: item.form === "claim" ? "claims" : "exercise" };
    this.log.append(nowMs, { type: "evidence.recorded", at: item.when, actor: DESK_ACTOR, body }, [item]);
    (item.form === "claim" ? this.#claims : this.#waiting).push(number);
    this.#readMore(nowMs);
  }

  onEvent(kind: number, a: number, nowMs: number): void {
    if (kind === READ) this.#hasRead(a, nowMs);
    else if (kind === JUDGED) this.#judged(a, nowMs);
    else if (kind === SHIFTS) this.#schedule(nowMs + MS_PER_HOUR, SHIFTS, 0, 0);
    this.#readMore(nowMs);
    this.#judgeMore(nowMs);
  }

  /** Incidents since then: those that still wait for a witness, and the others. What collection is asked for. */
  openQuestions(sinceMs: number): { readonly where: Located; readonly isOpen: boolean }[] {
    const found: { readonly where: Located; readonly isOpen: boolean }[] = [];
    for (const { where, state } of this.desk.since(sinceMs)) {
      found.push({ where, isOpen: state === "reported" || state === "located" });
    }
    return found;
  }

  /** Of the queues, for those who direct the watch: what headquarters itself knows. */
  get backlog(): { readonly waiting: number; readonly jobs: number } {
    return { waiting: this.#waiting.length + this.#claims.length, jobs: this.#jobs.length };
  }

  #readMore(nowMs: number): void {
    if (this.#waiting.length === 0 && this.#claims.length === 0) return;
    const people = peopleOn(this.#staff.analysts, nowMs, this.#staff.utcOffsetH);
    while (this.#reading < people) {
      const number = this.#waiting.shift() ?? this.#claims.shift();
      if (number === undefined) return;
      this.#reading++;
      this.readings[number] = { ...(this.readings[number] as Reading), takenMs: nowMs };
      const item = this.items[number] as Evidence;
      this.#schedule(nowMs + this.#lasts(this.#staff.analysis, item.id), READ, number, 0);
    }
  }

  #hasRead(number: number, nowMs: number): void {
    this.#reading--;
    this.readings[number] = { ...(this.readings[number] as Reading), readMs: nowMs };
    const { proposals, changed } = this.desk.take(this.items[number] as Evidence, nowMs);
    for (const { type, at, body } of proposals) this.log.append(nowMs, { type, at, actor: DESK_ACTOR, body });
    for (const incident of changed) this.#perhapsAsk(incident, nowMs);
  }

  #perhapsAsk({ id, state }: Incident, nowMs: number): void {
    if (state !== "corroborated" || this.passages.has(id)) return;
    this.passages.set(id, { ...NOT_YET, corroboratedMs: nowMs });
    this.#jobs.push({ incident: id, step: "verify", sinceMs: nowMs });
  }

  /** Whoever is free takes what has waited longest and is not closed to them. */
  #judgeMore(nowMs: number): void {
    if (this.#jobs.length === 0) return;
    const busy = new Set([...this.#running.values()].map(({ person }) => person));
    for (const person of onShift(this.#staff.verifiers, nowMs, this.#staff.utcOffsetH)) {
      if (busy.has(person)) continue;
      const at = this.#jobs.findIndex(({ not }) => not !== person);
      if (at < 0) continue;
      const [job] = this.#jobs.splice(at, 1) as [Job];
      const number = this.#nextJob++;
      this.#running.set(number, { ...job, person });
      this.#note(job.incident, job.step === "verify" ? { takenMs: nowMs } : { secondTakenMs: nowMs });
      const work = job.step === "verify" ? this.#staff.verification : this.#staff.assessment;
      this.#schedule(nowMs + this.#lasts(work, `${job.incident}${job.step}`), JUDGED, number, 0);
    }
  }

  #judged(number: number, nowMs: number): void {
    const { person, incident, step } = this.#running.get(number) as Running;
    this.#running.delete(number);
    const actor = `person:${person}`;
    if (step === "verify") {
      const body = { incident, to: "verified", reason: "independent items agree", asked: [] };
      if (!this.#act(actor, body, nowMs)) {
        this.#forget(incident);
        return;
      }
      this.#note(incident, { verifiedMs: nowMs });
      this.#jobs.push({ incident, step: "assess", sinceMs: nowMs, not: person });
      return;
    }
    const { agreement, clause } = this.#rules;
    const reason = "looked at again by a second person";
    const body = { incident, to: "assessed", reason, finding: "breach", clauses: [clause], agreement };
    if (this.#act(actor, body, nowMs)) this.#note(incident, { assessedMs: nowMs });
  }

  #act(actor: string, body: Parameters<Desk["act"]>[1]["body"] & { incident: string }, nowMs: number): boolean {
    if (!this.desk.act(body.incident, { actor, body }, nowMs)) return false;
    this.log.append(nowMs, { type: "incident.moved", at: momentOf(instant(nowMs)), actor, body });
    return true;
  }

  /** It fell back while it was judged: once it is corroborated again, it is asked for again. */
  #forget(incident: string): void {
    this.passages.delete(incident);
  }

  #note(incident: string, step: Partial<Passage>): void {
    this.passages.set(incident, { ...(this.passages.get(incident) ?? NOT_YET), ...step });
  }

  /** By the name of what is worked on: another report more or less changes no other's time. */
  #lasts({ meanS, law }: Work, name: string): number {
    if (law === "fixed") return 1000 * meanS;
    const key = Number.parseInt(name.slice(3, 11), 16) % (2 ** 32 - 1);
    return Math.ceil(-1000 * meanS * Math.log(1 - this.#speed.uniformAt(key, name.length)));
  }

  save(): SavedHeadquarters {
    return {
      log: this.log.save(),
      desk: this.desk.save(),
      items: [...this.items],
      readings: [...this.readings],
      waiting: [...this.#waiting],
      claims: [...this.#claims],
      reading: this.#reading,
      jobs: [...this.#jobs],
      running: new Map(this.#running),
      nextJob: this.#nextJob,
      passages: new Map(this.passages),
    };
  }

  load(saved: SavedHeadquarters): void {
    this.log.load(saved.log);
    this.desk.load(saved.desk);
    this.items = [...saved.items];
    this.readings = [...saved.readings];
    this.#waiting = [...saved.waiting];
    this.#claims = [...saved.claims];
    this.#reading = saved.reading;
    this.#jobs = [...saved.jobs];
    this.#running = new Map(saved.running);
    this.#nextJob = saved.nextJob;
    this.passages.clear();
    for (const [id, passage] of saved.passages) this.passages.set(id, passage);
  }
}

/** Who is at work: a shift's people are the same every day, and other people than the next shift's. */
function onShift(shifts: readonly Shift[], nowMs: number, utcOffsetH: number): string[] {
  return shifts.flatMap((shift, s) =>
    isOn(shift, nowMs, utcOffsetH) ? Array.from({ length: shift.people }, (_, p) => `p-${s + 1}-${p + 1}`) : [],
  );
}

const peopleOn = (shifts: readonly Shift[], nowMs: number, utcOffsetH: number): number =>
  shifts.reduce((sum, shift) => sum + (isOn(shift, nowMs, utcOffsetH) ? shift.people : 0), 0);

function isOn({ fromHour, toHour }: Shift, nowMs: number, utcOffsetH: number): boolean {
  const hour = (((nowMs / MS_PER_HOUR + utcOffsetH) % 24) + 24) % 24;
  return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
}
