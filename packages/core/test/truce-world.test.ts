/** Around the fire: what obstructs, what is claimed, what is larger, how a line is made longer, what an event leaves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClaimsSpec, simulateClaims } from "../src/exercise/truce/claims.ts";
import { simulateFire } from "../src/exercise/truce/fire.ts";
import {
  type Area,
  type Foresight,
  type LargerKind,
  NO_FORESIGHT,
  simulateLarger,
} from "../src/exercise/truce/larger.ts";
import { chanceOf, hourOf, type MissionSpec, type NoticesByKind, recordFire } from "../src/exercise/truce/mission.ts";
import {
  chanceMet,
  JAMS_CONTROL,
  JAMS_NAVIGATION,
  type ObstructionSpecs,
  recordObstruction,
  simulateObstruction,
} from "../src/exercise/truce/obstruction.ts";
import { scaledFire } from "../src/exercise/truce/scale.ts";
import { dayOfReturn, recordStatistics } from "../src/exercise/truce/statistics.ts";
import { DAY_MS, fireSpec, plainFire, STEADY } from "./truce-fixture.ts";

const HOUR_MS = 3_600_000;
const SPAN = { fromMs: 0, toMs: 60 * DAY_MS };
/** A count, within four errors of a Poisson variable. */
function assertAbout(found: number, expected: number): void {
  assert.ok(Math.abs(found - expected) < 4 * Math.sqrt(expected), `${found}, not about ${expected}`);
}

const notices = (peak01: number, reachKm: number, byDay01 = 1): NoticesByKind => {
  const one = { peak01, reachKm, byDay01 };
  return { explosion: one, burst: one, projectile: one, flash: one };
};

function mission(changes: Partial<MissionSpec> = {}): MissionSpec {
  const outing = { perDay: 4, fromHour: 8, toHour: 16, nearHotSpots01: 0.5 };
  return {
    cameras: { atKm: [20], offsetKm: 0, notices: notices(0.8, 5, 0.5) },
    posts: { atKm: [70], offsetKm: 3, notices: notices(0.6, 10) },
    patrols: { ...outing, offsetKm: 3, notices: notices(0.5, 8) },
    flights: { ...outing, lastsMinutes: 40 },
    daylight: { fromHour: 6, toHour: 18 },
    knownViewKm: 3,
    ...changes,
  };
}

const fire = simulateFire(fireSpec(), { seed: 3, regime: STEADY, span: SPAN, views: [] });
const watch = (changes: Partial<MissionSpec> = {}) => ({
  mission: mission(changes),
  hotSpots: fireSpec().hotSpots,
  lineKm: 100,
});
const RUN = { seed: 3, span: SPAN };

test("a mission records as many as the chances add up to, the same ones each time", () => {
  const still = watch({ patrols: { ...mission().patrols, perDay: 0 } });
  const rows = recordFire(fire, still, RUN);
  let expected = 0;
  for (let i = 0; i < fire.events.tMs.length; i++) expected += chanceOf(fire.events, i, still.mission, []);
  assertAbout(rows.length, expected);
  assert.deepEqual(recordFire(fire, still, RUN), rows);
});

test("the chance of one camera is the stated formula, by night and by day", () => {
  const alone = mission({ posts: { ...mission().posts, atKm: [] } });
  for (const i of [0, 100, 1000, 2000]) {
    const { sKm, yKm, tMs } = fire.events;
    const r2 = ((sKm[i] as number) - 20) ** 2 + (yKm[i] as number) ** 2;
    const hour = hourOf(tMs[i] as number);
    const day = hour >= 6 && hour < 18 ? 0.5 : 1;
    const expected = Math.abs((sKm[i] as number) - 20) > 20 ? 0 : 0.8 * day * Math.exp(-r2 / 25);
    assert.ok(Math.abs(chanceOf(fire.events, i, alone, []) - expected) < 1e-12);
  }
  assert.equal(hourOf(-HOUR_MS), 23);
});

test("one more camera records all that was recorded, and more", () => {
  const before = recordFire(fire, watch(), RUN);
  const cameras = { ...mission().cameras, atKm: [20, 50] };
  const after = new Set(recordFire(fire, watch({ cameras }), RUN));
  assert.ok(before.every((row) => after.has(row)));
  assert.ok(after.size > before.length);
});

test("a perfect mission records everything once, a blind one nothing", () => {
  const everywhere = { atKm: [50], offsetKm: 0, notices: notices(1, 1e9) };
  const blind = { atKm: [50], offsetKm: 0, notices: notices(0, 5) };
  const none = { ...mission().patrols, perDay: 0 };
  const all = recordFire(fire, watch({ posts: everywhere }), RUN);
  assert.equal(all.length, fire.events.tMs.length);
  assert.equal(recordFire(fire, watch({ cameras: blind, posts: blind, patrols: none }), RUN).length, 0);
});

test("statistics of a record, counted by hand", () => {
  const columns = {
    tMs: Float64Array.from([0, 1, 2, 3, 4].map((m) => m * 60_000).concat(DAY_MS + 1, 2 * DAY_MS)),
    sKm: Float64Array.from([20, 20.1, 20.2, 60, 20, 5, 20]),
    yKm: new Float64Array(7),
    kind: Uint8Array.from([0, 0, 0, 0, 1, 2, 0]),
  };
  const events = { ...fire.events, ...columns };
  const rows = Uint32Array.from([0, 1, 2, 3, 4, 5, 6]);
  const measure = { nearKm: 2, burstS: 120, burstKm: 1 };
  const found = recordStatistics(
    events,
    rows,
    { fromMs: 0, toMs: 2 * DAY_MS },
    { hotSpots: fireSpec().hotSpots, measure },
  );
  assert.equal(found.perDay, 3, "the last lies outside");
  assert.deepEqual(Array.from(found.daily), [5, 1]);
  assert.equal(found.shares.explosion, 4 / 6);
  assert.equal(found.nearHotSpots01, 4 / 6);
  assert.equal(found.nearLoudest01, 4 / 6);
  assert.equal(found.largestBurst, 3);
});

test("the day of return is the first whose mean over days reaches the share", () => {
  const daily = Uint32Array.from([100, 0, 0, 30, 60, 90, 100, 100]);
  assert.equal(dayOfReturn(daily, 100, { overDays: 3, share01: 0.8 }), 7);
  assert.equal(dayOfReturn(daily, 100, { overDays: 1, share01: 0.8 }), 1);
  assert.equal(dayOfReturn(daily, 1000, { overDays: 3, share01: 0.8 }), undefined);
});

const obstruction: ObstructionSpecs = {
  jamming: { perHotSpotDay: 0, perKmDay: 0.02, lastsHours: 4, reachKm: 6, navigation01: 0.8, control01: 0.5 },
  denial: { perHotSpotDay: 0, perKmDay: 0.01, lastsHours: 6, reachKm: 4 },
};

test("flights meet jamming as often as a queue without end says, ends of the line apart", () => {
  // A long line, so that its ends weigh little.
  const ground = fireSpec({ lineKm: 2000, hotSpots: [] });
  const span = { fromMs: -3 * DAY_MS, toMs: 60 * DAY_MS };
  const met = simulateObstruction(obstruction, ground, { seed: 5, span });
  const long = { mission: mission({ flights: { ...mission().flights, perDay: 40 } }), hotSpots: [], lineKm: 2000 };
  const counts = recordObstruction(met, long, { seed: 5, span: SPAN });
  assertAbout(counts.jamming, 60 * 40 * chanceMet(obstruction.jamming, 40));
  assertAbout(counts.denial, 60 * 4 * chanceMet(obstruction.denial, 0));
  const jamming = met.kind.filter((kind) => kind === 0).length;
  assertAbout(jamming, 63 * 2000 * 0.02);
  const control = met.bands.filter((bits) => (bits & JAMS_CONTROL) !== 0).length;
  assertAbout(control, jamming * 0.5);
  assert.ok(met.bands.every((bits, i) => (met.kind[i] === 0 ? bits > 0 : bits === 0)));
  assert.ok(met.bands.some((bits) => (bits & JAMS_NAVIGATION) === 0));
});

const WORLD = { fire, ground: fireSpec() };

const claiming: ClaimsSpec = {
  truthful01: 0.6,
  copies: 0.2,
  promptMeanMinutes: 60,
  late01: 0.25,
  lateMeanHours: 24,
  falsePerKmDay: 0.3,
  falseWithLevel01: 0.5,
  falseLargerPerDay: 0,
  errorKm: 1,
  otherKind01: 0.1,
};

test("claims: true, false, twice and late as often as stated, never of one's own fire", () => {
  const claims = simulateClaims([claiming, { ...claiming, falsePerKmDay: 0 }], WORLD, {
    ...RUN,
    regime: STEADY,
  });
  const firsts = Array.from(claims.id.keys()).filter((i) => claims.copyOf[i] === -1);
  const of = (party: number, keep: (i: number) => boolean) =>
    firsts.filter((i) => claims.party[i] === party && keep(i)).length;
  for (const party of [0, 1]) {
    const others = fire.events.side.filter((side) => side !== party).length;
    assertAbout(
      of(party, (i) => (claims.event[i] as number) >= 0),
      0.6 * others,
    );
  }
  assertAbout(
    of(0, (i) => claims.event[i] === -1),
    0.3 * 100 * 60,
  );
  assert.equal(
    of(1, (i) => claims.event[i] === -1),
    0,
  );
  assertAbout(claims.id.length - firsts.length, 0.2 * firsts.length);
  const late = firsts.filter((i) => (claims.submittedMs[i] as number) - (claims.tMs[i] as number) > 8 * HOUR_MS).length;
  assertAbout(late, firsts.length * (0.25 * Math.exp(-8 / 24) + 0.75 * Math.exp(-8)));
  for (const i of claims.id.keys()) {
    const event = claims.event[i] as number;
    if (event >= 0) {
      assert.notEqual(fire.events.side[event], claims.party[i]);
      assert.equal(fire.events.tMs[event], claims.tMs[i]);
    }
    assert.ok((claims.submittedMs[i] as number) >= (claims.submittedMs[i - 1] ?? 0));
  }
});

test("a claim that repeats another names it, and says the same of the same", () => {
  const claims = simulateClaims([claiming, claiming], WORLD, { ...RUN, regime: STEADY });
  const rowOf = new Map(Array.from(claims.id, (id, row) => [id, row]));
  for (const [row, id] of claims.copyOf.entries()) {
    if (id < 0) continue;
    const first = rowOf.get(id) as number;
    assert.equal(claims.copyOf[first], -1);
    for (const name of ["tMs", "party", "event"] as const) assert.equal(claims[name][row], claims[name][first]);
  }
});

const AREAS: readonly Area[] = [
  { id: "west", atKm: 25, offsetKm: 0, halfKm: 25 },
  { id: "plant", atKm: 60, offsetKm: -40, halfKm: 1 },
];
const KINDS: readonly LargerKind[] = [
  { id: "move", perDay: 4, areas: ["west"], lastsS: 3600, informed01: 0.5, patienceHours: 24 },
  { id: "strike", perDay: 2, areas: ["plant", "west"], lastsS: 600, informed01: 0, patienceHours: 24 },
];
/** Each night in the west, two hours, and a shorter one by day. */
const nights = Array.from({ length: 61 }, (_, d) => [
  [d * DAY_MS + 2 * HOUR_MS, d * DAY_MS + 4 * HOUR_MS],
  [d * DAY_MS + 12 * HOUR_MS, d * DAY_MS + 12.5 * HOUR_MS],
]).flat() as [number, number][];
const IN_THE_WEST: Foresight = ({ area }) => (area === 0 ? nights.map(([fromMs, toMs]) => ({ fromMs, toMs })) : []);

test("an informed party acts inside the longest gap it can wait for; the same breaches without foresight come when meant", () => {
  const [blind, timed] = [NO_FORESIGHT, IN_THE_WEST].map((foresight) =>
    simulateLarger(KINDS, AREAS, { seed: 9, span: SPAN, foresight }),
  );
  assert.ok(blind !== undefined && timed !== undefined);
  assertAbout(blind.tMs.length, 6 * 60);
  assert.deepEqual(blind.tMs, blind.meantMs);
  assert.deepEqual(
    Array.from(timed.meantMs).sort(),
    Array.from(blind.meantMs).sort(),
    "the same breaches on both sides",
  );
  let informed = 0;
  for (let i = 0; i < timed.tMs.length; i++) {
    const t = timed.tMs[i] as number;
    const end = timed.endMs[i] as number;
    if (timed.informed[i] === 0) assert.equal(t, timed.meantMs[i]);
    else {
      informed++;
      const hour = hourOf(t);
      assert.ok(timed.gap[i] !== -1 && hour >= 2 && hourOf(end) <= 4, `${hour} o'clock`);
      assert.ok(t >= (timed.meantMs[i] as number) && t - (timed.meantMs[i] as number) <= 26 * HOUR_MS);
    }
  }
  assertAbout(informed, 0.5 * 4 * 60);
});

test("a gap more in one area moves no breach of another, and no gap shorter than the act is used", () => {
  const short: Foresight = (intent) => IN_THE_WEST(intent).map(({ fromMs }) => ({ fromMs, toMs: fromMs + 60_000 }));
  const [none, tooShort] = [NO_FORESIGHT, short].map((foresight) =>
    simulateLarger(KINDS, AREAS, { seed: 9, span: SPAN, foresight }),
  );
  assert.deepEqual(tooShort, none);
  const plant = (foresight: Foresight) => {
    const all = simulateLarger(KINDS, AREAS, { seed: 9, span: SPAN, foresight });
    return Array.from(all.tMs).filter((_, i) => all.area[i] === 1);
  };
  assert.deepEqual(plant(IN_THE_WEST), plant(NO_FORESIGHT));
});

test("larger breaches are claimed by who suffered them, timed or not, and made up as often as stated", () => {
  const specs = [
    { ...claiming, falseLargerPerDay: 2 },
    { ...claiming, falseLargerPerDay: 0 },
  ] as const;
  const claimsOf = (foresight: Foresight) => {
    const breaches = simulateLarger(KINDS, AREAS, { seed: 9, span: SPAN, foresight });
    const span = { fromMs: 0, toMs: 70 * DAY_MS };
    const world = { ...WORLD, larger: { breaches, kinds: KINDS, areas: AREAS } };
    const claims = simulateClaims([...specs], world, { seed: 3, regime: STEADY, span });
    const rows = Array.from(claims.id.keys()).filter((i) => (claims.kind[i] as number) >= 4 && claims.copyOf[i] === -1);
    return { breaches, claims, rows };
  };
  const { breaches, claims, rows } = claimsOf(NO_FORESIGHT);
  const about = rows.filter((i) => (claims.event[i] as number) >= 0);
  assertAbout(about.length, 0.6 * breaches.tMs.length);
  for (const i of about) {
    const event = claims.event[i] as number;
    assert.notEqual(breaches.side[event], claims.party[i]);
    assert.equal(claims.kind[i], 4 + (breaches.kind[event] as number));
  }
  assertAbout(rows.filter((i) => claims.event[i] === -1 && claims.party[i] === 0).length, 2 * 70);
  assert.equal(rows.filter((i) => claims.event[i] === -1 && claims.party[i] === 1).length, 0);
  const named = ({ breaches: of, claims: by, rows: all }: ReturnType<typeof claimsOf>) =>
    all
      .filter((i) => (by.event[i] as number) >= 0)
      .map((i) => by.event[i] as number)
      .map((e) => `${of.kind[e]} ${of.area[e]} ${of.number[e]}`)
      .sort();
  assert.deepEqual(
    named(claimsOf(IN_THE_WEST)),
    named(claimsOf(NO_FORESIGHT)),
    "foresight changes when, not who tells",
  );
});

test("an area that is not there, and gaps out of order, are refused", () => {
  const lost = [{ ...(KINDS[0] as LargerKind), areas: ["east"] }];
  assert.throws(
    () => simulateLarger(lost, AREAS, { seed: 1, span: SPAN, foresight: NO_FORESIGHT }),
    /east, which is no area/,
  );
  const backwards: Foresight = (intent) => IN_THE_WEST(intent).toReversed();
  assert.throws(() => simulateLarger(KINDS, AREAS, { seed: 1, span: SPAN, foresight: backwards }), /gap 1/);
});

test("a longer line has the fire that the exponents say, the same shares, and its first stretch's names", () => {
  const spec = fireSpec();
  const total = (of: typeof spec) =>
    of.hotSpots.reduce((sum, { perDay }) => sum + perDay, 0) + of.background.perKmDay * of.lineKm;
  for (const [fireExponent, hotSpotExponent, spots] of [
    [1, 1, 6],
    [0.5, 1, 6],
    [1, 0, 2],
    [0, 0.5, 3],
  ] as const) {
    const long = scaledFire(spec, { lineKm: 300, fireExponent, hotSpotExponent });
    assert.ok(Math.abs(total(long) / total(spec) - 3 ** fireExponent) < 1e-9);
    assert.equal(long.hotSpots.length, spots);
    assert.equal(long.hotSpots[0]?.id, "north");
    assert.ok(long.hotSpots.every(({ atKm }) => atKm <= 300));
    const share = (of: typeof spec) => (of.background.perKmDay * of.lineKm) / total(of);
    assert.ok(Math.abs(share(long) - share(spec)) < 1e-9);
  }
  assert.deepEqual(scaledFire(spec, { lineKm: 100, fireExponent: 1, hotSpotExponent: 1 }), spec);
});

test("with exponents of 1 the first stretch of the longer line is the line itself, event by event", () => {
  const spec = plainFire(50);
  const long = scaledFire(
    { ...spec, background: { perKmDay: 0.5, segmentKm: 20 } },
    {
      lineKm: 300,
      fireExponent: 1,
      hotSpotExponent: 1,
    },
  );
  const run = { seed: 2, regime: STEADY, span: { fromMs: 0, toMs: 5 * DAY_MS }, views: [] };
  const timesOf = (of: typeof spec) => {
    const { events, sources } = simulateFire(of, run);
    return Array.from(events.tMs).filter((_, i) => /^segment\/[0-4]$/.test(sources[events.source[i] as number] ?? ""));
  };
  assert.deepEqual(timesOf(long), timesOf({ ...spec, background: { perKmDay: 0.5, segmentKm: 20 } }));
});
