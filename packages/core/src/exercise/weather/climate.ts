/** What weather is drawn from, as its file has it (`data/worlds`, kind weather) and as plain numbers. */
import { type Numbers, numbersOf } from "../../network/figures.ts";
import type { Figure } from "../../network/network.ts";
import { instant, isoOf, MS_PER_HOUR } from "../../time/instant.ts";

export interface ClimateMonth {
  readonly temperatureC: Figure;
  readonly dailySwingC: Figure;
  readonly humidity01: Figure;
  readonly windEastMps: Figure;
  readonly windNorthMps: Figure;
  readonly windSpreadMps: Figure;
  readonly rainShare01: Figure;
  readonly visibilityKm: Figure;
  readonly fogShare01: Figure;
  readonly cloudBaseM: Figure;
}

export interface Climate {
  readonly area: { readonly south: number; readonly west: number; readonly north: number; readonly east: number };
  readonly cloud: {
    readonly lengthKm: Figure;
    readonly lifeH: Figure;
    readonly windTimes: Figure;
    readonly baseSpread: Figure;
  };
  readonly wind: { readonly lengthKm: Figure; readonly lifeH: Figure };
  readonly sea: { readonly answerH: Figure; readonly overWater: Figure; readonly fetchKm: Figure };
  readonly rain: { readonly rateMmPerH: Figure };
  /** By month, 01 to 12. */
  readonly months: Readonly<Record<string, ClimateMonth>>;
}

export type ClimateNumbers = Numbers<Climate>;
export type MonthNumbers = Numbers<ClimateMonth>;

export const climateNumbers = (climate: Climate): ClimateNumbers => numbersOf(climate);

/** Month of a time, UTC: `01` to `12`. */
export const monthOf = (tMs: number): string => isoOf(instant(tMs)).slice(5, 7);

/**
 * The climate of each hour from the first to the last, so that no hour asks what month it is.
 * @throws RangeError where the file says nothing of a month
 */
export function climateByHour({ months }: ClimateNumbers, startMs: number, hours: number): readonly MonthNumbers[] {
  return Array.from({ length: hours + 1 }, (_, hour) => {
    const name = monthOf(startMs + hour * MS_PER_HOUR);
    const month = months[name];
    if (month === undefined) throw new RangeError(`the weather of month ${name} is unknown`);
    return month;
  });
}
