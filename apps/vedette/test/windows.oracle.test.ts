/** `vedette windows` against satellite.js and PyEphem: each constraint reaches the engine in its own unit and sense. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { WindowJson } from "../src/cli/windows-rows.ts";
import { type Answer, answer, joined, START } from "./windows-fixture.ts";
import { clearanceKm, seenOf } from "./windows-sky.ts";

const middleOf = ({ start, end }: WindowJson): number => (Date.parse(start) + Date.parse(end)) / 2;
const edgesOf = ({ windows }: Answer): number[] =>
  windows.flatMap(({ start, end }) => [Date.parse(start), Date.parse(end)]);

test("a GEO satellite is in one window all day, and in a range band when satellite.js says that it is", async () => {
  const { rangeKm } = seenOf("41310");
  const instants = Array.from({ length: 145 }, (_, i) => Date.parse(START) + i * 600_000);
  const ranges = instants.map(rangeKm);
  const [least, most] = [Math.min(...ranges), Math.max(...ranges)];
  const middle = (least + most) / 2;
  assert.ok(most - least > 10, "it moves: else the band would test nothing");
  const asked = (band: string) => answer(["--satellite", "41310", "--range", band]);
  const [all, near, below] = await Promise.all([
    asked(`${least - 1}..${most + 1}`),
    asked(`..${middle}`),
    asked(`100..${least - 1}`),
  ]);
  assert.deepEqual(
    all.windows.map(({ start, end, clipped, durationS }) => [start, end, clipped, durationS]),
    [[START, "2026-06-16T00:00:00.000Z", "both", 86_400]],
  );
  assert.deepEqual(below.windows, []);
  const edges = near.windows.flatMap(({ start, end }) => [start, end]).filter((at) => Date.parse(at) % 86_400_000 > 0);
  assert.ok(edges.length > 0, "the middle of the band is crossed");
  // Interpolation is good to 7 m; satellite.js reads sidereal time to 40 us, which is 0.1 m here.
  for (const at of edges) assert.ok(Math.abs(rangeKm(Date.parse(at)) - middle) < 0.01, at);
  for (const [i, at] of instants.entries()) {
    if (Math.abs((ranges[i] ?? 0) - middle) < 0.01) continue;
    const isIn = near.windows.some(({ start, end }) => Date.parse(start) <= at && at < Date.parse(end));
    assert.equal(isIn, (ranges[i] ?? 0) < middle, new Date(at).toISOString());
  }
});

test("--min-sun and --max-sun: sunrise and sunset by PyEphem, and the two make the day whole", async () => {
  const [day, night] = await Promise.all([
    answer(["--satellite", "41310", "--min-sun", "-0.833"]),
    answer(["--satellite", "41310", "--max-sun", "-0.833"]),
  ]);
  // PyEphem 4.1.4: horizon -0.833, use_center, pressure 0, 49.99 N 36.23 E. 5 s of time are 0.013 degrees of the Sun.
  const [rise, set] = ["2026-06-15T01:25:23.523Z", "2026-06-15T17:45:55.391Z"];
  assert.equal(day.windows.length, 1);
  assert.ok(Math.abs(Date.parse(day.windows[0]?.start ?? "") - Date.parse(rise)) < 5000);
  assert.ok(Math.abs(Date.parse(day.windows[0]?.end ?? "") - Date.parse(set)) < 5000);
  assert.deepEqual(joined([...day.windows, ...night.windows]), [`${START}/2026-06-16T00:00:00.000Z`]);
});

test("--incidence, --off-nadir, --side: edges and sides by satellite.js", async () => {
  const { incidenceDeg, offNadirDeg, isLeft } = seenOf("39634");
  const asked = (...words: string[]) => answer(["--satellite", "39634", ...words], { days: "5" });
  const [radar, camera, left, right] = await Promise.all([
    asked("--incidence", "20..45"),
    asked("--off-nadir", "10..30"),
    asked("--side", "left"),
    asked("--side", "right"),
  ]);
  for (const [found, angle, limits] of [
    [radar, incidenceDeg, [20, 45]],
    [camera, offNadirDeg, [10, 30]],
  ] as const) {
    assert.ok(found.windows.length > 0, `${limits}`);
    for (const at of edgesOf(found)) {
      const off = Math.min(...limits.map((limit) => Math.abs(angle(at) - limit)));
      assert.ok(off < 0.002, `${angle(at)} at ${new Date(at).toISOString()}`);
    }
    for (const window of found.windows) {
      const degrees = angle(middleOf(window));
      assert.ok(degrees > limits[0] && degrees < limits[1], String(degrees));
    }
  }
  assert.ok(left.windows.length > 0 && right.windows.length > 0);
  for (const window of left.windows) assert.ok(isLeft(middleOf(window)), window.start);
  for (const window of right.windows) assert.ok(!isLeft(middleOf(window)), window.start);
});

test("--sunlit, --eclipsed, --relay: where satellite.js puts the Earth between", async () => {
  const [low, relay] = [seenOf("60549"), seenOf("44475")];
  const asked = (...words: string[]) => answer(["--satellite", "60549", ...words], { days: "5" });
  const [plain, sunlit, eclipsed, linked] = await Promise.all([
    asked(),
    asked("--sunlit"),
    asked("--eclipsed"),
    asked("--relay", "44475"),
  ]);
  assert.ok(sunlit.windows.length > 0 && eclipsed.windows.length > 0);
  const isHidden = (window: WindowJson) => {
    const { isBehind, offAxisKm } = low.sunward(middleOf(window));
    return isBehind && offAxisKm < 6378;
  };
  for (const window of eclipsed.windows) assert.ok(isHidden(window), window.start);
  for (const window of sunlit.windows) assert.ok(!isHidden(window), window.start);
  const seen = { yes: 0, no: 0 };
  for (const { start, end } of plain.windows) {
    for (let t = Date.parse(start) + 1000; t < Date.parse(end); t += 20_000) {
      const clearance = clearanceKm(low.at(t), relay.at(t)) - 6451;
      if (Math.abs(clearance) < 1) continue;
      const isIn = linked.windows.some((w) => Date.parse(w.start) <= t && t < Date.parse(w.end));
      assert.equal(isIn, clearance > 0, new Date(t).toISOString());
      seen[isIn ? "yes" : "no"]++;
    }
  }
  assert.ok(seen.yes > 0 && seen.no > 0, `both were seen: ${JSON.stringify(seen)}`);
});
