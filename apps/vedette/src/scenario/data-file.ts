/** One data file of a known kind, checked by its schema: every problem at once, each with its line and column. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { jsonSchemaOf, misfitsOf, type SchemaName } from "@vedette/wire/schemas";
import { reasonOf } from "../feeds/reason.ts";
import { InputError } from "../problem.ts";
import { checkSources } from "./check-network.ts";
import { problemsAgainst } from "./explain.ts";
import { type ReadFile, readDocument } from "./layers.ts";
import { type Cursor, childOf, plainOf, problemAt, rootCursor, textOf } from "./located.ts";
import { shownPath } from "./paths.ts";

export interface DataFile<T> {
  readonly value: T;
  /** For checks of its own that need places. */
  readonly cursor: Cursor;
  readonly file: ReadFile;
}

/** @throws InputError with every problem of the file; every `source` must stand in the file's own `sources`, save a mapping's: that names a table */
export async function readDataFile<T>(name: SchemaName, path: string): Promise<DataFile<T>> {
  const { root, file, problems } = await readDocument(path);
  if (root === undefined || file === undefined) throw new InputError(problems);
  const cursor = rootCursor(root, "");
  const kind = childOf(cursor, "kind");
  const otherKind = textOf(kind);
  if (kind !== undefined && otherKind !== undefined && otherKind !== name) {
    throw new InputError([problemAt(kind, `expected a file of kind ${name}, found ${otherKind}`)]);
  }
  const explained = problemsAgainst(jsonSchemaOf(name), cursor);
  const plain = plainOf(root);
  const misfits =
    explained.length > 0
      ? explained
      : misfitsOf(name, plain).map((misfit) => ({ ...problemAt(cursor, misfit.message), path: misfit.path }));
  const all = misfits.length > 0 || name === "feed-mapping" ? misfits : checkSources(cursor);
  if (all.length > 0) throw new InputError(all);
  return { value: plain as T, cursor, file };
}

/** Every YAML file of a folder, by name. @throws InputError where there is no such folder */
export async function yamlFilesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => /\.ya?ml$/.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    throw new InputError([{ file: shownPath(folder), message: `cannot be read: ${reasonOf(error)}` }]);
  }
}
