/** `vedette import`: what each kind of file becomes, in whose words, how sure of place and time. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { StoredEvent } from "@vedette/core/record/event";
import { isoOf } from "@vedette/core/time/instant";
import type { FeedMapping } from "@vedette/wire/feeds-mapping";
import { importEvidence } from "../src/feeds/evidence/import-evidence.ts";
import { kindOf } from "../src/feeds/evidence/kinds.ts";
import { readEvidenceSources, SHIPPED_SOURCES } from "../src/scenario/evidence-sources.ts";
import { readTaxonomy } from "../src/scenario/taxonomy.ts";
import { memoryStore, openStore } from "../src/store/open.ts";
import { runVedette } from "./cli-fixture.ts";
import { evidenceIn, fileOf, folder, MARKING, SETTING, taken, whys } from "./feeds-fixture.ts";

const VIIRS =
  "latitude,longitude,brightness,scan,track,acq_date,acq_time,satellite,instrument,confidence,version,bright_t31,frp,daynight\n";
const ROW = "48.80414,37.00369,304.47,0.53,0.67,2022-09-01,0117,N,VIIRS,n,2.0NRT,281.2,1.03,N\n";

const iso = ({ start, end }: { start: number; end: number }) => [isoOf(start as never), isoOf(end as never)];

test("firms: a VIIRS row with all that it says", async () => {
  const { evidence, added } = await taken("firms", VIIRS + ROW);
  assert.equal(added, 1);
  const [one] = evidence;
  assert.ok(one);
  assert.match(one.id, /^ev-[0-9a-f]{32}$/);
  assert.deepEqual(iso(one.when), ["2022-09-01T01:17:00.000Z", "2022-09-01T01:18:00.000Z"]);
  assert.equal(one.where.basis, "pixel");
  // Nothing is further than half the diagonal (0.427 km) plus the navigation's 0.1 km; nor nearer than 95 % of half the long side.
  assert.ok(one.where.radiusKm > 0.95 * 0.335 && one.where.radiusKm < 0.527, String(one.where.radiusKm));
  assert.deepEqual(one.origin, { source: "firms-viirs", operator: "nasa", sensor: "snpp-viirs" });
  assert.deepEqual(one.grade, { source: "B", information: 2 });
  assert.equal(one.measured?.["frpMw"], 1.03);
  assert.equal(one.ingest.line, 2);
  const bytes = createHash("sha256").update(ROW.trimEnd()).digest("hex");
  assert.equal(one.ingest.hash, bytes, "the hash is of the row's bytes, without its line's end");
});

test("firms: MODIS, low confidence, and rows stripped to place and date, also in capitals", async () => {
  const header = VIIRS.trim();
  const modis = `${header},type\n47.0148,34.082,302.6,2.5,1.5,2022-02-24,923,Terra,MODIS,23,6.03,280.4,25,D,0\n`;
  const [one] = (await taken("firms", modis)).evidence;
  assert.deepEqual(one?.origin, { source: "firms-modis", operator: "nasa", sensor: "terra-modis" });
  assert.deepEqual(one?.grade, { source: "B", information: 4 });
  assert.deepEqual(iso(one?.when ?? { start: 0, end: 0 })[0], "2022-02-24T09:23:00.000Z");
  const bare = await taken("firms", "LATITUDE,LONGITUDE,ACQ_DATE\n47.1005,37.6171,2022-01-01\n");
  assert.equal(bare.evidence[0]?.origin.source, "firms-undated");
  assert.deepEqual(iso(bare.evidence[0]?.when ?? { start: 0, end: 0 }), [
    "2022-01-01T00:00:00.000Z",
    "2022-01-02T00:00:00.000Z",
  ]);
  assert.equal(bare.evidence[0]?.where.radiusKm, SETTING.sources.get("firms-undated")?.place.radiusKm.value);
});

test("a batch says who brought which lines of which file, and of when", async () => {
  const store = memoryStore({ node: "paris" });
  const { file } = await taken("firms", VIIRS + ROW + ROW.replace("0117", "0118"), { store });
  const events: StoredEvent[] = [];
  for await (const event of store.events()) events.push(event);
  assert.equal(events.length, 1);
  const { header, body } = events[0] ?? {};
  assert.equal(header?.type, "evidence.recorded");
  assert.equal(header?.actor, "desk-3");
  assert.deepEqual(iso(header?.at ?? { start: 0, end: 0 }), ["2022-09-01T01:17:00.000Z", "2022-09-01T01:19:00.000Z"]);
  const { root: _, ...said } = body as Record<string, unknown>;
  assert.deepEqual(said, {
    feed: "firms",
    file: createHash("sha256").update(readFileSync(file.name)).digest("hex"),
    name: file.name.split("/").at(-1),
    lines: [2, 3],
    refused: 0,
    count: 2,
  });
});

test("records add up; the same file twice adds nothing; the same row in another file is the same evidence", async () => {
  const store = memoryStore();
  const content = `${VIIRS}${ROW}${ROW}${ROW.replace("48.80414", "98")}\n\n${ROW.replace("0117", "0118")}`;
  const first = await taken("firms", content, { store });
  assert.deepEqual([first.records, first.added, first.duplicate, first.refused], [4, 2, 1, 1]);
  assert.deepEqual(whys(first), ["4 swapped"]);
  const again = await taken("firms", content, { store });
  assert.deepEqual([again.records, again.added, again.duplicate, again.refused], [4, 0, 3, 1]);
  const other = await taken("firms", `${VIIRS}${ROW.replaceAll("\n", "\r\n")}${ROW.replace("0117", "0119")}`, {
    store,
  });
  assert.deepEqual([other.records, other.added, other.duplicate], [2, 1, 1]);
  assert.equal((await evidenceIn(store)).length, 3);
});

test("refusals name line, column, value and what was expected", async () => {
  const rows = [
    ["191,37,1,1,1,2022-09-01,0117,N,VIIRS,n,1,1,1,N", "place", "latitude"],
    ["0,0,1,1,1,2022-09-01,0117,N,VIIRS,n,1,1,1,N", "place", "latitude"],
    ["NaN,37,1,1,1,2022-09-01,0117,N,VIIRS,n,1,1,1,N", "number", "latitude"],
    [",37,1,1,1,2022-09-01,0117,N,VIIRS,n,1,1,1,N", "missing", "latitude"],
    ["48,37,1,1,1,0000-09-01,0117,N,VIIRS,n,1,1,1,N", "time", "acq_date"],
    ["48,37,1,1,1,9999-09-01,0117,N,VIIRS,n,1,1,1,N", "time", "acq_date"],
    ["48,37,1,1,1,2022-02-30,0117,N,VIIRS,n,1,1,1,N", "time", "acq_date"],
    ["48,37,1,1,1,2030-02-03,0117,N,VIIRS,n,1,1,1,N", "time", "acq_date"],
    ["48,37,1,1,1,2022-09-01,2417,N,VIIRS,n,1,1,1,N", "time", "acq_time"],
    ["48,37,1,1,1,2022-09-01,0117,N,VIIRS,n,1,1,many,N", "number", "frp"],
    ["48,37,1,0,1,2022-09-01,0117,N,VIIRS,n,1,1,1,N", "number", "scan"],
    ["48,37,1,1,1,2022-09-01,0117,N,VIIRS,n,1,1,1", "cells", undefined],
  ] as const;
  const { refusals } = await taken("firms", VIIRS + ROW + rows.map(([row]) => `${row}\n`).join(""));
  assert.deepEqual(
    refusals.map(({ line, code, column }) => [line, code, column]),
    rows.map(([, code, column], i) => [i + 3, code, column]),
  );
  assert.equal(refusals[5]?.value, '"9999-09-01"');
  assert.match(refusals[5]?.message ?? "", /expected a year from 1957 to 2099/);
});

test("exchanged coordinates are told from odd ones by the area of interest", async () => {
  const area = { south: 44, west: 22, north: 53, east: 41 };
  const content = `${VIIRS}${ROW}37.00369${ROW.replace("48.80414,37.00369", ",48.80414")}10${ROW.replace("48.80414", "")}`;
  const found = await taken("firms", content, { setting: { area } });
  assert.deepEqual(whys(found), ["3 swapped", "4 place"]);
  assert.deepEqual(whys(await taken("firms", content)), [], "without an area, both could be");
});

test("a new sensor is a file of data, and no code", async () => {
  const own = join(folder, "sources");
  mkdirSync(own);
  const viirs = readFileSync(join(SHIPPED_SOURCES, "firms-viirs.yaml"), "utf8");
  writeFileSync(
    join(own, "slstr.yaml"),
    viirs
      .replace("id: firms-viirs", "id: firms-slstr")
      .replace("{ instrument: [VIIRS] }", "{ instrument: [SLSTR] }")
      .replace(/ {2}- \{ feed: firms, where: \{ satellite.*\n/, "")
      .replace(/sensors:\n( {2}.*\n)+?looks/, "sensors:\n  s3a: { name: SLSTR on Sentinel-3A, codes: [S3A] }\nlooks"),
  );
  const sources = await readEvidenceSources([SHIPPED_SOURCES, own]);
  const row = ROW.replace(",N,VIIRS", ",S3A,SLSTR");
  const { evidence } = await taken("firms", VIIRS + row + ROW, { setting: { sources } });
  assert.deepEqual(evidence[0]?.origin, { source: "firms-slstr", operator: "nasa", sensor: "s3a" });
  assert.equal(evidence[1]?.origin.source, "firms-viirs");
  const without = await taken("firms", VIIRS + row);
  assert.equal(without.evidence[0]?.origin.source, "firms-undated", "not known: the table that asks for nothing");
});

test("alerts: the finest area known, the span, an open one; an unknown area is refused", async () => {
  const header = "oblast,raion,hromada,level,started_at,finished_at,source\n";
  const { evidence, refusals } = await taken(
    "alerts",
    `${header}Vinnytska oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official
Cherkaska oblast,Umanskyi raion,Nowhere hromada,hromada,2022-03-15T18:11:50+02:00,,official
Utopia,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official
Vinnytska oblast,,,oblast,2022-03-15 16:50:34+00:00,2022-03-15 16:10:07+00:00,official
`,
  );
  const [oblast, hromada] = evidence;
  assert.deepEqual(iso(oblast?.when ?? { start: 0, end: 0 }), ["2022-03-15T16:10:34.000Z", "2022-03-15T16:50:07.000Z"]);
  assert.equal(oblast?.measured?.["durationS"], 39 * 60 + 33);
  assert.equal(oblast?.where.basis, "area");
  // Uman: 48 deg 45' N, 30 deg 13' E.
  assert.ok(Math.abs((hromada?.where.latitudeDeg ?? 0) - 48.75) < 0.01);
  assert.ok(Math.abs((hromada?.where.longitudeDeg ?? 0) - 30.217) < 0.01);
  assert.ok((hromada?.where.radiusKm ?? 0) < (oblast?.where.radiusKm ?? 0));
  assert.deepEqual(hromada?.measured, { level: "hromada", open: "yes" });
  assert.deepEqual(iso(hromada?.when ?? { start: 0, end: 0 }), [
    "2022-03-15T16:11:50.000Z",
    "2022-03-15T16:11:51.000Z",
  ]);
  assert.deepEqual(
    refusals.map(({ line, code, column }) => [line, code, column]),
    [
      [4, "unknown-place", "oblast"],
      [5, "time", "finished_at"],
    ],
  );
});

test("news: the medium speaks, the aggregator relays; the day is Kyiv's; who is said to have done it stays out", async () => {
  const header =
    "event_id_1pd,date,n_reports,event_ids_matching,sources_matching,source_urls,geonameid,asciiname,ADM1_NAME,ADM2_NAME,longitude,latitude,a_ukr,a_rus,representative_text\n";
  const { evidence } = await taken(
    "news",
    `${header}1,20220327,2,9,nv|liga,https://a.example/1|https://b.example/2,1,Nizhyn,Chernihiv,x,31.88,51.04,0,1,"Вибух, у ""місті""
другий рядок"\n`,
  );
  const [one] = evidence;
  assert.ok(one);
  // Clocks went forward that night (EU summer time): the day has 23 hours.
  assert.deepEqual(iso(one.when), ["2022-03-26T22:00:00.000Z", "2022-03-27T21:00:00.000Z"]);
  assert.deepEqual(one.origin, {
    source: "news-viina",
    operator: "nv",
    original: "https://a.example/1",
    quotes: ["https://b.example/2"],
  });
  assert.equal(one.text, 'Вибух, у "місті"\nдругий рядок');
  assert.equal(one.language, "uk");
  assert.equal(one.where.name, "Nizhyn");
  assert.deepEqual(one.measured, { media: "nv|liga", reports: 2 });
  assert.doesNotMatch(JSON.stringify(one), /a_rus|a_ukr/);
});

test("news: the kind is a label's, else told from the words and marked so; what the evidence is known by stays", async () => {
  const csv = `date,longitude,latitude,t_uav,representative_text
20220327,31.88,51.04,1,Обстріл міста
20220327,31.89,51.04,0,Обстріл міста
20220327,31.90,51.04,0,Новини дня
`;
  const { kindOfText } = await readTaxonomy();
  const plain = (await taken("news", csv)).evidence;
  const { evidence } = await taken("news", csv, { setting: { kindOfText } });
  assert.deepEqual(
    evidence.map(({ kind, measured }) => [kind, measured?.["kindBy"]]),
    [
      ["drone-attack", undefined],
      ["fire-artillery", "words"],
      ["unknown", undefined],
    ],
  );
  assert.deepEqual(
    evidence.map(({ id }) => id),
    plain.map(({ id }) => id),
  );
  assert.equal(plain[1]?.kind, "unknown");
});

const MAPPING: FeedMapping = {
  kind: "feed-mapping",
  about: { title: "Some table" },
  reads: "csv",
  separator: ";",
  source: "drone-eo",
  place: { latitude: "Y", longitude: "X", radiusKm: { column: "CEP_M", times: 0.001 } },
  time: { column: "When", zone: "Europe/Kyiv", form: "day-month-year" },
  event: { column: "What", words: { Panzer: "heavy-weapon", Bumm: "explosion" } },
  measured: { heightM: { column: "H" } },
  direction: { of: "flight", column: "Az", plusMinusDeg: 10 },
};

test("csv by a mapping: other names, another separator, local time, words and units", async () => {
  const content =
    "X;Y;When;What;CEP_M;H;Az\n36.2;49.9;30.10.2022 02:30;panzer;50;120;270\n36.2;49.9;30.10.2022 03:30;Bumm;;;\n36.2;49.9;27.3.2022 03:30;Bumm;;;\n36.2;49.9;1.6.2022;Hund;1;1;\n";
  const { evidence, refusals } = await taken("csv", content, { mapping: MAPPING });
  const [first, twice] = evidence;
  assert.equal(first?.kind, "heavy-weapon");
  assert.equal(first?.where.radiusKm, 0.05);
  assert.deepEqual(iso(first?.when ?? { start: 0, end: 0 }), ["2022-10-29T23:30:00.000Z", "2022-10-29T23:31:00.000Z"]);
  assert.deepEqual(first?.direction, { of: "flight", deg: 270, plusMinusDeg: 10 });
  assert.deepEqual(first?.measured, { heightM: 120 });
  // Clocks went back at 04:00: half past three came twice, and either may be meant.
  assert.deepEqual(iso(twice?.when ?? { start: 0, end: 0 }), ["2022-10-30T00:30:00.000Z", "2022-10-30T01:31:00.000Z"]);
  assert.equal(twice?.where.radiusKm, SETTING.sources.get("drone-eo")?.place.radiusKm.value);
  assert.deepEqual(
    refusals.map(({ line, code, column }) => [line, code, column]),
    [
      [4, "time", "When"],
      [5, "kind", "What"],
    ],
  );
});

test("another mapping makes other evidence of the same row; another title does not", async () => {
  const store = memoryStore();
  const content = "X;Y;When;What;CEP_M;H;Az\n36.2;49.9;30.10.2022 02:30;panzer;50;120;270\n";
  const added = async (mapping: FeedMapping) => (await taken("csv", content, { mapping, store })).added;
  assert.equal(await added(MAPPING), 1);
  assert.equal(await added({ ...MAPPING, about: { title: "Another title" } }), 0);
  assert.equal(await added({ ...MAPPING, time: { ...MAPPING.time, zone: "UTC" } }), 1);
});

test("geojson: a point, an area with its extent, a feature without a geometry", async () => {
  const mapping: FeedMapping = {
    kind: "feed-mapping",
    about: { title: "A map" },
    reads: "geojson",
    source: "drone-eo",
    place: { name: "place" },
    time: { column: "t", form: "epoch-s" },
    event: { value: "fortification" },
  };
  const feature = (geometry: unknown, t: unknown = 1_661_990_400) => ({
    type: "Feature",
    geometry,
    properties: { t, place: "Somewhere" },
  });
  const ring = [
    [37, 48],
    [37.02, 48],
    [37.02, 48.01],
    [37, 48.01],
    [37, 48],
  ];
  const { evidence, refusals } = await taken(
    "geojson",
    JSON.stringify(
      {
        type: "FeatureCollection",
        name: "x",
        features: [
          feature({ type: "Point", coordinates: [37, 48] }),
          feature({ type: "Polygon", coordinates: [ring] }),
          feature(null),
          feature({ type: "Point", coordinates: [37, 48] }, "x"),
        ],
      },
      null,
      1,
    ),
    { mapping },
  );
  assert.deepEqual(iso(evidence[0]?.when ?? { start: 0, end: 0 }), [
    "2022-09-01T00:00:00.000Z",
    "2022-09-01T00:00:01.000Z",
  ]);
  assert.deepEqual(evidence[1]?.where.basis, "area");
  // Half the diagonal of 0.02 degrees of longitude by 0.01 of latitude at 48 north, about 1.49 by 1.11 km.
  assert.ok(Math.abs((evidence[1]?.where.radiusKm ?? 0) - Math.hypot(1.492, 1.112) / 2) < 0.005);
  assert.deepEqual(
    refusals.map(({ code }) => code),
    ["place", "number"],
  );
});

test("patrol: what was seen, heard and found; a bearing is recorded and not followed", async () => {
  const report = {
    kind: "patrol-report",
    id: "r-1",
    patrol: "p-4",
    at: "2026-06-01T09:06Z",
    position: { latitudeDeg: 48, longitudeDeg: 37, accuracyM: 20 },
    observations: [
      { event: "explosion", by: "heard", distanceKm: 4, distancePlusMinusKm: 1, direction: { of: "sound", deg: 90 } },
      { event: "mines", by: "found", at: { from: "2026-06-01T09:00Z", to: "2026-06-01T09:30Z" }, count: 3 },
      { event: "explosion", by: "heard", at: "2026-06-01" },
    ],
  };
  const { evidence, added } = await taken("patrol", JSON.stringify({ reports: [report] }));
  assert.equal(added, 3);
  const [heard, found, far] = evidence;
  assert.deepEqual(
    [heard?.where.latitudeDeg, heard?.where.longitudeDeg],
    [48, 37],
    "about the patrol, whatever the bearing",
  );
  assert.equal(heard?.where.radiusKm, 5.02);
  assert.equal(found?.where.radiusKm, 0.02);
  assert.deepEqual(iso(found?.when ?? { start: 0, end: 0 }), ["2026-06-01T09:00:00.000Z", "2026-06-01T09:31:00.000Z"]);
  assert.equal(far?.where.radiusKm, 10.02, "earshot of the table");
  assert.deepEqual(heard?.origin, { source: "patrol", operator: "mission", sensor: "p-4", original: "r-1" });
  const bad = await taken("patrol", JSON.stringify([report, { ...report, observations: [] }, { ...report, at: 7 }]));
  assert.deepEqual(whys(bad), ["1 kind", "1 kind"]);
  assert.equal(bad.refusals[0]?.column, "observations");
});

test("claims as a table and as forms; replies name an incident that the log has", async () => {
  const claims = await taken(
    "claims",
    "id,party,latitude,longitude,date,time,kind,text\n1,party-a,48,37,2026-06-01,09:06,explosion,So it was\n2,party-z,48,37,2026-06-01,,,\n3,party-b,48,37,2026-06-01,,,\n",
  );
  assert.deepEqual(
    claims.evidence.map(({ form, kind, origin }) => [form, kind, origin.source]),
    [
      ["claim", "explosion", "party-a"],
      ["claim", "unknown", "party-b"],
    ],
  );
  assert.deepEqual(whys(claims), ["3 unknown-source"]);
  const incidents = new Map([
    ["i-1", { where: { latitudeDeg: 48, longitudeDeg: 37, radiusKm: 2, basis: "stated" as const }, kind: "explosion" }],
  ]);
  const reply = {
    kind: "reply",
    id: "1",
    party: "party-b",
    incident: "i-1",
    at: "2026-06-02T08:00Z",
    stance: "denies",
  };
  const replies = await taken(
    "replies",
    [reply, { ...reply, id: "2", incident: "i-2" }, { ...reply, id: "3", stance: "shrugs" }]
      .map((each) => JSON.stringify(each))
      .join("\n"),
    { incidents },
  );
  assert.deepEqual(replies.evidence[0]?.measured, { reply: "1", incident: "i-1", stance: "denies" });
  assert.equal(replies.evidence[0]?.form, "reply");
  assert.equal(replies.evidence[0]?.where.radiusKm, 2);
  assert.deepEqual(whys(replies), ["2 unknown-incident", "3 kind"]);
});

test("the command: text, JSON, refusals to a file, a dry run, exit codes; a file of another kind makes no log", async () => {
  const store = join(folder, "log");
  const good = fileOf(VIIRS + ROW + ROW.replace("48.80414", "x"));
  const dry = await runVedette(["import", "firms", good, "--store", store, "--dry-run", "--json"]);
  assert.equal(dry.code, 0);
  assert.equal(JSON.parse(dry.stdout).readable, 1);
  assert.equal(existsSync(store), false);
  const wrong = await runVedette(["import", "alerts", good, "--store", store]);
  assert.equal(wrong.code, 1);
  assert.match(
    wrong.stderr,
    /:1: no table of alerts: has no column oblast, no column started_at, no column finished_at; found latitude/,
  );
  assert.equal(existsSync(store), false);
  const refusals = join(folder, "refused.ndjson");
  const args = [
    "import",
    "firms",
    good,
    "--store",
    store,
    "--node",
    "paris",
    "--owner",
    "UKR",
    "--release",
    "GBR,FRA",
    "--refusals",
    refusals,
  ];
  const done = await runVedette(args);
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /2 records \(firms\) into .*log\n +1 {2}added\n +0 {2}duplicate .*\n +1 {2}refused\n/);
  assert.match(done.stderr, /:3: latitude: expected a number: "x"$/m);
  assert.equal(JSON.parse(readFileSync(refusals, "utf8")).line, 3);
  const again = await runVedette([...args, "--json"]);
  assert.deepEqual([JSON.parse(again.stdout).added, JSON.parse(again.stdout).duplicate], [0, 1]);
  const log = await openStore(store);
  for await (const { header } of log.events()) {
    assert.equal(header.node, "paris");
    assert.deepEqual(header.marking, {
      owner: "UKR",
      releasableTo: ["FRA", "GBR"],
      originatorControlled: false,
      use: "real",
    });
  }
  await log.close();
  const usage = await runVedette(["import", "firms", good, "--store", store, "--owner", "Ukraine"]);
  assert.equal(usage.code, 2);
  const hopeless = await runVedette([
    "import",
    "firms",
    fileOf(VIIRS + ROW.replace("48.80414", "x")),
    "--store",
    store,
  ]);
  assert.equal(hopeless.code, 1);
  assert.match(hopeless.stderr, /nothing to import: 1 of 1 records refused/);
});

test("a mapping that is wrong is told with line and column", async () => {
  const mapping = fileOf(
    "kind: feed-mapping\nabout: { title: Some table }\nreads: csv\nsource: drone-eo\nplace: { latitude: Y, longitude: X }\ntime: { colum: When }\nevent: { value: explosion }\n",
    "mapping.yaml",
  );
  const { code, stderr } = await runVedette(["import", "csv", fileOf("X,Y\n1,1\n"), "--mapping", mapping]);
  assert.equal(code, 1);
  assert.match(stderr, /mapping\.yaml:6:9: time\.colum: unknown key "colum"; did you mean `column`\?/);
});

test("a kind that the taxonomy does not have is refused by the command, and told", async () => {
  const rows = "1,party-a,48,37,2026-06-01,,volcano,\n2,party-a,48,37,2026-06-02,,explosion,\n";
  const file = fileOf(`id,party,latitude,longitude,date,time,kind,text\n${rows}`);
  const { code, stdout } = await runVedette([
    "import",
    "claims",
    file,
    "--store",
    join(folder, "kinds"),
    "--at",
    "2026-07-01T00:00Z",
    "--json",
  ]);
  assert.equal(code, 0);
  const { added, refusals } = JSON.parse(stdout);
  assert.equal(added, 1);
  assert.deepEqual(refusals, [
    { line: 2, column: "event", code: "kind", message: "is no kind of the taxonomy", value: '"volcano"' },
  ]);
});

test("the mapping that the page on feeds shows reads a table that it describes", async () => {
  const page = readFileSync(new URL("../../../docs/feeds.md", import.meta.url), "utf8");
  const [, mapping = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const table = fileOf("X;Y;CEP_M;When;What\n37.5;48.1;150;03.07.2026 14:05;tank\n37.6;48.2;80;03.07.2026 15:00;x\n");
  const call = ["import", "csv", table, "--mapping", fileOf(mapping, "page.yaml"), "--dry-run", "--json"];
  const { code, stdout, stderr } = await runVedette(call);
  assert.equal(code, 0, stderr);
  assert.deepEqual([JSON.parse(stdout).records, JSON.parse(stdout).refused], [2, 0]);
});

test("a broken import that goes on with another area loses nothing of the file", async () => {
  const row = (i: number) =>
    `${(46 + (i % 100) / 50).toFixed(3)},37.5,2022-06-01,${String(900 + (i % 60)).padStart(4, "0")}`;
  const path = fileOf(
    `latitude,longitude,acq_date,acq_time\n${Array.from({ length: 6000 }, (_, i) => row(i)).join("\n")}\n`,
  );
  const store = memoryStore();
  const box = { west: 30, south: 47, east: 40, north: 50 };
  const abort = new AbortController();
  const job = { path, actor: "desk-3", marking: MARKING, batchSize: 100, store: () => store };
  const onProgress = (): void => abort.abort();
  await importEvidence({ ...job, kind: kindOf("firms", { ...SETTING, area: box }), signal: abort.signal, onProgress });
  const began = (await evidenceIn(store)).length;
  await importEvidence({ ...job, kind: kindOf("firms", SETTING) });
  assert.ok(began > 0 && began < 6000, `${began} before it was broken off`);
  assert.equal((await evidenceIn(store)).length, new Set(Array.from({ length: 6000 }, (_, i) => row(i))).size);
});

test("the file that is read, and the log's own files, are not written over", async () => {
  const good = fileOf("latitude,longitude,acq_date\n48.1,37.5,2022-06-01\n", "evidence.csv");
  const store = join(folder, "kept-log");
  assert.equal((await runVedette(["import", "firms", good, "--store", store])).code, 0);
  for (const refusals of [good, join(store, "node.key")]) {
    const before = readFileSync(refusals);
    const call = ["import", "firms", good, "--store", store, "--dry-run", "--refusals", refusals];
    assert.equal((await runVedette(call)).code, 2);
    assert.deepEqual(readFileSync(refusals), before);
  }
});
