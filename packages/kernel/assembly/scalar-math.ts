/**
 * Scalar sine, cosine, arctangent and cube root from the four operations alone, so that no result depends on the
 * machine. Coefficients: Remez in 60 digits, least absolute error on the interval named.
 */

/** 1/pi, and pi in two parts: 33 bits, so that k times it is exact to k = 2^20, and the rest. */
const INV_PI: f64 = 0.3183098861837907;
const PI_HI: f64 = 3.1415926534682512;
const PI_LO: f64 = 1.2154201013012384e-10;

export const PI: f64 = 3.141592653589793;
const TWO_PI: f64 = 6.283185307179586;
const INV_TWO_PI: f64 = 0.15915494309189535;
/** The double nearest 2 pi, in two parts that add up to it exactly. */
const TWO_PI_HI: f64 = 6.2831853069365025;
const TWO_PI_LO: f64 = 2.430837753308879e-10;

// Both functions of one angle share the reduction: the optimiser finds the common part.

// @ts-ignore: decorator
@inline function reduced(xRad: f64, halfTurns: f64): f64 {
  return xRad - halfTurns * PI_HI - halfTurns * PI_LO;
}

/** -1 for an odd number of half turns, else 1. */
// @ts-ignore: decorator
@inline function parity(halfTurns: f64): f64 {
  const half = halfTurns * 0.5;
  return 1.0 - 4.0 * (half - floor<f64>(half));
}

/** Within 2e-19 on [-pi/2, pi/2] before rounding. */
// @ts-ignore: decorator
@inline export function sine(xRad: f64): f64 {
  const k = nearest<f64>(xRad * INV_PI);
  const r = reduced(xRad, k);
  const z = r * r;
  const z2 = z * z;
  const c01 = -0.16666666666666666 + z * 0.008333333333333115;
  const c23 = -0.00019841269841185962 + z * 2.7557319207786993e-6;
  const c45 = -2.5052106606641763e-8 + z * 1.6058927836639453e-10;
  const c67 = -7.642712931764166e-13 + z * 2.718496407552992e-15;
  const low = c01 + z2 * c23;
  const high = c45 + z2 * c67;
  return (r + r * z * (low + z2 * z2 * high)) * parity(k);
}

/** Within 6e-18 on [-pi/2, pi/2] before rounding. */
// @ts-ignore: decorator
@inline export function cosine(xRad: f64): f64 {
  const k = nearest<f64>(xRad * INV_PI);
  const r = reduced(xRad, k);
  const z = r * r;
  const z2 = z * z;
  const c01 = 0.04166666666666583 - z * 0.001388888888883005;
  const c23 = 2.480158728578392e-5 - z * 2.7557317068512523e-7;
  const c45 = 2.0876592592593e-9 - z * 1.1463635439680941e-11;
  const low = c01 + z2 * c23;
  const high = c45 + z2 * 4.616135070922241e-14;
  return (1.0 - 0.5 * z + z2 * (low + z2 * z2 * high)) * parity(k);
}

/** Largest angle that the short series below are good for: their next terms are under 5e-17 there. */
export const SMALL_RAD: f64 = 0.015625;

function farSine(xRad: f64): f64 {
  return sine(xRad);
}

function farCosine(xRad: f64): f64 {
  return cosine(xRad);
}

/** Sine of an angle that is nearly always within `SMALL_RAD`. */
// @ts-ignore: decorator
@inline export function smallSine(xRad: f64): f64 {
  if (!(abs<f64>(xRad) <= SMALL_RAD)) return farSine(xRad);
  const z = xRad * xRad;
  return xRad - xRad * z * (0.16666666666666666 - z * 0.008333333333333333);
}

/** Cosine of an angle that is nearly always within `SMALL_RAD`. */
// @ts-ignore: decorator
@inline export function smallCosine(xRad: f64): f64 {
  if (!(abs<f64>(xRad) <= SMALL_RAD)) return farCosine(xRad);
  const z = xRad * xRad;
  return 1.0 - z * (0.5 - z * (0.041666666666666664 - z * 0.001388888888888889));
}

/** Remainder of a division by the double nearest 2 pi, with the sign of `xRad`: exact, as C's fmod. */
// @ts-ignore: decorator
@inline export function withinTurn(xRad: f64): f64 {
  const k = trunc<f64>(xRad * INV_TWO_PI);
  if (!(abs<f64>(k) < 1048576.0)) return farRemainder(xRad);
  return xRad - k * TWO_PI_HI - k * TWO_PI_LO;
}

function farRemainder(xRad: f64): f64 {
  return xRad % TWO_PI;
}

/** Arctangent of a ratio within tan(pi/8), within 8e-18 before rounding. */
function nearArctangent(q: f64): f64 {
  const z = q * q;
  const z2 = z * z;
  const low = -0.3333333333332518 + z * 0.1999999999818173 + z2 * (-0.14285714133551589 + z * 0.1111110450225021);
  const high = -0.0909073877702597 + z * 0.0768952346375467 + z2 * (-0.06636872740619426 + z * 0.05672374868672904);
  const top = -0.04305801857086533 + z * 0.020658381839163284;
  const z4 = z2 * z2;
  return q + q * z * (low + z4 * (high + z4 * top));
}

/** Angle of the point (x, y), -pi to pi. */
export function arctangent2(y: f64, x: f64): f64 {
  const ax = abs<f64>(x);
  const ay = abs<f64>(y);
  const longer = max<f64>(ax, ay);
  if (longer === 0.0) return x < 0.0 ? copysign<f64>(PI, y) : 0.0;
  const shorter = min<f64>(ax, ay);
  // Beyond tan(pi/8) the angle is counted from pi/4.
  const fromDiagonal = shorter > 0.41421356237309503 * longer;
  let angleRad = fromDiagonal
    ? 0.7853981633974483 + nearArctangent((shorter - longer) / (shorter + longer))
    : nearArctangent(shorter / longer);
  if (ay > ax) angleRad = 0.5 * PI - angleRad;
  if (x < 0.0) angleRad = PI - angleRad;
  return copysign<f64>(angleRad, y);
}

/** Cube root of a positive normal number: a guess from its exponent within 5 %, two Halley steps, one of Newton. */
export function cubeRoot(x: f64): f64 {
  let y = reinterpret<f64>(reinterpret<u64>(x) / 3 + 0x2a9f7893782da1ce);
  for (let i = 0; i < 2; i++) {
    const y3 = y * y * y;
    y -= (y * (y3 - x)) / (2.0 * y3 + x);
  }
  return y - (y - x / (y * y)) * 0.3333333333333333;
}
