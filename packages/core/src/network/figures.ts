/** Figures that were assumed: found, listed and scaled, so that a result can say what it rests on. */
import type { Figure } from "./network.ts";

export interface AssumedFigure {
  /** Where it stands, e.g. `missions.umbra.memoryGbit`. */
  readonly path: string;
  /** Figures of one name are varied together: `memoryGbit`, `band.maxDeg`. */
  readonly name: string;
  readonly value: number;
  readonly why: string;
}

/** The same shape with numbers for figures; words and whole numbers stay. */
export type Numbers<T> = T extends Figure ? number : T extends object ? { readonly [K in keyof T]: Numbers<T[K]> } : T;

/** A table's figures as plain numbers. A share (a name that ends in 01) that was varied upwards stays a share. */
export function numbersOf<T extends object>(table: T): Numbers<T> {
  const entries = Object.entries(table).map(([key, value]) => {
    if (typeof value !== "object" || value === null) return [key, value];
    if (!isFigure(value)) return [key, numbersOf(value)];
    return [key, key.endsWith("01") ? Math.min(1, value.value) : value.value];
  });
  return Object.fromEntries(entries) as Numbers<T>;
}

/** Every assumed figure of a network, or of another table of figures, in the order of the file. */
export function assumedFigures(table: object): AssumedFigure[] {
  const found: AssumedFigure[] = [];
  walk(table, [], (figure, path) => {
    if (figure.assumed !== undefined)
      found.push({ path: path.join("."), name: nameOf(path), value: figure.value, why: figure.assumed });
    return figure;
  });
  return found;
}

/** The same table with every assumed figure of one name multiplied; figures with a source stay. */
export function scaleAssumed<T extends object>(table: T, name: string, factor: number): T {
  const scaled = walk(table, [], (figure, path) =>
    figure.assumed !== undefined && nameOf(path) === name ? { ...figure, value: figure.value * factor } : figure,
  );
  return scaled as T;
}

/** How many figures carry a source, and how many were assumed. */
export function countFigures(table: object): { readonly sourced: number; readonly assumed: number } {
  let [sourced, assumed] = [0, 0];
  walk(table, [], (figure) => {
    if (figure.assumed === undefined) sourced++;
    else assumed++;
    return figure;
  });
  return { sourced, assumed };
}

/** Its key; within a band the two last keys. */
function nameOf(path: readonly string[]): string {
  return path.slice(path.at(-2) === "band" ? -2 : -1).join(".");
}

function walk(
  node: unknown,
  path: readonly string[],
  visit: (figure: Figure, path: readonly string[]) => Figure,
): unknown {
  if (Array.isArray(node) || typeof node !== "object" || node === null) return node;
  if (isFigure(node)) return visit(node, path);
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child, [...path, key], visit)]));
}

function isFigure(node: object): node is Figure {
  return "value" in node && typeof node.value === "number" && ("source" in node || "assumed" in node);
}
