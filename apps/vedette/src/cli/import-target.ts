/** The catalogue that a scenario reads, as a place to import into. */
import { dirname, relative, sep } from "node:path";
import { type Instant, parseInstant } from "@vedette/core/time/instant";
import { InputError, UsageError } from "../problem.ts";
import { overlaid, readLayers, scenarioPathOf } from "../scenario/layers.ts";
import { childOf, itemsOf, numberOf, problemAt, textOf } from "../scenario/located.ts";
import { resolveReference, SHIPPED_ROOT, shownPath } from "../scenario/paths.ts";

export interface CatalogueOfScenario {
  /** Absolute path. */
  readonly catalogue: string;
  readonly start?: Instant;
  readonly staleAfterDays?: number;
}

/**
 * @throws InputError where the scenario cannot be read or names no catalogue that is there.
 * @throws UsageError where its catalogue ships with Vedette: that is changed only when named.
 */
export async function catalogueOfScenario(reference: string): Promise<CatalogueOfScenario> {
  const path = await scenarioPathOf(reference);
  if (typeof path !== "string") throw new InputError([path]);
  const { cursors, problems } = await readLayers(path);
  if (problems.length > 0) throw new InputError(problems);
  const scenario = overlaid(cursors);
  const first = itemsOf(scenario && childOf(scenario, "catalogues"))[0];
  const named = textOf(first);
  if (scenario === undefined || first === undefined || named === undefined) {
    throw new InputError([{ file: shownPath(path), path: "catalogues", message: "names no catalogue to import into" }]);
  }
  const resolved = resolveReference(named, dirname(first.node.at.file));
  if ("refused" in resolved)
    throw new InputError([problemAt(first, `${resolved.refused}; --into FILE makes a new one`)]);
  if (isShipped(resolved.path)) {
    const advice =
      "name it with --into to change it all the same, or make one of your own with --into FILE.csv, and name that under `catalogues`";
    throw new UsageError(`${shownPath(resolved.path)} ships with Vedette: ${advice}`);
  }
  const start = textOf(childOf(scenario, "start"));
  const staleAfterDays = numberOf(childOf(scenario, "staleAfterDays"));
  return {
    catalogue: resolved.path,
    ...(start !== undefined && { start: parseInstant(start) }),
    ...(staleAfterDays !== undefined && { staleAfterDays }),
  };
}

function isShipped(path: string): boolean {
  const inside = relative(SHIPPED_ROOT, path);
  return inside.startsWith(`data${sep}`) || inside.startsWith(`scenarios${sep}`);
}
