/** `kill -9` at any moment of an import: nothing acknowledged is lost, nothing is doubled, the chain holds, and it goes on. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { importEvidence } from "../src/feeds/evidence/import-evidence.ts";
import { kindOf } from "../src/feeds/evidence/kinds.ts";
import { isFault, verifyStore } from "../src/store/case-verify.ts";
import { openStore } from "../src/store/open.ts";
import { LOG_FILE } from "../src/store/place.ts";
import { evidenceIn, fileOf, folder, MARKING, SETTING } from "./feeds-fixture.ts";

const CHILD = fileURLToPath(new URL("feeds-kill-child.ts", import.meta.url));
const KILLS = process.env["VEDETTE_SAMPLE"] === "full" ? 200 : 12;
const ROWS = 3000;
const BATCH = 50;

const rows = Array.from({ length: ROWS }, (_, i) => {
  const minute = String(i % 60).padStart(2, "0");
  // Every tenth row is one that stood there before; every fiftieth is no good.
  const latitude = i % 50 === 49 ? "x" : i % 10 === 9 ? "48.0" : (46 + i / ROWS).toFixed(5);
  return `${latitude},37.5,2022-06-01,09${i % 10 === 9 ? "00" : minute}`;
});
const GOOD = new Set(rows.filter((row) => !row.startsWith("x"))).size;
const FILE = fileOf(`latitude,longitude,acq_date,acq_time\n${rows.join("\n")}\n`, "kill.csv");

const SOURCES = fileOf(JSON.stringify([...SETTING.sources]), "sources.json");

/** @returns what it acknowledged before it died, and whether it came to the end */
async function killed(log: string, afterMs: number): Promise<{ acknowledged: number; isDone: boolean }> {
  const child = spawn(process.execPath, [CHILD, FILE, log, String(BATCH), SOURCES], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const closed = new Promise((resolve) => child.once("close", resolve));
  // From the moment that it works, not from the moment that Node starts.
  while (said === "" && child.exitCode === null) await sleep(1);
  const timer = setTimeout(() => child.kill("SIGKILL"), afterMs);
  await closed;
  clearTimeout(timer);
  const lines = said.split("\n").filter((line) => line !== "");
  return { acknowledged: Number(lines.filter((line) => line !== "done").at(-1)), isDone: lines.at(-1) === "done" };
}

test(`${KILLS} kills at random moments of imports`, async () => {
  let seed = 20_260_701;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  // One run that nobody kills says how long there is to kill in.
  const whole = join(folder, "whole");
  const began = performance.now();
  assert.ok((await killed(whole, 60_000)).isDone);
  const lengthMs = Math.min(2000, performance.now() - began);
  let [log, inLog, broken, logs] = [join(folder, "log-0"), 0, 0, 0];
  for (let kill = 0; kill < KILLS; kill++) {
    const { acknowledged, isDone } = await killed(log, random() * lengthMs * 0.5);
    inLog = existsSync(join(log, LOG_FILE)) ? await checked(log, inLog + acknowledged) : 0;
    if (!isDone) broken += 1;
    if (!isDone && random() < 0.5) continue;
    await finished(log, inLog);
    rmSync(log, { recursive: true });
    logs += 1;
    [log, inLog] = [join(folder, `log-${logs}`), 0];
  }
  assert.ok(broken > KILLS / 4, `only ${broken} of ${KILLS} were killed at work: the test looks at nothing`);
});

/** Whole, in order, nothing twice, and at least what was acknowledged. @returns how much evidence it has */
async function checked(log: string, acknowledged: number): Promise<number> {
  // Killed before the tables stood: a log of nothing.
  const store = await openStore(log, { node: "n", create: true });
  try {
    const verified = await verifyStore(store);
    assert.equal(isFault(verified), false, JSON.stringify(verified));
    const ids = (await evidenceIn(store)).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, "doubled");
    assert.ok(ids.length >= acknowledged, `${ids.length} in the log, ${acknowledged} acknowledged: lost`);
    assert.ok(ids.length <= acknowledged + BATCH, "more than one batch beyond what was acknowledged");
    return ids.length;
  } finally {
    await store.close();
  }
}

/** The same call goes on, and ends with what a run that nobody broke has. */
async function finished(log: string, inLog: number): Promise<void> {
  const store = await openStore(log, { node: "n", create: true });
  try {
    const job = { path: FILE, kind: kindOf("firms", SETTING), actor: "desk-3", marking: MARKING };
    const { records, added, duplicate, refused, resumedAfter } = await importEvidence({ ...job, store: () => store });
    assert.deepEqual([records, added, refused], [ROWS, GOOD - inLog, ROWS / 50]);
    assert.equal(duplicate, ROWS - refused - added);
    if (inLog > 0 && inLog < GOOD) assert.ok(resumedAfter !== undefined && resumedAfter >= inLog);
    assert.equal((await evidenceIn(store)).length, GOOD);
  } finally {
    await store.close();
  }
}
