/** The tables of areas and settlements (`data/places`), ours and any that a user adds: the user's names come first. */
import { join } from "node:path";
import type { Areas } from "@vedette/wire/areas";
import { AreaTable } from "../feeds/evidence/area-table.ts";
import { readDataFile, yamlFilesIn } from "./data-file.ts";
import { SHIPPED_ROOT } from "./paths.ts";

const SHIPPED_PLACES = join(SHIPPED_ROOT, "data", "places");

/** @throws InputError with every problem of the first file that has any */
export async function readAreas(files: readonly string[] = []): Promise<AreaTable> {
  const table = new AreaTable();
  for (const path of [...files, ...(await yamlFilesIn(SHIPPED_PLACES))]) {
    const { value } = await readDataFile<Areas>("areas", path);
    for (const { names = [], level, ...area } of Object.values(value.areas)) {
      table.add({ ...area, level, basis: level === "settlement" ? "settlement" : "area" }, names);
    }
  }
  return table;
}
