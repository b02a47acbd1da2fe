/** What a run was worth, by the truth: how many breaches were verified, how soon, where the time went, and what was verified that never was. */

import type { Exercise } from "../exercise.ts";
import type { ClockScore } from "../headquarters/clocks.ts";
import type { RequestScore } from "../headquarters/collection.ts";
import { NO_SATELLITES, type SatelliteCounts } from "../satellites/score.ts";
import type { Truth } from "../truth/truth.ts";
import { calibrationOf } from "./calibration.ts";
import { causesOf, claimsIn, fatesOf, ownWitnesses } from "./fates.ts";
import { firstSeenBy } from "./first-seen.ts";
import { rowsOf } from "./rows.ts";
import { spentOf } from "./spent.ts";
import type { CalibrationBins, Row, Spent } from "./terms.ts";

export { CURVE_HOURS, FUNNEL, HEADLINE_HOURS, type Row, STAGES } from "./terms.ts";

export interface Score {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly rows: readonly Row[];
  readonly spent: Spent;
  readonly incidents: number;
  /** Of all incidents, those all of whose causes an earlier one holds already; and of those, the verified. */
  readonly duplicates: number;
  readonly duplicatesVerified: number;
  /** Verified incidents, and those of them none of whose own witnesses saw anything real. */
  readonly verifiedIncidents: number;
  readonly wronglyVerified: number;
  readonly reports: number;
  readonly falseReports: number;
  readonly claims: number;
  readonly calibration: readonly CalibrationBins[];
  readonly clocks: ClockScore;
  readonly requests: RequestScore;
  readonly satellites: SatelliteCounts;
  /** Looks that saw nothing, by reason. */
  readonly missed: readonly number[];
  /** Breaches by the group that saw them first, within 24 h. */
  readonly firstSeen: Readonly<Record<string, number>>;
  readonly days: number;
}

export function scoreOf(run: Exercise): Score {
  const claims = claimsIn(run);
  const fates = fatesOf(run, claims);
  const reports = run.senses.reports.rows;
  let falseReports = 0;
  for (let i = 0; i < reports.length; i++) if ((reports.columns.cause[i] as number) < 0) falseReports++;
  return {
    seed: run.seed,
    hash: run.headquarters.log.hash,
    events: run.headquarters.log.count,
    rows: rowsOf(run, fates),
    spent: spentOf(run, fates),
    ...incidentsOf(run, claims),
    reports: reports.length,
    falseReports,
    claims: claims.size,
    calibration: calibrationOf(run, claims),
    clocks: run.headquarters.clockScore(run.nowMs),
    requests: run.headquarters.collection.score(run.nowMs),
    satellites: run.satellites?.counts ?? NO_SATELLITES,
    missed: [...run.senses.sights.tally],
    firstSeen: firstSeenBy(run),
    days: (run.nowMs - run.scene.startMs) / 86_400_000,
  };
}

type Incidents = Pick<
  Score,
  "incidents" | "duplicates" | "duplicatesVerified" | "verifiedIncidents" | "wronglyVerified"
>;

const isBreach = ({ kinds, kind }: Truth, row: number): boolean => kinds[kind[row] as number]?.isBreach === true;

/** In the order in which they were opened. */
function incidentsOf(run: Exercise, claims: ReadonlySet<string>): Incidents {
  const held = new Set<number>();
  let [incidents, duplicates, duplicatesVerified, verifiedIncidents, wronglyVerified] = [0, 0, 0, 0, 0];
  for (const incident of run.headquarters.desk.incidents.values()) {
    const isVerified = incident.since.verified !== undefined;
    const causes = ownWitnesses(incident, claims).flatMap((item) => causesOf(run, item));
    const isAgain = causes.length > 0 && causes.every((row) => held.has(row));
    for (const row of causes) held.add(row);
    incidents++;
    if (isAgain) duplicates++;
    if (isVerified) verifiedIncidents++;
    if (isVerified && isAgain) duplicatesVerified++;
    if (isVerified && !causes.some((row) => isBreach(run.world.truth, row))) wronglyVerified++;
  }
  return { incidents, duplicates, duplicatesVerified, verifiedIncidents, wronglyVerified };
}
