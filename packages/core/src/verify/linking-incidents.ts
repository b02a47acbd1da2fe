/** What a cluster of items says of its incident: where, when, and of what kind. */
import { type Interval, instant } from "../time/instant.ts";
import type { LinkModel } from "./linking-fit.ts";
import type { ItemTable } from "./linking-items.ts";

export interface LinkedIncident {
  /** Positions in the items given, earliest first. */
  readonly members: readonly number[];
  /** Weighted mean of its items' places; the true one is within `radiusKm` in 95 of 100 cases. */
  readonly where: { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly radiusKm: number };
  /** It happened somewhere in it: before the first of its reports ended, and no longer before the last than reports lag. */
  readonly when: Interval;
  /** The commonest kind that its items name; `unknown` where none does. */
  readonly kind: string;
}

const DEG = 180 / Math.PI;
const RADIUS_SIGMAS = Math.sqrt(-2 * Math.log(0.05));

export function incidentsOf(
  table: ItemTable,
  of: Int32Array,
  model: LinkModel,
): { readonly incidents: LinkedIncident[]; readonly incidentOf: Int32Array } {
  const rows = new Map<number, number[]>();
  of.forEach((key, row) => {
    const held = rows.get(key);
    if (held === undefined) rows.set(key, [row]);
    else held.push(row);
  });
  const incidentOf = new Int32Array(of.length);
  const incidents = [...rows.values()].map((members, k) => {
    for (const row of members) incidentOf[row] = k;
    return incidentOfRows(members, table, model);
  });
  return { incidents, incidentOf };
}

function incidentOfRows(rows: readonly number[], table: ItemTable, model: LinkModel): LinkedIncident {
  let [weight, x, y, z] = [0, 0, 0, 0];
  for (const row of rows) {
    const w = 1 / (model.sigmaKm ** 2 + (table.ownKm2[row] as number));
    weight += w;
    x += w * (table.xyzKm[3 * row] as number);
    y += w * (table.xyzKm[3 * row + 1] as number);
    z += w * (table.xyzKm[3 * row + 2] as number);
  }
  return {
    members: rows.map((row) => table.at[row] as number),
    where: {
      latitudeDeg: Math.atan2(z, Math.hypot(x, y)) * DEG,
      longitudeDeg: Math.atan2(y, x) * DEG,
      radiusKm: RADIUS_SIGMAS / Math.sqrt(weight),
    },
    when: timeOf(rows, table, model),
    kind: kindOf(rows, table),
  };
}

function timeOf(rows: readonly number[], { startMs, endMs }: ItemTable, { delay, stepMs }: LinkModel): Interval {
  let [firstEnd, firstStart, lastStart] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const row of rows) {
    firstEnd = Math.min(firstEnd, endMs[row] as number);
    firstStart = Math.min(firstStart, startMs[row] as number);
    lastStart = Math.max(lastStart, startMs[row] as number);
  }
  return {
    start: instant(Math.min(firstStart, lastStart - (delay.length - 1) * stepMs)),
    end: instant(Math.max(firstEnd, firstStart + 1)),
  };
}

function kindOf(rows: readonly number[], { items }: ItemTable): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const kind = items[row]?.kind;
    if (kind !== undefined && kind !== "unknown") counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const order = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return order[0]?.[0] ?? "unknown";
}
