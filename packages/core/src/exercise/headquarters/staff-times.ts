/** How long pieces of work take: thrown by the name of what is worked on, so that one report more changes no other's time. */
import { Dice } from "../../numerics/dice.ts";
import type { Work } from "./staff.ts";

/** Kinds of work, each with a throw of its own for one name. */
export const PURPOSES = ["read", "verify", "assess", "sign", "sign-again"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** ms; whole ones. */
export type WorkTime = (work: Work, name: string, purpose: Purpose) => number;

export function workTimes(seed: number): WorkTime {
  const dice = new Dice(seed, "headquarters", "speed");
  return ({ meanS, law }, name, purpose) => {
    if (law === "fixed") return 1000 * meanS;
    const throw01 = dice.uniformAt(numberOf(name), PURPOSES.indexOf(purpose));
    return Math.ceil(-1000 * meanS * Math.log(1 - throw01));
  };
}

/** FNV-1a, 32 bits, below 2^32 - 1 as dice want it. */
function numberOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % (2 ** 32 - 1);
}
