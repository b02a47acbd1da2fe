/** Options that subcommands of `incident` share, and how their texts are read. */
import { type Instant, type Interval, instant, parseInstant } from "@vedette/core/time/instant";
import { PERSON_PREFIX } from "@vedette/core/verify/incident";
import type { Command } from "commander";
import { UsageError } from "../problem.ts";
import { DEFAULT_STORE } from "./log-options.ts";
import { parseNumber } from "./sky-options.ts";

export interface ActOptions {
  readonly store: string;
  readonly as: string;
  readonly reason: string;
  readonly at?: string;
  readonly json?: true;
}

export const withStoreOption = (command: Command): Command =>
  command.option("--store <STORE>", "the log: a folder or postgres://…", DEFAULT_STORE).option("--json", "print JSON");

export const withActOptions = (command: Command): Command =>
  withStoreOption(command)
    .requiredOption("--as <PERSON>", "who does it: an id, never a name")
    .requiredOption("--reason <TEXT>", "why; it stays in the record")
    .option("--at <INSTANT>", "when it was done, UTC (default: now)");

/** The two-person rule rests on this id: each person has one. */
export function personOf(text: string): string {
  const id = text.startsWith(PERSON_PREFIX) ? text.slice(PERSON_PREFIX.length) : text;
  if (!/^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){0,62}$/.test(id))
    throw new UsageError(
      `--as ${text}: expected an id of lower-case letters and digits, with single dashes between, such as p-3`,
    );
  return `${PERSON_PREFIX}${id}`;
}

export function instantOf(text: string, option: string): Instant {
  try {
    return parseInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  } catch {
    throw new UsageError(`${option} ${text}: expected a UTC date or instant such as 2026-06-15T00:00:00Z`);
  }
}

/** `FROM/TO`, both UTC. */
export function spanOf(text: string, option: string): Interval {
  const [from, to, ...more] = text.split("/");
  if (from === undefined || to === undefined || more.length > 0)
    throw new UsageError(`${option} ${text}: expected FROM/TO, such as 2026-06-15T03:00:00Z/2026-06-15T04:00:00Z`);
  const span = { start: instantOf(from, option), end: instantOf(to, option) };
  if (!(span.start < span.end)) throw new UsageError(`${option} ${text}: ends before it starts`);
  return span;
}

/** `LAT,LON[,RADIUS_KM]`. */
export function placeOf(text: string, option: string): { latitudeDeg: number; longitudeDeg: number; radiusKm: number } {
  const parts = text.split(",");
  if (parts.length < 2 || parts.length > 3)
    throw new UsageError(`${option} ${text}: expected LAT,LON or LAT,LON,RADIUS_KM, such as 48.02,37.80,3`);
  const [latitude = "", longitude = "", radius = "1"] = parts;
  return {
    latitudeDeg: parseNumber(latitude, `${option}: latitude`, -90, 90),
    longitudeDeg: parseNumber(longitude, `${option}: longitude`, -180, 180),
    radiusKm: parseNumber(radius, `${option}: radius`, 0, 20_000),
  };
}

export const wordsOf = (text: string): string[] =>
  text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

/** `PARTY=INSTANT`; the deadline is that instant itself. */
export function askedOf(texts: readonly string[]): { party: string; until: { start: number; end: number } }[] {
  return texts.map((text) => {
    const at = text.lastIndexOf("=");
    if (at < 1) throw new UsageError(`--ask ${text}: expected PARTY=INSTANT, such as party-a=2026-06-16T12:00:00Z`);
    const until = instantOf(text.slice(at + 1), "--ask");
    return { party: text.slice(0, at), until: { start: until, end: instant(until + 1) } };
  });
}
