/**
 * The sweep: for each cell the moments at which it comes abeam of a satellite within reach of one of its sensors.
 *
 * Abeam is the instant of closest approach, (P - r) . v = 0 with v relative to the Earth (zero Doppler): a side-looking
 * radar and a push-broom image there, and it is the least off-nadir angle that an agile one can have. So a pass gives a
 * cell at most one opportunity. Cost follows the output: cells beyond the reach across track are dropped on a dot product.
 */
import { kernel } from "@vedette/kernel/kernel";
import { sunEcefUnit } from "../geo/sun.ts";
import { WGS84_A_KM, WGS84_E2 } from "../geo/wgs84.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import { accelerationInto, STATE_LENGTH, stateInto, FRACTION as U } from "../orbit/state.ts";
import type { Interval } from "../time/instant.ts";
import type { CellGrid } from "./grid.ts";
import { type Opportunities, OpportunityColumns } from "./opportunities.ts";
import { accepts, centralAngleRad, type Reach, widestAngleRad } from "./reach.ts";
import { sweepInKernel } from "./sweep-kernel.ts";

const DEG = Math.PI / 180;
const EARTH_KM = 6371;
/** Curvature of the ground track within a step, and the ellipsoid: what the cheap test across track allows for. */
const TRACK_MARGIN_KM = 25;

export { accepts, centralAngleRad, type Reach };

export interface SweepQuery {
  readonly table: StateTable;
  readonly grid: CellGrid;
  readonly span: Interval;
  readonly reaches: readonly Reach[];
}

/** Opportunities of one satellite in time order of passes. Where the table does not know, there are none: see its `unknown`. */
export function sweep(query: SweepQuery): Opportunities {
  if (kernel === undefined) return sweepPlainly(query);
  const { columns, runs, limitKm } = begun(query);
  if (runs.length > 0) sweepInKernel({ ...query, runs, limitKm }, kernel, columns);
  return columns.done();
}

/** The same cell by cell: for machines without SIMD. */
export function sweepPlainly(query: SweepQuery): Opportunities {
  const { table, grid, span, reaches } = query;
  const { columns, runs, limitKm } = begun(query);
  const pass = new PassSweep(table, grid, span, reaches, columns);
  for (const [first, last] of runs) pass.run(first, last, limitKm);
  return columns.done();
}

/** Runs of nodes in which the satellite may reach a cell, and how far across track that is. */
function begun({ table, grid, reaches }: SweepQuery) {
  const columns = new OpportunityColumns();
  if (grid.count === 0 || reaches.length === 0) return { columns, runs: [], limitKm: 0 };
  const reachRad = widestAngleRad(reaches, maxRadiusKm(table));
  const limitKm = reachRad * WGS84_A_KM + TRACK_MARGIN_KM;
  return { columns, runs: runsInRange(table, grid.cap, reachRad), limitKm };
}

function maxRadiusKm({ rEcefKm: r }: StateTable): number {
  let max = 0;
  for (let k = 0; k < r.length; k += 3) {
    const square = (r[k] as number) ** 2 + (r[k + 1] as number) ** 2 + (r[k + 2] as number) ** 2;
    if (square > max) max = square;
  }
  return Math.sqrt(max) || 1e9;
}

/** Runs of nodes [first, last], all known, during which the satellite may be within reach of the cap, a node to spare on either side. */
function runsInRange(table: StateTable, cap: CellGrid["cap"], reachRad: number): [number, number][] {
  const { rEcefKm: r, count } = table;
  const perStep = fastestRadPerStep(table);
  const runs: [number, number][] = [];
  const limit = cap.radiusRad + reachRad + 0.02;
  const known = (i: number) => !Number.isNaN(r[3 * i]);
  for (let i = 0; i < count - 1; ) {
    const k = 3 * i;
    const [x, y, z] = [r[k] as number, r[k + 1] as number, r[k + 2] as number];
    const away = Math.acos((x * cap.x + y * cap.y + z * cap.z) / Math.sqrt(x * x + y * y + z * z)) - limit;
    if (!(away <= perStep)) {
      // Also past a node that is unknown: no run goes over it.
      i += Math.max(1, away > 0 ? Math.floor(away / perStep) : 0);
      continue;
    }
    const from = i > 0 && known(i - 1) ? i - 1 : i;
    const to = known(i + 1) ? i + 1 : i;
    const last = runs.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = to;
    else runs.push([from, to]);
    i++;
  }
  // Quarters of a revolution: in each a cell is abeam once at most.
  const most = Math.max(1, Math.floor(Math.PI / 2 / perStep));
  return runs.flatMap(([first, last]) => {
    const out: [number, number][] = [];
    for (let from = first; from < last; from += most) out.push([from, Math.min(last, from + most)]);
    return out;
  });
}

/** Greatest angular motion over the ground in a step; nodes sample it at most 8 degrees apart: 2 % covers what lies between. */
function fastestRadPerStep({ rEcefKm: r, vEcefKmps: v, stepMs }: StateTable): number {
  let most = 0;
  for (let k = 0; k < r.length; k += 3) {
    const square = (r[k] as number) ** 2 + (r[k + 1] as number) ** 2 + (r[k + 2] as number) ** 2;
    const vSquare = (v[k] as number) ** 2 + (v[k + 1] as number) ** 2 + (v[k + 2] as number) ** 2;
    if (vSquare > most * square) most = vSquare / square;
  }
  return (Math.sqrt(most) * 1.02 * stepMs) / 1000 || 1;
}

/** Working arrays of one satellite's sweep, and the inner loop. */
class PassSweep {
  readonly #table: StateTable;
  readonly #grid: CellGrid;
  readonly #span: Interval;
  readonly #reaches: readonly Reach[];
  readonly #columns: OpportunityColumns;
  /** As `stateInto` takes and fills it. */
  readonly #state = new Float64Array(STATE_LENGTH);
  /** As `OpportunityColumns.push` takes it. */
  readonly #row = new Float64Array(5);

  constructor(
    table: StateTable,
    grid: CellGrid,
    span: Interval,
    reaches: readonly Reach[],
    columns: OpportunityColumns,
  ) {
    this.#table = table;
    this.#grid = grid;
    this.#span = span;
    this.#reaches = reaches;
    this.#columns = columns;
  }

  run(first: number, last: number, limitKm: number): void {
    const { rEcefKm: r, vEcefKmps: v, firstMs, stepMs } = this.#table;
    const { pEcefKm: p, count } = this.#grid;
    const nodes = last - first + 1;
    // r . v, and the unit normal of the track's plane, per node.
    const rv = new Float64Array(nodes);
    const normal = new Float64Array(3 * nodes);
    for (let n = 0; n < nodes; n++) planeOf(r, v, 3 * (first + n), rv, normal, n);
    const sun = Float64Array.from(
      Array.from({ length: nodes }, (_, n) => sunEcefUnit(firstMs + (first + n) * stepMs)).flat(),
    );
    const h = (n: number, c: number): number => {
      const k = 3 * (first + n);
      return (
        (p[c] as number) * (v[k] as number) +
        (p[c + 1] as number) * (v[k + 1] as number) +
        (p[c + 2] as number) * (v[k + 2] as number) -
        (rv[n] as number)
      );
    };
    let n = nodes >> 1;
    for (let cell = 0; cell < count; cell++) {
      const c = 3 * cell;
      // Walk to the step in which the cell comes abeam, from where the cell before did.
      n = Math.min(n, nodes - 2);
      let here = h(n, c);
      if (here >= 0) {
        let next = h(n + 1, c);
        while (next >= 0 && n < nodes - 2) next = h(++n + 1, c);
        if (!(next < 0)) continue;
        here = h(n, c);
      } else {
        while (here < 0 && n > 0) here = h(--n, c);
        if (!(here >= 0)) continue;
      }
      const m = 3 * n;
      const across =
        (p[c] as number) * (normal[m] as number) +
        (p[c + 1] as number) * (normal[m + 1] as number) +
        (p[c + 2] as number) * (normal[m + 2] as number);
      if (!(Math.abs(across) <= limitKm)) continue;
      this.#state[U] = here / (here - h(n + 1, c));
      this.#abeam(first + n, cell, sun, m);
    }
    this.#columns.endPass();
  }

  /** Newton from the chord's guess, in `#state[U]`, to the instant abeam; then the angles there. */
  #abeam(i: number, cell: number, sun: Float64Array, m: number): void {
    const { firstMs, stepMs, unknown } = this.#table;
    const { pEcefKm: p, up } = this.#grid;
    const s = this.#state;
    const h = stepMs / 1000;
    const c = 3 * cell;
    let low = 0;
    let high = 1;
    for (let round = 0; round < 40; round++) {
      stateInto(this.#table, i, s);
      accelerationInto(this.#table, i, s);
      const vx = s[3] as number;
      const vy = s[4] as number;
      const vz = s[5] as number;
      const dx = (p[c] as number) - (s[0] as number);
      const dy = (p[c + 1] as number) - (s[1] as number);
      const dz = (p[c + 2] as number) - (s[2] as number);
      const u = s[U] as number;
      const value = dx * vx + dy * vy + dz * vz;
      if (value >= 0) low = u;
      else high = u;
      const slope = dx * (s[6] as number) + dy * (s[7] as number) + dz * (s[8] as number) - vx * vx - vy * vy - vz * vz;
      const next = u - value / slope / h;
      const to = next >= low && next <= high ? next : (low + high) / 2;
      s[U] = to;
      if (Math.abs(to - u) * h < 0.002) break;
    }
    stateInto(this.#table, i, s);
    const u = s[U] as number;
    const atMs = firstMs + (i + u) * stepMs;
    if (!(atMs >= this.#span.start && atMs < this.#span.end)) return;
    if (unknown.length > 0 && unknown.some(({ start, end }) => atMs >= start && atMs < end)) return;
    // The Sun moves by half a degree in the longest step: a straight line between nodes is right to 0.001 degrees.
    const sinSun =
      (up[c] as number) * mix(sun, m, u) +
      (up[c + 1] as number) * mix(sun, m + 1, u) +
      (up[c + 2] as number) * mix(sun, m + 2, u);
    const row = this.#row;
    row[0] = atMs;
    row[4] = Math.asin(Math.max(-1, Math.min(1, sinSun))) / DEG;
    this.#keep(cell);
  }

  /** Angles of the cell from the last state computed: kept where a sensor reaches it. */
  #keep(cell: number): void {
    const { up, pEcefKm: p } = this.#grid;
    const s = this.#state;
    const c = 3 * cell;
    const x = s[0] as number;
    const y = s[1] as number;
    const z = s[2] as number;
    const dx = (p[c] as number) - x;
    const dy = (p[c + 1] as number) - y;
    const dz = (p[c + 2] as number) - z;
    const range = Math.sqrt(dx * dx + dy * dy + dz * dz);
    const sinElevation = -(dx * (up[c] as number) + dy * (up[c + 1] as number) + dz * (up[c + 2] as number)) / range;
    if (sinElevation <= 0) return;
    // Geodetic nadir: the normal of the ellipsoid below (x q, y q, z), q from the radius of curvature there.
    const radius = Math.sqrt(x * x + y * y + z * z);
    const nKm = WGS84_A_KM / Math.sqrt(1 - WGS84_E2 * (z / radius) ** 2);
    const q = 1 - (WGS84_E2 * nKm) / (nKm + radius - EARTH_KM);
    const norm = Math.sqrt((x * x + y * y) * q * q + z * z);
    const cosOff = -(dx * x * q + dy * y * q + dz * z) / (range * norm);
    const vx = s[3] as number;
    const vy = s[4] as number;
    const vz = s[5] as number;
    const wx = y * vz - z * vy;
    const wy = z * vx - x * vz;
    const wz = x * vy - y * vx;
    const sinAcross = (dx * wx + dy * wy + dz * wz) / (Math.sqrt(wx * wx + wy * wy + wz * wz) * EARTH_KM);
    const row = this.#row;
    row[1] = Math.asin(Math.max(-1, Math.min(1, sinAcross))) * EARTH_KM;
    row[2] = Math.acos(Math.min(1, cosOff)) / DEG;
    row[3] = Math.acos(Math.min(1, sinElevation)) / DEG;
    for (const reach of this.#reaches) {
      if (!accepts(reach, row[2] as number, row[3] as number, row[1] as number)) continue;
      this.#columns.push(cell, row);
      return;
    }
  }
}

function mix(values: Float64Array, m: number, u: number): number {
  return (values[m] as number) * (1 - u) + (values[m + 3] as number) * u;
}

function planeOf(r: Float64Array, v: Float64Array, k: number, rv: Float64Array, normal: Float64Array, n: number): void {
  const [x, y, z] = [r[k] as number, r[k + 1] as number, r[k + 2] as number];
  const [vx, vy, vz] = [v[k] as number, v[k + 1] as number, v[k + 2] as number];
  rv[n] = x * vx + y * vy + z * vz;
  const [wx, wy, wz] = [y * vz - z * vy, z * vx - x * vz, x * vy - y * vx];
  const norm = Math.sqrt(wx * wx + wy * wy + wz * wz);
  normal[3 * n] = wx / norm;
  normal[3 * n + 1] = wy / norm;
  normal[3 * n + 2] = wz / norm;
}
