/** What an exercise leaves: events in the log's own form, marked as an exercise, bound into one hash as they come. */
import type { Draft } from "../record/event.ts";
import { type Hash, type Json, RunningHash } from "../record/hash.ts";
import type { Marking, NationCode } from "../record/marking.ts";
import { type Instant, type Interval, instant } from "../time/instant.ts";
import type { Evidence } from "../verify/evidence.ts";
import { EventBytes } from "./event-bytes.ts";

/** An event before a store gives it its place. Members: what a batch holds. */
export interface ExerciseEvent {
  readonly recordedAt: Instant;
  readonly draft: Draft;
  readonly members?: readonly Evidence[];
}

export interface SavedLog {
  readonly hash: RunningHash;
  readonly names: readonly string[];
  readonly count: number;
  readonly events: readonly ExerciseEvent[];
}

const FORM = "vedette:exercise:2";
/** Hashed at once: a few dozen events. */
const PIECE = 1 << 14;

export class ExerciseLog {
  count = 0;
  events: ExerciseEvent[] = [];
  readonly #keeps: boolean;
  readonly marking: Marking;
  readonly #bytes = new EventBytes();
  #hash = new RunningHash();

  /** @param keeps whether events are held, or only counted and hashed */
  constructor(owner: NationCode, keeps: boolean) {
    this.#keeps = keeps;
    this.marking = { owner, releasableTo: "all", originatorControlled: false, use: "exercise" };
    this.#bytes.add([FORM, this.marking as unknown as Json]);
  }

  /** Of all events so far, in their order: the same whether they are kept or not. */
  get hash(): Hash {
    this.#flush();
    return this.#hash.hash;
  }

  #flush(): void {
    if (this.#bytes.length > 0) this.#hash.update(this.#bytes.taken());
  }

  append(
    nowMs: number,
    { type, at, actor, body }: { type: string; at: Interval; actor: string; body: Json },
    members?: readonly Evidence[],
  ): void {
    const recordedAt = instant(nowMs);
    const bytes = this.#bytes;
    bytes.add(recordedAt);
    bytes.add(type);
    bytes.add(at.start);
    bytes.add(at.end);
    bytes.add(actor);
    bytes.add(body);
    bytes.add((members ?? null) as unknown as Json);
    if (bytes.length > PIECE) this.#flush();
    this.count++;
    if (!this.#keeps) return;
    const draft: Draft = { type, typeVersion: 1, at, actor, marking: this.marking, body };
    this.events.push({ recordedAt, draft, ...(members !== undefined && { members }) });
  }

  save(): SavedLog {
    this.#flush();
    const names = this.#bytes.save();
    return { hash: new RunningHash(this.#hash), names, count: this.count, events: [...this.events] };
  }

  load({ hash, names, count, events }: SavedLog): void {
    this.#hash = new RunningHash(hash);
    this.#bytes.load(names);
    this.count = count;
    this.events = [...events];
  }
}
