/** `vedette exercise` as a person uses it: the same answer on any number of threads, replays, variants, early stops, and what goes wrong. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { findFaults } from "@vedette/core/exercise/scene";
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import { loadPlan } from "../src/exercise/load.ts";
import { type Campaign, playMany } from "../src/exercise/monte-carlo.ts";
import { sceneOf } from "../src/exercise/scene/scene-of.ts";
import { InputError } from "../src/problem.ts";
import { yamlFilesIn } from "../src/scenario/data-file.ts";
import { SHIPPED_ROOT } from "../src/scenario/paths.ts";
import { runVedette } from "./cli-fixture.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vedette-exercise-"));
});
after(() => rm(folder, { recursive: true }));

const SHIPPED = join(SHIPPED_ROOT, "scenarios", "exercises", "two-posts.yaml");
/** Of strikes, by hand: both posts look within one hour of four. */
const EXACT_01 = 0.25;

async function written(name: string, change: (text: string) => string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, change(await readFile(SHIPPED, "utf8")));
  return path;
}

/** Two drones over one area, directed by a program. */
async function directed(name: string, program: string, more = ""): Promise<string> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(file, program);
  const policy = `policy: { kind: program, command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(file)}]${more} }`;
  const drone = "mover: { speedMps: 40, enduranceS: 20000 }";
  return written(`${name}.yaml`, (text) =>
    `${text.replaceAll("everyS: 14400", `everyS: 600\n    ${drone}`)}areas: { here: { latitudeDeg: 48, longitudeDeg: 37, radiusKm: 10 } }
${policy}\n`.replace("days: 4", "days: 1.2"),
  );
}

const READS =
  'import { createInterface } from "node:readline"; let turn = 0; createInterface(process.stdin).on("line", (line) => {';

test("the same runs on 1, 2 and 4 threads, hash by hash; the exact answer lies in the interval", async () => {
  const plans = [await loadPlan("two-posts")];
  const of = (threads: number): Promise<Campaign> => playMany({ plans, runs: 60, seed: 3, threads });
  const [one, two, four] = [await of(1), await of(2), await of(4)];
  assert.deepEqual(two, one);
  assert.deepEqual(four, one);
  const [own] = one.networks;
  assert.equal(new Set(own?.lines.map(({ hash }) => hash)).size, 60);
  const { low = 1, high = 0 } = own?.headline[0] ?? {};
  assert.ok(low <= EXACT_01 && EXACT_01 <= high, `${low} to ${high}`);
});

test("runs end early at a fixed count once they are enough, and are the first of those that would have been", async () => {
  const plans = [await loadPlan("two-posts")];
  const early = await playMany({ plans, runs: 400, seed: 3, untilCi: 0.08, threads: 2 });
  assert.ok(early.looks.includes(early.made) && early.made < 400, `${early.made}`);
  const all = await playMany({ plans, runs: early.made, seed: 3, threads: 2 });
  assert.deepEqual(early.networks[0]?.lines, all.networks[0]?.lines);
  assert.ok(early.z > all.z);
});

test("a variant runs in the same worlds, and the difference holds what is known of it", async () => {
  const variant = join(folder, "together.yaml");
  await writeFile(variant, "kind: exercise-variant\ntitle: both at once\npatch: { groups: { east: { phaseS: 0 } } }\n");
  const plans = [await loadPlan("two-posts"), await loadPlan("two-posts", variant)];
  const { differences, networks } = await playMany({ plans, runs: 60, seed: 1, threads: 2 });
  const [difference] = differences[0] ?? [];
  // Both looks hold a mark of two hours if it was made within them: half of all, a quarter more.
  assert.ok(difference !== undefined && difference.low <= 0.25 && 0.25 <= difference.high && difference.low > 0);
  assert.deepEqual(
    networks[0]?.lines.map(({ counted }) => counted),
    networks[1]?.lines.map(({ counted }) => counted),
  );
});

test("a replay of a run's own seed gives its hash; its log is written as lines marked as an exercise", async () => {
  const { stdout } = await runVedette(["exercise", "two-posts", "--runs", "2", "--threads", "1", "--json"]);
  const [line] = (JSON.parse(stdout) as ExerciseResult).networks[0]?.runs ?? [];
  const out = join(folder, "run.jsonl");
  const replay = await runVedette(["exercise", "two-posts", "--replay", String(line?.seed), "--log", out]);
  assert.equal(replay.code, 0, replay.stderr);
  assert.match(replay.stdout, new RegExp(line?.hash ?? "-"));
  const events = (await readFile(out, "utf8")).trim().split("\n");
  assert.ok(events.length > 10);
  for (const event of events) assert.equal(JSON.parse(event).draft.marking.use, "exercise");
});

test("a policy that throws, returns nonsense or never answers ends its runs, each with its seed; the others go on", async () => {
  const odd = {
    throws: ['throw new Error("out of fuel")', /ended by itself \(exit code 1\).*/],
    nonsense: [`${READS} console.log("hello"); });`, /expected a line such as/],
    silent: ["setInterval(() => {}, 1000);", /no answer within 0.5 s/],
    forbidden: [
      `${READS} console.log('{"actions":{"west/1":7}}'); });`,
      /expected a whole number from 0 to 1, found 7/,
    ],
  } as const;
  for (const [name, [program, message]] of Object.entries(odd)) {
    const plans = [await loadPlan(await directed(name, program, ", answerWithinS: 0.5"))];
    const [network] = (await playMany({ plans, runs: 2, seed: 1, threads: 2 })).networks;
    assert.equal(network?.failed.length, 2);
    for (const failed of network?.failed ?? []) {
      assert.match(failed.message, message);
      assert.ok(Number.isInteger(failed.seed));
    }
  }
  // The first run's program breaks off in the middle; those of the others do not.
  const mark = JSON.stringify(join(folder, "broke"));
  const fickle = `import { existsSync, writeFileSync } from "node:fs"; ${READS} const { agents } = JSON.parse(line); if (turn++ > 3 && !existsSync(${mark})) { writeFileSync(${mark}, ""); process.exit(3); } console.log(JSON.stringify({ actions: Object.fromEntries(agents.map((agent) => [agent, 1])) })); });`;
  const plans = [await loadPlan(await directed("fickle", fickle))];
  const [network] = (await playMany({ plans, runs: 10, seed: 1, threads: 1 })).networks;
  assert.deepEqual([network?.failed.length, network?.lines.length], [1, 9]);
  assert.match(network?.failed[0]?.message ?? "", /exit code 3/);
});

test("a program that answers directs the drones, and they see", async () => {
  const go = `${READS} const { agents } = JSON.parse(line); console.log(JSON.stringify({ actions: Object.fromEntries(agents.map((agent) => [agent, 1])) })); });`;
  const plans = [await loadPlan(await directed("go", go))];
  const [network] = (await playMany({ plans, runs: 2, seed: 1, threads: 1 })).networks;
  assert.deepEqual(network?.failed, []);
  assert.ok((network?.total.reports ?? 0) > 2);
});

test("every shipped exercise makes a scene without faults, and every shipped variant fits the truce", async () => {
  const root = join(SHIPPED_ROOT, "scenarios", "exercises");
  for (const path of await yamlFilesIn(root)) assert.deepEqual(findFaults(sceneOf(await loadPlan(path))), [], path);
  const plain = sceneOf(await loadPlan("truce-summer"));
  assert.ok(plain.entities.length > 300);
  const variants = await yamlFilesIn(join(root, "variants"));
  assert.ok(variants.length >= 4);
  for (const path of variants) {
    const { title, exercise } = await loadPlan("truce-summer", path);
    assert.match(title, /^Truce in summer.*: /);
    assert.notDeepEqual(exercise, (await loadPlan("truce-summer")).exercise, path);
  }
  const without = sceneOf(await loadPlan("truce-summer", "without-drones"));
  assert.ok(without.entities.every(({ group }) => !group.startsWith("drones")));
});

test("bad files are said with line and column: nobody watches, names that are not there, no speed, a line where there is none", async () => {
  const told = async (path: string, vary?: string): Promise<string> => {
    try {
      await loadPlan(path, vary);
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
    return "";
  };
  const misspelt = await written("a.yaml", (text) => text.replace("taxonomy: explosion", "taxonomy: explosio"));
  assert.match(
    await told(misspelt),
    /a\.yaml:\d+:\d+: world\.plain\.kinds\.strike\.taxonomy: no kind of the taxonomy "explosio".*explosion/,
  );
  const along = await written("b.yaml", (text) => text.replace(/places: \[.*\]/, "along: { count: 3 }"));
  assert.match(await told(along), /b\.yaml:\d+:\d+.*only the world of a truce has a line/);
  const short = await written("c.yaml", (text) => text.replace("days: 4", "days: 0"));
  assert.match(await told(short), /c\.yaml:\d+:\d+.*days/);
  const empty = await written("d.yaml", (text) =>
    text.replace(/groups:[\s\S]*headquarters:/, "groups: {}\nheadquarters:"),
  );
  const ran = await runVedette(["exercise", empty]);
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /nobody watches/);
  const still = await written("e.yaml", (text) =>
    text.replace("phaseS: 0", "mover: { speedMps: 0, enduranceS: 0 }").replace("days: 4", "days: 1"),
  );
  const stuck = await runVedette(["exercise", still]);
  assert.equal(stuck.code, 1);
  assert.match(stuck.stderr, /speed of 0 m\/s moves nothing/);
  assert.match(await told("two-post"), /no such exercise.*two-posts/);
  assert.equal((await runVedette(["exercise", "two-posts", "--until-ci", "2"])).code, 2);
});
