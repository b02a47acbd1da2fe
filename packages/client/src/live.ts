/** Live changes as they come, over cut lines and restarts: nothing missed, nothing twice. */
import type { Client, ClientTime } from "./client.ts";
import { ApiError, Unreachable } from "./errors.ts";
import { eventsOf } from "./event-stream.ts";

/** `reset`: what was read before may be old, all of it: read it anew. */
export type Live =
  | { readonly type: "reset"; readonly lastId: string }
  | {
      readonly type: "changed";
      readonly event: string;
      readonly id: string;
      readonly version: number;
      readonly lastId: string;
    };

export interface Listening {
  readonly workspace: string;
  /** `lastId` of what came last, where it goes on from before. */
  readonly after?: string;
  readonly signal?: AbortSignal;
  readonly time?: ClientTime;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** Ends when `signal` says so. @throws ApiError once it may no longer listen */
export async function* changesOf(client: Client, { workspace, after, signal, time }: Listening): AsyncGenerator<Live> {
  const wait = time?.wait ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const isOver = (): boolean => signal?.aborted === true;
  let lastId = after;
  let waitMs = FIRST_WAIT_MS;
  while (!isOver()) {
    try {
      const headers = { "last-event-id": lastId };
      const response = await client.open("listenToChanges", {
        path: { workspace },
        headers,
        ...(signal && { signal }),
      });
      for await (const { event, id, data } of eventsOf(response)) {
        lastId = id ?? lastId;
        waitMs = FIRST_WAIT_MS;
        if (event === "reset") yield { type: "reset", lastId: lastId ?? "" };
        else if (event !== "hello" && event !== "bye") {
          yield {
            type: "changed",
            event,
            ...(JSON.parse(data) as { id: string; version: number }),
            lastId: lastId ?? "",
          };
        }
      }
    } catch (error) {
      if (isOver()) return;
      if (isFinal(error)) throw error;
    }
    if (isOver()) return;
    await wait(waitMs);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** A line that is cut shows as an error of `fetch`'s own; what the server refused stays refused. */
const isFinal = (error: unknown): boolean =>
  error instanceof ApiError
    ? error.status < 500 && error.status !== 429
    : !(error instanceof Unreachable || error instanceof TypeError);
