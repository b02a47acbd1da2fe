/**
 * What really happens in an exercise. Only the senses and the score may look at it: headquarters and `verify/` work on what was reported,
 * and no file of theirs imports this one (tested).
 */
import { KM_PER_DEG } from "../../motion/chart.ts";
import { Dice } from "../../numerics/dice.ts";
import type { Signature } from "../truce/signature.ts";

/** One kind of thing that happens. */
export interface TruthKind {
  readonly id: string;
  /** Kind of the taxonomy that a report of it names. */
  readonly taxonomy: string;
  /** Whether it is a breach: only those count for the headline. */
  readonly isBreach: boolean;
  /** Reported together in the curves: `fire`, `larger`. */
  readonly class: string;
  readonly signatures: readonly Signature[];
  readonly speedMps: number;
  readonly contrast01: number;
  readonly riseK: number;
  readonly heightM: number;
  /** Whether such a thing can be there: nobody takes a spot at sea for a column. Left out: anywhere. */
  readonly canBeAt?: (latitudeDeg: number, longitudeDeg: number) => boolean;
  /** Share of a satellite's false alarms, where it can be, that are taken for it and told. Left out: all. */
  readonly mistaken01?: number;
}

/** Whether such a thing lies at sea: what stands out there stands out from waves. */
export const isAtSea = ({ taxonomy }: Pick<TruthKind, "taxonomy">): boolean => taxonomy === "maritime";

/** In the order of their beginning, columns of one length. */
export interface Truth {
  readonly kinds: readonly TruthKind[];
  readonly tMs: Float64Array;
  /** When the last of what it leaves has ended. */
  readonly endMs: Float64Array;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  readonly kind: Uint16Array;
  /** 1: as strong as is usual for the kind. */
  readonly strength: Float32Array;
  /** Names it for the dice: the same whatever else happens in the world. Below 2^32 - 1. */
  readonly key: Uint32Array;
  /** Index into `areas`. */
  readonly area: Uint16Array;
  readonly areas: readonly string[];
}

/** What the parties say to headquarters, true or not. `about` is a row of the truth, or -1: the score's own knowledge. */
export interface Claims {
  readonly submittedMs: Float64Array;
  readonly tMs: Float64Array;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  /** Index into the truth's kinds. */
  readonly kind: Uint16Array;
  readonly party: Uint8Array;
  readonly about: Int32Array;
}

/** Times and places in which bands are jammed: reports wait whose link is in them, and places grow worse. By beginning. */
export interface Jams {
  readonly fromMs: Float64Array;
  readonly toMs: Float64Array;
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  readonly reachKm: Float64Array;
  /** Bits of the bands of `link/jamming.ts`: 1 positions from satellites, 2 the control of drones, 4 data, 8 voice, 16 radar. */
  readonly bands: Uint8Array;
}

export interface TrueWorld {
  readonly truth: Truth;
  readonly claims: Claims;
  readonly jams: Jams;
}

/** Of one seed; the same for the same seed, whatever watches it. Two of an exercise differ in all that has not happened yet. */
export type WorldMaker = (seed: number) => TrueWorld;

export const NO_CLAIMS: Claims = {
  submittedMs: new Float64Array(0),
  tMs: new Float64Array(0),
  latitudeDeg: new Float64Array(0),
  longitudeDeg: new Float64Array(0),
  kind: new Uint16Array(0),
  party: new Uint8Array(0),
  about: new Int32Array(0),
};

export const NO_JAMS: Jams = {
  fromMs: new Float64Array(0),
  toMs: new Float64Array(0),
  latitudeDeg: new Float64Array(0),
  longitudeDeg: new Float64Array(0),
  reachKm: new Float64Array(0),
  bands: new Uint8Array(0),
};

/** What is found later is too late for every headline: longer nothing is followed, though a crater lasts for months. */
const FOLLOWED_S = 5 * 86_400;

/** Seconds for which a kind leaves something that is worth a look: one that fades is followed for three of its lengths. */
export function leavesS({ signatures }: TruthKind): number {
  const longest = signatures.reduce(
    (most, { lastsS, fades }) => Math.max(most, fades === "at-once" ? lastsS : 3 * lastsS),
    0,
  );
  return Math.min(longest, FOLLOWED_S);
}

export interface Row {
  readonly tMs: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly kind: number;
  readonly key: number;
  readonly area?: number;
  readonly strength?: number;
}

/** @param rows in any order; of one time as they stand */
export function truthOf(kinds: readonly TruthKind[], rows: readonly Row[], areas: readonly string[] = ["all"]): Truth {
  const sorted = rows.toSorted((a, b) => a.tMs - b.tMs);
  const lasts = kinds.map(leavesS);
  return {
    kinds,
    areas,
    tMs: Float64Array.from(sorted, ({ tMs }) => tMs),
    endMs: Float64Array.from(sorted, ({ tMs, kind }) => tMs + 1000 * (lasts[kind] as number)),
    latitudeDeg: Float64Array.from(sorted, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float64Array.from(sorted, ({ longitudeDeg }) => longitudeDeg),
    kind: Uint16Array.from(sorted, ({ kind }) => kind),
    strength: Float32Array.from(sorted, ({ strength = 1 }) => strength),
    key: Uint32Array.from(sorted, ({ key }) => key),
    area: Uint16Array.from(sorted, ({ area = 0 }) => area),
  };
}

/** A plain world: each kind comes as a Poisson process of its own, anywhere in a disc. */
export interface PlainKind extends TruthKind {
  readonly perDay: number;
}

export interface PlainWorld {
  readonly kinds: readonly PlainKind[];
  readonly startMs: number;
  readonly days: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly radiusKm: number;
}

const MS_PER_DAY = 86_400_000;

export function plainWorld(world: PlainWorld): WorldMaker {
  return (seed) => {
    const rows = world.kinds.flatMap(({ id, perDay }, kind): Row[] => {
      const [when, where] = [new Dice(seed, id, "begins"), new Dice(seed, id, "where")];
      const own: Row[] = [];
      let day = perDay > 0 ? when.exponential() / perDay : Number.POSITIVE_INFINITY;
      for (; day < world.days; day += when.exponential() / perDay) {
        const km = world.radiusKm * Math.sqrt(where.uniform());
        const angle = 2 * Math.PI * where.uniform();
        own.push({
          tMs: Math.floor(world.startMs + day * MS_PER_DAY),
          latitudeDeg: world.latitudeDeg + (km * Math.cos(angle)) / KM_PER_DEG,
          longitudeDeg:
            world.longitudeDeg + (km * Math.sin(angle)) / KM_PER_DEG / Math.cos((world.latitudeDeg * Math.PI) / 180),
          kind,
          key: keyOf(kind, own.length),
        });
      }
      return own;
    });
    return { truth: truthOf(world.kinds, rows), claims: NO_CLAIMS, jams: NO_JAMS };
  };
}

/** A name for the dice from two running numbers: two that share one share a few throws, once in four billion pairs. */
export function keyOf(a: number, b: number, c = 0): number {
  let h = Math.imul(a + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35) ^ Math.imul(c + 1, 0x27d4eb2f);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) % (2 ** 32 - 1);
}
