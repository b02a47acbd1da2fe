/**
 * Near-earth SGP4 (Hoots and Roehrich 1980; Vallado et al. 2006, WGS 72) for orbits of small eccentricity: many instants
 * of one satellite, or many satellites at one instant, two lanes. Short loops that hand their results on in memory: each
 * keeps to the registers, and is so short that the processor overlaps several of its rounds. Where the series do not hold,
 * the caller asks the scalar path.
 */
import * as K from "../src/record";
import {
  add,
  both,
  coarseCosOf,
  coarselyReduced,
  coarseSinOf,
  cosOf,
  div,
  flip,
  HALF,
  halfTurns,
  mul,
  ONE,
  reduced,
  sinOf,
  sub,
} from "./vector";

const EARTH_KM: usize = memory.data<f64>([6378.135]);
const EARTH_ROTATION_RADPS: usize = memory.data<f64>([7.292115855306589e-5]);
const HALF_J2: usize = memory.data<f64>([0.000541308]);
/** Square of the largest eccentricity for which the series below hold to 1e-12: 0.05. */
const MAX_ECC2: usize = memory.data<f64>([0.0025]);
const MIN_ECC: usize = memory.data<f64>([1e-6]);
const FITTING_ECC: usize = memory.data<f64>([-0.0005]);
const I3: usize = memory.data<f64>([0.3333333333333333]);
const I6: usize = memory.data<f64>([0.16666666666666666]);
const I24: usize = memory.data<f64>([0.041666666666666664]);
const I120: usize = memory.data<f64>([0.008333333333333333]);
const I720: usize = memory.data<f64>([0.001388888888888889]);
/** Of 1 / (1 + sqrt(1 - x)), after 1/2. */
const B1: usize = memory.data<f64>([0.125]);
const B2: usize = memory.data<f64>([0.0625]);
const B3: usize = memory.data<f64>([0.0390625]);
const B4: usize = memory.data<f64>([0.02734375]);

/** Instants in one round of the loops: what they hand on stays in the nearest cache. */
export const BLOCK: usize = 64;
/** Arrays of `BLOCK` doubles in `work`: byte offsets, which become part of the load. */
const PLANE: usize = BLOCK * 8;
const MEAN: usize = 0 * PLANE;
const DRAG: usize = 1 * PLANE;
const INV_DRAG: usize = 2 * PLANE;
const ECC: usize = 3 * PLANE;
const ARG: usize = 4 * PLANE;
const LONGITUDE: usize = 5 * PLANE;
const SIN_W: usize = 6 * PLANE;
const COS_W: usize = 7 * PLANE;
const AXN: usize = 8 * PLANE;
const AYN: usize = 9 * PLANE;
const SIN_E: usize = 10 * PLANE;
const COS_E: usize = 11 * PLANE;
const DIFFERENCE: usize = 12 * PLANE;
const E_SIN: usize = 13 * PLANE;
const INV: usize = 14 * PLANE;
const RADIUS: usize = 15 * PLANE;
const SPEED: usize = 16 * PLANE;
const CROSS: usize = 17 * PLANE;
const SIN_U: usize = 18 * PLANE;
const COS_U: usize = 19 * PLANE;
const D_NODE: usize = 20 * PLANE;
const D_INC: usize = 21 * PLANE;
const NODE: usize = 22 * PLANE;
const SIN_N: usize = 23 * PLANE;
const COS_N: usize = 24 * PLANE;
/** All bits set where every series held. */
const FITS: usize = 25 * PLANE;
export const WORK_BYTES: usize = 26 * PLANE;

/** What the lanes are: instants of one satellite, whose record holds each coefficient once; */
export type Instants = i32;
/** or satellites, whose records hold each coefficient `BLOCK` times in a row. */
export type Satellites = f64;

/** A coefficient for the lanes at byte `i` of the block. */
// @ts-ignore: decorator
@inline function k<Lanes>(record: usize, field: usize, i: usize): v128 {
  if (isFloat<Lanes>()) return v128.load(record + field * BLOCK * 8 + i);
  return both(record + (field << 3));
}
/** Sine and cosine of a plane. */
function sinCos(work: usize, end: usize, angle: usize, sine: usize, cosine: usize): void {
  const from = work + angle;
  const toSin = work + sine;
  const toCos = work + cosine;
  for (let i: usize = 0; i < end; i += 16) {
    const x = v128.load(from + i);
    const turns = halfTurns(x);
    const r = reduced(x, turns);
    const z = mul(r, r);
    v128.store(toSin + i, v128.xor(sinOf(r, z), flip(turns)));
    v128.store(toCos + i, v128.xor(cosOf(z), flip(turns)));
  }
}

/** Mean anomaly and argument of perigee under drag. */
function anomaly<Lanes>(record: usize, minutes: usize, work: usize, end: usize): void {
  for (let i: usize = 0; i < end; i += 16) {
    const t = v128.load(minutes + i);
    const mdf = add(k<Lanes>(record, K.MO, i), mul(k<Lanes>(record, K.MDOT, i), t));
    const turns = halfTurns(mdf);
    const r = coarselyReduced(mdf, turns);
    const b = add(both(ONE), mul(k<Lanes>(record, K.ETA, i), v128.xor(coarseCosOf(mul(r, r)), flip(turns))));
    const cube = mul(mul(b, b), b);
    const del = add(mul(k<Lanes>(record, K.OMGCOF, i), t), mul(k<Lanes>(record, K.XMCOF, i), sub(cube, k<Lanes>(record, K.DELMO, i))));
    v128.store(work + i, add(mdf, del), MEAN);
    v128.store(work + i, sub(add(k<Lanes>(record, K.ARGPO, i), mul(k<Lanes>(record, K.ARGPDOT, i), t)), del), ARG);
  }
}

/** Eccentricity, mean longitude and the factor of the semi-major axis under drag; the node in the rotating frame. */
function secular<Lanes>(record: usize, minutes: usize, gmst: usize, work: usize, end: usize): void {
  for (let i: usize = 0; i < end; i += 16) {
    const w = work + i;
    const t = v128.load(minutes + i);
    const d2 = add(k<Lanes>(record, K.D2, i), mul(t, add(k<Lanes>(record, K.D3, i), mul(t, k<Lanes>(record, K.D4, i)))));
    const drag = sub(both(ONE), mul(t, add(k<Lanes>(record, K.CC1, i), mul(t, d2))));
    v128.store(w, drag, DRAG);
    v128.store(w, div(both(ONE), drag), INV_DRAG);
    const t3 = add(k<Lanes>(record, K.N_T3, i), mul(t, add(k<Lanes>(record, K.N_T4, i), mul(t, k<Lanes>(record, K.N_T5, i)))));
    const ahead = mul(mul(t, t), add(k<Lanes>(record, K.N_T2, i), mul(t, t3)));
    const mean = v128.load(w, MEAN);
    v128.store(w, add(add(mean, v128.load(w, ARG)), ahead), LONGITUDE);
    const drift = mul(t, add(k<Lanes>(record, K.NODEDOT, i), mul(t, k<Lanes>(record, K.NODECF, i))));
    v128.store(w, sub(add(k<Lanes>(record, K.NODEO, i), drift), v128.load(gmst + i)), NODE);
    const turns = halfTurns(mean);
    const r = coarselyReduced(mean, turns);
    const sine = v128.xor(coarseSinOf(r, mul(r, r)), flip(turns));
    const e = add(mul(k<Lanes>(record, K.B_CC4, i), t), mul(k<Lanes>(record, K.B_CC5, i), sub(sine, k<Lanes>(record, K.SINMAO, i))));
    v128.store(w, sub(k<Lanes>(record, K.ECCO, i), e), ECC);
  }
}

/** Long-period terms: eccentricity as a vector, argument of latitude of the mean orbit. */
function longPeriod<Lanes>(record: usize, work: usize, end: usize): void {
  for (let i: usize = 0; i < end; i += 16) {
    const w = work + i;
    const e = f64x2.pmax(v128.load(w, ECC), both(MIN_ECC));
    const e2 = mul(e, e);
    const ia = v128.load(w, INV_DRAG);
    // 1 / (a (1 - e^2)), the last factor as (1 + e^2) (1 + e^4).
    const q = mul(mul(mul(ia, ia), k<Lanes>(record, K.INV_AM0, i)), mul(add(both(ONE), e2), add(both(ONE), mul(e2, e2))));
    const axn = mul(e, v128.load(w, COS_W));
    v128.store(w, axn, AXN);
    v128.store(w, add(mul(e, v128.load(w, SIN_W)), mul(q, k<Lanes>(record, K.AYCOF, i))), AYN);
    v128.store(w, add(v128.load(w, LONGITUDE), mul(mul(q, k<Lanes>(record, K.XLCOF, i)), axn)), LONGITUDE);
  }
}

/** Kepler's equation: eccentric minus mean argument by a series, good to e^5, and what it turns sine and cosine into. */
function eccentric(work: usize, end: usize): void {
  for (let i: usize = 0; i < end; i += 16) {
    const w = work + i;
    const sinU = v128.load(w, SIN_E);
    const cosU = v128.load(w, COS_E);
    const axn = v128.load(w, AXN);
    const ayn = v128.load(w, AYN);
    const p = add(mul(axn, cosU), mul(ayn, sinU));
    const q = sub(mul(axn, sinU), mul(ayn, cosU));
    const pp = mul(p, p);
    const s = mul(mul(add(both(ONE), p), add(both(ONE), pp)), add(both(ONE), mul(pp, pp)));
    const d0 = mul(q, s);
    const d = mul(s, sub(q, mul(mul(d0, d0), add(mul(q, both(HALF)), mul(mul(p, d0), both(I6))))));
    const dd = mul(d, d);
    const sine = mul(d, sub(both(ONE), mul(dd, sub(both(I6), mul(dd, both(I120))))));
    const versine = mul(dd, sub(both(HALF), mul(dd, sub(both(I24), mul(dd, both(I720))))));
    v128.store(w, d, DIFFERENCE);
    v128.store(w, add(sinU, sub(mul(cosU, sine), mul(sinU, versine))), SIN_E);
    v128.store(w, sub(cosU, add(mul(sinU, sine), mul(cosU, versine))), COS_E);
  }
}

/** One Newton step of Kepler's equation; the true argument of latitude; distance and speed of the mean orbit. */
function inOrbit<Lanes>(record: usize, work: usize, end: usize): void {
  for (let i: usize = 0; i < end; i += 16) {
    const w = work + i;
    const sin1 = v128.load(w, SIN_E);
    const cos1 = v128.load(w, COS_E);
    const axn = v128.load(w, AXN);
    const ayn = v128.load(w, AYN);
    const eSin1 = sub(mul(axn, sin1), mul(ayn, cos1));
    const eCos1 = add(mul(axn, cos1), mul(ayn, sin1));
    const inv1 = div(both(ONE), sub(both(ONE), eCos1));
    const step = mul(sub(eSin1, v128.load(w, DIFFERENCE)), inv1);
    const turn = mul(eSin1, step);
    const eSin = add(eSin1, mul(eCos1, step));
    const inv = sub(inv1, mul(mul(inv1, inv1), turn));
    const e2 = add(mul(axn, axn), mul(ayn, ayn));
    // 1 / (1 + sqrt(1 - e^2)).
    const tail = add(both(B2), mul(e2, add(both(B3), mul(e2, both(B4)))));
    const half = add(both(HALF), mul(e2, add(both(B1), mul(e2, tail))));
    const es = mul(eSin, half);
    v128.store(w, mul(inv, sub(add(sin1, mul(cos1, step)), add(ayn, mul(axn, es)))), SIN_E);
    v128.store(w, mul(inv, add(sub(sub(cos1, mul(sin1, step)), axn), mul(ayn, es))), COS_E);
    const drag = v128.load(w, DRAG);
    v128.store(w, mul(mul(k<Lanes>(record, K.AM0_KM, i), mul(drag, drag)), sub(both(ONE), sub(eCos1, turn))), RADIUS);
    const speed = mul(mul(v128.load(w, INV_DRAG), k<Lanes>(record, K.V_INV_SQRT_AM0, i)), inv);
    v128.store(w, mul(speed, eSin), SPEED);
    const beta = sub(both(ONE), mul(e2, half));
    v128.store(w, beta, INV);
    v128.store(w, mul(speed, beta), CROSS);
  }
}

/** Short-period terms. @returns whether every series held */
function shortPeriod<Lanes>(record: usize, work: usize, end: usize): bool {
  let all = i64x2.splat(-1);
  for (let i: usize = 0; i < end; i += 16) {
    const w = work + i;
    const sinU = v128.load(w, SIN_E);
    const cosU = v128.load(w, COS_E);
    const sin2u = mul(add(cosU, cosU), sinU);
    const cos2u = sub(both(ONE), mul(add(sinU, sinU), sinU));
    const axn = v128.load(w, AXN);
    const ayn = v128.load(w, AYN);
    const e2 = add(mul(axn, axn), mul(ayn, ayn));
    const ia = v128.load(w, INV_DRAG);
    const ia2 = mul(ia, ia);
    const ip = mul(mul(ia2, k<Lanes>(record, K.INV_AM0, i)), mul(add(both(ONE), e2), add(both(ONE), mul(e2, e2))));
    const t1 = mul(both(HALF_J2), ip);
    const t2 = mul(t1, ip);
    const shorter = sub(both(ONE), mul(mul(t2, v128.load(w, INV)), k<Lanes>(record, K.CON41_15, i)));
    const radius = add(mul(v128.load(w, RADIUS), shorter), mul(mul(t1, k<Lanes>(record, K.X1MTH2_05_KM, i)), cos2u));
    v128.store(w, radius, RADIUS);
    const t2s = mul(t2, sin2u);
    // Small angles turn sine and cosine: sin d = d (1 - d^2 / 6), 1 - cos d = d^2 / 2.
    const du = mul(t2s, k<Lanes>(record, K.X7THM1_025, i));
    const versine = mul(mul(du, du), both(HALF));
    const sine = mul(du, sub(both(ONE), mul(versine, both(I3))));
    v128.store(w, add(sinU, sub(mul(cosU, sine), mul(sinU, versine))), SIN_U);
    v128.store(w, sub(cosU, add(mul(sinU, sine), mul(cosU, versine))), COS_U);
    v128.store(w, mul(t2s, k<Lanes>(record, K.COSI_15, i)), D_NODE);
    v128.store(w, mul(mul(t2, cos2u), k<Lanes>(record, K.SINI_COSI_15, i)), D_INC);
    const f = mul(mul(mul(k<Lanes>(record, K.V_NO, i), ia), ia2), t1);
    const fx = mul(f, k<Lanes>(record, K.X1MTH2, i));
    v128.store(w, sub(v128.load(w, SPEED), mul(fx, sin2u)), SPEED);
    v128.store(w, add(v128.load(w, CROSS), add(mul(fx, cos2u), mul(f, k<Lanes>(record, K.CON41_15, i)))), CROSS);
    const orbit = v128.and(f64x2.le(e2, both(MAX_ECC2)), f64x2.ge(v128.load(w, ECC), both(FITTING_ECC)));
    const height = v128.and(f64x2.gt(v128.load(w, DRAG), both(HALF)), f64x2.ge(radius, both(EARTH_KM)));
    const fits = v128.and(orbit, height);
    v128.store(w, fits, FITS);
    all = v128.and(all, fits);
  }
  return i64x2.all_true(all);
}

/** Orientation in the rotating frame, and what comes out. */
function orient<Lanes>(record: usize, work: usize, end: usize, out: usize, stride: usize): void {
  for (let i: usize = 0; i < end; i += 16) {
    const w = work + i;
    const sin0 = v128.load(w, SIN_N);
    const cos0 = v128.load(w, COS_N);
    const dn = v128.load(w, D_NODE);
    const versN = mul(mul(dn, dn), both(HALF));
    const sinDn = mul(dn, sub(both(ONE), mul(versN, both(I3))));
    const sinN = add(sin0, sub(mul(cos0, sinDn), mul(sin0, versN)));
    const cosN = sub(cos0, add(mul(sin0, sinDn), mul(cos0, versN)));
    const di = v128.load(w, D_INC);
    const versI = mul(mul(di, di), both(HALF));
    const sinDi = mul(di, sub(both(ONE), mul(versI, both(I3))));
    const sinI = add(k<Lanes>(record, K.SINI, i), sub(mul(k<Lanes>(record, K.COSI, i), sinDi), mul(k<Lanes>(record, K.SINI, i), versI)));
    const cosI = sub(k<Lanes>(record, K.COSI, i), add(mul(k<Lanes>(record, K.SINI, i), sinDi), mul(k<Lanes>(record, K.COSI, i), versI)));
    const sinU = v128.load(w, SIN_U);
    const cosU = v128.load(w, COS_U);
    const xm = mul(sinN, cosI);
    const ym = mul(cosN, cosI);
    const ux = sub(mul(cosN, cosU), mul(xm, sinU));
    const uy = add(mul(ym, sinU), mul(sinN, cosU));
    const uz = mul(sinI, sinU);
    const radius = v128.load(w, RADIUS);
    const x = mul(radius, ux);
    const y = mul(radius, uy);
    const o = out + i;
    v128.store(o, x);
    v128.store(o + stride, y);
    v128.store(o + 2 * stride, mul(radius, uz));
    const a = v128.load(w, SPEED);
    const c = v128.load(w, CROSS);
    const vx = add(mul(xm, cosU), mul(cosN, sinU));
    const vy = sub(mul(ym, cosU), mul(sinN, sinU));
    v128.store(o + 3 * stride, add(sub(mul(a, ux), mul(c, vx)), mul(y, both(EARTH_ROTATION_RADPS))));
    v128.store(o + 4 * stride, sub(add(mul(a, uy), mul(c, vy)), mul(x, both(EARTH_ROTATION_RADPS))));
    v128.store(o + 5 * stride, add(mul(a, uz), mul(c, mul(sinI, cosU))));
  }
}

/**
 * `count` states (rounded up to two; at most `BLOCK`). `minutes` since epoch and `gmst` in radians: one double for each.
 * Position (km) and velocity relative to the rotating Earth (km/s), ECEF: six arrays at `out`, `stride` bytes apart.
 *
 * @returns false where a series did not hold for some of them: `fitted` then says which are to be believed
 */
export function nearEarth<Lanes>(
  record: usize,
  minutes: usize,
  gmst: usize,
  count: i32,
  out: usize,
  stride: usize,
  work: usize,
): bool {
  const end = <usize>((count + 1) & ~1) << 3;
  anomaly<Lanes>(record, minutes, work, end);
  secular<Lanes>(record, minutes, gmst, work, end);
  sinCos(work, end, ARG, SIN_W, COS_W);
  longPeriod<Lanes>(record, work, end);
  sinCos(work, end, LONGITUDE, SIN_E, COS_E);
  eccentric(work, end);
  inOrbit<Lanes>(record, work, end);
  const fits = shortPeriod<Lanes>(record, work, end);
  sinCos(work, end, NODE, SIN_N, COS_N);
  orient<Lanes>(record, work, end, out, stride);
  return fits;
}

/** After `nearEarth`: whether the series held for instant `i`. */
export function fitted(work: usize, i: i32): bool {
  return load<i64>(work + (<usize>i << 3), FITS) != 0;
}
