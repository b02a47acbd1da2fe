/**
 * Deep space (SDP4): the Sun's and the Moon's secular and long-period effects, and resonance (Hoots and Roehrich 1980;
 * Hoots, Schumacher and Glover 2004; Vallado et al. 2006, `dspace` and `dpper`, improved mode). Each instance of the
 * module has globals of its own, so threads that share memory do not meet here.
 */
import * as K from "../src/scalar-record";
import { resonantLongitude, resonantMotion, resonate } from "./resonance";
import { arctangent2, cosine, PI, sine, withinTurn } from "./scalar-math";

/** The mean elements, as the last call left them; radians, radians/minute. */
export let eccentricity: f64 = 0.0;
export let inclination: f64 = 0.0;
export let perigee: f64 = 0.0;
export let node: f64 = 0.0;
export let anomaly: f64 = 0.0;
export let motion: f64 = 0.0;
export let sinInclination: f64 = 0.0;
export let cosInclination: f64 = 0.0;

/** The Earth's rotation that the theory was fitted with, radians/minute. */
const EARTH_RADPMIN: f64 = 4.37526908801129966e-3;
/** Mean motion of the Sun and of the Moon, radians/minute, and twice their eccentricity. */
const SOLAR_RADPMIN: f64 = 1.19459e-5;
const SOLAR_ECC2: f64 = 0.0335;
const LUNAR_RADPMIN: f64 = 1.5835218e-4;
const LUNAR_ECC2: f64 = 0.1098;
/** Inclination below which the periodics are applied as Lyddane (1963) has it, radians. */
const LYDDANE_RAD: f64 = 0.2;

/** Secular effects; takes the angles as gravity alone has them, and sets all six elements. */
export function secularDeep(record: usize, kind: i32, t: f64, argpRad: f64, nodeRad: f64, anomalyRad: f64): void {
  eccentricity = load<f64>(record, K.ECCO * 8) + load<f64>(record, K.DEDT * 8) * t;
  inclination = load<f64>(record, K.INCLO * 8) + load<f64>(record, K.DIDT * 8) * t;
  const argpm = argpRad + load<f64>(record, K.DOMDT * 8) * t;
  const nodem = nodeRad + load<f64>(record, K.DNODT * 8) * t;
  perigee = argpm;
  node = nodem;
  motion = load<f64>(record, K.NO * 8);
  if (kind === K.KIND_DEEP) {
    anomaly = anomalyRad + load<f64>(record, K.DMDT * 8) * t;
    return;
  }
  resonate(record, kind, t);
  const no = load<f64>(record, K.NO * 8);
  motion = no + (resonantMotion - no);
  const theta = withinTurn(load<f64>(record, K.GSTO * 8) + t * EARTH_RADPMIN);
  anomaly =
    kind === K.KIND_HALF_DAY
      ? resonantLongitude - 2.0 * nodem + 2.0 * theta
      : resonantLongitude - nodem - argpm + theta;
}

// Equations of centre are 0.11 radians at most: the series are then within 7e-15.

// @ts-ignore: decorator
@inline function centreSine(xRad: f64): f64 {
  const z = xRad * xRad;
  return xRad - xRad * z * (0.16666666666666666 - z * (0.008333333333333333 - z * 0.0001984126984126984));
}

// @ts-ignore: decorator
@inline function centreCosine(xRad: f64): f64 {
  const z = xRad * xRad;
  return 1.0 - z * (0.5 - z * (0.041666666666666664 - z * (0.001388888888888889 - z * 2.48015873015873e-5)));
}

// @ts-ignore: decorator
@inline function two(at: usize, f2: f64, f3: f64): f64 {
  return load<f64>(at) * f2 + load<f64>(at, 8) * f3;
}

// @ts-ignore: decorator
@inline function three(at: usize, f2: f64, f3: f64, sin: f64): f64 {
  return two(at, f2, f3) + load<f64>(at, 16) * sin;
}

/** Periodic effects: takes four of the elements, the inclination as it was left; sets five, and its sine and cosine. */
export function periodicDeep(record: usize, t: f64, em: f64, argpRad: f64, nodeRad: f64, anomalyRad: f64): void {
  const sunRad = load<f64>(record, K.ZMOS * 8) + SOLAR_RADPMIN * t;
  const moonRad = load<f64>(record, K.ZMOL * 8) + LUNAR_RADPMIN * t;
  const sunS = sine(sunRad);
  const sunC = cosine(sunRad);
  const moonS = sine(moonRad);
  const moonC = cosine(moonRad);
  const sunCentre = SOLAR_ECC2 * sunS;
  const moonCentre = LUNAR_ECC2 * moonS;
  const sunSin = sunS * centreCosine(sunCentre) + sunC * centreSine(sunCentre);
  const sunCos = sunC * centreCosine(sunCentre) - sunS * centreSine(sunCentre);
  const moonSin = moonS * centreCosine(moonCentre) + moonC * centreSine(moonCentre);
  const moonCos = moonC * centreCosine(moonCentre) - moonS * centreSine(moonCentre);
  const s2 = 0.5 * sunSin * sunSin - 0.25;
  const s3 = -0.5 * sunSin * sunCos;
  const m2 = 0.5 * moonSin * moonSin - 0.25;
  const m3 = -0.5 * moonSin * moonCos;
  const sun = record + K.SOLAR * 8;
  const moon = record + K.LUNAR * 8;
  const pe = two(sun + K.OF_E * 8, s2, s3) + two(moon + K.OF_E * 8, m2, m3) - load<f64>(record, K.PEO * 8);
  const pinc = two(sun + K.OF_I * 8, s2, s3) + two(moon + K.OF_I * 8, m2, m3) - load<f64>(record, K.PINCO * 8);
  const ph = two(sun + K.OF_H * 8, s2, s3) + two(moon + K.OF_H * 8, m2, m3) - load<f64>(record, K.PHO * 8);
  const pl =
    three(sun + K.OF_L * 8, s2, s3, sunSin) + three(moon + K.OF_L * 8, m2, m3, moonSin) - load<f64>(record, K.PLO * 8);
  const pgh =
    three(sun + K.OF_GH * 8, s2, s3, sunSin) +
    three(moon + K.OF_GH * 8, m2, m3, moonSin) -
    load<f64>(record, K.PGHO * 8);
  const incl = inclination + pinc;
  const sini = sine(incl);
  const cosi = cosine(incl);
  let dNode: f64;
  let dPerigee: f64;
  if (incl >= LYDDANE_RAD) {
    dNode = ph / sini;
    dPerigee = pgh - cosi * dNode;
  } else {
    // Lyddane's form turns (sin i sin node, sin i cos node) and takes the new node from there, which holds as the
    // inclination vanishes. Seen from the old node it is this turn; the perigee gives up what the node gains.
    dNode = arctangent2(ph, sini + pinc * cosi);
    dPerigee = pgh - pinc * nodeRad * sini - cosi * dNode;
  }
  const isBelow = incl < 0.0;
  eccentricity = em + pe;
  anomaly = anomalyRad + pl;
  inclination = abs<f64>(incl);
  sinInclination = isBelow ? -sini : sini;
  cosInclination = cosi;
  node = nodeRad + dNode + (isBelow ? PI : 0.0);
  perigee = argpRad + dPerigee - (isBelow ? PI : 0.0);
}
