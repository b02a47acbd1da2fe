/** What every subcommand owes its caller: exit codes, help with examples, and two outputs that do not mix. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { SCHEMA_NAMES } from "@vedette/wire/schemas";
import { run } from "../src/cli/main.ts";
import { ProgressLine } from "../src/cli/progress.ts";
import { runVedette } from "./cli-fixture.ts";
import { NETWORK, SCENARIO, temporaryFolder, writeScenario } from "./scenario-fixture.ts";

const VERSION = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string })
  .version;

/** Names of subcommands, as the help prints them: so a new one cannot be forgotten here. */
async function subcommands(): Promise<string[]> {
  const { stdout } = await runVedette(["--help"]);
  const [, list = ""] = /\nCommands:\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
  return [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = ""]) => name);
}

test("--version is the package's, --help has examples and exit codes, both on stdout", async () => {
  const version = await runVedette(["--version"]);
  assert.deepEqual(version, { code: 0, stdout: `${VERSION}\n`, stderr: "" });
  const help = await runVedette(["--help"]);
  assert.equal(help.code, 0);
  assert.equal(help.stderr, "");
  assert.match(help.stdout, /Examples:\n {2}\$ vedette /);
  assert.match(help.stdout, /Exit codes: 0 done, 1 the input is at fault, 2 the call is at fault/);
});

test("--help of every subcommand shows examples", async () => {
  const names = await subcommands();
  for (const name of ["check", "import", "new", "schema"]) assert.ok(names.includes(name), `${name} in ${names}`);
  const calls = [...names.map((name) => [name]), ["import", "catalogue"]];
  const all = await Promise.all(calls.map((call) => runVedette([...call, "--help"])));
  for (const [i, { code, stdout, stderr }] of all.entries()) {
    assert.deepEqual([code, stderr], [0, ""], calls[i]?.join(" "));
    assert.match(stdout, /Examples:\n {2}\$ vedette /, `${calls[i]?.join(" ")} --help`);
  }
});

test("a call at fault: exit code 2, the reason and where to look on stderr, nothing on stdout", async () => {
  const calls: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Usage: vedette/],
    [["chekc", "x"], /unknown command 'chekc'[\s\S]*check/],
    [["check"], /missing required argument 'scenario'[\s\S]*vedette check --help/],
    [["check", "x", "--fast"], /unknown option '--fast'/],
    [["check", "x", "y"], /too many arguments/],
    [["schema", "nonsense"], /Allowed choices are scenario, network, zones, requests, world/],
  ];
  const all = await Promise.all(calls.map(([argv]) => runVedette(argv)));
  for (const [i, [argv, message]] of calls.entries()) {
    const { code, stdout, stderr } = all[i] ?? assert.fail();
    assert.equal(code, 2, argv.join(" "));
    assert.equal(stdout, "");
    assert.match(stderr, message);
  }
});

test("with --json a fault is one JSON object on stderr, whoever is at fault", async (t) => {
  const folder = writeScenario(t, { "network.yaml": NETWORK.replace("[camera]", "[cmera]") });
  const input = await runVedette(["check", folder, "--json"]);
  assert.equal(input.code, 1);
  assert.equal(input.stdout, "");
  const { error, problems } = JSON.parse(input.stderr);
  assert.equal(error, "1 problem in the input");
  assert.equal(problems.length, 1);
  assert.deepEqual(Object.keys(problems[0]).sort(), ["column", "file", "line", "message", "path"]);
  const call = await runVedette(["check", folder, "--fast", "--json"]);
  assert.equal(call.code, 2);
  assert.match(JSON.parse(call.stderr).error, /unknown option '--fast'/);
});

test("check: one line when all is well, every problem with its place when not", async (t) => {
  const folder = writeScenario(t);
  const sound = await runVedette(["check", "scenario.yaml"], folder);
  assert.equal(sound.code, 0, sound.stderr);
  assert.match(
    sound.stdout,
    /^OK: A small scenario: 2 days from 2026-06-15T00:00:00Z; 1 missions?, 1 satellites? \(1 with elements\), 1 stations?, 2 nations named, 1 zones?, \d+ cells\n$/,
  );
  assert.equal(sound.stderr, "");
  const json = JSON.parse((await runVedette(["check", folder, "--json"])).stdout);
  assert.equal(json.ok, true);
  assert.equal(json.counts.satellitesWithElements, 1);
  writeFileSync(
    join(folder, "scenario.yaml"),
    SCENARIO.replace("days: 2", "days: none").replace("[elements.tle]", "[elements.txt]"),
  );
  const broken = await runVedette(["check", "scenario.yaml"], folder);
  assert.equal(broken.code, 1);
  assert.equal(broken.stdout, "");
  assert.match(broken.stderr, /^scenario\.yaml:4:7: days: expected a number above 0 and at most 366, found "none"$/m);
  assert.match(broken.stderr, /^scenario\.yaml:7:14: catalogues\[0\]: "elements\.txt" is not there/m);
  assert.match(broken.stderr, /^vedette: 2 problems$/m);
});

test("check: warnings go to stderr and do not fail", async (t) => {
  const folder = writeScenario(t, { "scenario.yaml": SCENARIO.replace("[elements.tle]", "[]") });
  const { code, stdout, stderr } = await runVedette(["check", folder]);
  assert.equal(code, 0);
  assert.match(stdout, /\(0 with elements\)/);
  assert.match(stderr, /^warning: .*network\.yaml:\d+:\d+: .*Eye 1 \(25544\)$/m);
});

test("schema: prints or writes what the repository holds, for every kind of file", async (t) => {
  const folder = temporaryFolder(t);
  for (const name of SCHEMA_NAMES) {
    const committed = readFileSync(
      new URL(`../../../packages/wire/schema/${name}.schema.json`, import.meta.url),
      "utf8",
    );
    const out = join(folder, `${name}.json`);
    const [printed, written] = await Promise.all([
      runVedette(["schema", name]),
      runVedette(["schema", name, "--out", out]),
    ]);
    assert.deepEqual(printed, { code: 0, stdout: committed, stderr: "" });
    assert.deepEqual(written, { code: 0, stdout: "", stderr: "" });
    assert.equal(readFileSync(out, "utf8"), committed);
  }
  assert.match((await runVedette(["schema"])).stdout, /"title": "Vedette scenario"/);
});

test("a disk that refuses is one line and exit code 1", async (t) => {
  const folder = temporaryFolder(t);
  const { code, stderr } = await runVedette(["schema", "--out", join(folder, "no", "such", "file.json")]);
  assert.equal(code, 1);
  assert.match(stderr, /^vedette: .*file\.json: no such file or folder\n$/);
});

test("run() resolves to the exit code and never rejects", async () => {
  assert.equal(await run(["schema", "world", "--out", "/dev/null"]), 0);
});

test("the command starts under the system's older Node too, where one is installed", async (t) => {
  const old = "/usr/bin/node";
  const version = existsSync(old) ? (await promisify(execFile)(old, ["--version"])).stdout : "";
  const major = Number(/^v(\d+)/.exec(version)?.[1] ?? 0);
  if (major < 20 || major >= 24) return t.skip(`no Node 20 to 23 at ${old}`);
  const setup: string = new URL("../../../tools/setup.mjs", import.meta.url).href;
  const { findNode24 }: { findNode24: () => string | undefined } = await import(setup);
  if (findNode24() === undefined) return t.skip("no Node 24 installed by npm start");
  const bin = fileURLToPath(new URL("../bin/vedette.mjs", import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(old, [bin, "--version"]);
  assert.deepEqual([stdout, stderr], [`${VERSION}\n`, ""]);
  await assert.rejects(promisify(execFile)(old, [bin, "check"]), { code: 2 });
});

const BIN = fileURLToPath(new URL("../bin/vedette.mjs", import.meta.url));

test("a reader that goes away ends the command as SIGPIPE would, without a word", async () => {
  const child = spawn(process.execPath, [BIN, "schema"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
  });
  const [code] = await once(child, "close");
  assert.deepEqual([code, said], [141, ""]);
});

test("a full disk behind > is one line and exit code 1", async (t) => {
  if (!existsSync("/dev/full")) return t.skip("this system has no /dev/full");
  const full = openSync("/dev/full", "w");
  t.after(() => closeSync(full));
  const child = spawn(process.execPath, [BIN, "schema"], { stdio: ["ignore", full, "pipe"] });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (piece: string) => {
    said += piece;
  });
  const [code] = await once(child, "close");
  assert.equal(code, 1);
  assert.match(said, /^vedette: the output cannot be written: ENOSPC.*\n$/);
});

test("progress: into a file, a line a phase", (t) => {
  const { isTTY } = process.stderr;
  process.stderr.isTTY = false;
  t.after(() => {
    process.stderr.isTTY = isTTY;
  });
  const write = t.mock.method(process.stderr, "write", () => true);
  const line = new ProgressLine();
  line.show({ phase: "sweep", done: 0, total: 3 });
  for (let done = 0; done < 3; done++) {
    line.show({ phase: "rows", done, total: 2 });
  }
  line.end();
  assert.equal(write.mock.callCount(), 2, "the sweep, and the rows of the tables");
});
