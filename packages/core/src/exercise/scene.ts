/** An exercise before its first step: who watches, who works at headquarters, how long; all plain numbers, checked. */
import type { Look } from "../sense/look.ts";
import type { Law } from "./eyes.ts";
import type { Reporter } from "./report-evidence.ts";
import type { Rules, Staff } from "./staff.ts";
import type { WorldMaker } from "./truth.ts";

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
  /** Bits a second that its link carries. */
  readonly linkBps: number;
  /** Whether jamming reaches it. */
  readonly jammable: boolean;
}

/** What moves as a policy says: out of its base, to an area, round it, and back before its endurance ends. */
export interface Mover {
  readonly speedMps: number;
  readonly enduranceS: number;
  readonly turnaroundS: number;
  readonly reserve01: number;
  /** One round for each area, latitudes and longitudes in turn; `undefined`: it cannot go there, and the mask says so. */
  readonly rounds: readonly (Float64Array | undefined)[];
}

/** Air and light at a target, into the look. Left out: a clear day without end. */
export type Air = (look: Look, latitudeDeg: number, longitudeDeg: number, tMs: number) => void;

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
  readonly entities: readonly Entity[];
  /** That movers can be sent to, by name. */
  readonly areas: readonly { readonly id: string; readonly latitudeDeg: number; readonly longitudeDeg: number }[];
  readonly staff: Staff;
  readonly rules: Rules;
  /** A policy is asked once in so long. */
  readonly decideMs: number;
}

/** Why an exercise cannot begin. One sentence each, with the numbers. */
export function findFaults(scene: Scene): string[] {
  const { entities, days, stepMs, decideMs, areas } = scene;
  const faults: string[] = [];
  if (!(days > 0)) faults.push(`days: expected more than 0, found ${days}`);
  if (!(stepMs >= 1000)) faults.push(`stepS: expected 1 s or more, found ${stepMs / 1000} s`);
  if (!(decideMs >= stepMs))
    faults.push(`decideS: expected a step of ${stepMs / 1000} s or more, found ${decideMs / 1000} s`);
  if (entities.length === 0) faults.push("nobody watches: expected one sensing entity or more");
  const ids = new Set<string>();
  for (const { id, mover, law, everyS } of entities) {
    if (ids.has(id)) faults.push(`${id}: two entities of one id would throw the same dice`);
    ids.add(id);
    if (!(law.rangeKm > 0)) faults.push(`${id}: expected a range above 0 km, found ${law.rangeKm}`);
    if (!(everyS >= 0)) faults.push(`${id}: expected a period of 0 s or more, found ${everyS}`);
    if (mover === undefined) continue;
    if (!(mover.speedMps > 0)) faults.push(`${id}: a speed of ${mover.speedMps} m/s moves nothing`);
    if (!(mover.enduranceS > 0)) faults.push(`${id}: an endurance of ${mover.enduranceS} s ends before it begins`);
    if (areas.length === 0) faults.push(`${id}: moves, and has no area to go to`);
    else if (mover.rounds.every((round) => round === undefined)) {
      faults.push(`${id}: none of ${areas.length} areas is within its endurance of ${mover.enduranceS} s`);
    }
  }
  return faults;
}
