/** A document whose every value remembers the file, line and column that set it, also after patches. */
import { resolve } from "node:path";
import type { Problem } from "../problem.ts";
import { shownPath } from "./paths.ts";

export interface Place {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

export type Scalar = string | number | boolean | null;

export interface LocatedScalar {
  readonly kind: "scalar";
  readonly at: Place;
  readonly value: Scalar;
}

export interface LocatedList {
  readonly kind: "list";
  readonly at: Place;
  readonly items: readonly Located[];
}

export interface Entry {
  readonly keyAt: Place;
  readonly node: Located;
}

export interface LocatedMap {
  readonly kind: "map";
  readonly at: Place;
  readonly entries: ReadonlyMap<string, Entry>;
}

export type Located = LocatedScalar | LocatedList | LocatedMap;

/** A value with its path in its document. */
export interface Cursor {
  readonly node: Located;
  /** E.g. `missions.sentinel-1.sensors[0]`. */
  readonly path: string;
  /** Where the key stands that leads here. */
  readonly keyAt: Place;
  /** The document's own file: values from elsewhere are a patch's, and their path says so. */
  readonly document: { readonly file: string; readonly patch: string };
}

/** A cursor at the root of a document; `patch` is where a scenario patches such a document, e.g. `patch.network`. */
export function rootCursor(node: Located, patch: string, file: string = node.at.file): Cursor {
  return {
    node,
    path: "",
    keyAt: node.at,
    document: { file: resolve(file), patch },
  };
}

export function childOf(parent: Cursor, key: string): Cursor | undefined {
  const entry = parent.node.kind === "map" ? parent.node.entries.get(key) : undefined;
  if (entry === undefined) return undefined;
  const path = parent.path === "" ? key : `${parent.path}.${key}`;
  return { ...parent, node: entry.node, path, keyAt: entry.keyAt };
}

/** The value at the end of several keys, or undefined where one of them is not there. */
export function descendantOf(parent: Cursor | undefined, ...keys: readonly string[]): Cursor | undefined {
  let at = parent;
  for (const key of keys) at = at && childOf(at, key);
  return at;
}

/** Keys and values of a map; none where it is not a map. */
export function entriesOf(parent: Cursor | undefined): [string, Cursor][] {
  if (parent?.node.kind !== "map") return [];
  return [...parent.node.entries.keys()].flatMap((key): [string, Cursor][] => {
    const child = childOf(parent, key);
    return child === undefined ? [] : [[key, child]];
  });
}

/** Items of a list; none where it is not a list. */
export function itemsOf(parent: Cursor | undefined): Cursor[] {
  if (parent?.node.kind !== "list") return [];
  return parent.node.items.map((node, i) => ({
    ...parent,
    node,
    path: `${parent.path}[${i}]`,
    keyAt: node.at,
  }));
}

export function scalarOf(cursor: Cursor | undefined): Scalar | undefined {
  return cursor?.node.kind === "scalar" ? cursor.node.value : undefined;
}

export function textOf(cursor: Cursor | undefined): string | undefined {
  const value = scalarOf(cursor);
  return typeof value === "string" ? value : undefined;
}

export function numberOf(cursor: Cursor | undefined): number | undefined {
  const value = scalarOf(cursor);
  return typeof value === "number" ? value : undefined;
}

/** Plain JSON, places left behind. Keys such as `__proto__` never come this far (yaml.ts refuses them). */
export function plainOf(node: Located): unknown {
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plainOf);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainOf(entry.node)]));
}

/** A problem with the value itself, or (`where` is key) with its being there, or with something that it lacks. */
export function problemAt(cursor: Cursor, message: string, where: "value" | "key" = "value"): Problem {
  const place = where === "key" ? cursor.keyAt : cursor.node.at;
  const patched = place.file !== cursor.document.file;
  const path = patched ? [cursor.document.patch, cursor.path].filter((part) => part !== "").join(".") : cursor.path;
  return { ...problemOf(place, message), ...(path === "" ? {} : { path }) };
}

export function problemOf({ file, line, column }: Place, message: string): Problem {
  return { file: shownPath(file), line, column, message };
}
