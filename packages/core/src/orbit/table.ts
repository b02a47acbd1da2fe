/** Bulk states: one pass over the span per satellite, shared by every site, cell and station that asks. */
import { kernel } from "@vedette/kernel/kernel";
import { hermite } from "../numerics/hermite.ts";
import { type Interval, instant, MS_PER_DAY, MS_PER_MINUTE } from "../time/instant.ts";
import { subtract } from "../time/intervals.ts";
import { fillStates, type Steps, writeState } from "./bulk.ts";
import type { MeanElements } from "./elements.ts";
import type { Ephemeris, StateTable, Unknown } from "./ephemeris.ts";
import { sgp4Of } from "./sgp4.ts";

const MU_KM3PS2 = 398_600.8; // WGS 72, as SGP4
/** Steps to choose from; each divides the longer ones, so that nodes of all tables fall on common instants. */
const STEPS_S = [120, 60, 30, 15, 5];
const INTERPOLATION_ERROR_KM = 0.0065;

export interface TableOptions {
  /** Elements further than this from an instant, before or after, are not believed there. Infinity: never stale. */
  readonly staleAfterMs: number;
  /** An exercise may replay the sky of another day: states are those of `at - rebaseMs`, a multiple of whole days. */
  readonly rebaseMs?: number;
}

/** Default of `staleAfterMs`: 14 days. */
export const STALE_AFTER_MS: number = 14 * MS_PER_DAY;

/**
 * States of `elements` over `span`, two nodes beyond it on either side. Where SGP4 fails or the elements are stale,
 * `unknown` says so with the reason; at stale instants nodes are still filled, for interpolation up to the edge.
 */
export function tabulate(elements: MeanElements, span: Interval, options: TableOptions): StateTable {
  const stepMs = stepSOf(elements) * 1000;
  const firstMs = (Math.floor(span.start / stepMs) - 1) * stepMs;
  const count = Math.ceil((span.end - firstMs) / stepMs) + 2;
  const rEcefKm = new Float64Array(3 * count).fill(Number.NaN);
  const vEcefKmps = new Float64Array(3 * count).fill(Number.NaN);
  const { rebaseMs = 0 } = options;
  const isMissing = fillStates(
    elements,
    { firstMs: firstMs - rebaseMs, stepMs, count },
    { rEcefKm, vEcefKmps },
    kernel,
  );
  const failures = isMissing ? failuresOf(elements, { firstMs, stepMs, count, rebaseMs }, rEcefKm, span) : [];
  return {
    firstMs,
    stepMs,
    count,
    rEcefKm,
    vEcefKmps,
    unknown: inOrder(staleParts(elements, span, options), failures),
  };
}

/** Why nodes have no state: SGP4 is asked again where there is none. */
function failuresOf(
  elements: MeanElements,
  { firstMs, stepMs, count, rebaseMs }: Steps & { readonly rebaseMs: number },
  rEcefKm: Float64Array,
  span: Interval,
): Unknown[] {
  const model = sgp4Of(elements);
  const failures: Unknown[] = [];
  for (let i = 0; i < count; i++) {
    if (!Number.isNaN(rEcefKm[3 * i])) continue;
    const at = firstMs + i * stepMs;
    const state = model.stateAt((at - rebaseMs - elements.epochUtcMs) / MS_PER_MINUTE);
    pushFailure(failures, "code" in state ? state.code : "element-error", at, stepMs, span);
  }
  return failures;
}

/** A failed node makes the step on either side of it unknown: there is nothing to interpolate with. */
function pushFailure(failures: Unknown[], code: Unknown["code"], at: number, stepMs: number, span: Interval): void {
  const last = failures.at(-1);
  // A step between two failures of different kinds is the first one's.
  const from = last === undefined || last.code === code ? at - stepMs : Math.max(at - stepMs, last.end);
  const start = instant(Math.max(from, span.start));
  const end = instant(Math.min(at + stepMs, span.end));
  if (start >= end) return;
  if (last !== undefined && last.end >= start && last.code === code) failures[failures.length - 1] = { ...last, end };
  else failures.push({ start, end, code });
}

/** Each stretch once: where elements are stale it does not matter that they would fail, too. */
function inOrder(stale: readonly Unknown[], failures: readonly Unknown[]): Unknown[] {
  const fresh = failures.flatMap((failure) =>
    subtract([failure], stale).map((part) => ({ ...part, code: failure.code })),
  );
  return [...stale, ...fresh].sort((a, b) => a.start - b.start);
}

function staleParts(elements: MeanElements, span: Interval, { staleAfterMs, rebaseMs = 0 }: TableOptions): Unknown[] {
  const epoch = elements.epochUtcMs + rebaseMs;
  // Whole milliseconds: the first that is believed, the first that is not.
  const freshFrom = Math.max(span.start, Math.min(span.end, Math.ceil(epoch - staleAfterMs)));
  const freshTo = Math.max(span.start, Math.min(span.end, Math.ceil(epoch + staleAfterMs)));
  const parts: Unknown[] = [];
  if (span.start < freshFrom) parts.push({ start: span.start, end: instant(freshFrom), code: "stale" });
  if (freshTo < span.end) parts.push({ start: instant(freshTo), end: span.end, code: "stale" });
  return parts;
}

/**
 * The longest step that keeps cubic interpolation within about 7 m in near-circular orbits: the fourth derivative of a Kepler orbit is greatest at
 * perigee, where it is below n_p^4 r_p (1 + 8 e), n_p being the angular rate there.
 */
function stepSOf({ meanMotionRevPerDay, eccentricity: e }: MeanElements): number {
  const n = (meanMotionRevPerDay * 2 * Math.PI) / 86_400;
  const perigeeKm = Math.cbrt(MU_KM3PS2 / (n * n)) * (1 - e);
  const rateRadps = Math.sqrt((MU_KM3PS2 * (1 + e)) / perigeeKm ** 3);
  const fourthKmps4 = rateRadps ** 4 * perigeeKm * (1 + 8 * e);
  return STEPS_S.find((s) => (s ** 4 / 384) * fourthKmps4 <= INTERPOLATION_ERROR_KM) ?? 5;
}

/** SGP4 itself as an ephemeris, for edges and tangents where interpolation is not enough. */
export function ephemerisOf(elements: MeanElements, options: TableOptions): Ephemeris {
  const model = sgp4Of(elements);
  const r = new Float64Array(3);
  const v = new Float64Array(3);
  const { rebaseMs = 0, staleAfterMs } = options;
  return (at) => {
    if (Math.abs(at - rebaseMs - elements.epochUtcMs) > staleAfterMs) return undefined;
    if (!writeState(model, at - rebaseMs, 0, r, v)) return undefined;
    return { frame: "ecef", xKm: r[0] ?? Number.NaN, yKm: r[1] ?? Number.NaN, zKm: r[2] ?? Number.NaN };
  };
}

/** Interpolates position (3 values) into `out` at `utcMs`, which must lie between the first and the last node. */
export function positionInto(table: StateTable, utcMs: number, out: Float64Array): void {
  const { firstMs, stepMs, count, rEcefKm: r, vEcefKmps: v } = table;
  const x = (utcMs - firstMs) / stepMs;
  const i = Math.max(0, Math.min(Math.floor(x), count - 2));
  const h = stepMs / 1000;
  for (let k = 3 * i, j = 0; j < 3; k++, j++) {
    out[j] = hermite(x - i, h, r[k] as number, v[k] as number, r[k + 3] as number, v[k + 3] as number);
  }
}
