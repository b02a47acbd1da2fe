/** The output folder: whole or not at all, and never somebody else's. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { InputError } from "../src/problem.ts";
import { writeOutput } from "../src/report/write.ts";
import { resultFixture } from "./result-fixture.ts";

const FILES = [
  "coverage.geojson",
  "ledger.parquet",
  "passes.csv",
  "passes.ics",
  "report.html",
  "scene.czml",
  "summary.json",
];
const result = resultFixture();
let room: string;
before(async () => {
  room = await mkdtemp(join(tmpdir(), "vedette-write-"));
});
after(() => rm(room, { recursive: true, force: true }));

async function freshRoom(): Promise<string> {
  return mkdtemp(join(room, "case-"));
}

test("writes every file, each with the marking and the label in it, and nothing beside the folder", async () => {
  const at = await freshRoom();
  const paths = await writeOutput(result, join(at, "deep", "out"));
  assert.deepEqual(paths.map((path) => basename(path)).sort(), FILES);
  assert.deepEqual(await readdir(join(at, "deep")), ["out"]);
  for (const path of paths) {
    const text = (await readFile(path)).toString("utf8").replaceAll("\r\n ", "");
    assert.ok(text.includes(result.summary.marking), `${path} carries the marking`);
    assert.ok(text.includes(result.summary.label ?? ""), `${path} carries the label`);
  }
});

test("the same result gives the same bytes", async () => {
  const at = await freshRoom();
  const [first, second] = await Promise.all(["a", "b"].map((name) => writeOutput(result, join(at, name))));
  for (const [i, path] of (first ?? assert.fail()).entries()) {
    assert.ok((await readFile(path)).equals(await readFile(second?.[i] ?? assert.fail())), basename(path));
  }
});

test("replaces an earlier output and an empty folder", async () => {
  const at = await freshRoom();
  await mkdir(join(at, "out"));
  await writeOutput(result, join(at, "out"));
  const other = { ...result, summary: { ...result.summary, title: "A second run" } };
  await writeOutput(other, join(at, "out"));
  assert.equal(JSON.parse(await readFile(join(at, "out", "summary.json"), "utf8")).title, "A second run");
  assert.deepEqual(await readdir(at), ["out"]);
});

for (const [name, files] of [
  ["somebody's folder", { "thesis.doc": "precious" }],
  ["a folder with somebody's summary.json", { "summary.json": '{"format":"other"}' }],
  [
    "an output with somebody's file in it",
    { "summary.json": '{"format":"vedette-summary/1"}', "notes.txt": "precious" },
  ],
] as const) {
  test(`refuses ${name} and leaves it alone`, async () => {
    const out = join(await freshRoom(), "out");
    await mkdir(out);
    for (const [file, text] of Object.entries(files)) await writeFile(join(out, file), text);
    await assert.rejects(
      writeOutput(result, out),
      (error) => error instanceof InputError && error.problems.length === 1,
    );
    assert.deepEqual((await readdir(out)).sort(), Object.keys(files).sort());
    for (const [file, text] of Object.entries(files)) assert.equal(await readFile(join(out, file), "utf8"), text);
  });
}

test("a path through a file is one clear error", async () => {
  const at = await freshRoom();
  await writeFile(join(at, "file"), "");
  for (const out of [join(at, "file"), join(at, "file", "out")]) {
    await assert.rejects(
      writeOutput(result, out),
      (error) => error instanceof InputError && /cannot be written: a part of the path is a file/.test(error.message),
    );
  }
  assert.deepEqual(await readdir(at), ["file"]);
});

test("a disk that takes no more leaves an earlier output whole and nothing half-written", {
  skip: process.platform === "win32" && "needs ulimit",
}, async () => {
  const at = await freshRoom();
  await writeOutput(result, join(at, "out"));
  const before = await readFile(join(at, "out", "report.html"));
  const script = `
    import { resultFixture } from ${JSON.stringify(new URL("./result-fixture.ts", import.meta.url).href)};
    import { writeOutput } from ${JSON.stringify(new URL("../src/report/write.ts", import.meta.url).href)};
    await writeOutput(resultFixture(), process.argv[1]).catch((error) => { console.error(error.name + ": " + error.message); process.exit(1); });
  `;
  // The file-size limit stands in for a full disk: writing stops with an error in the middle of a file.
  const shell = spawnSync(
    "sh",
    ["-c", 'ulimit -f 64; exec "$0" --input-type=module -e "$1" "$2"', process.execPath, script, join(at, "out")],
    { encoding: "utf8" },
  );
  assert.equal(shell.status, 1, shell.stderr);
  assert.match(shell.stderr, /^InputError: .*cannot be written/m);
  assert.deepEqual(await readdir(at), ["out"]);
  assert.ok(before.equals(await readFile(join(at, "out", "report.html"))));
});
