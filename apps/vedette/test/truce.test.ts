/** The shipped truce is read; files with mistakes are refused with their line. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { CHANNELS, STRENGTH_UNITS } from "@vedette/core/exercise/truce/signature";
import { FIRE_KINDS } from "@vedette/core/exercise/truce/spec";
import { type TruceFile, truceOf } from "@vedette/core/exercise/truce/truce";
import { simulateTruce, type TruceWorld } from "@vedette/core/exercise/truce/world";
import { assumedFigures, scaleAssumed } from "@vedette/core/network/figures";
import { parse } from "yaml";
import { InputError } from "../src/problem.ts";
import { readTaxonomy } from "../src/scenario/taxonomy.ts";
import { readTruce, SHIPPED_TRUCE } from "../src/scenario/truce.ts";

const TEXT = readFileSync(SHIPPED_TRUCE, "utf8");

test("the shipped truce: what it names is there", async () => {
  const truce = await readTruce();
  const taxonomy = await readTaxonomy();
  const kinds = [...FIRE_KINDS, ...truce.larger.map(({ id }) => id)];
  assert.deepEqual(Object.keys(truce.signatures).sort(), [...kinds].sort(), "each kind leaves something");
  for (const kind of kinds) assert.ok(taxonomy.has(truce.taxonomy[kind] ?? ""), `${kind}: ${truce.taxonomy[kind]}`);
  assert.deepEqual(Object.keys(truce.regimes), ["durable", "fraying"]);
  assert.equal(truce.regimes["durable"]?.backAfterDays, undefined);
  assert.deepEqual(Object.keys(STRENGTH_UNITS), [...CHANNELS]);
  assert.equal(truce.fire.lineKm, 420);
  assert.equal(truce.fire.hotSpots.length, 4);
  assert.equal(truce.fire.cascade.offspring.length, 2);
});

const DAY_MS = 86_400_000;
const RUN = { seed: 4, regime: "fraying", span: { fromMs: -3 * DAY_MS, toMs: 10 * DAY_MS }, views: [] };

function bytesOf({ fire, obstruction, larger, claims }: TruceWorld): string {
  const columns = [fire.events, obstruction, larger, claims].flatMap((table) => Object.entries(table));
  const hash = createHash("sha256");
  for (const [name, values] of columns) hash.update(name).update(new Uint8Array(values.buffer as ArrayBuffer));
  return hash.digest("hex");
}

test("a whole truce on the long line: the same seed, the same bytes; foresight moves larger breaches and their claims, nothing else", async () => {
  const truce = await readTruce();
  const [a, b] = [simulateTruce(truce, RUN), simulateTruce(truce, RUN)];
  assert.equal(bytesOf(a), bytesOf(b));
  assert.notEqual(bytesOf(a), bytesOf(simulateTruce(truce, { ...RUN, seed: 5 })));
  assert.equal(a.spec.lineKm, 1200);
  const foresight = () => [{ fromMs: 5 * DAY_MS, toMs: 6 * DAY_MS }];
  const timed = simulateTruce(truce, { ...RUN, foresight });
  assert.equal(bytesOf({ ...timed, larger: a.larger, claims: a.claims }), bytesOf(a));
  assert.equal(timed.larger.tMs.length, a.larger.tMs.length);
  const ofFire = ({ claims }: TruceWorld) => Array.from(claims.kind).filter((kind) => kind < FIRE_KINDS.length).length;
  assert.equal(ofFire(timed), ofFire(a));
  assert.throws(() => simulateTruce(truce, { ...RUN, regime: "broken" }), /no regime broken; durable, fraying/);
});

test("every assumed figure varied by half either way still makes a truce", () => {
  const file = parse(TEXT) as TruceFile;
  const names = new Set(assumedFigures(file).map(({ name }) => name));
  assert.ok(names.size > 40, `${names.size} names`);
  const run = { seed: 1, regime: "durable", span: { fromMs: 0, toMs: DAY_MS }, views: [{ atKm: 60, reachKm: 3 }] };
  for (const name of names) {
    for (const factor of [0.5, 1.5]) {
      const { fire } = simulateTruce(truceOf(scaleAssumed(file, name, factor)), run);
      assert.ok(fire.events.sKm.every(Number.isFinite) && fire.events.tMs.every(Number.isFinite), `${name} ${factor}`);
    }
  }
});

const spoilt: readonly { readonly name: string; readonly from: RegExp; readonly to: string; readonly says: RegExp }[] =
  [
    {
      name: "a hot spot off the line",
      from: /atKm: \{ value: 340/,
      to: "atKm: { value: 440",
      says: /on the line of 420 km, found 440/,
    },
    { name: "a camera off the line", from: /375, 400\]/, to: "375, 500]", says: /found 500 km/ },
    {
      name: "fire without end",
      from: /mean: \{ value: 0\.82/,
      to: "mean: { value: 0.92",
      says: /less than 1, found 1\.02/,
    },
    {
      name: "shares",
      from: /(burst: \{ value: )[0-9.]+(, assumed: "fitted to shareBurst)/,
      to: "$1" + "0.9$2",
      says: /add up to 1/,
    },
    { name: "an area", from: /areas: \[lane\]/, to: "areas: [lake]", says: /no area .*lake.*lane/ },
    {
      name: "hours backwards",
      from: /fromHour: \{ value: 8/,
      to: "fromHour: { value: 18",
      says: /more than fromHour, which is 18, found 16/,
    },
    { name: "an interval that misses its figure", from: /low: 590/, to: "low: 640", says: /holds the figure 623/ },
    { name: "a source that is not there", from: /source: hug-2018/, to: "source: hug-2019", says: /hug-2018/ },
    {
      name: "a figure without a reason",
      from: /fallDays: \{ value: 0.15, assumed: "as durable" \}/,
      to: "fallDays: { value: 0.15 }",
      says: /assumed|source/,
    },
    { name: "a key misspelt", from: /knownViewKm/, to: "knowViewKm", says: /knownViewKm/ },
  ];

for (const { name, from, to, says } of spoilt) {
  test(`refused, with its line: ${name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "vedette-truce-"));
    try {
      const path = join(folder, "spoilt.yaml");
      const text = TEXT.replace(from, to);
      assert.notEqual(text, TEXT, "nothing was spoilt");
      writeFileSync(path, text);
      await assert.rejects(readTruce(path), (error) => {
        assert.ok(error instanceof InputError);
        const words = error.problems.map(({ line, message }) => `${line}: ${message}`).join("\n");
        assert.match(words, says);
        assert.ok(
          error.problems.every(({ line }) => (line ?? 0) > 0),
          words,
        );
        return true;
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
