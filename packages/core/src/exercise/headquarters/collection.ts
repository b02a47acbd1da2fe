/**
 * Requests to look again: each open question (an incident with one witness) is asked of those who direct the watch, told to them when
 * they next decide, and answered by a second independent witness or lapsed.
 */
import type { Located } from "../../geo/located.ts";

export interface Request {
  readonly incident: string;
  readonly where: Located;
  readonly askedMs: number;
  /** When those who direct the watch first had it before them; NaN: not yet. */
  readonly toldMs: number;
  /** When a second witness came in, in time or not; NaN: not yet. */
  readonly answeredMs: number;
}

/** Of the requests to look that open questions made. */
export interface RequestScore {
  readonly asked: number;
  /** A second independent witness came in; and before the request lapsed. */
  readonly answered: number;
  readonly inTime: number;
  /** Nobody had answered when it lapsed. */
  readonly lapsed: number;
  /** Of those answered, from asking to the answer, summed. */
  readonly hours: number;
}

export const NO_REQUESTS: RequestScore = { asked: 0, answered: 0, inTime: 0, lapsed: 0, hours: 0 };

export interface SavedCollection {
  readonly requests: ReadonlyMap<string, Request>;
}

export class Collection {
  /** By incident, in the order of asking. */
  readonly requests: Map<string, Request> = new Map();
  readonly #standsMs: number;

  constructor(standsMs: number) {
    this.#standsMs = standsMs;
  }

  /** Asked once: an incident that is open again is the same question. */
  ask(incident: string, where: Located, nowMs: number): void {
    if (this.requests.has(incident)) return;
    this.requests.set(incident, { incident, where, askedMs: nowMs, toldMs: Number.NaN, answeredMs: Number.NaN });
  }

  answer(incident: string, nowMs: number): void {
    const request = this.requests.get(incident);
    if (request === undefined || !Number.isNaN(request.answeredMs)) return;
    this.requests.set(incident, { ...request, answeredMs: nowMs });
  }

  isOpen(incident: string, nowMs: number): boolean {
    const request = this.requests.get(incident);
    return request !== undefined && Number.isNaN(request.answeredMs) && nowMs < this.lapsesMs(request);
  }

  /** Those who decide have it before them now. */
  tell(incident: string, nowMs: number): void {
    const request = this.requests.get(incident);
    if (request !== undefined && Number.isNaN(request.toldMs)) {
      this.requests.set(incident, { ...request, toldMs: nowMs });
    }
  }

  lapsesMs({ askedMs }: Request): number {
    return askedMs + this.#standsMs;
  }

  /** What became of all that was asked. One that was answered after it lapsed is both. */
  score(nowMs: number): RequestScore {
    const score = { ...NO_REQUESTS };
    for (const request of this.requests.values()) {
      const { askedMs, answeredMs } = request;
      const lapsesMs = this.lapsesMs(request);
      score.asked++;
      if (!(answeredMs <= lapsesMs) && lapsesMs <= nowMs) score.lapsed++;
      if (Number.isNaN(answeredMs)) continue;
      score.answered++;
      score.hours += (answeredMs - askedMs) / 3_600_000;
      if (answeredMs <= lapsesMs) score.inTime++;
    }
    return score;
  }

  save(): SavedCollection {
    return { requests: new Map(this.requests) };
  }

  load({ requests }: SavedCollection): void {
    this.requests.clear();
    for (const [incident, request] of requests) this.requests.set(incident, request);
  }
}
