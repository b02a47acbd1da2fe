/**
 * What an informed party can foretell of a watch: posts that stand and stare, patrols by a written plan, passes of satellites. From them the
 * times at which a larger breach at a place would meet no look that anybody could have foreseen. Who moves as a policy decides
 * from hour to hour cannot be foretold; only that eyes and day cameras are of no use by night. It depends on no seed.
 */

import { sunElevationDeg } from "../geo/sun.ts";
import { kmBetween } from "../motion/chart.ts";
import { Look } from "../sense/look.ts";
import { chanceOfLook, type Law } from "./eyes.ts";
import type { Entity } from "./scene.ts";
import { isInSector } from "./senses.ts";
import type { Truce } from "./truce.ts";
import type { PredictedGaps } from "./truce-larger.ts";
import type { TruthKind } from "./truth.ts";
import type { Grounds } from "./truth-grounds.ts";

/** One that watches from a place while a plan says so. */
export interface Stint {
  readonly law: Law;
  readonly heightM: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** How far from there it goes. */
  readonly radiusKm: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** When satellites could look at which places, whether they will or not: orbits are public, tasking is not. */
export interface Passes {
  readonly latitudeDeg: Float64Array;
  readonly longitudeDeg: Float64Array;
  /** Round each place that a look at it covers. */
  readonly reachKm: number;
  /** Of each pass: index of the place, and when, ms since 1970. */
  readonly place: ArrayLike<number>;
  readonly atMs: ArrayLike<number>;
}

export interface Foretold {
  readonly truce: Pick<Truce, "areas" | "larger">;
  /** Of the truce's larger breaches, in its order. */
  readonly kinds: readonly TruthKind[];
  readonly grounds: Grounds;
  readonly startMs: number;
  readonly days: number;
  /** Those that stand. */
  readonly posts: readonly Pick<
    Entity,
    "law" | "latitudeDeg" | "longitudeDeg" | "heightM" | "sector" | "everyS" | "phaseS"
  >[];
  /** Of written plans; and where those can be whom nobody can foretell (their times are not read). */
  readonly stints: readonly Stint[];
  readonly roamers: readonly Omit<Stint, "fromMs" | "toMs">[];
  readonly passes?: Passes;
}

const STEP_MS = 600_000;
/** Stretch of an area that is taken as one place. */
const CELL_KM = 10;
/** Assumed: a look that sees it in fewer than one of ten cases is no watch to reckon with. */
const LEAST_01 = 0.1;
/** Assumed of the weather that is reckoned with: clear and calm, the Sun well up or down. */
const CLEAR = { day: 30, night: -20, windMps: 3, waveM: 0.5, lookS: 600 };
/** From civil twilight on a day camera sees nothing. */
const DARK_DEG = -6;

interface Cell {
  readonly area: number;
  readonly kind: number;
  readonly fromKm: number;
  readonly toKm: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

interface Gap {
  readonly cell: Cell;
  readonly fromMs: number;
  readonly toMs: number;
}

/** A place that nobody is expected to watch at any time has no gap, and neither has one that is watched at all times: there is nothing to wait for. */
export function foretellGaps(foretold: Foretold): PredictedGaps {
  const { truce, days, startMs } = foretold;
  const steps = Math.ceil((days * 86_400_000) / STEP_MS);
  const gaps: Gap[] = [];
  for (const area of truce.areas.keys()) {
    const cells = cellsOf(foretold, area);
    if (cells.length === 0) continue;
    const middle = cells[cells.length >> 1] as Cell;
    const isDay = Uint8Array.from({ length: steps }, (_, i) =>
      sunElevationDeg(middle, startMs + (i + 0.5) * STEP_MS) > DARK_DEG ? 1 : 0,
    );
    for (const cell of cells) gaps.push(...gapsAt(cell, foretold, isDay));
  }
  return columnsOf(
    gaps.sort((a, b) => a.fromMs - b.fromMs || a.cell.area - b.cell.area || a.cell.fromKm - b.cell.fromKm),
  );
}

function cellsOf({ truce, grounds }: Foretold, area: number): Cell[] {
  const { id, atKm, halfKm, offsetKm } = truce.areas[area] as Truce["areas"][number];
  const count = Math.max(1, Math.ceil((2 * halfKm) / CELL_KM));
  const kinds = truce.larger.flatMap(({ areas }, k) => (areas.includes(id) ? [k] : []));
  return kinds.flatMap((kind) =>
    Array.from({ length: count }, (_, i): Cell => {
      const [from, to] = [i, i + 1].map((n) => atKm - halfKm + (2 * halfKm * n) / count) as [number, number];
      return { area, kind, fromKm: from, toKm: to, ...grounds.placeAt(area, (from + to) / 2, offsetKm) };
    }),
  );
}

function gapsAt(cell: Cell, foretold: Foretold, isDay: Uint8Array): Gap[] {
  const seen = new Uint8Array(isDay.length);
  let watched = false;
  const mark = (from: number, to: number): void => {
    const [first, last] = [Math.max(0, Math.floor(from / STEP_MS)), Math.min(seen.length, Math.ceil(to / STEP_MS))];
    if (last > first) watched = true;
    seen.fill(1, first, Math.max(first, last));
  };
  markPosts(cell, foretold, { isDay, seen, mark });
  for (const stint of foretold.stints) {
    const [from, to] = [stint.fromMs - foretold.startMs, stint.toMs - foretold.startMs];
    if (sees(stint, cell, foretold, "day") || sees(stint, cell, foretold, "night")) mark(from, to);
  }
  markPasses(cell, foretold, mark);
  watched ||= seen.includes(1);
  if (!watched) return [];
  const gaps: Gap[] = [];
  for (let i = 0; i < seen.length; i++) {
    if (seen[i] === 1) continue;
    let end = i;
    while (end < seen.length && seen[end] === 0) end++;
    gaps.push({ cell, fromMs: i * STEP_MS, toMs: end * STEP_MS });
    i = end;
  }
  return gaps;
}

interface Marking {
  readonly isDay: Uint8Array;
  readonly seen: Uint8Array;
  readonly mark: (fromMs: number, toMs: number) => void;
}

/** Posts that are always there, by day or night as they see; those that look in turn at their times; and who may come by day alone. */
function markPosts(cell: Cell, foretold: Foretold, { isDay, seen, mark }: Marking): void {
  let [day, night] = [false, false];
  for (const post of foretold.posts) {
    if (day && night) break;
    if (!isInSector(post as Entity, cell.latitudeDeg, cell.longitudeDeg)) continue;
    const [byDay, byNight] = [sees(post, cell, foretold, "day"), sees(post, cell, foretold, "night")];
    if (!byDay && !byNight) continue;
    if (1000 * post.everyS <= STEP_MS) [day, night] = [day || byDay, night || byNight];
    else {
      const every = 1000 * post.everyS;
      for (let at = 1000 * post.phaseS; at < seen.length * STEP_MS; at += every) {
        if (isDay[Math.floor(at / STEP_MS)] === 1 ? byDay : byNight) mark(at, at + 1);
      }
    }
  }
  day ||= foretold.roamers.some((one) => sees(one, cell, foretold, "day") && !sees(one, cell, foretold, "night"));
  for (let i = 0; i < seen.length; i++) if (isDay[i] === 1 ? day : night) seen[i] = 1;
}

function markPasses(cell: Cell, { passes, startMs }: Foretold, mark: Marking["mark"]): void {
  if (passes === undefined) return;
  const { latitudeDeg, longitudeDeg, reachKm, place, atMs } = passes;
  const near = latitudeDeg.map((lat, p) =>
    kmBetween(lat, longitudeDeg[p] as number, cell.latitudeDeg, cell.longitudeDeg) <= reachKm + CELL_KM / 2 ? 1 : 0,
  );
  for (let i = 0; i < place.length; i++) {
    if (near[place[i] as number] === 1) mark((atMs[i] as number) - startMs, (atMs[i] as number) - startMs + 1);
  }
}

const look = new Look();

/** Whether a breach that goes on there would be seen, in clear air. One that goes round its place is taken as near as its round comes. */
function sees(
  {
    law,
    heightM,
    latitudeDeg,
    longitudeDeg,
    radiusKm = 0,
  }: Omit<Foretold["posts"][number], "everyS" | "phaseS"> & {
    readonly radiusKm?: number;
  },
  cell: Cell,
  { kinds }: Foretold,
  light: "day" | "night",
): boolean {
  if (Math.abs(latitudeDeg - cell.latitudeDeg) * 111 > law.rangeKm + radiusKm) return false;
  const away = kmBetween(latitudeDeg, longitudeDeg, cell.latitudeDeg, cell.longitudeDeg);
  const km = Math.max(0, away - radiusKm);
  if (km > law.rangeKm) return false;
  const kind = kinds[cell.kind] as TruthKind;
  look.groundKm = km;
  look.sensorHeightM = heightM;
  look.targetHeightM = kind.heightM;
  look.slantKm = Math.hypot(km, (heightM - kind.heightM) / 1000);
  look.seconds = CLEAR.lookS;
  look.sunDeg = CLEAR[light];
  look.windMps = CLEAR.windMps;
  look.waveM = kind.taxonomy === "maritime" ? CLEAR.waveM : Number.NaN;
  return chanceOfLook(law, look, kind, 0, 1) >= LEAST_01;
}

function columnsOf(gaps: readonly Gap[]): PredictedGaps {
  return {
    area: Uint16Array.from(gaps, ({ cell }) => cell.area),
    kind: Uint8Array.from(gaps, ({ cell }) => cell.kind),
    fromKm: Float64Array.from(gaps, ({ cell }) => cell.fromKm),
    toKm: Float64Array.from(gaps, ({ cell }) => cell.toKm),
    fromMs: Float64Array.from(gaps, ({ fromMs }) => fromMs),
    toMs: Float64Array.from(gaps, ({ toMs }) => toMs),
  };
}
