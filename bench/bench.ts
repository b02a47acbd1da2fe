/**
 * `npm run bench`: one seeded table of what this program costs, beside what its peers cost on the same machine in the
 * same run. Not a test: no time is asserted; but different answers end it, because then times mean nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { catalogueRows } from "./catalogue.ts";
import { coverageRows } from "./coverage.ts";
import { exerciseRows } from "./exercise.ts";
import { type Inputs, inputsOf, type Size } from "./inputs.ts";
import { nationalRows } from "./national.ts";
import { findSkyfield, type Skyfield } from "./peer-skyfield.ts";
import { propagationRows } from "./propagation.ts";
import { scenarioRows } from "./scenario.ts";
import { sensingRows } from "./sensing.ts";
import { storeRows } from "./store.ts";
import { loadOf, machineLine, machineOf, type Row, tableOf } from "./table.ts";
import { VoidBench } from "./void.ts";
import { windowRows } from "./windows.ts";

const USAGE = `Usage: npm run bench -- [options]

  --only NAME   propagation, catalogue, windows, coverage, national, scenario, sensing, exercise or
                store;
                may be repeated
  --quick       a small case, to see that it works: its ratios mean little
  --full        the peers do all of the windows case instead of a sample (minutes), exercises all 200 pairs of runs
  --rounds N    measured rounds of each comparison (default: 5; with --full 1; with --quick 1)
  --seed N      what is drawn: satellites, sites, samples (default: 20260615)
  --json        for machines, on stdout
  --write       put the table into docs/performance.md`;

const PAGE = new URL("../docs/performance.md", import.meta.url);
const [BEGIN, END] = ["<!-- bench: begin -->", "<!-- bench: end -->"];

const WHOLE: Size = {
  satellites: 50,
  sites: 10,
  days: 7,
  peer: { pairs: 25, shared: 5, cellPairs: 20, swept: 2 },
  skyfield: { satellites: 2, pairs: 10 },
  exercise: { days: 30, seeds: 3, pairs: 20 },
  run: { days: 7, threads: [2, 4], scenarioRounds: 1 },
};
const FULL: Size = {
  ...WHOLE,
  peer: { ...WHOLE.peer, pairs: 500, shared: 50 },
  exercise: { ...WHOLE.exercise, pairs: 200 },
};
const QUICK: Size = {
  satellites: 10,
  sites: 4,
  days: 1,
  peer: { pairs: 5, shared: 2, cellPairs: 5, swept: 1 },
  skyfield: { satellites: 1, pairs: 2 },
  exercise: { days: 2, seeds: 1, pairs: 2 },
  run: { days: 1, threads: [4], scenarioRounds: 1 },
};

const CASES: Readonly<Record<string, (inputs: Inputs, skyfield: Skyfield | undefined) => Promise<Row[]>>> = {
  propagation: propagationRows,
  catalogue: catalogueRows,
  windows: windowRows,
  coverage: coverageRows,
  national: nationalRows,
  scenario: scenarioRows,
  sensing: sensingRows,
  exercise: exerciseRows,
  store: storeRows,
};

interface Order {
  readonly names: readonly string[];
  readonly size: Size;
  readonly rounds: number;
  readonly seed: number;
  readonly json: boolean;
  readonly write: boolean;
}

/** `undefined`: the call is at fault, or asks for help. */
function orderOf(args: string[]): Order | undefined {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: "string", multiple: true, default: Object.keys(CASES) },
      quick: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      rounds: { type: "string" },
      seed: { type: "string", default: "20260615" },
      json: { type: "boolean", default: false },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const { only, quick, full, json, write, help } = values;
  const rounds = Number(values.rounds ?? (quick || full ? 1 : 5));
  const seed = Number(values.seed);
  const stranger = only.find((name) => !(name in CASES));
  if (stranger !== undefined) throw new Error(`--only ${stranger}: expected ${Object.keys(CASES).join(", ")}`);
  if (!(Number.isInteger(rounds) && rounds > 0)) throw new Error(`--rounds ${values.rounds}: expected a whole number`);
  if (!Number.isInteger(seed)) throw new Error(`--seed ${values.seed}: expected a whole number`);
  if (help) return undefined;
  return {
    names: Object.keys(CASES).filter((name) => only.includes(name)),
    size: full ? FULL : quick ? QUICK : WHOLE,
    rounds,
    seed,
    json,
    write,
  };
}

async function main(args: string[]): Promise<number> {
  let order: Order | undefined;
  try {
    order = orderOf(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  }
  if (order === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return args.includes("--help") ? 0 : 2;
  }
  const { names, size, rounds, seed } = order;
  const skyfield = findSkyfield();
  const loadBefore = loadOf();
  const inputs = await inputsOf(seed, rounds, size);
  const rows: Row[] = [];
  for (const name of names) {
    process.stderr.write(`bench: ${name} ...\n`);
    rows.push(...((await CASES[name]?.(inputs, skyfield)) ?? []));
  }
  const machine = machineOf(skyfield?.version, loadBefore);
  const text = `${tableOf(rows)}\n\n${machineLine(machine, seed)}\n`;
  process.stdout.write(order.json ? `${JSON.stringify({ seed, machine, rows }, null, 2)}\n` : text);
  if (order.write) writePage(text);
  return 0;
}

function writePage(table: string): void {
  const page = readFileSync(PAGE, "utf8");
  const [before, rest = ""] = page.split(BEGIN);
  const after = rest.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`docs/performance.md has lost ${BEGIN} or ${END}`);
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${table}\n${END}${after}`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof VoidBench)) throw error;
  process.stderr.write(`bench: void, the answers differ. ${error.message}\n`);
  process.exitCode = 1;
}
