/** For whoever holds both: that a recipient's chain is what was released of the originator's, and nothing else. */
import type { ChainEntry, MemberEntry } from "./chain-fault.ts";
import type { StoredEvent } from "./event.ts";
import { canonicalJson, type Json } from "./hash.ts";
import { hashOfHeader } from "./header.ts";
import { mayRelease } from "./marking.ts";
import { type Released, Releaser } from "./release.ts";
import { type ReleaseState, releasesOf } from "./release-record.ts";

export interface SubsetProven {
  readonly code: "subset";
  readonly recipient: string;
  /** The recipient's events, all of them. */
  readonly events: number;
  /** Their bodies made anew from the originals, and the same. */
  readonly proven: number;
  /** The original, or a member, was erased since: the originator's signed record of the release vouches for them. */
  readonly vouched: number;
  /** Released, but not in this copy: it is older than the last release. */
  readonly missing: number;
  /** The originator's events that stayed at home. */
  readonly withheld: number;
}

export interface SubsetRefuted {
  readonly code: "not-a-subset";
  /** In the recipient's chain. */
  readonly sequence?: number;
  readonly message: string;
}

/** A chain's entries in order: at hand, or still to be read. */
type Entries = Iterable<ChainEntry> | AsyncIterable<ChainEntry>;

/**
 * Both chains must have been checked, and be signed with the same key.
 *
 * @param source the originator's chain; gone through twice
 */
export async function auditRelease(
  source: () => Entries,
  chain: string,
  released: Entries,
): Promise<SubsetProven | SubsetRefuted> {
  const records: StoredEvent[] = [];
  for await (const event of eventsOf(source())) if (event.header.type === "release.recorded") records.push(event);
  const found = [...releasesOf(records)].find(([, state]) => state.chain === chain);
  if (found === undefined) return refuted(`the originator's log records no release to ${chain}`);
  const [recipient, state] = found;
  const expected = new Expected(recipient, state, { entries: source(), erased: await erasedIn(source()) });
  let events = 0;
  for await (const { event } of batchesOf(released)) {
    events++;
    const fault = await expected.faultOf(event);
    if (fault !== undefined) return refuted(fault, event.header.sequence);
  }
  const { proven, vouched } = expected;
  return (await expected.rest()) ?? { code: "subset", recipient, events, proven, vouched, ...expected.remaining };
}

/** Events of which something was erased by the originator's own word. */
async function erasedIn(source: Entries): Promise<ReadonlySet<number>> {
  const erased = new Set<number>();
  for await (const { header, body } of eventsOf(source)) {
    if (header.type !== "body.erased" || body === null || typeof body !== "object") continue;
    const { sequence } = body as { readonly sequence?: unknown };
    if (typeof sequence === "number") erased.add(sequence);
  }
  return erased;
}

/** The recipient's chain made anew, event by event. */
class Expected {
  proven = 0;
  vouched = 0;
  remaining = { missing: 0, withheld: 0 };
  readonly #recipient: string;
  readonly #state: ReleaseState;
  readonly #releaser: Releaser;
  readonly #source: AsyncIterator<Batch>;
  readonly #erased: ReadonlySet<number>;

  constructor(
    recipient: string,
    state: ReleaseState,
    { entries, erased }: { readonly entries: Entries; readonly erased: ReadonlySet<number> },
  ) {
    this.#erased = erased;
    this.#recipient = recipient;
    this.#state = state;
    // Only what is recorded was released.
    this.#releaser = new Releaser({ ...state, to: recipient, upTo: Number.MAX_SAFE_INTEGER });
    this.#source = batchesOf(entries)[Symbol.asyncIterator]();
  }

  async faultOf({ header, body }: StoredEvent): Promise<string | undefined> {
    const next = await this.#next();
    if (next === undefined) return "it was never released";
    if (typeof next === "string") return next;
    if (canonicalJson(next.event.header as unknown as Json) !== canonicalJson(header as unknown as Json))
      return `it is not what was released of event ${next.pair.sequence}`;
    if (!next.isProven && next.isProvable) return `its body is not what the rules make of event ${next.pair.sequence}`;
    if (!next.isProven && !this.#erased.has(next.pair.sequence))
      return `the original lacks what event ${next.pair.sequence} said, and nothing says that it was erased: a whole original is needed`;
    if (next.isProven) this.proven++;
    else this.vouched++;
    if (body === undefined || next.event.body === undefined) return undefined;
    return canonicalJson(body) === canonicalJson(next.event.body) ? undefined : "its body is another";
  }

  /** What the copy does not have. @returns a fault of the record itself */
  async rest(): Promise<SubsetRefuted | undefined> {
    for (let next = await this.#next(); next !== undefined; next = await this.#next()) {
      if (typeof next === "string") return refuted(next);
      this.remaining.missing++;
    }
    const { sequence, hash } = this.#releaser.tail;
    const { head } = this.#state;
    if (head.sequence === sequence && head.hash === hash) return undefined;
    return refuted(`the record says that the recipient's chain ends with event ${head.sequence}, ${head.hash}`);
  }

  async #next(): Promise<Released | string | undefined> {
    for (let step = await this.#source.next(); step.done !== true; step = await this.#source.next()) {
      const { event, members } = step.value;
      const released = this.#releaser.take(event, members);
      if (released !== undefined) return this.#wrongIn(released, event) ?? released;
      this.remaining.withheld++;
    }
    return undefined;
  }

  #wrongIn({ pair }: Released, { header }: StoredEvent): string | undefined {
    const { sequence, marking } = header;
    if (pair.hash !== hashOfHeader(header)) return `the record of event ${sequence} is of another event`;
    if (mayRelease(marking, this.#state.by, this.#recipient)) return undefined;
    return `event ${sequence} was released to ${this.#recipient} against its marking`;
  }
}

interface Batch {
  readonly event: StoredEvent;
  readonly members: readonly MemberEntry[];
}

/** Each event with its members. */
export async function* batchesOf(entries: Entries): AsyncGenerator<Batch> {
  let event: StoredEvent | undefined;
  let members: MemberEntry[] = [];
  for await (const entry of entries) {
    if ("member" in entry) members.push(entry.member);
    if (!("event" in entry)) continue;
    if (event !== undefined) yield { event, members };
    event = entry.event;
    members = [];
  }
  if (event !== undefined) yield { event, members };
}

async function* eventsOf(entries: Entries): AsyncGenerator<StoredEvent> {
  for await (const entry of entries) if ("event" in entry) yield entry.event;
}

const refuted = (message: string, sequence?: number): SubsetRefuted => ({
  code: "not-a-subset",
  ...(sequence !== undefined && { sequence }),
  message,
});
