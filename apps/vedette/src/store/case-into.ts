/** What comes out of a case goes into a log: what is new by the thousand, what is known looked at page by page. */
import type { MemberEntry } from "@vedette/core/record/chain-fault";
import type { StoredEvent } from "@vedette/core/record/event";
import { canonicalJson, type Json } from "@vedette/core/record/hash";
import { leafOf } from "@vedette/core/record/merkle";
import { InputError } from "../problem.ts";
import type { CaseEntry } from "./case-entry.ts";
import { RowsInto } from "./case-rows.ts";
import { blanksOf } from "./erase.ts";
import type { LogStore } from "./log-store.ts";
import type { Changes, EventRow, MemberRow } from "./shelf.ts";

/** Of the event that members belong to, and whether it has been counted as completed. */
interface Batch {
  readonly sequence: number;
  readonly erased: ReadonlySet<string>;
  position: number;
  isCompleted: boolean;
}

const ALL_ROWS = 2 ** 31 - 1;

export class CaseInto {
  readonly counts = { eventsAdded: 0, eventsKnown: 0, eventsCompleted: 0, filesAdded: 0 };
  readonly #to: Changes;
  readonly #store: LogStore;
  readonly #place: string;
  readonly #rows: RowsInto;
  #chain = "";
  /** Of the event that members belong to; none where it was known before. */
  #batch: Batch | undefined;
  #bytes: { readonly hash: string; readonly parts: Buffer[] } | undefined;

  constructor(to: Changes, store: LogStore, place: string) {
    this.#to = to;
    this.#store = store;
    this.#place = place;
    this.#rows = new RowsInto(to, place);
  }

  async take(entry: CaseEntry, line: number): Promise<void> {
    if ("data" in entry) this.#bytes?.parts.push(Buffer.from(entry.data, "base64"));
    else await this.#closeFile();
    if ("chain" in entry) await this.#openChain(entry.chain, line);
    else if ("event" in entry) await this.#takeEvent(entry.event, line);
    else if ("member" in entry) await this.#takeMember(entry.member, line);
    else if ("head" in entry) await this.#rows.addHead(entry.head);
    else if ("file" in entry) this.#bytes = { hash: entry.file.hash, parts: [] };
  }

  async end(): Promise<void> {
    await this.#closeFile();
    await this.#rows.flush();
  }

  /** A key beside the log says whose chain it is: so a node gets its own back from a copy. */
  async #openChain({ node, publicKey }: { readonly node: string; readonly publicKey: string }, line: number) {
    await this.#rows.flush();
    this.#chain = node;
    const there = (await this.#to.chains()).find((chain) => chain.node === node);
    if (there === undefined) {
      const isOwn = node === this.#store.node && this.#store.publicKey() === publicKey;
      if (node === this.#store.node && !isOwn)
        throw this.#refused(line, `this log is itself ${node}, with another key: one of the two needs another name`);
      await this.#to.putChain({ node, publicKey, isOwn });
    } else if (there.publicKey !== publicKey)
      throw this.#refused(line, `the chain of ${node} is known under another key, ${there.publicKey}`);
    await this.#rows.openChain(node);
  }

  async #takeEvent(event: StoredEvent, line: number): Promise<void> {
    const { header } = event;
    this.#batch = undefined;
    const there = await this.#rows.known(header.sequence);
    if (there !== undefined) {
      if (textOf(there) !== textOf(event))
        throw this.#refused(
          line,
          `event ${header.sequence} of ${header.node} is another one in this log: two histories`,
        );
      this.counts.eventsKnown++;
      await this.#complete(there, event);
      return;
    }
    await this.#rows.addEvent(rowOf(event), line);
    this.#batch = { sequence: header.sequence, position: 0, erased: new Set(), isCompleted: true };
    this.counts.eventsAdded++;
    if (header.type === "body.erased") await this.#obey(event);
  }

  /** An earlier copy had it without body or members: they come in now, less what was erased here. */
  async #complete(there: EventRow, { header: { sequence }, body, salt }: StoredEvent): Promise<void> {
    const hasAll = there.body !== undefined && !there.body.includes('"root":');
    if (hasAll) return;
    const hasMembers = (await this.#to.members(this.#chain, sequence, 0, 1)).length > 0;
    if (hasMembers && there.body !== undefined) return;
    const erased = await this.#erasedOf(sequence);
    if (erased === "all") return;
    if (there.body === undefined && body !== undefined && salt !== undefined) {
      await this.#to.fillEvent(this.#chain, { sequence, body: canonicalJson(body), salt: Buffer.from(salt, "hex") });
      this.counts.eventsCompleted++;
    }
    if (!hasMembers) this.#batch = { sequence, position: 0, erased, isCompleted: there.body === undefined };
  }

  /** Keys of members, or all of the event. */
  async #erasedOf(sequence: number): Promise<ReadonlySet<string> | "all"> {
    const keys = new Set<string>();
    for await (const { node, said } of this.#erasures()) {
      if (node !== this.#chain || said.sequence !== sequence) continue;
      if (said.member === undefined) return "all";
      keys.add(said.member);
    }
    return keys;
  }

  /** By the log's own chain, or by one that was brought in. */
  async *#erasures() {
    await this.#rows.flush();
    for (const { node } of await this.#to.chains())
      for await (const { body } of this.#store.rows({ chain: node, types: ["body.erased"] }, this.#to))
        if (body !== undefined) yield { node, said: JSON.parse(body) as Erasing };
  }

  /** What was brought in earlier is erased here too. */
  async #obey({ body }: StoredEvent): Promise<void> {
    await this.#rows.flush();
    const { sequence, member, file } = (body ?? {}) as Erasing;
    if (file !== undefined) await this.#to.removeFile(file);
    if (sequence === undefined) return;
    if (member === undefined) await this.#to.blankEvent(this.#chain, sequence);
    const blanks = blanksOf(await this.#membersOf(sequence, member));
    if (blanks.length > 0) await this.#to.blankMembers(this.#chain, sequence, blanks);
  }

  /** All of the event, or the one. */
  async #membersOf(sequence: number, member: string | undefined): Promise<readonly MemberRow[]> {
    if (member === undefined) return this.#to.members(this.#chain, sequence, 0, ALL_ROWS);
    const row = await this.#to.memberByKey(this.#chain, sequence, member);
    return row === undefined ? [] : [row];
  }

  async #takeMember({ key, value, salt, leaf }: MemberEntry, line: number): Promise<void> {
    const batch = this.#batch;
    if (batch === undefined) return;
    if (!batch.isCompleted) this.counts.eventsCompleted++;
    batch.isCompleted = true;
    const base = { sequence: batch.sequence, position: batch.position++, key };
    if (batch.erased.has(key) && value !== undefined && salt !== undefined) {
      const left = leafOf(Buffer.from(salt, "hex"), { key, value });
      await this.#rows.addMember({ ...base, leaf: left }, line);
      return;
    }
    const row = {
      ...base,
      ...(value !== undefined && { value: canonicalJson(value) }),
      ...(salt !== undefined && { salt: Buffer.from(salt, "hex") }),
      ...(leaf !== undefined && { leaf: Buffer.from(leaf, "hex") }),
    };
    await this.#rows.addMember(row, line);
  }

  async #closeFile(): Promise<void> {
    const file = this.#bytes;
    this.#bytes = undefined;
    if (file === undefined || (await this.#to.file(file.hash)) !== undefined) return;
    for await (const { said } of this.#erasures()) if (said.file === file.hash) return;
    await this.#to.putFile(file.hash, Buffer.concat(file.parts));
    this.counts.filesAdded++;
  }

  #refused(line: number, message: string): InputError {
    return new InputError([{ file: this.#place, line, message }]);
  }
}

/** Body of `body.erased`. */
interface Erasing {
  readonly sequence?: number;
  readonly member?: string;
  readonly file?: string;
}

const textOf = ({ header }: { readonly header: object }): string => canonicalJson(header as Json);

const rowOf = ({ header, body, salt }: StoredEvent): EventRow => ({
  header,
  ...(body !== undefined && { body: canonicalJson(body) }),
  ...(salt !== undefined && { salt: Buffer.from(salt, "hex") }),
});
