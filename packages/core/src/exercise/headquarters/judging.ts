/**
 * The judges' room: incidents wait for a verifier, then for the parties' replies, then for a second person. Verifying goes before second
 * looks, and what is urgent before the daily fire.
 */

import { NOT_YET, type Passage } from "./passage.ts";
import type { Staff } from "./staff.ts";
import { Crew, type Done, type SavedCrew, type Started } from "./staff-crew.ts";
import type { WorkTime } from "./staff-times.ts";

export interface Job {
  readonly incident: string;
  readonly step: "verify" | "assess";
}

export interface SavedJudging {
  readonly crew: SavedCrew;
  readonly jobs: readonly Job[];
  readonly passages: ReadonlyMap<string, Passage>;
}

export class Judging {
  readonly passages: Map<string, Passage> = new Map();
  readonly #crew: Crew;
  readonly #staff: Staff;
  readonly #lasts: WorkTime;
  #jobs: Job[] = [];

  constructor(staff: Staff, lasts: WorkTime) {
    const { verifiers, utcOffsetH, handoverMs } = staff;
    this.#crew = new Crew(verifiers, { utcOffsetH, handoverMs, prefix: "p" });
    this.#staff = staff;
    this.#lasts = lasts;
  }

  get waiting(): number {
    return this.#crew.waiting;
  }

  /** @param barred who may not do it: everyone who worked on the step before */
  add(job: Job, isUrgent: boolean, barred: readonly string[]): void {
    const id = this.#jobs.length;
    this.#jobs.push(job);
    const { verification, assessment } = this.#staff;
    const workMs = this.#lasts(job.step === "verify" ? verification : assessment, job.incident, job.step);
    this.#crew.add({ id, urgency: (job.step === "verify" ? 1 : 2) - (isUrgent ? 1 : 0), workMs, barred });
  }

  start(nowMs: number): Started[] {
    const started = this.#crew.start(nowMs);
    for (const { id, isHandedOn } of started) {
      const { incident, step } = this.#jobs[id] as Job;
      if (!isHandedOn) this.note(incident, step === "verify" ? { takenMs: nowMs } : { secondTakenMs: nowMs });
    }
    return started;
  }

  /** `undefined`: it was handed on, and ends later. */
  end(id: number, nowMs: number): (Job & Done) | undefined {
    const done = this.#crew.end(id, nowMs);
    return done === undefined ? undefined : { ...(this.#jobs[id] as Job), ...done };
  }

  change(nowMs: number): void {
    this.#crew.change(nowMs);
  }

  note(incident: string, step: Partial<Passage>): void {
    this.passages.set(incident, { ...(this.passages.get(incident) ?? NOT_YET), ...step });
  }

  save(): SavedJudging {
    return { crew: this.#crew.save(), jobs: [...this.#jobs], passages: new Map(this.passages) };
  }

  load({ crew, jobs, passages }: SavedJudging): void {
    this.#crew.load(crew);
    this.#jobs = [...jobs];
    this.passages.clear();
    for (const [id, passage] of passages) this.passages.set(id, passage);
  }
}
