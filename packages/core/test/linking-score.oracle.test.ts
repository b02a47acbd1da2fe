/** Scores of partitions against worked examples of others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agreementOf } from "../src/exercise/told/score.ts";

test("B-cubed of Bagga and Baldwin's example (1998, figures 3 and 4)", () => {
  // Truth: {1..5}, {6,7}, {8..C}. Response 1 joins the second and third; response 2 the first and third.
  const truth = [1, 1, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3];
  const first = agreementOf(truth, [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
  const second = agreementOf(truth, [1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 1]);
  const f = (precision: number, recall: number) => (2 * precision * recall) / (precision + recall);
  // Published: precision 76 % and 58 %, recall 100 %.
  assert.ok(Math.abs(first.bCubed - f(0.7619, 1)) < 1e-3);
  assert.ok(Math.abs(second.bCubed - f(0.5833, 1)) < 1e-3);
});

test("pairs counted by hand", () => {
  // Truth pairs: ab, cd; found: abc. Shared: ab.
  const { precision, recall, f1 } = agreementOf([1, 1, 2, 2], ["x", "x", "x", "y"]);
  assert.deepEqual([precision, recall, f1], [1 / 3, 1 / 2, 0.4]);
});
