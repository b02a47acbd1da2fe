/** What the runs of one network say, as the result's JSON has it. */

import { LOOK_COUNTS } from "@vedette/core/exercise/satellites/score";
import { fitOf } from "@vedette/core/exercise/score/calibration";
import {
  headlineOf,
  ofClass,
  type RunLine,
  type Total,
  wronglyVerifiedOf,
} from "@vedette/core/exercise/score/campaign";
import { HEADLINE_HOURS, type Row, STAGES } from "@vedette/core/exercise/score/score";
import { spentQuantileH } from "@vedette/core/exercise/score/spent";
import { MISSED, UNKNOWN } from "@vedette/core/exercise/watch/sights";
import { REASONS } from "@vedette/core/sense/look";
import type {
  Calibration,
  NamedCount,
  NetworkOutcome,
  ShareWithin,
  Tally,
} from "@vedette/wire/exercise-result-network";
import type { NetworkResult } from "../monte-carlo.ts";
import { LARGER, largerAmong, ofClasses } from "./larger.ts";

/** What is not a number is unknown. */
export const known = (value: number): number | null => (Number.isFinite(value) ? value : null);
const sumOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

export function outcomeOf(
  { title, total, lines, failed }: NetworkResult,
  variant: string | null,
  z: number,
): NetworkOutcome {
  const wrongly = wronglyVerifiedOf(lines, z);
  return {
    title,
    variant,
    headline: sharesOf(lines, z),
    classes: classesOf(lines, total, z),
    rows: total.rows.map(({ class: name, area, counted, verified, seenBy, verifiedBy }) => {
      return {
        class: name,
        area,
        counted: [...counted],
        verified: [...verified],
        seenBy: [...seenBy],
        verifiedBy: [...verifiedBy],
      };
    }),
    funnel: funnelOf(total.rows),
    firstSeen: byCount(Object.entries(total.firstSeen)),
    stages: stagesOf(total),
    missedLooks: byCount(Array.from(total.missed, (count, why) => [reasonText(why), count])),
    missedBreaches: unseenOf(total),
    perDay: perDayOf(total),
    wronglyVerified01: { ...wrongly, estimate: known(wrongly.estimate) },
    calibration: calibrationOf(total),
    clocks: clocksOf(total),
    requests: requestsOf(total),
    satellites: satellitesOf(total),
    days: total.days,
    runs: lines.map(({ run, seed, hash, counted, verified, wronglyVerified }) => {
      return { run, seed, hash, counted: [...counted], verified: [...verified], wronglyVerified };
    }),
    failed: failed.map(({ run, seed, message }) => ({ run, seed, message })),
  };
}

function sharesOf(lines: readonly RunLine[], z: number): ShareWithin[] {
  return HEADLINE_HOURS.map((hours, k) => {
    const { estimate, low, high } = headlineOf(lines, k, z);
    const count = (of: (line: RunLine) => readonly number[]): number =>
      sumOf(lines.map((line) => of(line)[k] as number));
    return {
      hours,
      estimate: known(estimate),
      low,
      high,
      counted: count(({ counted }) => counted),
      verified: count(({ verified }) => verified),
    };
  });
}

function classesOf(lines: readonly RunLine[], { rows }: Total, z: number): NetworkOutcome["classes"] {
  const names = [...new Set(rows.map((row) => row.class))];
  const classes = names.map((name) => {
    const [began = 0, seen = Number.NaN] = funnelOf(rows.filter((row) => row.class === name));
    return { class: name, seen01: known(seen / began), headline: sharesOf(ofClass(lines, name), z) };
  });
  // The commonest first; after them those that are rare, together.
  const sorted = classes.sort((a, b) => (b.headline[0]?.counted ?? 0) - (a.headline[0]?.counted ?? 0));
  const larger = largerAmong(names);
  if (larger.length === 0) return sorted;
  const [began = 0, seen = Number.NaN] = funnelOf(rows.filter((row) => larger.includes(row.class)));
  return [...sorted, { class: LARGER, seen01: known(seen / began), headline: sharesOf(ofClasses(lines, larger), z) }];
}

const funnelOf = (rows: readonly Row[]): number[] =>
  (rows[0]?.funnel ?? []).map((_, k) => sumOf(rows.map(({ funnel }) => funnel[k] as number)));

function byCount(entries: readonly (readonly [name: string, count: number])[]): NamedCount[] {
  return entries
    .filter(([, count]) => count > 0)
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

export const reasonText = (why: number): string =>
  why === MISSED ? "looked and missed" : why === UNKNOWN ? "unknown ground" : (REASONS[why] ?? "") || "no look at all";

function unseenOf({ rows }: Total): NetworkOutcome["missedBreaches"] {
  const counts = new Map<string, { class: string; reason: string; count: number }>();
  for (const { class: name, unseen } of rows) {
    unseen.forEach((count, why) => {
      if (count === 0) return;
      const key = `${name}/${why}`;
      const own = counts.get(key) ?? { class: name, reason: reasonText(why), count: 0 };
      counts.set(key, { ...own, count: own.count + count });
    });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.class + a.reason < b.class + b.reason ? -1 : 1));
}

function stagesOf({ spent }: Total): NetworkOutcome["stages"] {
  return STAGES.map((stage) => {
    const own = spent[stage];
    const quantile = (share01: number): number | null => known(spentQuantileH(own, share01));
    return {
      stage,
      count: own.count,
      meanH: known(own.hours / own.count),
      workH: known(own.workHours / own.count),
      p10H: quantile(0.1),
      p50H: quantile(0.5),
      p90H: quantile(0.9),
    };
  });
}

function perDayOf(total: Total): NetworkOutcome["perDay"] {
  const perDay = (count: number): number | null => known(count / total.days);
  return {
    reports: perDay(total.reports),
    falseReports: perDay(total.falseReports),
    claims: perDay(total.claims),
    incidents: perDay(total.incidents),
    duplicates: perDay(total.duplicates),
    verifiedIncidents: perDay(total.verifiedIncidents),
    duplicatesVerified: perDay(total.duplicatesVerified),
    wronglyVerified: perDay(total.wronglyVerified),
  };
}

function calibrationOf({ calibration }: Total): Calibration[] {
  return calibration.map((bins) => {
    const n = bins.count.length;
    const { brier, slope, count } = fitOf(bins);
    return {
      moment: bins.moment,
      count,
      brier: known(brier),
      slope: known(slope),
      bins: bins.count.map((own, k) => ({
        from01: k / n,
        to01: (k + 1) / n,
        count: own,
        mean01: known((bins.sum01[k] as number) / own),
        sound: bins.sound[k] as number,
        real: bins.real[k] as number,
      })),
    };
  });
}

function clocksOf({ clocks }: Total): Tally {
  return [
    { name: "clocks started", value: clocks.started },
    { name: "met in time", value: clocks.met },
    { name: "overrun", value: clocks.overrun },
    { name: "stopped otherwise, or still running", value: clocks.other },
    { name: "left on the clock where it was met, mean", value: known(clocks.marginHours / clocks.met), unit: "h" },
    { name: "notices drafted", value: clocks.noticesDrafted },
    { name: "notices signed", value: clocks.noticesSigned },
  ];
}

function requestsOf({ requests }: Total): Tally {
  return [
    { name: "requests to look, asked", value: requests.asked },
    { name: "answered", value: requests.answered },
    { name: "answered in time", value: requests.inTime },
    { name: "lapsed", value: requests.lapsed },
    { name: "from asking to the answer, mean", value: known(requests.hours / requests.answered), unit: "h" },
  ];
}

const LOOK_WORDS: Readonly<Record<(typeof LOOK_COUNTS)[number], string>> = {
  accessible: "looks that could have been taken",
  taken: "taken",
  delivered: "taken and come down",
  unwanted: "not taken: nobody asked, or somebody had just looked",
  pointing: "not taken: pointed elsewhere",
  duty: "not taken: time of work used up",
  memory: "not taken: memory full",
  others: "not taken: the pass was others’",
  "out-of-order": "not taken: out of order",
};

/** A look is one at one place: a strip over ten places is ten. */
const satellitesOf = ({ satellites }: Total): Tally =>
  LOOK_COUNTS.map((name) => ({ name: LOOK_WORDS[name], value: satellites[name] }));
