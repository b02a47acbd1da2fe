/** Satellites seen from Kharkiv by satellite.js, from the catalogue's own lines. Shares no code with core. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import * as satellite from "satellite.js";
import { CATALOGUE } from "./windows-fixture.ts";

const RAD = Math.PI / 180;

export type Vector = readonly [number, number, number];
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
const angleDeg = (a: Vector, b: Vector): number => Math.atan2(Math.hypot(...cross(a, b)), dot(a, b)) / RAD;
const vectorOf = ({ x, y, z }: { x: number; y: number; z: number }): Vector => [x, y, z];

const OBSERVER = { latitude: 49.99 * RAD, longitude: 36.23 * RAD, height: 0 };
const GROUND = vectorOf(satellite.geodeticToEcf(OBSERVER));

/** A satellite by satellite.js, from the catalogue's own line: Earth-fixed position, and where it stands for Kharkiv. */
export function seenOf(number: string) {
  const rows: Record<string, string>[] = parse(readFileSync(CATALOGUE, "utf8"), { columns: true, comment: "#" });
  const row = rows.find((each) => each["NORAD_CAT_ID"] === number) ?? assert.fail(`no ${number}`);
  const record = satellite.json2satrec(row as unknown as Parameters<typeof satellite.json2satrec>[0]);
  const stateAt = (utcMs: number) => satellite.propagate(record, new Date(utcMs)) ?? assert.fail();
  const gmst = (utcMs: number) => satellite.gstime(new Date(utcMs));
  const ecfAt = (utcMs: number) => satellite.eciToEcf(stateAt(utcMs).position, gmst(utcMs));
  const at = (utcMs: number): Vector => vectorOf(ecfAt(utcMs));
  const look = (utcMs: number) => satellite.ecfToLookAngles(OBSERVER, ecfAt(utcMs));
  return {
    at,
    rangeKm: (utcMs: number) => look(utcMs).rangeSat,
    incidenceDeg: (utcMs: number) => 90 - look(utcMs).elevation / RAD,
    offNadirDeg(utcMs: number): number {
      const { latitude, longitude } = satellite.eciToGeodetic(stateAt(utcMs).position, gmst(utcMs));
      const [c, r] = [Math.cos(latitude), at(utcMs)];
      const down: Vector = [-c * Math.cos(longitude), -c * Math.sin(longitude), -Math.sin(latitude)];
      return angleDeg(down, minus(GROUND, r));
    },
    isLeft: (utcMs: number) => dot(cross(at(utcMs), minus(at(utcMs + 500), at(utcMs - 500))), GROUND) > 0,
    /** Height over the ground's radius of the axis from Earth to Sun, and on which side of the Earth. */
    sunward(utcMs: number): { readonly isBehind: boolean; readonly offAxisKm: number } {
      const r = vectorOf(stateAt(utcMs).position);
      const sun = vectorOf(satellite.sunPos(satellite.jday(new Date(utcMs))).rsun);
      return { isBehind: dot(r, sun) < 0, offAxisKm: Math.hypot(...cross(r, sun)) / Math.hypot(...sun) };
    },
  };
}

/** Least distance of the straight line between two satellites to the Earth's centre, by steps of a thousandth. */
export function clearanceKm(a: Vector, b: Vector): number {
  const points = Array.from({ length: 1001 }, (_, i) => a.map((x, k) => x + ((b[k] ?? x) - x) * (i / 1000)));
  return Math.min(...points.map((point) => Math.hypot(...point)));
}
