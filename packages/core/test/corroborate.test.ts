/** Claims against feeds: nothing of a claim's own counts for it, what is missing says nothing, reasons tell the numbers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { MS_PER_HOUR } from "../src/time/instant.ts";
import { baselineOf } from "../src/verify/baseline.ts";
import { dayNumber, startOf } from "../src/verify/claim-day.ts";
import { type CorroborationFeeds, findingReader, scoreOf } from "../src/verify/corroborate.ts";
import { type AlertFeed, alertReader } from "../src/verify/corroborate-alerts.ts";
import { type NewsItem, newsReader } from "../src/verify/corroborate-news.ts";
import { observedOf, reasonsOf } from "../src/verify/corroborate-reasons.ts";
import { logRatioOf } from "../src/verify/likelihood.ts";
import { claimOn, MODEL, PLACE, pointsOf, report, THERMAL, YEARS } from "./corroborate-fixture.ts";

const DAY = dayNumber(2022, 6, 15);

/** Other places told of now and then, so that the feed covers the weeks around. */
const usual = (): NewsItem[] => [-25, -14, -9, 6, 12, 25].map((l) => report(60, DAY + l));

const scoreWith = (news: readonly NewsItem[]): number => {
  const findings = findingReader({ news }, MODEL)(claimOn(DAY));
  return scoreOf(claimOn(DAY), findings, MODEL, 0.5).logRatio;
};

test("no leakage: a claim's own report and its copies, near and far, leave the score as it is", () => {
  const feed = [...usual(), report(50, DAY), report(70, DAY)];
  const before = scoreWith(feed);
  const text = "Вибух на складі боєприпасів поблизу залізничної станції, повідомляє місцева влада, постраждалих немає";
  const own = report(1, DAY, { text, urls: "https://medium.example/a", events: ["77"] });
  const copies = [
    own,
    report(2, DAY),
    report(0, DAY + 1),
    report(25, DAY - 1),
    report(45, DAY, { urls: "https://other.example/x|https://www.medium.example/a?utm_source=y" }),
    report(55, DAY, { text: `${text}.` }),
    report(65, DAY, { events: ["77"] }),
    report(75, DAY + 1, { id: own.id }),
    // A copy of a copy.
    report(80, DAY, { urls: "https://other.example/x" }),
  ];
  assert.equal(scoreWith([...feed, ...copies]), before);
});

test("the gate is one: the same reports, told by others in their own words elsewhere, do move the score", () => {
  const feed = usual();
  assert.ok(scoreWith([...feed, report(45, DAY), report(55, DAY), report(80, DAY)]) > scoreWith(feed) + 0.2);
});

test("where the claim's medium is not known, no single medium can raise the score", () => {
  const feed = usual();
  const one = [40, 50, 60, 70].map((km) => report(km, DAY, { sources: ["the same"] }));
  assert.equal(scoreWith([...feed, ...one]), scoreWith(feed));
  const findingsOf = (news: readonly NewsItem[], source?: string) =>
    newsReader(news, MODEL.news).read({ ...claimOn(DAY), ...(source && { origin: { source } }) });
  const known = findingsOf([...feed, ...one], "another");
  const own = findingsOf([...feed, ...one], "The Same");
  assert.ok(!("unknown" in known) && known.counted === 4);
  assert.ok(!("unknown" in own) && own.counted === 0);
});

test("what a claim says of its own article and text is left out wherever it stands", () => {
  const text = "Three loud explosions were heard near the oil depot on the northern edge of the town this morning";
  const feed = [
    ...usual(),
    report(60, DAY, { text }),
    report(70, DAY, { urls: "https://medium.example/b" }),
    report(90, DAY),
  ];
  const read = newsReader(feed, MODEL.news);
  const bare = read.read(claimOn(DAY));
  const told = read.read({ ...claimOn(DAY), origin: { source: "s", url: "http://medium.example/b/", text } });
  assert.ok(!("unknown" in bare) && bare.places === 3);
  assert.ok(!("unknown" in told) && told.places === 1 && told.own === 2);
});

function alertFeed(
  spans: readonly (readonly [number, number])[],
  more: Partial<AlertFeed["areas"][number]> = {},
): AlertFeed {
  const ms = spans.flatMap(([day, hours]) => [
    startOf(day) + 6 * MS_PER_HOUR,
    startOf(day) + (6 + hours) * MS_PER_HOUR,
  ]);
  return {
    areas: [{ name: "Some oblast", level: "oblast", oblast: "Some oblast", spans: Float64Array.from(ms), ...more }],
    covered: { start: startOf(DAY - 60), end: startOf(DAY + 60) },
  };
}

const alertRatio = (feed: AlertFeed, claim = { ...claimOn(DAY), oblast: "Some oblast" }): number | string => {
  const found = alertReader(feed, MODEL.alerts)(claim);
  return "unknown" in found ? found.unknown : logRatioOf(found.surprise, MODEL.alerts.weight01);
};

test("an alert every day says nothing; one in a quiet month speaks for; a quiet day in a loud month against", () => {
  const days = Array.from({ length: 80 }, (_, i) => DAY - 40 + i);
  assert.ok(Math.abs(alertRatio(alertFeed(days.map((day) => [day, 2]))) as number) < 1e-12);
  assert.ok((alertRatio(alertFeed([[DAY, 2]])) as number) > 0.05);
  const loud = alertFeed(days.flatMap((day) => (Math.abs(day - DAY) > 1 ? [[day, 2] as const] : [])));
  assert.ok((alertRatio(loud) as number) < -0.02);
  const long = alertFeed(days.map((day) => [day, day === DAY ? 9 : 2]));
  assert.ok((alertRatio(long) as number) > 0.05, "by duration, where every day has one");
});

test("alerts speak for their own area, at the finest level, in the days that the feed covers", () => {
  const feed = alertFeed([[DAY, 2]]);
  assert.equal(alertRatio(feed, { ...claimOn(DAY), oblast: "Another oblast" }), "no-area");
  assert.equal(alertRatio(feed, { ...claimOn(DAY + 59), oblast: "Some oblast" }), "not-covered");
  const raion = (km: number) =>
    alertFeed([[DAY, 2]], { level: "raion", name: "R raion", place: { ...PLACE, latitudeDeg: 48 + km / 111.2 } });
  assert.ok((alertRatio(raion(20)) as number) > 0);
  assert.equal(alertRatio(raion(60)), "no-area");
});

test("a claim with a time is compared with the same hours of other days", () => {
  const days = Array.from({ length: 60 }, (_, i) => DAY - 30 + i);
  // Every day at 6; on the day itself at 18 as well.
  const feed = alertFeed(days.map((day) => [day, 1]));
  const start = startOf(DAY) + 18 * MS_PER_HOUR;
  const spans = [...(feed.areas[0]?.spans ?? []), start, start + MS_PER_HOUR];
  const both = { ...feed, areas: feed.areas.map((area) => ({ ...area, spans: Float64Array.from(spans) })) };
  const at = (hour: number) => {
    const when = { start: startOf(DAY + hour / 24), end: startOf(DAY + hour / 24 + 1 / 1440) };
    return alertRatio(both, { ...claimOn(DAY), oblast: "Some oblast", when, hasTime: true });
  };
  assert.ok((at(18) as number) > 0.05);
  assert.ok(Math.abs(at(6) as number) < 1e-12);
});

const fire = (km: number, day: number) => ({
  latitudeDeg: PLACE.latitudeDeg + km / 111.2,
  longitudeDeg: PLACE.longitudeDeg,
  day,
});
const years = YEARS.flatMap((year) => [0, 364].map((d) => fire(300, dayNumber(year, 1, 1) + d)));
const heatOf = (points: Parameters<typeof pointsOf>[0]): CorroborationFeeds => ({
  thermal: { baseline: baselineOf(pointsOf([...years, ...points]), THERMAL) },
});

test("heat where none is usual speaks for; none seen under a closed sky says nothing, under an open one a little", () => {
  const scored = (points: Parameters<typeof pointsOf>[0]) => {
    const claim = claimOn(DAY);
    return scoreOf(claim, findingReader(heatOf(points), MODEL)(claim), MODEL, 0.5);
  };
  const seen = scored([fire(3, DAY), fire(3.1, DAY), fire(2.9, DAY + 1)]);
  assert.ok(seen.probability01 > 0.55);
  assert.equal(observedOf(seen), "seen");
  const furnaces = (isLit: (day: number) => boolean) =>
    [30, 33, 36, 39].flatMap((km) =>
      YEARS.flatMap((year) =>
        Array.from({ length: 365 }, (_, d) => fire(km, dayNumber(year, 1, 1) + d)).filter(({ day }) => isLit(day)),
      ),
    );
  const open = scored(furnaces(() => true));
  const closed = scored(furnaces((day) => Math.abs(day - DAY) > 2));
  assert.equal(observedOf(open), "not seen");
  assert.ok(open.logRatio < 0 && open.logRatio > -0.2);
  assert.ok((open.thermal?.observable01 ?? 0) > 0.01);
  assert.equal(closed.logRatio, 0);
  assert.equal(closed.thermal?.observable01, 0);
  assert.equal(seen.thermal?.observable01, undefined);
});

test("what was not given, does not cover the day, or cannot see the kind, leaves the prior where it is", () => {
  const claim = claimOn(DAY);
  const none = scoreOf(claim, findingReader({}, MODEL)(claim), MODEL, 0.2);
  assert.ok(Math.abs(none.probability01 - 0.2) < 1e-12);
  assert.equal(observedOf(none), "unknown");
  assert.deepEqual(
    reasonsOf(none, MODEL).map((reason) => reason.includes("unknown")),
    [true, true, true],
  );
  const later = claimOn(DAY + 4000);
  const feeds = {
    ...heatOf([fire(3, DAY)]),
    news: usual(),
    alerts: alertFeed([[DAY, 2]]),
    oblastOf: () => "Some oblast",
  };
  assert.equal(scoreOf(later, findingReader(feeds, MODEL)(later), MODEL, 0.5).logRatio, 0);
  const blind = { ...feeds, blindTo: { thermal: new Set(["jamming"]) } };
  const jammed = { ...claim, kind: "jamming" };
  assert.deepEqual(findingReader(blind, MODEL)(jammed).thermal, { unknown: "blind" });
});

test("reasons tell each kind's numbers and its factor, and the factors multiply to the ratio", () => {
  const claim = claimOn(DAY);
  const feeds = {
    ...heatOf([fire(3, DAY), fire(9, DAY)]),
    news: usual(),
    alerts: alertFeed([[DAY, 2]]),
    oblastOf: () => "Some oblast",
  };
  const scored = scoreOf(claim, findingReader(feeds, MODEL)(claim), MODEL, 0.5);
  const reasons = reasonsOf(scored, MODEL).join("; ");
  for (const part of ["1 anomaly within 6 km", "2022-06-13 to 2022-06-17", "Some oblast", "120 min", "usual"])
    assert.ok(reasons.includes(part), part);
  const product = [...reasons.matchAll(/odds x ([\d.]+)/g)].reduce((all, [, factor]) => all * Number(factor), 1);
  assert.ok(Math.abs(product - Math.exp(scored.logRatio)) < 0.05);
});

const DRONE = {
  title: "Drone",
  operator: "mission",
  byKind: new Map([["explosion", { detects01: 0.8, withinKm: 2, withinHours: 1, falseAlarms: { perDay: 0.5 } }]]),
};

test("a sensor that nobody has heard of speaks by its table alone: seen, looked in vain, and not looked at all", () => {
  const tables = new Map([
    ["drone", DRONE],
    ["drone-2", DRONE],
  ]);
  const when = { start: startOf(DAY + 0.5), end: startOf(DAY + 0.5001) };
  const look = (km: number, isSeen: boolean, source = "drone") => ({ ...fire(km, DAY), source, when, isSeen });
  const ratioOf = (looks: readonly ReturnType<typeof look>[], kind?: string): number => {
    const claim = { ...claimOn(DAY), ...(kind !== undefined && { kind }) };
    return scoreOf(claim, findingReader({ sources: { looks, tables } }, MODEL)(claim), MODEL, 0.5).logRatio;
  };
  // 0.5 false alarms a day, over a day and an hour to either side.
  const seen = Math.log(0.8 / (0.5 * (26 / 24)) + 0.2);
  assert.ok(Math.abs(ratioOf([look(1, true)]) - seen) < 1e-9);
  assert.ok(Math.abs(ratioOf([look(1, false)], "explosion") - Math.log(0.2)) < 1e-9);
  assert.equal(ratioOf([look(5, true), look(5, false)]), 0);
  assert.equal(ratioOf([]), 0);
  // Ten pixels, and two drones of one operator, are one thing seen.
  assert.ok(Math.abs(ratioOf([...Array(10).fill(look(1, true)), look(1, true, "drone-2")]) - seen) < 1e-9);
});
