/** From a campaign to the result: the object of `exercise.json`, of `--json` and of the page. */
import { differenceOf, ofClass, type RunLine, type Total } from "@vedette/core/exercise/score/campaign";
import { type Driver, driverOf } from "@vedette/core/exercise/score/drivers";
import { CURVE_HOURS, FUNNEL, HEADLINE_HOURS } from "@vedette/core/exercise/score/score";
import type { Assumption, Difference, ExerciseResult, Sensitivity } from "@vedette/wire/exercise-result";
import type { Plan } from "../load.ts";
import type { Campaign, NetworkResult } from "../monte-carlo.ts";
import { driverText, foresightText } from "./driver-text.ts";
import { inputsOf } from "./inputs.ts";
import { LARGER, largerAmong, ofClasses } from "./larger.ts";
import { known, outcomeOf } from "./outcome.ts";

export interface Told {
  readonly campaign: Campaign;
  readonly plans: readonly Plan[];
  /** Of each network as it was given; the first has none. */
  readonly variants: readonly (string | null)[];
  readonly untilCi?: number;
  readonly assumed: readonly Assumption[];
  readonly sensitivity?: Sensitivity;
  readonly command: string;
  readonly software: string;
}

export function resultOf({ campaign, plans, variants, ...told }: Told): ExerciseResult {
  const [plan] = plans as [Plan];
  const { networks, seed, asked, made, looks, z } = campaign;
  const { about, start, days } = plan.exercise;
  const [first, ...others] = networks as [NetworkResult, ...NetworkResult[]];
  return {
    format: "vedette-exercise/1",
    marking: "EXERCISE",
    software: told.software,
    id: plan.id,
    title: about.title,
    description: about.description ?? null,
    start,
    days,
    seed,
    asked,
    made,
    looks: [...looks],
    z,
    level01: 0.95,
    untilCi: told.untilCi ?? null,
    curveHours: [...CURVE_HOURS],
    stations: [...FUNNEL],
    networks: networks.map((network, i) => outcomeOf(network, variants[i] ?? null, z)),
    differences: others.map((other, i) =>
      differenceTo(first, other, {
        variant: variants[i + 1] ?? null,
        seed,
        foresight: foresightOf(plan, plans[i + 1]),
        isOtherWorld: isOtherWorld(plan, plans[i + 1]),
      }),
    ),
    replay: replayOf(first.lines),
    assumed: [...told.assumed],
    sensitivity: told.sensitivity ?? null,
    inputs: inputsOf(plans),
    command: told.command,
  };
}

/** Of fewer pairs all have one sign by chance in more than one case in twenty. */
const FEWEST_PAIRS = 6;
/** Breaches of a class in either network below which a change of its share has no interval. */
const FEWEST_COUNTED = 20;
const OTHER_WORLD =
  "This variant changes what happens, not only who watches: the two shares are of different breaches; compare kind by kind.";

interface Apart {
  readonly variant: string | null;
  readonly seed: number;
  readonly foresight: boolean;
  readonly isOtherWorld: boolean;
}

function differenceTo(
  first: NetworkResult,
  other: NetworkResult,
  { variant, seed, foresight, isOtherWorld }: Apart,
): Difference {
  const within = HEADLINE_HOURS.map((hours, k) => ({ hours, ...differenceOf(first.lines, other.lines, k, seed) }));
  const names = [...new Set([...first.total.rows, ...other.total.rows].map((row) => row.class))];
  const changeOf = (name: string, of: (lines: readonly RunLine[]) => RunLine[]) =>
    HEADLINE_HOURS.map((hours, k) => {
      const [before, after] = [of(first.lines), of(other.lines)];
      const own = intervalOf(differenceOf(before, after, k, seed));
      const fewest = Math.min(
        ...[before, after].map((lines) => lines.reduce((n, line) => n + (line.counted[k] ?? 0), 0)),
      );
      // Drawn again, a few breaches of one fate have no spread at all.
      return { class: name, hours, ...own, ...(fewest < FEWEST_COUNTED && { low: null, high: null }) };
    });
  const larger = largerAmong(names);
  const classes = [
    ...names.flatMap((name) => changeOf(name, (lines) => ofClass(lines, name))),
    ...(larger.length === 0 ? [] : changeOf(LARGER, (lines) => ofClasses(lines, larger))),
  ];
  const [head] = within;
  const driver = driverBetween(first, other, seed);
  const isTold = head !== undefined && head.pairs >= FEWEST_PAIRS && (head.low > 0 || head.high < 0);
  return {
    title: other.title,
    variant,
    pairs: head?.pairs ?? 0,
    within: within.map(({ hours, ...drawn }) => ({ hours, ...intervalOf(drawn) })),
    classes,
    driver: {
      station: driver.station === undefined ? null : (FUNNEL[driver.station] ?? null),
      text: [
        driverText(driver, isTold),
        ...(isOtherWorld ? [OTHER_WORLD] : []),
        ...(foresight ? [foresightText(classes)] : []),
      ].join(" "),
      isTold,
      parts: driver.parts.map(({ station, before01, after01, ...drawn }) => ({
        station: FUNNEL[station] as string,
        before01: known(before01),
        after01: known(after01),
        ...intervalOf(drawn),
      })),
      groups: driver.groups.map(({ group, change }) => ({ group, change })),
    },
  };
}

/** Whether the second differs in what informed parties foretell of the watch. */
function foresightOf(plan: Plan, other: Plan | undefined): boolean {
  const of = (one: Plan | undefined): boolean =>
    one !== undefined && "truce" in one.exercise.world && (one.exercise.world.truce.foresight ?? true);
  return of(plan) && !of(other);
}

/** Whether what happens is another, beyond its times. */
function isOtherWorld(plan: Plan, other: Plan | undefined): boolean {
  const of = ({ exercise: { world } }: Plan): string =>
    JSON.stringify("truce" in world ? { ...world.truce, foresight: null } : world);
  return other !== undefined && of(plan) !== of(other);
}

/** Of the runs that both made. */
function driverBetween(first: NetworkResult, other: NetworkResult, seed: number): Driver {
  const runs = new Set(other.lines.map(({ run }) => run));
  const common = new Set(first.lines.flatMap(({ run }) => (runs.has(run) ? [run] : [])));
  const watchOf = ({ lines, total }: NetworkResult) => ({
    funnels: lines.filter(({ run }) => common.has(run)).map(({ funnel }) => funnel),
    firstSeen: sharesOf(total),
  });
  return driverOf(watchOf(first), watchOf(other), seed);
}

function sharesOf({ firstSeen, rows }: Total): Record<string, number> {
  const began = rows.reduce((sum, { funnel }) => sum + (funnel[0] as number), 0);
  return Object.fromEntries(Object.entries(firstSeen).map(([group, count]) => [group, count / began]));
}

const intervalOf = ({ estimate, low, high }: { estimate: number; low: number; high: number }) => ({
  estimate: known(estimate),
  low: known(low),
  high: known(high),
});

/** The run whose own share is nearest to the median of all; of equals the first. */
function replayOf(lines: readonly RunLine[]): ExerciseResult["replay"] {
  const shares = lines.flatMap(({ run, seed, counted: [n = 0], verified: [x = 0] }) =>
    n > 0 ? [{ run, seed, share: x / n }] : [],
  );
  const sorted = shares.map(({ share }) => share).sort((a, b) => a - b);
  const median = ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
  const [nearest] = shares.toSorted((a, b) => Math.abs(a.share - median) - Math.abs(b.share - median) || a.run - b.run);
  const [any] = lines;
  if (nearest === undefined) {
    return any === undefined
      ? null
      : { run: any.run, seed: any.seed, why: "the first run: none had a breach that counts" };
  }
  const why = `the run whose own share within ${HEADLINE_HOURS[0]} h is nearest to the median of all`;
  return { run: nearest.run, seed: nearest.seed, why: lines.length === 1 ? "the one run that was made" : why };
}
