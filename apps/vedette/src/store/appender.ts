/**
 * One write to a node's own chain, under the writer's lock: what is appended is sealed here, and put down all at once. So one that
 * is refused leaves nothing behind, and many that wait together cost the database one look, one insert and one head.
 */
import type { Draft, EventHeader } from "@vedette/core/record/event";
import { canonicalJson } from "@vedette/core/record/hash";
import { signHead } from "@vedette/core/record/head";
import { hashOfHeader, SALT_BYTES } from "@vedette/core/record/header";
import { NO_TAIL, sealEvent, type Tail } from "@vedette/core/record/seal";
import type { Instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import type { Chance } from "./chance.ts";
import type { NodeKey } from "./key.ts";
import { checkName, checkText, wrongName } from "./names.ts";
import type { ChainRow, Changes, EventRow, NewMember, ProgressRow, Standing } from "./shelf.ts";

/** The program speaks for itself where no person does. */
const PROGRAM = "vedette";

export interface Writer {
  readonly node: string;
  readonly key: NodeKey;
  /** What the machine's clock says; it is noted, not obeyed. */
  readonly now: Instant;
  readonly chance: Chance;
}

/** Of one that was tried. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

export class Appender {
  readonly writer: Writer;
  readonly #to: Changes;
  readonly #newChain: ChainRow | undefined;
  readonly #clockRead: Instant | undefined;
  #tail: Tail | typeof NO_TAIL;
  #isClockChecked = false;
  #known: ReadonlyMap<string, number> = new Map();
  readonly #events: EventRow[] = [];
  readonly #members: NewMember[] = [];
  readonly #keys = new Set<string>();
  readonly #progress: ProgressRow[] = [];

  private constructor(to: Changes, writer: Writer, standing: Standing | undefined) {
    const { node, key } = writer;
    this.#to = to;
    this.writer = writer;
    this.#newChain = standing === undefined ? { node, publicKey: key.publicKey, isOwn: true } : undefined;
    this.#clockRead = standing?.clockRead;
    this.#tail = standing?.last === undefined ? NO_TAIL : tailOf(standing.last);
  }

  /** @param place names the log in messages */
  static async on(to: Changes, writer: Writer, place: string): Promise<Appender> {
    const { node, key } = writer;
    const standing = await to.standing(node);
    const chain = standing?.chain;
    if (chain !== undefined && !chain.isOwn)
      throw refused(place, `the chain of ${node} was brought in: only its own node adds to it`);
    if (chain !== undefined && chain.publicKey !== key.publicKey)
      throw refused(place, `its key is not the one that signed the chain of ${node}: bring that key back`);
    return new Appender(to, writer, standing);
  }

  /** Which of these members the log holds. To be asked before they are appended. */
  async lookUp(keys: readonly string[]): Promise<void> {
    if (this.#newChain !== undefined || keys.length === 0) return;
    // What cannot be kept is refused when it is appended, alone.
    const good = keys.filter((key) => wrongName(key) === undefined);
    this.#known = await this.#to.sequencesOfKeys(this.writer.node, good);
  }

  /** What it threw left nothing behind. */
  attempt(work: () => unknown): Outcome {
    const [tail, isClockChecked] = [this.#tail, this.#isClockChecked];
    const [events, members, progress] = [this.#events.length, this.#members.length, this.#progress.length];
    try {
      return { value: work() };
    } catch (error) {
      [this.#tail, this.#isClockChecked] = [tail, isClockChecked];
      [this.#events.length, this.#progress.length] = [events, progress];
      for (const { key } of this.#members.splice(members)) this.#keys.delete(key);
      return { error };
    }
  }

  append(draft: Draft): EventHeader {
    checkName(draft.type);
    this.#checkClock(draft);
    return this.#seal(draft);
  }

  /** Of the log, or of what is to be put down with this. */
  isKnown(key: string): boolean {
    return this.#known.has(key) || this.#keys.has(key);
  }

  addMember(row: NewMember): void {
    this.#members.push(row);
    this.#keys.add(row.key);
  }

  addProgress(row: ProgressRow): void {
    checkName(row.key);
    this.#progress.push(row);
  }

  /** Never earlier than the event before, whatever the clock says. */
  get recordedAt(): Instant {
    const { now } = this.writer;
    return "recordedAt" in this.#tail && this.#tail.recordedAt > now ? this.#tail.recordedAt : now;
  }

  /** Of the event to come. */
  get nextSequence(): number {
    return this.#tail.sequence + 1;
  }

  /** The head is signed within the same commit: what is on disk is always spoken for. */
  async putDown(): Promise<void> {
    if (this.#events.length === 0 && this.#progress.length === 0) return;
    const { node, key, now } = this.writer;
    if (this.#newChain !== undefined) await this.#to.putChain(this.#newChain);
    for (const { key: name, value } of new Map(this.#progress.map((row) => [row.key, row])).values())
      await this.#to.putProgress({ key: name, value });
    if (this.#events.length === 0 || !("recordedAt" in this.#tail)) return;
    if (this.#clockRead !== now) await this.#to.putClockRead(now);
    await this.#to.putEvents(node, this.#events);
    if (this.#members.length > 0) await this.#to.putMembers(node, this.#members);
    const { sequence, hash, recordedAt } = this.#tail;
    const { publicKey } = key;
    const head = signHead({ version: 1, node, sequence, hash, at: recordedAt, publicKey }, key.sign);
    await this.#to.putHeads(node, [head]);
  }

  #checkClock(draft: Draft): void {
    if (this.#isClockChecked) return;
    this.#isClockChecked = true;
    const { now } = this.writer;
    const read = this.#clockRead;
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
    const { node, chance } = this.writer;
    const place = this.nextSequence;
    const salt = chance(SALT_BYTES, `salt of ${place}`);
    const id = `e-${Buffer.from(chance(16, `id of ${place}`)).toString("hex")}`;
    const body = canonicalJson(draft.body);
    checkText(draft.type, body);
    const { header, tail } = sealEvent(draft, this.#tail, { node, id, salt, recordedAt: this.recordedAt });
    this.#events.push({ header, body, salt });
    this.#tail = tail;
    return header;
  }
}

const tailOf = (header: EventHeader): Tail => ({
  sequence: header.sequence,
  hash: hashOfHeader(header),
  recordedAt: header.recordedAt,
});

const refused = (file: string, message: string): InputError => new InputError([{ file, message }]);
