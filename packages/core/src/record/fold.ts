/** State is a fold of the log: what happened before, and one more event. */
import type { EventHeader, StoredEvent } from "./event.ts";
import type { Json } from "./hash.ts";

/** By type of event. A type that is not named changes nothing. */
export type Reducers<State> = Readonly<Record<string, (state: State, body: Json, header: EventHeader) => State>>;

/** The same events give the same state. A body that was erased or withheld says nothing. */
export function fold<State>(events: Iterable<StoredEvent>, from: State, reducers: Reducers<State>): State {
  let state = from;
  for (const { header, body } of events) {
    if (body === undefined || !Object.hasOwn(reducers, header.type)) continue;
    state = reducers[header.type]?.(state, body, header) ?? state;
  }
  return state;
}
