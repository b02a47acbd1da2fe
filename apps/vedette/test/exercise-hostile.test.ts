/** `vedette exercise` under clumsy and hostile files, programs and calls: one clear message, and never a wrong number instead of one. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { loadPlan } from "../src/exercise/load.ts";
import { playMany } from "../src/exercise/monte-carlo.ts";
import { play } from "../src/exercise/play.ts";
import { sceneOf } from "../src/exercise/scene/scene-of.ts";
import { InputError } from "../src/problem.ts";
import { SHIPPED_ROOT } from "../src/scenario/paths.ts";
import { runVedette } from "./cli-fixture.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vedette-hostile-"));
});
after(() => rm(folder, { recursive: true }));

const shipped = (name: string): string => join(SHIPPED_ROOT, "scenarios", "exercises", `${name}.yaml`);

async function changed(name: string, change: (text: string) => string, of = "two-posts"): Promise<string> {
  const path = join(folder, `${name}.yaml`);
  await writeFile(path, change(await readFile(shipped(of), "utf8")));
  return path;
}

/** What is said of a file, each problem with its line. */
async function told(change: (text: string) => string, of?: string): Promise<string> {
  try {
    await loadPlan(await changed("bad", change, of));
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ line, path, message }) => `${line}: ${path}: ${message}`).join("\n");
  }
  return "";
}

test("days that are none, and years without element sets, are the file's fault", async () => {
  for (const start of ["2026-02-30T00:00:00Z", "2026-02-20T25:00:00Z"])
    assert.match(
      await told((text) => text.replace("2026-06-15T00:00:00Z", start)),
      /^\d+: start: expected a day and an hour/,
    );
  const sky = "satellites: { scenario: line-of-contact }\n";
  const old = await told((text) => `${text.replace("2026-06", "1900-06")}${sky}`);
  assert.match(old, /^\d+: start: with satellites expected a year from 1957 to 2099, found 1900/);
  assert.equal(await told((text) => text.replace("2026-06", "1900-06")), "");
});

test("where flat charts do not hold no number is given: near the poles, and across the 180th meridian", async () => {
  assert.match(
    await told((text) => text.replaceAll("latitudeDeg: 48", "latitudeDeg: 90")),
    /world.*between 80 S and 80 N/,
  );
  assert.match(await told((text) => text.replaceAll("longitudeDeg: 37", "longitudeDeg: 180")), /world.*180th meridian/);
  const east = await told((text) =>
    text.replace("{ latitudeDeg: 48, longitudeDeg: 37 }", "{ latitudeDeg: 48, longitudeDeg: -179 }"),
  );
  assert.match(east, /180th meridian/);
  assert.equal(await told((text) => text.replaceAll("latitudeDeg: 48", "latitudeDeg: 78")), "");
});

test("names that a policy or a group uses are looked up before any run", async () => {
  const under = (policy: string): Promise<string> =>
    told((text) => text.replace("policy: { kind: heuristic }", `policy: ${policy}`), "few-drones");
  assert.match(
    await under("{ kind: heuristic, pattern: racetrak }"),
    /policy\.pattern: no pattern "racetrak"; did you mean/,
  );
  const role = "{ kind: mixed, roles: [{ agents: [drone-fra], policy: { kind: scripted, holdS: 60, pattern: no } }] }";
  const both = await under(role);
  assert.match(both, /policy\.roles\[0\]\.agents\[0\]: no group that moves "drone-fra"/);
  assert.match(both, /policy\.roles\[0\]\.policy\.pattern: no pattern/);
  const mistaken = await told((text) => text.replace("    everyS: 14400", "    mistakes: [strik]\n    everyS: 14400"));
  assert.match(mistaken, /groups\.west\.mistakes\[0\]: no kind "strik"; did you mean `strike`/);
});

test("kinds and kilometres of a truce are checked before any run", async () => {
  const only = await told((text) => text.replace("zone: line }", "zone: line, only: [explosoin] }"), "truce-summer");
  assert.match(only, /world\.truce\.only\[0\]: no kind in this truce "explosoin"; did you mean `explosion`/);
  const turned = await told((text) => text.replace("toKm: 1080", "fromKm: 1100, toKm: 1080"), "truce-summer");
  assert.match(turned, /groups\.[\w-]+\.along: expected fromKm below toKm, found 1100 and 1080/);
});

test("figures that would never end are refused with their line", async () => {
  for (const [from, to] of [
    ["people: 4", "people: 1000000000"],
    ["perDay: 3", "perDay: 1.0e12"],
    ["radiusKm: 45", "radiusKm: 1.0e9"],
    ["look01: 1 }", "look01: 1, falseAlarmsPerDay: 1.0e12 }"],
    ["everyS: 14400", "everyS: 0.000001"],
  ] as const)
    assert.match(await told((text) => text.replace(from, to)), /^\d+: .*expected .*found/, to);
});

/** Drones that a program directs. */
const programmed = (name: string, words: readonly string[]): Promise<string> =>
  changed(
    name,
    (text) =>
      text
        .replace("days: 4", "days: 0.1")
        .replace("policy: { kind: heuristic }", `policy: { kind: program, command: ${JSON.stringify(words)} }`),
    "few-drones",
  );

test("a program that cannot be started, or writes without end, ends its runs and nothing else", async () => {
  const endless =
    'process.stdout.on("error", () => process.exit()); (function more() { process.stdout.write("x".repeat(65536), more); })();';
  for (const [words, message] of [
    [["node", "a\0b"], /cannot be started: .*null bytes/],
    [[process.execPath, "-e", endless], /wrote 1000000 characters without the end of a line/],
  ] as const) {
    const plans = [await loadPlan(await programmed("odd", words))];
    const [network] = (await playMany({ plans, runs: 2, seed: 1, threads: 1 })).networks;
    assert.deepEqual(
      network?.failed.map(({ run }) => run),
      [0, 1],
    );
    for (const failed of network?.failed ?? []) assert.match(failed.message, message);
  }
});

test("a fault of our own in a run is told with the run's seed", async () => {
  const plan = await loadPlan("two-posts");
  const scene = {
    ...sceneOf(plan),
    world: () => {
      throw new TypeError("planted");
    },
  };
  await assert.rejects(play(plan, scene, 77), /in the run of seed 77: TypeError: planted/);
});

test("titles that would steer a terminal are shown, two variants of one title are told apart, one given twice is refused", async () => {
  const variant = async (name: string, meanS: number): Promise<string> => {
    const path = join(folder, `${name}.yaml`);
    const patch = { days: 1.5, headquarters: { analysis: { meanS } } };
    await writeFile(path, JSON.stringify({ kind: "exercise-variant", title: "other \u001b[31manalysts\u202e", patch }));
    return path;
  };
  const [slow, fast] = [await variant("slow", 6000), await variant("fast", 60)];
  const short = await changed("short", (text) => text.replace("days: 4", "days: 1.5"));
  const call = ["exercise", short, "--runs", "2", "--threads", "1", "--vary", slow];
  const { stdout, code } = await runVedette([...call, "--vary", fast]);
  assert.equal(code, 0);
  assert.ok(!stdout.includes("\u001b") && !stdout.includes("\u202e"));
  assert.match(stdout, /other \\u001b\[31manalysts\\u202e\n/);
  assert.ok(stdout.includes(`analysts\\u202e (${fast})`));
  const twice = await runVedette([...call, "--vary", slow]);
  assert.deepEqual([twice.code, /given twice/.test(twice.stderr)], [2, true]);
  const out = join(folder, "o");
  const within = await runVedette(["exercise", short, "--replay", "3", "--out", out, "--log", join(out, "x")]);
  assert.deepEqual([within.code, /--log .*outside the folder of --out/.test(within.stderr)], [2, true]);
});
