/** In what two texts are alike: by words rare among all and in the area, by letters, figures and kinds. */
import type { ItemTable } from "./linking-items.ts";
import type { Vocabulary, Words } from "./linking-words.ts";
import { sharedCount } from "./similarity.ts";

export const FEATURES = 10;

/** Writes the features of a pair of rows. */
export type Features = (i: number, j: number, out: Float64Array) => void;

export function featuresOf(table: ItemTable, { words, texts, count }: Vocabulary): Features {
  const rarity = texts.map((n) => Math.log((count + 1) / (n + 0.5)));
  const everywhere = words.map((text) => Float64Array.from(text?.stems ?? [], (stem) => rarity[stem] as number));
  const here = localRarity(table, words, rarity);
  const normOf = (weights: Float64Array): number => Math.sqrt(weights.reduce((sum, w) => sum + w * w, 1e-9));
  const [norms, localNorms] = [everywhere.map(normOf), here.map(normOf)];
  return (i, j, out) => {
    const [a, b] = [words[i], words[j]];
    if (a === undefined || b === undefined) return out.fill(0);
    const [ofA, ofB, all] = [here[i], here[j], everywhere[i]] as [Float64Array, Float64Array, Float64Array];
    let [shared, localShared] = [0, 0];
    for (let p = 0, q = 0; p < a.stems.length && q < b.stems.length; ) {
      const [x, y] = [a.stems[p] as number, b.stems[q] as number];
      if (x === y) {
        shared += (all[p] as number) ** 2;
        localShared += (ofA[p] as number) * (ofB[q] as number);
      }
      if (x <= y) p++;
      if (y <= x) q++;
    }
    const letters = a === b ? a.print.shingles.length : sharedCount(a.print.shingles, b.print.shingles);
    const figures = sharedCount(a.figures, b.figures);
    const haveFigures = a.figures.length > 0 && b.figures.length > 0;
    const haveKinds = a.kinds !== 0 && b.kinds !== 0;
    out[0] = 1;
    out[1] = shared / ((norms[i] as number) * (norms[j] as number));
    out[2] = localShared / ((localNorms[i] as number) * (localNorms[j] as number));
    out[3] = letters / (a.print.shingles.length + b.print.shingles.length - letters + 1e-9);
    out[4] = letters / (Math.min(a.print.shingles.length, b.print.shingles.length) + 1e-9);
    out[5] = figures > 0 ? 1 : 0;
    out[6] = haveFigures && figures === 0 ? 1 : 0;
    out[7] = haveKinds && (a.kinds & b.kinds) !== 0 ? 1 : 0;
    out[8] = haveKinds && (a.kinds & b.kinds) === 0 ? 1 : 0;
    out[9] = Math.min(2, Math.sqrt(localShared) / 5);
  };
}

const AREA_KM = 25;
/** An area of few texts is judged by all texts: these stand for as many of its own. */
const PRIOR_TEXTS = 8;

/** By row, beside its stems: their rarity among the texts of the same area. A town's name says nothing in that town. */
function localRarity(
  { xyzKm }: ItemTable,
  words: readonly (Words | undefined)[],
  rarity: Float64Array,
): Float64Array[] {
  const areaOf = (i: number): string =>
    [0, 1, 2].map((axis) => Math.floor((xyzKm[3 * i + axis] as number) / AREA_KM)).join("/");
  const areas = new Map<string, { texts: number; readonly counts: Map<number, number> }>();
  const own = words.map((text, i) => {
    if (text === undefined) return undefined;
    const key = areaOf(i);
    const area = areas.get(key) ?? { texts: 0, counts: new Map<number, number>() };
    areas.set(key, area);
    area.texts++;
    for (const stem of text.stems) area.counts.set(stem, (area.counts.get(stem) ?? 0) + 1);
    return area;
  });
  return words.map((text, i) => {
    const area = own[i];
    return Float64Array.from(text?.stems ?? [], (stem) => {
      const everywhere = Math.min(1, Math.exp(-(rarity[stem] as number)));
      const count = (area?.counts.get(stem) ?? 0) + PRIOR_TEXTS * everywhere;
      return -Math.log(Math.min(1, count / ((area?.texts ?? 0) + PRIOR_TEXTS)));
    });
  });
}
