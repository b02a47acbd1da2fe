/** What keeps a mission from watching: jamming of its drones, roads that are closed to it. It begins by chance and lasts a while. */
import { Dice } from "../../numerics/dice.ts";
import { MS_PER_DAY, MS_PER_HOUR } from "../../time/instant.ts";
import { segmentsOf } from "./fire.ts";
import { forEachArrival, steadyLevel } from "./level.ts";
import type { Watch } from "./mission.ts";
import { outingsOf } from "./outing.ts";
import { type Columns, Rows } from "./rows.ts";
import type { FireSpec, Span } from "./spec.ts";

export const OBSTRUCTION_KINDS = ["jamming", "denial"] as const;
export type ObstructionKind = (typeof OBSTRUCTION_KINDS)[number];

/** Bits of `bands`. */
export const JAMS_NAVIGATION = 1;
export const JAMS_CONTROL = 2;

export interface ObstructionSpec {
  readonly perHotSpotDay: number;
  readonly perKmDay: number;
  /** Mean; how long each lasts is exponential. */
  readonly lastsHours: number;
  readonly reachKm: number;
  /** Of jamming: chance that it covers satellite navigation, and that it covers the control link; of one at least. */
  readonly navigation01?: number;
  readonly control01?: number;
}

export type ObstructionSpecs = Readonly<Record<ObstructionKind, ObstructionSpec>>;

const SHAPE = {
  fromMs: "f64",
  toMs: "f64",
  sKm: "f64",
  reachKm: "f32",
  /** Index into OBSTRUCTION_KINDS. */
  kind: "u8",
  /** JAMS_NAVIGATION, JAMS_CONTROL, or both; 0 for what is no jamming. */
  bands: "u8",
} as const;
export type ObstructionColumns = Columns<typeof SHAPE>;

/** By beginning. It does not depend on the regime: published counts were much the same in both. Those begun before the span are not in it. */
export function simulateObstruction(
  specs: ObstructionSpecs,
  ground: Pick<FireSpec, "hotSpots" | "lineKm" | "background">,
  { seed, span }: { readonly seed: number; readonly span: Span },
): ObstructionColumns {
  const rows = new Rows(SHAPE, 256);
  const level = steadyLevel(span);
  for (const [k, kind] of OBSTRUCTION_KINDS.entries()) {
    const spec = specs[kind];
    const add = (id: string, perDay: number, place: (dice: Dice) => number): void => {
      const dice = new Dice(seed, id, kind);
      forEachArrival(level, perDay, new Dice(seed, id, `${kind} begins`), (tMs) => {
        addRow(rows, spec, k, { tMs, sKm: Math.min(ground.lineKm, Math.max(0, place(dice))), dice });
      });
    };
    for (const { id, atKm, spreadKm } of ground.hotSpots) {
      add(`hot-spot/${id}`, spec.perHotSpotDay, (dice) => atKm + spreadKm * dice.normal());
    }
    for (const { id, fromKm, toKm } of segmentsOf(ground)) {
      add(id, spec.perKmDay * (toKm - fromKm), (dice) => dice.between(fromKm, toKm));
    }
  }
  return rows.taken(rows.orderBy(rows.columns.fromMs));
}

function addRow(
  rows: Rows<typeof SHAPE>,
  spec: ObstructionSpec,
  kind: number,
  { tMs, sKm, dice }: { readonly tMs: number; readonly sKm: number; readonly dice: Dice },
): void {
  const row = rows.add();
  const { columns } = rows;
  columns.fromMs[row] = tMs;
  columns.toMs[row] = Math.floor(tMs + dice.exponential() * spec.lastsHours * MS_PER_HOUR);
  columns.sKm[row] = sKm;
  columns.reachKm[row] = spec.reachKm;
  columns.kind[row] = kind;
  const [navigation, control] = [dice.uniform(), dice.uniform()];
  if (OBSTRUCTION_KINDS[kind] !== "jamming") columns.bands[row] = 0;
  else {
    const bands =
      (navigation < (spec.navigation01 ?? 1) ? JAMS_NAVIGATION : 0) |
      (control < (spec.control01 ?? 1) ? JAMS_CONTROL : 0);
    columns.bands[row] = bands === 0 ? JAMS_NAVIGATION : bands;
  }
}

/** How often the mission met each kind: flights that were jammed, patrols that were turned back; each once at most. */
export function recordObstruction(
  met: ObstructionColumns,
  watch: Watch,
  run: { readonly seed: number; readonly span: Span },
): Readonly<Record<ObstructionKind, number>> {
  return { jamming: countMet(met, 0, watch, run), denial: countMet(met, 1, watch, run) };
}

function countMet(
  columns: ObstructionColumns,
  kind: number,
  watch: Watch,
  run: { readonly seed: number; readonly span: Span },
): number {
  const { flights, patrols } = watch.mission;
  const outings = outingsOf(kind === 0 ? flights : patrols, kind === 0 ? "flight" : "patrol", watch, run);
  const lastsMs = kind === 0 ? flights.lastsMinutes * 60_000 : 0;
  let count = 0;
  for (let o = 0; o < outings.km.length; o++) {
    const start = outings.startMs[o] as number;
    if (start < run.span.fromMs || start >= run.span.toMs) continue;
    if (meets(columns, kind, { startMs: start, endMs: start + lastsMs, km: outings.km[o] as number })) count++;
  }
  return count;
}

/** Rows are few: a day of a long line has some tens. */
function meets(
  { fromMs, toMs, sKm, reachKm, kind: kinds }: ObstructionColumns,
  kind: number,
  outing: { readonly startMs: number; readonly endMs: number; readonly km: number },
): boolean {
  for (let i = 0; i < fromMs.length && (fromMs[i] as number) <= outing.endMs; i++) {
    if (kinds[i] !== kind || (toMs[i] as number) <= outing.startMs) continue;
    if (Math.abs((sKm[i] as number) - outing.km) <= (reachKm[i] as number)) return true;
  }
  return false;
}

/** Chance that an outing meets an obstruction, in closed form for a line without ends or hot spots: M/G/infinity. */
export function chanceMet(spec: ObstructionSpec, lastsMinutes: number): number {
  const days = spec.lastsHours / 24 + (lastsMinutes * 60_000) / MS_PER_DAY;
  return 1 - Math.exp(-spec.perKmDay * 2 * spec.reachKm * days);
}
