/**
 * All fire of a truce: engagements begin at hot spots, along the line and as barrages; each source has streams of its own, so that one
 * more changes none of the others, and so does each engagement, so that another regime or camera moves it without changing its inside.
 */
import { Dice } from "../../numerics/dice.ts";
import { cutPareto } from "../../numerics/variates.ts";
import { type CascadePlan, drawEngagement, planCascade } from "./cascade.ts";
import { type FireColumns, FireEvents } from "./events.ts";
import { forEachArrival, type HourlyLevel, hourlyLevel, steadyLevel } from "./level.ts";
import { shiftedKm } from "./shift.ts";
import type { FireSpec, Regime, Span, View } from "./spec.ts";

export interface FireRun {
  readonly seed: number;
  readonly regime: Regime;
  readonly span: Span;
  /** Cameras that who fires knows of. */
  readonly views: readonly View[];
}

export interface Fire {
  readonly events: FireColumns;
  /** Names of the sources, by `events.source`. */
  readonly sources: readonly string[];
}

interface Source {
  readonly id: string;
  readonly perDay: number;
  readonly level: HourlyLevel;
  /** Where an engagement is meant to begin, by its own dice. */
  readonly meantKm: (dice: Dice) => number;
  readonly barrage: boolean;
}

/** Draws all events whose time lies in the span, in order of time. Engagements begun before the span are not in it. */
export function simulateFire(spec: FireSpec, run: FireRun): Fire {
  const sources = sourcesOf(spec, run);
  const events = new FireEvents(1 << 14);
  const scene = { spec, run, plan: planCascade(spec.cascade), events, part: new FireEvents() };
  for (const [index, source] of sources.entries()) addSource(scene, source, index);
  return { events: events.sorted(), sources: sources.map(({ id }) => id) };
}

function sourcesOf(spec: FireSpec, { regime, span }: FireRun): Source[] {
  const { hotSpots, background, barrages } = spec;
  const level = hourlyLevel(regime, spec.rhythm, span);
  const steady = steadyLevel(span);
  const spots = hotSpots.flatMap((spot) => {
    const meantKm = (dice: Dice): number => spot.atKm + spot.spreadKm * dice.normal();
    return [
      { id: `hot-spot/${spot.id}`, perDay: spot.perDay, level, meantKm, barrage: false },
      { id: `barrage/hot-spot/${spot.id}`, perDay: barrages.perHotSpotDay, level: steady, meantKm, barrage: true },
    ];
  });
  const segments = segmentsOf(spec).flatMap(({ id, fromKm, toKm }) => {
    const meantKm = (dice: Dice): number => dice.between(fromKm, toKm);
    const km = toKm - fromKm;
    return [
      { id, perDay: background.perKmDay * km, level, meantKm, barrage: false },
      { id: `barrage/${id}`, perDay: barrages.perKmDay * km, level: steady, meantKm, barrage: true },
    ];
  });
  return [...spots, ...segments];
}

/** The line in pieces: what happens anywhere on it has a stream for each, so that a longer line only adds. */
export function segmentsOf({ lineKm, background }: Pick<FireSpec, "lineKm" | "background">): {
  readonly id: string;
  readonly fromKm: number;
  readonly toKm: number;
}[] {
  const { segmentKm } = background;
  return Array.from({ length: Math.ceil(lineKm / segmentKm) }, (_, k) => ({
    id: `segment/${k}`,
    fromKm: k * segmentKm,
    toKm: Math.min(lineKm, (k + 1) * segmentKm),
  }));
}

interface Scene {
  readonly spec: FireSpec;
  readonly run: FireRun;
  readonly plan: CascadePlan;
  readonly events: FireEvents;
  /** One engagement, used again and again. */
  readonly part: FireEvents;
}

function addSource(scene: Scene, source: Source, index: number): void {
  const { spec, run, plan, part } = scene;
  const arrivals = new Dice(run.seed, source.id, "arrivals");
  const insides = new Dice(run.seed, source.id, "engagement");
  const shifts = new Dice(run.seed, source.id, "displacement");
  const dice = new Dice();
  forEachArrival(source.level, source.perDay, arrivals, (tMs, engagement) => {
    insides.branch(engagement, dice);
    const meantKm = reflected(source.meantKm(dice), spec.lineKm);
    const yKm = spec.depthKm * dice.normal();
    if (source.barrage) drawBarrage(spec, dice, part);
    else drawEngagement(plan, dice, part);
    const sKm = shiftedKm(meantKm, run.views, spec.displacement, {
      whether01: shifts.uniformAt(engagement, 0),
      way01: shifts.uniformAt(engagement, 1),
      far01: shifts.uniformAt(engagement, 2),
      lineKm: spec.lineKm,
    });
    place(scene, { tMs, sKm, yKm, source: index, engagement });
  });
}

/** Explosions alone, spread evenly over the time it lasts. */
function drawBarrage({ barrages }: FireSpec, dice: Dice, out: FireEvents): void {
  out.clear();
  const rounds = Math.round(cutPareto(dice, barrages.rounds));
  const side = dice.chance(0.5) ? 1 : 0;
  for (let i = 0; i < rounds; i++) {
    const row = out.add();
    const { columns } = out;
    columns.tMs[row] = Math.floor(1000 * barrages.lastsS * dice.uniform());
    columns.sKm[row] = barrages.sigmaKm * dice.normal();
    columns.yKm[row] = barrages.sigmaKm * dice.normal();
    columns.kind[row] = 0;
    columns.side[row] = side;
    columns.strength[row] = 1;
  }
}

/** Where and when an engagement's first event lies. */
interface Begun {
  readonly tMs: number;
  readonly sKm: number;
  readonly yKm: number;
  readonly source: number;
  readonly engagement: number;
}

/** What of the engagement lies in the span joins the events. */
function place({ spec, run, events, part }: Scene, begun: Begun): void {
  for (let member = 0; member < part.length; member++) {
    const tMs = begun.tMs + (part.columns.tMs[member] as number);
    if (tMs >= run.span.toMs) continue;
    const row = events.add();
    const { columns } = events;
    columns.tMs[row] = tMs;
    columns.sKm[row] = reflected(begun.sKm + (part.columns.sKm[member] as number), spec.lineKm);
    columns.yKm[row] = begun.yKm + (part.columns.yKm[member] as number);
    columns.kind[row] = part.columns.kind[member] as number;
    columns.side[row] = part.columns.side[member] as number;
    columns.strength[row] = part.columns.strength[member] as number;
    columns.source[row] = begun.source;
    columns.engagement[row] = begun.engagement;
    columns.member[row] = member;
  }
}

/** What would fall beyond an end of the line falls as far inside. */
function reflected(km: number, lineKm: number): number {
  const turned = Math.abs(km) % (2 * lineKm);
  return turned > lineKm ? 2 * lineKm - turned : turned;
}
