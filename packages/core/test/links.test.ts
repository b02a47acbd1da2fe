/** Links: jamming by place, time and band; ground in the way; what waits until a link is back. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { destinationOf, distanceKm } from "../src/geo/geodesic.ts";
import { type LinkKind, linkState } from "../src/link/contact.ts";
import { horizonKm, sightKm } from "../src/link/horizon.ts";
import { type Band, bandBit, type JammedAreas, Jamming } from "../src/link/jamming.ts";
import { Outbox } from "../src/link/outbox.ts";
import { groundM, type HeightTile, sightAcross, sightOver, type Terrain } from "../src/link/terrain.ts";
import { Dice } from "../src/numerics/dice.ts";

interface Area {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly radiusKm: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly bands: readonly Band[];
}
const area: Area = {
  latitudeDeg: 48,
  longitudeDeg: 37,
  radiusKm: 30,
  fromMs: 1000,
  toMs: 2000,
  bands: ["satnav", "control"],
};
const jammed = (areas: readonly Area[]): JammedAreas => ({
  fromMs: Float64Array.from(areas, ({ fromMs }) => fromMs),
  toMs: Float64Array.from(areas, ({ toMs }) => toMs),
  latitudeDeg: Float64Array.from(areas, ({ latitudeDeg }) => latitudeDeg),
  longitudeDeg: Float64Array.from(areas, ({ longitudeDeg }) => longitudeDeg),
  reachKm: Float64Array.from(areas, ({ radiusKm }) => radiusKm),
  bands: Uint8Array.from(areas, ({ bands }) => bands.reduce((mask, band) => mask | bandBit(band), 0)),
});

test("jamming holds within its radius, from its first moment up to its end, in its bands; asked in any order", () => {
  const jamming = new Jamming(jammed([area, { ...area, fromMs: 1500, toMs: 1600, bands: ["data"] }]));
  const [near, far] = [destinationOf(area, 70, 29.8), destinationOf(area, 70, 30.2)];
  const bits = bandBit("satnav") | bandBit("control");
  assert.equal(jamming.bandsAt(near.latitudeDeg, near.longitudeDeg, 1000), bits);
  assert.equal(jamming.bandsAt(near.latitudeDeg, near.longitudeDeg, 1550), bits | bandBit("data"));
  assert.equal(jamming.bandsAt(near.latitudeDeg, near.longitudeDeg, 999), 0);
  assert.equal(jamming.bandsAt(near.latitudeDeg, near.longitudeDeg, 2000), 0);
  assert.equal(jamming.bandsAt(far.latitudeDeg, far.longitudeDeg, 1500), 0);
  assert.equal(jamming.bandsAt(near.latitudeDeg, near.longitudeDeg, 1599), bits | bandBit("data"));
  assert.equal(jamming.bandsAt(near.latitudeDeg, near.longitudeDeg, 1600), bits);
  assert.throws(() => new Jamming(jammed([{ ...area, fromMs: 1500 }, area])), /area 1 begins at 1000, before/);
});

test("the areas that hold at a time are those of a plain search, whenever it is asked", () => {
  const dice = new Dice(3, "jamming", "test");
  const areas = Array.from({ length: 80 }, () => {
    const fromMs = dice.between(0, 1000);
    return { ...area, radiusKm: dice.between(1, 60), fromMs, toMs: fromMs + dice.between(1, 200) };
  }).toSorted((a, b) => a.fromMs - b.fromMs);
  const bands = areas.map((_, i): readonly Band[] => [
    (["satnav", "control", "data", "voice", "radar"] as const)[i % 5] as Band,
  ]);
  const own = areas.map((each, i) => ({ ...each, bands: bands[i] as readonly Band[] }));
  const jamming = new Jamming(jammed(own));
  for (let i = 0; i < 2000; i++) {
    const [place, tMs] = [destinationOf(area, 90, 40 * dice.uniform()), dice.between(-10, 1250)];
    const expected = own.reduce(
      (mask, each) =>
        each.fromMs <= tMs && tMs < each.toMs && distanceKm(area, place) <= each.radiusKm
          ? mask | bandBit(each.bands[0] as Band)
          : mask,
      0,
    );
    const close = own.some(({ radiusKm }) => Math.abs(distanceKm(area, place) - radiusKm) < 0.2);
    if (!close) assert.equal(jamming.bandsAt(place.latitudeDeg, place.longitudeDeg, tMs), expected);
  }
});

const flat = (heightM: (row: number, column: number) => number, size = 601): HeightTile => ({
  north: 49,
  west: 37,
  stepDeg: 1 / 600,
  rows: size,
  columns: size,
  heightM: Float64Array.from({ length: size * size }, (_, k) => heightM(Math.floor(k / size), k % size)),
});

test("over level ground two masts see each other up to the radio horizon, and no further", () => {
  const tiles = [flat(() => 0)];
  const a = { latitudeDeg: 48.1, longitudeDeg: 37.5, aboveGroundM: 20 };
  const seen = (km: number) => sightOver(tiles, a, { ...destinationOf(a, 0, km), aboveGroundM: 30 });
  const limit = sightKm(20, 30);
  assert.equal(seen(limit * 0.995), "clear");
  assert.equal(seen(limit * 1.01), "blocked");
});

test("a wall hides what lies behind it, a hole in the map leaves it unknown, the edge of the map too", () => {
  const wall = flat((row) => (row === 300 ? 50 : 0));
  const a = { latitudeDeg: 48.4, longitudeDeg: 37.5, aboveGroundM: 10 };
  const b = { latitudeDeg: 48.6, longitudeDeg: 37.5, aboveGroundM: 10 };
  assert.equal(sightOver([wall], a, b), "blocked");
  assert.equal(sightOver([wall], a, { ...b, aboveGroundM: 200 }), "clear");
  const hole = flat((row) => (row === 300 ? Number.NaN : 0));
  assert.equal(sightOver([hole], a, b), "unknown");
  assert.equal(sightOver([flat(() => 0)], a, { ...b, latitudeDeg: 49.2 }), "unknown");
  // A wall that is known hides whatever the hole may hold.
  assert.equal(sightOver([flat((row) => (row === 250 ? Number.NaN : row === 300 ? 50 : 0))], a, b), "blocked");
  assert.ok(Number.isNaN(groundM([], 48, 37)));
  assert.ok(Math.abs(groundM([flat((row) => 2 * row)], 49 - 10.5 / 600, 37.2) - 21) < 1e-9);
});

test("a link is up, out of range, below the horizon, behind a hill, jammed, or nobody knows", () => {
  const radio: LinkKind = { band: "data", rangeKm: 60, bySatellite: false };
  const a = { latitudeDeg: 48.4, longitudeDeg: 37.5, aboveGroundM: 10 };
  const b = { latitudeDeg: 48.6, longitudeDeg: 37.5, aboveGroundM: 10 };
  assert.equal(linkState(a, b, radio), "up");
  assert.equal(linkState(a, b, { ...radio, rangeKm: 22 }), "out-of-range");
  assert.equal(linkState(a, { ...b, latitudeDeg: 48.8 }, radio), "below-horizon");
  assert.equal(linkState(a, { ...b, latitudeDeg: 48.8, aboveGroundM: 3000 }, radio), "up");
  assert.equal(
    linkState(a, b, radio, { terrain: { kind: "tiles", tiles: [flat((row) => (row === 300 ? 50 : 0))] } }),
    "behind-terrain",
  );
  assert.equal(linkState(a, b, radio, { terrain: { kind: "tiles", tiles: [] } }), "unknown");
  assert.equal(linkState(a, b, radio, { jammed: bandBit("data") }), "jammed");
  assert.equal(linkState(a, b, radio, { jammed: bandBit("voice") }), "up");
  const satellite = { ...radio, bySatellite: true };
  assert.equal(linkState(a, { ...b, latitudeDeg: -10 }, satellite), "up");
  assert.equal(linkState(a, b, satellite, { jammed: bandBit("data") }), "jammed");
  assert.ok(horizonKm(10) + horizonKm(10) < 45);
});

test("reports wait for the link: urgent first, oldest first among equals, half a report is kept", () => {
  const box = new Outbox();
  const sent: [number, number, number][] = [];
  const note = (report: number, queuedMs: number, deliveredMs: number) =>
    void sent.push([report, queuedMs, deliveredMs]);
  box.push(1, 1000, 0, 3);
  box.push(2, 1000, 10, 1);
  box.push(3, 1000, 20, 3);
  assert.equal(box.drain(1000, 1500, 0, note), 1000, "no link, no way");
  // 1,000 bits at 1,000 bit/s: the first in a second, the next one half.
  box.drain(1000, 2500, 1000, note);
  assert.deepEqual(sent, [[2, 10, 2000]]);
  assert.equal(box.waitingBits, 1500);
  box.drain(10_000, 20_000, 1000, note);
  assert.deepEqual(sent.slice(1), [
    [1, 0, 10_500],
    [3, 20, 11_500],
  ]);
  assert.equal(box.waiting, 0);
});

test("over ground that nobody knows a sight is clear near by, or steep, and else unknown", () => {
  const nothing: Terrain = { kind: "unknown" };
  const a = { latitudeDeg: 48.4, longitudeDeg: 37.5, aboveGroundM: 15 };
  const sight = (km: number, aboveGroundM: number) =>
    sightAcross(nothing, a, { ...destinationOf(a, 40, km), aboveGroundM });
  assert.equal(sight(1.9, 2), "clear");
  assert.equal(sight(2.1, 2), "unknown");
  // 3 degrees: 52.4 m for each km.
  assert.equal(sight(10, 15 + 540), "clear");
  assert.equal(sight(10, 15 + 510), "unknown");
  assert.equal(
    linkState(a, { ...a, latitudeDeg: 48.5 }, { band: "data", rangeKm: 60, bySatellite: false }, { terrain: nothing }),
    "unknown",
  );
});

test("an outbox that is saved and loaded goes on where it stopped", () => {
  const box = new Outbox();
  for (let i = 0; i < 40; i++) box.push(i, 1000, 0, 1 + (i % 3));
  const sent: number[] = [];
  box.drain(0, 4500, 1000, (report) => void sent.push(report));
  const other = new Outbox();
  other.load(box.save());
  assert.equal(other.firstS(1000), 0.5, "half a report is kept");
  const [own, loaded]: [string[], string[]] = [[], []];
  box.push(99, 500, 5000, 1);
  other.push(99, 500, 5000, 1);
  box.drain(5000, 1e9, 1000, (report, _queued, ms) => void own.push(`${report} ${ms}`));
  other.drain(5000, 1e9, 1000, (report, _queued, ms) => void loaded.push(`${report} ${ms}`));
  assert.deepEqual(loaded, own);
  assert.equal(own.length + sent.length, 41);
});

test("whatever the priorities, the order is that of a plain sort", () => {
  const dice = new Dice(11, "outbox", "order");
  const box = new Outbox();
  const rows = Array.from({ length: 300 }, (_, i) => ({ i, priority: 1 + dice.below(4) }));
  for (const { i, priority } of rows) box.push(i, 10, 0, priority);
  const sent: number[] = [];
  box.drain(0, 1e9, 1000, (report) => void sent.push(report));
  assert.deepEqual(
    sent,
    rows.toSorted((a, b) => a.priority - b.priority || a.i - b.i).map(({ i }) => i),
  );
});

test("what went in comes out or waits, whatever the link does; the least delay is that of a plain queue", () => {
  const dice = new Dice(7, "outbox", "test");
  const box = new Outbox();
  const plain: { report: number; bits: number; at: number }[] = [];
  const delivered = new Map<number, number>();
  for (let i = 0; i < 500; i++) {
    const [bits, at] = [Math.ceil(1 + 5000 * dice.uniform()), i * 100];
    box.push(i, bits, at, 2);
    plain.push({ report: i, bits, at });
  }
  let [now, expected] = [0, new Map<number, number>()];
  // A link that comes and goes, by a slow and plain simulation of one bit-clock beside it.
  let [next, left] = [0, plain[0]?.bits ?? 0];
  while (now < 2_000_000 && next < plain.length) {
    const up = now + 1000 * Math.ceil(1 + 9 * dice.uniform());
    const rate = dice.chance(0.4) ? 0 : 1000;
    box.drain(now, up, rate, (report, _queued, ms) => void delivered.set(report, ms));
    for (let ms = now; ms < up && rate > 0 && next < plain.length; ms++) {
      if ((plain[next]?.at ?? 0) > ms) continue;
      left -= rate / 1000;
      if (left > 0) continue;
      expected = expected.set(next, ms + 1);
      left = plain[++next]?.bits ?? 0;
    }
    now = up;
  }
  assert.equal(delivered.size + box.waiting, 500);
  assert.equal(delivered.size, expected.size);
  for (const [report, ms] of expected) assert.ok(Math.abs((delivered.get(report) ?? 0) - ms) <= 1e-6 + 1, `${report}`);
});
