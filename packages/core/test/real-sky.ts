/** Real element sets for behaviour tests: those of the window oracle, June 2026, by name. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type CellGrid, gridOf } from "../src/access/grid.ts";
import { type Cell, centreOf } from "../src/geo/cells.ts";
import type { Place } from "../src/geo/position.ts";
import type { MeanElements } from "../src/orbit/elements.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { type Interval, instant, MS_PER_HOUR, parseInstant } from "../src/time/instant.ts";

export interface NamedLines {
  readonly name: string;
  readonly line1: string;
  readonly line2: string;
}

export const { satellites }: { readonly satellites: readonly NamedLines[] } = JSON.parse(
  readFileSync(new URL("../oracle/windows.skyfield.json", import.meta.url), "utf8"),
);

export function linesNamed(name: string): NamedLines {
  return satellites.find((satellite) => satellite.name === name) ?? assert.fail(`no ${name}`);
}

export function elementsNamed(name: string): MeanElements {
  const elements = parseTle(linesNamed(name));
  return isRefusal(elements) ? assert.fail(elements.message) : elements;
}

/** Cells as a grid, and where they are by H3 itself. */
export function gridWithPlaces(cells: readonly Cell[]): { readonly grid: CellGrid; readonly places: readonly Place[] } {
  return { grid: gridOf(cells), places: cells.map(centreOf) };
}

/** `hours` from an instant. */
export function spanOf(start: string, hours: number): Interval {
  const from = parseInstant(start);
  return { start: from, end: instant(from + hours * MS_PER_HOUR) };
}

export const NEVER_STALE = { staleAfterMs: Number.POSITIVE_INFINITY };
