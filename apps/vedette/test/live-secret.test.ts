/** The secret under which live changes are named: made once, the same for all that serve these people. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { liveSecret } from "../src/people/live-secret.ts";
import { openPeople } from "../src/people/open.ts";

test("it outlives a restart, is 32 bytes long, and two servers have two", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vedette-live-secret-"));
  try {
    const first = await openPeople(folder);
    const made = await liveSecret(first);
    await first.destroy();
    const again = await openPeople(folder);
    assert.equal(made.length, 32);
    assert.deepEqual(await liveSecret(again), made);
    await again.destroy();
    const other = await openPeople(":memory:");
    assert.notDeepEqual(await liveSecret(other), made);
    await other.destroy();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
