/** Angles from sines and cosines, two at a time, in degrees. */
import { add, both, HALF, mul, ONE, sub } from "./vector";

const DEG: usize = memory.data<f64>([57.29577951308232]);
const RIGHT_DEG: usize = memory.data<f64>([90]);
const TWO: usize = memory.data<f64>([2]);
/** (asin s / s - 1) / s^2 in powers of s^2, through the Chebyshev nodes of 0 to 1/4: within 6e-14. */
const K0: usize = memory.data<f64>([0.1666666666666218]);
const K1: usize = memory.data<f64>([0.07500000003584559]);
const K2: usize = memory.data<f64>([0.04464285243793872]);
const K3: usize = memory.data<f64>([0.030382182776212484]);
const K4: usize = memory.data<f64>([0.02236606593888501]);
const K5: usize = memory.data<f64>([0.017441495685492855]);
const K6: usize = memory.data<f64>([0.01318791613675373]);
const K7: usize = memory.data<f64>([0.015675662527070935]);
const K8: usize = memory.data<f64>([-0.0029397929067241963]);
const K9: usize = memory.data<f64>([0.0279070314326661]);

/** Arc sine of s in 0 to 1/2 whose square is z, degrees. */
// @ts-ignore: decorator
@inline function smallArc(s: v128, z: v128): v128 {
  const z2 = mul(z, z);
  const a = add(both(K0), mul(z, both(K1)));
  const b = add(both(K2), mul(z, both(K3)));
  const c = add(both(K4), mul(z, both(K5)));
  const d = add(both(K6), mul(z, both(K7)));
  const e = add(both(K8), mul(z, both(K9)));
  const z4 = mul(z2, z2);
  const sum = add(add(a, mul(z2, b)), mul(z4, add(add(c, mul(z2, d)), mul(z4, e))));
  return mul(both(DEG), add(s, mul(mul(s, z), sum)));
}

/** -90 to 90; what rounding leaves beyond 1 counts as 1. */
// @ts-ignore: decorator
@inline export function arcSineDeg(sine: v128): v128 {
  const size = f64x2.pmin(f64x2.abs(sine), both(ONE));
  const isLarge = f64x2.gt(size, both(HALF));
  // Beyond 1/2 by the half angle of the complement.
  const z = v128.bitselect(mul(sub(both(ONE), size), both(HALF)), mul(size, size), isLarge);
  const arc = smallArc(v128.bitselect(f64x2.sqrt(z), size, isLarge), z);
  const angle = v128.bitselect(sub(both(RIGHT_DEG), mul(both(TWO), arc)), arc, isLarge);
  return v128.bitselect(sine, angle, i64x2.splat(i64.MIN_VALUE));
}

/** 0 to 180, exact near 0 as far as the cosine is. */
// @ts-ignore: decorator
@inline export function arcCosineDeg(cosine: v128): v128 {
  const size = f64x2.pmin(f64x2.abs(cosine), both(ONE));
  const isNear = f64x2.gt(cosine, both(HALF));
  const z = mul(sub(both(ONE), size), both(HALF));
  const near = mul(both(TWO), smallArc(f64x2.sqrt(z), z));
  return v128.bitselect(near, sub(both(RIGHT_DEG), arcSineDeg(cosine)), isNear);
}
