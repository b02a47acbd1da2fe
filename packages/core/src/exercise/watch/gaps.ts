/**
 * What an informed party can foretell of a watch: posts that stand and stare, patrols by a written plan, passes of satellites. From them the
 * times at which a larger breach at a place would meet no look that anybody could have foreseen. Who moves as a policy decides
 * from hour to hour cannot be foretold; only that eyes and day cameras are of no use by night. It depends on no seed.
 */
import { sunElevationDeg } from "../../geo/sun.ts";
import { kmBetween } from "../../motion/chart.ts";
import { Look } from "../../sense/look.ts";
import type { Entity } from "../scene.ts";
import type { Foresight, Gap, Intent } from "../truce/larger.ts";
import type { Truce } from "../truce/truce.ts";
import type { Grounds } from "../truth/grounds.ts";
import { isAtSea, type TruthKind } from "../truth/truth.ts";
import { chanceOfLook, type Law } from "./eyes.ts";
import { isInSector } from "./senses.ts";

type Post = Pick<Entity, "law" | "latitudeDeg" | "longitudeDeg" | "heightM" | "sector" | "everyS" | "phaseS">;

/** Where one can be who goes round a place. */
export interface Station {
  readonly law: Law;
  readonly heightM: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** How far from there it goes. */
  readonly radiusKm: number;
}

/** One that is there while a written plan says so, ms since 1970. */
export interface Stint extends Station {
  readonly fromMs: number;
  readonly toMs: number;
}

/** When satellites could look at which places, whether they will or not: orbits are public, tasking is not. */
export interface Passes {
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  /** Round each place that a look at it covers. */
  readonly reachKm: number;
  /** Of each pass: index of the place, when (ms since 1970), and whether it is of use by day alone (1). */
  readonly place: ArrayLike<number>;
  readonly atMs: ArrayLike<number>;
  readonly byDay: ArrayLike<number>;
}

export interface Watch {
  readonly truce: Pick<Truce, "areas" | "larger">;
  /** Of the truce's larger breaches, in its order. */
  readonly kinds: readonly TruthKind[];
  readonly grounds: Grounds;
  readonly startMs: number;
  readonly days: number;
  /** Those that stand. */
  readonly posts: readonly Post[];
  readonly stints: readonly Stint[];
  /** Where those can be whom nobody can foretell. */
  readonly roamers: readonly Station[];
  readonly passes?: Passes;
}

const STEP_MS = 600_000;
/** Assumed: where it is likelier than not to be seen while it lasts, a party takes itself for watched. */
const WATCHED_01 = 0.5;
/** Assumed of the weather that is reckoned with: clear and calm, the Sun well up or well down. */
const CLEAR = { daySunDeg: 30, nightSunDeg: -20, windMps: 3, waveM: 0.5 };
/** From civil twilight on a day camera sees nothing. */
const DARK_DEG = -6;

/** A place that nobody is expected to watch at any time has no gap, and neither has one that is watched at all times: there is nothing to wait for. */
export function foresightOf(watch: Watch): Foresight {
  const steps = Math.ceil((watch.days * 86_400_000) / STEP_MS);
  const daylight = watch.truce.areas.map(({ atKm, offsetKm }, area) => {
    const middle = watch.grounds.placeAt(area, atKm, offsetKm);
    return Uint8Array.from({ length: steps }, (_, i) =>
      sunElevationDeg(middle, watch.startMs + (i + 0.5) * STEP_MS) > DARK_DEG ? 1 : 0,
    );
  });
  const passes = watch.passes === undefined ? undefined : byPlace(watch.passes);
  return (intent) => {
    const isDay = daylight[intent.area] as Uint8Array;
    const target = targetOf(intent, watch);
    const seen = seenAt(target, watch, isDay);
    if (watch.passes !== undefined && passes !== undefined) {
      markPasses(target, { passes: watch.passes, order: passes, startMs: watch.startMs }, { seen, isDay });
    }
    return gapsOf(seen);
  };
}

/** What would be done, and where. */
interface Target {
  readonly kind: TruthKind;
  readonly lastsS: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

function targetOf({ kind, area, sKm, yKm }: Intent, { kinds, truce, grounds }: Watch): Target {
  const { lastsS } = truce.larger[kind] as Truce["larger"][number];
  return { kind: kinds[kind] as TruthKind, lastsS, ...grounds.placeAt(area, sKm, yKm) };
}

/** By step: 1, somebody is expected to see it. */
function seenAt(target: Target, watch: Watch, isDay: Uint8Array): Uint8Array {
  const seen = new Uint8Array(isDay.length);
  const mark = (fromMs: number, toMs: number): void => {
    const first = Math.max(0, Math.floor((fromMs - watch.startMs) / STEP_MS));
    seen.fill(1, first, Math.max(first, Math.ceil((toMs - watch.startMs) / STEP_MS)));
  };
  markPosts(target, watch, { isDay, seen, mark });
  for (const stint of watch.stints) {
    if (Math.max(chanceOf(stint, target, true), chanceOf(stint, target, false)) >= WATCHED_01) {
      mark(stint.fromMs, stint.toMs);
    }
  }
  return seen;
}

interface Marking {
  readonly isDay: Uint8Array;
  readonly seen: Uint8Array;
  readonly mark: (fromMs: number, toMs: number) => void;
}

/** Posts that are always there, together, by day and by night as they see; those that look in turn; and who may come by day alone. */
function markPosts(target: Target, { posts, roamers, startMs }: Watch, { isDay, seen, mark }: Marking): void {
  let [unseenByDay, unseenByNight] = [1, 1];
  for (const post of posts) {
    const everyMs = 1000 * post.everyS;
    const [byDay, byNight] = [chanceOf(post, target, true), chanceOf(post, target, false)];
    if (byDay + byNight === 0) continue;
    if (everyMs <= STEP_MS) {
      unseenByDay *= 1 - byDay;
      unseenByNight *= 1 - byNight;
      continue;
    }
    for (let at = 1000 * post.phaseS; at < seen.length * STEP_MS; at += everyMs) {
      const chance = isDay[Math.floor(at / STEP_MS)] === 1 ? byDay : byNight;
      if (chance >= WATCHED_01) mark(startMs + at, startMs + at + 1);
    }
  }
  const day =
    1 - unseenByDay >= WATCHED_01 ||
    roamers.some((one) => chanceOf(one, target, true) >= WATCHED_01 && chanceOf(one, target, false) < WATCHED_01);
  const night = 1 - unseenByNight >= WATCHED_01;
  for (let i = 0; i < seen.length; i++) if (isDay[i] === 1 ? day : night) seen[i] = 1;
}

/** Passes over place p are `row[first[p]]` up to `row[first[p + 1]]`, so that a question costs what is near. */
interface ByPlace {
  readonly first: Uint32Array;
  readonly row: Uint32Array;
}

function byPlace({ latitudeDeg, place }: Passes): ByPlace {
  const first = new Uint32Array(latitudeDeg.length + 1);
  for (let i = 0; i < place.length; i++) {
    const p = (place[i] as number) + 1;
    first[p] = (first[p] as number) + 1;
  }
  for (let p = 0; p + 1 < first.length; p++) first[p + 1] = (first[p + 1] as number) + (first[p] as number);
  const next = first.slice();
  const row = new Uint32Array(place.length);
  for (let i = 0; i < place.length; i++) {
    const p = place[i] as number;
    row[next[p] as number] = i;
    next[p] = (next[p] as number) + 1;
  }
  return { first, row };
}

function markPasses(
  target: Target,
  { passes, order, startMs }: { readonly passes: Passes; readonly order: ByPlace; readonly startMs: number },
  { seen, isDay }: Pick<Marking, "seen" | "isDay">,
): void {
  const { latitudeDeg, longitudeDeg, reachKm, atMs, byDay } = passes;
  for (let p = 0; p < latitudeDeg.length; p++) {
    const km = kmBetween(latitudeDeg[p] as number, longitudeDeg[p] as number, target.latitudeDeg, target.longitudeDeg);
    if (km > reachKm) continue;
    for (let k = order.first[p] as number; k < (order.first[p + 1] as number); k++) {
      const i = order.row[k] as number;
      const step = Math.floor(((atMs[i] as number) - startMs) / STEP_MS);
      if (byDay[i] === 0 || isDay[step] === 1) seen[step] = 1;
    }
  }
}

const look = new Look();

/** That it is seen while it lasts, in clear air. One who goes round his place is taken as near as his round comes. */
function chanceOf(
  from: Pick<Post, "law" | "latitudeDeg" | "longitudeDeg" | "heightM" | "sector"> & { readonly radiusKm?: number },
  { kind, lastsS, latitudeDeg, longitudeDeg }: Target,
  byDay: boolean,
): number {
  const { law, heightM, radiusKm = 0 } = from;
  if (Math.abs(from.latitudeDeg - latitudeDeg) * 111 > law.rangeKm + radiusKm) return 0;
  const km = Math.max(0, kmBetween(from.latitudeDeg, from.longitudeDeg, latitudeDeg, longitudeDeg) - radiusKm);
  if (km > law.rangeKm || !isInSector(from, latitudeDeg, longitudeDeg)) return 0;
  look.groundKm = km;
  look.sensorHeightM = heightM;
  look.targetHeightM = kind.heightM;
  look.slantKm = Math.hypot(km, (heightM - kind.heightM) / 1000);
  look.seconds = lastsS;
  look.sunDeg = byDay ? CLEAR.daySunDeg : CLEAR.nightSunDeg;
  look.windMps = CLEAR.windMps;
  look.waveM = isAtSea(kind) ? CLEAR.waveM : Number.NaN;
  const chance = chanceOfLook(law, look, kind, 0, 1);
  return chance > 0 ? chance : 0;
}

function gapsOf(seen: Uint8Array): Gap[] {
  const gaps: Gap[] = [];
  if (!seen.includes(1)) return gaps;
  for (let i = 0; i < seen.length; i++) {
    if (seen[i] === 1) continue;
    let end = i;
    while (end < seen.length && seen[end] === 0) end++;
    gaps.push({ fromMs: i * STEP_MS, toMs: end * STEP_MS });
    i = end;
  }
  return gaps;
}
