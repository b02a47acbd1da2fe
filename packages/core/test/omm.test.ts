/** Argues with CelesTrak: the TLE and the OMM that it served of the same object are the same elements. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { epochOfOmm, ommEpochOf } from "../src/orbit/epoch.ts";
import { OMM_FIELDS, parseOmm } from "../src/orbit/omm.ts";
import { isRefusal, type RefusalCode } from "../src/orbit/refusal.ts";
import { parseTle } from "../src/orbit/tle.ts";

/** Facts: Vanguard 1 as CelesTrak served it in October 2020, as TLE and as OMM. */
const TLE = {
  name: "VANGUARD 1              ",
  line1: "1 00005U 58002B   20287.20333880 -.00000016  00000-0 -22483-4 0  9998",
  line2: "2 00005  34.2443 225.5254 1845686 162.2516 205.2356 10.84869164218149",
};
const VANGUARD = {
  OBJECT_NAME: "VANGUARD 1",
  OBJECT_ID: "1958-002B",
  CENTER_NAME: "EARTH",
  REF_FRAME: "TEME",
  TIME_SYSTEM: "UTC",
  MEAN_ELEMENT_THEORY: "SGP4",
  EPOCH: "2020-10-13T04:52:48.472320",
  MEAN_MOTION: "10.84869164",
  ECCENTRICITY: ".1845686",
  INCLINATION: "34.2443",
  RA_OF_ASC_NODE: "225.5254",
  ARG_OF_PERICENTER: "162.2516",
  MEAN_ANOMALY: "205.2356",
  EPHEMERIS_TYPE: "0",
  CLASSIFICATION_TYPE: "U",
  NORAD_CAT_ID: "5",
  ELEMENT_SET_NO: "999",
  REV_AT_EPOCH: "21814",
  BSTAR: "-.22483E-4",
  MEAN_MOTION_DOT: "-1.6E-7",
  MEAN_MOTION_DDOT: "0",
};

const refusalOf = (changes: Record<string, string>, units: Record<string, string> = {}): RefusalCode | "accepted" => {
  const parsed = parseOmm({ fields: { ...VANGUARD, ...changes }, units });
  if (!isRefusal(parsed)) return "accepted";
  assert.match(parsed.message, /expected|missing/);
  return parsed.code;
};

test("TLE and OMM of the same object are equal, bit by bit", () => {
  const fromOmm = parseOmm({ fields: VANGUARD });
  assert.ok(!isRefusal(fromOmm));
  assert.deepEqual(fromOmm, parseTle(TLE));
});

test("epochs: calendar and day of year, Z or none, any number of decimals, against Date's own reading", () => {
  assert.equal(epochOfOmm("2026-06-14T00:00:00Z"), Date.parse("2026-06-14T00:00:00Z"));
  assert.equal(epochOfOmm("2026-164T12:30:01.5"), Date.parse("2026-06-13T12:30:01.5Z"));
  assert.equal(epochOfOmm("2024-366T00:00:00"), Date.parse("2024-12-31T00:00:00Z"));
  assert.equal(epochOfOmm("1957-10-04T19:28:34"), Date.parse("1957-10-04T19:28:34Z"));
  assert.equal(epochOfOmm("2100-03-01T00:00:00"), Date.parse("2100-03-01T00:00:00Z"));
  assert.equal(epochOfOmm("2026-06-14T00:00:00."), Date.parse("2026-06-14T00:00:00Z"));
  const micros = epochOfOmm("2026-06-14T00:00:00.123456789") ?? assert.fail();
  assert.ok(Math.abs(micros - Date.parse("2026-06-14T00:00:00Z") - 123.456789) < 3e-4, "the resolution of a double");
  const bad = ["", "2026-02-29T00:00:00", "2026-366T00:00:00", "2026-000T00:00:00", "2026-13-01T00:00:00"];
  bad.push("2026-06-31T00:00:00", "2026-06-14T24:00:00", "2026-06-14T23:59:60", "2026-06-14", "1956-12-31T00:00:00");
  bad.push("2026-06-14T00:00:00+00:00", "14 Jun 2026 00:00", "2026-6-14T00:00:00");
  for (const text of bad) assert.equal(epochOfOmm(text), undefined, text);
});

test("every day from 1957 to 2199 agrees with Date, written and read", () => {
  const first = Date.UTC(1957, 0, 1);
  const dayCount = Math.round((Date.UTC(2200, 0, 1) - first) / 86_400_000);
  for (let day = 0; day < dayCount; day++) {
    const utcMs = first + day * 86_400_000 + ((day * 7919) % 86_400_000);
    const iso = new Date(utcMs).toISOString();
    assert.equal(epochOfOmm(iso), utcMs, iso);
    assert.equal(ommEpochOf(utcMs), `${iso.slice(0, -1)}000`);
  }
});

/** 2^42 ms is 2109-05-15: from there on a double of milliseconds no longer tells two microseconds apart. */
test("an epoch to the microsecond survives writing and reading, to 2109", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1957-01-01"), max: new Date("2109-05-15"), noInvalidDate: true }),
      fc.nat(999),
      (date, micros) => {
        const text = date.toISOString().slice(0, -1) + String(micros).padStart(3, "0");
        assert.equal(ommEpochOf(epochOfOmm(text) ?? assert.fail(text)), text);
      },
    ),
  );
});

test("what is refused, by its code", () => {
  const without = (field: keyof typeof VANGUARD) => ({ [field]: "" });
  const required = [
    "NORAD_CAT_ID",
    "EPOCH",
    "MEAN_MOTION",
    "ECCENTRICITY",
    "INCLINATION",
    "RA_OF_ASC_NODE",
    "BSTAR",
  ] as const;
  for (const field of required) assert.equal(refusalOf(without(field)), "missing-field", field);
  for (const text of ["NaN", "Infinity", "1e999", "0x10", "1,5", "12 34", "--1", "1e"]) {
    assert.equal(refusalOf({ INCLINATION: text }), "number", text);
  }
  const ranges = {
    MEAN_MOTION: ["0", "-1", "20.1"],
    ECCENTRICITY: ["1", "-0.1", "2"],
    INCLINATION: ["-1", "180.1"],
    MEAN_ANOMALY: ["361"],
  };
  for (const [field, texts] of Object.entries(ranges)) {
    for (const text of texts) assert.equal(refusalOf({ [field]: text }), "out-of-range", `${field} ${text}`);
  }
  for (const text of ["0", "-5", "1234567890", "A0001", "5.0"])
    assert.equal(refusalOf({ NORAD_CAT_ID: text }), "catalogue-number", text);
  assert.equal(refusalOf({ MEAN_ELEMENT_THEORY: "SGP4-XP" }), "theory");
  assert.equal(refusalOf({ MEAN_ELEMENT_THEORY: "DSST" }), "theory");
  assert.equal(refusalOf({ EPHEMERIS_TYPE: "4" }), "theory");
  assert.equal(refusalOf({ REF_FRAME: "EME2000" }), "frame");
  assert.equal(refusalOf({ TIME_SYSTEM: "TAI" }), "time-system");
  assert.equal(refusalOf({ CENTER_NAME: "MOON" }), "centre");
  assert.equal(refusalOf({ EPOCH: "yesterday" }), "epoch");
  assert.equal(refusalOf({ ELEMENT_SET_NO: "1.5" }), "number");
});

test("what is accepted: the standard's own variants, nine digits, tables without metadata", () => {
  assert.equal(refusalOf({ NORAD_CAT_ID: "999999999" }), "accepted");
  assert.equal(refusalOf({ MEAN_ELEMENT_THEORY: "SGP/SGP4" }), "accepted");
  assert.equal(refusalOf({ CENTER_NAME: "Earth", REF_FRAME: "teme" }), "accepted");
  assert.equal(refusalOf({ REF_FRAME: "", TIME_SYSTEM: "", MEAN_ELEMENT_THEORY: "", CENTER_NAME: "" }), "accepted");
  assert.equal(
    refusalOf({ MEAN_MOTION_DOT: "", MEAN_MOTION_DDOT: "", ELEMENT_SET_NO: "", REV_AT_EPOCH: "" }),
    "accepted",
  );
  const west = parseOmm({ fields: { ...VANGUARD, RA_OF_ASC_NODE: "-134.4746" } });
  assert.ok(!isRefusal(west) && Math.abs(west.raanDeg - 225.5254) < 1e-12);
});

test("units are the standard's own, or refused", () => {
  const units = { MEAN_MOTION: "rev/day", INCLINATION: "deg", MEAN_MOTION_DOT: "REV/DAY**2", BSTAR: "1/ER" };
  assert.equal(refusalOf({}, units), "accepted");
  assert.equal(refusalOf({}, { INCLINATION: "rad" }), "unit");
  assert.equal(refusalOf({}, { MEAN_MOTION: "rev/h" }), "unit");
  assert.equal(refusalOf({}, { ECCENTRICITY: "km" }), "unit");
});

test("names are made safe to print, and nothing is taken from a prototype", () => {
  const parsed = parseOmm({ fields: { ...VANGUARD, OBJECT_NAME: "A\u001b[31m\nB\u009b" } });
  assert.equal(isRefusal(parsed) ? "" : parsed.name, "A [31m B");
  const inherited = Object.create({ ...VANGUARD }) as Record<string, string>;
  assert.ok(isRefusal(parseOmm({ fields: inherited })));
});

test("no message whatever makes parseOmm throw, and what it accepts is finite and in range", () => {
  const value = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.double().map(String),
    fc.constantFrom("", "NaN", "-0", "1e400"),
  );
  const changes = fc.dictionary(fc.constantFrom(...OMM_FIELDS, "__proto__", "constructor"), value, { maxKeys: 4 });
  fc.assert(
    fc.property(changes, fc.dictionary(fc.constantFrom(...OMM_FIELDS), value, { maxKeys: 1 }), (fields, units) => {
      const parsed = parseOmm({ fields: { ...VANGUARD, ...fields }, units });
      if (isRefusal(parsed)) return;
      assert.ok(Object.values(parsed).every((each) => typeof each === "string" || Number.isFinite(each)));
      assert.ok(parsed.eccentricity < 1 && parsed.meanMotionRevPerDay > 0 && parsed.catalogueNumber > 0);
    }),
    { numRuns: 2000 },
  );
});
