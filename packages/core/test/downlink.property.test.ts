/** The way down: laws that hold for any contacts and any looks. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Look } from "../src/plan/looks.ts";
import { contact, deliver, lookOf, pointOf, satelliteOf } from "./downlink-fixture.ts";

const SATELLITES = 3;
const STATIONS = 2;
const worlds = fc.record({
  contacts: fc.array(
    fc
      .tuple(fc.nat(SATELLITES - 1), fc.nat(STATIONS - 1), fc.nat(2000), fc.integer({ min: 5, max: 400 }))
      .map(([satellite, station, start, length]) => contact(satellite, station, start, start + length)),
    { maxLength: 14 },
  ),
  looks: fc.array(fc.tuple(fc.nat(SATELLITES - 1), fc.nat(1500), fc.integer({ min: 1, max: 40 })), { maxLength: 12 }),
  antennas: fc.integer({ min: 1, max: 3 }),
});

test("property: nothing is lost or made; nothing comes down before it was seen or out of contact", () => {
  fc.assert(
    fc.property(worlds, ({ contacts, looks: rows, antennas }) => {
      const looks = rows
        .map(([satellite, endS, gbit]) => lookOf(satellite, 1000 * endS, gbit))
        .sort((a, b) => a.endMs - b.endMs);
      const satellites = Array.from({ length: SATELLITES }, () => satelliteOf());
      const ground = Array.from({ length: STATIONS }, () => pointOf({ antennas }));
      const downlink = deliver(looks, contacts, satellites, ground);
      const isDown = (look: Look) => !Number.isNaN(look.deliveredMs);
      for (let s = 0; s < SATELLITES; s++) {
        const own = looks.filter(({ satellite }) => satellite === s);
        const waiting = own.filter((look) => !isDown(look));
        const [first] = waiting;
        const all = waiting.reduce((sum, { gbit }) => sum + gbit, 0);
        // Of the first that waits a part may be down; of the others nothing is.
        assert.ok(downlink.storedGbit(s) <= all + 1e-6 && downlink.storedGbit(s) >= all - (first?.gbit ?? 0) - 1e-6);
      }
      for (const look of looks.filter(isDown)) {
        assert.ok(look.deliveredMs >= look.endMs);
        assert.ok(
          contacts.some(
            (c) =>
              c.satellite === look.satellite &&
              c.station === look.ground &&
              c.startMs <= look.deliveredMs &&
              look.deliveredMs <= c.endMs + 1e-6,
          ),
          "within a contact with the station that took it",
        );
      }
    }),
    { numRuns: 300 },
  );
});

test("property: no station serves more satellites at once than it has antennas, and none waits without need", () => {
  const visits = fc.array(fc.tuple(fc.nat(300), fc.integer({ min: 20, max: 300 }), fc.integer({ min: 1, max: 60 })), {
    minLength: 2,
    maxLength: 8,
  });
  fc.assert(
    fc.property(visits, fc.integer({ min: 1, max: 3 }), (rows, antennas) => {
      // One look and one contact a satellite: what comes down has come down in one piece.
      const looks = rows.map(([, , gbit], satellite) => lookOf(satellite, 0, gbit));
      const contacts = rows.map(([start, length], satellite) => contact(satellite, 0, start, start + length));
      deliver(
        looks,
        contacts,
        rows.map(() => satelliteOf()),
        [pointOf({ antennas })],
      );
      const sent = looks.flatMap(({ deliveredMs, gbit }, s) =>
        Number.isNaN(deliveredMs) ? [] : [{ from: deliveredMs - (gbit / 0.3) * 1000, to: deliveredMs, satellite: s }],
      );
      for (const { from, satellite } of sent) {
        const others = sent.filter((o) => o.satellite !== satellite && o.from <= from + 1e-3 && o.to > from + 1e-3);
        assert.ok(others.length < antennas, `${others.length + 1} at once`);
      }
      const firstStart = Math.min(...contacts.map(({ startMs }) => startMs));
      const earliest = contacts.findIndex(({ startMs }) => startMs === firstStart);
      const fits = (looks[earliest]?.gbit ?? 0) / 0.3 <= (rows[earliest]?.[1] ?? 0) + 1e-9;
      assert.equal((looks[earliest]?.ground ?? -1) >= 0, fits, "the first to come is served at once");
    }),
    { numRuns: 300 },
  );
});

test("property: a satellite has one transmitter: first in is first out, and no faster than its rate", () => {
  fc.assert(
    fc.property(worlds, ({ contacts, looks: rows, antennas }) => {
      const looks = rows
        .map(([satellite, endS, gbit]) => lookOf(satellite, 1000 * endS, gbit))
        .sort((a, b) => a.endMs - b.endMs);
      const ground = Array.from({ length: STATIONS }, () => pointOf({ antennas }));
      deliver(
        looks,
        contacts,
        Array.from({ length: SATELLITES }, () => satelliteOf()),
        ground,
      );
      for (let s = 0; s < SATELLITES; s++) {
        const own = looks.filter(({ satellite }) => satellite === s);
        let before = 0;
        for (const { deliveredMs, endMs, gbit } of own.slice(0, own.findLastIndex((look) => look.ground >= 0) + 1)) {
          const earliestMs = Math.max(before, endMs) + (gbit / 0.3) * 1000;
          assert.ok(deliveredMs >= earliestMs - 1e-3, `${deliveredMs}, before ${earliestMs}`);
          before = deliveredMs;
        }
      }
    }),
    { numRuns: 300 },
  );
});
