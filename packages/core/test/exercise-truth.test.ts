/** Headquarters and `verify/` never read what really happened: by their imports, by poison, and by working without any world. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";
import { importsOf } from "../../../tools/floors.ts";
import { EventQueue } from "../src/exercise/event-queue.ts";
import { Exercise } from "../src/exercise/exercise.ts";
import { Headquarters } from "../src/exercise/headquarters/headquarters.ts";
import type { TrueWorld } from "../src/exercise/truth/truth.ts";
import type { Evidence } from "../src/verify/evidence.ts";
import { RULES, scene, UNLIMITED, watcher } from "./exercise-fixture.ts";

const SRC = new URL("../src/", import.meta.url);

/** All that a file of core reaches, itself included, types too. */
function reachedFrom(...files: readonly string[]): Set<string> {
  const reached = new Set(files);
  for (const file of reached) {
    for (const { target } of importsOf(readFileSync(new URL(file, SRC), "utf8"))) {
      const own = /^@vedette\/core\/(.+)$/.exec(target)?.[1];
      assert.notEqual(target, "?", `${file}: an import by a name that is made while it runs`);
      if (own !== undefined) reached.add(`${own}.ts`);
      else if (target.startsWith(".")) reached.add(posix.join(posix.dirname(file), target));
    }
  }
  return reached;
}

const knows = (file: string): boolean =>
  /^exercise\/(truth\/|truce\/|watch\/|score\/|satellites\/|exercise|scene)/.test(file);

test("no import leads from headquarters or verify/ to the truth, types included", () => {
  const own = [
    ...readdirSync(new URL("exercise/headquarters/", SRC)).map((name) => `headquarters/${name}`),
    "exercise-log.ts",
  ];
  const verify = readdirSync(new URL("verify/", SRC)).map((name) => `verify/${name}`);
  const reached = reachedFrom(...own.map((name) => `exercise/${name}`), ...verify);
  assert.ok(reached.size > 40 && reached.has("verify/incident-propose.ts"));
  assert.deepEqual(
    [...reached].filter((file) => knows(file) && file !== "exercise/exercise-log.ts"),
    [],
  );
  // The planted fault: from the engine the truth is reached.
  assert.ok([...reachedFrom("exercise/exercise.ts")].some((file) => file === "exercise/truth/truth.ts"));
});

/** A world that may not be read while `closed` holds. */
function poisoned(world: TrueWorld, closed: () => boolean): TrueWorld {
  const guard = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(of, name) {
        if (closed()) throw new Error(`the truth was read: ${String(name)}`);
        const value: unknown = Reflect.get(of, name);
        return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) ? guard(value) : value;
      },
    });
  return guard(world);
}

test("a truth that is poison while headquarters works is never touched", () => {
  const of = scene({ entities: noisy() });
  const state = { closed: false };
  const run = new Exercise(
    of,
    4,
    {},
    poisoned(of.world(4), () => state.closed),
  );
  const closedDuring = (name: "receive" | "onEvent"): void => {
    const own = run.headquarters[name].bind(run.headquarters) as (...given: unknown[]) => void;
    Object.defineProperty(run.headquarters, name, {
      value: (...given: unknown[]) => {
        state.closed = true;
        own(...given);
        state.closed = false;
      },
    });
  };
  closedDuring("receive");
  closedDuring("onEvent");
  run.advance(Number.POSITIVE_INFINITY);
  assert.ok(run.headquarters.desk.incidents.size > 5);
  // The planted fault: whoever looks is caught.
  state.closed = true;
  assert.throws(() => run.world.truth.tMs, /the truth was read/);
});

test("given the evidence alone, at the same times, headquarters writes the same log to the byte", () => {
  const run = new Exercise(scene({ entities: noisy() }), 4, { keepsLog: true });
  run.advance(Number.POSITIVE_INFINITY);
  const queue = new EventQueue();
  const alone = new Headquarters(UNLIMITED, RULES, {
    seed: 4,
    keepsLog: false,
    schedule: (tMs, kind, a, b) => queue.push(tMs, kind, a, b),
  });
  alone.begin(run.scene.startMs);
  const happen = (untilMs: number): void => {
    while (queue.nextMs < untilMs) {
      const { kind, a, nextMs } = queue;
      queue.pop();
      alone.onEvent(kind, a, nextMs);
    }
  };
  for (const { draft, recordedAt, members } of run.headquarters.log.events) {
    if (draft.type !== "evidence.recorded") continue;
    happen(recordedAt);
    for (const item of members ?? []) alone.receive(item as Evidence, recordedAt);
  }
  happen(run.endMs);
  assert.equal(alone.log.hash, run.headquarters.log.hash);
});

test("what reaches headquarters names no cause: only what a sensor can say of itself and of what it saw", () => {
  const run = new Exercise(scene({ entities: noisy() }), 4);
  run.advance(Number.POSITIVE_INFINITY);
  for (const item of run.headquarters.items) {
    assert.deepEqual(Object.keys(item), ["id", "form", "kind", "where", "when", "origin", "grade", "ingest"]);
    assert.deepEqual(Object.keys(item.origin), ["source", "operator", "sensor"]);
    assert.deepEqual(Object.keys(item.ingest), ["hash"]);
  }
});

function noisy() {
  const plain = { look01: 0.7, falseAlarmsPerDay: 5, locationM: 200 };
  return [watcher("west", { plain }), watcher("east", { plain, nation: "DEU" })];
}
