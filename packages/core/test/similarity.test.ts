/** Likeness of texts: four languages, known indices, and the nets against comparing all pairs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { containment, fingerprintOf, likenessOf, normalised, resemblance } from "../src/verify/similarity.ts";
import { similarityIndex } from "../src/verify/similarity-index.ts";

test("one form for apostrophes, case, stress, accents, addresses, thousands; й and ї stay themselves", () => {
  assert.equal(normalised("П’ЯТЬ об’єктів — п`ять"), "п'ять об'єктів п'ять");
  assert.equal(normalised("Ещё взры́в, ещё!"), "еще взрыв еще");
  assert.equal(normalised("Район їхній"), "район їхній");
  assert.notEqual(normalised("май"), normalised("маи"));
  assert.equal(normalised("L’école brûlée à Œuvre"), "l'ecole brulee a oeuvre");
  assert.equal(normalised("12 000 or 12,000 <b>men</b> https://t.me/x/1"), "12000 or 12000 men");
  assert.equal(normalised("'quoted' words"), "quoted words");
});

test("indices of small sets, counted by hand", () => {
  const [a, b] = [fingerprintOf("abcdefgh"), fingerprintOf("abcdefxy")];
  // abcde bcdef cdefg defgh; abcde bcdef cdefx defxy: two of six.
  assert.equal(resemblance(a, b), 2 / 6);
  assert.equal(containment(fingerprintOf("abcdef"), a), 1);
  assert.equal(resemblance(fingerprintOf(""), a), 0);
});

const PAIRS: readonly [string, string, string | undefined][] = [
  [
    "ЗСУ знищили техніку окупантів на Бердянському аеродромі - виконком.",
    "ЗСУ знищили техніку окупантів на Бердянському аеродромі ударом Точки-У",
    "near-identical",
  ],
  [
    "Вчера стратегический бомбардировщик РФ выпустил 16 ракет по жилым районам Харькова",
    "Оккупанты взрывают электрические подстанции в Харькове. Это настоящий геноцид, заявил мэр",
    undefined,
  ],
  [
    "Shelling damaged a substation in the Saltivka district, leaving 12 streets without power",
    "Shelling damaged a substation in the Saltivka district, leaving 40 streets without power",
    undefined,
  ],
  [
    "Une frappe de drone a touché un dépôt près de la gare d’Odessa, selon le maire",
    "Une frappe de drone a touche un depot pres de la gare d'Odessa, selon le maire",
    "identical",
  ],
  ["Explosions in Kharkiv", "Explosions in Kharkiv", "identical"],
  ["Explosions", "Explosions", undefined],
  ["Explosions in Kharkiv", "Explosions in Kherson", undefined],
];

test("what is a copy and what is not, in four languages", () => {
  for (const [a, b, code] of PAIRS) {
    assert.equal(likenessOf(fingerprintOf(a), fingerprintOf(b))?.code, code, `${a} / ${b}`);
    assert.equal(likenessOf(fingerprintOf(b), fingerprintOf(a))?.code, code, `${b} / ${a}`);
  }
});

const WORDS =
  "вибух обстріл ракета дрон міста район будинок пожежа люди поранені вночі школа завод склад порт міст дорога".split(
    " ",
  );
const sentence = fc.array(fc.constantFrom(...WORDS), { minLength: 7, maxLength: 14 }).map((words) => words.join(" "));

test("a touched-up text and a quote in a long digest are found among all, as comparing all pairs finds them", () => {
  fc.assert(
    fc.property(fc.array(sentence, { minLength: 4, maxLength: 12 }), (sentences) => {
      const first = sentences[0] as string;
      const texts = [...sentences, `${first} сьогодні`, sentences.join(". ")].map(fingerprintOf);
      const index = similarityIndex(texts);
      texts.forEach((text) => {
        const all = texts.flatMap((other, at) => {
          const likeness = likenessOf(text, other);
          return likeness === undefined || (likeness.code === "near-identical" && likeness.share01 < 0.8) ? [] : [at];
        });
        const found = new Set(index.alikeTo(text).map(({ at }) => at));
        for (const at of all) assert.ok(found.has(at), `${at} of ${texts.length}`);
      });
    }),
    { seed: 7 },
  );
});

test("a text that stands there a thousand times is found a thousand times", () => {
  const texts = Array.from({ length: 1000 }, () =>
    fingerprintOf("Повітряна тривога в Харкові та області, пройдіть в укриття"),
  );
  assert.equal(similarityIndex(texts).alikeTo(texts[0] as (typeof texts)[0]).length, 1000);
});

test("a hundred touched-up forms of one text find each other, though every run of letters in it is common", () => {
  const base =
    "Сили оборони збили вночі вісім ударних дронів над областю, уламки впали на околиці міста, постраждалих немає";
  const texts = Array.from({ length: 100 }, (_, i) =>
    fingerprintOf(`${base} ${"абвгґд".charAt(i % 6)}${"жзиіїй".charAt(i % 5)}`),
  );
  const index = similarityIndex(texts);
  for (const text of texts) assert.equal(index.alikeTo(text).length, 100);
});
