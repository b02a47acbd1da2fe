/** Sums over the runs of a campaign: as much room for a thousand runs as for one. */

import { NO_CLOCKS } from "../headquarters/clocks.ts";
import { NO_REQUESTS } from "../headquarters/collection.ts";
import { addedSatellites, NO_SATELLITES } from "../satellites/score.ts";
import { addedCalibration, NO_CALIBRATION } from "./calibration.ts";
import type { Score } from "./score.ts";
import { addedSpent, NOTHING_SPENT } from "./spent.ts";
import type { Row } from "./terms.ts";

/** All of a run's score but its name. */
export type Total = Omit<Score, "seed" | "hash" | "events">;

export const NO_TOTAL: Total = {
  rows: [],
  spent: NOTHING_SPENT,
  incidents: 0,
  duplicates: 0,
  duplicatesVerified: 0,
  verifiedIncidents: 0,
  wronglyVerified: 0,
  reports: 0,
  falseReports: 0,
  claims: 0,
  calibration: NO_CALIBRATION,
  clocks: NO_CLOCKS,
  requests: NO_REQUESTS,
  satellites: NO_SATELLITES,
  missed: [],
  firstSeen: {},
  days: 0,
};

/** One more run. Add them in the order of their numbers. */
export function added(total: Total, score: Total): Total {
  return {
    rows: mergedRows(total.rows, score.rows),
    spent: addedSpent(total.spent, score.spent),
    incidents: total.incidents + score.incidents,
    duplicates: total.duplicates + score.duplicates,
    duplicatesVerified: total.duplicatesVerified + score.duplicatesVerified,
    verifiedIncidents: total.verifiedIncidents + score.verifiedIncidents,
    wronglyVerified: total.wronglyVerified + score.wronglyVerified,
    reports: total.reports + score.reports,
    falseReports: total.falseReports + score.falseReports,
    claims: total.claims + score.claims,
    calibration: addedCalibration(total.calibration, score.calibration),
    clocks: addedCounts(total.clocks, score.clocks),
    requests: addedCounts(total.requests, score.requests),
    satellites: addedSatellites(total.satellites, score.satellites),
    missed: sums(total.missed, score.missed),
    firstSeen: addedCounts(total.firstSeen, score.firstSeen),
    days: total.days + score.days,
  };
}

/** By name; a name that one of the two lacks counts as 0 there. */
function addedCounts<T extends object>(a: T, b: T): T {
  const sum = { ...a } as Record<string, number>;
  for (const [name, count] of Object.entries(b) as [string, number][]) sum[name] = (sum[name] ?? 0) + count;
  return sum as T;
}

export const sums = (a: readonly number[], b: readonly number[]): number[] => b.map((value, i) => value + (a[i] ?? 0));

function mergedRows(a: readonly Row[], b: readonly Row[]): Row[] {
  const rows = new Map(a.map((row) => [`${row.class}/${row.area}`, row]));
  for (const row of b) {
    const key = `${row.class}/${row.area}`;
    const known = rows.get(key);
    rows.set(key, known === undefined ? row : mergedRow(known, row));
  }
  return [...rows.values()].sort((x, y) => (`${x.class}/${x.area}` < `${y.class}/${y.area}` ? -1 : 1));
}

const mergedRow = (a: Row, b: Row): Row => ({
  class: b.class,
  area: b.area,
  counted: sums(a.counted, b.counted),
  verified: sums(a.verified, b.verified),
  seenBy: sums(a.seenBy, b.seenBy),
  verifiedBy: sums(a.verifiedBy, b.verifiedBy),
  funnel: sums(a.funnel, b.funnel),
  unseen: sums(a.unseen, b.unseen),
});
