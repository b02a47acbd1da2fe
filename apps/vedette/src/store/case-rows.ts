/** Rows of one chain on their way into a log: put down by the thousand, with the line of each for messages. */
import type { Head } from "@vedette/core/record/head";
import { InputError } from "../problem.ts";
import { wrongName } from "./names.ts";
import type { Changes, EventRow, NewMember } from "./shelf.ts";

const ROWS = 1000;
const PAGE = 512;

export class RowsInto {
  readonly #to: Changes;
  readonly #place: string;
  #chain = "";
  /** Of the last event that was there before. */
  #last = 0;
  /** Of the last that is there now. */
  #high = 0;
  #hasEvents = false;
  #page = new Map<number, EventRow>();
  readonly #events = new Map<string, EventRow>();
  readonly #members = new Map<string, NewMember & { readonly line: number }>();
  readonly #heads: Head[] = [];

  /** @param place where they come from, for messages */
  constructor(to: Changes, place: string) {
    this.#to = to;
    this.#place = place;
  }

  /** It is there. */
  async openChain(node: string): Promise<void> {
    this.#chain = node;
    this.#last = (await this.#to.last(node))?.header.sequence ?? 0;
    this.#high = this.#last;
    this.#hasEvents = this.#last > 0;
    this.#page = new Map();
  }

  /** The event that has this number already. */
  async known(sequence: number): Promise<EventRow | undefined> {
    if (sequence > this.#high) return undefined;
    if (sequence > this.#last) {
      // Twice in one copy: its check will say what that means.
      await this.flush();
      return (await this.#to.events({ chain: this.#chain, from: sequence, to: sequence, limit: 1 }))[0];
    }
    const known = this.#page.get(sequence);
    if (known !== undefined) return known;
    const rows = await this.#to.events({ chain: this.#chain, from: sequence, to: this.#last, limit: PAGE });
    this.#page = new Map(rows.map((row) => [row.header.sequence, row]));
    return this.#page.get(sequence);
  }

  async addEvent(row: EventRow, line: number): Promise<void> {
    const { id, type } = row.header;
    this.#checkName(id, line);
    this.#checkName(type, line);
    const isTaken =
      this.#events.has(id) || (this.#hasEvents && (await this.#to.eventById(this.#chain, id)) !== undefined);
    if (isTaken) throw this.#refused(line, `the name ${id} is that of another event`);
    this.#events.set(id, row);
    this.#high = Math.max(this.#high, row.header.sequence);
    await this.#flushIfMany();
  }

  async addMember(row: NewMember, line: number): Promise<void> {
    this.#checkName(row.key, line);
    if (this.#members.has(row.key)) throw this.#refused(line, `member ${row.key} was recorded before`);
    this.#members.set(row.key, { ...row, line });
    await this.#flushIfMany();
  }

  async addHead(head: Head): Promise<void> {
    this.#heads.push(head);
    await this.#flushIfMany();
  }

  async flush(): Promise<void> {
    if (this.#events.size > 0) {
      await this.#to.putEvents(this.#chain, [...this.#events.values()]);
      this.#hasEvents = true;
    }
    if (this.#members.size > 0) await this.#putMembers();
    if (this.#heads.length > 0) await this.#to.putHeads(this.#chain, this.#heads);
    this.#events.clear();
    this.#members.clear();
    this.#heads.length = 0;
  }

  async #putMembers(): Promise<void> {
    const known = await this.#to.sequencesOfKeys(this.#chain, [...this.#members.keys()]);
    for (const [key] of known)
      throw this.#refused(this.#members.get(key)?.line ?? 0, `member ${key} was recorded before`);
    await this.#to.putMembers(this.#chain, [...this.#members.values()]);
  }

  async #flushIfMany(): Promise<void> {
    if (this.#events.size + this.#members.size + this.#heads.length >= ROWS) await this.flush();
  }

  #checkName(name: string, line: number): void {
    const wrong = wrongName(name);
    if (wrong !== undefined) throw this.#refused(line, wrong);
  }

  #refused(line: number, message: string): InputError {
    return new InputError([{ file: this.#place, line, message }]);
  }
}
