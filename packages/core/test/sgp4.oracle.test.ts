/** Vallado's verification set, from two-line elements through our own element sets, and straight through satellite.js. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as satellite from "satellite.js";
import { isRefusal } from "../src/orbit/refusal.ts";
import { sgp4Of } from "../src/orbit/sgp4.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { assertWithin, isCaught } from "./accuracy.ts";

/** Minutes since epoch, x, y, z km, vx, vy, vz km/s. */
type Row = readonly [number, number, number, number, number, number, number];

interface VerificationObject {
  readonly catalogueNumber: number;
  readonly line1: string;
  readonly line2: string;
  readonly states: readonly Row[];
  readonly error?: { readonly minutes: number; readonly sgp4Error: number };
}

const oracle: { readonly objects: readonly VerificationObject[] } = JSON.parse(
  readFileSync(new URL("../oracle/sgp4.vallado.json", import.meta.url), "utf8"),
);

/** The set's lines were edited by hand: some checksums, and the revolution number of one, are not what they were. */
function elementsOf({ line1, line2 }: VerificationObject) {
  const elements = parseTle({ line1, line2 }, { ignoreChecksum: true });
  if (isRefusal(elements)) throw new Error(`refused: ${elements.message}\n${line1}\n${line2}`);
  return elements;
}

type StateOf = (minutes: number) => readonly number[] | undefined;

function ours(object: VerificationObject, shiftMinutes = 0): StateOf {
  const model = sgp4Of(elementsOf(object));
  return (minutes) => {
    const state = model.stateAt(minutes + shiftMinutes);
    return "code" in state ? undefined : [...state.rKm, ...state.vKmps];
  };
}

function theirs({ line1, line2 }: VerificationObject): StateOf {
  const record = satellite.twoline2satrec(line1, line2);
  return (minutes) => {
    const state = satellite.sgp4(record, minutes);
    if (state === null) return undefined;
    const { position: r, velocity: v } = state;
    return [r.x, r.y, r.z, v.x, v.y, v.z];
  };
}

/** Largest difference of any component, position and velocity; infinite where a state is missing. */
function worst(object: VerificationObject, stateOf: StateOf): { readonly km: number; readonly kmps: number } {
  let [km, kmps] = [0, 0];
  for (const [minutes, ...expected] of object.states) {
    const state = stateOf(minutes);
    expected.forEach((value, i) => {
      const off = Math.abs((state?.[i] ?? Number.POSITIVE_INFINITY) - value);
      if (i < 3) km = Math.max(km, off);
      else kmps = Math.max(kmps, off);
    });
  }
  return { km, kmps };
}

test("the verification set is whole", () => {
  assert.equal(oracle.objects.length, 33);
  assert.equal(oracle.objects.flatMap(({ states }) => states).length, 666);
  assert.equal(oracle.objects.filter(({ error }) => error !== undefined).length, 7);
});

test("satellite.js straight from the lines gives Vallado's states", () => {
  for (const object of oracle.objects) {
    const { km } = worst(object, theirs(object));
    assert.ok(!isCaught("sgp4-position", km), `object ${object.catalogueNumber}: off by ${km} km`);
  }
});

test("our element sets give Vallado's positions", (t) => {
  const found = oracle.objects.map((object) => ({ object, ...worst(object, ours(object)) }));
  for (const { object, km } of found) {
    if (isCaught("sgp4-position", km)) t.diagnostic(`object ${object.catalogueNumber}: off by ${km} km`);
  }
  assertWithin("sgp4-position", Math.max(...found.map(({ km }) => km)));
});

test("our element sets give Vallado's velocities", () => {
  assertWithin("sgp4-velocity", Math.max(...oracle.objects.map((object) => worst(object, ours(object)).kmps)));
});

for (const object of oracle.objects) {
  const { error, catalogueNumber } = object;
  if (error === undefined) continue;
  test(`object ${catalogueNumber} fails as documented: error ${error.sgp4Error} at ${error.minutes} minutes`, () => {
    const state = sgp4Of(elementsOf(object)).stateAt(error.minutes);
    assert.deepEqual(state, { code: error.sgp4Error === 6 ? "decayed" : "element-error", sgp4Error: error.sgp4Error });
  });
}

test("states may be asked in any order, and again after a failure", () => {
  for (const object of oracle.objects) {
    const stateOf = ours(object);
    if (object.error !== undefined) stateOf(object.error.minutes);
    const { km } = worst({ ...object, states: object.states.toReversed() }, stateOf);
    assert.ok(!isCaught("sgp4-position", km), `object ${object.catalogueNumber}: off by ${km} km`);
  }
});

test("planted fault: a tenth of a millisecond late is caught in every object's positions, 10 ms in its velocities", () => {
  for (const object of oracle.objects.filter(({ states }) => states.length > 0)) {
    const lateBy = (ms: number) => worst(object, ours(object, ms / 60_000));
    assert.ok(isCaught("sgp4-position", lateBy(0.1).km), `object ${object.catalogueNumber}`);
    assert.ok(isCaught("sgp4-velocity", lateBy(10).kmps), `object ${object.catalogueNumber}: ${lateBy(10).kmps} km/s`);
  }
});
