/** A case into a log: checked to its last line within the one write that brings it in. All of it, or nothing. */

import type { MemberEntry } from "@vedette/core/record/chain-fault";
import type { StoredEvent } from "@vedette/core/record/event";
import { canonicalJson, type Json } from "@vedette/core/record/hash";
import { leafOf } from "@vedette/core/record/merkle";
import { InputError } from "../problem.ts";
import { CaseCheck, type CaseReport, type Known } from "./case-check.ts";
import type { CaseEntry } from "./case-entry.ts";
import { entriesOfFile } from "./case-read.ts";
import { isFault, problemOf } from "./case-verify.ts";
import type { LogStore } from "./log-store.ts";
import type { EventRow, Shelf } from "./shelf.ts";

export interface CaseImported extends CaseReport {
  readonly eventsAdded: number;
  readonly eventsKnown: number;
  /** Of those known: that lacked their body or members, and have them now. */
  readonly eventsCompleted: number;
  readonly filesAdded: number;
}

/** @throws InputError at the first fault, and where the log holds another history of the same node; nothing is changed */
export function importCase(
  store: LogStore,
  file: string,
  known?: Known,
  onBytes?: (read: number) => void,
): CaseImported {
  const into = new CaseInto(store, file);
  try {
    return store.shelf.write(() => {
      const check = new CaseCheck(known);
      let line = 0;
      for (const read of entriesOfFile(file, onBytes)) {
        line = read.line;
        const fault = check.take(read);
        if (fault !== undefined) throw problemOf(file, fault);
        into.take(read.entry, line);
      }
      const report = check.end(line);
      if (isFault(report)) throw problemOf(file, report);
      into.closeFile();
      return { ...report, ...into.counts };
    });
  } catch (error) {
    into.removeFiles();
    throw error;
  }
}

/** Of the event that members belong to, and whether it has been counted as completed. */
interface Batch {
  readonly sequence: number;
  readonly erased: ReadonlySet<string>;
  position: number;
  isCompleted: boolean;
}

class CaseInto {
  readonly counts = { eventsAdded: 0, eventsKnown: 0, eventsCompleted: 0, filesAdded: 0 };
  readonly #shelf: Shelf;
  readonly #store: LogStore;
  readonly #file: string;
  readonly #newFiles: string[] = [];
  #chain = "";
  /** Of the event that members belong to; none where it was known before. */
  #batch: Batch | undefined;
  #bytes: { readonly hash: string; readonly parts: Buffer[] } | undefined;

  constructor(store: LogStore, file: string) {
    this.#store = store;
    this.#shelf = store.shelf;
    this.#file = file;
  }

  take(entry: CaseEntry, line: number): void {
    if ("data" in entry) this.#bytes?.parts.push(Buffer.from(entry.data, "base64"));
    else this.closeFile();
    if ("chain" in entry) this.#openChain(entry.chain, line);
    else if ("event" in entry) this.#takeEvent(entry.event, line);
    else if ("member" in entry) this.#takeMember(entry.member, line);
    else if ("head" in entry) this.#shelf.putHead(entry.head);
    else if ("file" in entry) this.#bytes = { hash: entry.file.hash, parts: [] };
  }

  /** A key beside the log says whose chain it is: so a node gets its own back from a copy. */
  #openChain({ node, publicKey }: { readonly node: string; readonly publicKey: string }, line: number): void {
    this.#chain = node;
    const there = this.#shelf.chains().find((chain) => chain.node === node);
    if (there === undefined) {
      const isOwn = node === this.#store.node && this.#store.publicKey() === publicKey;
      if (node === this.#store.node && !isOwn)
        throw this.#refused(line, `this log is itself ${node}, with another key: one of the two needs another name`);
      this.#shelf.putChain({ node, publicKey, isOwn });
    } else if (there.publicKey !== publicKey)
      throw this.#refused(line, `the chain of ${node} is known under another key, ${there.publicKey}`);
  }

  #takeEvent(event: StoredEvent, line: number): void {
    const { header } = event;
    this.#batch = undefined;
    const [there] = this.#shelf.events({ chain: this.#chain, from: header.sequence, to: header.sequence, limit: 1 });
    if (there !== undefined) {
      if (textOf(there) !== textOf(event))
        throw this.#refused(
          line,
          `event ${header.sequence} of ${header.node} is another one in this log: two histories`,
        );
      this.counts.eventsKnown++;
      this.#complete(there, event);
      return;
    }
    if (this.#shelf.eventById(this.#chain, header.id) !== undefined)
      throw this.#refused(line, `the name ${header.id} is that of another event`);
    this.#shelf.putEvent(rowOf(event));
    this.#batch = { sequence: header.sequence, position: 0, erased: new Set(), isCompleted: true };
    this.counts.eventsAdded++;
    if (header.type === "body.erased") this.#obey(event);
  }

  /** An earlier copy had it without body or members: they come in now, less what was erased here. */
  #complete(there: EventRow, { header: { sequence }, body, salt }: StoredEvent): void {
    const erased = this.#erasedOf(sequence);
    if (erased === "all") return;
    if (there.body === undefined && body !== undefined && salt !== undefined) {
      this.#shelf.fillEvent(this.#chain, { sequence, body: canonicalJson(body), salt: Buffer.from(salt, "hex") });
      this.counts.eventsCompleted++;
    }
    if (this.#shelf.members(this.#chain, sequence, 0, 1).length === 0)
      this.#batch = { sequence, position: 0, erased, isCompleted: there.body === undefined };
  }

  /** Keys of members, or all of the event. */
  #erasedOf(sequence: number): ReadonlySet<string> | "all" {
    const keys = new Set<string>();
    for (const { node } of this.#shelf.chains())
      for (const { body } of this.#store.rows({ chain: node, types: ["body.erased"] })) {
        const said = (body === undefined ? {} : JSON.parse(body)) as { sequence?: number; member?: string };
        if (node !== this.#chain || said.sequence !== sequence) continue;
        if (said.member === undefined) return "all";
        keys.add(said.member);
      }
    return keys;
  }

  /** What was brought in earlier is erased here too. */
  #obey({ body }: StoredEvent): void {
    const { sequence, member, file } = (body ?? {}) as { sequence?: number; member?: string; file?: string };
    if (file !== undefined) this.#shelf.removeFile(file);
    if (sequence === undefined) return;
    if (member === undefined) this.#shelf.blankEvent(this.#chain, sequence);
    const rows =
      member === undefined ? this.#membersOf(sequence) : [this.#shelf.memberByKey(this.#chain, sequence, member)];
    for (const row of rows) {
      if (row?.value === undefined || row.salt === undefined) continue;
      const leaf = leafOf(row.salt, { key: row.key, value: JSON.parse(row.value) });
      this.#shelf.blankMember(this.#chain, sequence, { position: row.position, leaf });
    }
  }

  #membersOf(sequence: number): ReturnType<Shelf["members"]> {
    return this.#shelf.members(this.#chain, sequence, 0, Number.MAX_SAFE_INTEGER);
  }

  #takeMember({ key, value, salt, leaf }: MemberEntry, line: number): void {
    const batch = this.#batch;
    if (batch === undefined) return;
    if (this.#shelf.sequenceOfKey(this.#chain, key) !== undefined)
      throw this.#refused(line, `member ${key} was recorded before`);
    if (!batch.isCompleted) this.counts.eventsCompleted++;
    batch.isCompleted = true;
    const position = batch.position++;
    if (batch.erased.has(key) && value !== undefined && salt !== undefined) {
      const left = leafOf(Buffer.from(salt, "hex"), { key, value });
      this.#shelf.putMember(this.#chain, batch.sequence, { position, key, leaf: left });
      return;
    }
    this.#shelf.putMember(this.#chain, batch.sequence, {
      position,
      key,
      ...(value !== undefined && { value: canonicalJson(value) }),
      ...(salt !== undefined && { salt: Buffer.from(salt, "hex") }),
      ...(leaf !== undefined && { leaf: Buffer.from(leaf, "hex") }),
    });
  }

  closeFile(): void {
    const file = this.#bytes;
    this.#bytes = undefined;
    if (file === undefined || this.#shelf.file(file.hash) !== undefined) return;
    if (this.#isErased(file.hash)) return;
    this.#newFiles.push(file.hash);
    this.#shelf.putFile(file.hash, Buffer.concat(file.parts));
    this.counts.filesAdded++;
  }

  /** By the log's own chain, or by one that was brought in. */
  #isErased(hash: string): boolean {
    for (const { node } of this.#shelf.chains())
      for (const { body } of this.#store.rows({ chain: node, types: ["body.erased"] }))
        if (body !== undefined && (JSON.parse(body) as { readonly file?: string }).file === hash) return true;
    return false;
  }

  removeFiles(): void {
    for (const hash of this.#newFiles) this.#shelf.removeFile(hash);
  }

  #refused(line: number, message: string): InputError {
    return new InputError([{ file: this.#file, line, message }]);
  }
}

const textOf = ({ header }: { readonly header: object }): string => canonicalJson(header as Json);

const rowOf = ({ header, body, salt }: StoredEvent): EventRow => ({
  header,
  ...(body !== undefined && { body: canonicalJson(body) }),
  ...(salt !== undefined && { salt: Buffer.from(salt, "hex") }),
});
