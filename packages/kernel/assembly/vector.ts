/**
 * Two doubles at a time: short names for what the formulas are made of. Constants stand in memory, one load each: as
 * literals V8 would build them from four instructions wherever they are used.
 */

// @ts-ignore: decorator
@inline export function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}
// @ts-ignore: decorator
@inline export function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}
// @ts-ignore: decorator
@inline export function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}
// @ts-ignore: decorator
@inline export function div(a: v128, b: v128): v128 {
  return f64x2.div(a, b);
}
/** The double at `address`, in both lanes. */
// @ts-ignore: decorator
@inline export function both(address: usize): v128 {
  return v128.load64_splat(address);
}

export const ONE: usize = memory.data<f64>([1]);
export const HALF: usize = memory.data<f64>([0.5]);

const INV_PI: usize = memory.data<f64>([0.3183098861837907]);
/** Pi in two parts: the first has 39 bits, so that up to 2^14 half turns multiply it exactly. */
const PI_HI: usize = memory.data<f64>([3.1415926535846666]);
const PI_LO: usize = memory.data<f64>([5.126688303189038e-12]);
/** Added to a number below 2^51, it leaves the nearest integer in the last bits. */
const ROUNDER: usize = memory.data<f64>([6755399441055744.0]);
/** Chebyshev fits on -pi/2 to pi/2 of (sin r / r - 1) / r^2, to 8e-14, and of ((cos r - 1) / r^2 + 1/2) / r^2, to 5e-15; in r^2. */
const S0: usize = memory.data<f64>([-0.16666666666658467123]);
const S1: usize = memory.data<f64>([0.0083333333309403628277]);
const S2: usize = memory.data<f64>([-0.0001984126870905525091]);
const S3: usize = memory.data<f64>([2.7557123174256625944e-6]);
const S4: usize = memory.data<f64>([-2.5036745002351981297e-8]);
const S5: usize = memory.data<f64>([1.550250891851521628e-10]);
const C0: usize = memory.data<f64>([0.041666666666661526412]);
const C1: usize = memory.data<f64>([-0.0013888888887388768228]);
const C2: usize = memory.data<f64>([0.000024801586591869367176]);
const C3: usize = memory.data<f64>([-2.7557196350702721295e-7]);
const C4: usize = memory.data<f64>([2.0867130843546259273e-9]);
const C5: usize = memory.data<f64>([-1.1122255647566136727e-11]);

/** Half turns in `x` (radians), with `ROUNDER` still in: the last bit says whether sine and cosine change sign. */
// @ts-ignore: decorator
@inline export function halfTurns(x: v128): v128 {
  return add(mul(x, both(INV_PI)), both(ROUNDER));
}
/** What is left of `x` beyond the nearest half turn: -pi/2 to pi/2. */
// @ts-ignore: decorator
@inline export function reduced(x: v128, turns: v128): v128 {
  const k = sub(turns, both(ROUNDER));
  return sub(sub(x, mul(k, both(PI_HI))), mul(k, both(PI_LO)));
}
/** The sign bit of an odd number of half turns. */
// @ts-ignore: decorator
@inline export function flip(turns: v128): v128 {
  return i64x2.shl(turns, 63);
}
/** Sine of `r` in -pi/2 to pi/2, to 3e-13; `z` is its square. Terms in pairs: half the latency of Horner's rule. */
// @ts-ignore: decorator
@inline export function sinOf(r: v128, z: v128): v128 {
  const z2 = mul(z, z);
  const a = add(mul(z, both(S1)), both(S0));
  const b = add(mul(z, both(S3)), both(S2));
  const c = add(mul(z, both(S5)), both(S4));
  return add(r, mul(mul(r, z), add(a, mul(z2, add(b, mul(z2, c))))));
}
/** Cosine of a number in -pi/2 to pi/2 whose square is `z`, to 4e-14. */
// @ts-ignore: decorator
@inline export function cosOf(z: v128): v128 {
  const z2 = mul(z, z);
  const a = add(mul(z, both(C1)), both(C0));
  const b = add(mul(z, both(C3)), both(C2));
  const c = add(mul(z, both(C5)), both(C4));
  const head = sub(both(ONE), mul(z, both(HALF)));
  return add(head, mul(z2, add(a, mul(z2, add(b, mul(z2, c))))));
}

// The same to 1e-10, for terms of drag, which are multiplied by less than 1e-3.
const PI: usize = memory.data<f64>([3.141592653589793]);
const T0: usize = memory.data<f64>([-0.16666666663881233433]);
const T1: usize = memory.data<f64>([0.0083333327687531302015]);
const T2: usize = memory.data<f64>([-0.00019841086561369856394]);
const T3: usize = memory.data<f64>([2.7536463554337337696e-6]);
const T4: usize = memory.data<f64>([-2.4080190242277568703e-8]);
const D0: usize = memory.data<f64>([0.041666666664669743079]);
const D1: usize = memory.data<f64>([-0.0013888888484143978758]);
const D2: usize = memory.data<f64>([0.000024801455929620129511]);
const D3: usize = memory.data<f64>([-2.7542375388031225246e-7]);
const D4: usize = memory.data<f64>([2.0180877261834842784e-9]);

// @ts-ignore: decorator
@inline export function coarselyReduced(x: v128, turns: v128): v128 {
  return sub(x, mul(sub(turns, both(ROUNDER)), both(PI)));
}
// @ts-ignore: decorator
@inline export function coarseSinOf(r: v128, z: v128): v128 {
  const z2 = mul(z, z);
  const a = add(mul(z, both(T1)), both(T0));
  const b = add(mul(z, both(T3)), both(T2));
  return add(r, mul(mul(r, z), add(a, mul(z2, add(b, mul(z2, both(T4)))))));
}
// @ts-ignore: decorator
@inline export function coarseCosOf(z: v128): v128 {
  const z2 = mul(z, z);
  const a = add(mul(z, both(D1)), both(D0));
  const b = add(mul(z, both(D3)), both(D2));
  const head = sub(both(ONE), mul(z, both(HALF)));
  return add(head, mul(z2, add(a, mul(z2, add(b, mul(z2, both(D4)))))));
}
