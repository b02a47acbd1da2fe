/** Where the shipped files lie, and which files a scenario may name: those beside it, and those that ship. */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** The folder that holds `data/` and `scenarios/`. */
export const SHIPPED_ROOT = resolve(import.meta.dirname, "../../../..");
const SHIPPED_DATA = join(SHIPPED_ROOT, "data");
const SHIPPED_SCENARIOS = join(SHIPPED_ROOT, "scenarios");

/** As a person would type it from here: relative below the working directory, absolute elsewhere. */
export function shownPath(file: string): string {
  const path = relative(process.cwd(), file);
  return path === "" || isOutside(path) ? file : path;
}

/** The same on every machine: from the repository's root for what ships, otherwise from the scenario's folder. */
export function portablePath(file: string, scenarioFolder: string): string {
  const shipped = relative(SHIPPED_ROOT, file);
  const path = /^(data|scenarios)[\\/]/.test(shipped) ? shipped : relative(scenarioFolder, file);
  return path.replaceAll("\\", "/");
}

export function shippedScenarios(): string[] {
  if (!existsSync(SHIPPED_SCENARIOS)) return [];
  const names = readdirSync(SHIPPED_SCENARIOS).map((name) => name.replace(/\.yaml$/, ""));
  return names.filter((name) => shippedScenarioPath(name) !== undefined).sort();
}

/** `line-of-contact` -> `scenarios/line-of-contact/scenario.yaml` or `scenarios/line-of-contact.yaml`. */
export function shippedScenarioPath(name: string): string | undefined {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) return undefined;
  const candidates = [join(SHIPPED_SCENARIOS, name, "scenario.yaml"), join(SHIPPED_SCENARIOS, `${name}.yaml`)];
  return candidates.find((path) => existsSync(path));
}

export type Resolved = { readonly path: string } | { readonly refused: string };

/**
 * The file that a reference means, for the folder of the file that names it. `data/...` is what ships with Vedette.
 * Confined: nothing outside that folder (or the shipped data) is reached, also not through a symbolic link.
 */
export function resolveReference(reference: string, folder: string): Resolved {
  const shape = misshapen(reference);
  if (shape !== undefined) return { refused: shape };
  const isShipped = reference === "data" || reference.startsWith("data/");
  const base = isShipped ? SHIPPED_DATA : folder;
  const path = resolve(base, isShipped ? reference.slice("data/".length) : reference);
  const outside = `"${reference}" leads out of ${isShipped ? "the shipped data" : "the folder of the file that names it"}`;
  if (isOutside(relative(base, path))) return { refused: `${outside}: expected a path below it` };
  if (!existsSync(path))
    return {
      refused: `"${reference}" is not there: no file ${shownPath(path)}`,
    };
  if (isOutside(relative(realpathSync(base), realpathSync(path)))) {
    return {
      refused: `${outside} through a symbolic link: expected a file that lies below it`,
    };
  }
  return { path };
}

function misshapen(reference: string): string | undefined {
  const expected = "expected a path below this file's folder, with forward slashes, or `data/...`";
  if (reference.includes("\0")) return `a file name with a NUL character: ${expected}`;
  if (reference.includes("\\")) return `"${reference}" has a backslash: ${expected}`;
  if (isAbsolute(reference)) return `"${reference}" is an absolute path: ${expected}`;
  if (/^[a-z][a-z0-9+.-]*:/i.test(reference)) return `"${reference}" names a drive or a protocol: ${expected}`;
  return undefined;
}

function isOutside(path: string): boolean {
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
}

/** The folder that relative references in a file start from. */
export function folderOf(file: string): string {
  return dirname(file);
}
