/** The tables of sensors and sources (`data/sources`): by id, ours and any that a user adds. */
import { join } from "node:path";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import { InputError, type Problem } from "../problem.ts";
import { readDataFile, yamlFilesIn } from "./data-file.ts";
import { childOf, problemAt } from "./located.ts";
import { SHIPPED_ROOT, shownPath } from "./paths.ts";

export const SHIPPED_SOURCES = join(SHIPPED_ROOT, "data", "sources");

export type EvidenceSources = ReadonlyMap<string, EvidenceSource>;

/**
 * All sources of the folders, the later folder's file in place of an earlier one's of the same id.
 * @throws InputError with every problem of every file; two files of one folder with the same id are a problem
 */
export async function readEvidenceSources(folders: readonly string[] = [SHIPPED_SOURCES]): Promise<EvidenceSources> {
  const all = new Map<string, EvidenceSource>();
  const problems: Problem[] = [];
  for (const folder of folders) {
    const own = new Map<string, string>();
    for (const path of await yamlFilesIn(folder)) {
      try {
        const { value, cursor } = await readDataFile<EvidenceSource>("evidence-source", path);
        const first = own.get(value.id);
        if (first !== undefined) {
          const message = `the source ${value.id} is described in ${shownPath(first)} already`;
          problems.push(problemAt(childOf(cursor, "id") ?? cursor, message));
        }
        own.set(value.id, path);
        all.set(value.id, value);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(...error.problems);
      }
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return all;
}
