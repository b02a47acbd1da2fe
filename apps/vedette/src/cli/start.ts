/** `vedette start`: what ships, at once. A day of 2022 from its records to its report, and the reference scenario. */
import { join, resolve } from "node:path";
import { Command } from "commander";
import { LANGUAGES } from "../report/daily/messages.ts";
import { type WrittenDay, writeShippedDay } from "../report/daily/shipped.ts";
import { counted } from "../scenario/words.ts";
import { type RunOptions, runAndServe, type ServedBeside, withRunOptions } from "./run.ts";

const SCENARIO = "line-of-contact";

const EXAMPLES = `
Examples:
  $ vedette start                  both workspaces, then their reports on 127.0.0.1 until Ctrl-C
  $ vedette start --no-serve       the same, and ends
  $ vedette start --days 1         one day of the scenario

Each workspace has a clock of its own. The day of 2022 is a log in out/day-<date>/log: \`vedette incident list --store\` shows its
incidents, \`vedette log verify\` checks it; what people do there stays, and stands in the report of the next start.`;

export function startCommand(): Command {
  return withRunOptions(new Command("start"))
    .description("what ships: a day of 2022 with its incidents, and the reference scenario; then shows their reports")
    .addHelpText("after", EXAMPLES)
    .action(start);
}

async function start(options: RunOptions): Promise<void> {
  const day = await writeShippedDay(resolve("out", "day-2022-05-04"));
  process.stderr.write(`${told(day)}\n`);
  await runAndServe(SCENARIO, { ...options, out: options.out ?? join("out", SCENARIO) }, besideOf(day));
}

function told({ about, records, refused, report, files }: WrittenDay): string {
  const states = report.totals.byState.filter(({ today }) => today > 0);
  return [
    about.title,
    `  ${counted(records, "record")} read, ${refused} refused; ${counted(report.totals.today, "incident")}: ${states
      .map(({ title, today }) => `${today} ${title.toLowerCase()}`)
      .join(", ")}`,
    `  Written to ${files[0]} (and ${LANGUAGES.slice(1).join(", ")})`,
  ].join("\n");
}

function besideOf({ about, files }: WrittenDay): ServedBeside[] {
  return LANGUAGES.map((language, i) => ({
    path: `${about.date}/${language}`,
    // Two files a language, in the order of the languages.
    dir: join(files[2 * i] ?? "", ".."),
    title: `The day of ${about.date} (${language})`,
  }));
}
