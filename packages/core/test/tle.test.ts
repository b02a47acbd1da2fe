/** Argues with satellite.js as an independent reader of the same lines, and with epochs that CelesTrak computed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type SatRec, twoline2satrec } from "satellite.js";
import type { MeanElements } from "../src/orbit/elements.ts";
import { ommEpochOf } from "../src/orbit/epoch.ts";
import { isRefusal, type RefusalCode } from "../src/orbit/refusal.ts";
import { catalogueNumberOf, parseTle, tleChecksum } from "../src/orbit/tle.ts";

/** Facts: lines as distributed by 18 SDS through CelesTrak (Vanguard 1 in 2020, the others on 2026-06-14). */
const VANGUARD = [
  "1 00005U 58002B   20287.20333880 -.00000016  00000-0 -22483-4 0  9998",
  "2 00005  34.2443 225.5254 1845686 162.2516 205.2356 10.84869164218149",
] as const;
const LCS = [
  "1 01361U 65034C   26164.73852757  .00000026  00000+0  23316-2 0  9996",
  "2 01361  32.1359 185.2154 0012318 110.1924 249.9899  9.89310784209544",
] as const;
const TERRASAR = [
  "1 31698U 07026A   26164.30549450  .00000550  00000+0  29393-4 0  9990",
  "2 31698  97.4448 172.0669 0001630  86.5072 273.6349 15.19146801 52630",
] as const;
/** From the verification set of Vallado et al. 2006: blanks for the designator, the type and leading zeros. */
const BLANKS = [
  "1 88888U          80275.98708465  .00073094  13844-3  66816-4 0    87",
  "2 88888  72.8435 115.9689 0086731  52.6988 110.5714 16.05824518  1058",
] as const;
const NO_TYPE = [
  "1 11801U          80230.29629788  .01431103  00000-0  14311-1      13",
  "2 11801  46.7916 230.4354 7318036  47.4722  10.4117  2.28537848    13",
] as const;
const DEBRIS = [
  "1 29141U 85108AA  06170.26783845  .99999999  00000-0  13519-0 0   718",
  "2 29141  82.4288 273.4882 0015848 277.2124  83.9133 15.93343074  6828",
] as const;
const TRAILING = [
  "1 23333U 94071A   94305.49999999 -.00172956  26967-3  10000-3 0    15",
  "2 23333  28.7490   2.3720 9728298  30.4360   1.3500  0.07309491    70      0.0      1600.0        120.00",
] as const;
const ALL = [VANGUARD, LCS, TERRASAR, BLANKS, NO_TYPE, DEBRIS, TRAILING];

function elementsOf(lines: readonly [string, string], name = ""): MeanElements {
  const parsed = parseTle({ name, line1: lines[0], line2: lines[1] });
  return isRefusal(parsed) ? assert.fail(parsed.message) : parsed;
}

/** The same text with some columns replaced and the checksum put right. */
function edited(line: string, firstColumn: number, text: string): string {
  const body = line.slice(0, firstColumn - 1) + text + line.slice(firstColumn - 1 + text.length);
  return body.slice(0, 68) + tleChecksum(body) + body.slice(69);
}

for (const lines of ALL) {
  test(`parseTle reads what satellite.js reads: ${lines[0].slice(2, 17)}`, () => {
    const elements = elementsOf(lines);
    const record: SatRec = twoline2satrec(lines[0], lines[1]);
    const degOf = (rad: number) => (rad * 180) / Math.PI;
    const close = (actual: number, expected: number, what: string) =>
      assert.ok(
        Math.abs(actual - expected) <= 1e-14 * Math.max(1, Math.abs(expected)),
        `${what}: ${actual}, ${expected}`,
      );
    assert.equal(elements.catalogueNumber, Number(record.satnum));
    assert.equal(elements.eccentricity, record.ecco);
    assert.equal(elements.bstar, record.bstar);
    close(elements.inclinationDeg, degOf(record.inclo), "inclination");
    close(elements.raanDeg, degOf(record.nodeo), "node");
    close(elements.argPerigeeDeg, degOf(record.argpo), "perigee");
    close(elements.meanAnomalyDeg, degOf(record.mo), "anomaly");
    close(elements.meanMotionDot, record.ndot * (1440 / (2 * Math.PI)) * 1440, "first derivative");
    close(elements.meanMotionDdot, record.nddot * (1440 / (2 * Math.PI)) * 1440 ** 2, "second derivative");
    // satellite.js keeps mean motion after removing Kozai's term only; the text itself is the witness here.
    assert.equal(elements.meanMotionRevPerDay, Number.parseFloat(lines[1].slice(52, 63)));
    // A Julian date as one double is good to 4e-5 s.
    assert.ok(Math.abs(elements.epochUtcMs - (record.jdsatepoch - 2_440_587.5) * 86_400_000) < 0.05);
  });
}

test("epochs are exact to the microsecond: CelesTrak's own OMM of the same elements says so", () => {
  assert.equal(ommEpochOf(elementsOf(VANGUARD).epochUtcMs), "2020-10-13T04:52:48.472320");
});

test("two-digit years run from 1957 to 2056, and leap days count", () => {
  const epochOf = (columns: string) => {
    const parsed = parseTle({ line1: edited(VANGUARD[0], 19, columns), line2: VANGUARD[1] });
    return isRefusal(parsed) ? parsed.code : ommEpochOf(parsed.epochUtcMs);
  };
  assert.equal(epochOf("57001.00000000"), "1957-01-01T00:00:00.000000");
  assert.equal(epochOf("56366.50000000"), "2056-12-31T12:00:00.000000");
  assert.equal(epochOf("00060.00000000"), "2000-02-29T00:00:00.000000");
  assert.equal(epochOf("04  1.25000000"), "2004-01-01T06:00:00.000000");
  assert.equal(epochOf("26365.99999999"), "2026-12-31T23:59:59.999136");
  assert.equal(epochOf("26366.00000000"), "epoch");
  assert.equal(epochOf("26000.50000000"), "epoch");
});

test("text fields: names with and without 0, designators of both centuries, blanks", () => {
  assert.equal(elementsOf(TERRASAR, "0 TERRASAR-X ").name, "TERRASAR-X");
  assert.equal(elementsOf(TERRASAR, "TERRASAR-X").internationalDesignator, "2007-026A");
  assert.equal(elementsOf(VANGUARD).internationalDesignator, "1958-002B");
  assert.equal(elementsOf(DEBRIS).internationalDesignator, "1985-108AA");
  assert.equal(elementsOf(BLANKS).internationalDesignator, "");
  assert.deepEqual([elementsOf(NO_TYPE).elementSetNumber, elementsOf(NO_TYPE).revolutionAtEpoch], [1, 1]);
  assert.deepEqual([elementsOf(LCS).elementSetNumber, elementsOf(LCS).revolutionAtEpoch], [999, 20954]);
});

test("a name with a terminal's commands in it is read without them", () => {
  const [line1, line2] = VANGUARD;
  const named = (name: string) => parseTle({ name, line1, line2 }) as MeanElements;
  assert.equal(named("0 ISS \u001b[31mRED\u001b]0;x\u0007\u009b2J ").name, "ISS  [31mRED ]0;x 2J");
});

test("Alpha-5 catalogue numbers, as Space-Track's table gives them", () => {
  const table = {
    A0000: 100_000,
    H9999: 179_999,
    J0000: 180_000,
    N9999: 229_999,
    P0000: 230_000,
    Z9999: 339_999,
    E8493: 148_493,
  };
  for (const [text, number] of Object.entries(table)) assert.equal(catalogueNumberOf(text), number, text);
  assert.equal(catalogueNumberOf("    5"), 5);
  for (const text of ["I0000", "O1234", "a0000", "0000A", "00000", "     ", "1 234", "A 123"]) {
    assert.equal(catalogueNumberOf(text), undefined, text);
  }
  const [line1, line2] = [edited(LCS[0], 3, "E8493"), edited(LCS[1], 3, "E8493")];
  assert.equal(elementsOf([line1, line2]).catalogueNumber, 148_493);
});

test("each refusal says what is wrong, in which line and column", () => {
  const [line1, line2] = TERRASAR;
  const cases: [string, string, RefusalCode, 1 | 2, number][] = [
    [line1.replace("0  9990", "0  9991"), line2, "checksum", 1, 69],
    [line1, line2.replace("97.4448", "97.4449"), "checksum", 2, 69],
    [line1.slice(0, 60), line2, "line", 1, 61],
    [line1.slice(0, 68), line2, "line", 1, 69],
    [line1, "", "line", 2, 1],
    [line2, line1, "line", 1, 1],
    [line1, LCS[1], "line", 2, 3],
    [`${line1.slice(0, 20)}\t${line1.slice(21)}`, line2, "syntax", 1, 21],
    [edited(line1, 3, "O1698"), edited(line2, 3, "O1698"), "catalogue-number", 1, 3],
    [edited(line1, 19, "26x64.30549450"), line2, "epoch", 1, 19],
    [edited(line1, 34, " .0000o550"), line2, "number", 1, 34],
    [edited(line1, 54, " 29393 4"), line2, "number", 1, 54],
    [edited(line1, 54, "     NaN"), line2, "number", 1, 54],
    [edited(line1, 63, "4"), line2, "theory", 1, 63],
    [line1, edited(line2, 9, "197.4448"), "out-of-range", 2, 9],
    [line1, edited(line2, 18, "372.0669"), "out-of-range", 2, 18],
    [line1, edited(line2, 27, "00o1630"), "number", 2, 27],
    [line1, edited(line2, 53, " 0.00000000"), "out-of-range", 2, 53],
    [line1, edited(line2, 53, "99.00000000"), "out-of-range", 2, 53],
    [line1, edited(line2, 53, "        NaN"), "number", 2, 53],
  ];
  for (const [first, second, code, tleLine, column] of cases) {
    const parsed = parseTle({ line1: first, line2: second });
    if (!isRefusal(parsed)) assert.fail(`accepted: ${first} / ${second}`);
    assert.deepEqual([parsed.code, parsed.tleLine, parsed.column], [code, tleLine, column], parsed.message);
    assert.match(parsed.message, /expected|is of object/);
  }
});

test("a wrong checksum passes only where it is asked to: Vallado's edited error cases", () => {
  const line1 = "1 33333U 05037B   05333.02012661  .25992681  00000-0  24476-3 0  1534";
  const line2 =
    "2 33333  96.4736 157.9986 9950000 244.0492 110.6523  4.00004038 10708      0.0       150.0          5.00";
  assert.equal("code" in parseTle({ line1, line2 }), true);
  const parsed = parseTle({ line1, line2 }, { ignoreChecksum: true });
  assert.equal(isRefusal(parsed) ? parsed.message : parsed.eccentricity, 0.995);
});

/** Elements that fit the columns, and the lines that say so: written here by string formatting alone. */
const elementText = fc.record({
  number: fc.integer({ min: 1, max: 99_999 }),
  day: fc.integer({ min: 100_000_000, max: 36_599_999_999 }),
  angles: fc.array(fc.integer({ min: 0, max: 3_599_999 }), { minLength: 3, maxLength: 3 }),
  inclination: fc.integer({ min: 0, max: 1_800_000 }),
  eccentricity: fc.integer({ min: 0, max: 9_999_999 }),
  meanMotion: fc.integer({ min: 1, max: 1_700_000_000 }),
  bstar: fc.tuple(fc.constantFrom(" ", "-"), fc.integer({ min: 10_000, max: 99_999 }), fc.integer({ min: 0, max: 9 })),
});

test("lines written from numbers give those numbers back", () => {
  const degrees = (tenThousandths: number) => (tenThousandths / 1e4).toFixed(4).padStart(8);
  fc.assert(
    fc.property(elementText, ({ number, day, angles, inclination, eccentricity, meanMotion, bstar }) => {
      const id = String(number).padStart(5, "0");
      const epoch = `26${(day / 1e8).toFixed(8).padStart(12, "0")}`;
      const [sign, digits, exponent] = bstar;
      const [node = 0, perigee = 0, anomaly = 0] = angles;
      const n = (meanMotion / 1e8).toFixed(8).padStart(11);
      const body1 = `1 ${id}U 98067A   ${epoch}  .00000001  00000-0 ${sign}${digits}-${exponent} 0  999`;
      const e = String(eccentricity).padStart(7, "0");
      const body2 = `2 ${id} ${degrees(inclination)} ${degrees(node)} ${e} ${degrees(perigee)} ${degrees(anomaly)} ${n}12345`;
      const elements = elementsOf([body1 + tleChecksum(body1), body2 + tleChecksum(body2)]);
      assert.equal(elements.catalogueNumber, number);
      assert.equal(elements.epochUtcMs, Date.UTC(2026, 0, 1) + ((day - 1e8) * 864) / 1000);
      assert.equal(elements.eccentricity, eccentricity / 1e7);
      assert.equal(elements.meanMotionRevPerDay, meanMotion / 1e8);
      assert.equal(elements.bstar, Number(`${sign.trim()}${digits}e-${exponent + 5}`));
    }),
  );
});

test("no text whatever makes parseTle throw, and what it accepts is finite", () => {
  const damaged = fc.tuple(
    fc.constantFrom(...ALL),
    fc.nat(75),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.boolean(),
  );
  const texts = fc.oneof(
    fc.tuple(fc.string({ unit: "binary", maxLength: 80 }), fc.string({ maxLength: 80 })),
    damaged.map(([[line1, line2], at, text, isFirst]): [string, string] => {
      const line = isFirst ? line1 : line2;
      const broken = line.slice(0, at) + text + line.slice(at + text.length);
      return isFirst ? [broken, line2] : [line1, broken];
    }),
    damaged.map(([[line1, line2], at]): [string, string] => [line1.slice(0, at), line2]),
  );
  fc.assert(
    fc.property(texts, fc.boolean(), ([line1, line2], ignoreChecksum) => {
      const parsed = parseTle({ line1, line2 }, { ignoreChecksum });
      if (isRefusal(parsed)) return;
      const numbers = Object.values(parsed).filter((value) => typeof value === "number");
      assert.ok(numbers.every(Number.isFinite), JSON.stringify(parsed));
    }),
    { numRuns: 2000 },
  );
});

test("one changed digit is always noticed by the checksum", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ALL), fc.nat(67), fc.integer({ min: 1, max: 9 }), ([line1, line2], at, by) => {
      const digit = line1.charAt(at);
      if (!/\d/.test(digit)) return;
      const changed = line1.slice(0, at) + ((Number(digit) + by) % 10) + line1.slice(at + 1);
      assert.ok(isRefusal(parseTle({ line1: changed, line2 })));
    }),
  );
});
