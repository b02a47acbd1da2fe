/** What a new scenario takes over from the shipped one that has the same network: start, elements, cloud, boundaries. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { InputError, UsageError } from "../problem.ts";
import { overlaid, readDocument, readLayers } from "./layers.ts";
import { type Cursor, childOf, entriesOf, itemsOf, rootCursor, textOf } from "./located.ts";
import { SHIPPED_ROOT, shippedScenarioPath, shippedScenarios } from "./paths.ts";
import { quoted, suggestionOf } from "./words.ts";

export interface Template {
  readonly networkName: string;
  /** References as in a scenario file. */
  readonly network: string;
  readonly catalogues: readonly string[];
  readonly world?: string;
  readonly boundaries?: string;
  readonly start: string;
  /** Who asks: Ukraine where the network knows it, otherwise its first nation. */
  readonly nation: string;
}

/** @throws UsageError where no such network ships. */
export async function templateOf(networkName: string): Promise<Template> {
  const folder = join(SHIPPED_ROOT, "data", "networks");
  const known = existsSync(folder) ? readdirSync(folder).flatMap((name) => /^(.+)\.yaml$/.exec(name)?.[1] ?? []) : [];
  if (!known.includes(networkName)) {
    throw new UsageError(
      `--network: no network ${quoted(networkName)} ships with vedette${suggestionOf(networkName, known)}`,
    );
  }
  const network = `data/networks/${networkName}.yaml`;
  const scenario = await shippedWith(network);
  const nation = await askingNation(join(SHIPPED_ROOT, network));
  const [world, boundaries] = ["world", "boundaries"].map((key) => textOf(childOf(scenario, key)));
  return {
    networkName,
    network,
    catalogues: itemsOf(childOf(scenario, "catalogues")).flatMap((item) => textOf(item) ?? []),
    ...(world !== undefined && { world }),
    ...(boundaries !== undefined && { boundaries }),
    start: textOf(childOf(scenario, "start")) ?? "",
    nation,
  };
}

/** The shipped scenario that stands by itself and has this network, or else the reference scenario. */
async function shippedWith(network: string): Promise<Cursor> {
  const found: Cursor[] = [];
  for (const name of ["line-of-contact", ...shippedScenarios()]) {
    const path = shippedScenarioPath(name);
    const { cursors, problems } = path === undefined ? { cursors: [], problems: [] } : await readLayers(path);
    if (problems.length > 0) throw new InputError(problems);
    const scenario = cursors.length === 1 ? overlaid(cursors) : undefined;
    if (scenario) found.push(scenario);
  }
  const match = found.find((scenario) => textOf(childOf(scenario, "network")) === network) ?? found[0];
  if (match === undefined)
    throw new Error("no scenario ships with this copy of vedette: its `scenarios` folder is missing");
  return match;
}

async function askingNation(path: string): Promise<string> {
  const { root, problems } = await readDocument(path);
  if (root === undefined) throw new InputError(problems);
  const codes = entriesOf(childOf(rootCursor(root, ""), "nations")).map(([code]) => code);
  return codes.includes("UKR") ? "UKR" : (codes[0] ?? "");
}
