/** A truce file, ours or a user's: checked by its schema and for what a schema cannot say. */
import { join } from "node:path";
import { type Truce, type TruceFile, truceOf } from "@vedette/core/exercise/truce/truce";
import { InputError, type Problem } from "../problem.ts";
import { readDataFile } from "./data-file.ts";
import { type Cursor, childOf, descendantOf, entriesOf, itemsOf, numberOf, problemAt, textOf } from "./located.ts";
import { SHIPPED_ROOT } from "./paths.ts";
import { quoted, suggestionOf } from "./words.ts";

export const SHIPPED_TRUCE = join(SHIPPED_ROOT, "data", "truces", "monitored-line.yaml");

/** @throws InputError with every problem: places off the line, shares that do not add up, fire that feeds itself without end, areas that are not there */
export async function readTruce(path: string = SHIPPED_TRUCE): Promise<Truce> {
  const { value, cursor } = await readDataFile<TruceFile>("truce", path);
  const truce = truceOf(value);
  const problems = [
    ...offTheLine(truce, cursor),
    ...sums(truce, cursor),
    ...danglingAreas(cursor),
    ...backwards(cursor),
    ...intervals(truce, cursor),
  ];
  if (problems.length > 0) throw new InputError(problems);
  return truce;
}

function offTheLine({ fire }: Truce, root: Cursor): Problem[] {
  const spots = entriesOf(descendantOf(root, "fire", "hotSpots")).map(([, spot]) =>
    descendantOf(spot, "atKm", "value"),
  );
  const standing = ["cameras", "posts"].flatMap((name) =>
    itemsOf(descendantOf(root, "mission", name, "atKm", "values")),
  );
  return [...spots, ...standing].flatMap((at) => {
    const km = numberOf(at);
    if (at === undefined || km === undefined || km <= fire.lineKm) return [];
    return [problemAt(at, `expected a place on the line of ${fire.lineKm} km, found ${km} km`)];
  });
}

function sums({ fire }: Truce, root: Cursor): Problem[] {
  const problems: Problem[] = [];
  const cascade = descendantOf(root, "fire", "cascade");
  const shares = childOf(cascade ?? root, "shares") ?? root;
  const total = Object.values(fire.cascade.shares).reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-6) problems.push(problemAt(shares, `expected shares that add up to 1, found ${total}`));
  const ways = entriesOf(childOf(cascade ?? root, "offspring"));
  const ratio = ways.reduce((sum, [, way]) => sum + (numberOf(descendantOf(way, "mean", "value")) ?? 0), 0);
  if (ratio >= 1) {
    const at = childOf(cascade ?? root, "offspring") ?? root;
    problems.push(problemAt(at, `expected means that add up to less than 1, found ${ratio}: fire would never end`));
  }
  return problems;
}

function danglingAreas(root: Cursor): Problem[] {
  const names = entriesOf(childOf(root, "areas")).map(([name]) => name);
  return entriesOf(childOf(root, "larger")).flatMap(([, kind]) =>
    itemsOf(childOf(kind, "areas")).flatMap((area) => {
      const name = textOf(area);
      if (name === undefined || names.includes(name)) return [];
      return [problemAt(area, `no area ${quoted(name)} in this file${suggestionOf(name, names)}`)];
    }),
  );
}

/** Sizes and hours that end before they begin. */
function backwards(root: Cursor): Problem[] {
  const spans = [
    [descendantOf(root, "fire", "cascade", "vigour"), "low", "high"],
    [descendantOf(root, "fire", "barrages", "rounds"), "low", "high"],
    [descendantOf(root, "mission", "patrols"), "fromHour", "toHour"],
    [descendantOf(root, "mission", "flights"), "fromHour", "toHour"],
    [descendantOf(root, "mission", "daylight"), "fromHour", "toHour"],
  ] as const;
  return spans.flatMap(([parent, low, high]) => {
    const from = numberOf(descendantOf(parent, low, "value"));
    const at = descendantOf(parent, high, "value");
    const to = numberOf(at);
    if (at === undefined || from === undefined || to === undefined || from < to) return [];
    return [problemAt(at, `expected more than ${low}, which is ${from}, found ${to}`)];
  });
}

function intervals({ published }: Truce, root: Cursor): Problem[] {
  return Object.entries(published).flatMap(([name, { value, low, high }]) => {
    const at = descendantOf(root, "published", name);
    if (at === undefined || (low <= value && value <= high)) return [];
    return [problemAt(at, `expected an interval that holds the figure ${value}, found ${low} to ${high}`)];
  });
}
