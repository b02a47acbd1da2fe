/** What a mover is told to do, and why it cannot. */
import type { Place } from "../geo/position.ts";
import type { Flow } from "./flow.ts";
import type { Region } from "./region.ts";
import type { Track } from "./track.ts";

export interface Vehicle {
  /** Through the air or the water. */
  readonly speedMps: number;
  readonly enduranceS: number;
  /** From landing to the next start. */
  readonly turnaroundS: number;
  /** Share of the endurance that is left when it is back. */
  readonly reserve01: number;
  /** Above the ground, while it is out. */
  readonly heightM: number;
}

export interface Sorties {
  readonly vehicle: Vehicle;
  readonly base: Place;
  /** From the base to the pattern, and back: a harbour's way out, a corridor. Left out: straight. */
  readonly corridor?: readonly Place[];
  /** One round of the pattern; it is gone round again and again. */
  readonly round: readonly Place[];
  readonly startMs: number;
  /** No sortie begins after it. */
  readonly untilMs: number;
  readonly flow?: Flow;
  /** Where a boat cannot be. */
  readonly land?: readonly Region[];
  /** Where it may not be. */
  readonly closed?: readonly Region[];
}

export type MotionRefusal =
  | { readonly code: "no-speed"; readonly speedMps: number }
  | { readonly code: "no-endurance"; readonly enduranceS: number }
  | { readonly code: "no-pattern"; readonly places: number }
  | { readonly code: "inside-land" | "inside-closed-zone"; readonly zone: string; readonly place: Place }
  | {
      readonly code: "crosses-land" | "crosses-closed-zone";
      readonly zone: string;
      readonly from: Place;
      readonly to: Place;
    }
  | { readonly code: "out-of-reach"; readonly neededS: number; readonly enduranceS: number }
  | { readonly code: "flow-too-strong"; readonly place: Place; readonly tMs: number; readonly speedMps: number };

export type Motion =
  | {
      readonly code: "planned";
      readonly track: Track;
      readonly sorties: number;
      /** On the ground because of wind or current that no sortie could be made in. */
      readonly groundedS: number;
      /** On the pattern, all sorties together. */
      readonly stationS: number;
      readonly km: number;
    }
  | MotionRefusal;

/** One sentence, with the numbers. */
export function refusalText(refusal: MotionRefusal): string {
  switch (refusal.code) {
    case "no-speed":
      return `a speed of ${refusal.speedMps} m/s moves nothing`;
    case "no-endurance":
      return `an endurance of ${refusal.enduranceS} s ends before it begins`;
    case "no-pattern":
      return `a pattern of ${refusal.places} places leads nowhere`;
    case "inside-land":
    case "inside-closed-zone":
      return `${placeText(refusal.place)} lies inside ${refusal.zone}`;
    case "crosses-land":
    case "crosses-closed-zone":
      return `the way from ${placeText(refusal.from)} to ${placeText(refusal.to)} leads through ${refusal.zone}`;
    case "out-of-reach":
      return `there and back take ${Math.ceil(refusal.neededS)} s, the endurance without its reserve is ${Math.floor(refusal.enduranceS)} s`;
    case "flow-too-strong":
      return `at ${placeText(refusal.place)} the wind or current is too strong for ${refusal.speedMps} m/s`;
  }
}

const placeText = ({ latitudeDeg, longitudeDeg }: Place): string =>
  `${latitudeDeg.toFixed(4)} N ${longitudeDeg.toFixed(4)} E`;
