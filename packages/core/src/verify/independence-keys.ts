/** What an item of evidence rests on, as keys: two items with a key in common are not independent. */

import type { Evidence } from "./evidence.ts";
import { addressOf } from "./independence-address.ts";

/** Why two items do not count as two. */
export const DEPENDENCE_CODES = [
  "same-item",
  "same-sensor",
  "same-source",
  "same-operator",
  "same-original",
  "quotes",
  "quotes-through",
  "identical-text",
  "near-identical-text",
  "contains-text",
] as const;
export type DependenceCode = (typeof DEPENDENCE_CODES)[number];

/** One reason. `by`: what they share, or the item through which one rests on the other; `share01`: of the text. */
export interface Dependence {
  readonly code: DependenceCode;
  readonly by?: string;
  readonly share01?: number;
}

/** Sources that name nobody. */
const NOBODY = /^(?:|unknown|anonymous|none|n\/a|-|\?)$/i;

const LONGEST_NOBODY = "anonymous".length;

function named(value: string | undefined): string | undefined {
  const name = value?.trim();
  return name === undefined || (name.length <= LONGEST_NOBODY && NOBODY.test(name)) ? undefined : name;
}

/** Nobody knows where it comes from: it may be a copy of anything, and counts for nothing. */
export function hasProvenance({ origin }: Evidence): boolean {
  return [origin.source, origin.operator, origin.sensor, origin.original].some((value) => named(value) !== undefined);
}

/** The names under which others may quote it. */
export function ownNames({ id, origin }: Pick<Evidence, "id" | "origin">): string[] {
  const original = named(origin.original);
  return original === undefined ? [id] : [id, addressOf(original)];
}

/** Names of what an item says that it rests on, each with the item through which it came; `undefined`: told by itself. */
export type Roots = ReadonlyMap<string, string | undefined>;

/** Followed through the items that are known, however long the way. Its own names are not among them. */
export function rootsOf(item: Evidence, byName: ReadonlyMap<string, readonly Evidence[]>): Roots {
  const roots = new Map<string, string | undefined>();
  const seen = new Set([item.id]);
  const open = [{ item, via: undefined as string | undefined }];
  for (const next of open) {
    for (const quoted of next.item.origin.quotes ?? []) {
      const name = addressOf(quoted);
      if (name === "" || roots.has(name)) continue;
      roots.set(name, next.via);
      for (const known of byName.get(name) ?? []) {
        if (seen.has(known.id)) continue;
        seen.add(known.id);
        for (const own of ownNames(known)) if (!roots.has(own)) roots.set(own, next.via);
        open.push({ item: known, via: known.id });
      }
    }
  }
  return roots;
}

/** Items under every name that they go by. */
export function byNameOf(items: readonly Evidence[]): Map<string, Evidence[]> {
  const names = new Map<string, Evidence[]>();
  for (const item of items) {
    for (const name of ownNames(item)) {
      const held = names.get(name);
      if (held === undefined) names.set(name, [item]);
      else held.push(item);
    }
  }
  return names;
}

/** Reasons that lie in who they come from. */
export function sharedOrigin(a: Evidence, b: Evidence): Dependence[] {
  const reasons: Dependence[] = [];
  const shared = (code: DependenceCode, x: string | undefined, y: string | undefined): void => {
    const by = named(x);
    if (by !== undefined && by.toLowerCase() === named(y)?.toLowerCase()) reasons.push({ code, by });
  };
  if (a.id === b.id || a.ingest.hash === b.ingest.hash) reasons.push({ code: "same-item" });
  shared("same-sensor", a.origin.sensor, b.origin.sensor);
  shared("same-source", a.origin.source, b.origin.source);
  shared("same-operator", a.origin.operator, b.origin.operator);
  return reasons;
}

/** Reasons that lie in what they rest on. */
export function sharedRoots(a: Evidence, b: Evidence, roots: (item: Evidence) => Roots): Dependence[] {
  const [ofA, ofB] = [roots(a), roots(b)];
  const quoting = quotes(ofA, b) ?? quotes(ofB, a);
  if (quoting !== undefined) return [quoting];
  const restsOnB = new Set([...ownNames(b), ...ofB.keys()]);
  const by = [...ownNames(a), ...ofA.keys()].filter((name) => name !== a.id && restsOnB.has(name)).sort()[0];
  return by === undefined ? [] : [{ code: "same-original", by }];
}

/** "Reuters reports" names a source, not a page: whoever rests on a source rests on all that it says here. */
function quotes(roots: Roots, other: Evidence): Dependence | undefined {
  const source = named(other.origin.source);
  const name = [...ownNames(other), ...(source === undefined ? [] : [source])].find((candidate) =>
    roots.has(candidate),
  );
  if (name === undefined) return undefined;
  const via = roots.get(name);
  return via === undefined ? { code: "quotes", by: name } : { code: "quotes-through", by: via };
}
