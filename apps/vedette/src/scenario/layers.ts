/** A scenario file and what it extends, down to the one that stands by itself. */
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { jsonSchemaOf } from "@vedette/wire/schemas";
import type { Problem } from "../problem.ts";
import { problemsAgainst } from "./explain.ts";
import { type Cursor, childOf, type Located, type LocatedMap, problemAt, rootCursor, textOf } from "./located.ts";
import { folderOf, resolveReference, shippedScenarioPath, shippedScenarios, shownPath } from "./paths.ts";
import { readText } from "./read.ts";
import { quoted, suggestionOf } from "./words.ts";
import { parseYaml } from "./yaml.ts";

export const MAX_EXTENDS = 8;

export interface ReadFile {
  readonly path: string;
  readonly sha256: string;
}

export interface Layers {
  /** Lowest first: the file that extends nothing, then each variant. Empty where the first could not be read. */
  readonly cursors: readonly Cursor[];
  readonly files: readonly ReadFile[];
  readonly problems: readonly Problem[];
}

/** A shipped scenario's name, a file, or a folder that holds a `scenario.yaml`. */
export async function scenarioPathOf(reference: string): Promise<string | Problem> {
  const shipped = shippedScenarioPath(reference);
  if (shipped !== undefined) return shipped;
  const path = resolve(reference);
  try {
    if (!(await stat(path)).isDirectory()) return path;
    const inside = join(path, "scenario.yaml");
    await stat(inside);
    return inside;
  } catch {
    const near = /[\\/.]/.test(reference) ? "" : suggestionOf(reference, shippedScenarios());
    const expected = `expected a file, a folder with a scenario.yaml, or the name of a shipped scenario${near}`;
    return {
      file: reference.includes("\0") ? quoted(reference) : shownPath(path),
      message: `no such scenario: ${expected}`,
    };
  }
}

/** Reads the chain of `extends`. Circles and chains of more than `MAX_EXTENDS` are problems, not loops. */
export async function readLayers(path: string): Promise<Layers> {
  const cursors: Cursor[] = [];
  const files: ReadFile[] = [];
  const problems: Problem[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const read = await readDocument(next);
    problems.push(...read.problems);
    if (read.file) files.push(read.file);
    if (read.root === undefined) break;
    const cursor = rootCursor(read.root, "");
    problems.push(...problemsAgainst(jsonSchemaOf("scenario"), cursor));
    cursors.unshift(cursor);
    const found = extendedBy(cursor, files);
    next = found.path;
    if (found.problem) problems.push(found.problem);
  }
  return { cursors, files, problems };
}

function extendedBy(cursor: Cursor, files: readonly ReadFile[]): { path?: string; problem?: Problem } {
  const at = childOf(cursor, "extends");
  const reference = textOf(at);
  if (at === undefined || reference === undefined) return {};
  const shipped = shippedScenarioPath(reference);
  const resolved = shipped ? { path: shipped } : resolveReference(reference, folderOf(cursor.document.file));
  if ("refused" in resolved) {
    const near = /[./]/.test(reference) ? "" : suggestionOf(reference, shippedScenarios());
    return { problem: problemAt(at, `${resolved.refused}${near}`) };
  }
  if (files.some(({ path }) => path === resolved.path)) {
    return {
      problem: problemAt(at, `${quoted(reference)} extends this file in turn: a circle`),
    };
  }
  if (files.length >= MAX_EXTENDS)
    return {
      problem: problemAt(at, `more than ${MAX_EXTENDS} files in a chain of extends`),
    };
  return { path: resolved.path };
}

/** One YAML file with its digest. */
export async function readDocument(path: string): Promise<{
  readonly root?: Located;
  readonly file?: ReadFile;
  readonly problems: readonly Problem[];
}> {
  const read = await readText(path);
  if ("message" in read) return { problems: [read] };
  return { ...parseYaml(read.text, path), file: { path, sha256: read.sha256 } };
}

/** The scenario that the layers make: each upper one replaces what it names. `extends` and `patch` are used up. */
export function overlaid(layers: readonly Cursor[]): Cursor | undefined {
  const maps = layers.map(({ node }) => node).filter((node): node is LocatedMap => node.kind === "map");
  const [first] = maps;
  if (first === undefined) return undefined;
  const entries = new Map(maps.flatMap((map) => [...map.entries]));
  entries.delete("extends");
  entries.delete("patch");
  return rootCursor({ ...first, entries }, "");
}
