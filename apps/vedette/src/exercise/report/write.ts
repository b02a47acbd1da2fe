/** The output folder of an exercise: the page and its JSON, both or none. */
import { join, resolve } from "node:path";
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import type { Recording } from "../../report/replay-packed.ts";
import { type OutputKind, refuseForeign, writeFolder } from "../../report/write.ts";
import type { Plan } from "../load.ts";
import { groundOf, NO_GROUND } from "./ground.ts";
import { exerciseHtml } from "./html.ts";

const OF_AN_EXERCISE: OutputKind = {
  names: ["report.html", "exercise.json"],
  sign: "exercise.json",
  format: "vedette-exercise/",
};

/** Before minutes of work, not after. @throws InputError where the folder holds anything that is not an exercise's output */
export const refuseForeignExercise = (outDir: string): Promise<void> => refuseForeign(resolve(outDir), OF_AN_EXERCISE);

/** The same text on stdout and in the file. */
export const jsonOf = (result: ExerciseResult): string => `${JSON.stringify(result, null, 2)}\n`;

/** @param recording the run that the page replays @returns paths of the files */
export async function writeExercise(
  result: ExerciseResult,
  { plan, recording, outDir }: { readonly plan: Plan; readonly recording?: Recording; readonly outDir: string },
): Promise<string[]> {
  const ground = recording === undefined ? NO_GROUND : groundOf(plan, recording);
  await writeFolder(outDir, OF_AN_EXERCISE, [
    ["report.html", () => exerciseHtml(result, recording, ground)],
    ["exercise.json", () => jsonOf(result)],
  ]);
  return OF_AN_EXERCISE.names.map((name) => join(resolve(outDir), name));
}
