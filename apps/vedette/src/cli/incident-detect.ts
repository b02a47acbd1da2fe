/** `vedette incident detect`: from the evidence in a log to incidents. */
import { type Instant, instant } from "@vedette/core/time/instant";
import { Command } from "commander";
import { type Detected, detectIncidents } from "../engine/cases/detect.ts";
import { readEvidenceSources, SHIPPED_SOURCES } from "../scenario/evidence-sources.ts";
import { readTaxonomy } from "../scenario/taxonomy.ts";
import { instantOf, withStoreOption } from "./incident-options.ts";
import { incidentRow } from "./incident-words.ts";
import { collected, print, withStore } from "./log-options.ts";

interface Options {
  readonly store: string;
  readonly from?: string;
  readonly to?: string;
  readonly sources: readonly string[];
  readonly taxonomy?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

export function detectCommand(): Command {
  return withStoreOption(
    new Command("detect").description(
      "link reports into incidents, with heat and alerts near them; as far as corroborated",
    ),
  )
    .option("--from <INSTANT>", "only evidence of this time on, UTC")
    .option("--to <INSTANT>", "only evidence before it, UTC")
    .option("--sources <DIR>", "more tables of sensors and sources", collected, [])
    .option("--taxonomy <FILE>", "kinds of incident (default: data/taxonomies/ceasefire.yaml)")
    .option("--dry-run", "say what would be found, record nothing")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette incident detect
  $ vedette incident detect --store my-log --from 2022-05-03 --to 2022-05-05 --dry-run

Run again, it adds only what has come in since. What people merged, split, took away or retracted stays as they left it;
where reports of two incidents belong together it says so, and merges nothing.`,
    )
    .action(detect);
}

const SHOWN = 30;
/** Open ends lie beyond everything. */
const [FIRST, LAST] = [instant(-8.64e15), instant(8.64e15)] as const;

async function detect(options: Options): Promise<void> {
  const [sources, taxonomy] = await Promise.all([
    readEvidenceSources([SHIPPED_SOURCES, ...options.sources]),
    readTaxonomy(options.taxonomy),
  ]);
  const start: Instant = options.from === undefined ? FIRST : instantOf(options.from, "--from");
  const end: Instant = options.to === undefined ? LAST : instantOf(options.to, "--to");
  const detected = await withStore(options.store, (store) =>
    detectIncidents({
      store,
      taxonomy,
      sources,
      now: instant(Date.now()),
      span: { start, end },
      isDryRun: options.dryRun === true,
    }),
  );
  if (options.json) {
    const { incidents, ...counts } = detected;
    print(JSON.stringify({ ...counts, incidents: incidents.map(({ id, kind, state }) => ({ id, kind, state })) }));
    return;
  }
  print(textOf(detected));
  for (const incident of detected.incidents.slice(0, SHOWN)) print(incidentRow(incident, taxonomy));
  const more = detected.incidents.length - SHOWN;
  if (more > 0) print(`... and ${more} more: \`vedette incident list\``);
}

function textOf({ reports, sensed, opened, linked, moved, replied, suggestions }: Detected): string {
  return [
    `${String(reports).padStart(7)}  reports, claims and detections of a kind`,
    `${String(sensed).padStart(7)}  detections and alerts near them`,
    `${String(opened).padStart(7)}  incidents opened`,
    `${String(linked).padStart(7)}  times evidence linked`,
    `${String(moved).padStart(7)}  steps from state to state`,
    ...(replied > 0 ? [`${String(replied).padStart(7)}  replies of parties recorded`] : []),
    ...suggestions.map(
      ({ incidents }) => `perhaps one: ${incidents.join(", ")}; \`vedette incident merge\` joins them`,
    ),
  ].join("\n");
}
