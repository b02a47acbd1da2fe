/** The whole network of a month's truce, for a day: with movers that are directed, satellites, weather, clocks and signatures. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPlan } from "../src/exercise/load.ts";
import { playMany } from "../src/exercise/monte-carlo.ts";

test("the truce in summer is the same bit for bit on 1, 2 and 4 threads, with all its satellites and either policy", async () => {
  const plan = await loadPlan("truce-summer");
  const exercise = { ...plan.exercise, days: 1 };
  const plans = [
    { ...plan, exercise },
    { ...plan, exercise: { ...exercise, policy: { kind: "stay" as const } } },
  ];
  const [one, ...others] = [
    await playMany({ plans, runs: 2, seed: 5, threads: 1 }),
    await playMany({ plans, runs: 2, seed: 5, threads: 2 }),
    await playMany({ plans, runs: 2, seed: 5, threads: 4 }),
  ];
  for (const other of others) assert.deepEqual(other, one);
  const hashes = one?.networks.flatMap(({ lines }) => lines.map(({ hash }) => hash)) ?? [];
  assert.equal(new Set(hashes).size, 4, "two worlds, and in each two policies");
  const { satellites, clocks } = one?.networks[0]?.total ?? {};
  assert.ok((satellites?.delivered ?? 0) > 0, "satellites took part");
  assert.ok((clocks?.started ?? 0) > 0, "clocks ran");
});
