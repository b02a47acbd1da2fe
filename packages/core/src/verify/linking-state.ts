/**
 * Clusters of rows under the model: an incident happens at a place and a step of time, at the local rate; its reports
 * scatter about the place normally and lag behind the time by the learnt delays; their number has the learnt
 * distribution. Place and time of the incident are integrated out, so that what a row adds to a cluster is exact.
 */
import type { ItemTable } from "./linking-items.ts";
import type { Errors } from "./linking-learn.ts";
import { HELD, type Neighbours, type Steps } from "./linking-pairs.ts";

/** Evidence against a pair from which it is taken as never of one incident: two kinds that nothing has in common. */
export const LOG_NEVER: number = Math.log(0.005);

export interface Cluster {
  readonly members: number[];
  /** Sum of weights (inverse variances), and of weighted places. */
  weight: number;
  x: number;
  y: number;
  z: number;
  /** Likelihood of the members' times, by step of the incident from `from` on; scaled to a sum of 1. */
  from: number;
  times: Float64Array;
}

export interface Setting {
  readonly table: ItemTable;
  readonly errors: Errors;
  readonly steps: Steps;
  /** Chance of a delay of fewer steps: from 0 to 1. */
  readonly delaySums: Float64Array;
  readonly neighbours: Neighbours;
  /** Logarithm of incidents per km2 and step round each row. */
  readonly logRate: Float64Array;
  /** Logarithm of what one more report does to a cluster of n: h(n+1)(n+1)/h(n); at 0: h(1). */
  readonly logGrow: Float64Array;
  /** How far from its incident's middle a row may stand: half the extent of its kind, and the errors. */
  readonly reachKm: Float64Array;
}

export function weightOf({ table, errors }: Setting, i: number): number {
  return 1 / (errors.sigmaKm ** 2 + (table.ownKm2[i] as number));
}

/** Chance of the row's time for an incident in a step. */
export function timeChance({ delaySums, steps }: Setting, i: number, step: number): number {
  const most = delaySums.length - 1;
  const before = (steps.first[i] as number) - step;
  const after = (steps.last[i] as number) - step + 1;
  if (after <= 0 || before >= most) return 0;
  return (delaySums[Math.min(most, after)] as number) - (delaySums[Math.max(0, before)] as number);
}

/** No report of an incident stands further from its middle than its kind allows. */
export function isWithin(cluster: Pick<Cluster, "weight" | "x" | "y" | "z">, i: number, setting: Setting): boolean {
  return distance2(cluster, i, setting) <= (setting.reachKm[i] as number) ** 2;
}

function distance2(
  { weight, x, y, z }: Pick<Cluster, "weight" | "x" | "y" | "z">,
  i: number,
  { table }: Setting,
): number {
  const dx = (table.xyzKm[3 * i] as number) - x / weight;
  const dy = (table.xyzKm[3 * i + 1] as number) - y / weight;
  const dz = (table.xyzKm[3 * i + 2] as number) - z / weight;
  return dx * dx + dy * dy + dz * dz;
}

export function emptyCluster(): Cluster {
  return { members: [], weight: 0, x: 0, y: 0, z: 0, from: 0, times: new Float64Array(0) };
}

export function addTo(cluster: Cluster, i: number, setting: Setting): void {
  const { table, steps, errors } = setting;
  const w = weightOf(setting, i);
  cluster.members.push(i);
  cluster.weight += w;
  cluster.x += w * (table.xyzKm[3 * i] as number);
  cluster.y += w * (table.xyzKm[3 * i + 1] as number);
  cluster.z += w * (table.xyzKm[3 * i + 2] as number);
  if (cluster.members.length === 1) {
    cluster.from = (steps.first[i] as number) - errors.delay.length + 1;
    cluster.times = new Float64Array((steps.last[i] as number) - cluster.from + 1).fill(1);
  }
  multiplyTimes(cluster, i, setting);
}

function multiplyTimes(cluster: Cluster, i: number, setting: Setting): void {
  const { times, from } = cluster;
  let sum = 0;
  for (let k = 0; k < times.length; k++) {
    times[k] = (times[k] as number) * timeChance(setting, i, from + k);
    sum += times[k] as number;
  }
  for (let k = 0; k < times.length; k++) times[k] = (times[k] as number) / sum;
}

export function removeFrom(cluster: Cluster, i: number, setting: Setting): void {
  const left = cluster.members.filter((member) => member !== i);
  cluster.members.length = 0;
  [cluster.weight, cluster.x, cluster.y, cluster.z] = [0, 0, 0, 0];
  for (const member of left) addTo(cluster, member, setting);
}

/** Logarithm of the likelihood of the row's place and time, given the cluster's. */
export function logJoin(cluster: Cluster, i: number, setting: Setting): number {
  const { logGrow } = setting;
  const { weight, times, from } = cluster;
  const d2 = distance2(cluster, i, setting);
  if (d2 > (setting.reachKm[i] as number) ** 2) return Number.NEGATIVE_INFINITY;
  const v = 1 / weightOf(setting, i) + 1 / weight;
  let chance = 0;
  for (let k = 0; k < times.length; k++) {
    if ((times[k] as number) > 0) chance += (times[k] as number) * timeChance(setting, i, from + k);
  }
  if (chance === 0) return Number.NEGATIVE_INFINITY;
  const grow = logGrow[Math.min(cluster.members.length, logGrow.length - 1)] as number;
  return grow + Math.log(chance) - Math.log(2 * Math.PI * v) - d2 / (2 * v);
}

/** Logarithm of the likelihood of the row as the first of an incident of its own. */
export function logAlone(i: number, { logRate, logGrow, steps }: Setting): number {
  return (
    (logRate[i] as number) +
    (logGrow[0] as number) +
    Math.log((steps.last[i] as number) - (steps.first[i] as number) + 1)
  );
}

export const heldRange = (i: number, { held }: Neighbours): [number, number] => [
  HELD * i,
  HELD * i + (held[i] as number),
];
