/**
 * What a truce is made of, as plain numbers: the file (`data/truces`) says where each comes from. Places are kilometres along
 * the line and across it; times are milliseconds since the truce began, at local midnight.
 */
import type { CutPareto } from "../../numerics/variates.ts";

/** What a perfect observer would count as one violation, as monitors count them. */
export const FIRE_KINDS = ["explosion", "burst", "projectile", "flash"] as const;
export type FireKind = (typeof FIRE_KINDS)[number];
export type ByFireKind = Readonly<Record<FireKind, number>>;

export interface HotSpot {
  readonly id: string;
  readonly atKm: number;
  /** Standard deviation of where its engagements begin, along the line. */
  readonly spreadKm: number;
  /** Engagements that begin on a day at the earlier level. */
  readonly perDay: number;
}

/** When an answer comes: exponential, or a power law (1 + t / scale)^-exponent as of Omori and Utsu, cut off. */
export type DelayKernel =
  | { readonly kind: "exponential"; readonly meanS: number }
  | { readonly kind: "power-law"; readonly scaleS: number; readonly exponent: number; readonly longestS: number };

/** How far from what it answers, in the plane: normal either way, or a power law (1 + r² / scale²)^-exponent. */
export type ReachKernel =
  | { readonly kind: "normal"; readonly sigmaKm: number }
  | { readonly kind: "power-law"; readonly scaleKm: number; readonly exponent: number; readonly longestKm: number };

/** One way in which fire brings more fire. */
export interface Offspring {
  /** Mean number that one event brings directly, in this way. */
  readonly mean: number;
  readonly delay: DelayKernel;
  readonly reach: ReachKernel;
  /** Chance that the other side fires it. */
  readonly answers01: number;
}

export interface Cascade {
  /** Within the engagement, and days later. The sum of their means is the branching ratio, below 1. */
  readonly offspring: readonly Offspring[];
  /** How much more one event brings than another; used over its own mean. */
  readonly vigour: CutPareto;
  /** Chance that an event is of the kind of what brought it; otherwise its kind is drawn by `shares`. */
  readonly like01: number;
  /** Of all that really happens. They add up to 1. */
  readonly shares: ByFireKind;
}

/** Many explosions at one place in half an hour: salvoes, or a shoot. They come as they come, truce or not, and bring nothing. */
export interface Barrages {
  /** At and about each hot spot; and anywhere. */
  readonly perHotSpotDay: number;
  readonly perKmDay: number;
  readonly rounds: CutPareto;
  readonly lastsS: number;
  readonly sigmaKm: number;
}

/** Who fires moves away from where a camera stands. */
export interface Displacement {
  readonly chance01: number;
  /** Mean way beyond the edge of the view. */
  readonly beyondKm: number;
}

export interface FireSpec {
  readonly lineKm: number;
  readonly hotSpots: readonly HotSpot[];
  readonly background: { readonly perKmDay: number; readonly segmentKm: number };
  /** Standard deviation across the line of where engagements begin. */
  readonly depthKm: number;
  readonly cascade: Cascade;
  readonly barrages: Barrages;
  /** Fire through the day: 1 + swing cos(hours from the peak), mean 1. */
  readonly rhythm: { readonly swing01: number; readonly peakHour: number };
  readonly displacement: Displacement;
}

/** How engagements become fewer, and many again. Before the truce the level is 1. */
export interface Regime {
  readonly id: string;
  /** Level that the truce falls to. */
  readonly floor01: number;
  /** Time in which what is above the floor falls to a third (1/e). */
  readonly fallDays: number;
  /** Days after which it is back at 1, growing by the same factor each day; left out: the truce holds. */
  readonly backAfterDays?: number;
}

/** A stretch that a camera sees, for those who would rather not be seen. */
export interface View {
  readonly atKm: number;
  readonly reachKm: number;
}

export interface Span {
  /** Whole hours since the truce began; negative before it. */
  readonly fromMs: number;
  readonly toMs: number;
}
