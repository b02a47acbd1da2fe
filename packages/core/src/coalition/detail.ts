/** What only the base case shows: the ledger, and passes one by one. */
import { Ledger } from "../access/ledger.ts";
import type { Sky } from "../access/sky.ts";
import { SENSOR_KINDS } from "../network/network.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import type { AssessmentDetail, Watch } from "./watch.ts";

/** A stretch in which one satellite's position is unknown. */
export interface UnknownStretch {
  readonly satellite: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly code: string;
}

/** The ledger of one case: hours counted from the span's start, the last one possibly short. */
export function ledgerOf(watch: Watch, sky: Sky, detail: AssessmentDetail, unknown: readonly UnknownStretch[]): Ledger {
  const { start, end } = watch.span;
  const hours = Math.ceil((end - start) / MS_PER_HOUR);
  const ledger = new Ledger(sky.cells, hours);
  const { kinds } = detail.acceptance;
  const hourOf = (utcMs: number) => Math.floor((utcMs - start) / MS_PER_HOUR);
  for (let i = 0; i < kinds.length; i++) {
    const bits = kinds[i] as number;
    if (bits === 0) continue;
    const [cell, hour] = [sky.cell[i] as number, hourOf(sky.atMs[i] as number)];
    for (let kind = 0; kind < SENSOR_KINDS.length; kind++) {
      if ((bits & (1 << kind)) !== 0) ledger.mark("observable", kind, cell, hour);
      if ((bits & (16 << kind)) !== 0) ledger.mark("night", kind, cell, hour);
    }
  }
  const { opportunity, look, looks } = detail.plan;
  for (let row = 0; row < opportunity.length; row++) {
    const i = opportunity[row] as number;
    const kind = looks[look[row] as number]?.sensor.kind ?? 0;
    ledger.mark("taken", kind, sky.cell[i] as number, hourOf(sky.atMs[i] as number));
  }
  for (const { satellite, fromMs, toMs } of unknown) {
    const { active = false, sensors = [] } = detail.satellites[satellite] ?? {};
    if (!active) continue;
    for (const { kind } of sensors) ledger.markUnknown(kind, hourOf(fromMs), Math.ceil((toMs - start) / MS_PER_HOUR));
  }
  return ledger;
}

/** One pass of an active satellite over the zones. */
export interface PassFigures {
  readonly satellite: number;
  /** Bits of kinds that could look, and of those that could but for the sun (shifted by 4). */
  readonly kinds: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly accessibleCells: number;
  readonly takenCells: number;
  readonly minOffNadirDeg: number;
  readonly sunElevationDeg: number;
  /** NaN: not taken, or not at headquarters within the span. */
  readonly deliveredMs: number;
  readonly ground: number;
}

/** Passes with at least one accessible cell, in order of time; times are those of the accessible cells. */
export function passFigures(watch: Watch, sky: Sky, detail: AssessmentDetail): PassFigures[] {
  const firstLook = new Map<number, { cells: number; deliveredMs: number; ground: number }>();
  for (const { pass, cells, deliveredMs, ground } of detail.plan.looks) {
    const known = firstLook.get(pass);
    const down = deliveredMs <= watch.span.end && !(known !== undefined && known.deliveredMs <= deliveredMs);
    firstLook.set(pass, {
      cells: cells + (known?.cells ?? 0),
      deliveredMs: down ? deliveredMs : (known?.deliveredMs ?? Number.NaN),
      ground: down ? ground : (known?.ground ?? -1),
    });
  }
  const out: PassFigures[] = [];
  for (let pass = 0; pass < sky.passSatellite.length; pass++) {
    const figures = accessibleOf(sky, detail.acceptance.kinds, pass);
    if (figures === undefined) continue;
    const look = firstLook.get(pass);
    out.push({
      ...figures,
      satellite: sky.passSatellite[pass] as number,
      takenCells: look?.cells ?? 0,
      deliveredMs: look?.deliveredMs ?? Number.NaN,
      ground: look?.ground ?? -1,
    });
  }
  return out.sort((a, b) => a.startMs - b.startMs || a.satellite - b.satellite);
}

function accessibleOf(sky: Sky, kinds: Uint8Array, pass: number) {
  let [startMs, endMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [bits, accessibleCells, minOffNadirDeg, sun] = [0, 0, 90, 0];
  for (let i = sky.passFirst[pass] as number; i < (sky.passFirst[pass + 1] as number); i++) {
    bits |= kinds[i] as number;
    if (((kinds[i] as number) & 15) === 0) continue;
    accessibleCells++;
    startMs = Math.min(startMs, sky.atMs[i] as number);
    endMs = Math.max(endMs, sky.atMs[i] as number);
    minOffNadirDeg = Math.min(minOffNadirDeg, sky.offNadirDeg[i] as number);
    sun += sky.sunElevationDeg[i] as number;
  }
  if (accessibleCells === 0) return undefined;
  return { kinds: bits, startMs, endMs, accessibleCells, minOffNadirDeg, sunElevationDeg: sun / accessibleCells };
}
