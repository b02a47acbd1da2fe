/** The signers' room: notices under the agreement wait for people who may sign, one step of one incident at a time. */
import type { ToSign } from "./clocks.ts";
import type { Staff } from "./staff.ts";
import { Crew, type SavedCrew, type Started } from "./staff-crew.ts";
import type { WorkTime } from "./staff-times.ts";

interface Job extends ToSign {
  /** Who has signed before: none of them signs again. */
  readonly signed: readonly string[];
}

export interface SavedSigning {
  readonly crew: SavedCrew;
  readonly jobs: readonly Job[];
  readonly queued: ReadonlySet<string>;
}

export class Signing {
  readonly #crew: Crew;
  readonly #staff: Staff;
  readonly #lasts: WorkTime;
  #jobs: Job[] = [];
  /** Steps that wait for a signature. */
  #queued = new Set<string>();

  constructor(staff: Staff, lasts: WorkTime) {
    const { signers, utcOffsetH, handoverMs } = staff;
    this.#crew = new Crew(signers, { utcOffsetH, handoverMs, prefix: "s" });
    this.#staff = staff;
    this.#lasts = lasts;
  }

  add(toSign: readonly ToSign[], isUrgent: boolean): void {
    for (const one of toSign) if (!this.#queued.has(nameOf(one))) this.#queue({ ...one, signed: [] }, isUrgent);
  }

  start(nowMs: number): Started[] {
    return this.#crew.start(nowMs);
  }

  /** `undefined`: it was handed on. Where more people have to sign, the next one's turn is queued. */
  end(id: number, nowMs: number): { readonly step: ToSign; readonly person: string } | undefined {
    const done = this.#crew.end(id, nowMs);
    if (done === undefined) return undefined;
    const job = this.#jobs[id] as Job;
    this.#queued.delete(nameOf(job));
    const signed = [...job.signed, done.person];
    if (signed.length < job.signatures) this.#queue({ ...job, signed }, true);
    return { step: job, person: done.person };
  }

  change(nowMs: number): void {
    this.#crew.change(nowMs);
  }

  #queue(job: Job, isUrgent: boolean): void {
    const id = this.#jobs.length;
    this.#jobs.push(job);
    this.#queued.add(nameOf(job));
    const workMs = this.#lasts(this.#staff.signing, nameOf(job), job.signed.length === 0 ? "sign" : "sign-again");
    this.#crew.add({ id, urgency: isUrgent ? 0 : 1, workMs, barred: job.signed });
  }

  save(): SavedSigning {
    return { crew: this.#crew.save(), jobs: [...this.#jobs], queued: new Set(this.#queued) };
  }

  load({ crew, jobs, queued }: SavedSigning): void {
    this.#crew.load(crew);
    this.#jobs = [...jobs];
    this.#queued = new Set(queued);
  }
}

const nameOf = ({ incident, clock, step }: ToSign): string => `${incident}/${clock}/${step}`;
