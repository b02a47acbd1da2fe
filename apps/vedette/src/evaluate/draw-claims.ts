/** Labelled claims: located reports of 2022 are true; the same places on another day within 30 days stand in for false ones. */
import { Dice } from "@vedette/core/numerics/dice";
import type { Claim } from "@vedette/core/verify/claim";
import { dayNumber, monthOf, yearOf } from "@vedette/core/verify/claim-day";
import { claimOfDay } from "../corroborate/claims-file.ts";
import type { NewsRow } from "../corroborate/read-news.ts";

export interface Labelled {
  readonly claim: Claim;
  readonly isTrue: boolean;
  /** Controls count together as much as their claim. */
  readonly weight: number;
  /** Of a place and day all reports together count as one claim. */
  readonly placeDayWeight: number;
  /** Place: what happens at one place is not independent. */
  readonly cluster: number;
  /** Month of the claim, also for its controls. */
  readonly period: number;
  readonly half: "train" | "test";
  /** Of the report, for what the claim is told of it. */
  readonly report: NewsRow;
}

export interface DrawRule {
  readonly seed: number;
  readonly controls: number;
}

export const SPLIT_DAY = dayNumber(2022, 7, 1);
const FIRST_DAY = dayNumber(2022, 2, 24);
const LAST_DAY = dayNumber(2022, 12, 31);
const CONTROL_DAYS = 30;

export function drawClaims(news: readonly NewsRow[], { seed, controls }: DrawRule): Labelled[] {
  const places = new Map<string, number>();
  const told = new Map<string, number>();
  for (const report of news) told.set(placeDayOf(report), (told.get(placeDayOf(report)) ?? 0) + 1);
  const dice = new Dice(seed, "evaluate", "controls");
  return news.flatMap((report, i): Labelled[] => {
    const { latitudeDeg, longitudeDeg, day } = report;
    if (yearOf(day) !== 2022 || day < FIRST_DAY) return [];
    const at = placeOf(report);
    const share = 1 / (told.get(placeDayOf(report)) as number);
    const cluster = places.get(at) ?? places.size;
    places.set(at, cluster);
    const half = day < SPLIT_DAY ? "train" : "test";
    const place = { latitudeDeg, longitudeDeg };
    const common = { cluster, half, report, period: monthOf(day) } as const;
    const drawn = drawDays(daysAround(day), controls, dice);
    return [
      { ...common, claim: claimOfDay(`${i}`, place, day), isTrue: true, weight: 1, placeDayWeight: share },
      ...drawn.map((other, k) => ({
        ...common,
        claim: claimOfDay(`${i}-${k}`, place, other),
        isTrue: false,
        weight: 1 / drawn.length,
        placeDayWeight: share / drawn.length,
      })),
    ];
  });
}

const placeOf = ({ latitudeDeg, longitudeDeg }: NewsRow): string =>
  `${latitudeDeg.toFixed(4)}/${longitudeDeg.toFixed(4)}`;
const placeDayOf = (report: NewsRow): string => `${placeOf(report)}/${report.day}`;

/** Days within 30, in the same half of the year's evaluation: what trains never sees a day that tests. */
function daysAround(day: number): number[] {
  const [first, last] = day < SPLIT_DAY ? [FIRST_DAY, SPLIT_DAY - 1] : [SPLIT_DAY, LAST_DAY];
  const days: number[] = [];
  for (let other = day - CONTROL_DAYS; other <= day + CONTROL_DAYS; other++)
    if (other !== day && other >= first && other <= last) days.push(other);
  return days;
}

function drawDays(days: number[], count: number, dice: Dice): number[] {
  const left = [...days];
  return Array.from(
    { length: Math.min(count, days.length) },
    () => left.splice(dice.below(left.length), 1)[0] as number,
  );
}
