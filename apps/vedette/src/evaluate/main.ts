/** `npm run evaluate -- --data DIR`: how good `vedette corroborate` is, on claims whose truth is known. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { readFeedsFolder } from "../corroborate/feeds-folder.ts";
import { readModel, SHIPPED_MODEL } from "../corroborate/model-file.ts";
import { InputError } from "../problem.ts";
import { SHIPPED_ROOT } from "../scenario/paths.ts";
import { type Evaluation, type EvaluationRule, evaluate, fitOnly, roundedModel } from "./evaluation.ts";
import { fitLine, headlineOf, rawTable, skyTable, variantTables } from "./evaluation-text.ts";
import { linkingMain } from "./linking-main.ts";
import { modelText } from "./model-text.ts";

const HELP = `npm run evaluate -- --data DIR [options]

  --data DIR       a folder with firms/, alerts/, news/, places/: claims are the located reports of 2022 in news/
  --seed N         of the controls and of the bootstrap (default 1)
  --controls N     for each claim (default 8)
  --draws N        of the bootstrap (default 1000)
  --fit            fit the weights to the first half of the year and write data/models/ukraine-2022.yaml; no evaluation
  --write          put the tables into docs/evaluation.md
  --json           print one JSON object instead of tables

Takes some minutes. --only linking: how well reports are linked, on drawn truth (needs no data). Examples:
  npm run evaluate -- --data ../shared/data
  npm run evaluate -- --data ../shared/data --fit && npm run evaluate -- --data ../shared/data --write
`;

const PAGE = join(SHIPPED_ROOT, "docs", "evaluation.md");

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === "--only" && argv[1] === "linking") return linkingMain(argv.slice(2));
  const options = optionsOf(argv);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  try {
    await run(options, abort.signal);
    return 0;
  } catch (error) {
    if (abort.signal.aborted) return 130;
    if (!(error instanceof InputError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

type Options = Exclude<ReturnType<typeof optionsOf>, string>;

function optionsOf(argv: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  const number = (value: string) => ({ type: "string", default: value }) as const;
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: "string" },
        seed: number("1"),
        controls: number("8"),
        draws: number("1000"),
        fit: flag,
        write: flag,
        json: flag,
        help: { ...flag, short: "h" },
      },
    });
    const [seed, controls, draws] = [Number(values.seed), Number(values.controls), Number(values.draws)];
    const isCount = (value: number, most: number): boolean => Number.isInteger(value) && value >= 1 && value <= most;
    if (!values.help && values.data === undefined) return "--data is missing: expected a folder";
    if (!(Number.isInteger(seed) && seed >= 0)) return `--seed ${values.seed}: expected a whole number`;
    if (!isCount(controls, 59)) return `--controls ${values.controls}: expected 1 to 59`;
    if (!isCount(draws, 100_000)) return `--draws ${values.draws}: expected 1 to 100000`;
    return { ...values, rule: { seed, controls, draws } satisfies EvaluationRule };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function run(options: Options, signal: AbortSignal): Promise<void> {
  const say = (text: string): void => {
    process.stderr.write(`${text}\n`);
  };
  const model = await readModel();
  const data = resolve(process.env["INIT_CWD"] ?? ".", options.data ?? "");
  const folder = await readFeedsFolder(data, { model, signal, onPhase: (feed) => say(`reading ${feed}`) });
  if (folder.news.length === 0)
    throw new InputError([
      { file: join(data, "news"), message: "holds no located reports: there are no claims to evaluate" },
    ]);
  if (options.fit) {
    const { fitted, labelled } = fitOnly({ rule: options.rule, folder, model });
    const train = labelled.filter(({ half }) => half === "train");
    const claims = train.filter(({ isTrue }) => isTrue).length;
    const places = new Set(train.map(({ cluster }) => cluster)).size;
    const note = {
      version: "1",
      date: "2026-07-01",
      seed: options.rule.seed,
      shrink: fitted.trial.shrink,
      claims: { claims, controls: train.length - claims, places },
    };
    writeFileSync(SHIPPED_MODEL, modelText(roundedModel(fitted), note));
    say(`fitted on ${claims} claims and ${train.length - claims} controls -> ${SHIPPED_MODEL}`);
    return;
  }
  const onStep = (done: number, total: number, name: string): void => say(`${done + 1}/${total} ${name}`);
  const evaluation = await evaluate({ rule: options.rule, folder, model, onStep, signal });
  process.stdout.write(options.json ? `${jsonOf(evaluation)}\n` : `${pageOf(evaluation)}\n`);
  if (options.write) {
    writeFileSync(PAGE, withTables(readFileSync(PAGE, "utf8"), evaluation));
    say(`-> ${PAGE}`);
  }
}

function jsonOf({ fitted, ...evaluation }: Evaluation): string {
  const { weights01, shrink } = fitted.trial;
  return JSON.stringify({ ...evaluation, fitted: { weights01, shrink } }, null, 1);
}

const PARTS = ["headline", "raw", "variants", "sky"] as const;

function partsOf(evaluation: Evaluation): Record<(typeof PARTS)[number], string> {
  return {
    headline: `${headlineOf(evaluation)}\n\n${fitLine(evaluation)}`,
    raw: rawTable(evaluation),
    variants: variantTables(evaluation),
    sky: skyTable(evaluation),
  };
}

const pageOf = (evaluation: Evaluation): string => Object.values(partsOf(evaluation)).join("\n\n");

/** The page's words are written by hand; what stands between the marks is not. */
function withTables(page: string, evaluation: Evaluation): string {
  const parts = partsOf(evaluation);
  return PARTS.reduce((text, part) => {
    const [start, end] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from)
      throw new InputError([{ file: PAGE, message: `has no place for the tables: expected ${start} and ${end}` }]);
    return `${text.slice(0, from + start.length)}\n\n${parts[part]}\n\n${text.slice(to)}`;
  }, page);
}

process.exitCode = await main(process.argv.slice(2));
