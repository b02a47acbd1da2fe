/** What only the base case shows: the ledger, passes one by one, requests by what could have been. */
import { type Acceptance, kindsJudge } from "../access/acceptance.ts";
import { Ledger } from "../access/ledger.ts";
import { ANGLE_STEP_DEG, type PackedOpportunities, type Sky, SUN_STEP_DEG } from "../access/sky.ts";
import { SENSOR_KINDS } from "../network/network.ts";
import type { LookSatellite, Taken } from "../plan/looks.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import type { UnknownStretch, Watch } from "./watch.ts";

/** One case, looked at closely. */
export interface Closely {
  readonly watch: Watch;
  readonly sky: Sky;
  readonly acceptance: Acceptance;
  readonly satellites: readonly LookSatellite[];
  readonly plan: Taken;
}

/** The ledger of one case: hours counted from the span's start, the last one possibly short. */
export function ledgerOf({ sky, acceptance, satellites, plan }: Closely, unknown: readonly UnknownStretch[]): Ledger {
  const { start, end } = sky.span;
  const hours = Math.ceil((end - start) / MS_PER_HOUR);
  const ledger = new Ledger(sky.cells, hours);
  const { cellFirst, cellAt, cellKinds, cellSatellite } = acceptance;
  for (let cell = 0; cell < sky.cells; cell++) {
    for (let k = cellFirst[cell] as number; k < (cellFirst[cell + 1] as number); k++) {
      if (satellites[cellSatellite[k] as number]?.active !== true) continue;
      const bits = cellKinds[k] as number;
      const hour = Math.floor(((cellAt[k] as number) * sky.unitMs) / MS_PER_HOUR);
      for (let kind = 0; kind < SENSOR_KINDS.length; kind++) {
        if ((bits & (1 << kind)) !== 0) ledger.mark("observable", kind, cell, hour);
        if ((bits & (16 << kind)) !== 0) ledger.mark("night", kind, cell, hour);
      }
    }
  }
  for (const { firstRow, cells, sensor } of plan.looks) {
    for (let row = firstRow; row < firstRow + cells; row++) {
      const hour = Math.floor(((plan.at[row] as number) * sky.unitMs) / MS_PER_HOUR);
      ledger.mark("taken", sensor.kind, plan.cell[row] as number, hour);
    }
  }
  for (const { satellite, fromMs, toMs } of unknown) {
    const { active = false, sensors = [] } = satellites[satellite] ?? {};
    if (!active) continue;
    const [from, to] = [Math.floor((fromMs - start) / MS_PER_HOUR), Math.ceil((toMs - start) / MS_PER_HOUR)];
    for (const { kind } of sensors) ledger.markUnknown(kind, from, to);
  }
  return ledger;
}

/** One pass of an active satellite over the zones. */
export interface PassFigures {
  readonly satellite: number;
  /** Bits of the kinds that could look. */
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

/** Passes with at least one accessible cell, in order of time. */
export function passFigures(closely: Closely): PassFigures[] {
  const { watch, acceptance, satellites, plan } = closely;
  const looks = new Map<number, { cells: Set<number>; deliveredMs: number; ground: number }>();
  for (const { pass, firstRow, cells, deliveredMs, ground } of plan.looks) {
    const known = looks.get(pass) ?? { cells: new Set<number>(), deliveredMs: Number.NaN, ground: -1 };
    for (const cell of plan.cell.subarray(firstRow, firstRow + cells)) known.cells.add(cell);
    const isFirst = deliveredMs <= watch.span.end && !(known.deliveredMs <= deliveredMs);
    looks.set(pass, { ...(isFirst ? { deliveredMs, ground } : known), cells: known.cells });
  }
  const out: PassFigures[] = [];
  acceptance.passSatellite.forEach((satellite, pass) => {
    if (satellites[satellite]?.active !== true || Number.isNaN(acceptance.passStartMs[pass] as number)) return;
    const { cells, deliveredMs = Number.NaN, ground = -1 } = looks.get(pass) ?? {};
    out.push({ satellite, ...geometryOf(closely, pass), takenCells: cells?.size ?? 0, deliveredMs, ground });
  });
  return out.sort((a, b) => a.startMs - b.startMs || a.satellite - b.satellite);
}

function geometryOf({ sky, acceptance, satellites }: Closely, pass: number) {
  const satellite = acceptance.passSatellite[pass] as number;
  const o = sky.satellites[satellite] as PackedOpportunities;
  const index = acceptance.passIndex[pass] as number;
  const kindsAt = kindsJudge(satellites[satellite]?.sensors ?? []);
  let [kinds, accessibleCells, least, sun] = [0, 0, Number.POSITIVE_INFINITY, 0];
  for (let i = o.passFirst[index] as number; i < (o.passFirst[index + 1] as number); i++) {
    const bits = kindsAt(o, i) & 15;
    if (bits === 0) continue;
    kinds |= bits;
    accessibleCells++;
    least = Math.min(least, o.offNadir[i] as number);
    sun += o.sun[i] as number;
  }
  return {
    kinds,
    startMs: acceptance.passStartMs[pass] as number,
    endMs: acceptance.passEndMs[pass] as number,
    accessibleCells,
    minOffNadirDeg: least * ANGLE_STEP_DEG,
    sunElevationDeg: (sun / accessibleCells) * SUN_STEP_DEG,
  };
}

/** Per request: cells whose longest gap among opportunities that would answer it is within the revisit wanted. */
export function accessibleMet({ watch, sky, acceptance, satellites }: Closely): number[] {
  const { cellFirst, cellAt, cellAnswers, cellSatellite } = acceptance;
  return watch.requests.map((request, r) => {
    const wanted = (request.revisitH * MS_PER_HOUR) / sky.unitMs;
    const spanEnd = (sky.span.end - sky.span.start) / sky.unitMs;
    let met = 0;
    for (let cell = 0; cell < sky.cells; cell++) {
      if ((((watch.cellRequests[cell] as number) >>> r) & 1) === 0) continue;
      let [last, longest] = [0, 0];
      for (let k = cellFirst[cell] as number; k < (cellFirst[cell + 1] as number); k++) {
        if ((((cellAnswers[k] as number) >>> r) & 1) === 0 || satellites[cellSatellite[k] as number]?.active !== true)
          continue;
        longest = Math.max(longest, (cellAt[k] as number) - last);
        last = cellAt[k] as number;
      }
      if (Math.max(longest, spanEnd - last) <= wanted) met++;
    }
    return met;
  });
}
