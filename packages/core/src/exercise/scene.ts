/** An exercise before its first step: who watches, who works at headquarters, how long; all plain numbers, checked. */
import type { LinkEnd } from "../link/contact.ts";
import type { Band } from "../link/jamming.ts";
import type { Terrain } from "../link/terrain.ts";
import type { Flow } from "../motion/flow.ts";
import type { Passage } from "../motion/passage.ts";
import type { Look } from "../sense/look.ts";
import type { Reporter } from "./headquarters/report-evidence.ts";
import type { Rules, Staff } from "./headquarters/staff.ts";
import type { SatelliteWatch } from "./satellites/watch.ts";
import type { WorldMaker } from "./truth/truth.ts";
import type { Law } from "./watch/eyes.ts";

/** What senses: one camera, one drone, one satellite. */
export interface Entity extends Reporter {
  readonly group: string;
  readonly law: Law;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly heightM: number;
  /** 0: it stares, and looks at what begins at once, then every `stareS`. Above: one look in each period. */
  readonly everyS: number;
  /** Of the first look, from the start. */
  readonly phaseS: number;
  /** Left out: all round. */
  readonly sector?: { readonly middleDeg: number; readonly widthDeg: number };
  /** Left out: it stands where it is. */
  readonly mover?: Mover;
  /** Index into the sensors of `satellites.sky`: it looks in its passes alone. */
  readonly satellite?: number;
  /** Bits a second that its link carries. */
  readonly linkBps: number;
  /** Left out: a wire, up at all times (and, for one that jamming reaches, a satellite's link in the band of control). */
  readonly link?: Link;
  /** Ids of the kinds that its false alarms are taken for; left out: any. One that is named twice, twice as often. */
  readonly mistakes?: readonly string[];
  /** Whether jamming reaches it. */
  readonly jammable: boolean;
  /** File, line and column that it comes from, for faults. */
  readonly where?: string;
}

/** How reports leave what senses: to one of some masts that it must see, or by a satellite in geostationary orbit, always in view. */
export type Link =
  | { readonly kind: "line-of-sight"; readonly band: Band; readonly rangeKm: number; readonly ends: readonly LinkEnd[] }
  | { readonly kind: "satcom"; readonly band: Band };

/** What moves as a policy says: out of its base, to an area, round it, and back before its endurance ends. */
export interface Mover {
  /** Through the air or the water, or over the ground. */
  readonly speedMps: number;
  readonly enduranceS: number;
  readonly turnaroundS: number;
  readonly reserve01: number;
  /** What flows about it, as a share of the wind at the ground: above 1 for what flies, a few hundredths for the sea's surface. Left out: 0. */
  readonly flowTimes?: number;
  /** At its base it stays, and out it turns back, in more wind at the ground, or higher waves. Left out: no limit. */
  readonly mostWindMps?: number;
  readonly mostWaveM?: number;
  /** One round for each station, latitudes and longitudes in turn; `undefined`: it cannot go there, and the mask says so. */
  readonly rounds: readonly (Float64Array | undefined)[];
  /** Where it may be. Left out: anywhere. */
  readonly passage?: Passage;
}

/** Wind at the ground and waves, as those who move in them ask. */
export interface Flows {
  readonly wind: Flow;
  waveM(latitudeDeg: number, longitudeDeg: number, tMs: number): number;
}

/** Air and light at a target, into the look; waves only where it lies at sea. Left out: a clear day without end. */
export type Air = (look: Look, latitudeDeg: number, longitudeDeg: number, tMs: number, overSea: boolean) => void;

/** How an entity puts many things of one kind at one place into one report. */
export interface Fusing {
  /** From its first report, and from each that follows. */
  readonly windowMs: number;
  /** From the first; an entity whose places are worse takes its own error. */
  readonly reachKm: number;
  /** Classes of kinds that are put together; all else is told one by one. */
  readonly classes: readonly string[];
}

export interface Scene {
  readonly id: string;
  readonly startMs: number;
  readonly days: number;
  /** Of movers. */
  readonly stepMs: number;
  readonly stareS: number;
  /** Left out: each thing is a report of its own. */
  readonly fusing?: Fusing;
  readonly world: WorldMaker;
  readonly air?: (seed: number) => Air;
  /** Of the same weather as `air`. Left out: calm. */
  readonly flows?: (seed: number) => Flows;
  /** What stands between on the ground. Left out: nothing but the Earth's own curve. */
  readonly terrain?: Terrain;
  readonly entities: readonly Entity[];
  /** That movers can be sent to, by name. */
  readonly areas: readonly { readonly id: string; readonly latitudeDeg: number; readonly longitudeDeg: number }[];
  /** Ways to watch an area. A station is an area and a pattern: its index is area * patterns.length + pattern. */
  readonly patterns: readonly string[];
  readonly staff: Staff;
  readonly rules: Rules;
  readonly satellites?: SatelliteWatch;
  /** A policy is asked once in so long. */
  readonly decideMs: number;
}

/** Why an exercise cannot begin. One sentence each, with the numbers. */
export function findFaults(scene: Scene): string[] {
  const { entities, days, stepMs, decideMs } = scene;
  const faults: string[] = [];
  if (!(days > 0)) faults.push(`days: expected more than 0, found ${days}`);
  if (!(stepMs >= 1000)) faults.push(`stepS: expected 1 s or more, found ${stepMs / 1000} s`);
  if (!(decideMs >= stepMs))
    faults.push(`decideS: expected a step of ${stepMs / 1000} s or more, found ${decideMs / 1000} s`);
  if (entities.length === 0) faults.push("nobody watches: expected one sensing entity or more");
  const ids = new Set<string>();
  for (const entity of entities) {
    const { id, law, everyS, where } = entity;
    const own: string[] = [];
    if (ids.has(id)) own.push("two entities of one id would throw the same dice");
    ids.add(id);
    if (!(law.rangeKm > 0)) own.push(`expected a range above 0 km, found ${law.rangeKm}`);
    if (!(everyS >= 0)) own.push(`expected a period of 0 s or more, found ${everyS}`);
    if (entity.link?.kind === "line-of-sight" && entity.link.ends.length === 0) own.push("its link has no other end");
    if (entity.mover !== undefined) own.push(...faultsOf(entity.mover, entity, scene));
    faults.push(...own.map((fault) => `${where === undefined ? "" : `${where}: `}${id}: ${fault}`));
  }
  return faults;
}

function faultsOf(mover: Mover, { latitudeDeg, longitudeDeg }: Entity, { areas, patterns }: Scene): string[] {
  const { speedMps, enduranceS, rounds, passage } = mover;
  const faults: string[] = [];
  if (!(speedMps > 0)) faults.push(`a speed of ${speedMps} m/s moves nothing`);
  if (!(enduranceS > 0)) faults.push(`an endurance of ${enduranceS} s ends before it begins`);
  const closed = passage?.closedBy(latitudeDeg, longitudeDeg);
  if (closed !== undefined)
    faults.push(`its base at ${latitudeDeg.toFixed(4)} N ${longitudeDeg.toFixed(4)} E lies inside ${closed}`);
  if (areas.length === 0) faults.push("moves, and has no area to go to");
  else if (rounds.length !== areas.length * patterns.length) {
    faults.push(
      `expected a round or none for each of ${areas.length * patterns.length} stations, found ${rounds.length}`,
    );
  } else if (rounds.every((round) => round === undefined)) {
    faults.push(`none of ${areas.length} areas is within its endurance of ${enduranceS} s, on a way that it may take`);
  }
  return faults;
}
