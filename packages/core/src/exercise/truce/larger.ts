/**
 * Larger breaches: rare, apart from the daily fire, and some of them timed. An informed party knows when nobody will be looking, as far as
 * the plan of the watch can be foretold, and waits for it. With the same dice and no list of gaps it acts when it had meant to: the
 * difference is what the foresight costs the watch.
 */
import type { Place } from "../../geo/position.ts";
import { Dice } from "../../numerics/dice.ts";
import { forEachArrival, steadyLevel } from "./level.ts";
import { type Columns, Rows } from "./rows.ts";
import type { Span } from "./spec.ts";

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
  /** True of what looks like a breach and is none; left out: it is one. */
  readonly harmless?: boolean;
  /** Share of false alarms from orbit, where it could be, that are told as it; left out: all. */
  readonly mistaken01?: number;
}

/** A time without a look that anybody could have foreseen, ms since the truce began. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Of a breach that is meant to be, in the km of its area's line: kind and area are indices. */
export interface Intent {
  readonly kind: number;
  readonly area: number;
  readonly sKm: number;
  readonly yKm: number;
}

/** The gaps that can be foretold where it would be, by beginning. */
export type Foresight = (intent: Intent) => readonly Gap[];

export const NO_FORESIGHT: Foresight = () => [];

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
  /** Which of the gaps foretold at its place it was timed to; -1: none. */
  gap: "i32",
  /** Running number of its kind in its area: with those two it names the breach, timed or not. */
  number: "u32",
} as const;
export type LargerColumns = Columns<typeof SHAPE>;

export interface LargerRun {
  readonly seed: number;
  readonly span: Span;
  readonly foresight: Foresight;
}

/**
 * By beginning. Those that wait beyond the span are in it, so that the same breaches stand on both sides of a comparison.
 * @throws RangeError for an area that is not there, and for gaps that are foretold in another order than that of their beginning
 */
export function simulateLarger(
  kinds: readonly LargerKind[],
  areas: readonly Area[],
  { seed, span, foresight }: LargerRun,
): LargerColumns {
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
        addBreach(rows, kind, dice, { meantMs, number, k, index, area, foresight });
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
  readonly foresight: Foresight;
}

function addBreach(rows: Rows<typeof SHAPE>, kind: LargerKind, dice: Dice, meant: Meant): void {
  const row = rows.add();
  const { columns } = rows;
  const { area, meantMs } = meant;
  const along = dice.uniform();
  const [side, informed, when01] = [dice.below(2), dice.uniform() < kind.informed01, dice.uniform()];
  const sKm = area.atKm + area.halfKm * (2 * along - 1);
  const yKm = area.offsetKm + (area.halfAcrossKm ?? 0) * (2 * dice.uniform() - 1);
  const gaps = informed ? meant.foresight({ kind: meant.k, area: meant.index, sKm, yKm }) : [];
  const best = bestGap(gaps, meantMs, kind);
  const gap = gaps[best];
  const tMs = gap === undefined ? meantMs : startIn(gap, meantMs, { lastsMs: 1000 * kind.lastsS, when01 });
  columns.tMs[row] = tMs;
  columns.meantMs[row] = meantMs;
  columns.endMs[row] = Math.floor(tMs + 1000 * kind.lastsS);
  columns.sKm[row] = sKm;
  columns.yKm[row] = yKm;
  columns.kind[row] = meant.k;
  columns.area[row] = meant.index;
  columns.side[row] = side;
  columns.informed[row] = informed ? 1 : 0;
  columns.gap[row] = best;
  columns.number[row] = meant.number;
}

/** The longest gap that can be had within the patience and holds the act; the earlier of two alike; -1: none. */
function bestGap(gaps: readonly Gap[], meantMs: number, kind: LargerKind): number {
  const untilMs = meantMs + kind.patienceHours * 3_600_000;
  let best = -1;
  let longestMs = 1000 * kind.lastsS;
  for (const [g, { fromMs, toMs }] of gaps.entries()) {
    if (!(toMs > fromMs && fromMs >= (gaps[g - 1]?.fromMs ?? fromMs))) {
      throw new RangeError(`gap ${g}: ${fromMs} to ${toMs} ms; gaps come by beginning`);
    }
    if (fromMs > untilMs) break;
    const usableMs = toMs - Math.max(meantMs, fromMs);
    if (usableMs >= longestMs && (best < 0 || usableMs > longestMs)) [best, longestMs] = [g, usableMs];
  }
  return best;
}

/** Anywhere in the gap's first half that leaves time for the act: whoever knows of a gap does not begin at its last moment. */
function startIn(
  gap: Gap,
  meantMs: number,
  { lastsMs, when01 }: { readonly lastsMs: number; readonly when01: number },
): number {
  const fromMs = Math.max(meantMs, gap.fromMs);
  const spareMs = gap.toMs - fromMs - lastsMs;
  return Math.floor(fromMs + (when01 * spareMs) / 2);
}
