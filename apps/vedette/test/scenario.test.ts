/** Scenarios from disk: what loads, and every fault with its place, as a person reads it. */
import assert from "node:assert/strict";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type TestContext, test } from "node:test";
import { InputError, type Problem, UsageError } from "../src/problem.ts";
import { inspectScenario, loadScenario } from "../src/scenario/load.ts";
import { shippedScenarios } from "../src/scenario/paths.ts";
import { ELEMENTS, NETWORK, placeIn, REQUESTS, SCENARIO, writeScenario, ZONES } from "./scenario-fixture.ts";

type Files = Readonly<Record<string, string | Buffer>>;

async function problemsOf(t: TestContext, files: Files, reference = "scenario.yaml"): Promise<readonly Problem[]> {
  const folder = writeScenario(t, files);
  const { problems, loaded } = await inspectScenario(join(folder, reference));
  assert.equal(loaded === undefined, problems.length > 0, "loaded and problems exclude each other");
  return problems.map((problem) => ({ ...problem, file: relative(folder, problem.file) }));
}

test("loads a scenario: documents, elements by number, files and digests", async (t) => {
  const folder = writeScenario(t);
  const loaded = await loadScenario(folder);
  assert.equal(loaded.scenario.title, "A small scenario");
  assert.equal(loaded.network.missions["eye"]?.memoryGbit.value, 500);
  assert.deepEqual([...loaded.elements.keys()], [25544]);
  assert.deepEqual(Object.keys(loaded.sources), ["leaflet"]);
  assert.deepEqual(loaded.files.map(({ path }) => path).sort(), [
    "elements.tle",
    "network.yaml",
    "requests.yaml",
    "scenario.yaml",
    "zones.yaml",
  ]);
  // sha256sum of the same bytes, by the system's own tool: printf 'kind: ...' | sha256sum
  assert.match(loaded.inputSha256, /^[0-9a-f]{64}$/);
  assert.deepEqual(loaded.warnings, []);
});

test("overrides replace start and days, and senseless ones are the call's fault", async (t) => {
  const folder = writeScenario(t);
  const { scenario } = await loadScenario(folder, { start: "2026-06-16T12:00:00Z", days: 0.5 });
  assert.equal(scenario.start, "2026-06-16T12:00:00Z");
  assert.equal(scenario.days, 0.5);
  for (const bad of [
    { days: 0 },
    { days: Number.NaN },
    { days: 400 },
    { start: "tomorrow" },
    { start: "2026-02-30T00:00:00Z" },
  ]) {
    await assert.rejects(loadScenario(folder, bad), UsageError, JSON.stringify(bad));
  }
});

test("the digest heeds meaning, not writing: key order, comments, style and file names leave it alone", async (t) => {
  const base = await loadScenario(writeScenario(t));
  const reordered = ZONES.replace(
    "    name: A line\n    bufferKm: 10\n",
    "    bufferKm: 10.0 # either side\n    name: 'A line'\n",
  );
  const same = await loadScenario(
    writeScenario(t, {
      "zones.yaml": reordered,
      "other.yaml": NETWORK,
      "scenario.yaml": SCENARIO.replace("network.yaml", "other.yaml"),
    }),
  );
  assert.equal(same.inputSha256, base.inputSha256);
  const changes: Files[] = [
    { "zones.yaml": ZONES.replace("bufferKm: 10", "bufferKm: 11") },
    { "network.yaml": NETWORK.replace("value: 500", "value: 501") },
    { "requests.yaml": REQUESTS.replace("revisitH: 24", "revisitH: 23") },
    { "elements.tle": "", "scenario.yaml": SCENARIO.replace("[elements.tle]", "[]") },
    { "scenario.yaml": SCENARIO.replace("days: 2", "days: 3") },
  ];
  for (const change of changes) {
    const other = await loadScenario(writeScenario(t, change));
    assert.notEqual(other.inputSha256, base.inputSha256, JSON.stringify(change).slice(0, 80));
  }
});

const VARIANT = `extends: scenario.yaml
title: A variant
patch:
  network:
    missions:
      eye: { memoryGbit: { value: 250 } }
    stations: { south: { name: South, nation: FRA, operator: An operator, latitudeDeg: -46, longitudeDeg: 51,
      heightM: { value: 5, assumed: guess }, maskDeg: { value: 5, assumed: guess }, antennas: { value: 1, assumed: guess } } }
`;

test("a variant extends and patches; a patch of a patch comes last, and null reaches through", async (t) => {
  const second =
    "extends: variant.yaml\npatch:\n  network:\n    stations: { south: null }\n    missions: { eye: { note: third } }\n";
  const folder = writeScenario(t, { "variant.yaml": VARIANT, "second.yaml": second });
  const variant = await loadScenario(join(folder, "variant.yaml"));
  assert.equal(variant.scenario.title, "A variant");
  assert.equal(variant.network.missions["eye"]?.memoryGbit.value, 250);
  assert.deepEqual(Object.keys(variant.network.stations), ["north", "south"]);
  const last = await loadScenario(join(folder, "second.yaml"));
  assert.deepEqual(Object.keys(last.network.stations), ["north"]);
  assert.equal(last.network.missions["eye"]?.memoryGbit.value, 250);
  assert.equal(last.network.missions["eye"]?.note, "third");
  assert.equal("patch" in last.scenario || "extends" in last.scenario, false);
});

test("a fault in a patched value points at the line of the patch that set it", async (t) => {
  const bad = VARIANT.replace("value: 250", "value: -1");
  const found = await problemsOf(t, { "variant.yaml": bad }, "variant.yaml");
  const path = "patch.network.missions.eye.memoryGbit.value";
  assert.deepEqual(found, [
    { file: "variant.yaml", ...placeIn(bad, "-1"), path, message: "expected a number above 0, found -1" },
  ]);
});

test("a patch from source to assumed says how to remove the other", async (t) => {
  const patch =
    "extends: scenario.yaml\npatch: { network: { missions: { eye: { downlinkMbps: { value: 9, assumed: worse } } } } }\n";
  const [problem, ...others] = await problemsOf(t, { "variant.yaml": patch }, "variant.yaml");
  assert.deepEqual(others, []);
  assert.match(problem?.message ?? "", /has `source` and `assumed`, .*null removes/);
});

test("a null that removes nothing is a warning that names the nearest key", async (t) => {
  const patch = "extends: scenario.yaml\npatch:\n  network:\n    stations:\n      nort: null\n";
  const folder = writeScenario(t, { "variant.yaml": patch });
  const { warnings, loaded } = await inspectScenario(join(folder, "variant.yaml"));
  assert.ok(loaded);
  assert.deepEqual(warnings, [
    {
      file: join(folder, "variant.yaml"),
      line: 5,
      column: 7,
      path: "patch.network",
      message: 'removes "nort", which is not there; did you mean `north`?',
    },
  ]);
});

test("circles and long chains of extends end in a problem", async (t) => {
  const circle = { "a.yaml": "extends: b.yaml\n", "b.yaml": "extends: a.yaml\n" };
  const [found] = await problemsOf(t, circle, "a.yaml");
  assert.deepEqual(found, {
    file: "b.yaml",
    line: 1,
    column: 10,
    path: "extends",
    message: '"a.yaml" extends this file in turn: a circle',
  });
  const [self] = await problemsOf(t, { "a.yaml": "extends: a.yaml\n" }, "a.yaml");
  assert.match(self?.message ?? "", /circle/);
  const chain = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`v${i}.yaml`, `extends: v${i + 1}.yaml\n`]));
  const [deep] = await problemsOf(t, { ...chain, "v9.yaml": SCENARIO }, "v0.yaml");
  assert.match(deep?.message ?? "", /more than 8 files/);
});

/** One fault, planted by one replacement; where it is found, and what is said. */
interface Fault {
  readonly name: string;
  readonly file: "scenario.yaml" | "network.yaml" | "zones.yaml" | "requests.yaml";
  readonly from: string;
  readonly to: string;
  /** Text at which the place is expected to be. */
  readonly at: string;
  readonly path: string;
  readonly message: RegExp;
}

const TEXTS = { "scenario.yaml": SCENARIO, "network.yaml": NETWORK, "zones.yaml": ZONES, "requests.yaml": REQUESTS };

const FAULTS: readonly Fault[] = [
  {
    name: "misspelt key",
    file: "network.yaml",
    from: "dutyS:",
    to: "dutiS:",
    at: "dutiS",
    path: "sensors.camera.dutiS",
    message: /unknown key "dutiS"; did you mean `dutyS`\?/,
  },
  {
    name: "text for a number",
    file: "network.yaml",
    from: "value: 20",
    to: 'value: "20"',
    at: '"20"',
    path: "sensors.camera.swathKm.value",
    message: /expected a number.* above 0 and at most 5000.*, found "20"; write the number without quotes/,
  },
  {
    name: "out of range",
    file: "network.yaml",
    from: "latitudeDeg: 70",
    to: "latitudeDeg: 170",
    at: "170",
    path: "stations.north.latitudeDeg",
    message: /expected a number from -90 to 90 .*, found 170/,
  },
  {
    name: "unknown word",
    file: "network.yaml",
    from: "kind: optical",
    to: "kind: opticle",
    at: "opticle",
    path: "sensors.camera.kind",
    message: /expected "optical", "radar", "thermal" or "rf", found "opticle"; did you mean `optical`\?/,
  },
  {
    name: "figure without origin",
    file: "network.yaml",
    from: "{ value: 20, source: leaflet }",
    to: "{ value: 20 }",
    at: "swathKm",
    path: "sensors.camera.swathKm",
    message: /needs `source` or `assumed`: expected km across track/,
  },
  {
    name: "bare figure",
    file: "network.yaml",
    from: "{ value: 20, source: leaflet }",
    to: "20",
    at: "20\n",
    path: "sensors.camera.swathKm",
    message: /expected a map \(km across track.*`source`.*`assumed`.*, found 20/,
  },
  {
    name: "figure with both origins",
    file: "network.yaml",
    from: "{ value: 20, source: leaflet }",
    to: "{ value: 20, source: leaflet, assumed: usual }",
    at: "swathKm",
    path: "sensors.camera.swathKm",
    message: /has `source` and `assumed`, which exclude each other/,
  },
  {
    name: "missing key",
    file: "network.yaml",
    from: "    downlinkMbps: { value: 300, source: leaflet }\n",
    to: "",
    at: "eye:",
    path: "missions.eye",
    message: /`downlinkMbps` is missing: expected a map \(Mbit\/s to the ground/,
  },
  {
    name: "badly formed id",
    file: "network.yaml",
    from: "      eye-1:",
    to: "      Eye 1:",
    at: "Eye 1:",
    path: "missions.eye.satellites.Eye 1",
    message: /the key "Eye 1" is not allowed: expected lower-case id/,
  },
  {
    name: "unknown sensor",
    file: "network.yaml",
    from: "sensors: [camera]",
    to: "sensors: [camra]",
    at: "camra",
    path: "missions.eye.sensors[0]",
    message: /no sensor "camra" in `sensors`; did you mean `camera`\?/,
  },
  {
    name: "unknown station",
    file: "network.yaml",
    from: "[north]",
    to: "[north, constructor]",
    at: "constructor",
    path: "missions.eye.stations[1]",
    message: /no station "constructor" in `stations`; there is `north`/,
  },
  {
    name: "unknown processing",
    file: "network.yaml",
    from: "processing: centre\n",
    to: "processing: center\n",
    at: "center",
    path: "missions.eye.processing",
    message: /no processing centre "center".*did you mean `centre`/,
  },
  {
    name: "unknown relay",
    file: "network.yaml",
    from: "    processing: centre\n",
    to: "    relays: [edrs]\n    processing: centre\n",
    at: "edrs",
    path: "missions.eye.relays[0]",
    message: /no relay "edrs" in `relays`; there is none/,
  },
  {
    name: "undeclared nation",
    file: "network.yaml",
    from: "nation: USA",
    to: "nation: NOR",
    at: "NOR",
    path: "stations.north.nation",
    message: /no nation "NOR" in `nations`/,
  },
  {
    name: "unknown source",
    file: "network.yaml",
    from: "{ value: 20, source: leaflet }",
    to: "{ value: 20, source: leaflett }",
    at: "leaflett",
    path: "sensors.camera.swathKm.source",
    message: /no source "leaflett" in `sources`; did you mean `leaflet`\?/,
  },
  {
    name: "empty band",
    file: "network.yaml",
    from: "maxDeg: { value: 30",
    to: "maxDeg: { value: 0",
    at: "0, source: leaflet }\n    side",
    path: "sensors.camera.band.maxDeg.value",
    message: /expected more than minDeg, which is 0 degrees, found 0/,
  },
  {
    name: "no satellites",
    file: "network.yaml",
    from: "    satellites:\n      eye-1: { name: Eye 1, catalogueNumber: 25544 }\n",
    to: "",
    at: "eye:",
    path: "missions.eye",
    message: /has no satellites/,
  },
  {
    name: "taken catalogue number",
    file: "network.yaml",
    from: "25544 }\n",
    to: "25544 }\n      eye-2: { name: Eye 2, catalogueNumber: 25544 }\n",
    at: "25544 }\nstations",
    path: "missions.eye.satellites.eye-2.catalogueNumber",
    message: /25544 is taken by missions\.eye\.satellites\.eye-1/,
  },
  {
    name: "unknown zone",
    file: "requests.yaml",
    from: "zone: line",
    to: "zone: lime",
    at: "lime",
    path: "requests.daily.zone",
    message: /no zone "lime" in `zones`; did you mean `line`\?/,
  },
  {
    name: "request of nobody",
    file: "requests.yaml",
    from: "nation: FRA",
    to: "nation: DEU",
    at: "DEU",
    path: "requests.daily.nation",
    message: /no nation "DEU"/,
  },
  {
    name: "a kind twice",
    file: "requests.yaml",
    from: "[optical]",
    to: "[optical, rf, optical]",
    at: "optical],",
    path: "requests.daily.kinds[2]",
    message: /"optical" stands twice/,
  },
  {
    name: "line without buffer",
    file: "zones.yaml",
    from: "    bufferKm: 10\n",
    to: "",
    at: "line:\n    name",
    path: "zones.line",
    message: /`bufferKm` is missing/,
  },
  {
    name: "zone without a shape",
    file: "zones.yaml",
    from: ZONES.slice(ZONES.indexOf("    bufferKm")),
    to: "",
    at: "line:\n    name",
    path: "zones.line",
    message: /needs `line` with `bufferKm`, `polygon` or `points` with `radiusKm`/,
  },
  {
    name: "zone of two shapes",
    file: "zones.yaml",
    from: "    bufferKm: 10\n",
    to: "    bufferKm: 10\n    radiusKm: 5\n",
    at: "line:\n    name",
    path: "zones.line",
    message: /has `line` and `bufferKm` and `radiusKm`, which exclude each other/,
  },
  {
    name: "line without length",
    file: "zones.yaml",
    from: "{ latitudeDeg: 48.5, longitudeDeg: 37.5 }",
    to: "{ latitudeDeg: 48, longitudeDeg: 37 }",
    at: "- { latitudeDeg",
    path: "zones.line.line",
    message: /expected a line with a length/,
  },
  {
    name: "line of one vertex",
    file: "zones.yaml",
    from: "      - { latitudeDeg: 48.5, longitudeDeg: 37.5 }\n",
    to: "",
    at: "- { latitudeDeg",
    path: "zones.line.line",
    message: /expected a list of at least 2 .*, found a list of 1/,
  },
  {
    name: "local time",
    file: "scenario.yaml",
    from: "2026-06-15T00:00:00Z",
    to: "2026-06-15T00:00:00",
    at: "2026-",
    path: "start",
    message: /expected text \(UTC, ISO 8601, ends in Z.*found "2026-06-15T00:00:00"/,
  },
  {
    name: "no such day",
    file: "scenario.yaml",
    from: "2026-06-15T",
    to: "2026-02-30T",
    at: "2026-",
    path: "start",
    message: /expected a date and time that exist/,
  },
  {
    name: "far future",
    file: "scenario.yaml",
    from: "2026-06-15T",
    to: "2226-06-15T",
    at: "2226-",
    path: "start",
    message: /expected a year from 1957 to 2099, found 2226/,
  },
  {
    name: "no days",
    file: "scenario.yaml",
    from: "days: 2",
    to: "days: 0",
    at: "0\nh3",
    path: "days",
    message: /above 0 and at most 366, found 0/,
  },
  {
    name: "unknown nation without",
    file: "scenario.yaml",
    from: "days: 2",
    to: "days: 2\nwithout: [FRA, GBR]",
    at: "GBR",
    path: "without[1]",
    message: /no nation "GBR" in `nations`/,
  },
  {
    name: "missing file",
    file: "scenario.yaml",
    from: "zones.yaml",
    to: "zone.yaml",
    at: "zone.yaml",
    path: "zones",
    message: /"zone\.yaml" is not there/,
  },
  {
    name: "wrong kind of file",
    file: "scenario.yaml",
    from: "zones: zones.yaml",
    to: "zones: network.yaml",
    at: "",
    path: "kind",
    message: /expected a zones file, found a network file/,
  },
  {
    name: "duplicate key",
    file: "network.yaml",
    from: "    settleS:",
    to: "    dutyS: 1\n    settleS:",
    at: "dutyS: 1",
    path: "",
    message: /the key `dutyS` stands twice in this map: first on line \d+/,
  },
  {
    name: "tab",
    file: "zones.yaml",
    from: "    name:",
    to: "\tname:",
    at: "\tname",
    path: "",
    message: /a tab as indentation; expected spaces/,
  },
  {
    name: "colon in text",
    file: "zones.yaml",
    from: "name: A line",
    to: "name: A line: long",
    at: "A line",
    path: "",
    message: /a text with a colon needs quotes/,
  },
];

for (const { name, file, from, to, at, path, message } of FAULTS) {
  test(`fault: ${name}`, async (t) => {
    const text = TEXTS[file].replace(from, to);
    assert.notEqual(text, TEXTS[file], "the fault was planted");
    const [found, ...others] = await problemsOf(t, { [file]: text });
    assert.deepEqual(others, [], "one fault, one problem");
    assert.match(found?.message ?? "", message);
    assert.equal(found?.path ?? "", path);
    if (at === "") return;
    assert.deepEqual({ file: found?.file, line: found?.line, column: found?.column }, { file, ...placeIn(text, at) });
  });
}

const WALKER = `walker:
      { satellites: 12, planes: 3, phasing: 1, pattern: delta, altitudeKm: { value: 550, assumed: plan }, inclinationDeg: { value: 53, assumed: plan } }
`;
const PLANNED = NETWORK.replace(/satellites:\n {6}eye-1.*\n/, WALKER);
const WALKER_FAULTS: readonly (readonly [string, string, RegExp])[] = [
  ["planes: 3", "planes: 5", /expected a divisor of 12 satellites, found 5 planes/],
  ["phasing: 1", "phasing: 3", /expected 0 to 2 \(planes less one\), found 3/],
  [", inclinationDeg: { value: 53, assumed: plan }", "", /needs `inclinationDeg` or `sunSynchronous`/],
  [
    "inclinationDeg:",
    "sunSynchronous: { ltanH: { value: 10, assumed: plan } }, inclinationDeg:",
    /has `inclinationDeg` and `sunSynchronous`/,
  ],
  [
    "value: 550, assumed: plan }, inclinationDeg: { value: 53, assumed: plan }",
    "value: 6000, assumed: plan }, sunSynchronous: { ltanH: { value: 10, assumed: plan } }",
    /at most 5974 km for a sun-synchronous orbit, found 6000/,
  ],
  ["walker:", "satellites: { one: { name: One, catalogueNumber: 5 } }\n    walker:", /has `satellites` and `walker`/],
];

test("Walker patterns: a sound one loads, each unsound one is refused", async (t) => {
  assert.deepEqual(await problemsOf(t, { "network.yaml": PLANNED }), []);
  for (const [from, to, message] of WALKER_FAULTS) {
    const text = PLANNED.replace(from, to);
    assert.notEqual(text, PLANNED, from);
    const found = await problemsOf(t, { "network.yaml": text });
    assert.equal(found.length, 1, `${from} -> ${to}: ${JSON.stringify(found)}`);
    assert.match(found[0]?.message ?? "", message);
  }
});

test("every problem is told at once, in all files", async (t) => {
  const found = await problemsOf(t, {
    "scenario.yaml": SCENARIO.replace("days: 2", "days: -1").replace("h3Resolution: 6", "h3Resolution: 60"),
    "network.yaml": NETWORK.replace("[camera]", "[radar]")
      .replace("value: 20", "value: 0")
      .replace("nation: USA", "nation: GBR"),
    "zones.yaml": ZONES.replace("bufferKm: 10", "bufferKm: 1000"),
    "requests.yaml": REQUESTS.replace("zone: line", "zone: coast"),
    "elements.tle": ELEMENTS.replace("51.6416", "51.6417"),
  });
  const files = found.map(({ file }) => file).sort();
  assert.deepEqual(files, [
    "elements.tle",
    ...[
      "network.yaml",
      "network.yaml",
      "network.yaml",
      "requests.yaml",
      "scenario.yaml",
      "scenario.yaml",
      "zones.yaml",
    ],
  ]);
  for (const { line, column, message } of found)
    assert.ok((line ?? 0) >= 1 && (column ?? 1) >= 1 && message.length > 10);
});

test("satellites without elements, or with old ones, are warnings: they become unknown", async (t) => {
  const none = writeScenario(t, { "scenario.yaml": SCENARIO.replace("[elements.tle]", "[]") });
  const { warnings } = await loadScenario(none);
  assert.match(
    warnings[0]?.message ?? "",
    /1 satellite without elements in any catalogue, so unknown: Eye 1 \(25544\)/,
  );
  assert.deepEqual({ line: warnings[0]?.line, column: warnings[0]?.column }, placeIn(NETWORK, "eye-1:"));
  const old = await loadScenario(writeScenario(t), { start: "2026-07-15T00:00:00Z" });
  assert.match(old.warnings[0]?.message ?? "", /elements over 14 days from the start/);
  const rebased = writeScenario(t, { "scenario.yaml": `${SCENARIO}rebaseEpochs: true\n` });
  assert.deepEqual((await loadScenario(rebased, { start: "2026-07-15T00:00:00Z" })).warnings, []);
});

test("of two element sets the one nearest to the start is taken", async (t) => {
  const later = ELEMENTS.replace("26165.51782528", "26175.51782528").replace(
    /(\d)\n/,
    (_, digit) => `${(Number(digit) + 1) % 10}\n`,
  );
  const folder = writeScenario(t, { "elements.tle": ELEMENTS + later });
  const day = (at: number | undefined) => new Date(at ?? 0).toISOString().slice(0, 10);
  assert.equal(day((await loadScenario(folder)).elements.get(25544)?.epochUtcMs), "2026-06-14");
  const moved = await loadScenario(folder, { start: "2026-06-23T00:00:00Z" });
  assert.equal(day(moved.elements.get(25544)?.epochUtcMs), "2026-06-24");
});

test("cloud grids must have the rows and columns that they state, and one origin", async (t) => {
  const world = (rows: string, origin: string) =>
    `kind: world\nabout: { title: Some cloud }\ncloud: { south: 44, west: 30, stepDeg: 2, rows: 2, columns: 3, ${origin}\n  cloudProbability01: { "06": ${rows} } }\n`;
  const load = (rows: string, origin = "assumed: guess,") =>
    problemsOf(t, { "world.yaml": world(rows, origin), "scenario.yaml": `${SCENARIO}world: world.yaml\n` });
  assert.deepEqual(await load("[[0.1, 0.2, null], [0.1, 0.2, 0.3]]"), []);
  assert.match((await load("[[0.1, 0.2, 0.3]]"))[0]?.message ?? "", /expected 2 rows, found 1/);
  assert.match((await load("[[0.1, 0.2, 0.3], [0.1]]"))[0]?.message ?? "", /expected 3 columns, found 1/);
  assert.match((await load("[[0.1, 0.2, 0.3], [0.1, 0.2, 1.3]]"))[0]?.message ?? "", /from 0 to 1 or null, found 1.3/);
  assert.match((await load("[[0.1, 0.2, 0.3], [0.1, 0.2, 0.3]]", ""))[0]?.message ?? "", /needs `source` or `assumed`/);
});

test("what every page carries is one line, and no character disguises it", async (t) => {
  for (const text of [String.raw`"Two\r\nlines"`, String.raw`"Turned \u202e round"`, '"Bell \\a"']) {
    const found = await problemsOf(t, { "scenario.yaml": `${SCENARIO}marking: ${text}\n` });
    assert.deepEqual(
      found.map(({ line, message }) => [line, message]),
      [[10, "expected one line, without control characters"]],
      text,
    );
  }
  assert.deepEqual(await problemsOf(t, { "scenario.yaml": `${SCENARIO}marking: Лише власник — “α”\n` }), []);
});

test("zones far too large for their cells are refused before a cell is laid out", async (t) => {
  const corners = [-60, 60].flatMap((latitudeDeg) => [
    { latitudeDeg, longitudeDeg: latitudeDeg < 0 ? -170 : 0 },
    { latitudeDeg, longitudeDeg: latitudeDeg < 0 ? 0 : -170 },
  ]);
  const zones = {
    kind: "zones",
    about: { title: "A third of the globe" },
    zones: { line: { name: "All", polygon: [corners] } },
  };
  const scenario = SCENARIO.replace("h3Resolution: 6", "h3Resolution: 9");
  const [problem, ...others] = await problemsOf(t, { "scenario.yaml": scenario, "zones.yaml": JSON.stringify(zones) });
  assert.deepEqual(others, []);
  assert.deepEqual([problem?.file, problem?.line], ["scenario.yaml", 5]);
  // A zone of 170 degrees between 60 S and 60 N is 2 pi R^2 sin 60 * 170/180 = 208.6 million km2; a cell is 0.105 km2.
  const [, cells = "0"] = /^about (\d+) cells: expected at most 2000000/.exec(problem?.message ?? "") ?? [];
  assert.ok(Math.abs(Number(cells) / (208.6e6 / 0.105) - 1) < 0.2, problem?.message);
});

test("one id means one source in all files", async (t) => {
  const zones = `${ZONES}sources: { leaflet: { title: Another leaflet } }\n`;
  const [found] = await problemsOf(t, { "zones.yaml": zones });
  assert.match(found?.message ?? "", /the source "leaflet" says something else in .*network\.yaml, line 4/);
});

test("boundaries: lines and rings with their note and source; nonsense is refused", async (t) => {
  const ring = [
    [30, 45],
    [31, 45],
    [31, 46],
    [30, 45],
  ];
  const geometry = { type: "Polygon", coordinates: [ring] };
  const feature = { type: "Feature", properties: { name: "Here", note: "as drawn", source: "us" }, geometry };
  const scenario = `${SCENARIO}boundaries: b.geojson\n`;
  const load = (content: string) => problemsOf(t, { "b.geojson": content, "scenario.yaml": scenario });
  const folder = writeScenario(t, { "b.geojson": JSON.stringify(feature), "scenario.yaml": scenario });
  const { boundaries } = await loadScenario(folder);
  assert.deepEqual(boundaries?.paths, [ring]);
  assert.deepEqual([boundaries?.name, boundaries?.note, boundaries?.source], ["Here", "as drawn", "us"]);
  assert.match((await load("{"))[0]?.message ?? "", /not readable as JSON/);
  assert.match((await load("[]"))[0]?.message ?? "", /expected GeoJSON/);
  assert.match((await load('{"type":"Point","coordinates":[1,2]}'))[0]?.message ?? "", /no line and no polygon/);
  assert.match(
    (await load('{"type":"LineString","coordinates":[[200,1],[2,3]]}'))[0]?.message ?? "",
    /not a longitude/,
  );
});

test("a folder means its scenario.yaml; a lower layer's references count from its own folder", async (t) => {
  const folder = writeScenario(t, { "top.yaml": "extends: base/scenario.yaml\ntitle: On top\n" });
  mkdirSync(join(folder, "base"));
  for (const name of ["scenario.yaml", "network.yaml", "zones.yaml", "requests.yaml", "elements.tle"]) {
    renameSync(join(folder, name), join(folder, "base", name));
  }
  const top = await loadScenario(join(folder, "top.yaml"));
  assert.equal(top.scenario.title, "On top");
  assert.ok(top.files.some(({ path }) => path === "base/network.yaml"));
  assert.equal((await loadScenario(join(folder, "base"))).scenario.title, "A small scenario");
  await assert.rejects(
    loadScenario(folder),
    (error) => error instanceof InputError && /no such scenario/.test(error.message),
  );
});

test("an unreadable base is one problem, not a flood", async (t) => {
  const found = await problemsOf(t, { "variant.yaml": VARIANT.replace("scenario.yaml", "gone.yaml") }, "variant.yaml");
  assert.equal(found.length, 1);
  assert.match(found[0]?.message ?? "", /"gone\.yaml" is not there/);
});

test("unknown names suggest the shipped scenario that is meant", async () => {
  const { problems } = await inspectScenario("line-of-contakt");
  assert.match(problems[0]?.message ?? "", /no such scenario.*did you mean `line-of-contact`\?/);
});

test("every shipped scenario checks clean", async () => {
  const names = shippedScenarios();
  assert.ok(names.includes("line-of-contact") && names.length >= 2, `shipped: ${names}`);
  for (const name of names) assert.deepEqual((await inspectScenario(name)).problems, [], name);
});

test("a file that cannot be read says so in one line", async (t) => {
  const folder = writeScenario(t);
  writeFileSync(join(folder, "utf16.yaml"), Buffer.from("\ufeffkind: scenario", "utf16le"));
  writeFileSync(join(folder, "latin.yaml"), Buffer.from([0x6b, 0x3a, 0x20, 0xe9, 0x0a]));
  writeFileSync(join(folder, "empty.yaml"), "");
  writeFileSync(join(folder, "list.yaml"), "- a\n- b\n");
  writeFileSync(join(folder, "huge.yaml"), Buffer.alloc(9 * 1024 * 1024, "#"));
  mkdirSync(join(folder, "folder.yaml"));
  const cases: readonly (readonly [string, RegExp])[] = [
    ["utf16.yaml", /byte \d+ is zero.*expected UTF-8/],
    ["latin.yaml", /is not UTF-8 text/],
    ["empty.yaml", /the file is empty/],
    ["list.yaml", /expected a map, found a list of 2/],
    ["huge.yaml", /is 9\.0 MiB: expected at most 8\.0 MiB/],
    ["folder.yaml", /no such scenario: expected a file, a folder with a scenario\.yaml/],
  ];
  for (const [name, message] of cases) {
    const { problems } = await inspectScenario(join(folder, name));
    assert.equal(problems.length, 1, name);
    assert.match(problems[0]?.message ?? "", message, name);
  }
});
