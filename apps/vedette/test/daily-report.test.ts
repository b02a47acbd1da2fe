/** The daily report: the same bytes from the same log, its counts add up, no trace of what a nation is not given. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { instant, MS_PER_DAY, MS_PER_HOUR } from "@vedette/core/time/instant";
import { USUAL_PER_DAY } from "@vedette/core/verify/incident-near";
import { type DailyReport, dailyMisfits } from "@vedette/wire/daily-report";
import { act } from "../src/engine/cases/act.ts";
import { buildDay, endOf } from "../src/engine/cases/day.ts";
import { detectIncidents } from "../src/engine/cases/detect.ts";
import { dayOf } from "../src/report/daily/day.ts";
import { byNumber } from "../src/report/daily/incidents.ts";
import { ledgerStrips } from "../src/report/daily/ledger.ts";
import { LANGUAGES, type Language, messagesIn, tableOf } from "../src/report/daily/messages.ts";
import { nearWords } from "../src/report/daily/near.ts";
import { writeShippedDay } from "../src/report/daily/shipped.ts";
import { type MadeDaily, makeDaily, writeDaily } from "../src/report/daily/write.ts";
import { readEvidenceSources } from "../src/scenario/evidence-sources.ts";
import { readTaxonomy } from "../src/scenario/taxonomy.ts";
import { openStore } from "../src/store/open.ts";
import type { Store } from "../src/store/store.ts";
import { CLOSED, DAY, NOW, newStore, OPEN, record, report } from "./incident-fixture.ts";

const folder = await mkdtemp(join(tmpdir(), "vedette-daily-"));
after(() => rm(folder, { recursive: true, force: true }));
const [taxonomy, sources] = await Promise.all([readTaxonomy(), readEvidenceSources()]);
const detect = (store: Store) => detectIncidents({ store, taxonomy, sources, now: NOW });

const daily = (
  store: Store,
  over: { nation?: string; language?: Language; date?: string } = {},
): Promise<MadeDaily> => {
  const { nation, language = "en", date = "2026-06-15" } = over;
  return makeDaily({ store, date, zone: "Europe/Kyiv", language, ...(nation && { nation }) });
};

async function shippedDay(name: string): Promise<Store> {
  const place = join(folder, name);
  const { refused, records } = await buildDay(place);
  assert.deepEqual([refused, records > 900], [0, true]);
  return openStore(place);
}

const first = await shippedDay("first");
after(() => first.close());

test("the shipped day: both files fit their forms, and the counts add up in every table", async () => {
  const made = await daily(first, { date: "2022-05-04" });
  assert.deepEqual(dailyMisfits(made.report), []);
  const { totals, incidents } = made.report;
  const sum = (rows: DailyReport["totals"]["byKind"], key: "today" | "before"): number =>
    rows.reduce((total, row) => total + row[key], 0);
  for (const rows of [totals.byKind, totals.byArea, totals.byState])
    assert.deepEqual([sum(rows, "today"), sum(rows, "before")], [totals.today, totals.before]);
  assert.equal(incidents.length, totals.today);
  const yesterday = await daily(first, { date: "2022-05-03" });
  assert.equal(yesterday.report.totals.today, totals.before);
  for (const { hours, counts } of made.report.unseen.areas) {
    assert.equal(hours.length, 24);
    assert.equal(
      Object.values(counts).reduce((a, b) => a + b, 0),
      24,
    );
  }
});

test("the same tables, in another log with other keys and salts, give the same bytes; so does each language", async () => {
  const second = await shippedDay("second");
  for (const language of LANGUAGES) {
    const [a, b] = [
      await daily(first, { date: "2022-05-04", language }),
      await daily(second, { date: "2022-05-04", language }),
    ];
    assert.equal(a.html, b.html);
    assert.equal(a.json, b.json);
  }
  await second.close();
});

test("a scenario's ledger is a strip for each kind of sensor: what most cells were, every hour of the day", () => {
  const byHour = {
    observable: [9, 5, 0, 0],
    taken: [6, 0, 0, 0],
    night: [0, 4, 9, 0],
    noPass: [1, 1, 1, 0],
    unknown: [0, 0, 0, 10],
  };
  const input = { messages: messagesIn("en") } as Parameters<typeof ledgerStrips>[1];
  const [strip] = ledgerStrips({ title: "a line", cells: 10, byKind: { radar: byHour } }, input);
  assert.deepEqual([strip?.title, strip?.hours], ["Radar, by the ledger", "tonu"]);
});

test("passes are those of the file: acquisition times of 4 May, no other", async () => {
  const { passes } = (await daily(first, { date: "2022-05-04" })).report.unseen;
  const rows = (
    await readFile(new URL("../../../data/days/2022-05-04/firms-timed.csv", import.meta.url), "utf8")
  ).split("\n");
  const times = new Set(rows.filter((row) => row.includes("2022-05-04")).map((row) => row.split(",")[3]));
  assert.equal(
    passes.reduce((sum, { detections }) => sum + detections, 0),
    rows.filter((row) => row.includes("2022-05-04")).length,
  );
  for (const { start } of passes) assert.ok(times.has(start.slice(11, 16).replace(":", "")), start);
});

test("what a nation is not given leaves no trace: the same bytes as where it never was", async () => {
  const [whole, without] = [newStore(), newStore()];
  const open = [report("ev-a", 48.5), report("ev-b", 48.51)];
  const hot = report("ev-hot", 47.5, { form: "detection", kind: "unknown", measured: { [USUAL_PER_DAY]: 1 } });
  const secret = [report("ev-x", 48.5), report("ev-y", 47.9), report("ev-z", 47.9, { kind: "jamming" }), hot];
  for (const store of [whole, without]) await record(store, open, OPEN);
  for (const store of [whole, without]) await detect(store);
  await record(whole, secret, CLOSED);
  await detect(whole);
  const [given, never] = [await daily(whole, { nation: "FRA" }), await daily(without, { nation: "FRA" })];
  assert.equal(given.html, never.html);
  assert.equal(given.json, never.json);
  // The check would see a difference: the keeper's own report has one.
  assert.notEqual((await daily(whole)).json, (await daily(without)).json);
  for (const word of ["ev-x", "ev-y", "medium-ev-x", "Jamming or spoofing"])
    assert.equal(given.html.includes(word), false, word);
});

test("no output has a field or a word for who did it", async () => {
  const keys = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        keys.add(key);
        collect(inner);
      }
  };
  collect((await daily(first, { date: "2022-05-04" })).report);
  const suspect = /attribut|perpetrat|culprit|responsib|guilt|blame|suspect|firedBy|launchedBy|side$|aggressor/i;
  assert.deepEqual(
    [...keys].filter((key) => suspect.test(key)),
    [],
  );
  for (const language of LANGUAGES)
    assert.deepEqual(
      Object.keys(tableOf(language)).filter((key) => suspect.test(key)),
      [],
    );
});

test("a state, a reply that is awaited and an incident of the day before stand where they belong", async () => {
  const store = newStore();
  const yesterday = { when: { start: instant(DAY - 9 * MS_PER_HOUR), end: instant(DAY - 8 * MS_PER_HOUR) } };
  await record(store, [report("ev-a", 48.5), report("ev-b", 48.51), report("ev-old", 48.5, yesterday)]);
  const found = (await detect(store)).incidents.find(({ state }) => state === "corroborated");
  const until = { start: instant(NOW + MS_PER_DAY), end: instant(NOW + MS_PER_DAY + 1) };
  const asked = [{ party: "party-a", until: { ...until } }];
  const body = { incident: found?.id ?? "", to: "verified", asked, reason: "seen" };
  assert.equal((await act(store, { type: "incident.moved", body, actor: "person:p-1" }, NOW)).code, "done");
  const { report: made, html } = await daily(store);
  assert.deepEqual([made.totals.today, made.totals.before], [1, 1]);
  assert.deepEqual(
    made.replies.map(({ party, state }) => [party, state]),
    [["party-a", "awaited"]],
  );
  assert.equal(made.incidents[0]?.independent, 2);
  // Who verified is in the log; the report names no person.
  assert.equal(html.includes("p-1"), false);
});

test("a planted script in a name comes out as text, and the page asks for nothing", async () => {
  const store = newStore();
  const where = {
    latitudeDeg: 48.5,
    longitudeDeg: 37.5,
    radiusKm: 2,
    basis: "settlement" as const,
    name: "<script>alert(1)</script>",
  };
  await record(store, [report("ev-a", 48.5, { where, origin: { source: "a", operator: '"><img src=x>' } })]);
  await detect(store);
  const { html } = await daily(store);
  assert.equal(/<script|<img|<iframe|url\(|@import/.test(html), false);
  assert.ok(html.includes("&lt;script&gt;alert"));
  assert.ok(html.includes("default-src 'none'"));
});

test("all languages have the same words, with the same values in them", () => {
  const values = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();
  const english = tableOf("en");
  for (const language of LANGUAGES) {
    const table = tableOf(language);
    assert.deepEqual(Object.keys(table).sort(), Object.keys(english).sort(), language);
    for (const [key, text] of Object.entries(english))
      assert.deepEqual(values(table[key] ?? ""), values(text), `${language} ${key}`);
    assert.equal(messagesIn(language).say("months").split("|").length, 12);
  }
  assert.throws(() => messagesIn("en").say("no such word"), /no word/);
  assert.throws(() => messagesIn("en").say("asOf"), /wants a value at/);
});

test("words that are counted stand in the form that CLDR gives for the number", () => {
  const counted = (language: Language, key: string, numbers: readonly number[]): string[] =>
    numbers.map((number) => messagesIn(language).count(key, number));
  assert.deepEqual(counted("en", "hotPixels", [0, 1, 2, 21]), [
    "0 hot pixels",
    "1 hot pixel",
    "2 hot pixels",
    "21 hot pixels",
  ]);
  assert.deepEqual(counted("fr", "hotPixels", [0, 1, 2]), ["0 pixel chaud", "1 pixel chaud", "2 pixels chauds"]);
  assert.deepEqual(counted("uk", "hotPixels", [1, 3, 5, 11, 12, 21, 22, 25]), [
    "1 гарячий піксель",
    "3 гарячі пікселі",
    "5 гарячих пікселів",
    "11 гарячих пікселів",
    "12 гарячих пікселів",
    "21 гарячий піксель",
    "22 гарячі пікселі",
    "25 гарячих пікселів",
  ]);
  for (const language of LANGUAGES) {
    const keys = Object.keys(tableOf(language)).filter((key) => (tableOf(language)[key] ?? "").startsWith("one="));
    assert.deepEqual(keys.toSorted(), ["alerts", "anomalies", "hotPixels", "items"]);
    const needed = new Set([...Array(200).keys()].map((n) => new Intl.PluralRules(language).select(n)));
    for (const key of keys)
      for (const form of needed) assert.ok(tableOf(language)[key]?.includes(`${form}=`), `${language} ${key} ${form}`);
  }
  assert.throws(() => messagesIn("en").count("title", 1), /lacks the form for 1/);
});

test("hot pixels are said to be chance or more only where that was weighed; alerts never are", async () => {
  const store = newStore();
  const from = (source: string) => ({ origin: { source, operator: source } });
  const near = (id: string, form: "detection" | "alert", source: string, usual?: number) =>
    report(id, 48.501, {
      form,
      kind: "unknown",
      ...from(source),
      ...(usual !== undefined && { measured: { [USUAL_PER_DAY]: usual } }),
    });
  await record(store, [
    report("ev-a", 48.5),
    near("ev-rare", "detection", "firms-viirs"),
    near("ev-usual", "detection", "firms-viirs", 9),
    near("ev-alert", "alert", "alerts-ua"),
  ]);
  const [incident] = (await detect(store)).incidents;
  const linked = async (evidence: string, role: string) => {
    const body = { incident: incident?.id ?? "", evidence: [evidence], role, reason: "seen" };
    const { code } = await act(store, { type: "incident.evidence-linked", body, actor: "person:p-1" }, NOW);
    assert.equal(code, "done");
  };
  const lines = [
    "1 hot pixel near by: more than",
    "1 hot pixel near by: no more than",
    "1 alert in force near by (not",
  ];
  const { html } = await daily(store);
  for (const line of lines) assert.ok(html.includes(line), line);
  assert.equal(html.includes("hot pixel near by (not weighed)"), false);
  // A person's word puts it where it is: the program's weighing is no longer why.
  await linked("ev-rare", "context");
  const after = (await daily(store)).html;
  assert.ok(after.includes("1 hot pixel near by (not weighed)"));
  assert.equal(after.includes("near by: more than"), false);
  const none = { more: 0, chance: 0, unweighed: 0, alerts: 0, other: 0 };
  assert.deepEqual(nearWords(none, messagesIn("en")), []);
  assert.deepEqual(nearWords({ ...none, alerts: 2, other: 1 }, messagesIn("uk")), [
    "2 чинні тривоги поблизу (не зважено)",
    "1 інше свідчення поруч, як контекст",
  ]);
});

test("clauses stand in the order of their numbers", () => {
  assert.deepEqual(["10(a)", "3(b)", "1(b)", "5.10", "2(a)", "1(a)", "5.2"].toSorted(byNumber), [
    "1(a)",
    "1(b)",
    "2(a)",
    "3(b)",
    "5.2",
    "5.10",
    "10(a)",
  ]);
});

test("print and small screens: one banner on the first sheet, hatching that is drawn, the state beside the kind", async () => {
  const { html } = await daily(first, { date: "2022-05-04" });
  assert.ok(html.includes('@page:first{@top-center{content:""}}'));
  assert.ok(html.includes('<symbol id="hatch"'));
  assert.equal(/\.hour(\.u)?\{[^}]*gradient/.test(html), false);
  const hours = html.match(/<span class="hour u">/g)?.length ?? 0;
  assert.equal(html.match(/<span class="hour u"><svg aria-hidden="true"><use href="#hatch"/g)?.length, hours);
  assert.ok(hours > 24);
  assert.match(html, /<td><strong>[^<]+<\/strong><span class="said"><svg class="state"/);
});

test("days are those of the zone: 23 and 25 hours where clocks are changed (tz database)", () => {
  const hours = (date: string, zone: string): number => {
    const { start, end } = dayOf(date, zone).span;
    return (end - start) / MS_PER_HOUR;
  };
  assert.deepEqual(
    ["2022-03-27", "2022-10-30", "2022-05-04"].map((date) => hours(date, "Europe/Kyiv")),
    [23, 25, 24],
  );
  assert.equal(new Date(dayOf("2022-05-04", "Europe/Kyiv").span.start).toISOString(), "2022-05-03T21:00:00.000Z");
  assert.equal(new Date(dayOf("2022-05-04", "Asia/Kathmandu").span.start).toISOString(), "2022-05-03T18:15:00.000Z");
  assert.equal(endOf({ date: "2022-05-04", zone: "Europe/Kyiv" }), dayOf("2022-05-04", "Europe/Kyiv").span.end);
});

test("the shipped day is written in every language, with the licences of all that is in it, and again with the same bytes", async () => {
  const out = join(folder, "shipped");
  const { files, report: made } = await writeShippedDay(out);
  assert.deepEqual(
    files.map((file) => file.slice(out.length + 1)),
    LANGUAGES.flatMap((language) => [`${language}/daily.html`, `${language}/daily.json`]),
  );
  const licences = made.sources.map(({ publisher, licence }) => `${publisher}: ${licence}`).join("\n");
  for (const owed of [/VIINA.*ODbL/, /NASA FIRMS/, /OpenStreetMap.*ODbL/, /GeoNames.*CC BY/, /air-raid.*MIT/])
    assert.ok(owed.test(licences), String(owed));
  const before = await Promise.all(files.map((file) => readFile(file, "utf8")));
  await writeShippedDay(out);
  assert.deepEqual(await Promise.all(files.map((file) => readFile(file, "utf8"))), before);
});

test("both files are written whole, for their owner alone", async () => {
  const out = join(folder, "out");
  const made = await daily(first, { date: "2022-05-04" });
  const files = await writeDaily(made, out);
  assert.deepEqual(await Promise.all(files.map((file) => readFile(file, "utf8"))), [made.html, made.json]);
});
