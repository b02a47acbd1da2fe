/** Satellites of a scenario in an exercise: what is named and is not there, who is left out, and the same answer on any number of threads. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { loadPlan } from "../src/exercise/load.ts";
import { playMany } from "../src/exercise/monte-carlo.ts";
import { sceneOf } from "../src/exercise/scene/scene-of.ts";
import { InputError } from "../src/problem.ts";
import { SHIPPED_ROOT } from "../src/scenario/paths.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vedette-satellites-"));
});
after(() => rm(folder, { recursive: true }));

/** The two posts, in a disc that the line crosses, for a day and a half; and a line of YAML more. */
async function written(name: string, satellites: string): Promise<string> {
  const text = await readFile(join(SHIPPED_ROOT, "scenarios", "exercises", "two-posts.yaml"), "utf8");
  const path = join(folder, `${name}.yaml`);
  await writeFile(
    path,
    `${text.replace("days: 4", "days: 1.5").replace("lastsS: 7200", "lastsS: 86400")}satellites: ${satellites}\n`,
  );
  return path;
}

async function refused(name: string, satellites: string): Promise<string> {
  const path = await written(name, satellites);
  const line = (await readFile(path, "utf8")).trimEnd().split("\n").length;
  let said = "";
  await assert.rejects(loadPlan(path), (error: unknown) => {
    assert.ok(error instanceof InputError);
    const [problem] = error.problems;
    assert.equal(problem?.line, line, "the line of the block");
    said = problem?.message ?? "";
    return true;
  });
  return said;
}

test("a scenario, a sensor or a nation's code that is not there is named with its line", async () => {
  assert.match(await refused("a", "{ scenario: line-of-contakt }"), /no scenario "line-of-contakt".*line-of-contact/);
  assert.match(
    await refused("b", "{ scenario: line-of-contact, sensors: { optical: optikal } }"),
    /no sensor "optikal".*optical/,
  );
  assert.match(await refused("c", "{ scenario: line-of-contact, without: [Usa] }"), /Usa/);
  assert.match(await refused("d", "{ scenario: line-of-contact, lead: 5 }"), /lead/);
});

test("the same on 1 and 2 threads; accessible, taken, delivered fall in this order; a nation taken out leaves others as they are", async () => {
  const path = await written("all", "{ scenario: line-of-contact }");
  const [all, without] = [
    await loadPlan(path),
    await loadPlan(await written("without", "{ scenario: line-of-contact, without: [USA] }")),
  ];
  const [one, two] = [
    await playMany({ plans: [all], runs: 4, seed: 3, threads: 1 }),
    await playMany({ plans: [all], runs: 4, seed: 3, threads: 2 }),
  ];
  assert.deepEqual(two, one);
  const { satellites } = one.networks[0]?.total ?? {};
  assert.ok(satellites !== undefined);
  assert.ok(satellites.accessible > satellites.taken && satellites.taken >= satellites.delivered);
  assert.ok(satellites.delivered > 0);
  const nations = (plan: typeof all) => new Set(plan.satellites?.sensors.map(({ nation }) => nation));
  assert.ok(nations(all).has("USA") && !nations(without).has("USA"));
  const ids = (plan: typeof all) => sceneOf(plan).entities.map(({ id }) => id);
  const left = new Set(ids(all));
  assert.ok(ids(without).every((id) => left.has(id)) && ids(without).length < left.size);
});

test("verification believes of each satellite what the source of its sensor declares", async () => {
  const { rules, entities } = sceneOf(await loadPlan(await written("all", "{ scenario: line-of-contact }")));
  const heat = entities.find(({ source }) => source === "satellites/heat-375-truce");
  const camera = entities.find(({ group }) => group === "satellites-optical");
  assert.ok(heat?.form === "detection" && heat.says === "unknown" && camera?.form === "report");
  const of = (source: string, form: "detection" | "report") =>
    rules.ratesOf({ form, origin: { source } } as Parameters<typeof rules.ratesOf>[0], "explosion");
  assert.equal(of(heat.source, "detection")?.detects01, 0.005);
});
