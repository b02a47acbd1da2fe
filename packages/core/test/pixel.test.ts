/** The 95 % radius of a pixel: against counting, and against closed forms at the ends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { pixelRadiusKm } from "../src/geo/pixel.ts";

test("a very thin pixel: 95 % of half its length", () => {
  assert.ok(Math.abs(pixelRadiusKm(10, 1e-3) - 4.75) < 1e-5);
  assert.equal(pixelRadiusKm(1e-3, 10), pixelRadiusKm(10, 1e-3));
});

test("a square: the circle cuts all four sides, and the area of the four caps is 5 % less than the overhang", () => {
  const r = pixelRadiusKm(1, 1);
  // Area of a disk less four circular segments beyond the sides (Abramowitz and Stegun, plane geometry).
  const segment = r * r * Math.acos(0.5 / r) - 0.5 * Math.sqrt(r * r - 0.25);
  assert.ok(Math.abs(Math.PI * r * r - 4 * segment - 0.95) < 1e-8);
});

test("any pixel: 95 of 100 places on a fine grid lie within it", () => {
  for (const [width, height] of [
    [0.39, 0.36],
    [1, 1],
    [4.8, 2],
    [0.8, 0.78],
    [3, 0.2],
  ] as const) {
    const radius = pixelRadiusKm(width, height);
    const steps = 1000;
    let inside = 0;
    for (let i = 0; i < steps; i++) {
      for (let j = 0; j < steps; j++) {
        if (Math.hypot(((i + 0.5) / steps - 0.5) * width, ((j + 0.5) / steps - 0.5) * height) <= radius) inside += 1;
      }
    }
    assert.ok(Math.abs(inside / steps ** 2 - 0.95) < 5e-4, `${width} x ${height}: ${inside / steps ** 2}`);
  }
});

test("no pixel, no radius", () => {
  assert.throws(() => pixelRadiusKm(0, 1), /not a pixel: 0 x 1 km/);
  assert.throws(() => pixelRadiusKm(Number.NaN, 1), /not a pixel/);
});
