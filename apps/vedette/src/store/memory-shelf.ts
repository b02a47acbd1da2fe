/** A log in memory: for tests, and for exercises that need not outlive the program. */
import { MemoryRows, MemoryTables } from "./memory-tables.ts";
import type { Changes, Rows, Shelf } from "./shelf.ts";
import { Turns } from "./turns.ts";

export class MemoryShelf implements Shelf {
  readonly rows: Rows;
  readonly #tables = new MemoryTables();
  readonly #changes: Changes;
  readonly #turns = new Turns();

  constructor() {
    this.rows = new MemoryRows(this.#tables, () => this.#turns.settled());
    this.#changes = new MemoryRows(this.#tables, async () => {});
  }

  write<T>(work: (to: Changes) => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      this.#tables.undo = [];
      try {
        return await work(this.#changes);
      } catch (error) {
        for (const undo of this.#tables.undo.reverse()) undo();
        throw error;
      }
    });
  }

  /** Writers wait until it has read. */
  snapshot<T>(read: (from: Rows) => Promise<T>): Promise<T> {
    return this.#turns.take(() => read(this.#changes));
  }

  async scrub(): Promise<void> {}
  async close(): Promise<void> {}
}
