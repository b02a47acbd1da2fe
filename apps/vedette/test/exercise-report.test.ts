/** The result of an exercise and its files: what the schema says, what is named, what is refused, and the same bytes again. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type ExerciseResult, exerciseResultMisfits } from "@vedette/wire/exercise-result";
import { loadPlan, type Plan } from "../src/exercise/load.ts";
import { playMany, recorded } from "../src/exercise/monte-carlo.ts";
import { assumptionsOf, groupsIn, scaledPlan } from "../src/exercise/report/assumed.ts";
import { inputsOf } from "../src/exercise/report/inputs.ts";
import { resultOf } from "../src/exercise/report/result-of.ts";
import { jsonOf, writeExercise } from "../src/exercise/report/write.ts";
import { runVedette } from "./cli-fixture.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vedette-exercise-report-"));
});
after(() => rm(folder, { recursive: true }));

/** Half of what both posts see was made while both looks hold it: with the second post blind nobody corroborates. */
const BLIND = "kind: exercise-variant\ntitle: one post alone\npatch: { groups: { east: null } }\n";
const TOGETHER = "kind: exercise-variant\ntitle: both at once\npatch: { groups: { east: { phaseS: 0 } } }\n";
const OFF = "kind: exercise-variant\ntitle: no east, slow\npatch: { groups: { east: { everyS: 28800 } } }\n";

async function result(variants: Readonly<Record<string, string>>, runs = 30): Promise<[ExerciseResult, Plan[]]> {
  const files = await Promise.all(
    Object.entries(variants).map(async ([name, text]) => {
      await writeFile(join(folder, `${name}.yaml`), text);
      return join(folder, `${name}.yaml`);
    }),
  );
  const plans = [await loadPlan("two-posts")];
  for (const file of files) plans.push(await loadPlan("two-posts", file));
  const campaign = await playMany({ plans, runs, seed: 1, threads: 2 });
  const told = {
    command: "vedette exercise two-posts",
    software: "Vedette test",
    assumed: assumptionsOf(plans[0] as Plan),
  };
  return [resultOf({ ...told, campaign, plans, variants: [null, ...files] }), plans];
}

test("the result fits its schema, also after JSON; its shares are those of its counts, its funnel never widens", async () => {
  const [own] = await result({ blind: BLIND });
  assert.deepEqual(exerciseResultMisfits(JSON.parse(jsonOf(own))), []);
  for (const network of own.networks) {
    for (const { estimate, counted, verified, low, high } of network.headline) {
      assert.equal(estimate, verified / counted);
      assert.ok(low <= verified / counted && verified / counted <= high);
    }
    assert.equal(network.funnel.length, own.stations.length);
    for (const [k, n] of network.funnel.entries()) assert.ok(n <= (network.funnel[k - 1] ?? n), `${network.funnel}`);
    assert.equal(network.funnel[0], network.headline[0]?.counted);
    assert.equal(network.funnel.at(-1), network.headline[0]?.verified);
    assert.equal(
      network.firstSeen.reduce((sum, { count }) => sum + count, 0),
      network.funnel[1],
    );
  }
  assert.notDeepEqual(exerciseResultMisfits({ ...own, made: "many" }), []);
});

test("each variant has a driver: the station that changed, the groups that saw less, parts that add up", async () => {
  const [own] = await result({ blind: BLIND, together: TOGETHER, off: OFF });
  const [blind, together, off] = own.differences;
  // One nation's witness is none that is independent of itself.
  assert.equal(blind?.driver.station, "corroborated");
  assert.ok(blind.driver.isTold);
  assert.match(blind.driver.text, /^Driver: fewer find a second, independent witness/);
  assert.equal(together?.driver.station, "corroborated");
  assert.ok((together.within[0]?.low ?? 0) > 0);
  for (const difference of [blind, together, off]) {
    const sum = difference?.driver.parts.reduce((total, { estimate }) => total + (estimate ?? 0), 0) ?? Number.NaN;
    assert.ok(Math.abs(sum - (difference?.within[0]?.estimate ?? 0)) < 1e-9);
  }
  assert.equal(off?.driver.groups[0]?.group, "east");
  assert.ok((off?.driver.groups[0]?.change ?? 0) < 0);
});

test("the run that is replayed is the one nearest to the median", async () => {
  const [own] = await result({});
  const shares = own.networks[0]?.runs.map(({ counted, verified }) => (verified[0] as number) / (counted[0] as number));
  const known = (shares ?? []).filter(Number.isFinite).sort((a, b) => a - b);
  const median = ((known[(known.length - 1) >> 1] ?? 0) + (known[known.length >> 1] ?? 0)) / 2;
  const chosen = own.networks[0]?.runs.find(({ run }) => run === own.replay?.run);
  assert.equal(chosen?.seed, own.replay?.seed);
  const off = Math.abs((chosen?.verified[0] ?? 0) / (chosen?.counted[0] ?? 1) - median);
  for (const share of known) assert.ok(off <= Math.abs(share - median) + 1e-12);
});

test("hashes of inputs: the same plan gives the same, a variant changes that part alone", async () => {
  const [plan, again] = [await loadPlan("two-posts"), await loadPlan("two-posts")];
  assert.deepEqual(inputsOf([plan]), inputsOf([again]));
  await writeFile(join(folder, "one.yaml"), TOGETHER);
  const varied = inputsOf([await loadPlan("two-posts", join(folder, "one.yaml"))]);
  const changed = inputsOf([plan]).filter(({ sha256 }, i) => sha256 !== varied[i]?.sha256);
  assert.deepEqual(
    changed.map(({ part }) => part),
    ["exercise"],
  );
});

test("assumed figures: those in use, each with its reason; a group is scaled whole and nothing else is", async () => {
  const plan = await loadPlan("truce-summer");
  const assumed = assumptionsOf(plan);
  assert.ok(assumed.length > 200);
  for (const { why, path } of assumed) assert.ok(why.length > 3, path);
  const groups = groupsIn(assumed);
  for (const start of ["sensors: ", "weather: ", "truce: ", "satellites: ", "headquarters: "])
    assert.ok(
      groups.some((group) => group.startsWith(start)),
      start,
    );
  for (const group of groups.filter((_, i) => i % 12 === 0)) {
    const scaled = assumptionsOf(scaledPlan(plan, group, 0.5));
    for (const [i, figure] of scaled.entries()) {
      const before = assumed[i];
      // The truce's own file keeps what it says: only what is made of it is scaled.
      const factor = figure.group === group && !group.startsWith("truce: ") ? 0.5 : 1;
      assert.equal(figure.value, factor * (before?.value ?? Number.NaN), `${group}: ${figure.path}`);
    }
  }
  const halved = scaledPlan(plan, "truce: chance01", 0.5);
  assert.notDeepEqual(halved.truce, plan.truce);
  assert.throws(() => scaledPlan(plan, "sensor: rangeKm", 2), /no group of assumed figures/);
});

test("both files or none: foreign folders are refused before any run, an earlier output is replaced; a replay writes them too", async () => {
  const out = join(folder, "out");
  const run = ["exercise", "two-posts", "--runs", "3", "--threads", "1", "--out", out];
  const first = await runVedette([...run, "--json"]);
  assert.equal(first.code, 0, first.stderr);
  assert.deepEqual((await readdir(out)).sort(), ["exercise.json", "report.html"]);
  assert.equal(await readFile(join(out, "exercise.json"), "utf8"), first.stdout);
  const page = await readFile(join(out, "report.html"));
  assert.equal((await runVedette(run)).code, 0);
  assert.deepEqual(await readFile(join(out, "report.html")), page);
  const { seed } = (JSON.parse(first.stdout) as ExerciseResult).networks[0]?.runs[1] ?? {};
  const replay = await runVedette(["exercise", "two-posts", "--replay", String(seed), "--out", out]);
  assert.equal(replay.code, 0, replay.stderr);
  const one = JSON.parse(await readFile(join(out, "exercise.json"), "utf8")) as ExerciseResult;
  assert.deepEqual([one.made, one.replay?.seed, one.command], [1, seed, `vedette exercise two-posts --replay ${seed}`]);
  const foreign = join(folder, "foreign");
  await mkdir(foreign);
  await writeFile(join(foreign, "thesis.txt"), "mine");
  const refused = await runVedette(["exercise", "two-posts", "--out", foreign]);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /foreign: the folder is not empty and holds thesis\.txt/);
  assert.deepEqual(await readdir(foreign), ["thesis.txt"]);
});

test("what cannot be asked is said: a log without a replay, a group that is not there", async () => {
  const log = await runVedette(["exercise", "two-posts", "--log", join(folder, "x.jsonl")]);
  assert.equal(log.code, 2);
  assert.match(log.stderr, /--log: only with --replay/);
  const group = await runVedette(["exercise", "two-posts", "--sensitivity", "sensors"]);
  assert.equal(group.code, 2);
  assert.match(group.stderr, /--sensitivity sensors: expected the beginning of one of: headquarters: analysis/);
});

test("assumed figures are varied over the same worlds, and the largest effect comes first", async () => {
  const asked = [
    "--runs",
    "4",
    "--threads",
    "2",
    "--sensitivity",
    "headquarters",
    "--sensitivity-runs",
    "12",
    "--json",
  ];
  const { stdout, code, stderr } = await runVedette(["exercise", "two-posts", ...asked]);
  assert.equal(code, 0, stderr);
  const own = JSON.parse(stdout) as ExerciseResult;
  assert.deepEqual(exerciseResultMisfits(own), []);
  assert.equal(own.sensitivity?.runs, 12);
  assert.equal(own.sensitivity.rows.length, 3);
  const sizes = own.sensitivity.rows.map(({ low, high }) =>
    Math.max(Math.abs(low.estimate ?? 0), Math.abs(high.estimate ?? 0)),
  );
  assert.deepEqual(
    sizes,
    sizes.toSorted((a, b) => b - a),
  );
});

test("a recording is of that run: as many breaches, each seen and verified when the score says so; no network is in it twice", async () => {
  const [own, [plan]] = (await result({}, 10)) as [ExerciseResult, [Plan]];
  const [line] = own.networks[0]?.runs ?? [];
  assert.ok(line !== undefined);
  const { info, columns } = await recorded(plan, line);
  assert.equal(info.seed, line.seed);
  assert.equal(info.breaches.shown, columns.breachMin.length);
  const within = (after: number): boolean => after > 0 && after <= 24 * 60 + 1;
  const counted = [...columns.breachMin.keys()].filter((i) => (columns.breachMin[i] as number) + 1440 <= 4 * 1440);
  assert.equal(counted.length, line.counted[0]);
  assert.equal(counted.filter((i) => within(columns.breachVerifiedAfter[i] as number)).length, line.verified[0]);
  await writeExercise(own, { plan, recording: { info, columns }, outDir: join(folder, "page") });
  const html = await readFile(join(folder, "page", "report.html"), "utf8");
  assert.ok(html.length < 2_000_000);
  assert.match(html, /default-src 'none'/);
});

test("a few pairs are called perhaps chance; a few breaches of a class have a change but no interval; a world that differs is said", async () => {
  const other =
    "kind: exercise-variant\ntitle: more\npatch: { world: { plain: { kinds: { strike: { perDay: 4 } } } } }\n";
  const [own] = await result({ blind: BLIND, other }, 2);
  const [blind, more] = own.differences;
  assert.equal(blind?.driver.isTold, false);
  assert.match(blind?.driver.text ?? "", /may be chance/);
  assert.doesNotMatch(blind?.driver.text ?? "", /different breaches/);
  assert.match(more?.driver.text ?? "", /different breaches/);
  const [change] = blind?.classes ?? [];
  assert.ok(change?.estimate !== null && change?.low === null && change.high === null);
});
