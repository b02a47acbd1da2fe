/** Options of `vedette exercise`, read and checked; and the command that would give the same again. */
import { resolve, sep } from "node:path";
import { UsageError } from "../problem.ts";

export interface Options {
  readonly runs: string;
  readonly seed: string;
  readonly vary: readonly string[];
  readonly untilCi?: string;
  readonly threads?: string;
  readonly replay?: string;
  readonly out?: string;
  readonly log?: string;
  readonly sensitivity?: string | true;
  readonly sensitivityRuns: string;
  readonly json?: true;
}

export interface Asked {
  readonly runs: number;
  readonly seed: number;
  readonly untilCi?: number;
  readonly threads?: number;
  readonly replay?: number;
  /** Beginnings of names of groups; none: all. */
  readonly sensitivity?: readonly string[];
  readonly sensitivityRuns: number;
}

/** @throws UsageError naming the option, its value and what was expected */
export function askedOf(options: Options): Asked {
  const { untilCi, threads, replay, sensitivity, vary, out, log } = options;
  const twice = vary.find((file, i) => vary.indexOf(file) < i);
  if (twice !== undefined) throw new UsageError(`--vary ${twice}: given twice`);
  if (out !== undefined && log !== undefined && resolve(log).startsWith(`${resolve(out)}${sep}`))
    throw new UsageError(`--log ${log}: expected a file outside the folder of --out, which holds the page alone`);
  if (options.log !== undefined && replay === undefined) throw new UsageError("--log: only with --replay");
  if (sensitivity !== undefined && replay !== undefined) throw new UsageError("--sensitivity: not with --replay");
  return {
    runs: whole(options.runs, "--runs", 1, 1_000_000),
    seed: whole(options.seed, "--seed", 0, Number.MAX_SAFE_INTEGER),
    sensitivityRuns: whole(options.sensitivityRuns, "--sensitivity-runs", 1, 10_000),
    ...(untilCi !== undefined && { untilCi: halfWidth(untilCi) }),
    ...(threads !== undefined && { threads: whole(threads, "--threads", 1, 256) }),
    ...(replay !== undefined && { replay: whole(replay, "--replay", 0, Number.MAX_SAFE_INTEGER) }),
    ...(sensitivity !== undefined && { sensitivity: sensitivity === true ? [] : sensitivity.split(",") }),
  };
}

/** Threads and places of files aside, which change no number. */
export function commandOf(reference: string, options: Options): string {
  const { runs, seed, vary, untilCi, replay, sensitivity } = options;
  const words = [
    ["vedette", "exercise", reference],
    replay === undefined ? ["--runs", runs, "--seed", seed] : ["--replay", replay],
    ...vary.map((file) => ["--vary", file]),
    untilCi === undefined ? [] : ["--until-ci", untilCi],
    sensitivity === undefined ? [] : ["--sensitivity", ...(sensitivity === true ? [] : [sensitivity])],
    sensitivity === undefined ? [] : ["--sensitivity-runs", options.sensitivityRuns],
  ];
  return words
    .flat()
    .map((word) => (/^[\w./:,=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(" ");
}

function whole(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most)
    throw new UsageError(`${option} ${text}: expected a whole number from ${least} to ${most}`);
  return value;
}

function halfWidth(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 0.5)) throw new UsageError(`--until-ci ${text}: expected a number between 0 and 0.5`);
  return value;
}
