/** A driver in one sentence. */
import type { Driver } from "@vedette/core/exercise/score/drivers";
import { FUNNEL } from "@vedette/core/exercise/score/score";
import type { Difference } from "@vedette/wire/exercise-result";
import { LARGER } from "./larger.ts";
import { points } from "./shapes.ts";

type Station = (typeof FUNNEL)[number];

/** What it means that fewer, or more, come on to a station within the headline's hours. */
const WORDS: Readonly<Record<Station, readonly [fewer: string, more: string]>> = {
  began: ["fewer begin", "more begin"],
  seen: ["fewer are seen at all", "more are seen"],
  received: ["fewer reports of them come down", "more reports of them come down"],
  read: ["fewer are read by an analyst", "more are read by an analyst"],
  corroborated: ["fewer find a second, independent witness", "more find a second, independent witness"],
  verified: [
    "fewer pass the queue for a verifier once two witnesses agree",
    "more pass the queue for a verifier once two witnesses agree",
  ],
};

/** The driver in a few words; empty where nothing changed. */
export function driverWords({ station, parts }: Difference["driver"]): string {
  const own = parts.find((part) => part.station === station);
  const [fewer, more] = WORDS[station as Station] ?? ["", ""];
  return own === undefined ? "" : (own.estimate ?? 0) < 0 ? fewer : more;
}

/** Groups that are named, and the least change of one that is. */
const MOST_GROUPS = 2;
const LEAST_POINTS = 0.05;

/** @param isTold whether the difference can be told from chance */
export function driverText(driver: Driver, isTold: boolean): string {
  const part = driver.parts.find(({ station }) => station === driver.station);
  if (part === undefined) return "Nothing changed within 24 hours.";
  const chance = isTold ? "" : "This may be chance. ";
  const [fewer, more] = WORDS[FUNNEL[part.station] as Station];
  const share = `${points(part.estimate)} of ${points(driver.change)} points`;
  const words = part.estimate < 0 ? fewer : more;
  return `${chance}Driver: ${words} within 24 hours (${share})${part.station === 1 ? groupsText(driver) : ""}.`;
}

function groupsText({ groups, change }: Driver): string {
  const named = groups
    .filter((group) => Math.sign(group.change) === Math.sign(change) && Math.abs(100 * group.change) >= LEAST_POINTS)
    .slice(0, MOST_GROUPS)
    .map((group) => `${group.group} ${points(group.change)}`);
  return named.length === 0 ? "" : `; first to see them: ${named.join(", ")}`;
}

/** What it costs that larger breaches are timed to gaps: the difference of the world in which they are not. */
export function foresightText(classes: Difference["classes"]): string {
  const own = classes.filter(({ class: name }) => name === LARGER);
  const [day, later] = own;
  if (day?.estimate == null || day.low === null || day.high === null)
    return "What foresight costs cannot be told from so few larger breaches.";
  const more = later?.estimate == null ? "" : `, within ${later.hours} h by ${points(-later.estimate)}`;
  return `What foresight costs: timing larger breaches to gaps that can be foretold changes the share of them verified within ${day.hours} h by ${points(-day.estimate)} points (95 %: ${points(-day.high)} to ${points(-day.low)})${more}.`;
}
