/** The taxonomy file, ours or a user's: checked by its schema and for what a schema cannot say. */
import { join } from "node:path";
import { type Taxonomy, type TaxonomyFile, taxonomyOf, UNKNOWN_KIND } from "@vedette/core/verify/taxonomy";
import { InputError, type Problem } from "../problem.ts";
import { readDataFile } from "./data-file.ts";
import { type Cursor, childOf, descendantOf, entriesOf, itemsOf, problemAt, textOf } from "./located.ts";
import { SHIPPED_ROOT } from "./paths.ts";
import { quoted, suggestionOf } from "./words.ts";

export const SHIPPED_TAXONOMY = join(SHIPPED_ROOT, "data", "taxonomies", "ceasefire.yaml");

/** @throws InputError with every problem: a group or kind that is named and not there, and a taxonomy without `unknown` */
export async function readTaxonomy(path: string = SHIPPED_TAXONOMY): Promise<Taxonomy> {
  const { value, cursor } = await readDataFile<TaxonomyFile>("taxonomy", path);
  const problems = danglingNames(value, cursor);
  if (problems.length > 0) throw new InputError(problems);
  return taxonomyOf(value);
}

function danglingNames(file: TaxonomyFile, root: Cursor): Problem[] {
  const kinds = childOf(root, "kinds");
  const problems: Problem[] = [];
  if (!Object.hasOwn(file.kinds, UNKNOWN_KIND)) {
    problems.push(problemAt(kinds ?? root, `expected a kind "${UNKNOWN_KIND}": what the record does not say`, "key"));
  }
  for (const named of itemsOf(childOf(root, "wordOrder"))) {
    const kind = textOf(named);
    if (kind !== undefined && !Object.hasOwn(file.kinds, kind))
      problems.push(problemAt(named, absent("kind", kind, Object.keys(file.kinds))));
  }
  for (const [, kind] of entriesOf(kinds)) {
    const group = childOf(kind, "group");
    const named = textOf(group);
    if (group !== undefined && named !== undefined && !Object.hasOwn(file.groups, named)) {
      problems.push(missing(group, "group", named, Object.keys(file.groups)));
    }
    for (const [other, cursor] of entriesOf(descendantOf(kind, "alike"))) {
      if (!Object.hasOwn(file.kinds, other)) problems.push(missing(cursor, "kind", other, Object.keys(file.kinds)));
    }
  }
  return problems;
}

function missing(at: Cursor, what: string, name: string, names: readonly string[]): Problem {
  return problemAt(at, absent(what, name, names), what === "group" ? "value" : "key");
}

const absent = (what: string, name: string, names: readonly string[]): string =>
  `no ${what} ${quoted(name)} in this file${suggestionOf(name, names)}`;
