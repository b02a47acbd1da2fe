/** The way down: sums that can be done by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Downlink } from "../src/plan/downlink.ts";
import { contact, contactsOf, deliver, lookOf, pointOf, satelliteOf } from "./downlink-fixture.ts";

const near = (found: number, expectedS: number) => assert.ok(Math.abs(found - 1000 * expectedS) < 1e-3, `${found} ms`);

test("3 Gbit at 300 Mbit/s are down 10 s after the contact begins, and at headquarters after processing", () => {
  const look = lookOf(0, 50_000, 3);
  const downlink = deliver([look], [contact(0, 0, 100, 200)], [satelliteOf({ processingMs: 60_000 })], [pointOf()]);
  near(look.deliveredMs, 100 + 10 + 60);
  assert.deepEqual([look.ground, downlink.storedGbit(0)], [0, 0]);
});

test("first in, first out; what one contact cannot carry goes on in the next", () => {
  const looks = [lookOf(0, 1000, 3), lookOf(0, 2000, 6), lookOf(0, 3000, 3)];
  const downlink = deliver(
    looks,
    [contact(0, 0, 100, 120), contact(0, 1, 500, 515)],
    [satelliteOf()],
    [pointOf(), pointOf()],
  );
  near(looks[0]?.deliveredMs ?? 0, 110);
  near(looks[1]?.deliveredMs ?? 0, 510);
  assert.ok(Number.isNaN(looks[2]?.deliveredMs), "5 s were left, 10 are needed");
  assert.deepEqual(
    looks.map(({ ground }) => ground),
    [0, 1, -1],
  );
  assert.ok(Math.abs(downlink.storedGbit(0) - 1.5) < 1e-9);
});

test("one antenna serves one satellite at a time, in order of the contacts' beginnings; two serve two", () => {
  for (const [antennas, secondS] of [
    [1, 120],
    [2, 115],
  ] as const) {
    const looks = [lookOf(0, 1000, 6), lookOf(1, 1000, 3)];
    const contacts = [contact(0, 0, 100, 300), contact(1, 0, 105, 300)];
    deliver(looks, contacts, [satelliteOf(), satelliteOf()], [pointOf({ antennas })]);
    near(looks[0]?.deliveredMs ?? 0, 120);
    near(looks[1]?.deliveredMs ?? 0, antennas === 1 ? secondS + 10 : secondS);
  }
});

test("half an antenna is one", () => {
  const look = lookOf(0, 1000, 3);
  deliver([look], [contact(0, 0, 100, 200)], [satelliteOf()], [pointOf({ antennas: 0.4 })]);
  near(look.deliveredMs, 110);
});

test("the slower of the satellite and the ground point decides the rate", () => {
  for (const [rateMbps, seconds] of [
    [150, 20],
    [600, 10],
  ] as const) {
    const look = lookOf(0, 1000, 3);
    deliver([look], [contact(0, 0, 100, 200)], [satelliteOf()], [pointOf({ rateMbps })]);
    near(look.deliveredMs, 100 + seconds);
  }
});

test("a station that may not be used takes nothing", () => {
  const look = lookOf(0, 1000, 3);
  const downlink = deliver([look], [contact(0, 0, 100, 200)], [satelliteOf()], [pointOf({ usable: false })]);
  assert.deepEqual([look.deliveredMs, look.ground, downlink.storedGbit(0)], [Number.NaN, -1, 3]);
});

test("a look that ends during a contact goes down in it, from its end on", () => {
  const downlink = new Downlink(contactsOf([contact(0, 0, 100, 200)], 1), [satelliteOf()], [pointOf()]);
  downlink.advanceTo(150_000);
  const look = lookOf(0, 150_000, 3);
  downlink.store(look);
  downlink.sendNow(0, 150_000);
  near(look.deliveredMs, 160);
});

test("contacts that begin at or after the instant are not served yet", () => {
  const look = lookOf(0, 1000, 3);
  const downlink = new Downlink(contactsOf([contact(0, 0, 100, 200)], 1), [satelliteOf()], [pointOf()]);
  downlink.store(look);
  downlink.advanceTo(100_000);
  assert.ok(Number.isNaN(look.deliveredMs));
  downlink.advanceTo(100_001);
  near(look.deliveredMs, 110);
});
