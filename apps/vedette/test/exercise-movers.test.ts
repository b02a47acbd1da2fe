/** Movers, links and ground as an exercise file says them: patterns, coasts, closed zones, bad worlds, tiles of heights. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Exercise } from "@vedette/core/exercise/exercise";
import { findFaults, type Scene } from "@vedette/core/exercise/scene";
import { groundM } from "@vedette/core/link/terrain";
import { kmBetween } from "@vedette/core/motion/chart";
import { tileOf } from "../src/exercise/height-tile.ts";
import { loadPlan } from "../src/exercise/load.ts";
import { sceneOf } from "../src/exercise/scene/scene-of.ts";
import { InputError } from "../src/problem.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "vedette-movers-"));
});
after(() => rm(folder, { recursive: true }));

const HEAD = `kind: exercise
about: { title: A small sea, licence: Apache-2.0 }
start: 2026-06-15T00:00:00Z
days: 1
world: { plain: { latitudeDeg: 45, longitudeDeg: 32, radiusKm: 45, kinds: { strike: { taxonomy: explosion, perDay: 3, lastsS: 7200, channel: crater, strength: 3 } } } }
headquarters:
  owner: EUE
  analysts: [{ fromHour: 0, toHour: 24, people: 4 }]
  verifiers: [{ fromHour: 0, toHour: 24, people: 2 }]
  analysis: { meanS: 600 }
  verification: { meanS: 1800 }
  assessment: { meanS: 1800 }
`;
const AREAS =
  "areas: { west: { latitudeDeg: 45.3, longitudeDeg: 32, radiusKm: 10 }, east: { latitudeDeg: 44.6, longitudeDeg: 36.2, radiusKm: 10 } }\n";
const BOAT = "mover: { by: sea, speedMps: 10, enduranceS: 400000 }";
const at = (latitudeDeg: number, longitudeDeg: number): string =>
  `places: [{ latitudeDeg: ${latitudeDeg}, longitudeDeg: ${longitudeDeg} }]`;
const group = (id: string, where: string, more: string): string =>
  `groups:\n  ${id}: { nation: FRA, ${where}, plain: { rangeKm: 10, look01: 1 }, ${more} }\n`;

async function sceneFrom(name: string, text: string): Promise<Scene> {
  const path = join(folder, name);
  await writeFile(path, HEAD + text);
  return sceneOf(await loadPlan(path));
}

test("stations: one for each area and pattern, narrowed by group and by area", async () => {
  const areas = `patterns: [racetrack, sector, line-patrol]
areas: { west: { latitudeDeg: 45.3, longitudeDeg: 32, radiusKm: 10 }, mid: { latitudeDeg: 45.1, longitudeDeg: 32, radiusKm: 10, patterns: [sector] } }
`;
  const scene = await sceneFrom(
    "a.yaml",
    areas + group("boats", at(45.2, 31.8), BOAT.replace("by: sea", "by: sea, patterns: [sector, racetrack]")),
  );
  assert.deepEqual(scene.patterns, ["racetrack", "sector", "line-patrol"]);
  const rounds = scene.entities[0]?.mover?.rounds ?? [];
  assert.deepEqual(
    rounds.map((round) => (round === undefined ? 0 : round.length / 2)),
    [5, 10, 0, 0, 10, 0],
  );
  assert.deepEqual(findFaults(scene), []);
});

test("legs are spaced by what the sensor sweeps: a plain one all within its range, others by sweepKm", async () => {
  const areas = AREAS.replace("areas:", "patterns: [creeping-line]\nareas:");
  const legs = async (more: string): Promise<number> => {
    const boats = group("boats", at(45.2, 31.8), BOAT.replace("by: sea", `by: sea${more}`)).replace(
      "rangeKm: 10",
      "rangeKm: 2",
    );
    const round = (await sceneFrom("b.yaml", areas + boats)).entities[0]?.mover?.rounds[0] as Float64Array;
    return kmBetween(round[2] as number, round[3] as number, round[4] as number, round[5] as number);
  };
  assert.ok(Math.abs((await legs("")) - 4) < 0.05, "twice its range of 2 km");
  assert.ok(Math.abs((await legs(", sweepKm: 5")) - 5) < 0.05);
});

test("a boat sails round Crimea to its area and never over land; a patrol goes where no boat does", async () => {
  const scene = await sceneFrom("c.yaml", AREAS + group("boats", at(45.2, 31.8), BOAT));
  assert.deepEqual(findFaults(scene), []);
  const { passage } = scene.entities[0]?.mover ?? {};
  const run = new Exercise(scene, 1);
  run.movers.order.fill(1);
  let south = 90;
  for (let t = scene.startMs; t < run.endMs; t += 1_800_000) {
    run.advance(t);
    const [lat, lon] = [run.movers.latitudeDeg[0] as number, run.movers.longitudeDeg[0] as number];
    south = Math.min(south, lat);
    assert.equal(passage?.closedBy(lat, lon), undefined, `${lat} ${lon}`);
  }
  assert.ok(south < 44.4, "past Cape Sarych");
  assert.ok((run.movers.stationMs[0] as number) > 3_600_000);
  const dry = await sceneFrom("d.yaml", AREAS + group("patrols", at(45.2, 34.2), BOAT.replace("sea", "land")));
  assert.match(findFaults(dry).join("; "), /patrols\/1: none of 2 areas/);
});

test("bad worlds end before the run, with file, line, column and id", async () => {
  const faultOf = async (name: string, text: string): Promise<string> =>
    findFaults(await sceneFrom(name, text)).join("\n");
  assert.match(
    await faultOf("e.yaml", AREAS + group("boats", at(46.48, 30.5), BOAT)),
    /e\.yaml:15:3: boats\/1: its base at 46\.4800 N 30\.5000 E lies inside land/,
  );
  assert.match(
    await faultOf("f.yaml", AREAS + group("patrols", at(45.2, 31.8), BOAT.replace("sea", "land"))),
    /patrols\/1: its base at .* lies inside water/,
  );
  const zone =
    "closed: { fort: { ring: [{ latitudeDeg: 45, longitudeDeg: 31.5 }, { latitudeDeg: 45, longitudeDeg: 32.5 }, { latitudeDeg: 45.4, longitudeDeg: 32 }] } }\n";
  assert.match(
    await faultOf("g.yaml", AREAS + zone + group("boats", at(45.1, 32), BOAT)),
    /lies inside the closed zone fort/,
  );
  assert.equal(
    await faultOf("h.yaml", AREAS + zone.replace("] } }", "], to: [boats] } }") + group("boats", at(45.5, 32.3), BOAT)),
    "",
    "the area in the zone loses its round, the other has one",
  );
  assert.match(
    await faultOf("i.yaml", AREAS + group("boats", at(45.2, 31.8), BOAT.replace("400000", "0"))),
    /i\.yaml:15:3: boats\/1: an endurance of 0 s ends before it begins/,
  );
  assert.match(
    await faultOf("j.yaml", AREAS + group("boats", at(45.2, 31.8), BOAT.replace("400000", "600"))),
    /boats\/1: none of 2 areas is within its endurance of 600 s/,
  );
  assert.match(
    await faultOf("k.yaml", group("boats", at(45.2, 31.8), BOAT)),
    /boats\/1: moves, and has no area to go to/,
  );
  const wrong = `${AREAS}${zone.replace("] } }", "], to: [boat] } }")}${group("boats", at(45.5, 32.3), BOAT)}`;
  await assert.rejects(sceneFrom("l.yaml", wrong), (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /l\.yaml:14:\d+: .*no group "boat".*boats/);
    return true;
  });
});

test("links: line of sight to one's own base or to masts, by satellite, or by wire", async () => {
  const linkOf = async (more: string) =>
    (await sceneFrom("m.yaml", AREAS + group("boats", at(45.2, 31.8), more))).entities[0]?.link;
  assert.deepEqual(await linkOf(BOAT), { kind: "satcom", band: "data" });
  assert.equal(await linkOf("heightM: 20"), undefined);
  assert.deepEqual(await linkOf(`${BOAT}, link: { kind: line-of-sight, rangeKm: 60 }`), {
    kind: "line-of-sight",
    band: "data",
    rangeKm: 60,
    ends: [{ latitudeDeg: 45.2, longitudeDeg: 31.8, aboveGroundM: 30 }],
  });
  const drone = await linkOf(
    "heightM: 2000, mover: { speedMps: 40, enduranceS: 40000 }, link: { kind: line-of-sight, rangeKm: 60, relayHeightM: 9, bases: [{ latitudeDeg: 46, longitudeDeg: 33 }] }",
  );
  assert.deepEqual(drone, {
    kind: "line-of-sight",
    band: "control",
    rangeKm: 60,
    ends: [{ latitudeDeg: 46, longitudeDeg: 33, aboveGroundM: 9 }],
  });
});

test("ground: flat, unknown, or SRTM tiles with their voids; what is none is refused with its line", async () => {
  const size = 1201;
  const bytes = Buffer.alloc(2 * size * size);
  for (let i = 0; i < size * size; i++) bytes.writeInt16BE(i % size === 600 ? -32_768 : Math.floor(i / size), 2 * i);
  const tile = tileOf("N45E032.hgt", bytes);
  assert.ok(typeof tile !== "string");
  // Rows from the north: 100 rows below the northern edge it is 100 m high.
  assert.ok(Math.abs(groundM([tile], 46 - 100 / 1200, 32.2) - 100) < 1e-6);
  assert.ok(Number.isNaN(groundM([tile], 45.5, 32.5)));
  assert.match(
    String(tileOf("N45E032.hgt", bytes.subarray(1))),
    /expected a square of 16-bit heights, found 2884801 bytes/,
  );
  assert.match(String(tileOf("heights.hgt", bytes)), /a name such as N48E037\.hgt/);
  const boats = group("boats", at(45.2, 31.8), BOAT);
  assert.equal((await sceneFrom("n.yaml", `${AREAS}terrain: flat\n${boats}`)).terrain, undefined);
  assert.deepEqual((await sceneFrom("o.yaml", `${AREAS}terrain: unknown\n${boats}`)).terrain, { kind: "unknown" });
  await mkdir(join(folder, "tiles"));
  await assert.rejects(
    sceneFrom("p.yaml", `${AREAS}terrain: ./tiles\n${boats}`),
    /p\.yaml:14:\d+: .*expected tiles such as/,
  );
  await writeFile(join(folder, "tiles", "N45E032.hgt"), bytes);
  const { terrain } = await sceneFrom("q.yaml", `${AREAS}terrain: ./tiles\n${boats}`);
  assert.ok(terrain?.kind === "tiles" && terrain.tiles.length === 1);
  await assert.rejects(sceneFrom("r.yaml", `${AREAS}terrain: hilly\n${boats}`), /r\.yaml:14:\d+/);
});
