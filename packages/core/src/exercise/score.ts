/** What a run was worth, by the truth: how many breaches were verified, how soon, where the time went, and what was verified that never was. */
import type { Incident } from "../verify/incident.ts";
import type { Exercise } from "./exercise.ts";
import { firstSeenBy } from "./first-seen.ts";
import type { Passage, Reading } from "./headquarters.ts";
import type { Truth, TruthKind } from "./truth.ts";

/** Hours within which the headline asks for verification. */
export const HEADLINE_HOURS = [24, 72] as const;

/** Edges of the curves, hours after the breach began. */
export const CURVE_HOURS: readonly number[] = [0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 18, 24, 36, 48, 72, 120];

/** Where the time of a verified breach went, in the order in which it passes. */
export const STAGES = ["look", "downlink", "analyst", "corroboration", "verifier", "second-person"] as const;
export type Stage = (typeof STAGES)[number];

/** How a stage went, over the breaches that passed it. */
export type Spent = Readonly<Record<Stage, { readonly hours: number; readonly count: number }>>;

/** Breaches of one class in one area. */
export interface Row {
  readonly class: string;
  readonly area: string;
  /** That began so long before the end that they could be verified in time: for each of HEADLINE_HOURS. */
  readonly counted: number[];
  readonly verified: number[];
  /** Of those counted for the first headline: seen, and verified, within each of CURVE_HOURS. */
  readonly seenBy: number[];
  readonly verifiedBy: number[];
}

export interface Score {
  readonly seed: number;
  readonly hash: string;
  readonly events: number;
  readonly rows: readonly Row[];
  readonly spent: Spent;
  /** Verified incidents, and those of them none of whose witnesses saw anything real. */
  readonly verifiedIncidents: number;
  readonly wronglyVerified: number;
  readonly reports: number;
  readonly falseReports: number;
  readonly claims: number;
  /** Looks that saw nothing, by reason. */
  readonly missed: readonly number[];
  /** Breaches by the group that saw them first, within 24 h. */
  readonly firstSeen: Readonly<Record<string, number>>;
  readonly days: number;
}

/** When each breach was first verified, and through what. */
interface Found {
  readonly verifiedMs: Float64Array;
  readonly through: (Incident | undefined)[];
}

export function scoreOf(run: Exercise): Score {
  const found = foundIn(run);
  const reports = run.senses.reports.rows;
  let [falseReports, claims] = [0, 0];
  for (let i = 0; i < reports.length; i++) if ((reports.columns.cause[i] as number) < 0) falseReports++;
  for (const { form } of run.headquarters.items) if (form === "claim") claims++;
  const verified = [...run.headquarters.desk.incidents.values()].filter(({ since }) => since.verified !== undefined);
  return {
    seed: run.seed,
    hash: run.headquarters.log.hash,
    events: run.headquarters.log.count,
    rows: rowsOf(run, found),
    spent: spentOf(run, found),
    verifiedIncidents: verified.length,
    wronglyVerified: verified.filter((incident) => causesOf(run, incident).every((cause) => cause < 0)).length,
    reports: reports.length,
    falseReports,
    claims,
    missed: [...run.senses.sights.tally],
    firstSeen: firstSeenBy(run),
    days: (run.nowMs - run.scene.startMs) / 86_400_000,
  };
}

const causesOf = ({ causes }: Exercise, { links }: Incident): number[] =>
  [...links.values()].flatMap(({ evidence, role }) =>
    role === "witness" ? Array.from(causes.get(evidence) ?? [-1]) : [],
  );

/** A breach is verified once an incident is that holds a witness of it, or such a witness joins one that was. */
function foundIn(run: Exercise): Found {
  const n = run.world.truth.tMs.length;
  const found: Found = { verifiedMs: new Float64Array(n).fill(Number.POSITIVE_INFINITY), through: new Array(n) };
  const readMs = new Map(run.headquarters.items.map(({ id }, i) => [id, run.headquarters.readings[i]?.readMs]));
  for (const incident of run.headquarters.desk.incidents.values()) {
    const at = run.headquarters.passages.get(incident.id)?.verifiedMs ?? Number.NaN;
    if (Number.isNaN(at)) continue;
    for (const { evidence, role } of incident.links.values()) {
      if (role !== "witness") continue;
      const joined = Math.max(at, readMs.get(evidence) ?? at);
      for (const cause of Array.from(run.causes.get(evidence) ?? [])) {
        if (cause < 0 || joined >= (found.verifiedMs[cause] as number)) continue;
        found.verifiedMs[cause] = joined;
        found.through[cause] = incident;
      }
    }
  }
  return found;
}

const kindOf = ({ kinds, kind }: Truth, row: number): TruthKind => kinds[kind[row] as number] as TruthKind;

function rowsOf(run: Exercise, { verifiedMs }: Found): Row[] {
  const { truth } = run.world;
  const rows = new Map<string, Row>();
  for (let i = 0; i < truth.tMs.length; i++) {
    const kind = kindOf(truth, i);
    const begun = truth.tMs[i] as number;
    if (!kind.isBreach || begun >= run.nowMs) continue;
    const area = truth.areas[truth.area[i] as number] as string;
    const row = rowAt(rows, kind.class, area);
    const afterH = ((verifiedMs[i] as number) - begun) / 3_600_000;
    const seenH = ((run.senses.sights.firstSeenMs[i] as number) - begun) / 3_600_000;
    for (const [k, hours] of HEADLINE_HOURS.entries()) {
      if (begun + hours * 3_600_000 > run.nowMs) continue;
      row.counted[k] = (row.counted[k] as number) + 1;
      if (afterH <= hours) row.verified[k] = (row.verified[k] as number) + 1;
    }
    if (begun + HEADLINE_HOURS[0] * 3_600_000 > run.nowMs) continue;
    for (const [k, hours] of CURVE_HOURS.entries()) {
      if (seenH <= hours) row.seenBy[k] = (row.seenBy[k] as number) + 1;
      if (afterH <= hours) row.verifiedBy[k] = (row.verifiedBy[k] as number) + 1;
    }
  }
  return [...rows.values()].sort((a, b) => (`${a.class}/${a.area}` < `${b.class}/${b.area}` ? -1 : 1));
}

function rowAt(rows: Map<string, Row>, name: string, area: string): Row {
  const key = `${name}/${area}`;
  const known = rows.get(key);
  if (known !== undefined) return known;
  const none = (length: number): number[] => new Array<number>(length).fill(0);
  const row: Row = {
    class: name,
    area,
    counted: none(HEADLINE_HOURS.length),
    verified: none(HEADLINE_HOURS.length),
    seenBy: none(CURVE_HOURS.length),
    verifiedBy: none(CURVE_HOURS.length),
  };
  rows.set(key, row);
  return row;
}

/**
 * Of each verified breach, through the witness of it that was read first and the last one that was read before its incident was
 * corroborated: to the first look, down to headquarters, to and through an analyst, to the second witness, to and through a verifier.
 */
function spentOf(run: Exercise, { through }: Found): Spent {
  const { truth } = run.world;
  const spent = Object.fromEntries(STAGES.map((stage) => [stage, { hours: 0, count: 0 }])) as Record<
    Stage,
    { hours: number; count: number }
  >;
  const add = (stage: Stage, ms: number): void => {
    if (!Number.isFinite(ms)) return;
    spent[stage].hours += Math.max(0, ms) / 3_600_000;
    spent[stage].count++;
  };
  const firsts = firstWitnesses(run);
  for (let i = 0; i < truth.tMs.length; i++) {
    const incident = through[i];
    const first = firsts.get(i);
    if (incident === undefined || first === undefined || !kindOf(truth, i).isBreach) continue;
    const passage = run.headquarters.passages.get(incident.id) as Passage;
    add("look", first.lookMs - (truth.tMs[i] as number));
    add("downlink", first.reading.arrivedMs - first.lookMs);
    add("analyst", first.reading.readMs - first.reading.arrivedMs);
    add("corroboration", passage.corroboratedMs - first.reading.readMs);
    add("verifier", passage.verifiedMs - Math.max(passage.corroboratedMs, first.reading.readMs));
    add("second-person", passage.assessedMs - passage.verifiedMs);
  }
  return spent;
}

interface Witness {
  readonly lookMs: number;
  readonly reading: Reading;
}

/** The first report of each thing that was read: items come in the order of their arrival. */
function firstWitnesses(run: Exercise): Map<number, Witness> {
  const { items, readings } = run.headquarters;
  const lookMs = new Map<number, number>();
  const { columns, length } = run.senses.reports.members;
  for (let r = 0; r < length; r++) {
    const cause = columns.cause[r] as number;
    if (cause >= 0 && !lookMs.has(cause)) lookMs.set(cause, columns.lookMs[r] as number);
  }
  const firsts = new Map<number, Witness>();
  for (const [i, { id, form }] of items.entries()) {
    const reading = readings[i] as Reading;
    if (form === "claim" || Number.isNaN(reading.readMs)) continue;
    for (const cause of Array.from(run.causes.get(id) ?? [])) {
      if (cause >= 0 && !firsts.has(cause)) firsts.set(cause, { lookMs: lookMs.get(cause) ?? Number.NaN, reading });
    }
  }
  return firsts;
}
