/** From an exercise's plain data to its scene: made anew on every thread, the same on each. */
import type { Fusing, Scene } from "@vedette/core/exercise/scene";
import { lineFrame } from "@vedette/core/exercise/truce/line";
import type { PatternKind } from "@vedette/core/motion/patterns";
import { parseInstant } from "@vedette/core/time/instant";
import type { Plan } from "../load.ts";
import { airOf } from "./air.ts";
import { areasOf } from "./areas.ts";
import { entitiesOf } from "./entities.ts";
import { foresightIn } from "./foresight.ts";
import { passagesOf } from "./passages.ts";
import { rulesOf } from "./rules.ts";
import { satelliteEntities, satelliteWatchOf } from "./satellites.ts";
import { staffOf } from "./staff.ts";
import { worldOf } from "./world.ts";

/** Assumed: monitors' posts log by minutes, and report a barrage by its count. */
const FUSING = { windowS: 600, reachKm: 2, classes: ["fire"] };

export function sceneOf(plan: Plan): Scene {
  const { exercise } = plan;
  const frame = plan.line === undefined ? undefined : lineFrame(plan.line);
  const areas = areasOf(exercise, frame);
  const patterns: readonly PatternKind[] = exercise.patterns ?? ["racetrack"];
  const passages = passagesOf(plan);
  const entities = Object.entries(exercise.groups).flatMap(([id, group]) =>
    entitiesOf(id, group, { plan, frame, stations: { areas, patterns }, passages }),
  );
  return {
    id: plan.id,
    startMs: parseInstant(exercise.start),
    days: exercise.days,
    stepMs: 1000 * (exercise.stepS ?? 60),
    stareS: exercise.stareS ?? 600,
    fusing: fusingOf(exercise.fusing),
    world: worldOf(plan, foresightIn(plan, { entities, areas })),
    ...airOf(plan),
    entities: [...entities, ...satelliteEntities(plan)],
    ...satelliteWatchOf(plan),
    areas,
    patterns,
    ...(plan.ground.terrain !== undefined && { terrain: plan.ground.terrain }),
    staff: staffOf(exercise),
    rules: rulesOf(plan),
    decideMs: 1000 * (exercise.decideS ?? 1800),
  };
}

function fusingOf(given: Plan["exercise"]["fusing"]): Fusing {
  const { windowS, reachKm, classes } = { ...FUSING, ...given };
  return { windowMs: 1000 * windowS, reachKm, classes };
}
