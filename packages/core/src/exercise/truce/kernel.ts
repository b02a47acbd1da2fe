/** When and where fire is answered: draws by inversion, and the laws they follow. */
import type { Dice } from "../../numerics/dice.ts";
import type { DelayKernel, ReachKernel } from "./spec.ts";

/** Seconds from an event to its answer. */
export function drawDelayS(kernel: DelayKernel, dice: Dice): number {
  if (kernel.kind === "exponential") return kernel.meanS * dice.exponential();
  const { scaleS, exponent, longestS } = kernel;
  return scaleS * drawPower(dice, exponent - 1, longestS / scaleS);
}

/** Share of answers that come within the time. */
export function delayShare(kernel: DelayKernel, withinS: number): number {
  if (kernel.kind === "exponential") return 1 - Math.exp(-withinS / kernel.meanS);
  const { scaleS, exponent, longestS } = kernel;
  return powerShare(withinS / scaleS, exponent - 1, longestS / scaleS);
}

/** Distance in the plane, km. Its direction is even. */
export function drawReachKm(kernel: ReachKernel, dice: Dice): number {
  if (kernel.kind === "normal") return kernel.sigmaKm * Math.sqrt(2 * dice.exponential());
  const { scaleKm, exponent, longestKm } = kernel;
  return scaleKm * Math.sqrt(drawPower(dice, exponent - 1, (longestKm / scaleKm) ** 2));
}

/** Share of answers that fall within the distance. */
export function reachShare(kernel: ReachKernel, withinKm: number): number {
  if (kernel.kind === "normal") return 1 - Math.exp(-0.5 * (withinKm / kernel.sigmaKm) ** 2);
  const { scaleKm, exponent, longestKm } = kernel;
  return powerShare((withinKm / scaleKm) ** 2, exponent - 1, (longestKm / scaleKm) ** 2);
}

/** x from 0 to `most` whose density falls as (1 + x)^-(tail + 1). */
function drawPower(dice: Dice, tail: number, most: number): number {
  const cut = 1 - (1 + most) ** -tail;
  return (1 - cut * dice.uniform()) ** (-1 / tail) - 1;
}

function powerShare(x: number, tail: number, most: number): number {
  if (x >= most) return 1;
  return (1 - (1 + x) ** -tail) / (1 - (1 + most) ** -tail);
}
