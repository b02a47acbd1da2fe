/** The shipped sensors fit their schema and the core's own table of them; each figure has its source in its file. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Climate, climateNumbers } from "@vedette/core/exercise/weather/climate";
import { modelOf } from "@vedette/core/sense/model";
import type { SensorTable } from "@vedette/core/sense/sensor-table";
import type { Sensors } from "@vedette/wire/sensors";
import type { Weather } from "@vedette/wire/weather";
import { InputError } from "../src/problem.ts";
import { readDataFile, yamlFilesIn } from "../src/scenario/data-file.ts";
import { readEvidenceSources } from "../src/scenario/evidence-sources.ts";
import { SHIPPED_ROOT } from "../src/scenario/paths.ts";

const FOLDER = join(SHIPPED_ROOT, "data", "sensors");

test("data/sensors: every file fits, every sensor has a model, and is declared by a source there is", async () => {
  const sources = await readEvidenceSources();
  const ids: string[] = [];
  for (const path of await yamlFilesIn(FOLDER)) {
    // What the schema lets in is what the core takes: a compile-time promise.
    const table: SensorTable = (await readDataFile<Sensors>("sensors", path)).value;
    for (const [id, sensor] of Object.entries(table.sensors)) {
      assert.equal(modelOf(id, sensor).id, id);
      assert.ok(sensor.declaredBy === undefined || sources.has(sensor.declaredBy), `${id}: ${sensor.declaredBy}`);
      ids.push(id);
    }
  }
  assert.equal(new Set(ids).size, ids.length, "ids are told apart over all files");
  assert.ok(ids.length >= 18);
});

test("data/worlds/ukraine-weather.yaml fits its schema and what the core draws weather from; it knows every month", async () => {
  const path = join(SHIPPED_ROOT, "data", "worlds", "ukraine-weather.yaml");
  const climate: Climate = (await readDataFile<Weather>("weather", path)).value;
  assert.equal(Object.keys(climateNumbers(climate).months).length, 12);
});

test("a sensor file at fault: one problem with its line for each wrong figure", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sensors-"));
  const path = join(folder, "sea.yaml");
  const text = await readFile(join(FOLDER, "sea.yaml"), "utf8");
  const wrong = text
    .replace("received01: { value: 0.8", "received01: { value: 1.8")
    .replace("bits: { value: 168, source: itu-m1371 }", "bits: { value: 168, source: nowhere }");
  await writeFile(path, wrong);
  await assert.rejects(readDataFile("sensors", path), (error) => {
    assert.ok(error instanceof InputError);
    const [problem] = error.problems;
    assert.equal(problem?.line, 1 + wrong.slice(0, wrong.indexOf("received01")).split("\n").length - 1);
    return true;
  });
  await writeFile(path, wrong.replace("1.8", "0.8"));
  await assert.rejects(readDataFile("sensors", path), (error) => {
    assert.ok(error instanceof InputError && error.problems.some(({ message }) => /nowhere/.test(message)));
    return true;
  });
  await rm(folder, { recursive: true });
});
