/** The table of weights (`data/models`), checked by its schema and for what a schema cannot say. */
import { join } from "node:path";
import type { CorroborationModel } from "@vedette/core/verify/model";
import type { CorroborationModelFile } from "@vedette/wire/corroboration-model";
import { InputError, type Problem } from "../problem.ts";
import { type DataFile, readDataFile } from "../scenario/data-file.ts";
import { descendantOf, problemAt } from "../scenario/located.ts";
import { SHIPPED_ROOT } from "../scenario/paths.ts";

export const SHIPPED_MODEL = join(SHIPPED_ROOT, "data", "models", "ukraine-2022.yaml");

/** @throws InputError with every problem of the file */
export async function readModel(path: string = SHIPPED_MODEL): Promise<CorroborationModel> {
  const read = await readDataFile<CorroborationModelFile>("corroboration-model", path);
  const problems = contradictions(read);
  if (problems.length > 0) throw new InputError(problems);
  return read.value;
}

function contradictions({ value, cursor }: DataFile<CorroborationModelFile>): Problem[] {
  const { thermal, news } = value;
  const problems: Problem[] = [];
  const say = (message: string, ...path: string[]): void => {
    problems.push(problemAt(descendantOf(cursor, ...path) ?? cursor, message));
  };
  const rings = [
    ["near", thermal.near],
    ["around", thermal.around],
    ["level", thermal.level],
  ] as const;
  for (const [name, { fromKm, toKm }] of rings)
    if (fromKm >= toKm) say(`ends at ${toKm} km, where it begins`, "thermal", name);
  if (news.fromKm >= news.toKm) say(`ends at ${news.toKm} km, where it begins`, "news");
  if (thermal.around.fromKm < thermal.near.toKm || thermal.level.fromKm < thermal.around.toKm)
    say("rings overlap: expected near, around and level one outside the other", "thermal");
  for (const [name, part] of [["thermal", thermal] as const, ["news", news] as const]) {
    const { from, to } = part.surroundingDays;
    if (from > to || from <= part.windowDays)
      say(`expected days after the window of ${part.windowDays}, from the first to the last`, name, "surroundingDays");
  }
  return problems;
}
