/** `vedette report daily`: the day as monitors report it. */
import { join } from "node:path";
import type { DailyReport } from "@vedette/wire/daily-report";
import { Command } from "commander";
import { InputError, UsageError } from "../problem.ts";
import { isZone } from "../report/daily/day.ts";
import { LANGUAGES, type Language } from "../report/daily/messages.ts";
import { makeDaily, writeDaily } from "../report/daily/write.ts";
import { nationOf } from "./incident-list.ts";
import { instantOf, withStoreOption } from "./incident-options.ts";
import { print, withStore } from "./log-options.ts";
import { parseNumber } from "./sky-options.ts";

interface Options {
  readonly store: string;
  readonly date: string;
  readonly zone: string;
  readonly language: string;
  readonly for?: string;
  readonly asOf?: string;
  readonly out?: string;
  readonly title?: string;
  readonly feeds?: string;
  readonly scenario?: string;
  readonly prior: string;
  readonly settlements?: string;
  readonly areas?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  $ vedette report daily --store my-log --date 2022-05-04 --zone Europe/Kyiv
  $ vedette report daily --store my-log --date 2022-05-04 --zone Europe/Kyiv --language uk --for FRA --out out/for-fra
  $ vedette report daily --store my-log --date 2022-05-04 --as-of 2022-05-05T06:00:00Z --json > daily.json

Written into the folder: daily.html (one file that needs nothing else) and daily.json. The same log, date, language and
--as-of give the same bytes. --for: only what that nation owns or is released to; of the rest there is no trace, no count
and no gap. Without --for it holds all: keep it to the log's keeper.`;

export function reportCommand(): Command {
  const daily = withStoreOption(
    new Command("daily").description("totals, incidents, what could not be observed and why, clocks, replies"),
  )
    .requiredOption("--date <DATE>", "calendar day, such as 2022-05-04")
    .option("--zone <ZONE>", "whose day: an IANA zone", "UTC")
    .option("--language <LANGUAGE>", `${LANGUAGES.join(", ")}`, "en")
    .option("--for <NATION>", "as that nation is given it, ISO 3166-1 alpha-3")
    .option("--as-of <INSTANT>", "only what was written down before it, UTC (default: all)")
    .option("--out <DIR>", "folder to write to (default: out/daily-<date>)")
    .option("--title <TEXT>", 'instead of "Daily report"')
    .option(
      "--scenario <SCENARIO>",
      "what its satellites could not see on that day, computed anew; not for a nation's copy",
    )
    .option("--feeds <DIR>", "show probabilities from heat and alerts: a folder as `vedette corroborate` reads it")
    .option("--prior <P>", "the prior for which they are given", "0.5")
    .option("--settlements <FILE>", "CSV of settlements: name, area, latitude, longitude")
    .option("--areas <FILE>", "CSV of areas: area, called, en (and other languages), latitude, longitude, radius_km")
    .addHelpText("after", EXAMPLES)
    .action(report);
  return new Command("report").description("write reports for people").addCommand(daily).addHelpText("after", EXAMPLES);
}

async function report(options: Options): Promise<void> {
  const language = languageOf(options.language);
  if (!/^\d{4}-\d\d-\d\d$/.test(options.date) || !isDate(options.date))
    throw new UsageError(`--date ${options.date}: expected a calendar day such as 2022-05-04`);
  if (!isZone(options.zone)) throw new UsageError(`--zone ${options.zone}: expected an IANA zone such as Europe/Kyiv`);
  if (options.scenario !== undefined && options.for !== undefined)
    throw new UsageError("--scenario shows where nobody looks: it is for the keeper's own report, without --for");
  const prior01 = parseNumber(options.prior, "--prior", 1e-6, 1 - 1e-6);
  const made = await withStore(options.store, (store) =>
    makeDaily({
      store,
      date: options.date,
      zone: options.zone,
      language,
      ...(options.for !== undefined && { nation: nationOf(options.for) }),
      ...(options.asOf !== undefined && { asOf: instantOf(options.asOf, "--as-of") }),
      ...(options.title !== undefined && { title: options.title }),
      ...(options.scenario !== undefined && { scenario: options.scenario }),
      ...(options.feeds !== undefined && { feeds: options.feeds, prior01 }),
      ...(options.settlements !== undefined && { settlements: options.settlements }),
      ...(options.areas !== undefined && { areas: options.areas }),
    }),
  );
  const out = options.out ?? join("out", `daily-${options.date}`);
  const files = await writeDaily(made, out).catch((error: NodeJS.ErrnoException) => {
    throw new InputError([{ file: out, message: `cannot be written: ${error.message}` }]);
  });
  print(options.json ? made.json.trimEnd() : told(made.report, files));
}

const isDate = (date: string): boolean => new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date) === true;

function languageOf(text: string): Language {
  const found = LANGUAGES.find((language) => language === text);
  if (found === undefined) throw new UsageError(`--language ${text}: expected ${LANGUAGES.join(", ")}`);
  return found;
}

function told({ totals, clocks, replies, marking }: DailyReport, files: readonly string[]): string {
  return [
    marking,
    `${totals.today} incidents, ${totals.before} on the day before`,
    ...totals.byState.map(({ title, today }) => `${String(today).padStart(6)}  ${title}`),
    `${clocks.length} clocks, ${replies.length} replies`,
    `Written to ${files.join(" and ")}`,
  ].join("\n");
}
