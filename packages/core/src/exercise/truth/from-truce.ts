/** A truce as a world to be watched: from kilometres along its lines and milliseconds since it began, to places and times. */
import type { Place } from "../../geo/position.ts";
import { kmBetween } from "../../motion/chart.ts";
import type { Foresight } from "../truce/larger.ts";
import type { Scaling } from "../truce/scale.ts";
import { FIRE_KINDS, type View } from "../truce/spec.ts";
import type { Truce } from "../truce/truce.ts";
import { simulateTruce, type TruceWorld } from "../truce/world.ts";
import { claimsFrom, jamsFrom } from "./claims.ts";
import { type Grounds, groundsOf } from "./grounds.ts";
import { keyOf, leavesS, type TrueWorld, type Truth, type TruthKind, type WorldMaker } from "./truth.ts";

export interface TruceScene {
  readonly truce: Truce;
  readonly regime: string;
  readonly line: readonly Place[];
  readonly startMs: number;
  readonly days: number;
  readonly views: readonly View[];
  /** What informed parties foretell of the watch; left out: nothing. */
  readonly foresight?: Foresight;
  /** Ids of the kinds that happen and are claimed; left out: all. The others' dice stay as they are. */
  readonly only?: readonly string[];
  /** Times the truce's own. */
  readonly jamming?: { readonly times: number; readonly reachTimes: number };
  readonly scaling?: Partial<Omit<Scaling, "lineKm">>;
}

const MS_PER_DAY = 86_400_000;
/** Fire that began before the span is not in it: what it would have brought is. */
const EARLY_DAYS = 2;

/** @throws RangeError for a kind in `only` that the truce does not have */
export const truceWorldMaker = (scene: TruceScene): WorldMaker => {
  const truce = jammed(scene.truce, scene.jamming);
  const grounds = groundsOf(scene.line, truce.areas);
  const plain = truthKinds(truce);
  const wanted = wantedOf(plain, scene.only);
  const kinds = placedKinds(plain, { truce, grounds, wanted });
  const { regime, views, startMs, foresight } = scene;
  const span = { fromMs: -EARLY_DAYS * MS_PER_DAY, toMs: Math.ceil(scene.days) * MS_PER_DAY };
  const scaling = { ...truce.scaling, ...scene.scaling, lineKm: grounds.lengthKm };
  return (seed) => {
    const world = simulateTruce(truce, {
      seed,
      regime,
      span,
      views,
      scaling,
      ...(foresight !== undefined && { foresight }),
    });
    return trueWorldOf(world, { kinds, grounds, startMs, wanted });
  };
};

function jammed(truce: Truce, { times, reachTimes } = { times: 1, reachTimes: 1 }): Truce {
  const { jamming } = truce.obstruction;
  const heavy = {
    ...jamming,
    perHotSpotDay: jamming.perHotSpotDay * times,
    perKmDay: jamming.perKmDay * times,
    reachKm: jamming.reachKm * reachTimes,
  };
  return { ...truce, obstruction: { ...truce.obstruction, jamming: heavy } };
}

function wantedOf(kinds: readonly TruthKind[], only: readonly string[] | undefined): Uint8Array {
  const lost = only?.find((id) => !kinds.some((kind) => kind.id === id));
  if (lost !== undefined)
    throw new RangeError(`no kind ${lost} in this truce; ${kinds.map(({ id }) => id).join(", ")}`);
  return Uint8Array.from(kinds, ({ id }) => (only === undefined || only.includes(id) ? 1 : 0));
}

/** Kinds of fire first, then larger breaches, as claims count them. */
export function truthKinds({ signatures, taxonomy, larger, appearance }: Truce): TruthKind[] {
  const harmless = new Set(larger.filter((kind) => kind.harmless === true).map(({ id }) => id));
  const kindOf = (id: string, isLarger: boolean): TruthKind => ({
    id,
    taxonomy: taxonomy[id] ?? "unknown",
    isBreach: !harmless.has(id),
    class: isLarger ? id : "fire",
    signatures: signatures[id] ?? [],
    ...(appearance[id] ?? PLAIN),
  });
  return [...FIRE_KINDS.map((id) => kindOf(id, false)), ...larger.map(({ id }) => kindOf(id, true))];
}

/** Kinds that know where they can be: fire about the line, larger breaches about their areas. */
function placedKinds(
  kinds: readonly TruthKind[],
  { truce: { areas, larger }, grounds, wanted }: Omit<Ground, "kinds" | "startMs"> & { readonly truce: Truce },
): TruthKind[] {
  const placesOf = (area: number, atKm: number, halfKm: number): Place[] => {
    const steps = Math.ceil((2 * halfKm) / PLACED_KM);
    return Array.from({ length: steps + 1 }, (_, i) =>
      grounds.placeAt(area, atKm - halfKm + (2 * halfKm * i) / Math.max(1, steps), areas[area]?.offsetKm ?? 0),
    );
  };
  const onLine = placesOf(-1, grounds.lengthKm / 2, grounds.lengthKm / 2);
  return kinds.map((kind, k) => {
    const own = larger[k - FIRE_KINDS.length];
    const places =
      own === undefined
        ? onLine
        : areas.flatMap(({ id, atKm, halfKm }, i) => (own.areas.includes(id) ? placesOf(i, atKm, halfKm) : []));
    // What is over within a minute stands in no picture, and nobody takes a picture for it.
    const isBrief = kind.signatures.every(({ lastsS }) => lastsS <= 60);
    const mistaken01 = isBrief ? 0 : own?.mistaken01;
    return {
      ...kind,
      ...(mistaken01 !== undefined && { mistaken01 }),
      canBeAt: (lat, lon) =>
        wanted[k] === 1 &&
        places.some(({ latitudeDeg, longitudeDeg }) => kmBetween(latitudeDeg, longitudeDeg, lat, lon) <= ABOUT_KM),
    };
  });
}

/** Places are taken so far apart; a kind can be so far from them. */
const PLACED_KM = 10;
const ABOUT_KM = 30;

/** Of a kind of which the file says nothing: a low mark on a field. */
const PLAIN = { speedMps: 0, contrast01: 0.3, riseK: 2, heightM: 2 };

interface Ground {
  readonly kinds: readonly TruthKind[];
  readonly grounds: Grounds;
  readonly startMs: number;
  /** By kind: 1, it happens and is claimed. */
  readonly wanted: Uint8Array;
}

function trueWorldOf(world: TruceWorld, ground: Ground): TrueWorld {
  const { truth, fireRow, largerRow } = truthFrom(world, ground);
  return { truth, claims: claimsFrom(world, { ...ground, fireRow, largerRow }), jams: jamsFrom(world, ground) };
}

interface Merged {
  readonly truth: Truth;
  /** Row of the truth for each row of the fire, and of the larger breaches; -1: before the exercise began, or not wanted. */
  readonly fireRow: Int32Array;
  readonly largerRow: Int32Array;
}

function truthFrom({ fire, larger }: TruceWorld, { kinds, grounds, startMs, wanted }: Ground): Merged {
  const { events, sources } = fire;
  const [fireRow, largerRow] = [new Int32Array(events.tMs.length).fill(-1), new Int32Array(larger.tMs.length).fill(-1)];
  const isIn = (tMs: Float64Array, kind: Uint8Array, first: number) => (i: number) =>
    (tMs[i] as number) >= 0 && wanted[first + (kind[i] as number)] === 1;
  const fires = Uint32Array.from(events.tMs.keys()).filter(isIn(events.tMs, events.kind, 0));
  const larges = Uint32Array.from(larger.tMs.keys()).filter(isIn(larger.tMs, larger.kind, FIRE_KINDS.length));
  const n = fires.length + larges.length;
  const truth = emptyTruth(n, kinds, grounds.names);
  const lasts = kinds.map(leavesS);
  const names = sources.map(hashOf);
  const timeOf = (of: Float64Array, i: number | undefined) =>
    i === undefined ? Number.POSITIVE_INFINITY : (of[i] as number);
  for (let row = 0, f = 0, l = 0; row < n; row++) {
    const isFire = timeOf(events.tMs, fires[f]) <= timeOf(larger.tMs, larges[l]);
    const i = (isFire ? fires[f++] : larges[l++]) as number;
    const from = isFire ? events : larger;
    const kind = isFire ? (events.kind[i] as number) : FIRE_KINDS.length + (larger.kind[i] as number);
    const area = isFire ? -1 : (larger.area[i] as number);
    (isFire ? fireRow : largerRow)[i] = row;
    const sKm = from.sKm[i] as number;
    const { latitudeDeg, longitudeDeg } = grounds.placeAt(area, sKm, from.yKm[i] as number);
    truth.tMs[row] = startMs + (from.tMs[i] as number);
    truth.endMs[row] = (truth.tMs[row] as number) + 1000 * (lasts[kind] as number);
    truth.latitudeDeg[row] = latitudeDeg;
    truth.longitudeDeg[row] = longitudeDeg;
    truth.kind[row] = kind;
    truth.strength[row] = isFire ? (events.strength[i] as number) : 1;
    truth.area[row] = grounds.nameAt(area, sKm);
    truth.key[row] = isFire
      ? keyOf(names[events.source[i] as number] as number, events.engagement[i] as number, events.member[i] as number)
      : keyOf(kind, larger.area[i] as number, larger.number[i] as number);
  }
  return { truth, fireRow, largerRow };
}

function emptyTruth(n: number, kinds: readonly TruthKind[], areas: readonly string[]): Truth {
  return {
    kinds,
    areas,
    tMs: new Float64Array(n),
    endMs: new Float64Array(n),
    latitudeDeg: new Float64Array(n),
    longitudeDeg: new Float64Array(n),
    kind: new Uint16Array(n),
    strength: new Float32Array(n),
    key: new Uint32Array(n),
    area: new Uint16Array(n),
  };
}

/** FNV-1a, 32 bits: a name as a number, whatever place it has in a list. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
