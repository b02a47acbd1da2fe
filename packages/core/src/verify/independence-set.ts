/** The largest set of nodes no two of which conflict: a maximum independent set, by branch and bound. */

/** Steps of the search in one component after which its best so far stands as a lower bound. */
const STEP_LIMIT = 50_000;

export interface Apart {
  /** Nodes, ascending. */
  readonly chosen: readonly number[];
  /** No set is larger: equals the number chosen where the search came to its end. */
  readonly atMost: number;
}

/**
 * Exact while the search ends within its limit (always below about 40 nodes of a component; far beyond where conflicts
 * come in cliques, as those of origin do); else a lower and an upper bound. Of equal sets, the one that comes first.
 */
export function largestApart(count: number, conflicts: (i: number, j: number) => boolean): Apart {
  const neighbours = Array.from({ length: count }, () => new Set<number>());
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      if (!conflicts(i, j)) continue;
      neighbours[i]?.add(j);
      neighbours[j]?.add(i);
    }
  }
  const found = componentsOf(neighbours).map((nodes) => searched(nodes, neighbours));
  return {
    chosen: found.flatMap(({ chosen }) => chosen).sort((a, b) => a - b),
    atMost: found.reduce((sum, { atMost }) => sum + atMost, 0),
  };
}

function componentsOf(neighbours: readonly ReadonlySet<number>[]): number[][] {
  const seen = new Set<number>();
  return neighbours.flatMap((_, start) => {
    if (seen.has(start)) return [];
    seen.add(start);
    const component = [start];
    for (const node of component) {
      for (const next of neighbours[node] ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        component.push(next);
      }
    }
    return [component.sort((a, b) => a - b)];
  });
}

type Graph = readonly ReadonlySet<number>[];

/** Branches on the node of most conflicts; a node of at most one is always as good in the set as out of it. */
function searched(nodes: readonly number[], neighbours: Graph): Apart {
  let best: readonly number[] = [];
  let steps = 0;
  const visit = (left: ReadonlySet<number>, taken: readonly number[]): void => {
    steps++;
    if (steps > STEP_LIMIT || taken.length + cliqueCover(left, neighbours) <= best.length) return;
    const pick = pickOf(left, neighbours);
    if (pick === undefined) {
      if (taken.length > best.length) best = taken;
      return;
    }
    visit(without(left, pick.node, neighbours), [...taken, pick.node]);
    if (pick.conflicts <= 1) return;
    const rest = new Set(left);
    rest.delete(pick.node);
    visit(rest, taken);
  };
  const all = new Set(nodes);
  best = greedy(all, neighbours);
  visit(all, []);
  const chosen = [...best].sort((a, b) => a - b);
  return { chosen, atMost: steps > STEP_LIMIT ? cliqueCover(all, neighbours) : chosen.length };
}

function without(left: ReadonlySet<number>, node: number, neighbours: Graph): Set<number> {
  const rest = new Set<number>();
  for (const other of left) if (other !== node && !neighbours[node]?.has(other)) rest.add(other);
  return rest;
}

const degree = (node: number, left: ReadonlySet<number>, neighbours: Graph): number => {
  let conflicts = 0;
  for (const other of neighbours[node] as ReadonlySet<number>) if (left.has(other)) conflicts++;
  return conflicts;
};

/** A node of at most one conflict, if any; else the one of most. */
function pickOf(left: ReadonlySet<number>, neighbours: Graph): { node: number; conflicts: number } | undefined {
  let pick: { node: number; conflicts: number } | undefined;
  for (const node of left) {
    const conflicts = degree(node, left, neighbours);
    if (conflicts <= 1) return { node, conflicts };
    if (pick === undefined || conflicts > pick.conflicts) pick = { node, conflicts };
  }
  return pick;
}

/** Takes the node of fewest conflicts again and again. */
function greedy(nodes: ReadonlySet<number>, neighbours: Graph): number[] {
  const taken: number[] = [];
  let left: ReadonlySet<number> = nodes;
  while (left.size > 0) {
    let [least, node] = [Number.POSITIVE_INFINITY, -1];
    for (const candidate of left) {
      const conflicts = degree(candidate, left, neighbours);
      if (conflicts < least) [least, node] = [conflicts, candidate];
    }
    taken.push(node);
    left = without(left, node, neighbours);
  }
  return taken;
}

/** Cliques that cover the nodes: of each, a set can hold one node at most. */
function cliqueCover(left: ReadonlySet<number>, neighbours: Graph): number {
  const cliques: number[][] = [];
  for (const node of left) {
    const home = cliques.find((clique) => clique.every((other) => neighbours[node]?.has(other)));
    if (home === undefined) cliques.push([node]);
    else home.push(node);
  }
  return cliques.length;
}
