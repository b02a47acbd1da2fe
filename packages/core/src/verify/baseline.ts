/**
 * What thermal anomalies are usual at a place: its own season in other years, drawn towards its land use; that day's
 * overall level around it (cloud, drought, a burning week), and its own weeks before and after. Furnaces do not count.
 */
import type { Place } from "../geo/position.ts";
import { type HotSpots, hotSpotsOf } from "./baseline-hot-spots.ts";
import { type LandUse, type LandUseRates, landUseRatesOf } from "./baseline-land-use.ts";
import { type Calendar, type DatedPoints, type DayNumber, type FindKeyed, keyedFinder } from "./baseline-points.ts";
import { dayOfYear, seasonOffset, yearOf } from "./claim-day.ts";
import type { ThermalModel } from "./model.ts";

export interface Baseline {
  readonly points: DatedPoints;
  /** Keyed by day of the year. */
  readonly find: FindKeyed;
  readonly calendar: Calendar;
  readonly hotSpots: HotSpots;
  /** First and last day seen of each year. */
  readonly years: ReadonlyMap<number, { readonly first: DayNumber; readonly last: DayNumber }>;
  readonly landUse?: LandUseRates;
}

/** Counts in one ring. */
export interface Expected {
  readonly count: number;
  readonly expected: number;
  /** What other years and land use say of these days, before the place's own weeks are looked at. */
  readonly seasonal: number;
}

export interface AnomalyCounts {
  readonly near: Expected;
  readonly around: Expected;
  /** In the window and the near ring, from furnaces and flares: not counted above. */
  readonly persistent: number;
  /** The region's level on these days: 1 is what the season usually has. */
  readonly level: number;
  /** Positions of the points counted near. */
  readonly nearest: readonly { readonly at: number; readonly km: number }[];
}

/** A year that was watched for less is no season to compare with. */
const WHOLE_YEAR_DAYS = 300;

export function baselineOf(points: DatedPoints, model: ThermalModel, landUse?: LandUse): Baseline {
  const years = new Map<number, { first: DayNumber; last: DayNumber }>();
  const calendar = { year: Int16Array.from(points.day, yearOf), dayOfYear: Int16Array.from(points.day, dayOfYear) };
  for (let i = 0; i < points.day.length; i++) {
    const [day, year] = [points.day[i] as number, calendar.year[i] as number];
    const known = years.get(year);
    if (known === undefined) years.set(year, { first: day, last: day });
    else if (day < known.first) known.first = day;
    else if (day > known.last) known.last = day;
  }
  const hotSpots = hotSpotsOf(points, model.persistent);
  const rates = landUse && landUseRatesOf(landUse, points, hotSpots.isPersistent);
  return {
    points,
    find: keyedFinder(points, calendar.dayOfYear),
    calendar,
    hotSpots,
    years,
    ...(rates && { landUse: rates }),
  };
}

/** Years to compare with: watched all the year, and not the claim's own. */
export function seasonsOf({ years }: Baseline, day: DayNumber): number[] {
  const own = yearOf(day);
  return [...years].flatMap(([year, { first, last }]) =>
    year !== own && last - first >= WHOLE_YEAR_DAYS ? [year] : [],
  );
}

const DAYS_OF_YEAR = 365;
const RINGS = ["near", "around", "level"] as const;
type RingName = (typeof RINGS)[number];
type PerDay = Record<RingName, Float64Array>;

/** `undefined`: no anomalies are on record for this day's part of the year, or no other year to compare with. */
export function countAnomalies(
  baseline: Baseline,
  claim: { readonly place: Place; readonly day: DayNumber },
  model: ThermalModel,
): AnomalyCounts | undefined {
  const covered = baseline.years.get(yearOf(claim.day));
  const seasons = seasonsOf(baseline, claim.day);
  if (covered === undefined || claim.day < covered.first || claim.day > covered.last || seasons.length === 0)
    return undefined;
  const gathered = gather(baseline, claim, model, new Set(seasons));
  const level = levelOf(gathered, model, seasons.length);
  const isKnown = (l: number): boolean => claim.day + l >= covered.first && claim.day + l <= covered.last;
  const ringOf = (ring: "near" | "around"): Expected => {
    const prior = priorRateOf(baseline, claim, model[ring], model);
    return expectedIn(gathered, ring, { model, level, prior, isKnown, seasons: seasons.length });
  };
  const { windowDays } = model;
  let sum = 0;
  for (let l = -windowDays; l <= windowDays; l++) sum += level(l);
  return {
    near: ringOf("near"),
    around: ringOf("around"),
    persistent: gathered.persistent,
    level: sum / (2 * windowDays + 1),
    nearest: gathered.nearest.sort((a, b) => a.km - b.km),
  };
}

interface Gathered {
  /** Day offsets from the claim's day, `reach` to either side. */
  readonly now: PerDay;
  /** The same days of the year in other years, summed; `seasonDays` further to either side. */
  readonly before: PerDay;
  readonly reach: number;
  readonly beforeReach: number;
  persistent: number;
  readonly nearest: { at: number; km: number }[];
}

function gather(
  { points, find, calendar, hotSpots }: Baseline,
  { place, day }: { readonly place: Place; readonly day: DayNumber },
  model: ThermalModel,
  seasons: ReadonlySet<number>,
): Gathered {
  const reach = model.surroundingDays.to;
  const beforeReach = reach + model.seasonDays;
  const out: Gathered = {
    now: perDay(2 * reach + 1),
    before: perDay(2 * beforeReach + 1),
    reach,
    beforeReach,
    persistent: 0,
    nearest: [],
  };
  const doy = dayOfYear(day);
  const { windowDays } = model;
  // Looked up once: this runs for thousands of points a claim.
  const starts = RINGS.map((ring) => model[ring].fromKm);
  const ends = RINGS.map((ring) => model[ring].toKm);
  const now = RINGS.map((ring) => out.now[ring]);
  const before = RINGS.map((ring) => out.before[ring]);
  find({ place, withinKm: Math.max(...ends), keys: seasonAround(doy, beforeReach) }, (at, km) => {
    let ring = 0;
    while (ring < ends.length && !(km >= (starts[ring] as number) && km < (ends[ring] as number))) ring++;
    if (ring === ends.length) return;
    const offset = (points.day[at] as number) - day;
    const isNear = ring === 0 && Math.abs(offset) <= windowDays;
    if (hotSpots.isPersistent[at] === 1) {
      if (isNear) out.persistent += 1;
      return;
    }
    if (isNear) out.nearest.push({ at, km });
    if (Math.abs(offset) <= reach) bump(now[ring] as Float64Array, offset + reach);
    else if (seasons.has(calendar.year[at] as number)) {
      const apart = seasonOffset(doy, calendar.dayOfYear[at] as number);
      if (Math.abs(apart) <= beforeReach) bump(before[ring] as Float64Array, apart + beforeReach);
    }
  });
  return out;
}

/** Days of the year so near to one, as ranges: two where the turn of the year lies between. */
function seasonAround(doy: number, days: number): (readonly [number, number])[] {
  // A leap year's last day shares its number with the day before, so that a window may reach a day further.
  const [from, to] = [doy - days - 1, doy + days + 1];
  if (from < 0)
    return [
      [from + DAYS_OF_YEAR, DAYS_OF_YEAR],
      [0, to],
    ];
  if (to >= DAYS_OF_YEAR)
    return [
      [from, DAYS_OF_YEAR],
      [0, to - DAYS_OF_YEAR],
    ];
  return [[from, to]];
}

const perDay = (length: number): PerDay => ({
  near: new Float64Array(length),
  around: new Float64Array(length),
  level: new Float64Array(length),
});

const bump = (counts: Float64Array, at: number): void => {
  counts[at] = (counts[at] as number) + 1;
};

/** Anomalies a day that the season has, around a day offset: the mean of so many days in so many years. */
function seasonalOf({ before, beforeReach }: Gathered, ring: RingName, offset: number, days: number): number {
  let sum = 0;
  for (let l = offset - days; l <= offset + days; l++) sum += before[ring][l + beforeReach] as number;
  return sum;
}

/** How much more or less than the season's usual the region has on a day: few sightings are drawn towards 1. */
function levelOf(gathered: Gathered, { level, seasonDays }: ThermalModel, years: number): (offset: number) => number {
  return (offset) => {
    const usual = seasonalOf(gathered, "level", offset, seasonDays) / (years * (2 * seasonDays + 1));
    const found = gathered.now.level[offset + gathered.reach] as number;
    return (found + level.priorCount) / (usual + level.priorCount);
  };
}

interface Setting {
  readonly model: ThermalModel;
  readonly level: (offset: number) => number;
  /** Anomalies a day that land use alone would give this ring. */
  readonly prior: number | undefined;
  readonly isKnown: (offset: number) => boolean;
  readonly seasons: number;
}

/** A gamma prior from season, land use and level, sharpened by the place's own surrounding days. */
function expectedIn(gathered: Gathered, ring: "near" | "around", setting: Setting): Expected {
  const { model, level, prior, isKnown, seasons } = setting;
  const { windowDays, surroundingDays, surroundingPrior, seasonDays, landUseYears } = model;
  const priorYears = prior === undefined ? 0 : landUseYears;
  const rateOf = (l: number): number => {
    const own = seasonalOf(gathered, ring, l, seasonDays) / (2 * seasonDays + 1);
    return ((own + priorYears * (prior ?? 0)) / (seasons + priorYears)) * level(l);
  };
  let [count, seasonal, seen, due] = [0, 0, 0, 0];
  for (let l = -surroundingDays.to; l <= surroundingDays.to; l++) {
    if (!isKnown(l)) continue;
    const found = gathered.now[ring][l + gathered.reach] as number;
    if (Math.abs(l) <= windowDays) {
      count += found;
      seasonal += rateOf(l);
    } else if (Math.abs(l) >= surroundingDays.from) {
      seen += found;
      due += rateOf(l);
    }
  }
  const expected = (seasonal * (surroundingPrior + seen)) / (surroundingPrior + due);
  return { count, expected: Math.max(expected, model.leastExpected), seasonal };
}

function priorRateOf(
  { landUse }: Baseline,
  { place, day }: { readonly place: Place; readonly day: DayNumber },
  { fromKm, toKm }: { readonly fromKm: number; readonly toKm: number },
  { seasonDays }: ThermalModel,
): number | undefined {
  const areaKm2 = Math.PI * (toKm ** 2 - fromKm ** 2);
  const rate = landUse?.rateAt(place, day, seasonDays);
  return rate === undefined ? undefined : rate * areaKm2;
}
