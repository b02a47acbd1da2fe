/** Who changes an object has it to themselves in this process: the second sees what the first did, and is told so. */
import { Turns } from "../store/turns.ts";

export class Locks {
  readonly #held = new Map<string, { readonly turns: Turns; users: number }>();

  /** All of them, in an order in which two never wait for each other. */
  hold<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    const [first, ...rest] = [...new Set(names)].sort();
    if (first === undefined) return work();
    return this.#one(first, () => this.hold(rest, work));
  }

  async #one<T>(name: string, work: () => Promise<T>): Promise<T> {
    const held = this.#held.get(name) ?? { turns: new Turns(), users: 0 };
    this.#held.set(name, held);
    held.users++;
    try {
      return await held.turns.take(work);
    } finally {
      held.users--;
      if (held.users === 0) this.#held.delete(name);
    }
  }
}
