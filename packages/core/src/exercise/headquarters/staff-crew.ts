/**
 * A crew at headquarters: named people on shifts, pieces of work in a queue, the urgent first. Who goes home leaves what is begun to the
 * next shift, which has to read itself in; both have then worked on it.
 */
import { isOnShift, type Shift } from "./staff.ts";

/** Urgent first; of one urgency in the order of coming. */
export const URGENCIES = 3;

export interface Piece {
  /** The caller's own number of it, unique in the crew. */
  readonly id: number;
  /** 0 is the most urgent, below URGENCIES. */
  readonly urgency: number;
  /** Time of work that is left. */
  readonly workMs: number;
  /** Who may not take it: they have worked on what it judges. */
  readonly barred: readonly string[];
}

interface Begun extends Piece {
  readonly person: string;
  readonly endsMs: number;
}

export interface Done {
  readonly person: string;
  /** Everyone who worked on it, the last one last. */
  readonly by: readonly string[];
}

export interface Started {
  readonly id: number;
  readonly endsMs: number;
  /** It was begun before, by somebody who has gone home. */
  readonly isHandedOn: boolean;
}

export interface SavedCrew {
  readonly queues: readonly (readonly Piece[])[];
  readonly begun: ReadonlyMap<number, Begun>;
  readonly workers: ReadonlyMap<number, readonly string[]>;
}

export class Crew {
  readonly #shifts: readonly Shift[];
  readonly #utcOffsetH: number;
  readonly #handoverMs: number;
  /** Of each shift their names. */
  readonly #people: readonly (readonly string[])[];
  #queues: Piece[][] = Array.from({ length: URGENCIES }, () => []);
  /** By the piece's number. */
  #begun = new Map<number, Begun>();
  /** Of pieces that were handed on: who worked on them before. */
  #workers = new Map<number, readonly string[]>();

  /** @param prefix of the names of its people: the same people are the same in all crews of one prefix */
  constructor(shifts: readonly Shift[], about: { utcOffsetH: number; handoverMs: number; prefix: string }) {
    this.#shifts = shifts;
    this.#utcOffsetH = about.utcOffsetH;
    this.#handoverMs = about.handoverMs;
    this.#people = shifts.map(({ people }, s) =>
      Array.from({ length: people }, (_, p) => `${about.prefix}-${s + 1}-${p + 1}`),
    );
  }

  get waiting(): number {
    let waiting = 0;
    for (const queue of this.#queues) waiting += queue.length;
    return waiting;
  }

  add(piece: Piece): void {
    (this.#queues[piece.urgency] as Piece[]).push(piece);
  }

  /** Whoever is at work and free takes the first piece that is not barred to them. */
  start(nowMs: number): Started[] {
    if (this.waiting === 0) return [];
    const started: Started[] = [];
    for (const person of this.#freeAt(nowMs)) {
      const piece = this.#nextFor(person);
      if (piece === undefined) continue;
      const endsMs = nowMs + piece.workMs;
      this.#begun.set(piece.id, { ...piece, person, endsMs });
      started.push({ id: piece.id, endsMs, isHandedOn: this.#workers.has(piece.id) });
    }
    return started;
  }

  /** Its work is over. `undefined`: it was handed on meanwhile, and ends at another time. */
  end(id: number, nowMs: number): Done | undefined {
    const begun = this.#begun.get(id);
    if (begun === undefined || begun.endsMs !== nowMs) return undefined;
    this.#begun.delete(id);
    const before = this.#workers.get(id) ?? [];
    this.#workers.delete(id);
    return { person: begun.person, by: [...before, begun.person] };
  }

  /** Who is no longer at work lays down what is begun, at the head of its queue. */
  change(nowMs: number): void {
    const here = new Set(this.#atWork(nowMs));
    const left = [...this.#begun.values()].filter(({ person, endsMs }) => endsMs > nowMs && !here.has(person));
    for (const { id, urgency, barred, person, endsMs } of left.reverse()) {
      this.#begun.delete(id);
      this.#workers.set(id, [...(this.#workers.get(id) ?? []), person]);
      const workMs = endsMs - nowMs + this.#handoverMs;
      (this.#queues[urgency] as Piece[]).unshift({ id, urgency, barred, workMs });
    }
  }

  #freeAt(nowMs: number): string[] {
    const here = this.#atWork(nowMs);
    if (this.#begun.size === 0) return here;
    const busy = new Set<string>();
    for (const { person } of this.#begun.values()) busy.add(person);
    return here.filter((person) => !busy.has(person));
  }

  #nextFor(person: string): Piece | undefined {
    for (const queue of this.#queues) {
      const at = queue.findIndex(({ barred }) => !barred.includes(person));
      if (at === 0) return queue.shift();
      if (at > 0) return queue.splice(at, 1)[0];
    }
    return undefined;
  }

  /** A shift's people are the same every day, and other people than the next shift's. */
  #atWork(nowMs: number): string[] {
    return this.#shifts.flatMap((shift, s) =>
      isOnShift(shift, nowMs, this.#utcOffsetH) ? (this.#people[s] as readonly string[]) : [],
    );
  }

  save(): SavedCrew {
    return {
      queues: this.#queues.map((queue) => [...queue]),
      begun: new Map(this.#begun),
      workers: new Map(this.#workers),
    };
  }

  load({ queues, begun, workers }: SavedCrew): void {
    this.#queues = queues.map((queue) => [...queue]);
    this.#begun = new Map(begun);
    this.#workers = new Map(workers);
  }
}
