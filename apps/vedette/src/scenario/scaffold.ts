/** The files of a new scenario, as text. */
import { join, relative } from "node:path";
import type { SchemaName } from "@vedette/wire/schemas";
import { type NamedZone, requestsOver } from "./compose.ts";
import { SHIPPED_ROOT } from "./paths.ts";
import type { Template } from "./template.ts";
import { yamlTextOf } from "./yaml.ts";

export interface NewScenario {
  readonly title: string;
  /** Name of the file that was drawn. */
  readonly from: string;
  readonly start: string;
  readonly days: number;
  readonly h3Resolution: number;
  readonly zones: Readonly<Record<string, NamedZone>>;
  readonly template: Template;
}

/** File names and texts, for a folder at its final place. */
export function filesOf(made: NewScenario, folder: string): [string, string][] {
  const { title, from, start, days, h3Resolution, zones, template } = made;
  const { network, catalogues, world, boundaries, nation } = template;
  const scenario = {
    kind: "scenario",
    title,
    label: `Own drawing ${from}; no statement about any border`,
    start,
    days,
    h3Resolution,
    network,
    catalogues,
    zones: "zones.yaml",
    requests: "requests.yaml",
    ...(world !== undefined && { world }),
    ...(boundaries !== undefined && { boundaries }),
  };
  const about = { title, source: `made by \`vedette new\` from ${from}` };
  const requests = requestsOver(Object.keys(zones), nation);
  return [
    ["scenario.yaml", textOf("scenario", scenario, folder)],
    ["zones.yaml", textOf("zones", { kind: "zones", about, zones }, folder)],
    ["requests.yaml", textOf("requests", { kind: "requests", about, requests }, folder)],
  ];
}

/** The first line lets an editor complete the file; from elsewhere, `vedette schema` writes the schema anew. */
function textOf(name: SchemaName, value: unknown, folder: string): string {
  const path = relative(folder, join(SHIPPED_ROOT, "packages", "wire", "schema", `${name}.schema.json`));
  const header = `# yaml-language-server: $schema=${path.replaceAll("\\", "/")}\n`;
  const note = `# If this folder moves: vedette schema ${name} --out ${name}.schema.json, and name that file above.\n`;
  return header + note + yamlTextOf(value, (keys) => keys.includes("latitudeDeg"));
}
