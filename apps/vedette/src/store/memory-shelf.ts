/** A log in memory: for tests, and for exercises that need not outlive the program. */
import type { Hash, Json } from "@vedette/core/record/hash";
import type { Head } from "@vedette/core/record/head";
import type { Instant } from "@vedette/core/time/instant";
import type { ChainRow, EventRow, MemberRow, RowRange, Shelf } from "./shelf.ts";

interface Chain {
  row: ChainRow;
  readonly events: EventRow[];
  readonly byId: Map<string, number>;
  readonly heads: Map<number, Head>;
  readonly members: Map<number, MemberRow[]>;
  readonly keys: Map<string, readonly [sequence: number, position: number]>;
}

export class MemoryShelf implements Shelf {
  readonly #chains = new Map<string, Chain>();
  readonly #progress = new Map<string, Json>();
  readonly #files = new Map<Hash, Uint8Array>();
  #clockRead: Instant | undefined;
  /** Undoes what this write did so far, last first. */
  #undo: (() => void)[] = [];

  write<T>(work: () => T): T {
    this.#undo = [];
    try {
      return work();
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      throw error;
    }
  }

  chains(): readonly ChainRow[] {
    return [...this.#chains.values()].map(({ row }) => row);
  }

  putChain(row: ChainRow): void {
    this.#chains.set(row.node, {
      row,
      events: [],
      byId: new Map(),
      heads: new Map(),
      members: new Map(),
      keys: new Map(),
    });
    this.#undo.push(() => this.#chains.delete(row.node));
  }

  last(chain: string): EventRow | undefined {
    return this.#chains.get(chain)?.events.at(-1);
  }

  events({ chain, from, to, types, limit }: RowRange): readonly EventRow[] {
    const found: EventRow[] = [];
    const { events = [] } = this.#chains.get(chain) ?? {};
    for (let sequence = Math.max(1, from); sequence <= to && found.length < limit; sequence++) {
      const row = events[sequence - 1];
      if (row === undefined) break;
      if (types === undefined || types.includes(row.header.type)) found.push(row);
    }
    return found;
  }

  eventById(chain: string, id: string): EventRow | undefined {
    const found = this.#chains.get(chain);
    const sequence = found?.byId.get(id);
    return sequence === undefined ? undefined : found?.events[sequence - 1];
  }

  putEvent(row: EventRow): void {
    const { events, byId } = this.#of(row.header.node);
    events.push(row);
    byId.set(row.header.id, row.header.sequence);
    this.#undo.push(() => {
      events.pop();
      byId.delete(row.header.id);
    });
  }

  fillEvent(chain: string, { sequence, body, salt }: Parameters<Shelf["fillEvent"]>[1]): void {
    const { events } = this.#of(chain);
    const row = events[sequence - 1];
    if (row === undefined || row.body !== undefined) return;
    events[sequence - 1] = { header: row.header, body, salt };
    this.#undo.push(() => {
      events[sequence - 1] = row;
    });
  }

  blankEvent(chain: string, sequence: number): void {
    const { events } = this.#of(chain);
    const row = events[sequence - 1];
    if (row === undefined) return;
    events[sequence - 1] = { header: row.header };
    this.#undo.push(() => {
      events[sequence - 1] = row;
    });
  }

  heads(chain: string, from: number, to: number): readonly Head[] {
    const heads = [...(this.#chains.get(chain)?.heads.values() ?? [])];
    return heads.filter(({ sequence }) => sequence >= from && sequence <= to);
  }

  lastHead(chain: string): Head | undefined {
    return [...(this.#chains.get(chain)?.heads.values() ?? [])].at(-1);
  }

  putHead(head: Head): void {
    const { heads } = this.#of(head.node);
    if (heads.has(head.sequence)) return;
    heads.set(head.sequence, head);
    this.#undo.push(() => heads.delete(head.sequence));
  }

  sequenceOfKey(chain: string, key: string): number | undefined {
    return this.#chains.get(chain)?.keys.get(key)?.[0];
  }

  members(chain: string, sequence: number, from: number, limit: number): readonly MemberRow[] {
    return (
      this.#chains
        .get(chain)
        ?.members.get(sequence)
        ?.slice(from, from + limit) ?? []
    );
  }

  memberByKey(chain: string, sequence: number, key: string): MemberRow | undefined {
    const found = this.#chains.get(chain);
    const [at, position = -1] = found?.keys.get(key) ?? [];
    return at === sequence ? found?.members.get(sequence)?.[position] : undefined;
  }

  putMember(chain: string, sequence: number, row: MemberRow): void {
    const { members, keys } = this.#of(chain);
    if (keys.has(row.key)) throw new RangeError(`recorded before: ${row.key}`);
    const rows = members.get(sequence) ?? [];
    members.set(sequence, rows);
    rows.push(row);
    keys.set(row.key, [sequence, row.position]);
    this.#undo.push(() => {
      rows.pop();
      keys.delete(row.key);
    });
  }

  blankMember(chain: string, sequence: number, { position, leaf }: { position: number; leaf: Uint8Array }): void {
    const rows = this.#of(chain).members.get(sequence);
    const row = rows?.[position];
    if (rows === undefined || row === undefined) return;
    rows[position] = { position, key: row.key, leaf };
    this.#undo.push(() => {
      rows[position] = row;
    });
  }

  progress(key: string): Json | undefined {
    return this.#progress.get(key);
  }

  putProgress(key: string, value: Json): void {
    const before = this.#progress.get(key);
    this.#progress.set(key, value);
    this.#undo.push(() => (before === undefined ? this.#progress.delete(key) : this.#progress.set(key, before)));
  }

  clockRead(): Instant | undefined {
    return this.#clockRead;
  }

  putClockRead(at: Instant): void {
    const before = this.#clockRead;
    this.#clockRead = at;
    this.#undo.push(() => {
      this.#clockRead = before;
    });
  }

  putFile(hash: Hash, bytes: Uint8Array): void {
    this.#files.set(hash, Uint8Array.from(bytes));
  }

  file(hash: Hash): Uint8Array | undefined {
    return this.#files.get(hash);
  }

  files(): readonly Hash[] {
    return [...this.#files.keys()].sort();
  }

  removeFile(hash: Hash): void {
    this.#files.delete(hash);
  }

  scrub(): void {}
  close(): void {}

  #of(node: string): Chain {
    const chain = this.#chains.get(node);
    if (chain === undefined) throw new RangeError(`no chain of ${node}`);
    return chain;
  }
}
