/** A write that is sent again with its key is done once: the second is told what the first was. */
import { createHash } from "node:crypto";
import { MS_PER_DAY } from "@vedette/core/time/instant";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiProblem } from "./api-problem.ts";

interface Kept {
  readonly digest: string;
  readonly madeMs: number;
  readonly answer: Promise<Answer>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Answers are small; somebody who makes up keys does not fill the memory. */
const MOST_KEPT = 50_000;
const KEPT_HEADERS = ["etag", "location"] as const;

/**
 * Kept in this process: after a restart the same write is refused or known by what it names (ids of evidence, incidents and replies are
 * made of what was sent), so that nothing is done twice.
 */
export class WritesDone {
  readonly #kept = new Map<string, Kept>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /**
   * @param scope workspace and person: keys of others are others
   * @throws ApiProblem 422 where the key stood for another write
   */
  async once<T>(scope: string, request: FastifyRequest, reply: FastifyReply, work: () => Promise<T>): Promise<T> {
    const key = request.headers["idempotency-key"];
    if (typeof key !== "string") return work();
    const name = JSON.stringify([scope, key]);
    const digest = createHash("sha256")
      .update(JSON.stringify([request.method, request.url, request.body ?? null]))
      .digest("hex");
    const known = this.#kept.get(name);
    if (known !== undefined && this.#clock() - known.madeMs < MS_PER_DAY) {
      if (known.digest !== digest)
        throw new ApiProblem("cannot-be-done", "this idempotency key was used for another write: make a new one");
      const { status, headers, body } = await known.answer;
      reply.code(status).headers({ ...headers, "idempotent-replayed": "true" });
      return body as T;
    }
    const answer = work().then((body): Answer => ({ status: reply.statusCode, headers: keptOf(reply), body }));
    this.#put(name, { digest, madeMs: this.#clock(), answer });
    try {
      return (await answer).body as T;
    } catch (error) {
      // What was refused changed nothing: it may be tried again.
      this.#kept.delete(name);
      throw error;
    }
  }

  #put(name: string, kept: Kept): void {
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    for (const [oldest, { madeMs }] of this.#kept) {
      if (this.#kept.size <= MOST_KEPT && this.#clock() - madeMs < MS_PER_DAY) return;
      this.#kept.delete(oldest);
    }
  }
}

function keptOf(reply: FastifyReply): Record<string, string> {
  const held = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(held);
}
