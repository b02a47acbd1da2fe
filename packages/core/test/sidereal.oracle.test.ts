/** Sidereal time against published worked examples. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseInstant } from "../src/time/instant.ts";
import { gmstRad } from "../src/time/sidereal.ts";
import { assertWithin, isCaught } from "./accuracy.ts";

const hours = (h: number, m: number, s: number) => 15 * (h + m / 60 + s / 3600);

/** UT, mean sidereal time at Greenwich in degrees, source. */
const PUBLISHED = [
  ["1987-04-10T00:00:00Z", hours(13, 10, 46.3668), "Meeus, Astronomical Algorithms (2nd ed.), example 12.a"],
  ["1987-04-10T19:21:00Z", hours(8, 34, 57.0896), "Meeus, Astronomical Algorithms (2nd ed.), example 12.b"],
  ["1992-08-20T12:14:00Z", 152.57878781, "Vallado, Fundamentals of Astrodynamics (4th ed.), example 3-5"],
] as const;

function worstDeg(lateMs = 0): number {
  const off = PUBLISHED.map(([utc, expected]) =>
    Math.abs((gmstRad(parseInstant(utc) + lateMs) * 180) / Math.PI - expected),
  );
  return Math.max(...off);
}

test("mean sidereal time equals Meeus's and Vallado's examples", () => {
  assertWithin("sidereal-time", worstDeg());
});

test("planted fault: a millisecond late is caught", () => {
  assert.ok(isCaught("sidereal-time", worstDeg(1)));
});
