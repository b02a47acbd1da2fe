/** `npm run evaluate -- --only linking`: a table of how well linking does on drawn truth. Needs no data. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { parseArgs } from "node:util";
import { SHIPPED_ROOT } from "../scenario/paths.ts";
import { counted } from "../scenario/words.ts";
import { type LinkingRow, linkingRow, worldsOf } from "./linking.ts";

const HELP = `npm run evaluate -- --only linking [options]

  --seeds N        worlds drawn for each row; means over them (default 1)
  --rows TEXT      only rows whose name holds it
  --write          put the table into docs/linking.md
  --json           print one JSON object instead of a table

Some seconds a row and seed. Example:
  npm run evaluate -- --only linking --rows "1 km"
`;

const PAGE = join(SHIPPED_ROOT, "docs", "linking.md");
const [BEGIN, END] = ["<!-- linking: begin -->", "<!-- linking: end -->"];

/** @param argv what follows `--only linking`; resolves to the exit code */
export async function linkingMain(argv: readonly string[]): Promise<number> {
  const options = optionsOf(argv);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const seeds = Array.from({ length: options.count }, (_, i) => i + 1);
  const rows: LinkingRow[] = [];
  const worlds = worldsOf().filter(([name]) => name.includes(options.rows));
  for (const [name, change] of worlds) {
    process.stderr.write(`${rows.length + 1}/${worlds.length} ${name}\n`);
    rows.push(linkingRow(name, change, seeds));
    await setImmediate();
  }
  process.stdout.write(options.json ? `${JSON.stringify({ seeds, rows }, null, 1)}\n` : `${tableOf(rows)}\n`);
  if (options.write) writePage(`${tableOf(rows)}\n\nMeans over ${counted(seeds.length, "seed")}.`);
  return 0;
}

function optionsOf(argv: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        seeds: { type: "string", default: "1" },
        rows: { type: "string", default: "" },
        write: flag,
        json: flag,
        help: { ...flag, short: "h" },
      },
    });
    const count = Number(values.seeds);
    if (!(Number.isInteger(count) && count >= 1 && count <= 100)) return `--seeds ${values.seeds}: expected 1 to 100`;
    return { ...values, count };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const HEADINGS = [
  "drawn",
  "F1",
  "precision",
  "recall",
  "B-cubed",
  "bound F1",
  "bound B-cubed",
  "confidence",
  "learnt km",
  "s",
];

function tableOf(rows: readonly LinkingRow[]): string {
  const lines = rows.map(({ world, score, bound, meanConfidence, learntKm, seconds }) => [
    world,
    ...[score.f1, score.precision, score.recall, score.bCubed].map(figure),
    bound === undefined ? "" : figure(bound.f1),
    bound === undefined ? "" : figure(bound.bCubed),
    figure(meanConfidence),
    learntKm.toFixed(2),
    seconds.toFixed(1),
  ]);
  const rule = HEADINGS.map((_, c) => (c === 0 ? "---" : "---:"));
  return [HEADINGS, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const figure = (value: number): string => value.toFixed(3);

function writePage(table: string): void {
  const page = readFileSync(PAGE, "utf8");
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`docs/linking.md has lost ${BEGIN} or ${END}`);
  writeFileSync(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${table}\n\n${page.slice(to)}`);
}
