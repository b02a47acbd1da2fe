/** What `vedette coverage` says of a subset of nations, as plain figures. */
import type { CoveragePlan } from "@vedette/core/access/coverage";
import { ageQuantileH, type PictureAges } from "@vedette/core/access/coverage-age";
import type { Observability } from "@vedette/core/access/coverage-query";
import type { CoverageAnswer } from "../engine/coverage.ts";

/** In the order of channels. */
export const KINDS = ["imaging", "optical", "radar", "thermal", "rf"] as const;
export type Kind = (typeof KINDS)[number];

/** Null where nothing was ever seen. */
export interface KindFigures {
  /** Share of cell-hours in which a look was possible, clear sky assumed, and the worst and best hour of the span. */
  readonly observable01: number;
  readonly worstHour01: number;
  readonly bestHour01: number;
  /** Whole hours without a look: the mean gap, and the longest of any cell. */
  readonly meanGapH: number | null;
  readonly worstGapH: number;
  /** Age of the newest look, over coarser cells and time: mean, and not exceeded in half and nine tenths of the time. */
  readonly meanAgeH: number | null;
  readonly halfAgeH: number | null;
  readonly nineTenthsAgeH: number | null;
  /** The longest stretch without a look, to the millisecond, of any coarser cell. */
  readonly longestGapH: number;
  /** Share of hours in which the position of a satellite of the kind is unknown. */
  readonly unknownHours01: number;
}

export interface CoverageRow {
  readonly id: string;
  readonly label: string;
  /** Satellites that still make pictures. */
  readonly satellites: number;
  readonly kinds: Readonly<Record<Kind, KindFigures>>;
}

/** `unknownHours`: per channel, how many hours. */
export function kindFigures(
  plan: CoveragePlan,
  { observability, ages }: CoverageAnswer,
  unknownHours: readonly number[],
): CoverageRow["kinds"] {
  const entries = KINDS.map((kind, c) => {
    const seen = observability[c] as Observability;
    const pictures = ages[c] as PictureAges;
    const { mean, worst } = gapsOf(seen);
    const figures: KindFigures = {
      observable01: rounded(seen.hourly01.reduce((sum, share) => sum + share, 0) / plan.hours, 6),
      worstHour01: rounded(
        seen.hourly01.reduce((least, share) => Math.min(least, share), 1),
        6,
      ),
      bestHour01: rounded(
        seen.hourly01.reduce((most, share) => Math.max(most, share), 0),
        6,
      ),
      meanGapH: mean,
      worstGapH: worst,
      meanAgeH: meanOf(pictures.meanAgeH),
      halfAgeH: orNull(ageQuantileH(pictures, 0.5)),
      nineTenthsAgeH: orNull(ageQuantileH(pictures, 0.9)),
      longestGapH: rounded(
        pictures.longestGapH.reduce((most, hours) => Math.max(most, hours), 0),
        4,
      ),
      unknownHours01: rounded((unknownHours[c] as number) / plan.hours, 6),
    };
    return [kind, figures] as const;
  });
  return Object.fromEntries(entries) as CoverageRow["kinds"];
}

function gapsOf({ gaps, longestGapH }: Observability): { readonly mean: number | null; readonly worst: number } {
  let [count, hours] = [0, 0];
  gaps.forEach((many, length) => {
    count += many;
    hours += many * length;
  });
  const worst = longestGapH.reduce((most, length) => Math.max(most, length), 0);
  return { mean: count === 0 ? null : rounded(hours / count, 4), worst };
}

/** Over cells that had a look. */
function meanOf(values: Float64Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : rounded(known.reduce((sum, value) => sum + value, 0) / known.length, 4);
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : rounded(value, 4));

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
