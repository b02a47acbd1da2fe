/** Argues with the rules of CCSDS 502.0-B-3, section 7, and with the same message in another encoding. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type KvnMessage, kvnReader } from "../src/orbit/kvn.ts";
import { parseOmm } from "../src/orbit/omm.ts";
import { isRefusal } from "../src/orbit/refusal.ts";
import { parseTle } from "../src/orbit/tle.ts";

/** Vanguard 1 in October 2020 (CelesTrak), with the liberties that the standard gives: blanks, comments, units. */
const MESSAGE = `CCSDS_OMM_VERS = 2.0
COMMENT  made from = the catalogue
CREATION_DATE =
ORIGINATOR    =

OBJECT_NAME = VANGUARD 1 [US]
OBJECT_ID   = 1958-002B
CENTER_NAME = EARTH
REF_FRAME   = TEME
TIME_SYSTEM = UTC
MEAN_ELEMENT_THEORY = SGP/SGP4
COMMENT
  EPOCH=2020-10-13T04:52:48.472320
MEAN_MOTION = 10.84869164 [rev/day]
ECCENTRICITY = .1845686
INCLINATION = 34.2443 [deg]
RA_OF_ASC_NODE = 225.5254 [deg]
ARG_OF_PERICENTER = 162.2516[deg]
MEAN_ANOMALY = 205.2356   [deg]
EPHEMERIS_TYPE = 0
CLASSIFICATION_TYPE = U
NORAD_CAT_ID = 5
ELEMENT_SET_NO = 999
REV_AT_EPOCH = 21814
BSTAR = -.22483E-4 [1/ER]
MEAN_MOTION_DOT = -1.6E-7 [rev/day**2]
MEAN_MOTION_DDOT = 0 [rev/day**3]
COV_REF_FRAME = TEME
CX_X = 3.331349476038534e-04
USER_DEFINED_EARTH_MODEL = WGS-84
`;

function messagesOf(text: string): KvnMessage[] {
  const messages: KvnMessage[] = [];
  const reader = kvnReader((message) => messages.push(message));
  for (const [i, line] of text.split("\n").entries()) reader.push(line, i + 1);
  reader.end();
  return messages;
}

test("a message with comments, blanks, units, covariance and user fields gives the elements of its TLE", () => {
  const [message, ...others] = messagesOf(MESSAGE);
  assert.deepEqual(others, []);
  const elements = parseOmm(message ?? assert.fail());
  const line1 = "1 00005U 58002B   20287.20333880 -.00000016  00000-0 -22483-4 0  9998";
  const line2 = "2 00005  34.2443 225.5254 1845686 162.2516 205.2356 10.84869164218149";
  assert.deepEqual(elements, parseTle({ name: "VANGUARD 1 [US]", line1, line2 }));
});

test("several messages, with and without their version line, keep their own lines", () => {
  const bare = MESSAGE.replace(/^CCSDS_OMM_VERS.*\n/, "");
  const messages = messagesOf(MESSAGE + MESSAGE + bare);
  assert.equal(messages.length, 3);
  const lineCount = MESSAGE.split("\n").length - 1;
  const epochLines = messages.map((message) => message.lineOf["EPOCH"]);
  // Without a version line the next message begins at its name.
  assert.deepEqual(epochLines, [13, 13 + lineCount, 13 + 2 * lineCount - 1]);
  for (const message of messages) assert.ok(!isRefusal(parseOmm(message)));
});

test("a wrong unit, a line that is none, a keyword twice", () => {
  const [radians] = messagesOf(MESSAGE.replace("34.2443 [deg]", "0.5976 [rad]"));
  const refused = parseOmm(radians ?? assert.fail());
  assert.ok(isRefusal(refused) && refused.code === "unit" && refused.field === "INCLINATION");
  const [broken] = messagesOf(MESSAGE.replace("BSTAR =", "BSTAR"));
  assert.deepEqual([broken?.fault?.code, broken?.fault?.line], ["syntax", 25]);
  const [twice] = messagesOf(`${MESSAGE}EPOCH = 2020-10-14T00:00:00\n`);
  assert.deepEqual([twice?.fault?.code, twice?.fault?.field, twice?.fault?.line], ["duplicate-field", "EPOCH", 31]);
});

test("no lines whatever make the reader throw; messages are as many as begin", () => {
  const line = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom("__proto__ = 1", "EPOCH = [", "INCLINATION = [[[[[deg]", "=", " = x", "COMMENT", "META_START"),
    fc.constantFrom(...MESSAGE.split("\n").slice(1)),
  );
  fc.assert(
    fc.property(fc.array(fc.array(line, { maxLength: 40 }), { minLength: 1, maxLength: 5 }), (bodies) => {
      const named = (body: string[]) => body.filter((text) => !/[\n]|OBJECT_NAME|CCSDS_OMM_VERS/.test(text));
      const text = bodies.map((body) => ["CCSDS_OMM_VERS = 3.0", ...named(body)].join("\n")).join("\n");
      const messages = messagesOf(text);
      assert.equal(messages.length, bodies.length);
      for (const message of messages) parseOmm(message);
    }),
  );
});

test("a line of a million blanks or brackets takes no time to speak of", () => {
  const startMs = performance.now();
  messagesOf(`INCLINATION = 1${" ".repeat(1e6)}x\nRAAN = ${"[".repeat(1e6)}\n${"A".repeat(1e6)}`);
  assert.ok(performance.now() - startMs < 2000);
});
