/** `vedette check`: every problem of a scenario's files at once. */
import { Command } from "commander";
import { settingOf } from "../engine/setting.ts";
import { InputError, textOf } from "../problem.ts";
import { inspectScenario, type LoadedScenario } from "../scenario/load.ts";
import { counted } from "../scenario/words.ts";

export function checkCommand(): Command {
  return new Command("check")
    .description("check all files of a scenario: prints every problem with file, line, column and what was expected")
    .argument("<scenario>", "a shipped scenario's name, a scenario file, or a folder that holds a scenario.yaml")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette check line-of-contact
  $ vedette check my-line
  $ vedette check my-line/scenario.yaml --json`,
    )
    .action(check);
}

async function check(reference: string, { json = false }: { json?: boolean }): Promise<void> {
  const { loaded, problems, warnings } = await inspectScenario(reference);
  if (!json) for (const warning of warnings) process.stderr.write(`warning: ${textOf(warning)}\n`);
  if (loaded === undefined) throw new InputError(problems);
  // Made ready as for a run, so that its limits are found here too.
  const counts = countsOf(loaded, settingOf(loaded).data.full.cells.length);
  const text = json
    ? JSON.stringify({ ok: true, counts, inputSha256: loaded.inputSha256, warnings })
    : summaryOf(loaded, counts);
  process.stdout.write(`${text}\n`);
}

interface Counts {
  readonly nations: number;
  readonly missions: number;
  readonly satellites: number;
  readonly satellitesWithElements: number;
  readonly stations: number;
  readonly zones: number;
  readonly requests: number;
  readonly cells: number;
}

/** Satellites of Walker patterns have elements: they are generated. Cells of two zones count once. */
function countsOf({ network, zones, requests, elements }: LoadedScenario, cells: number): Counts {
  const missions = Object.values(network.missions);
  const real = missions.flatMap(({ satellites = {} }) => Object.values(satellites));
  const planned = missions.reduce((sum, { walker }) => sum + (walker?.satellites ?? 0), 0);
  return {
    nations: Object.keys(network.nations).length,
    missions: missions.length,
    satellites: real.length + planned,
    satellitesWithElements: real.filter(({ catalogueNumber }) => elements.has(catalogueNumber)).length + planned,
    stations: Object.keys(network.stations).length,
    zones: Object.keys(zones.zones).length,
    requests: Object.keys(requests.requests).length,
    cells,
  };
}

function summaryOf(loaded: LoadedScenario, counts: Counts): string {
  const { title, start, days } = loaded.scenario;
  const words = [
    counted(counts.missions, "mission"),
    `${counted(counts.satellites, "satellite")} (${counts.satellitesWithElements} with elements)`,
    counted(counts.stations, "station"),
    `${counted(counts.nations, "nation")} named`,
    counted(counts.zones, "zone"),
    counted(counts.cells, "cell"),
  ];
  return `OK: ${title}: ${counted(days, "day")} from ${start}; ${words.join(", ")}`;
}
