/** The files that a scenario picks, each patched by every layer in turn and checked against its schema. */
import { jsonSchemaOf, misfitsOf, SCHEMA_NAMES, type SchemaName } from "@vedette/wire/schemas";
import type { Problem } from "../problem.ts";
import { problemsAgainst } from "./explain.ts";
import { type ReadFile, readDocument } from "./layers.ts";
import { type Cursor, childOf, descendantOf, plainOf, problemAt, problemOf, rootCursor, textOf } from "./located.ts";
import { mergePatch } from "./merge-patch.ts";
import { folderOf, resolveReference } from "./paths.ts";
import { quoted, suggestionOf } from "./words.ts";

export type DocumentName = Exclude<SchemaName, "scenario">;

export interface DocumentRead {
  /** Absent where it could not be read, or is another kind of file. */
  readonly cursor?: Cursor;
  readonly file?: ReadFile;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** The document under `name` of the scenario; `undefined` where the scenario picks none. */
export async function readPicked(
  name: DocumentName,
  scenario: Cursor,
  layers: readonly Cursor[],
): Promise<DocumentRead | undefined> {
  const patches = layers.map((layer) => descendantOf(layer, "patch", name)).filter((patch) => patch !== undefined);
  const reference = childOf(scenario, name);
  if (reference === undefined) {
    // Where the lowest layer could not be read, what it picks is not known: that problem is told already.
    if (layers[0] && childOf(layers[0], "extends")) return undefined;
    const problems = patches.map((patch) =>
      problemAt(patch, `patches a ${name} file, but the scenario picks none`, "key"),
    );
    return problems.length === 0 ? undefined : { problems, warnings: [] };
  }
  const resolved = fileNamedBy(reference);
  if (typeof resolved !== "string") return { problems: resolved, warnings: [] };
  const read = await readDocument(resolved);
  if (read.root === undefined) return { ...read, warnings: [] };
  return {
    ...read,
    ...patchedAndChecked(name, rootCursor(read.root, `patch.${name}`), patches),
  };
}

/** The path that a reference means, or the problem with it; nothing more to say where it is no text at all. */
export function fileNamedBy(reference: Cursor): string | Problem[] {
  const text = textOf(reference);
  if (text === undefined) return [];
  // A reference counts from the file that wrote it, which may be a lower layer in another folder.
  const resolved = resolveReference(text, folderOf(reference.node.at.file));
  return "path" in resolved ? resolved.path : [problemAt(reference, resolved.refused)];
}

function patchedAndChecked(name: DocumentName, cursor: Cursor, patches: readonly Cursor[]) {
  const otherKind = textOf(childOf(cursor, "kind"));
  if (otherKind !== undefined && otherKind !== name && SCHEMA_NAMES.some((known) => known === otherKind)) {
    const message = `expected a ${name} file, found a ${otherKind} file`;
    return {
      problems: [problemAt(childOf(cursor, "kind") ?? cursor, message)],
      warnings: [],
    };
  }
  const warnings: Problem[] = [];
  let node = cursor.node;
  for (const patch of patches) {
    if (patch.node.kind !== "map") continue;
    node = mergePatch(node, patch.node, (place, key, present) => {
      const message = `removes ${quoted(key)}, which is not there${suggestionOf(key, present)}`;
      warnings.push({ ...problemOf(place, message), path: `patch.${name}` });
    });
  }
  const patched = { ...cursor, node };
  return { cursor: patched, problems: fitProblems(name, patched), warnings };
}

/** TypeBox decides. Where it refuses what the explanation missed, its own words stand. */
function fitProblems(name: DocumentName, cursor: Cursor): Problem[] {
  const explained = problemsAgainst(jsonSchemaOf(name), cursor);
  if (explained.length > 0) return explained;
  return misfitsOf(name, plainOf(cursor.node)).map(({ path, message }) => ({ ...problemAt(cursor, message), path }));
}

export const DOCUMENT_NAMES: readonly DocumentName[] = ["network", "zones", "requests", "world"];
