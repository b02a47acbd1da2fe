/** A truce as a world to be watched: from kilometres along a line and milliseconds since it began, to places and times. */
import type { Place } from "../geo/position.ts";
import type { Truce } from "./truce.ts";
import { type LineFrame, lineFrame } from "./truce-line.ts";
import { FIRE_KINDS, type View } from "./truce-spec.ts";
import { simulateTruce, type TruceWorld } from "./truce-world.ts";
import {
  type Claims,
  type Jams,
  keyOf,
  leavesS,
  type TrueWorld,
  type Truth,
  type TruthKind,
  type WorldMaker,
} from "./truth.ts";

export interface TruceScene {
  readonly truce: Truce;
  readonly regime: string;
  readonly line: readonly Place[];
  readonly startMs: number;
  readonly days: number;
  readonly views: readonly View[];
}

/** Stretches for which results are told apart, km. */
const AREA_KM = 100;
const MS_PER_DAY = 86_400_000;
/** Fire that began before the span is not in it: what it would have brought is. */
const EARLY_DAYS = 2;

export const truceWorldMaker = (scene: TruceScene): WorldMaker => {
  const frame = lineFrame(scene.line);
  const kinds = truthKinds(scene.truce);
  return (seed) => {
    const span = { fromMs: -EARLY_DAYS * MS_PER_DAY, toMs: Math.ceil(scene.days) * MS_PER_DAY };
    const scaling = { ...scene.truce.scaling, lineKm: frame.lengthKm };
    const world = simulateTruce(scene.truce, { seed, regime: scene.regime, span, views: scene.views, scaling });
    return trueWorldOf(world, { kinds, frame, startMs: scene.startMs });
  };
};

/** Kinds of fire first, then larger breaches, as claims count them. */
function truthKinds({ signatures, taxonomy, larger }: Truce): TruthKind[] {
  const kindOf = (id: string, isLarger: boolean): TruthKind => ({
    id,
    taxonomy: taxonomy[id] ?? "unknown",
    isBreach: true,
    class: isLarger ? id : "fire",
    signatures: signatures[id] ?? [],
    // A column on the move; everything else stands, or is over before it is looked at.
    speedMps: (signatures[id] ?? []).some(({ channel }) => channel === "track") ? 8 : 0,
    contrast01: 0.3,
    riseK: isLarger ? 5 : 2,
    heightM: id === "projectile" ? 100 : 2,
  });
  return [...FIRE_KINDS.map((id) => kindOf(id, false)), ...larger.map(({ id }) => kindOf(id, true))];
}

interface Ground {
  readonly kinds: readonly TruthKind[];
  readonly frame: LineFrame;
  readonly startMs: number;
}

function trueWorldOf(world: TruceWorld, ground: Ground): TrueWorld {
  const { truth, fireRow, largerRow } = truthFrom(world, ground);
  return { truth, claims: claimsFrom(world, ground, fireRow, largerRow), jams: jamsFrom(world, ground) };
}

interface Merged {
  readonly truth: Truth;
  /** Row of the truth for each row of the fire, and of the larger breaches; -1: before the exercise began. */
  readonly fireRow: Int32Array;
  readonly largerRow: Int32Array;
}

function truthFrom({ fire, larger }: TruceWorld, { kinds, frame, startMs }: Ground): Merged {
  const { events, sources } = fire;
  const [fireRow, largerRow] = [new Int32Array(events.tMs.length).fill(-1), new Int32Array(larger.tMs.length).fill(-1)];
  const [firstFire, firstLarger] = [countBefore(events.tMs), countBefore(larger.tMs)];
  const n = events.tMs.length - firstFire + larger.tMs.length - firstLarger;
  const truth = emptyTruth(n, kinds, frame.lengthKm);
  const lasts = kinds.map(leavesS);
  const names = sources.map(hashOf);
  for (let row = 0, f = firstFire, l = firstLarger; row < n; row++) {
    const isFire = (events.tMs[f] ?? Number.POSITIVE_INFINITY) <= (larger.tMs[l] ?? Number.POSITIVE_INFINITY);
    const [from, i] = isFire ? [events, f++] : [larger, l++];
    const kind = isFire ? (events.kind[i] as number) : FIRE_KINDS.length + (larger.kind[i] as number);
    (isFire ? fireRow : largerRow)[i] = row;
    const sKm = from.sKm[i] as number;
    const { latitudeDeg, longitudeDeg } = frame.placeAt(sKm, from.yKm[i] as number);
    truth.tMs[row] = startMs + (from.tMs[i] as number);
    truth.endMs[row] = (truth.tMs[row] as number) + 1000 * (lasts[kind] as number);
    truth.latitudeDeg[row] = latitudeDeg;
    truth.longitudeDeg[row] = longitudeDeg;
    truth.kind[row] = kind;
    truth.strength[row] = isFire ? (events.strength[i] as number) : 1;
    truth.area[row] = Math.min(truth.areas.length - 1, Math.max(0, Math.floor(sKm / AREA_KM)));
    truth.key[row] = isFire
      ? keyOf(names[events.source[i] as number] as number, events.engagement[i] as number, events.member[i] as number)
      : keyOf(kind, larger.area[i] as number, larger.number[i] as number);
  }
  return { truth, fireRow, largerRow };
}

function emptyTruth(n: number, kinds: readonly TruthKind[], lengthKm: number): Truth {
  const areas = Array.from(
    { length: Math.ceil(lengthKm / AREA_KM) },
    (_, i) => `km-${i * AREA_KM}-${(i + 1) * AREA_KM}`,
  );
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

/** Rows before the exercise began. */
function countBefore(tMs: Float64Array): number {
  let count = 0;
  while (count < tMs.length && (tMs[count] as number) < 0) count++;
  return count;
}

function claimsFrom({ claims }: TruceWorld, ground: Ground, fireRow: Int32Array, largerRow: Int32Array): Claims {
  const rows = Uint32Array.from(claims.tMs.keys()).filter((i) => (claims.tMs[i] as number) >= 0);
  const places = Array.from(rows, (i) => ground.frame.placeAt(claims.sKm[i] as number, claims.yKm[i] as number));
  return {
    submittedMs: Float64Array.from(rows, (i) => ground.startMs + (claims.submittedMs[i] as number)),
    tMs: Float64Array.from(rows, (i) => ground.startMs + (claims.tMs[i] as number)),
    latitudeDeg: Float64Array.from(places, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float64Array.from(places, ({ longitudeDeg }) => longitudeDeg),
    kind: Uint16Array.from(rows, (i) => claims.kind[i] as number),
    party: Uint8Array.from(rows, (i) => claims.party[i] as number),
    about: Int32Array.from(rows, (i) => {
      const event = claims.event[i] as number;
      if (event < 0) return -1;
      return (((claims.kind[i] as number) < FIRE_KINDS.length ? fireRow : largerRow)[event] as number) ?? -1;
    }),
  };
}

function jamsFrom({ obstruction }: TruceWorld, { frame, startMs }: Ground): Jams {
  // Rows of bands 0 are roads that are closed, not jamming.
  const rows = Uint32Array.from(obstruction.bands.keys()).filter((i) => obstruction.bands[i] !== 0);
  const places = Array.from(rows, (i) => frame.placeAt(obstruction.sKm[i] as number, 0));
  return {
    fromMs: Float64Array.from(rows, (i) => startMs + (obstruction.fromMs[i] as number)),
    toMs: Float64Array.from(rows, (i) => startMs + (obstruction.toMs[i] as number)),
    latitudeDeg: Float64Array.from(places, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float64Array.from(places, ({ longitudeDeg }) => longitudeDeg),
    reachKm: Float64Array.from(rows, (i) => obstruction.reachKm[i] as number),
    bands: Uint8Array.from(rows, (i) => obstruction.bands[i] as number),
  };
}

/** FNV-1a, 32 bits: a name as a number, whatever place it has in a list. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
