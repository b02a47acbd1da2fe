/** The environment's face, what moves, policies of every sort, and those that misbehave. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { drive, driveLater, Environment } from "../src/exercise/environment.ts";
import { AT_BASE, BACK, Movers, ON_STATION, OUT } from "../src/exercise/movers.ts";
import {
  type Actions,
  learnedPolicy,
  observationLength,
  type Policy,
  PolicyError,
  scriptedPolicy,
  searchingPolicy,
  weighingPolicy,
} from "../src/exercise/policy.ts";
import type { Scene } from "../src/exercise/scene.ts";
import { scoreOf } from "../src/exercise/score.ts";
import { kmBetween } from "../src/motion/chart.ts";
import { HERE, START_MS, scene, strike, watcher } from "./exercise-fixture.ts";

const AREAS = [
  { id: "north", latitudeDeg: 48.2, longitudeDeg: 37 },
  { id: "south", latitudeDeg: 47.8, longitudeDeg: 37 },
  { id: "far", latitudeDeg: 58, longitudeDeg: 37 },
];

const roundAt = ({ latitudeDeg, longitudeDeg }: (typeof AREAS)[number]): Float64Array =>
  Float64Array.from([latitudeDeg, longitudeDeg - 0.05, latitudeDeg, longitudeDeg + 0.05]);

function flown(changes: Partial<Scene> = {}): Scene {
  const mover = {
    speedMps: 40,
    enduranceS: 6 * 3600,
    turnaroundS: 1800,
    reserve01: 0.1,
    rounds: AREAS.map((area, i) => (i === 2 ? undefined : roundAt(area))),
  };
  const drone = { mover, plain: { rangeKm: 15, look01: 0.8 }, everyS: 300, heightM: 1000 };
  return scene({
    kinds: [strike({ lastsS: 6 * 3600, perDay: 12 })],
    days: 3,
    areas: AREAS,
    entities: [watcher("drone-a", { ...drone, nation: "FRA" }), watcher("drone-b", { ...drone, nation: "DEU" })],
    ...changes,
  });
}

test("reset and step: for each agent an observation, a mask, a reward; the last step is truncated", () => {
  const environment = new Environment(flown());
  const { observations, info } = environment.reset(5);
  assert.deepEqual(environment.agents, ["drone-a", "drone-b"]);
  assert.deepEqual([...(info.actionMasks["drone-a"] ?? [])], [1, 1, 1, 0]);
  assert.equal(observations["drone-a"]?.length, observationLength(3));
  let [steps, reward, over] = [0, 0, false];
  while (!over) {
    const step = environment.step({ "drone-a": 1, "drone-b": 2 });
    reward += (step.rewards["drone-a"] ?? 0) + (step.rewards["drone-b"] ?? 0);
    over = step.truncated["drone-a"] ?? false;
    assert.equal(step.terminated["drone-a"], false);
    for (const seen of Object.values(step.observations)) assert.ok(seen.every(Number.isFinite));
    steps++;
  }
  assert.equal(steps, (3 * 86_400_000) / environment.scene.decideMs);
  const first = [...environment.run.senses.sights.firstSeenMs].filter((at) => !Number.isNaN(at)).length;
  assert.ok(first > 3 && reward >= first && reward <= first * 1.1);
});

test("the same seed and actions give the same run; before reset there is no step", () => {
  const play = (): string => {
    const environment = new Environment(flown());
    environment.reset(5);
    drive(environment, weighingPolicy());
    return environment.run.headquarters.log.hash;
  };
  assert.equal(play(), play());
  assert.throws(() => new Environment(flown()).step({}), /reset before/);
});

test("movers: out, round, home before the reserve, ready again; a place is never left faster than they fly", () => {
  const { entities } = flown();
  const movers = new Movers(entities);
  movers.order.fill(0);
  const phases = new Set<number>();
  let before = [HERE.latitudeDeg, HERE.longitudeDeg] as [number, number];
  let sorties = 0;
  for (let step = 1; step < 3 * 1440; step++) {
    const was = movers.phase[0];
    movers.step(START_MS + step * 60_000, 60_000);
    phases.add(movers.phase[0] as number);
    const now: [number, number] = [movers.latitudeDeg[0] as number, movers.longitudeDeg[0] as number];
    assert.ok(kmBetween(...before, ...now) <= 2.4 * 1.002);
    before = now;
    if (was !== BACK || movers.phase[0] !== AT_BASE) continue;
    sorties++;
    const outMs = START_MS + step * 60_000 - (movers.leftMs[0] as number);
    assert.ok(outMs <= 6 * 3_600_000 * 0.9 + 60_000, `${outMs}`);
    assert.ok(outMs > 6 * 3_600_000 * 0.85);
    assert.deepEqual(now, [HERE.latitudeDeg, HERE.longitudeDeg]);
  }
  assert.deepEqual([...phases].sort(), [AT_BASE, OUT, ON_STATION, BACK]);
  assert.ok(sorties >= 11);
});

test("another policy changes no dice: what the fixed camera sees stays to the last bit", () => {
  const camera = watcher("camera", { nation: "POL", plain: { look01: 0.5, falseAlarmsPerDay: 2, locationM: 100 } });
  const of = flown({ entities: [...flown().entities, camera] });
  const seen = (policy: Policy): string[] => {
    const environment = new Environment(of);
    environment.reset(9);
    drive(environment, policy);
    const { columns, length } = environment.run.senses.reports.rows;
    return Array.from({ length }, (_, i) =>
      columns.entity[i] === 2 ? `${columns.cause[i]} ${columns.lookMs[i]} ${columns.latitudeDeg[i]}` : "",
    ).filter(Boolean);
  };
  const stay: Policy = { id: "stay", choose: () => ({}) };
  assert.ok(seen(stay).length > 10);
  assert.deepEqual(seen(weighingPolicy()), seen(stay));
});

const worth = (policy: Policy, seeds: number): number => {
  let seen = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const environment = new Environment(flown());
    environment.reset(seed);
    drive(environment, policy);
    seen += [...environment.run.senses.sights.firstSeenMs].filter((at) => !Number.isNaN(at)).length;
  }
  return seen;
};

test("rules and plans find more than staying, which finds nothing", () => {
  const script = scriptedPolicy(
    [
      { agent: "drone-a", areas: [0, 1], holdS: 7200 },
      { agent: "drone-b", areas: [1, 0], holdS: 7200 },
    ],
    START_MS,
  );
  assert.equal(worth({ id: "stay", choose: () => ({}) }, 2), 0);
  assert.ok(worth(script, 3) > 15);
  assert.ok(worth(weighingPolicy(), 3) > 15);
});

test("a search looks into imagined futures: they share what has begun and not what has not, and the run itself is left alone", () => {
  const futures: number[][] = [];
  let own: number[] = [];
  const policy = searchingPolicy(
    {
      candidates: [{ id: "stay", choose: () => ({}) }, weighingPolicy()],
      futures: 2,
      aheadMs: 3 * 3_600_000,
    },
    (run, fromMs) => {
      futures.push([...run.world.truth.tMs].filter((t) => t >= fromMs));
      return [...run.senses.sights.firstSeenMs].filter((at) => at >= fromMs).length;
    },
    (run, candidate, untilMs) => {
      const inner = new Environment(run.scene);
      inner.over(run);
      drive(inner, candidate, untilMs);
    },
  );
  const environment = new Environment(flown({ days: 0.5 }));
  environment.reset(3);
  own = [...environment.run.world.truth.tMs];
  drive(environment, policy);
  assert.ok(futures.length > 20);
  const drawn = futures.flat();
  assert.ok(drawn.length > 20 && drawn.every((t) => !own.includes(t)), "no future is the real one");
  assert.ok(scoreOf(environment.run).reports >= 0);
});

test("a net is asked for all agents at once and takes the best action that is allowed", async () => {
  const asked: number[] = [];
  const net = learnedPolicy((rows, count, width) => {
    asked.push(count, width, rows.length);
    // The forbidden action has the highest value.
    return Float32Array.from({ length: count * 4 }, (_, i) => [0, 1, 0.5, 9][i % 4] as number);
  });
  const environment = new Environment(flown({ days: 0.1 }));
  environment.reset(1);
  await driveLater(environment, net);
  const width = observationLength(3);
  assert.deepEqual(asked.slice(0, 3), [2, width, 2 * width]);
  assert.deepEqual([...environment.run.movers.order], [0, 0]);
});

test("a policy that throws, returns nonsense or answers late ends in a message that names it", async () => {
  const ends = (answer: () => unknown, message: RegExp): void => {
    const environment = new Environment(flown());
    environment.reset(1);
    const policy: Policy = { id: "odd", choose: () => answer() as Actions };
    assert.throws(() => drive(environment, policy), message);
  };
  const thrown = (): never => {
    throw new Error("broken inside");
  };
  ends(thrown, /broken inside/);
  ends(() => undefined, /policy odd: expected an action for each agent, found undefined/);
  ends(() => ({ "drone-a": 7 }), /drone-a: expected a whole number from 0 to 3, found 7/);
  ends(() => ({ "drone-a": Number.NaN }), /found NaN/);
  ends(() => ({ "drone-a": 3 }), /drone-a: action 3 is not allowed now/);
  ends(() => ({ nobody: 1 }), /no agent nobody/);
  ends(() => Promise.resolve({}), /answers later/);
  const silent = learnedPolicy(() => Float32Array.from([Number.NaN]));
  const environment = new Environment(flown());
  environment.reset(1);
  await assert.rejects(driveLater(environment, silent), PolicyError);
});
