/** The compiled kernels against satellite.js, object by object, at the same minutes since epoch; and against Vallado's set. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { type Kernel, kernel as own } from "@vedette/kernel/kernel";
import { SATELLITE_LENGTH, writeSatellite } from "@vedette/kernel/writer";
import fc from "fast-check";
import { json2satrec, type SatRec, sgp4, twoline2satrec } from "satellite.js";
import { fillStates } from "../src/orbit/bulk.ts";
import { nearEarthOf } from "../src/orbit/near-earth.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { tabulate } from "../src/orbit/table.ts";
import { parseTle } from "../src/orbit/tle.ts";
import { MS_PER_DAY } from "../src/time/instant.ts";
import { assertWithin, isCaught } from "./accuracy.ts";
import { elementsNamed, satellites as realSatellites, spanOf } from "./real-sky.ts";

const kernel = own as Kernel;
const noKernel = own === undefined ? "this machine has no WebAssembly with SIMD" : false;
const MINUTES_OF_A_WEEK = 10_080;

/** Positions (TEME: sidereal time is nought) at so many minutes since epoch, by the kernel. Stride 3, km. */
function positionsOf(record: SatRec, minutes: readonly number[]): Float64Array {
  const count = minutes.length;
  const stride = 8 * (count + 2);
  const from = kernel.take(8 * SATELLITE_LENGTH);
  const times = kernel.take(stride);
  const gmst = kernel.take(stride);
  const out = kernel.take(6 * stride);
  const work = kernel.take(kernel.run.PROPAGATE_WORK_BYTES.value);
  // Epoch 0: then milliseconds are minutes times 60,000, to the bit where minutes are whole.
  writeSatellite(record, 0, kernel.doubles(from, SATELLITE_LENGTH));
  kernel.doubles(times, count).set(minutes.map((t) => t * 60_000));
  kernel.doubles(gmst, count).fill(0);
  kernel.run.propagate(from, times, gmst, count, out, stride, work);
  const planes = kernel.doubles(out, 6 * (count + 2));
  const states = Float64Array.from(
    { length: 3 * count },
    (_, k) => planes[(k % 3) * (count + 2) + Math.floor(k / 3)] ?? 0,
  );
  kernel.release(from);
  return states;
}

/** Worst difference, km; infinite where one side has an answer and the other has none. */
function worstKm(record: SatRec, minutes: readonly number[], shiftKm = 0): number {
  const ours = positionsOf(record, minutes);
  return Math.max(
    ...minutes.map((t, i) => {
      const state = sgp4(record, t);
      const known = state !== null && !Number.isNaN(state.position.x);
      if (known === Number.isNaN(ours[3 * i])) return Number.POSITIVE_INFINITY;
      if (!known) return 0;
      const { x, y, z } = state.position;
      return Math.hypot((ours[3 * i] ?? 0) + shiftKm - x, (ours[3 * i + 1] ?? 0) - y, (ours[3 * i + 2] ?? 0) - z);
    }),
  );
}

const weekly = (step: number) => Array.from({ length: Math.floor(MINUTES_OF_A_WEEK / step) + 1 }, (_, i) => i * step);

const recordsOf = (tle: string): SatRec[] => linesIn(tle).map(({ line1, line2 }) => twoline2satrec(line1, line2));

test("every object of the shipped catalogue over 7 days", { skip: noKernel }, (t) => {
  const records = shippedRecords();
  assert.ok(records.length > 300, `${records.length} objects`);
  report(t, records, weekly(20));
});

const WHOLE = new URL("../../../../shared/data/catalogue/active-2026-06-14.tle", import.meta.url);
const noWhole = existsSync(WHOLE)
  ? noKernel
  : "the whole catalogue is not part of the project: it lies beside it, or not";
test("every object of the whole catalogue over 7 days", { skip: noWhole }, (t) => {
  const records = recordsOf(readFileSync(WHOLE, "utf8"));
  assert.equal(records.length, 15_699);
  report(t, records, weekly(331));
});

test("every object of the whole catalogue gets an answer or a typed reason, at every node of a day", {
  skip: noWhole,
}, (t) => {
  const text = readFileSync(WHOLE, "utf8").split(/\r?\n/);
  const span = spanOf("2026-06-27T12:00:00Z", 24);
  const seen = { answers: 0, stale: 0, decayed: 0, "element-error": 0 };
  for (let i = 0; i + 2 < text.length; i += 3) {
    const elements = parseTle({ name: text[i] ?? "", line1: text[i + 1] ?? "", line2: text[i + 2] ?? "" });
    if (isRefusal(elements)) assert.fail(elements.message);
    const { rEcefKm, firstMs, stepMs, count, unknown } = tabulate(elements, span, { staleAfterMs: 14 * MS_PER_DAY });
    for (let n = 0; n < count; n++) {
      const at = firstMs + n * stepMs;
      if (at < span.start || at >= span.end) continue;
      const reason = unknown.find(({ start, end }) => at >= start && at < end);
      if (reason === undefined) assert.ok(!Number.isNaN(rEcefKm[3 * n]), `${elements.name} at ${at}: neither`);
      seen[reason?.code ?? "answers"]++;
    }
  }
  t.diagnostic(JSON.stringify(seen));
  assert.ok(seen.answers > 1e6 && seen.stale > 1e5 && seen.decayed > 1e3);
});

/** All within the gate; says how deep space and the rest did. */
function report(t: TestContext, records: readonly SatRec[], minutes: readonly number[]): void {
  for (const method of ["n", "d"] as const) {
    const some = records.filter((record) => record.method === method);
    const worst = Math.max(...some.map((record) => worstKm(record, minutes)));
    t.diagnostic(`${some.length} objects ${method === "d" ? "in deep space" : "near the Earth"}: within ${worst} km`);
    assertWithin("bulk-position", worst);
  }
}

function shippedRecords(): SatRec[] {
  const csv = readFileSync(new URL("../../../data/catalogues/imaging-2026-06-14.csv", import.meta.url), "utf8");
  const [head = "", ...rows] = csv.split(/\r?\n/).filter((line) => line !== "" && !line.startsWith("#"));
  const names = head.split(",");
  return rows.map((row) => {
    const texts = row.split(",");
    return json2satrec(
      Object.fromEntries(names.map((name, i) => [name, texts[i] ?? ""])) as unknown as Parameters<
        typeof json2satrec
      >[0],
    );
  });
}

interface VerificationObject {
  readonly catalogueNumber: number;
  readonly line1: string;
  readonly line2: string;
  readonly states: readonly (readonly number[])[];
  readonly error?: { readonly minutes: number; readonly sgp4Error: number };
}

const vallado: { readonly objects: readonly VerificationObject[] } = JSON.parse(
  readFileSync(new URL("../oracle/sgp4.vallado.json", import.meta.url), "utf8"),
);

test("Vallado's states, and his failures", { skip: noKernel }, (t) => {
  let worst = 0;
  for (const { catalogueNumber, line1, line2, states, error } of vallado.objects) {
    const record = twoline2satrec(line1, line2);
    const ours = positionsOf(
      record,
      states.map(([minutes = 0]) => minutes),
    );
    const km = Math.max(
      0,
      ...states.flatMap(([, ...r], i) => [0, 1, 2].map((j) => Math.abs((ours[3 * i + j] ?? 0) - (r[j] ?? 0)))),
    );
    if (isCaught("bulk-vallado", km)) t.diagnostic(`object ${catalogueNumber}: off by ${km} km`);
    worst = Math.max(worst, km);
    if (error !== undefined) assert.ok(Number.isNaN(positionsOf(record, [error.minutes])[0]), `${catalogueNumber}`);
  }
  assertWithin("bulk-vallado", worst);
});

test("near the Earth our own initialisation gives satellite.js's coefficients", (t) => {
  const lines = [
    ...vallado.objects,
    ...realSatellites,
    ...(existsSync(WHOLE) ? linesIn(readFileSync(WHOLE, "utf8")) : []),
  ];
  const worst = { name: "", relative: 0 };
  let compared = 0;
  for (const { line1, line2 } of lines) {
    const record = twoline2satrec(line1, line2);
    const elements = parseTle({ line1, line2 }, { ignoreChecksum: true });
    if (isRefusal(elements)) assert.fail(elements.message);
    const ours = nearEarthOf(elements);
    assert.equal(ours !== undefined, record.method === "n", `${record.satnum}`);
    if (ours === undefined) continue;
    compared++;
    for (const [name, value] of Object.entries(ours)) {
      if (typeof value !== "number" || name === "sfour" || name === "tsi") continue;
      const theirs = record[name as keyof SatRec] as number;
      const relative = Math.abs(value - theirs) / (Math.abs(theirs) || 1);
      if (relative > worst.relative) Object.assign(worst, { name: `${name} of ${record.satnum}`, relative });
    }
  }
  t.diagnostic(`${compared} objects, 34 coefficients each; farthest apart: ${worst.name}, ${worst.relative}`);
  assert.ok(compared > 40 && worst.relative < 1e-9, `${worst.name}: ${worst.relative}`);
});

function linesIn(tle: string): { readonly line1: string; readonly line2: string }[] {
  const lines = tle.split(/\r?\n/);
  return lines.flatMap((line1, i) => (line1.startsWith("1 ") ? [{ line1, line2: lines[i + 1] ?? "" }] : []));
}

test("planted fault: 2 mm to one side is caught", { skip: noKernel }, () => {
  const [record] = shippedRecords();
  assert.ok(isCaught("bulk-position", worstKm(record ?? assert.fail(), [0, 100, 5000], 2e-6)));
});

test("property: a state does not depend on what else is asked for", { skip: noKernel }, () => {
  // Falling and deep-space objects too: whichever path answers, for an instant it is always the same one.
  const records = vallado.objects.map(({ line1, line2 }) => twoline2satrec(line1, line2));
  const instants = fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 1, maxLength: 150 });
  fc.assert(
    fc.property(fc.constantFrom(...records), instants, (record, minutes) => {
      const together = positionsOf(record, minutes);
      minutes.forEach((t, i) => {
        assert.deepEqual([...positionsOf(record, [t])], [...together.subarray(3 * i, 3 * i + 3)]);
      });
    }),
    { numRuns: 60 },
  );
});

test("without the kernel the states are the same, to the millimetre", { skip: noKernel }, () => {
  for (const name of ["ISS (ZARYA)", "MERIDIAN 7", "TDRS 3", "ARASE (ERG)"]) {
    const { start } = spanOf("2026-06-15T00:00:00Z", 24);
    const steps = { firstMs: start, stepMs: 60_000, count: 1441 };
    const [a, b] = [statesOf(steps.count), statesOf(steps.count)];
    fillStates(elementsNamed(name), steps, a, kernel);
    fillStates(elementsNamed(name), steps, b, undefined);
    a.rEcefKm.forEach((km, k) => {
      assert.ok(Math.abs(km - (b.rEcefKm[k] ?? 0)) < 1e-6, `${name} ${k}`);
      assert.ok(Math.abs((a.vEcefKmps[k] ?? 0) - (b.vEcefKmps[k] ?? 0)) < 1e-9, `${name} ${k}`);
    });
  }
});

const statesOf = (count: number) => ({ rEcefKm: new Float64Array(3 * count), vEcefKmps: new Float64Array(3 * count) });
