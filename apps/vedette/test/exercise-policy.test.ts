/** Policies as an exercise's file names them: nets in ONNX files and what is wrong with them, roles, and the command that trains a net. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { drive, driveLater, Environment } from "@vedette/core/exercise/policy/environment";
import { observationLength } from "@vedette/core/exercise/policy/observing";
import {
  FEATURES,
  inferBy,
  NET_LENGTH,
  stationNetOf,
  stationPolicy,
  WORTHS,
} from "@vedette/core/exercise/policy/station-net";
import { Dice } from "@vedette/core/numerics/dice";
import { InferenceSession, Tensor } from "onnxruntime-web";
import { loadPlan } from "../src/exercise/load.ts";
import { type Campaign, playMany } from "../src/exercise/monte-carlo.ts";
import { SHIPPED_NET } from "../src/exercise/nets.ts";
import { onnxOf, stationOnnxOf } from "../src/exercise/onnx-file.ts";
import { answeredWithin, play } from "../src/exercise/play.ts";
import { policyOf } from "../src/exercise/policies.ts";
import { sceneOf } from "../src/exercise/scene/scene-of.ts";
import { type Trained, train } from "../src/exercise/train.ts";
import { InputError } from "../src/problem.ts";
import { SHIPPED_ROOT } from "../src/scenario/paths.ts";
import { runVedette } from "./cli-fixture.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vedette-policy-"));
});
after(() => rm(folder, { recursive: true }));

const SHIPPED = join(SHIPPED_ROOT, "scenarios", "exercises", "few-drones.yaml");

/** The shipped exercise of a day and a half, under another policy. */
async function under(name: string, policy: string): Promise<string> {
  const path = join(folder, `${name}.yaml`);
  const text = await readFile(SHIPPED, "utf8");
  await writeFile(
    path,
    text.replace("days: 4", "days: 1.5").replace("policy: { kind: heuristic }", `policy: ${policy}`),
  );
  return path;
}

const randomNet = (seed: number) => {
  const dice = new Dice(seed, "test", "net");
  return stationNetOf(Float64Array.from({ length: NET_LENGTH }, () => 3 * dice.normal()));
};

test("ONNX Runtime says of a net what our own arithmetic says, to the last bit", async () => {
  const net = randomNet(3);
  const dice = new Dice(3, "test", "rows");
  const session = await InferenceSession.create(stationOnnxOf(net, { note: "grüße" }));
  for (const count of [1, 7, 400]) {
    const rows = Float32Array.from({ length: count * FEATURES }, () => dice.below(256) - 128);
    const { worths } = await session.run({ stations: new Tensor("float32", rows, [count, FEATURES]) });
    assert.deepEqual(worths?.dims, [count, WORTHS]);
    assert.deepEqual(worths?.data, inferBy(net)(rows, count));
  }
});

test("a run directed by a file is the run directed by the same numbers; the shipped file directs on any number of threads alike", async () => {
  await writeFile(join(folder, "net.onnx"), stationOnnxOf(randomNet(5), {}));
  const plan = await loadPlan(await under("own-net", "{ kind: learned, file: net.onnx }"));
  const scene = sceneOf(plan);
  const played = async (policy: Parameters<typeof driveLater>[1]): Promise<string> => {
    const environment = new Environment(scene);
    environment.reset(4);
    await driveLater(environment, policy);
    policy.close?.();
    return environment.run.headquarters.log.hash;
  };
  const byFile = await played(await policyOf(plan.exercise.policy, scene, plan.nets));
  assert.equal(byFile, await played(stationPolicy(inferBy(randomNet(5)))));

  const plans = [
    await loadPlan(await under("learned", "{ kind: learned }")),
    await loadPlan(await under("rules", "{ kind: heuristic }")),
  ];
  const of = (threads: number): Promise<Campaign> => playMany({ plans, runs: 2, seed: 2, threads });
  const [one, two] = [await of(1), await of(2)];
  const hashes = ({ networks }: Campaign) => networks.map(({ lines }) => lines.map(({ hash }) => hash));
  assert.deepEqual(hashes(two), hashes(one));
  assert.deepEqual(
    one.networks.map(({ failed }) => failed),
    [[], []],
  );
  const [learned, rules] = one.networks;
  assert.ok(learned?.lines.every(({ hash }, i) => hash !== rules?.lines[i]?.hash));
});

test("files that are no net end their runs with the seed and the reason, and the others go on", async () => {
  const whole = stationOnnxOf(randomNet(1), {});
  const narrow = {
    straight: new Float32Array(FEATURES * WORTHS),
    inward: new Float32Array(8),
    outward: new Float32Array(8 * WORTHS),
  };
  const odd: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["empty", new Uint8Array(0), /its file is no ONNX net that can be run/],
    ["text", new TextEncoder().encode("not a net at all"), /its file is no ONNX net that can be run/],
    ["torn", whole.slice(0, 700), /its file is no ONNX net that can be run/],
    ["narrow", stationOnnxOf(narrow, {}), /its file is no ONNX net that can be run/],
    [
      "renamed",
      renamed(whole, "stations", "patients"),
      /one input, stations or observations, and one output, found patients to worths/,
    ],
    [
      "nan",
      stationOnnxOf({ ...randomNet(1), straight: new Float32Array(FEATURES * WORTHS).fill(Number.NaN) }, {}),
      /expected a number, found NaN/,
    ],
  ];
  for (const [name, bytes, message] of odd) {
    await writeFile(join(folder, `${name}.onnx`), bytes);
    const plan = await loadPlan(await under(name, `{ kind: learned, file: ${name}.onnx }`));
    const played = await play(plan, sceneOf(plan), 77);
    assert.equal(played.code, "failed", name);
    if (played.code !== "failed") continue;
    assert.match(played.message, message, name);
    assert.deepEqual([played.seed, played.message.startsWith("policy learned: ")], [77, true]);
  }
  const plans = [
    await loadPlan(join(folder, "nan.yaml")),
    await loadPlan(await under("others", "{ kind: heuristic }")),
  ];
  const { networks } = await playMany({ plans, runs: 2, seed: 1, threads: 1 });
  assert.deepEqual([networks[0]?.failed.length, networks[1]?.lines.length], [2, 2]);
  const absent = await under("absent", "{ kind: learned, file: nowhere.onnx }");
  await assert.rejects(loadPlan(absent), (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /absent\.yaml:\d+:\d+: policy\.file: "nowhere\.onnx" is not there/);
    return true;
  });
});

test("a net over whole observations takes the allowed action of the highest value; one of other widths is told apart", async () => {
  const plan = await loadPlan(await under("whole", "{ kind: heuristic }"));
  const scene = sceneOf(plan);
  const play = async (width: number): Promise<Environment> => {
    // Each action is worth the latitude of the agent, but for the fourth, which is worth twice that.
    const actions = 1 + scene.areas.length * scene.patterns.length;
    const values = new Float32Array(width * actions);
    for (let action = 0; action < actions; action++) values[2 * actions + action] = action === 3 ? 2 : 1;
    const bytes = onnxOf({
      nodes: [["MatMul", ["observations", "weights"], "values"]],
      tensors: [{ name: "weights", dimensions: [width, actions], values }],
      input: { name: "observations", width },
      output: { name: "values", width: actions },
      notes: {},
    });
    const policy = await policyOf({ kind: "learned", file: "whole.onnx" }, scene, { "whole.onnx": bytes });
    const environment = new Environment(scene);
    environment.reset(1);
    try {
      await driveLater(environment, policy);
    } finally {
      policy.close?.();
    }
    return environment;
  };
  const length = observationLength(scene.areas.length);
  assert.deepEqual(new Set((await play(length)).run.movers.order), new Set([2]));
  await assert.rejects(play(length + 1), /policy learned: its net does not take 9 x \d+ numbers/);
});

function renamed(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return new Uint8Array(Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll(from, to), "latin1"));
}

test("a program takes the role of one drone among rules: it is asked about that one alone, and its order is followed", async () => {
  const program = join(folder, "one.mjs");
  await writeFile(
    program,
    `import { createInterface } from "node:readline"; createInterface(process.stdin).on("line", (line) => {
  const { agents, areas, patterns, observations, actionMasks } = JSON.parse(line);
  if (agents.join() !== "drones-fra/2" || Object.keys(observations).join() !== "drones-fra/2") process.exit(9);
  if (actionMasks["drones-fra/2"].length !== 1 + areas.length * patterns.length) process.exit(8);
  console.log(JSON.stringify({ actions: { "drones-fra/2": 0 } }));
});\n`,
  );
  const role = (agent: string): string =>
    `{ kind: mixed, roles: [{ agents: [${agent}], policy: { kind: program, command: [${JSON.stringify(process.execPath)}, ${JSON.stringify(program)}] } }], others: { kind: heuristic } }`;
  const plan = await loadPlan(await under("role", role("drones-fra/2")));
  const scene = sceneOf(plan);
  const environment = new Environment(scene);
  environment.reset(1);
  const policy = await policyOf(plan.exercise.policy, scene, plan.nets);
  try {
    await driveLater(environment, policy);
  } finally {
    policy.close?.();
  }
  const { movers } = environment.run;
  const held = environment.agents.indexOf("drones-fra/2");
  assert.equal(movers.stationMs[held], 0);
  assert.ok(movers.stationMs.filter((ms) => ms > 0).length > 4);

  const nobody = await loadPlan(await under("nobody", role("drones-fra/9")));
  const ended = await play(nobody, sceneOf(nobody), 1);
  assert.match(
    ended.code === "failed" ? ended.message : "",
    /no agent or group "drones-fra\/9" that moves; groups that do: drones-fra, drones-deu/,
  );
});

test("a promise that is never kept ends in a message once its time is over", async () => {
  await assert.rejects(
    async () => answeredWithin("slow", new Promise(() => {}), 20),
    /policy slow: no answer within 0.02 s/,
  );
  assert.deepEqual(answeredWithin("quick", { a: 1 }, 20), { a: 1 });
  assert.deepEqual(await answeredWithin("soon", Promise.resolve({ a: 1 }), 2000), { a: 1 });
});

test("training is the same on 1 and 2 threads, and goes on after a pause as if there had been none", async () => {
  const plan = await loadPlan(await under("paused", "{ kind: heuristic }"));
  const order = { plan, seed: 3, pairs: 1, worlds: 1, sigma: 0.3, rate: 0.2, threads: 2 };
  const whole = await train({ ...order, generations: 2 });
  assert.equal(whole.history.length, 2);
  const half = await train({ ...order, generations: 1, threads: 1 });
  const from = JSON.parse(JSON.stringify(half)) as Trained;
  assert.deepEqual(await train({ ...order, generations: 2, from }), whole);
});

test("the command writes a net that runs, with a card that says how to repeat it; a file that is no pause is told", async () => {
  const file = await under("small", "{ kind: heuristic }");
  const call = (out: string, ...more: string[]) => {
    const told = ["--out", join(folder, out), "--generations", "1", "--pairs", "1", "--worlds", "1", "--threads", "1"];
    return runVedette(["exercise", "train", file, ...told, ...more]);
  };
  const ran = await call("one.onnx", "--seed", "4");
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /generation 1 of 1: \d+\.\d % verified within 24 h/);
  const card = JSON.parse(await readFile(join(folder, "one.onnx.json"), "utf8")) as { runs: number; repeat: string };
  assert.equal(card.runs, 2);
  assert.match(card.repeat, /exercise train small --generations 1 --seed 4/);
  await assert.rejects(readFile(join(folder, "one.onnx.training.json")), /ENOENT/);
  const plan = await loadPlan(await under("trained", "{ kind: learned, file: one.onnx }"));
  assert.equal((await play(plan, sceneOf(plan), 1)).code, "scored");

  await writeFile(join(folder, "odd.onnx.training.json"), "{}");
  const odd = await call("odd.onnx");
  assert.equal(odd.code, 1);
  assert.match(odd.stderr, /odd\.onnx\.training\.json: expected a training that was paused/);
  assert.equal((await call("bad.onnx", "--sigma", "0")).code, 2);
});

test("the shipped net is the file that its card names", async () => {
  const { createHash } = await import("node:crypto");
  const card = JSON.parse(await readFile(`${SHIPPED_NET}.json`, "utf8")) as { sha256: string; exercise: string };
  assert.equal(
    createHash("sha256")
      .update(await readFile(SHIPPED_NET))
      .digest("hex"),
    card.sha256,
  );
  const environment = new Environment(sceneOf(await loadPlan(card.exercise)));
  environment.reset(1);
  drive(environment, stationPolicy(inferBy(randomNet(2))), environment.run.nowMs + 1);
  assert.ok(environment.agents.length > 0);
});
