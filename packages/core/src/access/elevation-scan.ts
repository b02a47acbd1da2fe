/** The scan behind `findPasses`: one state table seen from one site. */
import type { Site } from "../geo/position.ts";
import { ecefOf, upOf } from "../geo/wgs84.ts";
import { bracketedRoot } from "../numerics/search.ts";
import type { StateTable } from "../orbit/ephemeris.ts";
import { type Instant, type Interval, instant } from "../time/instant.ts";

const DEG = Math.PI / 180;
/** Interpolation moves the sine of an elevation by less than this: 7 m at 140 km range and above. */
const NEAR_SIN = 5e-5;

export interface Pass extends Interval {
  readonly peak: Instant;
  readonly peakElevationDeg: number;
  /** Edges that are not a rise or a set: the span, or our knowledge, began or ended there. */
  readonly clipped: "none" | "start" | "end" | "both";
}

/** Edges in fractional ms; infinite where the platform is up beyond the part scanned. */
export interface Up {
  readonly rise: number;
  readonly set: number;
}

/** Sine of the elevation by the ephemeris itself; NaN where it does not know. */
export type SinElevation = (utcMs: number) => number;

/** One table seen from one site: sine of the elevation and its slope, at nodes and between them. */
export class ElevationScan {
  readonly #table: StateTable;
  /** The site's vertical, then its position in km: Earth-fixed. */
  readonly #geometry: Float64Array;
  readonly #sinMask: number;
  /** Greatest central angle at which the platform can be above the mask. */
  readonly #reachRad: number;
  readonly #maxStepRad: number;
  readonly #siteKm: number;
  readonly #scratch = { value: 0, slope: 0 };

  constructor(table: StateTable, site: Site, maskDeg: number) {
    this.#table = table;
    const { xKm, yKm, zKm } = ecefOf(site);
    this.#geometry = Float64Array.of(...upOf(site), xKm, yKm, zKm);
    this.#siteKm = Math.hypot(xKm, yKm, zKm);
    this.#sinMask = Math.sin(maskDeg * DEG);
    const { maxKm, maxRadPerStep } = boundsOf(table);
    // The vertical is up to 0.2 degrees off the radius: the mask is lowered by that, so that the bound stays one.
    const low = maskDeg * DEG - 0.0035;
    this.#reachRad = Math.acos(Math.max(-1, Math.min(1, (this.#siteKm / maxKm) * Math.cos(low)))) - low + 0.001;
    this.#maxStepRad = maxRadPerStep;
  }

  /** Nodes that certainly pass before the platform can be up; 0 where it may be up within a step. */
  #skip(i: number): number {
    const { rEcefKm: r } = this.#table;
    const g = this.#geometry;
    const x = r[3 * i] as number;
    const y = r[3 * i + 1] as number;
    const z = r[3 * i + 2] as number;
    const cos =
      (x * (g[3] as number) + y * (g[4] as number) + z * (g[5] as number)) /
      (Math.sqrt(x * x + y * y + z * z) * this.#siteKm);
    return Math.floor((Math.acos(Math.max(-1, Math.min(1, cos))) - this.#reachRad) / this.#maxStepRad);
  }

  /** Sine of the elevation above the sine of the mask, and its slope per second, at node `i`. */
  #atNode(i: number, out: Sample): void {
    const { rEcefKm: r, vEcefKmps: v } = this.#table;
    const k = 3 * i;
    this.#slopeOf(
      r[k] as number,
      r[k + 1] as number,
      r[k + 2] as number,
      v[k] as number,
      v[k + 1] as number,
      v[k + 2] as number,
      out,
    );
  }

  /** The same at fraction `u` of step `i`: `stateInto` written out, in the hottest of loops. */
  #at(i: number, u: number, out: Sample): void {
    const { rEcefKm: r, vEcefKmps: v, stepMs } = this.#table;
    const h = stepMs / 1000;
    const k = 3 * i;
    const w = 1 - u;
    const a0 = w * w * (1 + 2 * u);
    const a1 = u * u * (3 - 2 * u);
    const b0 = w * w * u * h;
    const b1 = -u * u * w * h;
    const c = (6 * u * w) / h;
    const d0 = w * (1 - 3 * u);
    const d1 = u * (3 * u - 2);
    const x0 = r[k] as number;
    const y0 = r[k + 1] as number;
    const z0 = r[k + 2] as number;
    const x1 = r[k + 3] as number;
    const y1 = r[k + 4] as number;
    const z1 = r[k + 5] as number;
    const vx0 = v[k] as number;
    const vy0 = v[k + 1] as number;
    const vz0 = v[k + 2] as number;
    const vx1 = v[k + 3] as number;
    const vy1 = v[k + 4] as number;
    const vz1 = v[k + 5] as number;
    this.#slopeOf(
      a0 * x0 + a1 * x1 + b0 * vx0 + b1 * vx1,
      a0 * y0 + a1 * y1 + b0 * vy0 + b1 * vy1,
      a0 * z0 + a1 * z1 + b0 * vz0 + b1 * vz1,
      c * (x1 - x0) + d0 * vx0 + d1 * vx1,
      c * (y1 - y0) + d0 * vy0 + d1 * vy1,
      c * (z1 - z0) + d0 * vz0 + d1 * vz1,
      out,
    );
  }

  #slopeOf(x: number, y: number, z: number, vx: number, vy: number, vz: number, out: Sample): void {
    const g = this.#geometry;
    const ux = g[0] as number;
    const uy = g[1] as number;
    const uz = g[2] as number;
    const dx = x - (g[3] as number);
    const dy = y - (g[4] as number);
    const dz = z - (g[5] as number);
    const up = dx * ux + dy * uy + dz * uz;
    const square = dx * dx + dy * dy + dz * dz;
    const range = Math.sqrt(square);
    out.value = up / range - this.#sinMask;
    out.slope = (vx * ux + vy * uy + vz * uz - (up * (dx * vx + dy * vy + dz * vz)) / square) / range;
  }

  /** Stretches above the mask that touch `part`, in time order. */
  upIn(part: Interval, refine: SinElevation | undefined): Up[] {
    const { firstMs, stepMs, count } = this.#table;
    const first = Math.max(0, Math.floor((part.start - firstMs) / stepMs));
    const last = Math.min(count - 1, Math.ceil((part.end - firstMs) / stepMs));
    const found: Up[] = [];
    const [a, b] = [
      { value: 0, slope: 0 },
      { value: 0, slope: 0 },
    ];
    this.#atNode(first, a);
    let rise = a.value >= 0 ? Number.NEGATIVE_INFINITY : undefined;
    for (let i = first; i < last; ) {
      const skip = rise === undefined ? Math.min(this.#skip(i), last - i) : 0;
      if (skip > 1) {
        i += skip;
        this.#atNode(i, a);
        continue;
      }
      this.#atNode(i + 1, b);
      for (const edge of this.#crossings(i, a, b, refine)) {
        if (rise === undefined) rise = edge;
        else {
          found.push({ rise, set: edge });
          rise = undefined;
        }
      }
      a.value = b.value;
      a.slope = b.slope;
      i++;
    }
    if (rise !== undefined) found.push({ rise, set: Number.POSITIVE_INFINITY });
    // A rise in the last millisecond is first up when the part has ended.
    return found.filter(({ rise, set }) => set > part.start && Math.ceil(rise) < part.end);
  }

  /** Crossings of the mask in step `i`, in time order, in ms: none, one, or two about an extremum. */
  #crossings(i: number, a: Sample, b: Sample, refine: SinElevation | undefined): number[] {
    if (a.value >= 0 !== b.value >= 0) return [this.#edge(i, 0, 1, refine)];
    const peak = a.value < 0 && a.slope > 0 && b.slope < 0;
    const dip = a.value >= 0 && a.slope < 0 && b.slope > 0;
    if (!peak && !dip) return [];
    // A maximum cannot exceed either end by more than the tangents there allow.
    const h = this.#table.stepMs / 1000;
    if (peak && a.value + a.slope * h < -NEAR_SIN && b.value - b.slope * h < -NEAR_SIN) return [];
    const u = this.#extremum(i);
    const { value } = this.#sample(i, u);
    const at = this.#table.firstMs + (i + u) * this.#table.stepMs;
    if (refine !== undefined && Math.abs(value) < NEAR_SIN) return this.#nearTangent(at, peak, refine);
    if (value >= 0 === a.value >= 0) return [];
    return [this.#edge(i, 0, u, refine), this.#edge(i, u, 1, refine)];
  }

  /** An extremum within a hair of the mask: SGP4 itself says whether, and where, the mask is crossed. */
  #nearTangent(at: number, peak: boolean, refine: SinElevation): number[] {
    const sign = peak ? 1 : -1;
    const f = (ms: number) => sign * (refine(ms) - this.#sinMask);
    const halfMs = 8_000;
    // A parabola through three points is exact enough at this scale; two rounds centre it.
    let centre = at;
    for (const d of [2_000, 200]) {
      const [left, mid, right] = [f(centre - d), f(centre), f(centre + d)];
      const bend = left - 2 * mid + right;
      if (bend < 0) centre += Math.max(-d, Math.min(d, (0.5 * d * (left - right)) / bend));
    }
    if (!(f(centre) >= 0)) return [];
    // High, slow satellites stay near the mask for longer than a low one's eight seconds.
    const edge = (side: -1 | 1) => {
      let half = halfMs;
      while (f(centre + side * half) >= 0 && half < this.#table.stepMs) half *= 2;
      return bracketedRoot(f, Math.min(centre, centre + side * half), Math.max(centre, centre + side * half), 0.01);
    };
    return [edge(-1), edge(1)];
  }

  /** Valid until the next call. */
  #sample(i: number, u: number): Sample {
    this.#at(i, u, this.#scratch);
    return this.#scratch;
  }

  /** Where the slope turns in step `i`, as a fraction; to about 0.1 ms. */
  #extremum(i: number): number {
    return bracketedRoot((u) => this.#sample(i, u).slope, 0, 1, 1e-6);
  }

  /** The one crossing between fractions `u0` and `u1` of step `i`, ms. */
  #edge(i: number, u0: number, u1: number, refine: SinElevation | undefined): number {
    const { firstMs, stepMs } = this.#table;
    const u = this.#root(i, u0, u1);
    const at = firstMs + (i + u) * stepMs;
    if (refine === undefined) return at;
    const { slope } = this.#scratch;
    const step = (-1000 * (refine(at) - this.#sinMask)) / slope;
    // Newton where the curve is steep; where it is nearly level, a bracket on SGP4 itself.
    if (Math.abs(step) < 20 && Math.abs(slope) > 1e-5) return at + step;
    const f = (ms: number) => refine(ms) - this.#sinMask;
    for (const half of [100, 1_000, 10_000]) {
      const [before, after] = [f(at - half), f(at + half)];
      // Beyond what is believed nobody but the table answers.
      if (Number.isNaN(before + after)) return at;
      if (before >= 0 !== after >= 0) return bracketedRoot(f, at - half, at + half, 0.01);
    }
    return at;
  }

  /** Newton from the chord's guess, kept inside the bracket; leaves the sample at the root in `#scratch`. */
  #root(i: number, u0: number, u1: number): number {
    const at = this.#scratch;
    const h = this.#table.stepMs / 1000;
    this.#at(i, u0, at);
    const f0 = at.value;
    this.#at(i, u1, at);
    let [low, high] = [u0, u1];
    let u = u0 + ((u1 - u0) * f0) / (f0 - at.value);
    for (let n = 0; n < 60; n++) {
      this.#at(i, u, at);
      if (at.value >= 0 === f0 >= 0) low = u;
      else high = u;
      const next = u - at.value / (at.slope * h);
      const inside = next > low && next < high;
      const to = inside ? next : (low + high) / 2;
      // A hundredth of a millisecond.
      if (Math.abs(to - u) * h < 1e-5) return to;
      u = to;
    }
    return u;
  }

  /** The pass cut to `part`, with its highest point inside. */
  passOf({ rise, set }: Up, part: Interval, refine: SinElevation | undefined): Pass {
    const cutStart = rise < part.start;
    const cutEnd = set > part.end;
    // Half-open, whole milliseconds: the first instant that is up, the first that is not.
    const start = cutStart ? part.start : instant(Math.ceil(rise));
    const end = cutEnd ? part.end : instant(Math.max(Math.ceil(set), start + 1));
    const peak = this.#peakIn(start, end - 1);
    const sin = refine === undefined ? this.#valueAt(peak) + this.#sinMask : refine(peak);
    const clipped = cutStart ? (cutEnd ? "both" : "start") : cutEnd ? "end" : "none";
    return { start, end, peak: instant(peak), peakElevationDeg: Math.asin(Math.min(1, sin)) / DEG, clipped };
  }

  #valueAt(utcMs: number): number {
    const x = (utcMs - this.#table.firstMs) / this.#table.stepMs;
    const i = Math.max(0, Math.min(Math.floor(x), this.#table.count - 2));
    return this.#sample(i, x - i).value;
  }

  /** Highest point in [fromMs, toMs]: at an end, at a node's neighbourhood, or where the slope turns. */
  #peakIn(fromMs: number, toMs: number): number {
    const { firstMs, stepMs, count } = this.#table;
    let best = this.#valueAt(fromMs) >= this.#valueAt(toMs) ? fromMs : toMs;
    let bestValue = this.#valueAt(best);
    const last = Math.min(count - 2, Math.floor((toMs - firstMs) / stepMs));
    for (let i = Math.max(0, Math.floor((fromMs - firstMs) / stepMs)); i <= last; i++) {
      if (!(this.#sample(i, 0).slope > 0 && this.#sample(i, 1).slope <= 0)) continue;
      const at = Math.min(toMs, Math.max(fromMs, firstMs + (i + this.#extremum(i)) * stepMs));
      const value = this.#valueAt(at);
      if (value > bestValue) [best, bestValue] = [at, value];
    }
    return best;
  }
}

interface Sample {
  value: number;
  slope: number;
}

interface Bounds {
  readonly maxKm: number;
  readonly maxRadPerStep: number;
}

/** Many sites ask about one table. */
const known = new WeakMap<StateTable, Bounds>();

/** Farthest distance and fastest angular motion of a table, with the margin that interpolation needs. */
function boundsOf(table: StateTable): Bounds {
  const bounds = known.get(table) ?? computeBounds(table);
  known.set(table, bounds);
  return bounds;
}

function computeBounds({ rEcefKm: r, vEcefKmps: v, stepMs }: StateTable): Bounds {
  let [maxKm, maxRate] = [0, 0];
  for (let k = 0; k < r.length; k += 3) {
    const [x, y, z] = [r[k] as number, r[k + 1] as number, r[k + 2] as number];
    const square = x * x + y * y + z * z;
    const vSquare = (v[k] as number) ** 2 + (v[k + 1] as number) ** 2 + (v[k + 2] as number) ** 2;
    if (square > maxKm) maxKm = square;
    if (vSquare > maxRate * square) maxRate = vSquare / square;
  }
  // Nodes sample the rate every 5 to 120 s, about 8 degrees of a low orbit: 2 % covers what lies between.
  return { maxKm: Math.sqrt(maxKm) * 1.001 || 1, maxRadPerStep: (Math.sqrt(maxRate) * 1.02 * stepMs) / 1000 || 1 };
}
