/** Projecting in a file, killed at any moment: it goes on where it was, and the command folds it anew to the same rows. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../src/store/open.ts";
import { openWorkspace } from "../src/workspace/open.ts";
import { queriesOn } from "../src/workspace/queries-on.ts";
import { rebuildProjections } from "../src/workspace/rebuild.ts";
import { folderFor } from "./log-fixture.ts";
import { itemOf } from "./projector-arbitrary.ts";
import { ALL, bedAt, draft, NATIONS, opened, rowsOf } from "./projector-fixture.ts";

const EVENTS = 400;

test("killed while it projects, it goes on where it was; nothing is lost or told twice", async (t) => {
  const folder = join(folderFor(t), "log");
  const store = await openStore(folder, { create: true });
  const members = Array.from({ length: 200 }, (_, i) => ({ key: `ev-${i}`, value: itemOf(i) }));
  await store.appendBatch({ ...draft("evidence.recorded", {}), body: {}, members });
  const some = { ...ALL, releasableTo: ["FRA"] };
  await store.append(Array.from({ length: EVENTS }, (_, i) => opened(`in-${i % 300}`, i % 3 === 0 ? some : ALL)));
  await store.close();
  for (const waitMs of [0, 60, 150]) {
    const child = spawn(process.execPath, [join(import.meta.dirname, "projector-child.ts"), folder]);
    await once(child.stdout, "data");
    await sleep(waitMs);
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  const bed = await bedAt(folder, 50, await openStore(folder));
  await bed.projector.catchUp();
  const rows = await rowsOf(bed.views);
  const queries = queriesOn(bed.views);
  assert.equal((await queries.counts("FRA", {})).total, 300);
  assert.equal((await queries.changesAfter("FRA", 0, 10_000)).length, 500);
  await bed.close();
  await bed.store.close();
  const rebuilt = await rebuildProjections(folder);
  assert.deepEqual(rebuilt, { nations: [...NATIONS], incidents: 300, evidence: 200, changes: 500 });
  const again = await bedAt(folder, 50, await openStore(folder));
  assert.deepEqual(await rowsOf(again.views), rows);
  await again.close();
  await again.store.close();
});

test("a workspace reads its own writes; without projections there is nothing to rebuild", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "vedette-workspace-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const place = join(folder, "log");
  await (await openStore(place, { create: true })).close();
  await assert.rejects(rebuildProjections(place), { name: "InputError", message: /nothing to rebuild/ });
  const workspace = await openWorkspace({ id: "w", title: "W", use: "exercise", nations: NATIONS, place });
  t.after(() => workspace.close());
  let told = 0;
  workspace.projector.onChange(() => told++);
  const [header] = await workspace.store.append([opened("in-1")]);
  assert.ok(header);
  assert.ok(await workspace.projector.until(header));
  assert.equal((await workspace.queries.incident("FRA", "in-1"))?.version, 1);
  assert.equal(await workspace.queries.incident("USA", "in-1"), undefined);
  assert.ok(told > 0);
  await assert.rejects(workspace.queries.incidents("FRA", {}, { limit: 5, cursor: "nonsense" }), /the cursor is none/);
});
