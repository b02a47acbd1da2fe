/** Pages of what is held in memory and does not change: by how many were given. */
import { notValid } from "./lists.ts";

const USUAL = 100;

export function offsetPage<T, U>(
  rows: readonly T[],
  { limit = USUAL, cursor }: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  shown: (row: T) => U,
): { items: U[]; next: string | null } {
  const from = cursor === undefined ? 0 : Number(/^o(\d{1,9})$/.exec(cursor)?.[1] ?? Number.NaN);
  if (Number.isNaN(from)) throw notValid("/query/cursor", "is no cursor of this list");
  const end = from + limit;
  return { items: rows.slice(from, end).map(shown), next: end < rows.length ? `o${end}` : null };
}
