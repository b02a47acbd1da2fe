/** The tables of sensors and sources: whole, consistent with the taxonomy, and every fault told at its place. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { InputError, textOf } from "../src/problem.ts";
import { readEvidenceSources, SHIPPED_SOURCES } from "../src/scenario/evidence-sources.ts";
import { readAreas } from "../src/scenario/named-areas.ts";
import { readTaxonomy } from "../src/scenario/taxonomy.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-sources-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const sources = await readEvidenceSources();
const PATROL = readFileSync(join(SHIPPED_SOURCES, "patrol.yaml"), "utf8");

/** What is wrong with a folder that holds these files. */
async function faultsOf(...texts: readonly string[]): Promise<string[]> {
  const own = mkdtempSync(join(folder, "own-"));
  for (const [i, text] of texts.entries()) writeFileSync(join(own, `${i}.yaml`), text);
  try {
    await readEvidenceSources([own]);
    return [];
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.problems.map(textOf);
  }
}

test("every kind that a table speaks of is a kind of the taxonomy", async () => {
  const taxonomy = await readTaxonomy();
  assert.ok(sources.size >= 9);
  for (const { id, detects } of sources.values()) {
    for (const kind of Object.keys(detects)) assert.ok(taxonomy.has(kind), `${id}: ${kind}`);
  }
});

test("the parties are held to the same figures", () => {
  const [a, b] = ["party-a", "party-b"].map((id) =>
    JSON.stringify(sources.get(id)).replaceAll(/party-[ab]|[Pp]arty [AB]/g, "party"),
  );
  assert.equal(a, b);
});

test("a coarser instrument sees less, and raises fewer false alarms, than a finer one", () => {
  const [viirs, modis] = [sources.get("firms-viirs"), sources.get("firms-modis")];
  for (const [kind, { probability01 }] of Object.entries(modis?.detects ?? {})) {
    assert.ok(probability01.value < (viirs?.detects[kind]?.probability01.value ?? 0), kind);
  }
});

test("counts of the archive give the rates that the tables name", () => {
  // 614,161 anomalies in the six years 2012, 2016, 2018, 2019, 2020, 2021 over 603,700 km2; in 2021 10,796 of 57,595 by MODIS.
  const days = 3 * 366 + 3 * 365;
  const all = 614_161 / days / 603.7;
  const share = 10_796 / 57_595;
  const rate = (id: string): number => {
    const alarms = sources.get(id)?.falseAlarms;
    return alarms !== undefined && "per1000Km2Day" in alarms ? alarms.per1000Km2Day.value : Number.NaN;
  };
  assert.ok(Math.abs(rate("firms-undated") - all) < 0.002, String(all));
  assert.ok(Math.abs(rate("firms-modis") - all * share) < 0.002);
  assert.ok(Math.abs(rate("firms-viirs") - all * (1 - share)) < 0.005);
});

test("planted: a figure without source or reason, a chance above 1, a source that is not listed, a kind misspelt", async () => {
  const first = 'fire-small-arms: { probability01: { value: 0.6, assumed: "audible for 2 to 3 km" }';
  assert.deepEqual(await faultsOf(PATROL), []);
  const [bare] = await faultsOf(PATROL.replace(first, "fire-small-arms: { probability01: { value: 0.6 }"));
  assert.match(bare ?? "", /0\.yaml:\d+:\d+: detects\.fire-small-arms\.probability01: needs `source` or `assumed`/);
  const [sure] = await faultsOf(PATROL.replace("value: 0.6,", "value: 1.6,"));
  assert.match(
    sure ?? "",
    /detects\.fire-small-arms\.probability01\.value: expected a number from 0 to 1.*, found 1\.6/,
  );
  const [unlisted] = await faultsOf(PATROL.replace('assumed: "audible for 2 to 3 km"', "source: somewhere"));
  assert.match(unlisted ?? "", /no source "somewhere" in `sources`/);
  const [misspelt] = await faultsOf(PATROL.replace("reliability: A", "reliablity: A"));
  assert.match(misspelt ?? "", /grade\.reliablity: unknown key "reliablity"; did you mean `reliability`\?/);
});

test("planted: two tables with one id, a file of another kind; a later folder's table stands for ours", async () => {
  const [twice] = await faultsOf(PATROL, PATROL);
  assert.match(twice ?? "", /1\.yaml:\d+:\d+: id: the source patrol is described in .*0\.yaml already/);
  const [other] = await faultsOf(PATROL.replace("kind: evidence-source", "kind: world"));
  assert.match(other ?? "", /expected a file of kind evidence-source, found world/);
  const own = join(folder, "mine");
  mkdirSync(own);
  writeFileSync(join(own, "patrol.yaml"), PATROL.replace("reliability: A", "reliability: B"));
  const mine = await readEvidenceSources([SHIPPED_SOURCES, own]);
  assert.equal(mine.get("patrol")?.grade.reliability, "B");
  assert.equal(mine.size, sources.size);
});

test("areas: oblasts as their discs, by any of their names; the user's own come first", async () => {
  const areas = await readAreas();
  const kharkiv = areas.find(["kharkivska OBLAST"]);
  // Kharkiv oblast has 31,415 km2 (State Statistics Service of Ukraine): a disk of 100 km. Its 95 % radius is larger: it is no disk.
  assert.ok(kharkiv !== undefined && kharkiv.radiusKm > 97 && kharkiv.radiusKm < 170, String(kharkiv?.radiusKm));
  assert.equal(areas.find(["Харківська область"]), kharkiv);
  assert.equal(areas.find(["", "Utopia"]), undefined);
  const own = join(folder, "areas.yaml");
  const entry = "{ name: Kharkivska oblast, level: area, latitudeDeg: 1, longitudeDeg: 2, radiusKm: 3 }";
  writeFileSync(own, `kind: areas\nabout: { title: Mine }\nareas:\n  mine: ${entry}\n`);
  assert.equal((await readAreas([own])).find(["Kharkivska oblast"])?.radiusKm, 3);
});
