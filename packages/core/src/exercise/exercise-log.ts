/** What an exercise leaves: events in the log's own form, marked as an exercise, bound into one hash as they come. */
import type { Draft } from "../record/event.ts";
import { canonicalJson, type Hash, type Json, sha256Of } from "../record/hash.ts";
import { NO_PREVIOUS } from "../record/header.ts";
import type { Marking, NationCode } from "../record/marking.ts";
import { type Instant, type Interval, instant } from "../time/instant.ts";
import type { Evidence } from "../verify/evidence.ts";

/** An event before a store gives it its place. Members: what a batch holds. */
export interface ExerciseEvent {
  readonly recordedAt: Instant;
  readonly draft: Draft;
  readonly members?: readonly Evidence[];
}

export interface SavedLog {
  readonly hash: Hash;
  readonly count: number;
  readonly events: readonly ExerciseEvent[];
}

const LINE = "vedette:exercise:1\n";

export class ExerciseLog {
  hash: Hash = NO_PREVIOUS;
  count = 0;
  events: ExerciseEvent[] = [];
  readonly #keeps: boolean;
  readonly #marking: Marking;

  /** @param keeps whether events are held, or only counted and hashed */
  constructor(owner: NationCode, keeps: boolean) {
    this.#keeps = keeps;
    this.#marking = { owner, releasableTo: "all", originatorControlled: false, use: "exercise" };
  }

  append(
    nowMs: number,
    { type, at, actor, body }: { type: string; at: Interval; actor: string; body: Json },
    members?: readonly Evidence[],
  ): void {
    const draft: Draft = { type, typeVersion: 1, at, actor, marking: this.#marking, body };
    const event: ExerciseEvent = { recordedAt: instant(nowMs), draft, ...(members !== undefined && { members }) };
    this.hash = sha256Of(LINE, this.hash, canonicalJson(event as unknown as Json));
    this.count++;
    if (this.#keeps) this.events.push(event);
  }

  save(): SavedLog {
    return { hash: this.hash, count: this.count, events: [...this.events] };
  }

  load({ hash, count, events }: SavedLog): void {
    this.hash = hash;
    this.count = count;
    this.events = [...events];
  }
}
