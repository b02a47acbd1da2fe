/** The data files, read back by other people's readers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LEDGER_STATES } from "@vedette/core/access/ledger";
import { type Cell, cellAreaKm2, cellAt } from "@vedette/core/geo/cells";
import { parse } from "csv-parse/sync";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { coverageGeojson } from "../src/report/files/coverage-geojson.ts";
import { areaGeometry, doubleArea, type LonLat } from "../src/report/files/geometry.ts";
import { ledgerParquet } from "../src/report/files/ledger-parquet.ts";
import { passesCsv } from "../src/report/files/passes-csv.ts";
import { passesIcs } from "../src/report/files/passes-ics.ts";
import { sceneCzml } from "../src/report/files/scene-czml.ts";
import { resultFixture } from "./result-fixture.ts";

const result = resultFixture();
const { summary } = result;
const startMs = Date.parse(summary.start);

test("passes.csv: csv-parse reads every pass back, quotes and all, and every row is marked", () => {
  const rows: Record<string, string>[] = parse(passesCsv(result), { columns: true });
  assert.equal(rows.length, result.passes.length);
  for (const [i, row] of rows.entries()) {
    const pass = result.passes[i] ?? assert.fail();
    assert.equal(row["satellite"], pass.satellite);
    assert.equal(Date.parse(row["start_utc"] ?? ""), pass.startMs);
    assert.equal(row["delivered_utc"] === "", pass.deliveredMs === null, "unknown is empty, never zero");
    assert.equal(row["marking"], summary.marking);
    assert.equal(row["label"], summary.label);
  }
});

test("coverage.geojson: closed counterclockwise rings of the right area, null for unknown, marked", () => {
  const collection = JSON.parse(coverageGeojson(result));
  assert.equal(collection.type, "FeatureCollection");
  assert.equal(collection.marking, summary.marking);
  assert.equal(collection.label, summary.label);
  assert.equal(collection.features.length, result.cells.length);
  for (const [i, { geometry, properties, id }] of collection.features.entries()) {
    assert.equal(id, result.cells[i]);
    assert.equal(geometry.type, "Polygon");
    const [ring] = geometry.coordinates as LonLat[][];
    assert.ok(ring && ring.length >= 6);
    assert.deepEqual(ring[0], ring.at(-1));
    assert.ok(doubleArea(ring) > 0, "counterclockwise");
    assertArea([ring], result.cells[i] ?? assert.fail());
    const age = result.variants[0]?.cells.imaging.pictureAgeH[i] ?? assert.fail();
    assert.equal(properties.imaging_picture_age_h === null, Number.isNaN(age));
    assert.equal(properties.marking, summary.marking);
  }
  assert.ok(
    collection.features.some(
      (feature: { properties: { imaging_picture_age_h: null } }) => feature.properties.imaging_picture_age_h === null,
    ),
  );
});

/** Spherical area of rings (trapezia of latitude, exact for short edges to parts in ten thousand) against H3's own figure. */
function assertArea(rings: readonly (readonly LonLat[])[], cell: Cell): void {
  const rad = Math.PI / 180;
  const areaKm2 = rings.reduce(
    (sum, ring) =>
      sum +
      ring.slice(1).reduce((part, [lon, lat], i) => {
        const [lon0, lat0] = ring[i] ?? assert.fail();
        return part - ((lon - lon0) * rad * (Math.sin(lat * rad) + Math.sin(lat0 * rad))) / 2;
      }, 0),
    0,
  );
  const relative = (areaKm2 * 6371.007180918475 ** 2) / cellAreaKm2(cell) - 1;
  assert.ok(Math.abs(relative) < 2e-3, `${cell}: off by ${relative}`);
}

test("a cell across the antimeridian becomes two polygons that add up to it, RFC 7946 3.1.9", async () => {
  const { boundaryOf } = await import("@vedette/core/geo/cells");
  const cell = cellAt({ latitudeDeg: -17, longitudeDeg: 180 }, 5);
  const geometry = areaGeometry(boundaryOf(cell));
  assert.equal(geometry.type, "MultiPolygon");
  const rings = geometry.coordinates.flat() as LonLat[][];
  assert.equal(rings.length, 2);
  assert.ok(rings.flat().every(([lon]) => Math.abs(lon) <= 180));
  assert.ok(
    rings.every(
      (ring) =>
        doubleArea(ring) > 0 && Math.max(...ring.map(([lon]) => lon)) - Math.min(...ring.map(([lon]) => lon)) < 2,
    ),
  );
  assertArea(rings, cell);
});

test("a ring round the pole is closed along it", () => {
  const ring = [0, 60, 120, 180, -120, -60].map((lon): LonLat => [lon, 85]);
  const geometry = areaGeometry(ring);
  const rings = geometry.coordinates.flat(geometry.type === "Polygon" ? 0 : 1) as LonLat[][];
  assert.ok(rings.every((part) => doubleArea(part) > 0));
  const area = rings.reduce((sum, part) => sum + doubleArea(part) / 2, 0);
  assert.ok(Math.abs(area - 360 * 5) < 1e-6, `the cap is 360 by 5 degrees, not ${area}`);
});

test("ledger.parquet: hyparquet reads every run back; the file carries the marking", async () => {
  const bytes = ledgerParquet(result);
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(file);
  const values = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value]));
  assert.equal(values.get("marking"), summary.marking);
  assert.equal(values.get("label"), summary.label);
  assert.ok(metadata.created_by?.includes(summary.marking));
  const rows = await parquetReadObjects({ file });
  const { ledgerRuns: runs } = result;
  assert.equal(rows.length, runs.cell.length, "no run dropped");
  for (const [i, row] of rows.entries()) {
    const cell = runs.cell[i] ?? assert.fail();
    const clear = result.clearSky01[cell] ?? assert.fail();
    assert.equal(row["cell"], result.cells[cell]);
    assert.equal(row["kind"], ["optical", "radar", "thermal", "rf"][runs.kind[i] ?? -1]);
    assert.equal(row["state"], LEDGER_STATES[runs.state[i] ?? -1]);
    assert.equal((row["from"] as Date).getTime(), startMs + (runs.fromH[i] ?? assert.fail()) * 3_600_000);
    assert.equal((row["to"] as Date).getTime(), startMs + (runs.toH[i] ?? assert.fail()) * 3_600_000);
    assert.equal(row["clear_sky_chance"] ?? null, Number.isNaN(clear) ? null : clear);
  }
});

test("ledger.parquet refuses a run that refers beyond the cells", () => {
  const runs = { ...result.ledgerRuns, cell: result.ledgerRuns.cell.with(0, 1_000_000) };
  assert.throws(() => ledgerParquet({ ...result, ledgerRuns: runs }), /1000000/);
});

test("passes.ics: RFC 5545 lines, UTC, one event a pass, UIDs that stay", () => {
  const ics = passesIcs(result);
  const lines = ics.split("\r\n");
  assert.ok(
    lines.every((line) => Buffer.byteLength(line) <= 75),
    "3.1: lines of 75 octets at most",
  );
  const unfolded = ics.replaceAll("\r\n ", "").split("\r\n");
  const of = (name: string) =>
    unfolded.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1));
  const shown = result.passes.filter((pass) => pass.startMs < startMs + 48 * 3_600_000);
  assert.deepEqual(
    of("DTSTART").map((text) =>
      Date.parse(text.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, "$1-$2-$3T$4:$5:$6Z")),
    ),
    shown.map((pass) => Math.floor(pass.startMs / 1000) * 1000),
  );
  assert.ok([...of("DTSTART"), ...of("DTEND"), ...of("DTSTAMP")].every((text) => text.endsWith("Z")));
  assert.equal(new Set(of("UID")).size, shown.length);
  assert.ok(of("X-WR-CALNAME")[0]?.startsWith(summary.marking));
  assert.match(of("X-WR-CALDESC")[0] ?? "", new RegExp(`${shown.length} of the ${result.passes.length}`));
  assert.equal(of("CLASS").filter((text) => text === "CONFIDENTIAL").length, shown.length);
  const later = result.passes.map((pass) => ({ ...pass, startMs: pass.startMs + 900, endMs: pass.endMs + 900 }));
  const again = passesIcs({ ...result, passes: later })
    .replaceAll("\r\n ", "")
    .split("\r\n")
    .filter((line) => line.startsWith("UID:"));
  const kept = again.filter((line) => of("UID").includes(line.slice(4))).length;
  assert.ok(kept >= shown.length * 0.98, `${kept} of ${shown.length} UIDs stay when passes move by a second`);
});

test("scene.czml: document first, metres that equal the tracks, nothing where unknown", () => {
  const [head, ...packets] = JSON.parse(sceneCzml(result));
  assert.equal(head.id, "document");
  assert.equal(head.version, "1.0");
  assert.ok(head.description.includes(summary.marking) && head.name.includes(summary.label));
  assert.match(head.clock.interval, /^2026-06-15T00:00:00Z\/2026-06-16T00:00:00Z$/);
  assert.equal(new Set(packets.map(({ id }: { id: string }) => id)).size, packets.length, "ids are unique");
  const satellites = packets.filter(({ id }: { id: string }) => id.startsWith("satellite/"));
  assert.equal(satellites.length, result.tracks.length);
  for (const [i, { position, availability }] of satellites.entries()) {
    const track = result.tracks[i] ?? assert.fail();
    assert.equal(position.referenceFrame, "FIXED");
    assert.equal(position.interpolationAlgorithm, "LAGRANGE");
    for (let k = 0; k < position.cartesian.length; k += 4) {
      const sample = (position.cartesian[k] * 1000) / track.stepMs;
      assert.ok(Math.abs(position.cartesian[k + 1] - (track.rEcefKm[3 * sample] ?? Number.NaN) * 1000) <= 0.5);
    }
    assert.equal(availability.length, i === 1 ? 2 : 1, "the second satellite is unknown for a while");
  }
});
