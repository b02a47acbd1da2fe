/** Displacement: who does not want to be seen begins elsewhere. */
import type { Displacement, View } from "./spec.ts";

/** Three throws of one engagement, each from 0 to 1: whether it moves, which way, how far. */
export interface ShiftLuck {
  readonly whether01: number;
  readonly way01: number;
  readonly far01: number;
}

/**
 * Where an engagement begins that was meant for `atKm`: there, or beyond the edge of every view, the chosen way along the line; the
 * other way where the line ends first. The throws are the same whatever cameras there are, so that a camera moves only what it sees.
 */
export function shiftedKm(
  atKm: number,
  views: readonly View[],
  { chance01, beyondKm }: Displacement,
  luck: ShiftLuck & { readonly lineKm: number },
): number {
  if (luck.whether01 >= chance01 || !inView(atKm, views)) return atKm;
  const farKm = -beyondKm * Math.log(1 - luck.far01);
  const way = luck.way01 < 0.5 ? -1 : 1;
  for (const sign of [way, -way]) {
    const toKm = beyondViews(atKm, views, sign) + sign * farKm;
    const clear = beyondViews(toKm, views, sign);
    if (clear >= 0 && clear <= luck.lineKm) return clear;
  }
  return atKm;
}

function inView(atKm: number, views: readonly View[]): boolean {
  for (const view of views) if (holds(view, atKm)) return true;
  return false;
}

/** Edges are out of view; they are reckoned here as where they are stepped to, so that a step to one ends outside to the last bit. */
function holds({ atKm, reachKm }: View, km: number): boolean {
  return km > atKm - reachKm && km < atKm + reachKm;
}

/** The first place from `atKm` on, in the given direction, that no view holds. Each step goes that way, past one view for good. */
function beyondViews(atKm: number, views: readonly View[], sign: number): number {
  let place = atKm;
  for (let moved = true; moved; ) {
    moved = false;
    for (const view of views) {
      if (!holds(view, place)) continue;
      place = sign > 0 ? view.atKm + view.reachKm : view.atKm - view.reachKm;
      moved = true;
    }
  }
  return place;
}
