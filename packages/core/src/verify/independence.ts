/**
 * Which items of evidence count as more than one. Independence is computed from origin, quotes and text; where nobody
 * knows where an item comes from, it is not known to be independent of anything, and does not count.
 */
import type { Evidence } from "./evidence.ts";
import {
  byNameOf,
  type Dependence,
  hasProvenance,
  type Roots,
  rootsOf,
  sharedOrigin,
  sharedRoots,
} from "./independence-keys.ts";
import { largestApart } from "./independence-set.ts";
import { type Fingerprint, fingerprintOf, likenessOf } from "./similarity.ts";

/** `unknown`: of these of the two nobody knows the provenance; it counts as not independent. */
export type Standing =
  | { readonly code: "independent" }
  | { readonly code: "dependent"; readonly reasons: readonly Dependence[] }
  | { readonly code: "unknown"; readonly noProvenance: readonly string[]; readonly reasons: readonly Dependence[] };

/** How any two of the items stand to each other. All that is known goes in: a third may stand between two. */
export interface IndependenceJudge {
  between(a: Evidence, b: Evidence): Standing;
}

export function independenceJudge(known: readonly Evidence[]): IndependenceJudge {
  const byName = byNameOf(known);
  const roots = remembered((item: Evidence): Roots => rootsOf(item, byName));
  const prints = remembered((item: Evidence): Fingerprint => fingerprintOf(item.text ?? ""));
  return {
    between(a, b) {
      const reasons = [...sharedOrigin(a, b), ...sharedRoots(a, b, roots), ...sharedText(prints(a), prints(b))];
      const noProvenance = [a, b].filter((item) => !hasProvenance(item)).map(({ id }) => id);
      if (noProvenance.length > 0) return { code: "unknown", noProvenance, reasons };
      return reasons.length > 0 ? { code: "dependent", reasons } : { code: "independent" };
    },
  };
}

/** What a page shows of a set: what counts, and of everything else why it does not. */
export interface IndependentSet {
  /** The largest number of items, each independent of each other. */
  readonly count: number;
  /** `exact`, or the number lies between `count` and `atMost`: the set is too tangled to search through. */
  readonly bound: { readonly code: "exact" } | { readonly code: "lower"; readonly atMost: number };
  /** Ids of one such set, in the items' order. */
  readonly counted: readonly string[];
  /** Every other item: on which counted ones it depends, or that its provenance is unknown. */
  readonly notCounted: readonly NotCounted[];
}

export type NotCounted =
  | { readonly id: string; readonly code: "no-provenance" }
  /** A party says so in its own cause: that is a claim to be tested, and no witness. */
  | { readonly id: string; readonly code: "interested" }
  | {
      readonly id: string;
      readonly code: "dependent";
      /** Counted items that it is not independent of, and why. */
      readonly on: readonly { readonly id: string; readonly reasons: readonly Dependence[] }[];
    };

/**
 * The largest set of mutually independent items; the same whatever their order. `known`: everything else that is known,
 * so that quotes can be followed through it.
 */
export function largestIndependentSet(items: readonly Evidence[], known: readonly Evidence[] = []): IndependentSet {
  const inOrder = [...items].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const judge = independenceJudge([...inOrder, ...known]);
  const nodes = firstOfTwins(inOrder.filter(hasProvenance));
  const { chosen, atMost } = largestApart(nodes.length, (i, j) => {
    return judge.between(nodes[i] as Evidence, nodes[j] as Evidence).code !== "independent";
  });
  const counted = new Set(chosen.map((i) => (nodes[i] as Evidence).id));
  const kept = chosen.map((i) => nodes[i] as Evidence);
  const seen = new Set<string>();
  const notCounted = items.flatMap((item): NotCounted[] => {
    const isKept = counted.has(item.id) && !seen.has(item.id);
    seen.add(item.id);
    if (isKept) return [];
    if (!hasProvenance(item)) return [{ id: item.id, code: "no-provenance" }];
    return [{ id: item.id, code: "dependent", on: reasonsAgainst(item, kept, judge) }];
  });
  return {
    count: chosen.length,
    bound: atMost === chosen.length ? { code: "exact" } : { code: "lower", atMost },
    counted: [...seen].filter((id) => counted.has(id)),
    notCounted,
  };
}

/** A pass's thousand pixels stand alike to everything, and to each other as one: the first speaks for all. */
function firstOfTwins(items: readonly Evidence[]): Evidence[] {
  const seen = new Set<string>();
  return items.filter(({ origin: { source, operator, sensor, original, quotes = [] }, text = "", id }) => {
    const isBare = original === undefined && quotes.length === 0 && text === "";
    const key = isBare ? JSON.stringify([source, operator, sensor]) : id;
    const isFirst = !seen.has(key);
    seen.add(key);
    return isFirst;
  });
}

function reasonsAgainst(item: Evidence, kept: readonly Evidence[], judge: IndependenceJudge) {
  return kept.flatMap((other) => {
    const standing = judge.between(item, other);
    return standing.code === "dependent" ? [{ id: other.id, reasons: standing.reasons }] : [];
  });
}

function sharedText(a: Fingerprint, b: Fingerprint): Dependence[] {
  const likeness = likenessOf(a, b);
  switch (likeness?.code) {
    case undefined:
      return [];
    case "identical":
      return [{ code: "identical-text" }];
    case "near-identical":
      return [{ code: "near-identical-text", share01: likeness.share01 }];
    case "holds":
    case "held":
      return [{ code: "contains-text", share01: likeness.share01 }];
  }
}

/** Each item's answer is worked out once; items are held weakly, by identity. */
function remembered<T>(of: (item: Evidence) => T): (item: Evidence) => T {
  const held = new WeakMap<Evidence, T>();
  return (item) => {
    const known = held.get(item);
    if (known !== undefined) return known;
    const made = of(item);
    held.set(item, made);
    return made;
  };
}
