/** What informed parties can foretell of this network: its posts, its written plan, its satellites' passes. It depends on no seed. */

import { AT_STEP_MS } from "@vedette/core/exercise/satellites/sky";
import type { Entity } from "@vedette/core/exercise/scene";
import type { Foresight } from "@vedette/core/exercise/truce/larger";
import { FIRE_KINDS } from "@vedette/core/exercise/truce/spec";
import { truthKinds } from "@vedette/core/exercise/truth/from-truce";
import { groundsOf } from "@vedette/core/exercise/truth/grounds";
import { foresightOf, type Passes, type Station, type Stint } from "@vedette/core/exercise/watch/gaps";
import { parseInstant } from "@vedette/core/time/instant";
import type { Plan } from "../load.ts";
import type { Area } from "./areas.ts";

interface Network {
  readonly entities: readonly Entity[];
  readonly areas: readonly Area[];
}

/** @returns undefined where the exercise has no truce, or nobody in it foretells anything */
export function foresightIn(plan: Plan, network: Network): Foresight | undefined {
  const { exercise, truce, line } = plan;
  if (!("truce" in exercise.world) || truce === undefined || line === undefined) return undefined;
  if (exercise.world.truce.foresight === false) return undefined;
  const { entities, areas } = network;
  const passes = passesOf(plan);
  const movers = entities.filter(({ mover }) => mover !== undefined);
  return foresightOf({
    truce,
    kinds: truthKinds(truce).slice(FIRE_KINDS.length),
    grounds: groundsOf(line, truce.areas),
    startMs: parseInstant(exercise.start),
    days: exercise.days,
    posts: entities.filter(({ mover, satellite }) => mover === undefined && satellite === undefined),
    stints: stintsOf(exercise, movers, areas),
    roamers: exercise.policy?.kind === "scripted" ? [] : movers.flatMap((entity) => stationsOf(entity, areas)),
    ...(passes !== undefined && { passes }),
  });
}

/** Areas that a mover can be sent to. */
function stationsOf({ mover, law, heightM }: Entity, areas: readonly Area[]): Station[] {
  const patterns = (mover?.rounds.length ?? 0) / areas.length;
  return areas.flatMap(({ latitudeDeg, longitudeDeg, radiusKm }, i) => {
    const canGo = mover?.rounds.slice(i * patterns, (i + 1) * patterns).some((round) => round !== undefined) ?? false;
    return canGo ? [{ law, heightM, latitudeDeg, longitudeDeg, radiusKm }] : [];
  });
}

/** A written plan as it is written: each over its areas in turn, all its time; ways, wind and fuel are nobody's to foretell. */
function stintsOf(
  { policy, start, days }: Plan["exercise"],
  movers: readonly Entity[],
  areas: readonly Area[],
): Stint[] {
  if (policy?.kind !== "scripted") return [];
  const named = policy.areas === undefined ? areas : policy.areas.flatMap((id) => areas.filter((one) => one.id === id));
  const holdMs = 1000 * policy.holdS;
  const turns = Math.ceil((days * 86_400_000) / holdMs);
  return movers.flatMap((entity, i) => {
    const own = stationsOf(entity, areas).filter(({ latitudeDeg, longitudeDeg }) =>
      named.some((area) => area.latitudeDeg === latitudeDeg && area.longitudeDeg === longitudeDeg),
    );
    if (own.length === 0) return [];
    return Array.from({ length: turns }, (_, turn): Stint => {
      const station = own[(turn + i) % own.length] as (typeof own)[number];
      return {
        ...station,
        fromMs: parseInstant(start) + turn * holdMs,
        toMs: parseInstant(start) + (turn + 1) * holdMs,
      };
    });
  });
}

/** Looks that optical and radar satellites could take. Those of thermal ones see what burns a pixel wide, and are left out. */
function passesOf({ satellites }: Plan): Passes | undefined {
  if (satellites === undefined) return undefined;
  const { sky, places, sensors } = satellites;
  const { slots, rows } = sky;
  const [place, atMs, byDay]: [number[], number[], number[]] = [[], [], []];
  for (let s = 0; s < slots.sensor.length; s++) {
    const kind = sensors[slots.sensor[s] as number]?.kind;
    if (kind !== "optical" && kind !== "radar") continue;
    for (let r = slots.firstRow[s] as number; r < (slots.firstRow[s + 1] as number); r++) {
      place.push(rows.place[r] as number);
      atMs.push(sky.startMs + AT_STEP_MS * (rows.at[r] as number));
      byDay.push(kind === "optical" ? 1 : 0);
    }
  }
  const { latitudeDeg, longitudeDeg, reachKm } = places;
  return { latitudeDeg, longitudeDeg, reachKm, place, atMs, byDay };
}
