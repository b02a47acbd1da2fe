/**
 * What could be had: the same search with all that the teller knows. True errors, delays and sizes, the true density of
 * incidents, and texts read perfectly; begun at the truth. Where every position tells nothing the draws leave the truth
 * slowly, and the bound is then above what anybody can reach.
 */

import { instant, MS_PER_DAY } from "../../time/instant.ts";
import { decode } from "../../verify/linking-decode.ts";
import { type Fit, settingOf } from "../../verify/linking-fit.ts";
import { itemTable, type LinkItem } from "../../verify/linking-items.ts";
import type { PairEvidence } from "../../verify/linking-pairs.ts";
import { countTogether, noneTogether, partitionOf, sweep } from "../../verify/linking-sample.ts";
import type { Told, ToldIncident, ToldReport, ToldWorld } from "./world.ts";

const MOST_REPORTS = 12;
const [BURN, DRAWS] = [30, 60];
/** Of one incident or not, as good as sure. */
const SURE = 9;

/**
 * Partition by report; `undefined` where delays are not whole days, for which no closed form is kept.
 *
 * @param villages settlements that are no cities
 */
export function boundOf(world: ToldWorld, { reports, incidents }: Told, villages: number): Int32Array | undefined {
  const delay = delayOf(world);
  if (delay === undefined) return undefined;
  const table = itemTable(reports);
  const truth = Int32Array.from(table.at, (i) => (reports[i] as ToldReport).incident);
  const evidence = perfect(
    world,
    Array.from(table.at, (i) => reports[i] as ToldReport),
  );
  const fit: Fit = {
    model: { sigmaKm: sigmaOf(world), stepMs: MS_PER_DAY, delay, mates: 7.3, sizes: new Float64Array(67) },
    evidence,
    places: { xyzKm: itemTable(incidents.map((one, i) => itemOfPlace(one, i))).xyzKm, each: 1 },
  };
  const setting = {
    ...settingOf(table, fit),
    logGrow: trueGrowth(),
    ...trueRates(world, { truth, incidents, villages }),
  };
  const partition = partitionOf(truth, setting);
  let together = noneTogether(setting);
  for (let s = 1; s <= BURN + DRAWS; s++) {
    sweep(partition, setting, s);
    if (s > BURN) together = countTogether(partition, together, setting);
  }
  const { of } = decode(together, setting);
  const given = new Int32Array(reports.length);
  table.at.forEach((i, row) => {
    given[i] = of[row] as number;
  });
  return given;
}

function delayOf({ delay, timed }: ToldWorld): Float64Array | undefined {
  if (timed || delay === "hours") return undefined;
  return Float64Array.from(delay === "none" ? [1] : delay === "days" ? [1 / 3, 1 / 3, 1 / 3] : [0.5, 0.25, 0.25]);
}

/** Of the normal error of the same mean square. */
function sigmaOf({ error: { shape, km } }: ToldWorld): number {
  return shape === "normal" ? km : shape === "radial" ? km / Math.SQRT2 : km / 2;
}

function perfect({ half, once }: ToldWorld, rows: readonly ToldReport[]): PairEvidence {
  const said = (i: number, j: number, what: (a: ToldReport, b: ToldReport) => number): number =>
    what(rows[i] as ToldReport, rows[j] as ToldReport);
  return {
    words: (i, j) =>
      said(i, j, (a, b) => {
        if (a.text === undefined || b.text === undefined) return Number.NaN;
        return a.incident === b.incident ? SURE : -SURE;
      }),
    source: (i, j) => said(i, j, (a, b) => (!once ? Number.NaN : a.source === b.source ? -SURE : 0.087)),
    form: (i, j) =>
      said(i, j, (a, b) =>
        half === "incidents" && (a.text === undefined) !== (b.text === undefined) ? -SURE : Number.NaN,
      ),
  };
}

/** 1 to 12, each as likely: h(n+1)(n+1)/h(n) is n + 1, and nothing is larger. */
function trueGrowth(): Float64Array {
  return Float64Array.from({ length: 65 }, (_, n) =>
    n === 0 ? -Math.log(MOST_REPORTS) : n < MOST_REPORTS ? Math.log(n + 1) : -50,
  );
}

interface Density {
  readonly truth: Int32Array;
  readonly incidents: readonly ToldIncident[];
  readonly villages: number;
}

/** A point of a settlement is as dense as the error about it makes it; elsewhere the incidents themselves say it. */
function trueRates(world: ToldWorld, { truth, incidents, villages }: Density): { readonly logRate?: Float64Array } {
  const { perDay, cityShare, cities, extent, error } = world;
  if (extent.shape !== "disc") return {};
  const city = (perDay * cityShare) / cities / (Math.PI * extent.km ** 2);
  const village = (perDay * (1 - cityShare)) / villages / (4 * Math.PI * error.km ** 2);
  return { logRate: Float64Array.from(truth, (k) => Math.log((incidents[k] as ToldIncident).isCity ? city : village)) };
}

const itemOfPlace = ({ where }: ToldIncident, i: number): LinkItem => ({
  id: String(i),
  where,
  when: { start: instant(0), end: instant(MS_PER_DAY) },
});
