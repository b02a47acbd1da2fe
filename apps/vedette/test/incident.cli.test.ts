/** The life of an incident as people type it: exit codes, refusals that say what would do, one JSON object for machines. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildDay } from "../src/engine/cases/day.ts";
import { type Ran, runVedette } from "./cli-fixture.ts";

const folder = await mkdtemp(join(tmpdir(), "vedette-incident-cli-"));
after(() => rm(folder, { recursive: true, force: true }));
const store = join(folder, "log");
const { detected } = await buildDay(store);
const incident = detected.incidents.find(({ where }) => where.name === "Makiivka")?.id ?? "";

const incidentOf = (...argv: readonly string[]): Promise<Ran> => runVedette(["incident", ...argv, "--store", store]);
const step = (name: string, person: string, ...more: readonly string[]): Promise<Ran> =>
  incidentOf(name, incident, "--as", person, "--reason", "as told", ...more);

test("list and show: filters by kind, state and place; an id that is not there is told", async () => {
  const rows = JSON.parse(
    (await incidentOf("list", "--near", "48.0,37.9,20", "--state", "corroborated", "--json")).stdout,
  );
  assert.deepEqual(
    rows.map((row: { id: string }) => row.id),
    [incident],
  );
  const shown = JSON.parse((await incidentOf("show", incident, "--json")).stdout);
  assert.deepEqual([shown.state, shown.independent.count, shown.links.length > 4], ["corroborated", 4, true]);
  const missing = await incidentOf("show", `${incident.slice(0, -1)}x`);
  assert.deepEqual([missing.code, missing.stderr.includes(`did you mean \`${incident}\`?`)], [1, true]);
});

test("classify: a person sets the kind; a word that is no kind is told", async () => {
  const done = await step("classify", "p-3", "--kind", "fire-artillery");
  assert.equal(done.code, 0, done.stderr);
  assert.equal(JSON.parse((await incidentOf("show", incident, "--json")).stdout).kind, "fire-artillery");
  const wrong = await step("classify", "p-3", "--kind", "fire-artilery");
  assert.deepEqual([wrong.code, wrong.stderr.includes("fire-artillery")], [2, true]);
});

test("verified by one, replied, assessed by another under the agreement in the log; refusals say what would do", async () => {
  const verified = await step("verify", "p-3");
  assert.equal(verified.code, 0, verified.stderr);
  const late = await step("classify", "p-3", "--kind", "missile");
  assert.deepEqual([late.code, late.stderr.includes("step back with `vedette incident undo` first")], [1, true]);
  const waits = await step("assess", "p-7", "--finding", "undetermined", "--agreement", "paris-illustration@1");
  assert.equal(waits.code, 1);
  assert.match(waits.stderr, /party-a|party-b/);
  for (const party of ["party-a", "party-b"]) {
    const replied = await step("reply", "p-4", "--party", party, "--text", "our answer");
    assert.equal(replied.code, 0, replied.stderr);
  }
  const same = await step("assess", "p-3", "--finding", "undetermined", "--agreement", "paris-illustration@1");
  assert.deepEqual([same.code, same.stderr.includes("two people are needed")], [1, true]);
  const assessed = await step(
    "assess",
    "p-7",
    "--finding",
    "undetermined",
    "--agreement",
    "paris-illustration@1",
    "--json",
  );
  assert.equal(assessed.code, 0, assessed.stderr);
  assert.equal(JSON.parse(assessed.stdout).incidents[0].state, "assessed");
});

test("the report of the day for a nation, in its language, is written whole", async () => {
  const out = join(folder, "out");
  const options = ["--date", "2022-05-04", "--zone", "Europe/Kyiv", "--language", "fr", "--for", "FRA", "--out", out];
  const ran = await runVedette(["report", "daily", "--store", store, ...options]);
  assert.equal(ran.code, 0, ran.stderr);
  const made = JSON.parse(await readFile(join(out, "daily.json"), "utf8"));
  assert.deepEqual([made.for, made.language, made.totals.today], ["FRA", "fr", 13]);
  const wrong = await runVedette(["report", "daily", "--store", store, "--date", "2022-02-30"]);
  assert.equal(wrong.code, 2);
});
