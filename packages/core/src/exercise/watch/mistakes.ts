/** What a false alarm is taken for: a coastal radar takes a wave for a ship that lies still, and never for a shell. */
import type { Entity } from "../scene.ts";
import type { TruthKind } from "../truth/truth.ts";

/** @returns by entity, indices into the kinds @throws RangeError for a kind that the world does not have */
export function mistakesOf(
  entities: readonly Pick<Entity, "id" | "mistakes">[],
  kinds: readonly Pick<TruthKind, "id">[],
): readonly Uint16Array[] {
  const all = Uint16Array.from(kinds.keys());
  const made = new Map<readonly string[], Uint16Array>();
  return entities.map(({ id, mistakes }) => {
    if (mistakes === undefined) return all;
    const known = made.get(mistakes);
    if (known !== undefined) return known;
    const indices = Uint16Array.from(mistakes, (name) => {
      const index = kinds.findIndex((kind) => kind.id === name);
      if (index < 0)
        throw new RangeError(`${id}: mistakes: no kind ${name}; ${kinds.map((kind) => kind.id).join(", ")}`);
      return index;
    });
    made.set(mistakes, indices);
    return indices;
  });
}
