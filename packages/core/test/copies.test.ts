/** No leakage: copies of a claim's own report, planted in every way, are found; news of others is left. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { copiesOf, copyFinder } from "../src/verify/independence-copies.ts";
import { evidenceOf } from "./evidence-fixture.ts";

const TEXT = "Уночі ворог обстріляв околиці Сєвєродонецька, пошкоджено підстанцію та два будинки";
const REST =
  "У Львові відновили рух трамваїв. На Одещині триває збір врожаю, аграрії кажуть про добрі показники. У столиці відкрили виставку";
const report = evidenceOf({ id: "own", text: TEXT, origin: { source: "n1", original: "https://n1.ua/a" }, day: 10 });

const PLANTED = [
  ["same-item", evidenceOf({ id: "own", day: 10 })],
  ["same-item", evidenceOf({ id: "again", hash: "hash of own", day: 10 })],
  ["same-original", evidenceOf({ id: "url", origin: { original: "http://www.n1.ua/a/?utm_medium=rss" }, day: 300 })],
  ["identical-text", evidenceOf({ id: "same text", text: TEXT.toUpperCase(), day: 11 })],
  ["near-identical-text", evidenceOf({ id: "touched up", text: `${TEXT} - голова ОВА`, day: 9 })],
  ["contains-text", evidenceOf({ id: "digest", text: `Підсумки доби. ${TEXT}. ${REST}`, day: 12 })],
  ["quotes", evidenceOf({ id: "quoting", origin: { quotes: ["https://n1.ua/a"] }, day: 10 })],
] as const;
const OTHERS = [
  evidenceOf({ id: "other", text: "Рятувальники ліквідували пожежу на складі після влучання дрона", day: 10 }),
  evidenceOf({ id: "other page", origin: { original: "https://n1.ua/b" }, day: 10 }),
  evidenceOf({ id: "a year later", text: TEXT, day: 375 }),
];

test("every planted copy is found and named, and nothing else", () => {
  const items = [...PLANTED.map(([, item]) => item), ...OTHERS];
  const found = copiesOf(report, items);
  assert.deepEqual(
    found.map(({ at, code }) => [items[at]?.id, code]),
    PLANTED.map(([code, { id }]) => [id, code]),
  );
});

test("a copy of a copy is a copy, and says through whom", () => {
  const items = [
    evidenceOf({ id: "second", origin: { quotes: ["first"] } }),
    evidenceOf({ id: "first", origin: { quotes: ["https://n1.ua/a"] } }),
  ];
  assert.deepEqual(copiesOf(report, items), [
    { at: 0, code: "quotes", through: "first" },
    { at: 1, code: "quotes" },
  ]);
});

test("what the report quotes is no witness either", () => {
  const quoting = evidenceOf({ id: "own", origin: { quotes: ["https://agency.ua/1"] } });
  const agency = evidenceOf({ id: "agency", origin: { original: "https://agency.ua/1" } });
  assert.deepEqual(copiesOf(quoting, [agency]), [{ at: 0, code: "quoted" }]);
});

test("a thousand questions over four thousand texts are answered in a second or two", () => {
  const words = Array.from({ length: 400 }, (_, i) => `слово${(i * 7919) % 1000}`);
  const items = Array.from({ length: 4000 }, (_, i) =>
    evidenceOf({
      id: `e${i}`,
      text: Array.from({ length: 12 }, (_, k) => words[(i * 31 + k * k * 17 + ((i * k) % 89)) % 400]).join(" "),
    }),
  );
  const finder = copyFinder(items);
  for (const item of items.slice(0, 1000)) assert.ok(finder.copiesOf(item).some(({ code }) => code === "same-item"));
});
