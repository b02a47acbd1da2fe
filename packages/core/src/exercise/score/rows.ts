/** Breaches by class and area: how many counted, how far they came, how soon, and what stood in the way of those that nobody saw. */
import type { Exercise } from "../exercise.ts";
import type { TruthKind } from "../truth/truth.ts";
import { TALLY_LENGTH } from "../watch/sights.ts";
import type { Fates } from "./fates.ts";
import { CURVE_HOURS, FUNNEL, HEADLINE_HOURS, type Row } from "./terms.ts";

const MS_PER_HOUR = 3_600_000;
const WITHIN_MS = HEADLINE_HOURS[0] * MS_PER_HOUR;

type Filling = { -readonly [K in keyof Row]: Row[K] extends readonly number[] ? number[] : Row[K] };

export function rowsOf(run: Exercise, fates: Fates): Row[] {
  const { truth } = run.world;
  const { furthest } = run.senses.sights;
  const rows = new Map<string, Filling>();
  for (let i = 0; i < truth.tMs.length; i++) {
    const kind = truth.kinds[truth.kind[i] as number] as TruthKind;
    const begun = truth.tMs[i] as number;
    if (!kind.isBreach || begun >= run.nowMs) continue;
    const row = rowAt(rows, kind.class, truth.areas[truth.area[i] as number] as string);
    const verifiedMs = (fates.verifiedMs[i] as number) - begun;
    for (const [k, hours] of HEADLINE_HOURS.entries()) {
      if (begun + hours * MS_PER_HOUR > run.nowMs) continue;
      count(row.counted, k);
      if (verifiedMs <= hours * MS_PER_HOUR) count(row.verified, k);
    }
    if (begun + WITHIN_MS > run.nowMs) continue;
    const seenMs = (fates.seenMs[i] as number) - begun;
    for (const [k, hours] of CURVE_HOURS.entries()) {
      if (seenMs <= hours * MS_PER_HOUR) count(row.seenBy, k);
      if (verifiedMs <= hours * MS_PER_HOUR) count(row.verifiedBy, k);
    }
    for (const [k, at] of stationsOf(fates, i, begun).entries()) if (at - begun <= WITHIN_MS) count(row.funnel, k);
    if (seenMs > WITHIN_MS) count(row.unseen, furthest[i] as number);
  }
  return [...rows.values()].sort((a, b) => (`${a.class}/${a.area}` < `${b.class}/${b.area}` ? -1 : 1));
}

const stationsOf = (fates: Fates, i: number, begun: number): number[] => [
  begun,
  fates.seenMs[i] as number,
  fates.receivedMs[i] as number,
  fates.readMs[i] as number,
  fates.corroboratedMs[i] as number,
  fates.verifiedMs[i] as number,
];

function count(counts: number[], k: number): void {
  counts[k] = (counts[k] as number) + 1;
}

function rowAt(rows: Map<string, Filling>, name: string, area: string): Filling {
  const key = `${name}/${area}`;
  const known = rows.get(key);
  if (known !== undefined) return known;
  const none = (length: number): number[] => new Array<number>(length).fill(0);
  const row: Filling = {
    class: name,
    area,
    counted: none(HEADLINE_HOURS.length),
    verified: none(HEADLINE_HOURS.length),
    seenBy: none(CURVE_HOURS.length),
    verifiedBy: none(CURVE_HOURS.length),
    funnel: none(FUNNEL.length),
    unseen: none(TALLY_LENGTH),
  };
  rows.set(key, row);
  return row;
}
