/** People at headquarters: shifts that hand work on, what goes first, who may not judge what, and requests to look again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Collection } from "../src/exercise/headquarters/collection.ts";
import { isOnShift, nextChangeMs } from "../src/exercise/headquarters/staff.ts";
import { Crew } from "../src/exercise/headquarters/staff-crew.ts";
import { workTimes } from "../src/exercise/headquarters/staff-times.ts";

const HOUR = 3_600_000;
const piece = (id: number, changes: { urgency?: number; workMs?: number; barred?: string[] } = {}) => ({
  id,
  urgency: 1,
  workMs: HOUR,
  barred: [],
  ...changes,
});

/** One by day (6 to 14), one in the afternoon (14 to 22), nobody at night. */
const crewOf = (handoverMs = 0): Crew =>
  new Crew(
    [
      { fromHour: 6, toHour: 14, people: 1 },
      { fromHour: 14, toHour: 22, people: 1 },
    ],
    { utcOffsetH: 0, handoverMs, prefix: "p" },
  );

test("shifts go over midnight, and change when the next one begins or ends", () => {
  const night = { fromHour: 22, toHour: 6, people: 2 };
  assert.deepEqual(
    [21.9, 22, 3, 5.9, 6].map((hour) => isOnShift(night, hour * HOUR, 0)),
    [false, true, true, true, false],
  );
  assert.ok(isOnShift(night, 20 * HOUR, 2), "local time is ahead of UTC");
  assert.equal(nextChangeMs([night], 22 * HOUR, 0), 30 * HOUR);
  assert.equal(nextChangeMs([{ ...night, fromHour: 21.5 }, night], 21 * HOUR, 0), 21.5 * HOUR);
  assert.equal(nextChangeMs([], 0, 0), 24 * HOUR);
});

test("who goes home leaves what is begun to the next shift: what was left of it, and the time to read oneself in", () => {
  const crew = crewOf(600_000);
  crew.add(piece(7, { workMs: 3 * HOUR }));
  assert.deepEqual(crew.start(13 * HOUR), [{ id: 7, endsMs: 16 * HOUR, isHandedOn: false }]);
  crew.change(14 * HOUR);
  assert.deepEqual(crew.start(14 * HOUR), [{ id: 7, endsMs: 16 * HOUR + 600_000, isHandedOn: true }]);
  assert.equal(crew.end(7, 16 * HOUR), undefined, "the end that was planned first is none");
  assert.deepEqual(crew.end(7, 16 * HOUR + 600_000), { person: "p-2-1", by: ["p-1-1", "p-2-1"] });
});

test("at night nobody goes on with it; in the morning it is the first to be taken up", () => {
  const crew = crewOf();
  crew.add(piece(1, { workMs: 2 * HOUR }));
  crew.start(21 * HOUR);
  crew.add(piece(2));
  crew.change(22 * HOUR);
  assert.deepEqual(crew.start(22 * HOUR), []);
  assert.equal(crew.waiting, 2);
  assert.deepEqual(crew.start(30 * HOUR), [{ id: 1, endsMs: 31 * HOUR, isHandedOn: true }]);
});

test("the urgent first, of one urgency in the order of coming, and nobody what is barred to them", () => {
  const crew = crewOf();
  for (const one of [piece(1), piece(2, { urgency: 0, barred: ["p-1-1"] }), piece(3, { urgency: 0 }), piece(4)]) {
    crew.add(one);
  }
  const taken: number[] = [];
  for (let hour = 8; hour < 12; hour++) {
    for (const { id, endsMs } of crew.start(hour * HOUR)) {
      taken.push(id);
      assert.ok(crew.end(id, endsMs));
    }
  }
  assert.deepEqual(taken, [3, 1, 4], "the second is left to somebody else");
  assert.deepEqual(
    crew.start(15 * HOUR).map(({ id }) => id),
    [2],
  );
});

test("a crew that was saved goes on as it was", () => {
  const crew = crewOf();
  crew.add(piece(1));
  crew.add(piece(2));
  crew.start(8 * HOUR);
  const other = crewOf();
  other.load(crew.save());
  assert.deepEqual(other.end(1, 9 * HOUR), { person: "p-1-1", by: ["p-1-1"] });
  assert.deepEqual(other.start(9 * HOUR), [{ id: 2, endsMs: 10 * HOUR, isHandedOn: false }]);
  assert.equal(crew.waiting, 1, "the first is left alone");
});

test("times of work: exponential with the mean asked for, by name, and each kind of work throws for itself", () => {
  const lasts = workTimes(5);
  const work = { meanS: 900, law: "exponential" } as const;
  const times = Array.from({ length: 4000 }, (_, i) => lasts(work, `in-${i.toString(16)}`, "verify"));
  const mean = times.reduce((a, b) => a + b, 0) / times.length;
  assert.ok(Math.abs(mean / 900_000 - 1) < 4 / Math.sqrt(4000), `${mean}`);
  assert.equal(lasts(work, "in-7", "verify"), times[7]);
  const second = Array.from({ length: 4000 }, (_, i) => lasts(work, `in-${i.toString(16)}`, "assess"));
  const product =
    times.reduce((sum, t, i) => sum + (t / 900_000 - 1) * ((second[i] as number) / 900_000 - 1), 0) / 4000;
  assert.ok(Math.abs(product) < 4 / Math.sqrt(4000), `the second person is as fast as the first: ${product}`);
  assert.equal(lasts({ meanS: 3, law: "fixed" }, "x", "read"), 3000);
});

test("requests: asked once, told when somebody decides, answered or lapsed, and counted so", () => {
  const where = { latitudeDeg: 48, longitudeDeg: 37, radiusKm: 1, basis: "fix" } as const;
  const book = new Collection(24 * HOUR);
  book.ask("a", where, 0);
  book.ask("a", where, HOUR);
  book.ask("b", where, 0);
  book.ask("c", where, 20 * HOUR);
  book.tell("a", HOUR);
  book.tell("a", 2 * HOUR);
  assert.equal(book.requests.get("a")?.toldMs, HOUR);
  book.answer("a", 5 * HOUR);
  book.answer("a", 9 * HOUR);
  book.answer("nobody asked", HOUR);
  assert.deepEqual(
    ["a", "b", "c"].map((id) => [book.isOpen(id, 6 * HOUR), book.isOpen(id, 30 * HOUR)]),
    [
      [false, false],
      [true, false],
      [true, true],
    ],
  );
  assert.deepEqual(book.score(30 * HOUR), { asked: 3, answered: 1, inTime: 1, lapsed: 1, hours: 5 });
  book.answer("b", 40 * HOUR);
  assert.deepEqual(book.score(40 * HOUR), { asked: 3, answered: 2, inTime: 1, lapsed: 1, hours: 45 });
});
