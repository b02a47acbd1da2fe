/** Elements back to lines: exactly, or not at all. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import * as satellite from "satellite.js";
import type { MeanElements } from "../src/orbit/elements.ts";
import { linesOf } from "../src/orbit/lines.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { elementsNamed } from "./real-sky.ts";

interface Lines {
  readonly line1: string;
  readonly line2: string;
}
const read = (file: string) => JSON.parse(readFileSync(new URL(`../oracle/${file}`, import.meta.url), "utf8"));
const real: readonly Lines[] = read("windows.skyfield.json").satellites;
const verification: readonly Lines[] = read("sgp4.vallado.json").objects;

/** Columns that SGP4 uses (Hoots and Roehrich 1980), counted from 1. */
const COLUMNS = {
  epoch: [1, 19, 32],
  bstar: [1, 54, 61],
  inclination: [2, 9, 16],
  raan: [2, 18, 25],
  eccentricity: [2, 27, 33],
  perigee: [2, 35, 42],
  anomaly: [2, 44, 51],
  motion: [2, 53, 63],
} as const;
const fieldOf = ([line1, line2]: readonly [string, string], [line, first, last]: readonly [1 | 2, number, number]) =>
  (line === 1 ? line1 : line2).slice(first - 1, last);

function elementsOf(lines: Lines): MeanElements {
  const elements = parseTle(lines, { ignoreChecksum: true });
  return isRefusal(elements) ? assert.fail(elements.message) : elements;
}

test("lines that were read are written again: every field that SGP4 uses, in its columns, the same number", () => {
  assert.ok(real.length + verification.length > 80);
  for (const lines of [...real, ...verification]) {
    const written = linesOf(elementsOf(lines)) ?? assert.fail(`cannot be held: ${lines.line1}`);
    for (const [name, columns] of Object.entries(COLUMNS)) {
      const [before, after] = [fieldOf([lines.line1, lines.line2], columns), fieldOf(written, columns)];
      const number = (text: string) => (name === "bstar" ? impliedOf(text) : Number(text));
      assert.equal(number(after), number(before), `${name}: ${after}, was ${before}`);
    }
  }
});

/** ` 54812-3` is 0.54812e-3. */
function impliedOf(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  return sign * Number(`0.${text.slice(1, 6).replaceAll(" ", "0")}e${text.slice(6).replace(" ", "+")}`) + 0;
}

test("satellite.js reads the same elements out of them as out of the lines they came from", () => {
  for (const lines of [...real, ...verification]) {
    const written = linesOf(elementsOf(lines)) ?? assert.fail();
    const [a, b] = [satellite.twoline2satrec(...written), satellite.twoline2satrec(lines.line1, lines.line2)];
    for (const key of ["epochyr", "epochdays", "bstar", "inclo", "nodeo", "ecco", "argpo", "mo", "no"] as const) {
      assert.equal(a[key], b[key], `${key} of ${lines.line1}`);
    }
  }
});

test("property: what is written is what was given, and what the columns cannot hold is not written", () => {
  const base = elementsNamed("SENTINEL-1A");
  const decimals = fc.integer({ min: 0, max: 3_599_999_99 });
  fc.assert(
    fc.property(
      decimals,
      fc.integer({ min: 2, max: 7 }),
      fc.constantFrom("raanDeg", "meanAnomalyDeg", "argPerigeeDeg"),
      (n, places, key) => {
        const value = Number((n / 1e6).toFixed(places));
        const written = linesOf({ ...base, [key]: value });
        const isHeld = Number(value.toFixed(4)) === value;
        assert.equal(written !== undefined, isHeld, `${value}`);
        const column = { raanDeg: COLUMNS.raan, meanAnomalyDeg: COLUMNS.anomaly, argPerigeeDeg: COLUMNS.perigee }[key];
        if (written !== undefined) assert.equal(Number(fieldOf(written, column)), value);
      },
    ),
  );
});

test("property: drag terms of five digits are held, between 1e-10 and 1e8, either sign; of six they are not", () => {
  const base = elementsNamed("SENTINEL-1A");
  fc.assert(
    fc.property(
      fc.integer({ min: 10_000, max: 99_999 }),
      fc.integer({ min: -9, max: 9 }),
      fc.boolean(),
      (digits, exponent, negative) => {
        const text = `${negative ? "-" : ""}0.${digits}e${exponent}`;
        const written = linesOf({ ...base, bstar: Number(text) }) ?? assert.fail(text);
        assert.equal(impliedOf(fieldOf(written, COLUMNS.bstar)), Number(text));
        assert.equal(linesOf({ ...base, bstar: Number(`0.${digits}5e${exponent}`) }), undefined);
      },
    ),
  );
});

test("an epoch to the microsecond is not a day's eight decimals: undefined, unless it happens to be one", () => {
  const base = elementsNamed("SENTINEL-1A");
  // 0.864 ms is the step of eight decimals of a day.
  const midnight = Date.UTC(2026, 5, 14);
  assert.notEqual(linesOf({ ...base, epochUtcMs: midnight }), undefined);
  assert.notEqual(linesOf({ ...base, epochUtcMs: midnight + 0.864 }), undefined);
  assert.equal(linesOf({ ...base, epochUtcMs: midnight + 0.4 }), undefined);
  assert.equal(linesOf({ ...base, epochUtcMs: midnight + 47.729 }), undefined);
});

test("years that two digits cannot tell are not written", () => {
  const base = elementsNamed("SENTINEL-1A");
  const held = (year: number) => linesOf({ ...base, epochUtcMs: Date.UTC(year, 0, 1) })?.[0].slice(18, 20);
  assert.deepEqual([1956, 1957, 1999, 2000, 2056, 2057].map(held), [undefined, "57", "99", "00", "56", undefined]);
});
