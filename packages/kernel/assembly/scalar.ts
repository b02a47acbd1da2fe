/**
 * SGP4 and SDP4, one state of one object at a time: every object, whatever its orbit (Hoots and Roehrich 1980; Vallado
 * et al. 2006, WGS 72, improved mode). Beside the vector kernel, which answers for near-earth orbits of small eccentricity.
 *
 * The theory's large angles are added and reduced in the published order, because their rounding shows in the result.
 * The sine and cosine of the argument of latitude come from Kepler's equation by algebra, and the short-period terms
 * turn them, the node and the inclination by small angles.
 *
 * A record is one thread's at a time: for resonant orbits it also holds the integrator's last step.
 */
import * as K from "../src/scalar-record";
import * as deep from "./deep-space";
import { cosE, sinE, solveKepler } from "./kepler";
import { cosine, cubeRoot, sine, smallCosine, smallSine, withinTurn } from "./scalar-math";

// WGS 72 as the theory has it: km; Earth radii and minutes; km/s; harmonics.
const EARTH_KM: f64 = 6378.135;
const XKE: f64 = 0.07436691613317342;
const KMPS: f64 = 7.905370510517634;
const J2: f64 = 0.001082616;
const J3_OVER_J2: f64 = -0.002345069720011528;
/** The Earth's rotation, radians/second. */
const EARTH_RADPS: f64 = 7.292115855306589e-5;

// What `meanElements` and `perturbedElements` hand on. Each thread's instance has its own.
let am: f64 = 0.0;
let ep: f64 = 0.0;
let argpp: f64 = 0.0;
let nodep: f64 = 0.0;
let mp: f64 = 0.0;

/**
 * State so many minutes after epoch in the frame that turns with the Earth (ECEF), Greenwich mean sidereal time being
 * `gmstRad`: x, y, z km and vx, vy, vz km/s, six doubles at `out`.
 * @returns 0, or SGP4's error number (1, 2, 3, 4, 6; 1 too for minutes that are not finite) with NaNs at `out`
 */
export function scalarState(record: usize, minutes: f64, gmstRad: f64, out: usize): i32 {
  return propagate(record, minutes, gmstRad, EARTH_RADPS, out);
}

/** The same in TEME. */
export function scalarTeme(record: usize, minutes: f64, out: usize): i32 {
  return propagate(record, minutes, 0.0, 0.0, out);
}

function propagate(record: usize, minutes: f64, gmstRad: f64, spinRadps: f64, out: usize): i32 {
  // A difference that is not zero: infinite or NaN.
  let error = minutes - minutes === 0.0 ? meanElements(record, minutes) : 1;
  if (error === 0) error = osculating(record, gmstRad, spinRadps, out);
  if (error !== 0) {
    for (let i: usize = 0; i < 48; i += 8) store<f64>(out + i, NaN);
  }
  return error;
}

/** Secular gravity and drag, lunar and solar terms. @returns SGP4's error number */
// @ts-ignore: decorator
@inline function meanElements(record: usize, t: f64): i32 {
  const kind = <i32>load<f64>(record, K.KIND * 8);
  const no = load<f64>(record, K.NO * 8);
  const xmdf = load<f64>(record, K.MO * 8) + load<f64>(record, K.MDOT * 8) * t;
  const t2 = t * t;
  let argpm = load<f64>(record, K.ARGPO * 8) + load<f64>(record, K.ARGPDOT * 8) * t;
  let nodem = load<f64>(record, K.NODEO * 8) + load<f64>(record, K.NODEDOT * 8) * t;
  nodem += load<f64>(record, K.NODECF * 8) * t2;
  let mm = xmdf;
  let tempa = 1.0 - load<f64>(record, K.CC1 * 8) * t;
  let tempe = load<f64>(record, K.BSTAR_CC4 * 8) * t;
  let templ = load<f64>(record, K.T2COF * 8) * t2;
  let a = load<f64>(record, K.AO * 8);
  let nm = no;
  let em = load<f64>(record, K.ECCO * 8);
  if (kind === K.KIND_FULL) {
    const shape = 1.0 + load<f64>(record, K.ETA * 8) * cosine(xmdf);
    const delm = load<f64>(record, K.XMCOF * 8) * (shape * shape * shape - load<f64>(record, K.DELMO * 8));
    const shift = load<f64>(record, K.OMGCOF * 8) * t + delm;
    mm += shift;
    argpm -= shift;
    const t3 = t2 * t;
    const t4 = t3 * t;
    tempa = tempa - load<f64>(record, K.D2 * 8) * t2 - load<f64>(record, K.D3 * 8) * t3;
    tempa -= load<f64>(record, K.D4 * 8) * t4;
    tempe += load<f64>(record, K.BSTAR_CC5 * 8) * (sine(mm) - load<f64>(record, K.SINMAO * 8));
    templ += load<f64>(record, K.T3COF * 8) * t3;
    templ += t4 * (load<f64>(record, K.T4COF * 8) + t * load<f64>(record, K.T5COF * 8));
  } else if (kind >= K.KIND_DEEP) {
    deep.secularDeep(record, kind, t, argpm, nodem, mm);
    em = deep.eccentricity;
    argpm = deep.perigee;
    nodem = deep.node;
    mm = deep.anomaly;
    nm = deep.motion;
    if (kind !== K.KIND_DEEP && nm > 0.0) {
      const root = cubeRoot(XKE / nm);
      a = root * root;
    }
  }
  if (nm <= 0.0) return 2;
  em -= tempe;
  if (em >= 1.0 || em < -0.001) return 1;
  em = em < 1e-6 ? 1e-6 : em;
  mm += no * templ;
  const xlm = withinTurn(mm + argpm + nodem);
  nodem = withinTurn(nodem);
  argpm = withinTurn(argpm);
  mm = xlm - argpm - nodem;
  am = a * tempa * tempa;
  if (kind < K.KIND_DEEP) {
    ep = em;
    argpp = argpm;
    nodep = nodem;
    mp = mm;
    return 0;
  }
  deep.periodicDeep(record, t, em, argpm, nodem, mm);
  ep = deep.eccentricity;
  argpp = deep.perigee;
  nodep = deep.node;
  mp = deep.anomaly;
  return ep < 0.0 || ep > 1.0 ? 3 : 0;
}

/** Long-period terms, Kepler's equation, short-period terms; writes the state. @returns SGP4's error number */
// @ts-ignore: decorator
@inline function osculating(record: usize, gmstRad: f64, spinRadps: f64, out: usize): i32 {
  let sini = load<f64>(record, K.SINIO * 8);
  let cosi = load<f64>(record, K.COSIO * 8);
  let aycof = load<f64>(record, K.AYCOF * 8);
  let xlcof = load<f64>(record, K.XLCOF * 8);
  let con41 = load<f64>(record, K.CON41 * 8);
  let x1mth2 = load<f64>(record, K.X1MTH2 * 8);
  let x7thm1 = load<f64>(record, K.X7THM1 * 8);
  if (load<f64>(record, K.KIND * 8) >= <f64>K.KIND_DEEP) {
    sini = deep.sinInclination;
    cosi = deep.cosInclination;
    aycof = -0.5 * J3_OVER_J2 * sini;
    // Kept off zero for an inclination of 180 degrees.
    const below = abs<f64>(cosi + 1.0) > 1.5e-12 ? 1.0 + cosi : 1.5e-12;
    xlcof = (-0.25 * J3_OVER_J2 * sini * (3.0 + 5.0 * cosi)) / below;
    const cosi2 = cosi * cosi;
    con41 = 3.0 * cosi2 - 1.0;
    x1mth2 = 1.0 - cosi2;
    x7thm1 = 7.0 * cosi2 - 1.0;
  }
  const axn = ep * cosine(argpp);
  const longPeriod = 1.0 / (am * (1.0 - ep * ep));
  const ayn = ep * sine(argpp) + longPeriod * aycof;
  const ecc2 = axn * axn + ayn * ayn;
  solveKepler(mp + argpp + longPeriod * xlcof * axn, axn, ayn, ecc2);
  const pl = am * (1.0 - ecc2);
  if (pl < 0.0) return 4;

  const es = axn * sinE - ayn * cosE;
  const inverseR = 1.0 / (am * (1.0 - (axn * cosE + ayn * sinE)));
  const rootA = sqrt<f64>(am);
  const beta = sqrt<f64>(1.0 - ecc2);
  const lift = es / (1.0 + beta);
  const sinU = am * inverseR * (sinE - ayn - axn * lift);
  const cosU = am * inverseR * (cosE - axn + ayn * lift);
  const sin2u = (cosU + cosU) * sinU;
  const cos2u = 1.0 - 2.0 * sinU * sinU;
  const inverseP = 1.0 / pl;
  const k1 = 0.5 * J2 * inverseP;
  const k2 = k1 * inverseP;
  const radius = am * (1.0 - (axn * cosE + ayn * sinE)) * (1.0 - 1.5 * k2 * beta * con41) + 0.5 * k1 * x1mth2 * cos2u;
  if (radius < 1.0) return 6;
  const k1Motion = k1 / (am * rootA);
  const outward = rootA * es * inverseR - k1Motion * x1mth2 * sin2u;
  const along = rootA * beta * inverseR + k1Motion * (x1mth2 * cos2u + 1.5 * con41);

  // Argument of latitude, node and inclination, each turned by its short-period term.
  const dU = -0.25 * k2 * x7thm1 * sin2u;
  const dNode = 1.5 * k2 * cosi * sin2u;
  const dIncl = 1.5 * k2 * cosi * sini * cos2u;
  const su = sinU * smallCosine(dU) + cosU * smallSine(dU);
  const cu = cosU * smallCosine(dU) - sinU * smallSine(dU);
  const si = sini * smallCosine(dIncl) + cosi * smallSine(dIncl);
  const ci = cosi * smallCosine(dIncl) - sini * smallSine(dIncl);
  const sinN = sine(nodep - gmstRad);
  const cosN = cosine(nodep - gmstRad);
  const sn = sinN * smallCosine(dNode) + cosN * smallSine(dNode);
  const cn = cosN * smallCosine(dNode) - sinN * smallSine(dNode);

  const ux = cn * cu - sn * ci * su;
  const uy = sn * cu + cn * ci * su;
  const uz = si * su;
  const x = radius * ux * EARTH_KM;
  const y = radius * uy * EARTH_KM;
  const vx = (outward * ux - along * (sn * ci * cu + cn * su)) * KMPS + spinRadps * y;
  const vy = (outward * uy + along * (cn * ci * cu - sn * su)) * KMPS - spinRadps * x;
  store<f64>(out, x);
  store<f64>(out, y, 8);
  store<f64>(out, radius * uz * EARTH_KM, 16);
  store<f64>(out, vx, 24);
  store<f64>(out, vy, 32);
  store<f64>(out, (outward * uz + along * si * cu) * KMPS, 40);
  return isNaN<f64>(x + y + vx + vy) ? 1 : 0;
}
