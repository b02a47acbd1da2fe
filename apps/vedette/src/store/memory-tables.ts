/** A log's rows in memory. */
import type { Hash, Json } from "@vedette/core/record/hash";
import type { Head } from "@vedette/core/record/head";
import type { Instant } from "@vedette/core/time/instant";
import type {
  ArrivedRow,
  BlankMember,
  ChainRow,
  Changes,
  EventRow,
  MemberRow,
  NewMember,
  ProgressRow,
  RowRange,
  Standing,
} from "./shelf.ts";

interface Chain {
  readonly row: ChainRow;
  readonly events: EventRow[];
  readonly byId: Map<string, number>;
  readonly heads: Map<number, Head>;
  readonly members: Map<number, MemberRow[]>;
  readonly keys: Map<string, readonly [sequence: number, position: number]>;
}

export class MemoryTables {
  readonly chains = new Map<string, Chain>();
  readonly progress = new Map<string, Json>();
  readonly files = new Map<Hash, Uint8Array>();
  /** As they came in. */
  readonly arrived: { readonly chain: string; readonly sequence: number }[] = [];
  clockRead: Instant | undefined;
  /** Undoes what this write did so far, last first. */
  undo: (() => void)[] = [];
}

export class MemoryRows implements Changes {
  readonly #tables: MemoryTables;
  readonly #ready: () => Promise<void>;

  /** @param ready what reading waits for: the end of a write that is not its own */
  constructor(tables: MemoryTables, ready: () => Promise<void>) {
    this.#tables = tables;
    this.#ready = ready;
  }

  async chains(): Promise<readonly ChainRow[]> {
    await this.#ready();
    return [...this.#tables.chains.values()].map(({ row }) => row);
  }

  async last(chain: string): Promise<EventRow | undefined> {
    return (await this.#find(chain))?.events.at(-1);
  }

  async standing(chain: string): Promise<Standing | undefined> {
    const found = await this.#find(chain);
    const [last, { clockRead }] = [found?.events.at(-1)?.header, this.#tables];
    return found && { chain: found.row, ...(last && { last }), ...(clockRead !== undefined && { clockRead }) };
  }

  async events({ chain, from, to, types, limit }: RowRange): Promise<readonly EventRow[]> {
    const found: EventRow[] = [];
    const { events = [] } = (await this.#find(chain)) ?? {};
    for (let sequence = Math.max(1, from); sequence <= to && found.length < limit; sequence++) {
      const row = events[sequence - 1];
      if (row === undefined) break;
      if (types === undefined || types.includes(row.header.type)) found.push(row);
    }
    return found;
  }

  async arrived(after: number, limit: number): Promise<readonly ArrivedRow[]> {
    await this.#ready();
    return this.#tables.arrived.slice(after, after + limit).map(({ chain, sequence }, i) => {
      return { position: after + i + 1, row: this.#of(chain).events[sequence - 1] as EventRow };
    });
  }

  async eventById(chain: string, id: string): Promise<EventRow | undefined> {
    const found = await this.#find(chain);
    const sequence = found?.byId.get(id);
    return sequence === undefined ? undefined : found?.events[sequence - 1];
  }

  async heads(chain: string, from: number, to: number): Promise<readonly Head[]> {
    const heads = [...((await this.#find(chain))?.heads.values() ?? [])];
    return heads.filter(({ sequence }) => sequence >= from && sequence <= to);
  }

  async sequencesOfKeys(chain: string, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.#find(chain);
    return new Map(
      keys.flatMap((key) => {
        const [sequence] = found?.keys.get(key) ?? [];
        return sequence === undefined ? [] : [[key, sequence] as const];
      }),
    );
  }

  async members(chain: string, sequence: number, from: number, limit: number): Promise<readonly MemberRow[]> {
    const found = await this.#find(chain);
    return found?.members.get(sequence)?.slice(from, from + limit) ?? [];
  }

  async memberByKey(chain: string, sequence: number, key: string): Promise<MemberRow | undefined> {
    const found = await this.#find(chain);
    const [at, position = -1] = found?.keys.get(key) ?? [];
    return at === sequence ? found?.members.get(sequence)?.[position] : undefined;
  }

  async progress(key: string): Promise<Json | undefined> {
    await this.#ready();
    return this.#tables.progress.get(key);
  }

  async allProgress(): Promise<readonly ProgressRow[]> {
    await this.#ready();
    return [...this.#tables.progress].map(([key, value]) => ({ key, value }));
  }

  async clockRead(): Promise<Instant | undefined> {
    await this.#ready();
    return this.#tables.clockRead;
  }

  async file(hash: Hash): Promise<Uint8Array | undefined> {
    await this.#ready();
    return this.#tables.files.get(hash);
  }

  async files(): Promise<readonly Hash[]> {
    await this.#ready();
    return [...this.#tables.files.keys()].sort();
  }

  async putChain(row: ChainRow): Promise<void> {
    const { chains, undo } = this.#tables;
    const [events, byId, heads] = [[], new Map(), new Map()];
    chains.set(row.node, { row, events, byId, heads, members: new Map(), keys: new Map() });
    undo.push(() => chains.delete(row.node));
  }

  async putEvents(chain: string, rows: readonly EventRow[]): Promise<void> {
    const { events, byId } = this.#of(chain);
    const { arrived } = this.#tables;
    for (const row of rows) {
      events.push(row);
      byId.set(row.header.id, row.header.sequence);
      arrived.push({ chain, sequence: row.header.sequence });
    }
    this.#tables.undo.push(() => {
      events.length -= rows.length;
      arrived.length -= rows.length;
      for (const { header } of rows) byId.delete(header.id);
    });
  }

  async fillEvent(chain: string, { sequence, body, salt }: Parameters<Changes["fillEvent"]>[1]): Promise<void> {
    const row = this.#of(chain).events[sequence - 1];
    if (row !== undefined && row.body === undefined) this.#replace(chain, { header: row.header, body, salt });
  }

  async blankEvent(chain: string, sequence: number): Promise<void> {
    const row = this.#of(chain).events[sequence - 1];
    if (row !== undefined) this.#replace(chain, { header: row.header });
  }

  #replace(chain: string, row: EventRow): void {
    const { events } = this.#of(chain);
    const at = row.header.sequence - 1;
    const before = events[at] as EventRow;
    events[at] = row;
    this.#tables.undo.push(() => {
      events[at] = before;
    });
  }

  async putHeads(chain: string, added: readonly Head[]): Promise<void> {
    const { heads } = this.#of(chain);
    for (const head of added) {
      if (heads.has(head.sequence)) continue;
      heads.set(head.sequence, head);
      this.#tables.undo.push(() => heads.delete(head.sequence));
    }
  }

  async putMembers(chain: string, rows: readonly NewMember[]): Promise<void> {
    const { members, keys } = this.#of(chain);
    for (const { sequence, ...row } of rows) {
      if (keys.has(row.key)) throw new RangeError(`recorded before: ${row.key}`);
      const list = members.get(sequence) ?? [];
      members.set(sequence, list);
      list.push(row);
      keys.set(row.key, [sequence, row.position]);
      this.#tables.undo.push(() => {
        list.pop();
        keys.delete(row.key);
      });
    }
  }

  async blankMembers(chain: string, sequence: number, blanks: readonly BlankMember[]): Promise<void> {
    const rows = this.#of(chain).members.get(sequence) ?? [];
    for (const { position, leaf } of blanks) {
      const row = rows[position];
      if (row === undefined) continue;
      rows[position] = { position, key: row.key, leaf };
      this.#tables.undo.push(() => {
        rows[position] = row;
      });
    }
  }

  async putProgress({ key, value }: ProgressRow): Promise<void> {
    this.#put(this.#tables.progress, key, value);
  }

  async putClockRead(at: Instant): Promise<void> {
    const { clockRead } = this.#tables;
    this.#tables.clockRead = at;
    this.#tables.undo.push(() => {
      this.#tables.clockRead = clockRead;
    });
  }

  async putFile(hash: Hash, bytes: Uint8Array): Promise<void> {
    this.#put(this.#tables.files, hash, Uint8Array.from(bytes));
  }

  async removeFile(hash: Hash): Promise<void> {
    this.#put(this.#tables.files, hash, undefined);
  }

  #put<V>(map: Map<string, V>, key: string, value: V | undefined): void {
    const before = map.get(key);
    const set = (to: V | undefined): void => {
      if (to === undefined) map.delete(key);
      else map.set(key, to);
    };
    set(value);
    this.#tables.undo.push(() => set(before));
  }

  async #find(node: string): Promise<Chain | undefined> {
    await this.#ready();
    return this.#tables.chains.get(node);
  }

  #of(node: string): Chain {
    const chain = this.#tables.chains.get(node);
    if (chain === undefined) throw new RangeError(`no chain of ${node}`);
    return chain;
  }
}
