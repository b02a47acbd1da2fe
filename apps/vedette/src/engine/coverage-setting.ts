/** A loaded scenario made ready for a coverage sweep: no requests, no plan, but as many cells and days as one likes. */
import { type CoveragePlan, coveragePlanOf, storeBytes } from "@vedette/core/access/coverage";
import { gridOf } from "@vedette/core/access/grid";
import { type CoverageFleet, coverageFleetOf } from "@vedette/core/coalition/coverage-groups";
import { type Cell, coarserCells } from "@vedette/core/geo/cells";
import { cellsOf } from "@vedette/core/geo/zone";
import { type FleetSatellite, fleetOf } from "@vedette/core/network/fleet";
import { instant, interval, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import { DEFAULT_STALE_AFTER_DAYS, type LoadedScenario } from "../scenario/load.ts";
import { shared } from "./memory.ts";
import { rebaseOf } from "./setting.ts";

export interface CoverageSetting {
  readonly plan: CoveragePlan;
  readonly fleet: readonly FleetSatellite[];
  readonly coalition: CoverageFleet;
  readonly resolution: number;
}

/** Ages are kept of the finest grid that has at most so many cells. */
const MOST_COARSE_CELLS = 2500;
/** Of the four gigabytes that a kernel can reach, what bits may take. */
const MOST_BYTES = 2 ** 31;

/** @throws InputError where the bits would not fit. */
export function coverageSettingOf(loaded: LoadedScenario, resolution: number): CoverageSetting {
  const { scenario, network, zones, elements } = loaded;
  const start = parseInstant(scenario.start);
  const span = interval(start, instant(start + scenario.days * MS_PER_DAY));
  const cells = [...new Set(Object.values(zones.zones).flatMap((zone) => cellsOf(zone, resolution)))].sort();
  const fleet = fleetOf(network, elements, start);
  const believed = {
    staleAfterMs: (scenario.staleAfterDays ?? DEFAULT_STALE_AFTER_DAYS) * MS_PER_DAY,
    rebaseMs: rebaseOf(loaded, start),
  };
  const coalition = coverageFleetOf(network, fleet, ({ planned }) =>
    planned ? { staleAfterMs: Number.POSITIVE_INFINITY } : believed,
  );
  const { satellites, absent } = coalition;
  const coarse = gridOf(coarseOf(cells, resolution), shared);
  const plan = coveragePlanOf({ satellites, absent, grid: gridOf(cells, shared), coarse, span });
  const bytes = storeBytes(plan);
  if (bytes > MOST_BYTES) {
    const message = `${cells.length} cells, ${scenario.days} days, ${plan.planes.length} groups and kinds: ${Math.ceil(bytes / 1e6)} MB of bits, at most ${Math.floor(MOST_BYTES / 1e6)}; fewer days, a lower resolution or smaller zones`;
    throw new InputError([{ file: loaded.files[0]?.path ?? "scenario", message }]);
  }
  return { plan, fleet, coalition, resolution };
}

function coarseOf(cells: readonly Cell[], resolution: number): readonly Cell[] {
  let [coarse, at] = [cells, resolution];
  while (coarse.length > MOST_COARSE_CELLS && at > 0) coarse = coarserCells(cells, --at);
  return coarse;
}
