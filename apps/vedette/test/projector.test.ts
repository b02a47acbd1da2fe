import assert from "node:assert/strict";
import { test } from "node:test";
import { bedAt, opened, rowsOf } from "./projector-fixture.ts";
import { queriesOn } from "../src/workspace/queries-on.ts";

test("smoke", async () => {
  const bed = await bedAt();
  await bed.store.append([opened("in-1"), opened("in-2", { owner: "FRA", releasableTo: ["POL"], originatorControlled: false, use: "exercise" })]);
  await bed.projector.catchUp();
  const q = queriesOn(bed.views);
  for (const n of ["DEU", "FRA"]) console.log(n, (await q.incidents(n, {}, { limit: 10 })).items.map((i) => i.id), await q.counts(n, {}), JSON.stringify(await q.map(n, {}, 10)).length, await q.changesAfter(n, 0, 10), (await q.incidents(n, { text: "bakhmut told" , area: {west:37,east:38,south:47,north:49}, kinds:["explosion"], from: 0 as never}, { limit: 10, order: "happened" })).items.length);
  const before = await rowsOf(bed.views);
  await bed.projector.rebuild();
  assert.deepEqual(await rowsOf(bed.views), before);
  await bed.close();
});
