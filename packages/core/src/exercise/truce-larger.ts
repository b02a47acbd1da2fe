/**
 * Larger breaches: rare, apart from the daily fire, and some of them timed. An informed party knows when nobody will be looking, as far as
 * the plan of the watch can be foretold, and waits for it. With the same dice and no list of gaps it acts when it had meant to: the
 * difference is what the foresight costs the watch.
 */
import type { Place } from "../geo/position.ts";
import { Dice } from "../numerics/dice.ts";
import { forEachArrival, steadyLevel } from "./truce-level.ts";
import { type Columns, Rows } from "./truce-rows.ts";
import type { Span } from "./truce-spec.ts";

/** A place where such a thing can happen: a stretch of the line, a power plant, a lane at sea. */
export interface Area {
  readonly id: string;
  /** Middle, and how far from it. */
  readonly atKm: number;
  readonly offsetKm: number;
  readonly halfKm: number;
  /** Either side of the middle, across; left out: on it. */
  readonly halfAcrossKm?: number;
  /** A line of its own on which these kilometres count, as a lane at sea; left out: the line of the truce. */
  readonly course?: readonly Place[];
}

export interface LargerKind {
  readonly id: string;
  /** Of all its areas together. */
  readonly perDay: number;
  /** Ids of areas where it can happen, each as likely. */
  readonly areas: readonly string[];
  /** How long the act itself can be seen; a gap must be as long. */
  readonly lastsS: number;
  /** Chance that it is timed to the watch. */
  readonly informed01: number;
  /** How long an informed party waits for its gap. */
  readonly patienceHours: number;
}

/** Gaps in the watch as foretold, by beginning: no look is expected at that stretch of that area. Rows from 0 to the arrays' length. */
export interface PredictedGaps {
  /** Index into the areas. */
  readonly area: Uint16Array;
  /** Index into the kinds: what would not be seen then. */
  readonly kind: Uint8Array;
  /** Stretch of the area, in the km of its line. */
  readonly fromKm: Float64Array;
  readonly toKm: Float64Array;
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
}

export const NO_GAPS: PredictedGaps = {
  area: new Uint16Array(0),
  kind: new Uint8Array(0),
  fromKm: new Float64Array(0),
  toKm: new Float64Array(0),
  fromMs: new Float64Array(0),
  toMs: new Float64Array(0),
};

const SHAPE = {
  /** When it begins; and when it was first meant to. */
  tMs: "f64",
  meantMs: "f64",
  endMs: "f64",
  sKm: "f64",
  yKm: "f64",
  /** Index into the kinds, and into the areas. */
  kind: "u8",
  area: "u16",
  side: "u8",
  /** 1: it would have been timed to a gap; with no gap to be had it was not. */
  informed: "u8",
  /** Row of the gap that it was timed to; -1: none. */
  gap: "i32",
  /** Running number of its kind in its area: with those two it names the breach, timed or not. */
  number: "u32",
} as const;
export type LargerColumns = Columns<typeof SHAPE>;

export interface LargerRun {
  readonly seed: number;
  readonly span: Span;
  readonly gaps: PredictedGaps;
}

/**
 * By beginning. Those that wait beyond the span are in it, so that the same breaches stand on both sides of a comparison.
 * @throws RangeError for an area that is not there, and for gaps that are not in the order of their beginning
 */
export function simulateLarger(
  kinds: readonly LargerKind[],
  areas: readonly Area[],
  { seed, span, gaps }: LargerRun,
): LargerColumns {
  assertGaps(gaps, areas.length);
  const rows = new Rows(SHAPE, 64);
  const level = steadyLevel(span);
  for (const [k, kind] of kinds.entries()) {
    for (const id of kind.areas) {
      const index = areas.findIndex((area) => area.id === id);
      const area = areas[index];
      if (area === undefined) throw new RangeError(`${kind.id} happens in ${id}, which is no area`);
      const dice = new Dice(seed, `${kind.id}/${id}`, "larger breach");
      const perDay = kind.perDay / kind.areas.length;
      forEachArrival(level, perDay, new Dice(seed, `${kind.id}/${id}`, "meant"), (meantMs, number) => {
        addBreach(rows, kind, dice, { meantMs, number, k, index, area, gaps });
      });
    }
  }
  return rows.taken(rows.orderBy(rows.columns.tMs));
}

interface Meant {
  readonly meantMs: number;
  readonly number: number;
  readonly k: number;
  readonly index: number;
  readonly area: Area;
  readonly gaps: PredictedGaps;
}

function addBreach(rows: Rows<typeof SHAPE>, kind: LargerKind, dice: Dice, meant: Meant): void {
  const row = rows.add();
  const { columns } = rows;
  const along = dice.uniform();
  const [side, informed, when01] = [dice.below(2), dice.uniform() < kind.informed01, dice.uniform()];
  const across = dice.uniform();
  const sKm = meant.area.atKm + meant.area.halfKm * (2 * along - 1);
  const gap = informed ? bestGap(meant, sKm, kind) : -1;
  const tMs =
    gap < 0 ? meant.meantMs : startIn(meant.gaps, gap, meant.meantMs, { lastsMs: 1000 * kind.lastsS, when01 });
  columns.tMs[row] = tMs;
  columns.meantMs[row] = meant.meantMs;
  columns.endMs[row] = Math.floor(tMs + 1000 * kind.lastsS);
  columns.sKm[row] = sKm;
  columns.yKm[row] = meant.area.offsetKm + (meant.area.halfAcrossKm ?? 0) * (2 * across - 1);
  columns.kind[row] = meant.k;
  columns.area[row] = meant.index;
  columns.side[row] = side;
  columns.informed[row] = informed ? 1 : 0;
  columns.gap[row] = gap;
  columns.number[row] = meant.number;
}

/** The longest gap at the place that can be had within the patience and holds the act; the earlier of two alike; -1: none. */
function bestGap({ gaps, index, k, meantMs }: Meant, sKm: number, kind: LargerKind): number {
  const untilMs = meantMs + kind.patienceHours * 3_600_000;
  let best = -1;
  let longestMs = 1000 * kind.lastsS;
  for (let g = 0; g < gaps.area.length && (gaps.fromMs[g] as number) <= untilMs; g++) {
    if (
      gaps.area[g] !== index ||
      gaps.kind[g] !== k ||
      sKm < (gaps.fromKm[g] as number) ||
      sKm > (gaps.toKm[g] as number)
    )
      continue;
    const usableMs = (gaps.toMs[g] as number) - Math.max(meantMs, gaps.fromMs[g] as number);
    if (usableMs >= longestMs && (best < 0 || usableMs > longestMs)) {
      best = g;
      longestMs = usableMs;
    }
  }
  return best;
}

/** Anywhere in the gap's first half that leaves time for the act: whoever knows of a gap does not begin at its last moment. */
function startIn(
  gaps: PredictedGaps,
  gap: number,
  meantMs: number,
  { lastsMs, when01 }: { readonly lastsMs: number; readonly when01: number },
): number {
  const fromMs = Math.max(meantMs, gaps.fromMs[gap] as number);
  const spareMs = (gaps.toMs[gap] as number) - fromMs - lastsMs;
  return Math.floor(fromMs + (when01 * spareMs) / 2);
}

function assertGaps({ area, fromMs, toMs }: PredictedGaps, areas: number): void {
  for (let g = 0; g < area.length; g++) {
    const [from, to] = [fromMs[g] as number, toMs[g] as number];
    if (!(to > from && from >= (fromMs[g - 1] ?? from) && (area[g] as number) < areas)) {
      throw new RangeError(`gap ${g}: area ${area[g]} of ${areas}, ${from} to ${to} ms; gaps come by beginning`);
    }
  }
}
