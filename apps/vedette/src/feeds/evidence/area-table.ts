/** Named areas and settlements: a middle and the radius that holds 95 % of it. */
import type { Located } from "@vedette/core/geo/located";

export interface NamedArea extends Located {
  readonly name: string;
  readonly level: string;
}

/** Letter case, accents, apostrophes and spaces apart. */
export const nameKeyOf = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/['\u2019\u02bc\u02b9`"]/g, "")
    .replace(/\s+/g, " ")
    .trim();

export class AreaTable {
  readonly #areas = new Map<string, NamedArea>();

  /** Under each of the names; the first that was given one keeps it. */
  add(area: NamedArea, names: readonly string[]): void {
    for (const name of [area.name, ...names]) {
      const key = nameKeyOf(name);
      if (!this.#areas.has(key)) this.#areas.set(key, area);
    }
  }

  /** The first of the names that it knows: the finest is asked for first. */
  find(names: readonly string[]): NamedArea | undefined {
    for (const name of names) {
      const found = name === "" ? undefined : this.#areas.get(nameKeyOf(name));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  get size(): number {
    return this.#areas.size;
  }
}
