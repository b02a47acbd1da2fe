/** New items beside incidents that stand: each joins one of them or opens its own; what stands is not moved. */
import { decode } from "./linking-decode.ts";
import { fitting, type KindRule, type LinkModel, settingOf } from "./linking-fit.ts";
import { itemTable, type LinkItem } from "./linking-items.ts";
import { countTogether, noneTogether, partitionOf, sweep } from "./linking-sample.ts";

export interface Standing {
  readonly items: readonly LinkItem[];
  /** By item: its incident, 0 and up. */
  readonly of: ArrayLike<number>;
  readonly model: LinkModel;
  readonly kinds?: KindRule;
}

export interface LinkedMore {
  /** By new item: an incident that stands, or a number above all of theirs; new items of one number are one incident. */
  readonly of: Int32Array;
  readonly confidence01: Float64Array;
}

const [BURN, DRAWS] = [10, 40];

/**
 * As `linkItems` of all would draw them, given what stands. The order of the new items does not count. Of what stands,
 * the last weeks are enough: what is older than the longest delay takes no part but in what words are worth.
 */
export function linkMore(standing: Standing, added: readonly LinkItem[]): LinkedMore {
  const { items, of, model, kinds } = standing;
  const table = itemTable([...items, ...added]);
  const fit = fitting(table, { model, ...(kinds && { kinds }) }).next();
  if (!fit.done) throw new Error("a model that is known was fitted");
  const setting = settingOf(table, fit.value);
  const fixed = Int32Array.from(table.at, (at) => (at < items.length ? (of[at] as number) : -1));
  const most = fixed.reduce((greatest, key) => Math.max(greatest, key), -1);
  const partition = partitionOf(
    fixed.map((key, row) => (key === -1 ? most + 1 + row : key)),
    setting,
  );
  const isFree = Uint8Array.from(fixed, (key) => (key === -1 ? 1 : 0));
  let together = noneTogether(setting);
  for (let s = 1; s <= BURN + DRAWS; s++) {
    sweep(partition, setting, s, isFree);
    if (s > BURN) together = countTogether(partition, together, setting);
  }
  const decoded = decode(together, setting, fixed);
  return told(decoded, { at: table.at, fixed, before: items.length, most });
}

interface Rows {
  readonly at: Uint32Array;
  readonly fixed: Int32Array;
  readonly before: number;
  readonly most: number;
}

function told({ of, confidence01 }: ReturnType<typeof decode>, { at, fixed, before, most }: Rows): LinkedMore {
  const incidentOf = new Map<number, number>();
  fixed.forEach((key, row) => {
    if (key !== -1) incidentOf.set(of[row] as number, key);
  });
  const more = { of: new Int32Array(at.length - before), confidence01: new Float64Array(at.length - before) };
  let next = most + 1;
  at.forEach((position, row) => {
    if (position < before) return;
    const key = of[row] as number;
    if (!incidentOf.has(key)) incidentOf.set(key, next++);
    more.of[position - before] = incidentOf.get(key) as number;
    more.confidence01[position - before] = confidence01[row] as number;
  });
  return more;
}
