/** docs/accuracy.md says what the tolerance table says, and nothing that a gate would refuse. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ACCURACY_PAGE, accuracyPage, assertWithin, GATES, isCaught } from "./accuracy.ts";

/** What the page says was achieved, by gate. */
function achievedIn(page: string): Map<string, number> {
  const rows = page.split("\n").map((line) => line.split(" | "));
  const found = new Map<string, number>();
  for (const [name, { what }] of Object.entries(GATES)) {
    const row = rows.find(([first]) => first === `| ${what}`);
    if (row !== undefined) found.set(name, Number(row[2]));
  }
  return found;
}

test("docs/accuracy.md is the page of this table, every gate run and held", () => {
  const page = readFileSync(ACCURACY_PAGE, "utf8");
  const achieved = achievedIn(page);
  for (const [name, { gate }] of Object.entries(GATES)) {
    const value = achieved.get(name) ?? assert.fail(`${name} is not on the page: node packages/core/test/accuracy.ts`);
    assert.ok(value <= gate, `${name}: the page says ${value}, the gate is ${gate}`);
  }
  assert.equal(page, accuracyPage(achieved), "out of date: node packages/core/test/accuracy.ts");
});

test("a gate refuses what is beyond it, and what is not a number", () => {
  assert.throws(() => assertWithin("sun-table", 0.021), /sun-table: off by 0.021 deg, gate 0.02 deg/);
  assert.throws(() => assertWithin("sun-table", Number.NaN));
  assert.ok(isCaught("sun-table", Number.NaN));
  assert.ok(!isCaught("sun-table", 0.02));
});
