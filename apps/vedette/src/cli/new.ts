/** `vedette new`: a scenario on the user's own line, from what they drew to the next command to type. */
import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { verticesOf } from "@vedette/core/geo/zone";
import { Command, InvalidArgumentError } from "commander";
import { InputError, UsageError } from "../problem.ts";
import {
  cellCountOf,
  cellCountProblem,
  h3ResolutionOf,
  MAX_CELLS,
  MAX_ZONES,
  middleOf,
  type NamedZone,
  zonesOf,
} from "../scenario/compose.ts";
import { type Drawing, readDrawing } from "../scenario/drawing.ts";
import { inspectScenario } from "../scenario/load.ts";
import { shippedScenarioPath, shownPath } from "../scenario/paths.ts";
import { filesOf, type NewScenario } from "../scenario/scaffold.ts";
import { simplified } from "../scenario/simplify.ts";
import { type Template, templateOf } from "../scenario/template.ts";

const DEFAULT_DAYS = 7;
const DENSE_VERTICES = 1000;

interface Options {
  readonly line: string;
  readonly buffer: number;
  readonly network: string;
  readonly title?: string;
  readonly start?: string;
  readonly days: number;
  readonly h3?: number;
  readonly json?: boolean;
}

export function newCommand(): Command {
  return new Command("new")
    .description("make a scenario on your own line, area or points, from a KML or GeoJSON file")
    .argument("<dir>", "folder to make; must not exist, or be empty")
    .requiredOption("--line <file>", "what you drew: .kml or .geojson, with lines, polygons or points")
    .option("--buffer <km>", "how far either side of a line, or round a point", numberIn(0.1, 500), 25)
    .option("--network <name>", "who watches: a network that ships with vedette", "coalition-2026")
    .option("--title <text>", "stands on the report; default: after the file's name")
    .option("--start <instant>", "UTC, such as 2026-06-15T00:00:00Z; default: a day after the network's elements")
    .option("--days <n>", "length of the run", numberIn(1 / 24, 366), DEFAULT_DAYS)
    .option(
      "--h3 <resolution>",
      "size of the cells, 3 (coarse) to 9; default: fine, but few enough",
      resolutionIn(3, 9),
    )
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette new my-line --line border.kml
  $ vedette new islands --line islands.geojson --buffer 40 --title "Islands" --days 3
  $ vedette new future --line border.kml --network europe-2029`,
    )
    .action(create);
}

function numberIn(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() !== "" && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`Expected a number from ${Number(minimum.toFixed(3))} to ${maximum}.`);
  };
}

function resolutionIn(minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d$/.test(text) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${minimum} to ${maximum}.`);
  };
}

async function create(dir: string, options: Options): Promise<void> {
  const folder = resolve(dir);
  await refuseTaken(folder);
  const [drawn, template] = [await readDrawing(options.line), await templateOf(options.network)];
  const drawing = thinned(drawn, options.buffer);
  const zones = zonesOf(drawing.shapes, options.buffer);
  const count = Object.keys(zones).length;
  if (count > MAX_ZONES)
    throw refusal(options.line, `${count} separate shapes: expected at most ${MAX_ZONES}; merge some first`);
  const grid = gridOf(Object.values(zones), options);
  const made = newScenarioOf(options, template, zones, grid.resolution);
  await writeWhole(folder, made);
  say({ dir, folder, zones, grid, drawing, made }, options.json === true);
}

/** Tracks of thousands of vertices are thinned to a hundredth of the buffer. */
function thinned({ shapes, notes }: Drawing, bufferKm: number): Drawing {
  const toleranceKm = bufferKm / 100;
  const said = [...notes];
  const thin = shapes.map((shape) => {
    if (shape.kind !== "line" || shape.line.length <= DENSE_VERTICES) return shape;
    const line = simplified(shape.line, toleranceKm);
    said.push(`a line of ${shape.line.length} vertices became ${line.length}, within ${toleranceKm} km`);
    return { ...shape, line };
  });
  return { shapes: thin, notes: said };
}

async function refuseTaken(folder: string): Promise<void> {
  const about = await stat(folder).catch(() => undefined);
  if (about === undefined) return;
  if (!about.isDirectory()) throw new UsageError(`${shownPath(folder)} is a file: name a folder to make`);
  if ((await readdir(folder)).length > 0)
    throw new UsageError(`${shownPath(folder)} is not empty: name another folder`);
}

interface Grid {
  readonly resolution: number;
  readonly cells: number;
}

function gridOf(zones: readonly NamedZone[], { h3, line }: Options): Grid {
  if (h3 !== undefined) {
    const problem = cellCountProblem(zones, h3);
    if (problem !== undefined) throw new UsageError(`--h3 ${h3}: ${problem}`);
    return { resolution: h3, cells: cellCountOf(zones, h3) };
  }
  const grid = h3ResolutionOf(zones);
  if (grid === undefined)
    throw refusal(line, `too large: more than ${MAX_CELLS} cells even at the coarsest H3 resolution`);
  return grid;
}

function refusal(file: string, message: string): InputError {
  return new InputError([{ file: shownPath(resolve(file)), message }]);
}

function newScenarioOf(
  options: Options,
  template: Template,
  zones: Readonly<Record<string, NamedZone>>,
  h3Resolution: number,
): NewScenario {
  const from = basename(options.line);
  const title = options.title ?? `Watch over ${from.replace(/\.[^.]*$/, "")}`;
  if ([...title].length < 3)
    throw new UsageError(`--title: expected 3 or more characters, found ${JSON.stringify(title)}`);
  const start = options.start ?? template.start;
  return { title, from, start, days: options.days, h3Resolution, zones, template };
}

/** Written aside, checked as `vedette check` would, then renamed: a folder is whole or not there. */
async function writeWhole(folder: string, made: NewScenario): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const aside = join(dirname(folder), `.${basename(folder)}.${process.pid}.partial`);
  try {
    await mkdir(aside);
    for (const [name, text] of filesOf(made, folder)) await writeFile(join(aside, name), text);
    const { problems } = await inspectScenario(join(aside, "scenario.yaml"), { start: made.start });
    if (problems.length > 0) throw new InputError(problems);
    await chmod(aside, 0o777 & ~process.umask());
    await rm(folder, { recursive: false, force: true }).catch(() => {});
    await rename(aside, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

interface Made {
  /** As typed. */
  readonly dir: string;
  readonly folder: string;
  readonly zones: Readonly<Record<string, NamedZone>>;
  readonly grid: Grid;
  readonly drawing: Drawing;
  readonly made: NewScenario;
}

function say({ dir, folder, zones, grid, drawing, made }: Made, isJson: boolean): void {
  // A bare name that ships means the shipped scenario: then the folder must be typed as a path.
  const argument = shippedScenarioPath(dir) === undefined ? dir : `./${dir}`;
  const next = `npx vedette run ${/^[\w./-]+$/.test(argument) ? argument : `"${argument}"`}`;
  const middles = Object.entries(zones).map(([id, zone]) => ({
    id,
    name: zone.name,
    middle: middleOf(verticesOf(zone)),
  }));
  const { h3Resolution, start, days } = made;
  const notes = drawing.notes;
  if (isJson) {
    const about = { directory: folder, zones: middles, h3Resolution, cells: grid.cells, start, days, notes, next };
    process.stdout.write(`${JSON.stringify(about)}\n`);
    return;
  }
  const lines = [
    `${dir}: ${made.title}; ${days} days from ${start}, watched by ${made.template.networkName}`,
    ...middles.map(({ id, name, middle }) => `  ${id}: ${name}, about ${middle}`),
    `  ${grid.cells} cells of H3 resolution ${h3Resolution}; requests.yaml holds generic requests, asked by ${made.template.nation}: change them to what you need`,
    ...notes.map((note) => `  note: ${note}`),
    `Next: ${next}`,
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}
