/** A small world for claims: a place, years of pixels, the shape of a model. Nothing in it is real. */
import { Dice } from "../src/numerics/dice.ts";
import type { LandUse } from "../src/verify/baseline-land-use.ts";
import type { DatedPoints } from "../src/verify/baseline-points.ts";
import type { Claim } from "../src/verify/claim.ts";
import { dayNumber, startOf } from "../src/verify/claim-day.ts";
import type { NewsItem } from "../src/verify/corroborate-news.ts";
import type { CorroborationModel } from "../src/verify/model.ts";

export const PLACE = { latitudeDeg: 48, longitudeDeg: 31 };
export const YEARS = [2018, 2019, 2020, 2021, 2022];

export interface Point {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly day: number;
}

export function pointsOf(points: readonly Point[]): DatedPoints {
  return {
    latitudeDeg: Float32Array.from(points, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float32Array.from(points, ({ longitudeDeg }) => longitudeDeg),
    day: Int32Array.from(points, ({ day }) => day),
  };
}

const spread = { scale: 0.2, power: 0.5 };

export const MODEL: CorroborationModel = {
  id: "test",
  version: "1",
  thermal: {
    near: { fromKm: 0, toKm: 6, weight01: 0.2, dispersion: spread },
    around: { fromKm: 6, toKm: 16, weight01: 0.1, dispersion: spread },
    level: { fromKm: 25, toKm: 80, priorCount: 5 },
    windowDays: 2,
    surroundingDays: { from: 3, to: 20 },
    surroundingPrior: 0.5,
    seasonDays: 15,
    leastExpected: 0.04,
    landUseYears: 1,
    persistent: { days: 15, years: 3, months: 5 },
    sky: { withinKm: 100, usual01: 0.5 },
  },
  alerts: { weight01: 0.1, windowDays: 1, surroundingDays: 15, windowHours: 3, raionKm: 35, hromadaKm: 15 },
  news: {
    fromKm: 30,
    toKm: 120,
    weight01: 0.3,
    dispersion: spread,
    windowDays: 1,
    surroundingDays: { from: 3, to: 20 },
    leastExpected: 0.03,
    ownDays: 1,
    leavesOutBusiest: true,
  },
};

export const THERMAL = MODEL.thermal;

/** Two kinds of land: one burns, one does not; nothing burns within 20 km of the place, which lies on the first. */
export function world(): { readonly points: DatedPoints; readonly landUse: LandUse } {
  const dice = new Dice(4, "world");
  const points = YEARS.flatMap((year) =>
    Array.from({ length: 1500 }, () => ({
      latitudeDeg: dice.between(47, 49),
      longitudeDeg: 31 + (dice.chance(0.5) ? 1 : -1) * dice.between(0.4, 1),
      day: dayNumber(year, 1, 1) + dice.below(365),
    })),
  );
  const cells: [number, number][] = [];
  for (let lat = 470; lat <= 490; lat++) for (let lon = 300; lon <= 330; lon++) cells.push([lat / 10, lon / 10]);
  return {
    points: pointsOf(points),
    landUse: {
      latitudeDeg: Float32Array.from(cells, ([lat]) => lat),
      longitudeDeg: Float32Array.from(cells, ([, lon]) => lon),
      classes: 2,
      shares01: Float32Array.from(cells.flatMap(([, lon]) => (lon <= 32 ? [1, 0] : [0, 1]))),
      cellDeg: 0.1,
    },
  };
}

export const claimOn = (day: number, place = PLACE): Claim => ({
  id: "c",
  place,
  day,
  when: { start: startOf(day), end: startOf(day + 1) },
  hasTime: false,
});

let count = 0;
/** A report so many km north of the place; its text is nobody else's unless it is given. */
export function report(km: number, day: number, more: Partial<NewsItem> = {}): NewsItem {
  count += 1;
  return {
    id: `${count}`,
    latitudeDeg: PLACE.latitudeDeg + km / 111.2,
    longitudeDeg: PLACE.longitudeDeg,
    day,
    sources: [`medium ${count}`],
    urls: `https://example.org/${count}`,
    events: [],
    text: `${WORDS[count % WORDS.length]} number ${count * 7919} was told of by somebody who had seen ${WORDS[(count * 3) % WORDS.length]}`,
    ...more,
  };
}

const WORDS = [
  "a depot by the river",
  "the old bridge",
  "smoke over the railway",
  "a field of wheat",
  "the harbour crane",
  "a school roof",
  "two lorries",
];
