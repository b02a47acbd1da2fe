/**
 * What a monitoring mission on the line records of the fire there. Published figures are such records, not the fire itself: the world
 * is fitted by way of this, and an exercise with other sensors starts from the world.
 */
import { Dice } from "../../numerics/dice.ts";
import { MS_PER_DAY, MS_PER_HOUR } from "../../time/instant.ts";
import type { FireColumns } from "./events.ts";
import type { Fire } from "./fire.ts";
import { type Ground, type OutingSpec, outingsOf, placesOn } from "./outing.ts";
import { FIRE_KINDS, type FireKind, type Span, type View } from "./spec.ts";

/** Chance to notice one event: peak at no distance, 1/e of it at the reach, falling as exp(-(r / reach)²). */
export interface Notices {
  readonly peak01: number;
  readonly reachKm: number;
  /** What is left of it by day; a flash is seen by night. */
  readonly byDay01: number;
}

export type NoticesByKind = Readonly<Record<FireKind, Notices>>;

export interface MissionSpec {
  readonly cameras: { readonly atKm: readonly number[]; readonly offsetKm: number; readonly notices: NoticesByKind };
  /** Manned day and night: ears more than eyes. */
  readonly posts: { readonly atKm: readonly number[]; readonly offsetKm: number; readonly notices: NoticesByKind };
  readonly patrols: OutingSpec & { readonly offsetKm: number; readonly notices: NoticesByKind };
  /** Its drones' flights, each of so many minutes: they meet jamming; what they see is not reckoned into the record of fire. */
  readonly flights: OutingSpec & { readonly lastsMinutes: number };
  readonly daylight: { readonly fromHour: number; readonly toHour: number };
  /** Half the stretch of line that a camera is known to hold in view. */
  readonly knownViewKm: number;
}

/** What the parties know of the cameras. */
export function viewsOf(mission: MissionSpec): View[] {
  return mission.cameras.atKm.map((atKm) => ({ atKm, reachKm: mission.knownViewKm }));
}

export interface Watch extends Ground {
  readonly mission: MissionSpec;
}

/**
 * Indices of the events that the mission records, in order. Each event has one throw of its own, held against the chance that any of
 * the mission's sensors notices it: more sensors record the same events and more. An event is recorded once, whoever noticed it.
 */
export function recordFire(fire: Fire, watch: Watch, { seed, span }: { seed: number; span: Span }): Uint32Array {
  const { events, sources } = fire;
  const luck = sources.map((id) => new Dice(seed, id, "recorded"));
  const patrols = outingsOf(watch.mission.patrols, "patrol", watch, { seed, span });
  const found = new Uint32Array(events.tMs.length);
  let count = 0;
  for (let i = 0; i < found.length; i++) {
    const tMs = events.tMs[i] as number;
    if (tMs < span.fromMs || tMs >= span.toMs) continue;
    const throw01 = (luck[events.source[i] as number] as Dice).uniformAt(
      events.engagement[i] as number,
      events.member[i] as number,
    );
    const out = isOut(watch.mission, tMs) ? placesOn(patrols, tMs) : NOBODY;
    if (throw01 < chanceOf(events, i, watch.mission, out)) found[count++] = i;
  }
  return found.slice(0, count);
}

/** Chance that event `i` is noticed by any sensor. @param patrolsKm where patrols are at that time */
export function chanceOf(
  events: FireColumns,
  i: number,
  { cameras, posts, patrols, daylight }: MissionSpec,
  patrolsKm: ArrayLike<number>,
): number {
  const kind = FIRE_KINDS[events.kind[i] as number] as FireKind;
  const hour = hourOf(events.tMs[i] as number);
  const day = hour >= daylight.fromHour && hour < daylight.toHour;
  const s = events.sKm[i] as number;
  const y = events.yKm[i] as number;
  let missed = missedBy(cameras.atKm, s, y - cameras.offsetKm, cameras.notices[kind], day);
  missed *= missedBy(posts.atKm, s, y - posts.offsetKm, posts.notices[kind], day);
  missed *= missedBy(patrolsKm, s, y - patrols.offsetKm, patrols.notices[kind], day);
  return 1 - missed;
}

function missedBy(atKm: ArrayLike<number>, sKm: number, yKm: number, notices: Notices, day: boolean): number {
  const { reachKm } = notices;
  const peak = notices.peak01 * (day ? notices.byDay01 : 1);
  let missed = 1;
  for (let k = 0; k < atKm.length; k++) {
    const along = sKm - (atKm[k] as number);
    if (Math.abs(along) > 4 * reachKm) continue;
    missed *= 1 - peak * Math.exp(-(along * along + yKm * yKm) / (reachKm * reachKm));
  }
  return missed;
}

/** Hour of the day, local: the truce begins at midnight. */
export function hourOf(tMs: number): number {
  const inDay = tMs % MS_PER_DAY;
  return (inDay < 0 ? inDay + MS_PER_DAY : inDay) / MS_PER_HOUR;
}

const NOBODY = new Float64Array(0);

function isOut({ patrols }: MissionSpec, tMs: number): boolean {
  const hour = hourOf(tMs);
  return hour >= patrols.fromHour && hour < patrols.toHour;
}
