/** The score's view of incidents that are written by hand: who came when, and what came true. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Exercise } from "../src/exercise/exercise.ts";
import { calibrationOf } from "../src/exercise/score/calibration.ts";
import { fatesOf } from "../src/exercise/score/fates.ts";

interface Own {
  readonly id: string;
  readonly witnesses: readonly string[];
  readonly corroboratedMs: number;
  readonly verifiedMs: number;
  readonly said01?: number;
}

/** @param causes rows of the truth for each item; @param readMs when it was read */
function runOf(
  incidents: readonly Own[],
  causes: Readonly<Record<string, number[]>>,
  readMs: Readonly<Record<string, number>>,
) {
  const items = Object.keys(causes).map((id) => ({ id, form: "report" }));
  return {
    world: { truth: { tMs: new Float64Array(3) } },
    senses: { sights: { firstSeenMs: Float64Array.of(1, 2, Number.NaN) } },
    causes: new Map(Object.entries(causes)),
    headquarters: {
      items,
      readings: items.map(({ id }) => ({ arrivedMs: 5, takenMs: 6, readMs: readMs[id] ?? 10 })),
      desk: {
        incidents: new Map(
          incidents.map(({ id, witnesses }) => [
            id,
            {
              id,
              links: new Map(witnesses.map((evidence) => [evidence, { evidence, role: "witness" }])),
              corroboration: { counted: witnesses },
            },
          ]),
        ),
      },
      passages: new Map(
        incidents.map(({ id, corroboratedMs, verifiedMs, said01 }) => [
          id,
          { corroboratedMs, verifiedMs, corroborated01: said01, verified01: said01 },
        ]),
      ),
    },
  } as unknown as Exercise;
}

test("a witness that joins a verified incident is verified from then on, and no earlier; of two incidents the sooner counts", () => {
  const run = runOf(
    [
      { id: "a", witnesses: ["x", "y"], corroboratedMs: 40, verifiedMs: 100 },
      { id: "b", witnesses: ["x"], corroboratedMs: 30, verifiedMs: 300 },
    ],
    { x: [0], y: [1], z: [2] },
    { x: 10, y: 200 },
  );
  const { corroboratedMs, verifiedMs, readMs, seenMs } = fatesOf(run, new Set());
  assert.deepEqual(Array.from(verifiedMs), [100, 200, Number.POSITIVE_INFINITY]);
  assert.deepEqual(Array.from(corroboratedMs), [30, 200, Number.POSITIVE_INFINITY]);
  assert.deepEqual(Array.from(readMs), [10, 200, 10]);
  assert.deepEqual(Array.from(seenMs), [1, 2, Number.POSITIVE_INFINITY]);
});

test("what was said of an incident came true where two of its witnesses saw something that happened: one is not enough", () => {
  const whole = { corroboratedMs: 1, verifiedMs: 2, said01: 0.75 };
  const run = runOf(
    [
      { id: "both", witnesses: ["x", "y"], ...whole },
      { id: "one", witnesses: ["x", "false"], ...whole },
      { id: "none", witnesses: ["false", "wrong"], ...whole, said01: 0.25 },
    ],
    { x: [0], y: [1], false: [-1], wrong: [-1] },
    {},
  );
  const [corroborated] = calibrationOf(run, new Set());
  assert.deepEqual(corroborated?.count, [0, 0, 1, 0, 0, 0, 0, 2, 0, 0]);
  assert.deepEqual(corroborated?.sound, [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  assert.deepEqual(corroborated?.real, [0, 0, 0, 0, 0, 0, 0, 2, 0, 0]);
  assert.equal(corroborated?.squares, 0.25 ** 2 + 0.75 ** 2 + 0.25 ** 2);
});
