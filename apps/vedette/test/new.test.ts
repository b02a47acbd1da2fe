/** `vedette new`: from what somebody drew to a scenario that checks clean, or to one clear message and no folder. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { distanceToKm, piecesOfLine } from "@vedette/core/geo/buffer";
import { cellsOf } from "@vedette/core/geo/zone";
import { h3ResolutionOf, MAX_CELLS, middleOf, requestsOver, slugOf, zonesOf } from "../src/scenario/compose.ts";
import { readDrawing } from "../src/scenario/drawing.ts";
import { inspectScenario, loadScenario } from "../src/scenario/load.ts";
import { shippedScenarios } from "../src/scenario/paths.ts";
import { simplified } from "../src/scenario/simplify.ts";
import { runVedette } from "./cli-fixture.ts";
import { temporaryFolder } from "./scenario-fixture.ts";

/** Nicosia's buffer zone, roughly: any line that is not in the shipped data would do. */
const LINE = [
  [32.5, 35.1],
  [33.3, 35.17],
  [33.95, 35.05],
];
const RING = [
  [32.5, 34.5],
  [33.5, 34.5],
  [33.5, 34.9],
  [32.5, 34.5],
];
const HOLE = [
  [33.2, 34.55],
  [33.3, 34.55],
  [33.3, 34.65],
  [33.2, 34.55],
];

const feature = (type: string, coordinates: unknown, name?: string) => ({
  type: "Feature",
  properties: name === undefined ? null : { name },
  geometry: { type, coordinates },
});
const collection = (...features: unknown[]) => ({ type: "FeatureCollection", features });

async function shapesOf(t: TestContext, content: unknown, name = "drawn.geojson") {
  const file = join(temporaryFolder(t), name);
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return (await readDrawing(file)).shapes;
}

test("reads every kind of GeoJSON geometry, names kept, rings opened, altitude dropped", async (t) => {
  const drawn = collection(
    feature("LineString", [[32.5, 35.1, 900], ...LINE.slice(1)], "A line"),
    feature("MultiLineString", [LINE, LINE]),
    feature("Polygon", [RING, HOLE], "An area"),
    feature("MultiPolygon", [[RING], [RING]]),
    feature("Point", [33, 35]),
    feature("MultiPoint", [
      [33, 35],
      [34, 35],
    ]),
    {
      type: "Feature",
      properties: {},
      geometry: { type: "GeometryCollection", geometries: [{ type: "Point", coordinates: [1, 2] }] },
    },
    { type: "Feature", properties: {}, geometry: null },
  );
  const shapes = await shapesOf(t, drawn);
  assert.deepEqual(
    shapes.map(({ kind }) => kind),
    ["line", "line", "line", "polygon", "polygon", "polygon", "points", "points", "points"],
  );
  const [line, , , polygon] = shapes;
  assert.deepEqual(line, {
    kind: "line",
    name: "A line",
    line: LINE.map(([longitudeDeg, latitudeDeg]) => ({ latitudeDeg, longitudeDeg })),
  });
  assert.deepEqual(
    polygon?.kind === "polygon" && polygon.polygon.map((ring) => ring.length),
    [3, 3],
    "a hole stays a hole",
  );
});

const KML = (inside: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>${inside}</Document></kml>`;
const PLACEMARK = (name: string, geometry: string) => `<Placemark><name>${name}</name>${geometry}</Placemark>`;

test("reads KML: lines, polygons with holes, points, folders, multi-geometries; overlays are not drawn", async (t) => {
  const coordinates = (positions: number[][]) =>
    `<coordinates>${positions.map((at) => `${at.join(",")},0`).join(" ")}</coordinates>`;
  const line = `<LineString>${coordinates(LINE)}</LineString>`;
  const boundary = (kind: string, ring: number[][]) =>
    `<${kind}BoundaryIs><LinearRing>${coordinates(ring)}</LinearRing></${kind}BoundaryIs>`;
  const polygon = `<Polygon>${boundary("outer", RING)}${boundary("inner", HOLE)}</Polygon>`;
  const overlay =
    "<GroundOverlay><name>map</name><LatLonBox><north>1</north><south>0</south><east>1</east><west>0</west></LatLonBox></GroundOverlay>";
  const folder = `<Folder><name>More</name>${PLACEMARK("Two", `<MultiGeometry>${line}${line}</MultiGeometry>`)}</Folder>`;
  const text = KML(
    PLACEMARK("Green line", line) +
      PLACEMARK("Area", polygon) +
      PLACEMARK("Post", "<Point><coordinates>33,35</coordinates></Point>") +
      overlay +
      folder,
  );
  const shapes = await shapesOf(t, text, "drawn.kml");
  assert.deepEqual(
    shapes.map(({ kind, name }) => [kind, name]),
    [
      ["line", "Green line"],
      ["polygon", "Area"],
      ["points", "Post"],
      ["line", "Two"],
      ["line", "Two"],
    ],
  );
  const [green] = shapes;
  assert.deepEqual(green?.kind === "line" && green.line[0], { latitudeDeg: 35.1, longitudeDeg: 32.5 });
});

const REFUSED: readonly (readonly [string, unknown, string, RegExp])[] = [
  ["empty file", "", "a.kml", /the file is empty/],
  ["not JSON", "{", "a.geojson", /not readable as GeoJSON/],
  ["not XML", KML("<Placemark>").replace("</Document>", ""), "a.kml", /not readable as KML/],
  ["entities", '<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>', "a.kml", /a document type declaration/],
  ["GPX", "<gpx></gpx>", "a.kml", /is gpx, not KML/],
  ["HTML", "<!doctype html><html></html>", "a.kml", /is html, not KML/],
  ["KMZ", "PK", "a.kmz", /unpack it/],
  ["nothing drawn", collection(), "a.geojson", /nothing drawn in it/],
  ["nothing drawn in KML", KML(""), "a.kml", /nothing drawn in it/],
  ["a number", "5", "a.geojson", /expected a GeoJSON object/],
  ["TopoJSON", { type: "Topology", objects: {} }, "a.geojson", /unknown type "Topology"/],
  [
    "swapped",
    feature("LineString", [
      [35, 132],
      [35.2, 133],
    ]),
    "a.geojson",
    /found 35, 132: are the two swapped\?/,
  ],
  [
    "projected",
    feature("LineString", [
      [3617000, 4176000],
      [3706000, 4185000],
    ]),
    "a.geojson",
    /projected\? Save it as WGS 84/,
  ],
  [
    "null",
    feature("LineString", [
      [null, 1],
      [2, 3],
    ]),
    "a.geojson",
    /expected \[longitude, latitude\]/,
  ],
  ["infinite", '{"type":"Point","coordinates":[1e999,3]}', "a.geojson", /found Infinity, 3/],
  [
    "a line without length",
    feature("LineString", [
      [1, 2],
      [1, 2],
    ]),
    "a.geojson",
    /a line without a length/,
  ],
  [
    "a ring without area",
    feature("Polygon", [
      [
        [1, 2],
        [3, 4],
        [1, 2],
      ],
    ]),
    "a.geojson",
    /a ring without an area/,
  ],
  [
    "too many vertices",
    feature(
      "LineString",
      Array.from({ length: 100_001 }, (_, i) => [i / 1000, 10]),
    ),
    "a.geojson",
    /more than 100000 vertices: simplify/,
  ],
  [
    "nested",
    '{"type":"GeometryCollection","geometries":['.repeat(40) + "]}".repeat(40),
    "a.geojson",
    /nested more than 16 deep/,
  ],
];

for (const [name, content, file, message] of REFUSED) {
  test(`refused: ${name}`, async (t) => {
    await assert.rejects(
      shapesOf(t, content, file),
      (error) => (error instanceof Error && message.test(error.message)) || assert.fail(String(error)),
    );
  });
}

test("twenty faults are ten messages and a count", async (t) => {
  const bad = collection(...Array.from({ length: 20 }, () => feature("Point", [0, 95])));
  await assert.rejects(shapesOf(t, bad), (error) => {
    assert.equal((error as { problems: readonly unknown[] }).problems.length, 11);
    return /features\[0\]\.geometry\.coordinates\[0\].*and 10 more/s.test(String(error));
  });
});

test("longitudes of 0 to 360 degrees are counted round the globe, and lines may cross the antimeridian", async (t) => {
  const [line] = await shapesOf(
    t,
    feature("LineString", [
      [179, -17],
      [182, -17],
    ]),
  );
  assert.deepEqual(line?.kind === "line" && line.line.map(({ longitudeDeg }) => longitudeDeg), [179, -178]);
  const [zone] = Object.values(zonesOf(line ? [line] : [], 25));
  // 3 degrees of longitude at 17 S are 319 km; with 25 km either side and round ends about 17,900 km2: 500 cells of 36 km2.
  const cells = zone ? cellsOf(zone, 6).length : 0;
  assert.ok(cells > 400 && cells < 600, `${cells} cells: neither round the globe nor cut`);
});

test("ids: Latin letters, unique, and never a reserved word", () => {
  const points = [{ latitudeDeg: 1, longitudeDeg: 2 }];
  const named = (name: string) => ({ kind: "points" as const, name, points });
  const names = ["Ligne verte", "Ligne-verte", "Лінія", "ÅÉ", "constructor", "__proto__", "x".repeat(200)];
  const ids = Object.keys(zonesOf(names.map(named), 5));
  assert.deepEqual(ids, ["ligne-verte", "ligne-verte-2", "zone", "ae", "constructor-1", "proto", "x".repeat(40)]);
  for (const id of Object.keys(requestsOver(ids, "FRA"))) assert.match(id, /^[a-z0-9][a-z0-9-]{0,63}$/);
  assert.equal(slugOf("--"), "");
});

test("points without a name are one zone", () => {
  const at = (longitudeDeg: number) => ({ kind: "points" as const, points: [{ latitudeDeg: 0, longitudeDeg }] });
  const zones = zonesOf([at(1), at(2), at(3)], 5);
  assert.deepEqual(Object.keys(zones), ["points"]);
});

test("a dense track is thinned, and no vertex that is left out lies farther off than was said", () => {
  const wave = Array.from({ length: 5000 }, (_, i) => ({
    latitudeDeg: 48 + 0.3 * Math.sin(i / 200),
    longitudeDeg: ((170 + i * 0.004 + 180) % 360) - 180,
  }));
  const thin = simplified(wave, 0.25);
  assert.ok(thin.length > 100 && thin.length < 1000, `${thin.length}`);
  assert.deepEqual([thin[0], thin.at(-1)], [wave[0], wave.at(-1)]);
  const pieces = piecesOfLine(thin);
  const offKm = Math.max(...wave.map((place) => distanceToKm(pieces, place)));
  assert.ok(offKm <= 0.26, `${offKm} km, by geodesics`);
});

test("the finest resolution with at most 5,000 cells is chosen", () => {
  const line = (degrees: number) => [
    {
      bufferKm: 25,
      line: [
        { latitudeDeg: 48, longitudeDeg: 20 },
        { latitudeDeg: 48, longitudeDeg: 20 + degrees },
      ],
    },
  ];
  for (const degrees of [0.1, 1, 5, 16, 60]) {
    const zones = line(degrees);
    const chosen = h3ResolutionOf(zones) ?? assert.fail();
    assert.ok(chosen.cells <= MAX_CELLS && chosen.cells > 0);
    assert.equal(chosen.cells, new Set(zones.flatMap((zone) => cellsOf(zone, chosen.resolution))).size);
    if (chosen.resolution < 8)
      assert.ok(cellsOf(zones[0] ?? assert.fail(), chosen.resolution + 1).length > MAX_CELLS, `${degrees}`);
  }
  // A line of 1,200 km with 25 km either side is 60,000 km2: 1,700 cells of 36 km2, and 11,900 of the next size.
  assert.equal(h3ResolutionOf(line(16))?.resolution, 6);
});

test("the middle is where it should be, also across the antimeridian", () => {
  const at = (latitudeDeg: number, longitudeDeg: number) => ({ latitudeDeg, longitudeDeg });
  assert.equal(middleOf([at(0, 179), at(0, -179)]), "0.00 N, 180.00 E");
  assert.equal(middleOf([at(-10, -20)]), "10.00 S, 20.00 W");
});

function drawnFile(t: TestContext): { folder: string; file: string } {
  const folder = temporaryFolder(t);
  const file = join(folder, "my line.geojson");
  writeFileSync(
    file,
    JSON.stringify(
      collection(feature("LineString", LINE, "Green line"), feature("Polygon", [RING, HOLE], 'Лінія: "south" #1')),
    ),
  );
  return { folder, file };
}

test("makes a scenario that checks clean, on elements that are fresh, and says what to type next", async (t) => {
  const { folder, file } = drawnFile(t);
  const { code, stdout, stderr } = await runVedette(
    ["new", "mine", "--line", file, "--buffer", "30", "--title", "Mine"],
    folder,
  );
  assert.equal(code, 0, stderr);
  assert.match(stdout, /green-line: Green line, about 35\.11 N, 33\.25 E/);
  assert.match(stdout, /\d+ cells of H3 resolution \d/);
  assert.match(stdout, /generic requests, asked by UKR:/);
  assert.match(stdout, /Next: npx vedette run mine\n$/);
  assert.deepEqual(readdirSync(folder).sort(), ["mine", "my line.geojson"], "nothing is left aside");
  const loaded = await loadScenario(join(folder, "mine"));
  const zone = loaded.zones.zones["green-line"];
  assert.ok(zone && "line" in zone && zone.bufferKm === 30 && zone.line.length === 3);
  assert.equal(loaded.zones.zones["south-1"]?.name, 'Лінія: "south" #1');
  assert.deepEqual(
    loaded.warnings.filter(({ message }) => /over 14 days/.test(message)),
    [],
  );
  assert.equal(Object.keys(loaded.requests.requests).length, 6);
  assert.equal(loaded.scenario.start, (await loadScenario("line-of-contact")).scenario.start);
});

test("the yaml-language-server header points at a schema that is there", async (t) => {
  const { folder, file } = drawnFile(t);
  await runVedette(["new", "mine", "--line", file], folder);
  for (const name of ["scenario", "zones", "requests"]) {
    const text = readFileSync(join(folder, "mine", `${name}.yaml`), "utf8");
    const [, path = ""] = /^# yaml-language-server: \$schema=(.*)$/m.exec(text) ?? [];
    assert.ok(path.endsWith(`${name}.schema.json`) && existsSync(join(folder, "mine", path)), path);
  }
});

test("options reach the scenario; the machine's answer is one JSON object", async (t) => {
  const { folder, file } = drawnFile(t);
  const options = ["--network", "europe-2029", "--days", "3", "--start", "2029-07-01T00:00:00Z", "--h3", "5", "--json"];
  const { code, stdout } = await runVedette(["new", "sub/deep", "--line", file, ...options], folder);
  assert.equal(code, 0);
  const said = JSON.parse(stdout);
  assert.equal(said.h3Resolution, 5);
  assert.equal(said.next, "npx vedette run sub/deep");
  const { loaded } = await inspectScenario(join(folder, "sub/deep"));
  assert.equal(loaded?.scenario.days, 3);
  assert.equal(loaded?.scenario.start, "2029-07-01T00:00:00Z");
  assert.equal(loaded?.scenario.h3Resolution, 5);
  assert.equal(loaded?.scenario.network, "data/networks/europe-2029.yaml");
});

test("a folder named like a shipped scenario is called by its path", async (t) => {
  const [shipped = ""] = shippedScenarios();
  const { folder, file } = drawnFile(t);
  const { stdout } = await runVedette(["new", shipped, "--line", file], folder);
  assert.ok(stdout.endsWith(`Next: npx vedette run ./${shipped}\n`), stdout);
});

test("nothing is made where the call or the drawing is at fault", async (t) => {
  const { folder, file } = drawnFile(t);
  mkdirSync(join(folder, "full"));
  writeFileSync(join(folder, "full", "mine.txt"), "precious");
  mkdirSync(join(folder, "empty"));
  writeFileSync(join(folder, "bad.kml"), "<kml>");
  const before = readdirSync(folder).sort();
  const calls: readonly (readonly [string[], number, RegExp])[] = [
    [["new", "full", "--line", file], 2, /full is not empty/],
    [["new", "bad.kml", "--line", file], 2, /bad\.kml is a file/],
    [["new", "x"], 2, /required option '--line <file>'/],
    [["new", "x", "--line", file, "--buffer", "0"], 2, /Expected a number from 0\.1 to 500/],
    [["new", "x", "--line", file, "--buffer", "far"], 2, /Expected a number/],
    [["new", "x", "--line", file, "--h3", "12"], 2, /Expected a whole number from 3 to 9/],
    [["new", "x", "--line", file, "--network", "coalition-2027"], 2, /did you mean `coalition-2026`\?/],
    [["new", "x", "--line", file, "--network", "../../secret"], 2, /no network/],
    [["new", "x", "--line", file, "--start", "today"], 2, /--start: expected UTC/],
    [["new", "x", "--line", file, "--title", "X"], 2, /--title: expected 3 or more/],
    [["new", "x", "--line", "gone.kml"], 1, /gone\.kml: cannot be read: no such file/],
    [["new", "x", "--line", "bad.kml"], 1, /bad\.kml: not readable as KML/],
  ];
  const all = await Promise.all(calls.map(([argv]) => runVedette(argv, folder)));
  for (const [i, [argv, expected, message]] of calls.entries()) {
    const { code, stdout, stderr } = all[i] ?? assert.fail();
    assert.equal(code, expected, `${argv.join(" ")}: ${stderr}`);
    assert.match(stderr, message);
    assert.equal(stdout, "");
  }
  assert.deepEqual(readdirSync(folder).sort(), before);
  assert.equal((await runVedette(["new", "empty", "--line", file], folder)).code, 0, "an empty folder may be filled");
});
