/** One write to a node's own chain, under the writer's lock. */
import type { Draft, EventHeader } from "@vedette/core/record/event";
import { canonicalJson } from "@vedette/core/record/hash";
import { signHead } from "@vedette/core/record/head";
import { hashOfHeader, SALT_BYTES } from "@vedette/core/record/header";
import { NO_TAIL, sealEvent, type Tail } from "@vedette/core/record/seal";
import type { Instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";

import type { Chance } from "./chance.ts";
import type { NodeKey } from "./key.ts";
import type { Shelf } from "./shelf.ts";

/** The program speaks for itself where no person does. */
const PROGRAM = "vedette";

export interface Writer {
  readonly node: string;
  readonly key: NodeKey;
  /** What the machine's clock says; it is noted, not obeyed. */
  readonly now: Instant;
  readonly chance: Chance;
}

export class Appender {
  readonly #shelf: Shelf;
  readonly #writer: Writer;
  #tail: Tail | typeof NO_TAIL;
  #isClockChecked = false;
  #appended = 0;

  /** @param place names the log in messages */
  constructor(shelf: Shelf, writer: Writer, place: string) {
    this.#shelf = shelf;
    this.#writer = writer;
    const { node, key } = writer;
    const chain = shelf.chains().find((each) => each.node === node);
    if (chain === undefined) shelf.putChain({ node, publicKey: key.publicKey, isOwn: true });
    else if (!chain.isOwn) throw refused(place, `the chain of ${node} was brought in: only its own node adds to it`);
    else if (chain.publicKey !== key.publicKey)
      throw refused(place, `its key is not the one that signed the chain of ${node}: bring that key back`);
    const last = shelf.last(node);
    this.#tail = last === undefined ? NO_TAIL : tailOf(last);
  }

  append(draft: Draft): EventHeader {
    this.#checkClock(draft);
    return this.#seal(draft);
  }

  /** Never earlier than the event before, whatever the clock says. */
  get recordedAt(): Instant {
    const { now } = this.#writer;
    return "recordedAt" in this.#tail && this.#tail.recordedAt > now ? this.#tail.recordedAt : now;
  }

  /** Of the event to come. */
  get nextSequence(): number {
    return this.#tail.sequence + 1;
  }

  signHead(): void {
    if (this.#appended === 0 || !("recordedAt" in this.#tail)) return;
    const { node, key } = this.#writer;
    const { sequence, hash, recordedAt } = this.#tail;
    const { publicKey } = key;
    this.#shelf.putHead(signHead({ version: 1, node, sequence, hash, at: recordedAt, publicKey }, key.sign));
  }

  #checkClock(draft: Draft): void {
    if (this.#isClockChecked) return;
    this.#isClockChecked = true;
    const { now } = this.#writer;
    const read = this.#shelf.clockRead();
    if (read !== now) this.#shelf.putClockRead(now);
    if (read === undefined || read <= now) return;
    this.#seal({
      type: "clock.set-back",
      typeVersion: 1,
      at: { start: now, end: read },
      actor: PROGRAM,
      marking: { ...draft.marking, releasableTo: [] },
      body: { clock: now, before: read, byMs: read - now },
    });
  }

  #seal(draft: Draft): EventHeader {
    const { node, chance } = this.#writer;
    const place = this.nextSequence;
    const salt = chance(SALT_BYTES, `salt of ${place}`);
    const id = `e-${Buffer.from(chance(16, `id of ${place}`)).toString("hex")}`;
    const { header, tail } = sealEvent(draft, this.#tail, { node, id, salt, recordedAt: this.recordedAt });
    this.#shelf.putEvent({ header, body: canonicalJson(draft.body), salt });
    this.#tail = tail;
    this.#appended++;
    return header;
  }
}

const tailOf = ({ header }: { readonly header: EventHeader }): Tail => ({
  sequence: header.sequence,
  hash: hashOfHeader(header),
  recordedAt: header.recordedAt,
});

const refused = (file: string, message: string): InputError => new InputError([{ file, message }]);
