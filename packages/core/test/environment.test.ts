/** The environment's face, what moves, policies of every sort, and those that misbehave. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drive, driveLater, Environment } from "../src/exercise/policy/environment.ts";
import { observationPolicy } from "../src/exercise/policy/observation-net.ts";
import { AREA_OBSERVED, areaAt, observationLength } from "../src/exercise/policy/observing.ts";
import {
  type Actions,
  mixedPolicy,
  type Policy,
  PolicyError,
  STAYING,
  scriptedPolicy,
} from "../src/exercise/policy/policy.ts";
import { searchingPolicy, weighingPolicy } from "../src/exercise/policy/rules.ts";
import type { Mover, Scene } from "../src/exercise/scene.ts";
import { scoreOf } from "../src/exercise/score/score.ts";
import { AT_BASE, BACK, Movers, ON_STATION, OUT } from "../src/exercise/watch/movers.ts";
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
      { agent: "drone-a", stations: [0, 1], holdS: 7200 },
      { agent: "drone-b", stations: [1, 0], holdS: 7200 },
    ],
    START_MS,
  );
  assert.equal(worth(STAYING, 2), 0);
  assert.ok(worth(script, 3) > 15);
  assert.ok(worth(weighingPolicy(), 3) > 15);
});

test("a search looks into imagined futures: they share what has begun and not what has not, and the run itself is left alone", () => {
  const futures: number[][] = [];
  let own: number[] = [];
  const policy = searchingPolicy(
    {
      candidates: [STAYING, weighingPolicy()],
      futures: 2,
      aheadMs: 3 * 3_600_000,
    },
    (run, fromMs) => {
      futures.push([...run.world.truth.tMs].filter((t) => t >= fromMs));
      return [...run.senses.sights.firstSeenMs].filter((at) => at >= fromMs).length;
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
  const net = observationPolicy((rows, count) => {
    asked.push(count, rows.length / count, rows.length);
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
  ends(thrown, /policy odd: threw Error: broken inside/);
  ends(() => undefined, /policy odd: expected an action for each agent, found undefined/);
  ends(() => ({ "drone-a": 7 }), /drone-a: expected a whole number from 0 to 3, found 7/);
  ends(() => ({ "drone-a": Number.NaN }), /found NaN/);
  ends(() => ({ "drone-a": 3 }), /drone-a: action 3 is not allowed now/);
  ends(() => ({ nobody: 1 }), /no agent nobody/);
  ends(() => Promise.resolve({}), /answers later/);
  const silent = observationPolicy(() => Float32Array.from([Number.NaN]));
  const environment = new Environment(flown());
  environment.reset(1);
  await assert.rejects(driveLater(environment, silent), PolicyError);
  environment.reset(1);
  const later: Policy = { id: "later", choose: () => Promise.reject(new TypeError("broken later")) };
  await assert.rejects(driveLater(environment, later), /policy later: threw TypeError: broken later/);
});

test("what was observed before a step is still there after it, and is filled anew after the next", () => {
  const environment = new Environment(flown());
  const { observations } = environment.reset(5);
  const before = observations["drone-a"]?.slice() as Float32Array;
  const { observations: after } = environment.step({ "drone-a": 1 });
  assert.deepEqual(observations["drone-a"], before);
  assert.notDeepEqual(after["drone-a"], before);
  assert.equal(environment.step({}).observations["drone-a"], observations["drone-a"]);
});

test("an agent is told where it is bound for, and who of its nation is there; an area that nobody watched grows old", () => {
  const environment = new Environment(
    flown({ entities: flown().entities.map((entity) => ({ ...entity, nation: "FRA" })) }),
  );
  environment.reset(5);
  environment.step({ "drone-a": 1, "drone-b": 1 });
  const { observations } = environment.step({});
  const of = (agent: string, area: number, name: (typeof AREA_OBSERVED)[number]): number | undefined =>
    observations[agent]?.[areaAt(area) + AREA_OBSERVED.indexOf(name)];
  assert.deepEqual([of("drone-a", 0, "own"), of("drone-a", 0, "kin"), of("drone-a", 0, "watchers")], [1, 1, 2]);
  assert.deepEqual([of("drone-a", 1, "own"), of("drone-a", 1, "kin"), of("drone-a", 1, "sinceH")], [0, 0, 1]);
  assert.equal(of("drone-b", 0, "sinceH"), 0);
});

test("stations: an action names an area and a pattern, and the mask says which of them an agent flies", () => {
  const entities = flown().entities.map((entity, i) => ({
    ...entity,
    mover: {
      ...(entity.mover as Mover),
      // The first flies both patterns over the first two areas, the second only the second pattern.
      rounds: AREAS.flatMap((area, a) => [
        i === 0 && a < 2 ? roundAt(area) : undefined,
        a < 2 ? roundAt(area) : undefined,
      ]),
    },
  }));
  const environment = new Environment(flown({ entities, patterns: ["racetrack", "sector"] }));
  const { info, observations } = environment.reset(5);
  assert.deepEqual([...(info.actionMasks["drone-a"] ?? [])], [1, 1, 1, 1, 1, 0, 0]);
  assert.deepEqual([...(info.actionMasks["drone-b"] ?? [])], [1, 0, 1, 0, 1, 0, 0]);
  assert.equal(observations["drone-a"]?.length, observationLength(3));
  const first = weighingPolicy().choose(environment.turn());
  const second = weighingPolicy(undefined, "sector", 1).choose(environment.turn());
  assert.deepEqual(
    [first, second],
    [
      { "drone-a": 1, "drone-b": 4 },
      { "drone-a": 2, "drone-b": 4 },
    ],
  );
  const { observations: after } = environment.step({ "drone-a": 4 });
  assert.equal(after["drone-a"]?.[areaAt(1) + AREA_OBSERVED.indexOf("own")], 1);
});

test("one agent is a person's, the other a rule's: each is asked about its own alone, and neither may order the other", async () => {
  const asked: string[][] = [];
  const person: Policy = {
    id: "person",
    choose: async ({ agents, observations, masks, nations }) => {
      asked.push([...agents, ...Object.keys(observations), ...Object.keys(masks), `${nations.length}`]);
      return { "drone-b": 2 };
    },
  };
  const environment = new Environment(flown({ days: 0.2 }));
  environment.reset(1);
  await driveLater(environment, mixedPolicy([{ agents: ["drone-b"], policy: person }], weighingPolicy()));
  assert.deepEqual(asked[0], ["drone-b", "drone-b", "drone-b", "1"]);
  assert.equal(environment.run.movers.order[1], 1);
  assert.notEqual(environment.run.movers.order[0], -1);

  const held = new Environment(flown({ days: 0.2 }));
  held.reset(1);
  drive(held, mixedPolicy([{ agents: ["drone-a"], policy: weighingPolicy() }]));
  assert.deepEqual([held.run.movers.order[0] === -1, held.run.movers.order[1]], [false, -1], "the rest stays");

  const greedy: Policy = { id: "greedy", choose: () => ({ "drone-a": 1 }) };
  const ends = (policy: () => Policy, message: RegExp): void => {
    held.reset(1);
    assert.throws(() => drive(held, policy()), message);
  };
  ends(() => mixedPolicy([{ agents: ["drone-b"], policy: greedy }]), /policy greedy: no agent drone-a; there are 1/);
  ends(() => mixedPolicy([{ agents: ["drone-c"], policy: greedy }]), /policy mixed: no agent drone-c/);
  const twice = { agents: ["drone-a"], policy: STAYING };
  ends(() => mixedPolicy([twice, twice]), /drone-a has two roles/);
});

test("an imagined future begins with what is known now of each area", () => {
  const since: number[] = [];
  const environment = new Environment(flown());
  environment.reset(3);
  for (let step = 0; step < 6; step++) environment.step({ "drone-a": 1, "drone-b": 1 });
  const told: Policy = {
    id: "told",
    choose: ({ observations }) => {
      since.push(observations["drone-a"]?.[areaAt(1) + 1] as number);
      return {};
    },
  };
  environment
    .turn()
    .imagine(7)
    .drive(told, environment.run.nowMs + 1);
  assert.deepEqual(since, [3]);
});
