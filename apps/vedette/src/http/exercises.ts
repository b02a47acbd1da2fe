/** Exercises that ship, by name. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { SHIPPED_ROOT } from "../scenario/paths.ts";

export const shippedExercises = (): string[] =>
  readdirSync(join(SHIPPED_ROOT, "scenarios", "exercises"))
    .flatMap((name) => /^([a-z0-9-]+)\.yaml$/.exec(name)?.[1] ?? [])
    .sort();
