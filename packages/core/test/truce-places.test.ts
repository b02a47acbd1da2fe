/** Signatures by age; kilometres of a line as places, against geodesics. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lineFrame } from "../src/exercise/truce/line.ts";
import { noticeableS, type Signature, strengthAt } from "../src/exercise/truce/signature.ts";
import { distanceKm, polarOf } from "../src/geo/geodesic.ts";

test("a signature is there from the event on, ends or fades as stated, and is noticeable as long as it is strong enough", () => {
  const flash: Signature = { channel: "flash", strength: 1000, lastsS: 3, fades: "at-once" };
  const heat: Signature = { channel: "heat", strength: 20, lastsS: 100, fades: "exponential" };
  const sound: Signature = { channel: "sound", strength: 130, lastsS: 10, fades: "exponential" };
  assert.deepEqual(
    [-1, 0, 2.9, 3].map((s) => strengthAt(flash, s)),
    [0, 1000, 1000, 0],
  );
  assert.ok(Math.abs(strengthAt(heat, 100) - 20 / Math.E) < 1e-12);
  assert.ok(Math.abs(strengthAt(sound, 10 * Math.LN10) - 120) < 1e-9, "a tenth of the energy: 10 dB less");
  for (const [signature, least] of [
    [heat, 3],
    [sound, 111],
  ] as const) {
    const s = noticeableS(signature, least);
    assert.ok(strengthAt(signature, s - 1e-6) > least && strengthAt(signature, s + 1e-6) < least);
  }
  assert.equal(strengthAt({ ...sound, fades: "at-once" }, 11), Number.NEGATIVE_INFINITY, "0 dB would be a sound");
  assert.equal(noticeableS(flash, 10), 3);
  assert.equal(noticeableS(flash, 1001), 0);
});

const LINE = [
  { latitudeDeg: 50.2733, longitudeDeg: 35.9776 },
  { latitudeDeg: 50.3908, longitudeDeg: 36.0555 },
  { latitudeDeg: 49.71, longitudeDeg: 37.6158 },
  { latitudeDeg: 47.5, longitudeDeg: 37.9 },
];

test("vertices lie where their kilometres say, places between them on the geodesic to 0.1 % of the piece", () => {
  const frame = lineFrame(LINE);
  let km = 0;
  for (const [i, vertex] of LINE.entries()) {
    if (i > 0) km += distanceKm(LINE[i - 1] as (typeof LINE)[number], vertex);
    assert.ok(distanceKm(frame.placeAt(km, 0), vertex) < 1e-6);
  }
  assert.ok(Math.abs(frame.lengthKm - km) < 1e-9);
  const [from, to] = [LINE[0], LINE[1]] as [(typeof LINE)[number], (typeof LINE)[number]];
  const half = frame.placeAt(distanceKm(from, to) / 2, 0);
  assert.ok(Math.abs(distanceKm(from, half) - distanceKm(half, to)) < 0.01);
});

test("an offset is as far from the line as it says, square to it, right of who walks it", () => {
  const frame = lineFrame(LINE);
  for (const km of [5, 60, 200]) {
    for (const offset of [-100, -3, 3, 100]) {
      const foot = frame.placeAt(km, 0);
      const { km: far, azimuthDeg } = polarOf(foot, frame.placeAt(km, offset));
      assert.ok(Math.abs(far - Math.abs(offset)) < Math.abs(offset) / 300, `${far} km of ${offset}`);
      const ahead = polarOf(foot, frame.placeAt(km + 0.1, 0)).azimuthDeg;
      const turn = (azimuthDeg - ahead + 720) % 360;
      assert.ok(Math.abs(turn - (offset > 0 ? 90 : 270)) < 1.5, `${turn} degrees at ${km} km, ${offset} km`);
    }
  }
  assert.throws(() => lineFrame([]), /two vertices/);
});
