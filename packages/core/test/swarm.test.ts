/** A frame of the whole sky is what each satellite's own table says. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelOf, type Machine } from "@vedette/kernel/kernel";
import type { MeanElements } from "../src/orbit/elements.ts";
import { swarmOf } from "../src/orbit/swarm.ts";
import { ephemerisOf } from "../src/orbit/table.ts";
import { instant, MS_PER_HOUR, parseInstant } from "../src/time/instant.ts";
import { elementsNamed, NEVER_STALE } from "./real-sky.ts";

const START = parseInstant("2026-06-15T00:00:00Z");
const NAMES = [
  "ISS (ZARYA)",
  "SENTINEL-1A",
  "MERIDIAN 7",
  "TDRS 3",
  "ARASE (ERG)",
  "LAGEOS 1",
  "GSAT0209 (GALILEO 12)",
];
/** More than two of the kernel's blocks, ending within one, in deep space and near the Earth in turn. */
const SKY: readonly MeanElements[] = Array.from({ length: 201 }, (_, i) => ({
  ...elementsNamed(NAMES[i % NAMES.length] ?? ""),
  meanAnomalyDeg: (i * 137.5) % 360,
}));
const machine = globalThis as unknown as Machine;

for (const [name, kernel] of [
  ["with the kernel", kernelOf(machine)],
  ["without", undefined],
] as const) {
  const skip = name === "with the kernel" && kernel === undefined ? "this machine has no WebAssembly with SIMD" : false;
  test(`each satellite is where its ephemeris says, whichever instant was asked before: ${name}`, { skip }, () => {
    const swarm = swarmOf(SKY, kernel);
    for (const hours of [0, 30, 29, -20, 0.001]) {
      const at = instant(START + Math.round(hours * MS_PER_HOUR));
      const { rEcefKm: r, stride } = swarm.statesAt(at);
      SKY.forEach((elements, i) => {
        const { xKm = 0, yKm = 0, zKm = 0 } = ephemerisOf(elements, NEVER_STALE)(at) ?? {};
        const off = Math.hypot((r[i] ?? 0) - xKm, (r[stride + i] ?? 0) - yKm, (r[2 * stride + i] ?? 0) - zKm);
        assert.ok(off < 1e-6, `${elements.name} at ${hours} h: ${off} km`);
      });
    }
  });
}

test("a satellite that has fallen is NaN, and its neighbours are not", () => {
  const falling = { ...elementsNamed("ISS (ZARYA)"), meanMotionRevPerDay: 16.4, bstar: 0.5 };
  const sky = [...SKY.slice(0, 5), falling, ...SKY.slice(5, 9)];
  for (const kernel of [kernelOf(machine), undefined]) {
    const { rEcefKm } = swarmOf(sky, kernel).statesAt(START + 60 * MS_PER_HOUR);
    assert.deepEqual(
      sky.map((_, i) => Number.isNaN(rEcefKm[i])),
      sky.map((elements) => elements === falling),
    );
  }
});
