/** The Sun's elevation against published worked examples and PyEphem. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sunElevationDeg } from "../src/geo/sun.ts";
import { parseInstant } from "../src/time/instant.ts";
import { assertWithin, isCaught } from "./accuracy.ts";

interface Oracle {
  readonly published: {
    readonly spa: {
      readonly utc: string;
      readonly latitudeDeg: number;
      readonly longitudeDeg: number;
      readonly elevationDeg: number;
    };
    readonly meeus: { readonly utc: string; readonly declinationDeg: number; readonly equationOfTimeDeg: number };
  };
  /** Latitude, longitude, UTC seconds since 1970, elevation. */
  readonly table: readonly (readonly [number, number, number, number])[];
}

const DEG = Math.PI / 180;
const oracle: Oracle = JSON.parse(readFileSync(new URL("../oracle/sun.pyephem.json", import.meta.url), "utf8"));
const { spa, meeus } = oracle.published;

/** Largest difference from the table; the planted faults move the clock or the place. */
function worstOfTable(lateS = 0, eastDeg = 0): number {
  const off = oracle.table.map(([latitudeDeg, longitudeDeg, utcS, expected]) =>
    Math.abs(sunElevationDeg({ latitudeDeg, longitudeDeg: longitudeDeg + eastDeg }, (utcS + lateS) * 1000) - expected),
  );
  return Math.max(...off);
}

/** Elevations by spherical trigonometry from a published declination and equation of time. */
function* meeusCases() {
  const utcMs = parseInstant(meeus.utc);
  const dayFraction = (utcMs / 86_400_000) % 1;
  const subsolarDeg = 180 - 360 * dayFraction - meeus.equationOfTimeDeg;
  for (const latitudeDeg of [-90, -60, -30, 0, 45, 90]) {
    for (const hourAngleDeg of [-120, -80, -40, 0, 40, 80, 120]) {
      const sin =
        Math.sin(latitudeDeg * DEG) * Math.sin(meeus.declinationDeg * DEG) +
        Math.cos(latitudeDeg * DEG) * Math.cos(meeus.declinationDeg * DEG) * Math.cos(hourAngleDeg * DEG);
      yield {
        place: { latitudeDeg, longitudeDeg: subsolarDeg + hourAngleDeg },
        utcMs,
        expectedDeg: Math.asin(sin) / DEG,
      };
    }
  }
}

function worstOfPublished(lateMs = 0): number {
  const offs = [...meeusCases()].map(({ place, utcMs, expectedDeg }) =>
    Math.abs(sunElevationDeg(place, utcMs + lateMs) - expectedDeg),
  );
  offs.push(Math.abs(sunElevationDeg(spa, parseInstant(spa.utc) + lateMs) - spa.elevationDeg));
  return Math.max(...offs);
}

test("sun elevation equals PyEphem's at 200 places and instants", () => {
  assert.equal(oracle.table.length, 200);
  assert.ok(oracle.table.some(([, , , deg]) => deg > 60) && oracle.table.some(([, , , deg]) => deg < -60));
  assertWithin("sun-table", worstOfTable());
});

test("sun elevation equals published worked examples: NREL's SPA report, Meeus", () => {
  assertWithin("sun-published", worstOfPublished());
});

test("planted fault: ten seconds late, or 0.03 degrees east, is caught", () => {
  assert.ok(isCaught("sun-table", worstOfTable(10)));
  assert.ok(isCaught("sun-table", worstOfTable(0, 0.03)));
  assert.ok(isCaught("sun-published", worstOfPublished(10_000)));
});
