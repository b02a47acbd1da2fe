/**
 * One partition from many draws: the one whose pairs are expected to score best. A pair is worth joining where its
 * chance exceeds half of the F1 that can be had (Lewis 1995; Jansche 2007); short of that, joining costs.
 */
import { type Edge, merged, sizesOf } from "./linking-merge.ts";
import type { Together } from "./linking-sample.ts";
import { heldRange, isWithin, LOG_NEVER, type Setting, weightOf } from "./linking-state.ts";

export interface Decoded {
  /** A number for each row, the same for all rows of a cluster. */
  readonly of: Int32Array;
  /** Mean chance that a row shares an incident with those it was put with; for a row alone, that it stands alone. */
  readonly confidence01: Float64Array;
}

/** Pairs of less never pay for being joined, and are many. */
const LEAST_CHANCE = 0.1;
/** Counts against a cluster for every such pair. */
const NEVER_CHANCE = -2;
const ROUNDS = 2;
const LEAST_THRESHOLD = 0.25;
/** A little below the half that pairs want: B-cubed, which counts by report, gains more by joining. */
const THRESHOLD_SHARE = 0.45;

/** @param fixed by row: those of one number stay together and apart from others; -1: free */
export function decode(together: Together, setting: Setting, fixed?: Int32Array): Decoded {
  const edges = edgesOf(together, setting);
  let threshold = 0.5;
  let of = new Int32Array(0) as Int32Array;
  for (let round = 0; round < ROUNDS; round++) {
    of = merged({ edges, threshold, ...(fixed && { fixed }) });
    threshold = Math.max(LEAST_THRESHOLD, THRESHOLD_SHARE * expectedF1(edges, of));
  }
  expelFar(of, setting, fixed);
  return { of, confidence01: confidenceOf(edges, of, together) };
}

/** Held neighbours are not always held by both: the chance is then known from one side. */
function edgesOf({ counts, sweeps }: Together, { neighbours, table }: Setting): Edge[][] {
  const all = Array.from({ length: table.count }, () => new Map<number, number>());
  for (let i = 0; i < table.count; i++) {
    const [from, to] = heldRange(i, neighbours);
    for (let k = from; k < to; k++) {
      // A row of no kind may have been with the one and with the other: it does not bring the two together.
      const isNever = (neighbours.source[k] as number) <= LOG_NEVER;
      const chance = isNever ? NEVER_CHANCE : (counts[k] as number) / sweeps;
      if (chance < LEAST_CHANCE && !isNever) continue;
      const j = neighbours.others[k] as number;
      all[i]?.set(j, chance);
      all[j]?.set(i, chance);
    }
  }
  return all.map((row) => [...row].map(([to, chance]) => ({ to, chance })));
}

function expectedF1(edges: readonly (readonly Edge[])[], of: Int32Array): number {
  const sizes = sizesOf(of);
  let [hit, all, said] = [0, 0, 0];
  edges.forEach((row, i) => {
    said += (sizes.get(of[i] as number) ?? 1) - 1;
    for (const { to, chance } of row) {
      if (chance < 0) continue;
      all += chance;
      if (of[to] === of[i]) hit += chance;
    }
  });
  return all + said === 0 ? 1 : (2 * hit) / (all + said);
}

/** Each draw keeps to the extent of a kind; what several draws make together must too: who stands too far out stands alone. */
function expelFar(of: Int32Array, setting: Setting, fixed?: Int32Array): void {
  const rows = Map.groupBy(of.keys(), (i) => of[i] as number);
  const { xyzKm } = setting.table;
  let free = 2 * of.length;
  for (const members of rows.values()) {
    for (let isTidy = false; !isTidy && members.length > 1; ) {
      const centre = { weight: 0, x: 0, y: 0, z: 0 };
      for (const i of members) {
        const w = weightOf(setting, i);
        centre.weight += w;
        centre.x += w * (xyzKm[3 * i] as number);
        centre.y += w * (xyzKm[3 * i + 1] as number);
        centre.z += w * (xyzKm[3 * i + 2] as number);
      }
      const far = members.findIndex((i) => (fixed?.[i] ?? -1) === -1 && !isWithin(centre, i, setting));
      isTidy = far === -1;
      if (isTidy) continue;
      of[members[far] as number] = free++;
      members.splice(far, 1);
    }
  }
}

function confidenceOf(edges: readonly (readonly Edge[])[], of: Int32Array, { alone, sweeps }: Together): Float64Array {
  const sizes = sizesOf(of);
  return Float64Array.from(of, (key, i) => {
    const others = (sizes.get(key) ?? 1) - 1;
    if (others === 0) return (alone[i] as number) / sweeps;
    let sum = 0;
    for (const { to, chance } of edges[i] ?? []) if (of[to] === key) sum += Math.max(0, chance);
    return Math.min(1, sum / others);
  });
}
