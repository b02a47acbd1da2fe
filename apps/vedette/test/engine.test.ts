/** From a scenario to a result on real threads: the same on any number of them, unknown where nothing is known, batches added up. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Result } from "@vedette/wire/result";
import { computeResult } from "../src/engine/compute.ts";
import { InputError } from "../src/problem.ts";
import { loadScenario } from "../src/scenario/load.ts";

const SMALL = `extends: line-of-contact
days: 0.5
patch: { zones: { zones: { coast: null, sea: null, line: { bufferKm: 8 } } }, requests: { requests: { coast-radar: null, sea-radar: null, sea-emitters: null } } }
`;

describe("computeResult on a narrow line for half a day", () => {
  let folder: string;
  let base: Result;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "vedette-engine-"));
    base = await computed("base", "");
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function computed(name: string, change: string, threads = 2): Promise<Result> {
    const path = join(folder, `${name}.yaml`);
    await writeFile(path, `${SMALL}${change}`);
    return computeResult(await loadScenario(path), { threads });
  }

  test("one thread and three give the same result to the byte", async () => {
    const again = await computed("again", "", 3);
    assert.deepEqual(again.summary, base.summary);
    assert.deepEqual(again.variants, base.variants);
    assert.deepEqual(again.ledgerRuns, base.ledgerRuns);
    assert.deepEqual(again.passes, base.passes);
  });

  test("batches add up, and shares are shares", () => {
    const { summary, ledgerRuns, cells } = base;
    const { taken, delivered, waiting, accessible } = summary.headline.cellLooks;
    assert.equal(taken, delivered + waiting);
    assert.ok(taken > 0 && taken < accessible);
    for (const shares of Object.values(summary.ledger)) {
      const { observable01, night01, noPass01, unknown01 } = shares;
      assert.ok(Math.abs(observable01 + night01 + noPass01 + unknown01 - 1) < 1e-9);
    }
    const hours = ledgerRuns.toH.reduce((sum, to, i) => sum + to - (ledgerRuns.fromH[i] ?? 0), 0);
    assert.equal(hours, cells.length * 12 * 4);
  });

  test("a row without a nation is the run without it", async () => {
    for (const nation of ["USA", "NOR"]) {
      const alone = await computed(nation, `without: [${nation}]\n`);
      const row = base.variants.find((variant) => variant.nation === nation) ?? assert.fail();
      assert.deepEqual(alone.summary.headline, row.headline);
      assert.ok(!alone.tracks.some((track) => track.nation === nation));
    }
  });

  test("satellites without elements are unknown, not absent: hours are not called empty", async () => {
    const { summary } = await computed("bare", "catalogues: []\n");
    assert.equal(summary.unknown.length, 368);
    assert.equal(summary.headline.unknownHours01.imaging, 1);
    for (const { unknown01 } of Object.values(summary.ledger)) assert.equal(unknown01, 1);
  });

  test("an exercise that rebases epochs says so in the label of every page and file", async () => {
    const { summary } = await computed("winter", "start: 2026-12-14T00:00:00Z\nrebaseEpochs: true\n");
    assert.match(summary.label ?? "", /EXERCISE: epochs rebased by 18\d days/);
    assert.equal(base.summary.label?.includes("rebased"), false);
  });

  test("an interrupted computation ends with the interruption", async () => {
    const path = join(folder, "base.yaml");
    const abort = new AbortController();
    const running = computeResult(await loadScenario(path), {
      threads: 2,
      signal: abort.signal,
      onProgress: () => abort.abort(),
    });
    await assert.rejects(running);
  });

  test("what does not fit in memory is refused before work begins, with what to do", async () => {
    const path = join(folder, "huge.yaml");
    await writeFile(path, "extends: line-of-contact\ndays: 60\n");
    await assert.rejects(computeResult(await loadScenario(path)), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.match(error.message, /lower days or h3Resolution/);
      return true;
    });
  });
});
