/** From an exercise's plain data to its scene: made anew on every thread, the same on each. */
import { modelLaw, plainLaw } from "@vedette/core/exercise/eyes";
import type { Entity, Mover, Scene } from "@vedette/core/exercise/scene";
import type { Rules } from "@vedette/core/exercise/staff";
import { type LineFrame, lineFrame } from "@vedette/core/exercise/truce-line";
import type { View } from "@vedette/core/exercise/truce-spec";
import { plainWorld, type WorldMaker } from "@vedette/core/exercise/truth";
import { truceWorldMaker } from "@vedette/core/exercise/truth-truce";
import { Weather } from "@vedette/core/exercise/weather";
import type { Place } from "@vedette/core/geo/position";
import { roundOf } from "@vedette/core/motion/patterns";
import { AS_DECLARED, modelOf } from "@vedette/core/sense/model";
import type { Sensor } from "@vedette/core/sense/sensor-table";
import { parseInstant } from "@vedette/core/time/instant";
import { taxonomyOf } from "@vedette/core/verify/taxonomy";
import type { Exercise } from "@vedette/wire/exercise";
import { ratesFrom, relaysIn, spansFrom } from "../engine/cases/rates.ts";
import type { EvidenceSources } from "../scenario/evidence-sources.ts";
import type { Plan } from "./load.ts";

type Group = Exercise["groups"][string];
type Area = Scene["areas"][number] & { readonly radiusKm: number };

export function sceneOf(plan: Plan): Scene {
  const { exercise } = plan;
  const frame = plan.line === undefined ? undefined : lineFrame(plan.line);
  const areas = areasOf(exercise, frame);
  const entities = Object.entries(exercise.groups).flatMap(([id, group]) =>
    entitiesOf(id, group, { plan, frame, areas }),
  );
  const { headquarters: own } = exercise;
  const law = (work: typeof own.analysis) => ({ law: "exponential" as const, ...work });
  return {
    id: plan.id,
    startMs: parseInstant(exercise.start),
    days: exercise.days,
    stepMs: 1000 * (exercise.stepS ?? 60),
    stareS: exercise.stareS ?? 600,
    world: worldOf(plan),
    ...airOf(plan),
    entities,
    areas,
    staff: {
      analysts: own.analysts,
      verifiers: own.verifiers,
      analysis: law(own.analysis),
      verification: law(own.verification),
      assessment: law(own.assessment),
      utcOffsetH: own.utcOffsetH ?? 0,
    },
    rules: rulesOf(plan),
    decideMs: 1000 * (exercise.decideS ?? 1800),
  };
}

/** Weather of its own for each seed: cloud that lasts and moves, haze, rain, wind, and the Sun. */
function airOf({ exercise, weather }: Plan): Pick<Scene, "air"> {
  if (weather === undefined) return {};
  const order = { ...weather, startMs: parseInstant(exercise.start), hours: Math.ceil(24 * exercise.days) + 1 };
  return {
    air: (seed) => {
      const drawn = new Weather({ ...order, seed });
      return (look, latitudeDeg, longitudeDeg, tMs) => drawn.airInto(look, latitudeDeg, longitudeDeg, tMs);
    },
  };
}

function worldOf({ exercise, truce, line }: Plan): WorldMaker {
  const startMs = parseInstant(exercise.start);
  const { days, world } = exercise;
  if ("truce" in world) {
    if (truce === undefined || line === undefined) throw new RangeError("the truce was not read");
    return truceWorldMaker({ truce, regime: world.truce.regime, line, startMs, days, views: viewsOf(exercise, line) });
  }
  const { kinds, ...where } = world.plain;
  return plainWorld({
    ...where,
    startMs,
    days,
    kinds: Object.entries(kinds).map(([id, { taxonomy, perDay, lastsS, channel, strength, isBreach = true }]) => ({
      id,
      taxonomy,
      perDay,
      isBreach,
      class: id,
      signatures: [{ channel, strength, lastsS, fades: "at-once" as const }],
      speedMps: 0,
      contrast01: 0.3,
      riseK: 2,
      heightM: 2,
    })),
  });
}

/** Fixed cameras along the line: who fires knows of them. */
function viewsOf({ groups }: Exercise, line: readonly Place[]): View[] {
  const { lengthKm } = lineFrame(line);
  return Object.values(groups).flatMap(({ along, mover, sensor }) =>
    along === undefined || mover !== undefined || sensor?.startsWith("camera") !== true
      ? []
      : kmsOf(along, lengthKm).map((atKm) => ({ atKm, reachKm: 2 })),
  );
}

function kmsOf({ count, fromKm = 0, toKm }: NonNullable<Group["along"]>, lengthKm: number): number[] {
  const to = Math.min(toKm ?? lengthKm, lengthKm);
  return Array.from({ length: count }, (_, i) => fromKm + ((i + 0.5) * (to - fromKm)) / count);
}

function areasOf({ areas = {}, areasAlong }: Exercise, frame: LineFrame | undefined): Area[] {
  const named = Object.entries(areas).map(([id, area]) => ({ id, ...area }));
  if (areasAlong === undefined || frame === undefined) return named;
  const { count, radiusKm, offsetKm } = areasAlong;
  const along = kmsOf({ count }, frame.lengthKm).map((km) => ({
    id: `km-${Math.round(km)}`,
    ...frame.placeAt(km, offsetKm),
    radiusKm,
  }));
  return [...named, ...along];
}

interface Setting {
  readonly plan: Plan;
  readonly frame: LineFrame | undefined;
  readonly areas: readonly Area[];
}

function entitiesOf(id: string, group: Group, { plan, frame, areas }: Setting): Entity[] {
  const { everyS = 0, mover } = group;
  const places =
    group.places ??
    (group.along === undefined || frame === undefined
      ? []
      : kmsOf(group.along, frame.lengthKm).map((km) => frame.placeAt(km, group.along?.offsetKm ?? 0)));
  const law = lawOf(group, plan.sensors);
  return places.map(({ latitudeDeg, longitudeDeg }, i) => ({
    id: `${id}/${i + 1}`,
    group: id,
    nation: group.nation,
    source: id,
    form: group.form ?? "report",
    law,
    latitudeDeg,
    longitudeDeg,
    heightM: group.heightM ?? 10,
    everyS,
    phaseS: group.phaseS ?? (everyS * i) / places.length,
    linkBps: 1000 * (group.linkKbps ?? 1000),
    jammable: group.jammable ?? mover !== undefined,
    ...(mover !== undefined && { mover: moverOf(mover, { latitudeDeg, longitudeDeg }, areas) }),
  }));
}

function lawOf({ sensor, plain, worse }: Group, sensors: Readonly<Record<string, Sensor>>): Entity["law"] {
  if (plain !== undefined) {
    const { channels, ...rest } = plain;
    const some = { locationM: 50, delayS: 0, falseAlarmsPerDay: 0, bits: 10_000, ...rest };
    return plainLaw({ ...some, ...(channels !== undefined && { channels }) });
  }
  const table = sensors[sensor ?? ""];
  if (table === undefined) throw new RangeError(`no sensor ${sensor}`);
  return modelLaw(modelOf(sensor ?? "", table, { ...AS_DECLARED, ...worse }));
}

/** A racetrack across each area that it can reach, watch for a tenth of its endurance at least, and come back from. */
function moverOf(own: NonNullable<Group["mover"]>, base: Place, areas: readonly Area[]): Mover {
  const { speedMps, enduranceS, turnaroundS = 3600, reserve01 = 0.1 } = own;
  const reachKm = (speedMps * enduranceS * (1 - reserve01) * 0.45) / 1000;
  const rounds = areas.map(({ latitudeDeg, longitudeDeg, radiusKm }) => {
    const cos = Math.cos((latitudeDeg * Math.PI) / 180);
    const km = 111.195 * Math.hypot(latitudeDeg - base.latitudeDeg, (longitudeDeg - base.longitudeDeg) * cos);
    if (!(km <= reachKm)) return undefined;
    const dLon = radiusKm / (111.195 * cos);
    const round = roundOf({
      kind: "racetrack",
      from: { latitudeDeg, longitudeDeg: longitudeDeg - dLon },
      to: { latitudeDeg, longitudeDeg: longitudeDeg + dLon },
      widthKm: Math.max(0.5, radiusKm / 2),
    });
    return Float64Array.from(round.flatMap((place) => [place.latitudeDeg, place.longitudeDeg]));
  });
  return { speedMps, enduranceS, turnaroundS, reserve01, rounds };
}

/** Groups are sources of their own: what verification believes of each is what its declared source says. */
function rulesOf({ exercise, sources, taxonomy }: Plan): Rules {
  const declared: EvidenceSources = new Map([
    ...sources,
    ...Object.entries(exercise.groups).flatMap(([id, { declaredBy = "" }]) => {
      const source = sources.get(declaredBy);
      return source === undefined ? [] : [[id, { ...source, id }] as const];
    }),
  ]);
  return {
    taxonomy: taxonomyOf(taxonomy),
    spanOf: spansFrom(declared),
    ratesOf: ratesFrom(declared),
    relays: relaysIn(declared),
    owner: exercise.headquarters.owner,
    agreement: { id: "exercise", version: 1 },
    clause: "exercise",
  };
}
