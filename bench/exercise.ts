/** Runs of exercises: steps of thirty drones that fly, look, report and are read at headquarters; and days of a truce with all its sensors. */

import { Exercise } from "@vedette/core/exercise/exercise";
import { loadPlan } from "../apps/vedette/src/exercise/load.ts";
import { play } from "../apps/vedette/src/exercise/play.ts";
import { sceneOf } from "../apps/vedette/src/exercise/scene/scene-of.ts";
import type { Inputs } from "./inputs.ts";
import { interleaved } from "./measure.ts";
import { type Row, rowsOf, short } from "./table.ts";

const STEPS = 30 * 1440;
const TRUCE_DAYS = 2;

export async function exerciseRows({ seed, rounds }: Inputs): Promise<Row[]> {
  const small = sceneOf(await loadPlan("thirty-drones"));
  const whole = await loadPlan("truce-summer");
  const truce = { ...whole, exercise: { ...whole.exercise, days: TRUCE_DAYS } };
  const scene = sceneOf(truce);
  const stepped = await interleaved([{ by: "Vedette", scale: 1, run: () => flown(small, seed) }], rounds);
  const played = await interleaved([{ by: "Vedette", scale: 1, run: () => play(truce, scene, seed) }], rounds);
  const steps = stepped.map(({ medianS, answer }) => [
    `${short(STEPS / medianS)} steps/s on one core`,
    `${short(answer)} reports`,
  ]);
  const events = played.map(({ answer }) => [
    `${short(answer.code === "scored" ? answer.score.events : 0)} events in the log`,
  ]);
  return [
    ...rowsOf("Exercise", `30 drones, ${short(STEPS)} steps, headquarters`, stepped, steps),
    ...rowsOf("Truce", `${TRUCE_DAYS} days, ${scene.entities.length} sensors, one run`, played, events),
  ];
}

/** Each over the area of its number: a policy's own time is not measured. @returns reports */
function flown(scene: ReturnType<typeof sceneOf>, seed: number): number {
  const run = new Exercise(scene, seed);
  for (let m = 0; m < run.movers.count; m++) run.movers.order[m] = m % scene.areas.length;
  run.advance(Number.POSITIVE_INFINITY);
  if (run.senses.reports.rows.length === 0) throw new Error("the bench's drones saw nothing");
  return run.senses.reports.rows.length;
}
