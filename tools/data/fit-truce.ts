/**
 * Fits a truce to what was published: changes the figures that say "fitted" until what the model's mission records, over many seeds,
 * agrees, and writes them into the file. Every other figure, and every comment, stays.
 *
 *   node tools/data/fit-truce.ts data/truces/monitored-line.yaml [SEEDS [ROUNDS [FIRST]]]
 *
 * The same seeds in every round: what changes between rounds is the figures, not the dice. Run by hand when a figure changes;
 * `apps/vedette/test/truce-fit.test.ts` judges the result on other seeds, 1 to 200. With ROUNDS 0 it only prints the
 * table; `200 0 1` prints that of `docs/truce.md`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { recordedFigures } from "@vedette/core/exercise/truce/published";
import { type Truce, truceOf } from "@vedette/core/exercise/truce/truce";
import { isScalar, parse, parseDocument } from "yaml";

/** `first`: a seed apart from those that the test judges by. */
const [file, seeds = "60", rounds = "8", first = "1000001"] = process.argv.slice(2);
if (file === undefined) {
  console.error("which truce? node tools/data/fit-truce.ts data/truces/NAME.yaml [SEEDS [ROUNDS [FIRST]]]");
  process.exit(2);
}

type Figures = Readonly<Record<string, readonly number[]>>;

function sample(truce: Truce, count: number): Figures {
  const all: Record<string, number[]> = {};
  for (let seed = Number(first); seed < Number(first) + count; seed++) {
    for (const [name, value] of Object.entries(recordedFigures(truce, seed))) {
      all[name] ??= [];
      all[name].push(value);
    }
  }
  return all;
}

const quantile = (values: readonly number[], p: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(p * values.length))] ?? Number.NaN;
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

function found(truce: Truce, figures: Figures, name: string): number {
  const values = figures[name] ?? [];
  return truce.published[name]?.statistic === "median" ? quantile(values, 0.5) : mean(values);
}

/** What a figure is to be multiplied by. */
type Change = readonly [path: readonly string[], factor: number];

/** One round: each figure by the ratio that its own target asks for, as if the others stayed; rounds settle what they owe each other. */
function changesFor(truce: Truce, figures: Figures): Change[] {
  const target = (name: string) => truce.published[name]?.value ?? Number.NaN;
  const ratio = (name: string) => target(name) / found(truce, figures, name);
  const [near, all] = [found(truce, figures, "nearHotSpots01"), ratio("earlierPerDay")];
  const loudest = found(truce, figures, "nearLoudest01");
  const most = Math.max(...truce.fire.hotSpots.map(({ perDay }) => perDay));
  const atLoudest = all * (target("nearLoudest01") / loudest);
  const atOthers = all * ((target("nearHotSpots01") - target("nearLoudest01")) / (near - loudest));
  const between = all * ((1 - target("nearHotSpots01")) / (1 - near));
  const largest = figures["largestBurstDurable"] ?? [];
  const reached = largest.filter((count) => count >= target("largestBurstDurable")).length / largest.length;
  const bursts = Math.min(2, Math.max(0.5, Math.log(0.5) / Math.log(1 - Math.min(0.95, Math.max(0.05, reached)))));
  const shares = {
    explosion: "shareExplosion",
    burst: "shareBurst",
    projectile: "shareProjectile",
    flash: "shareFlash",
  };
  const floor = ratio("durablePerDay");
  return [
    ...truce.fire.hotSpots.map(
      ({ id, perDay }): Change => [["fire", "hotSpots", id, "perDay"], perDay === most ? atLoudest : atOthers],
    ),
    [["fire", "background", "perKmDay"], between],
    ...Object.entries(shares).map(([kind, name]): Change => [["fire", "cascade", "shares", kind], ratio(name)]),
    [["fire", "barrages", "perHotSpotDay"], bursts],
    [["fire", "barrages", "perKmDay"], bursts],
    [["regimes", "durable", "floor01"], floor],
    [["regimes", "fraying", "floor01"], floor],
    [["regimes", "fraying", "backAfterDays"], Math.min(1.5, Math.max(0.7, ratio("returnDays")))],
    ...(["jamming", "denial"] as const).flatMap((kind): Change[] => [
      [["obstruction", kind, "perHotSpotDay"], ratio(`${kind}sFortnight`)],
      [["obstruction", kind, "perKmDay"], ratio(`${kind}sFortnight`)],
    ]),
    ...(["a", "b"] as const).map(
      (party): Change => [["claims", party, "falsePerKmDay"], falseFactor(truce, figures, party)],
    ),
  ];
}

/** What is missing is made up, what is too much is not: true claims follow from the fire. */
function falseFactor(truce: Truce, figures: Figures, party: "a" | "b"): number {
  const name = party === "a" ? "claimsA" : "claimsB";
  const spec = truce.claims[party === "a" ? 0 : 1];
  const now = spec.falsePerKmDay * truce.scaling.lineKm * (30 / 24) * (1 + spec.copies);
  const missing = (truce.published[name]?.value ?? Number.NaN) - found(truce, figures, name);
  return Math.max(0.2, 1 + missing / now);
}

/** The file's text with some figures exchanged: nothing else of it moves. */
function rewritten(text: string, changes: readonly Change[]): string {
  const document = parseDocument(text);
  const scalarAt = (path: readonly string[]): { now: number; start: number; end: number } => {
    const node = document.getIn([...path, "value"], true);
    if (!isScalar(node) || typeof node.value !== "number" || !node.range)
      throw new Error(`no figure at ${path.join(".")}`);
    return { now: node.value, start: node.range[0], end: node.range[1] };
  };
  const shares = changes.filter(([path]) => path.includes("shares"));
  const sum = shares.reduce((total, [path, factor]) => total + scalarAt(path).now * factor, 0);
  const edits = changes.map(([path, factor]) => {
    const { now, start, end } = scalarAt(path);
    const next = path.includes("shares") ? (now * factor) / sum : now * factor;
    return { start, end, text: String(Number(next.toPrecision(4))), path };
  });
  // Rounded shares add up to 1 again by the first of them.
  const [first, ...others] = edits.filter(({ path }) => path.includes("shares"));
  if (first) first.text = String(Number((1 - others.reduce((total, edit) => total + Number(edit.text), 0)).toFixed(6)));
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((out, edit) => out.slice(0, edit.start) + edit.text + out.slice(edit.end), text);
}

function table(truce: Truce, figures: Figures): string {
  const rows = Object.entries(truce.published).map(([name, { value, statistic, low, high }]) => {
    const values = figures[name] ?? [];
    const here = found(truce, figures, name);
    const cells = [here, quantile(values, 0.025), quantile(values, 0.975)].map((x) => String(Number(x.toPrecision(3))));
    const verdict = here >= low && here <= high ? "yes" : "NO";
    return `| ${name} | ${value} | ${statistic} ${low} to ${high} | ${cells[0]} | ${cells[1]} to ${cells[2]} | ${verdict} |`;
  });
  return [
    "| figure | published | must lie in | found | of single runs, 95 % | holds |",
    "|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

let text = readFileSync(file, "utf8");
for (let round = 0; ; round++) {
  const truce = truceOf(parse(text));
  const figures = sample(truce, Number(seeds));
  console.log(`round ${round} of ${rounds}, ${seeds} seeds\n${table(truce, figures)}`);
  if (round >= Number(rounds)) break;
  text = rewritten(text, changesFor(truce, figures));
  writeFileSync(file, text);
}
