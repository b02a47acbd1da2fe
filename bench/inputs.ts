/** What is asked: real satellites of the shipped catalogue, sites drawn by the seed, cells of the shipped line. */
import { fileURLToPath } from "node:url";
import { type CellGrid, gridOf } from "@vedette/core/access/grid";
import type { Reach } from "@vedette/core/access/sweep";
import type { Site } from "@vedette/core/geo/position";
import { cellsOf } from "@vedette/core/geo/zone";
import { fleetOf } from "@vedette/core/network/fleet";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { STALE_AFTER_MS, type TableOptions } from "@vedette/core/orbit/table";
import { widestReach } from "@vedette/core/plan/sensors";
import { type Interval, instant, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import { readCatalogue } from "../apps/vedette/src/feeds/catalogue/catalogue.ts";
import { loadScenario } from "../apps/vedette/src/scenario/load.ts";
import { drawn, type Random, randomOf } from "./random.ts";

const CATALOGUE = fileURLToPath(new URL("../data/catalogues/imaging-2026-06-14.csv", import.meta.url));
export const START = parseInstant("2026-06-15T00:00:00Z");
export const TABLE: TableOptions = { staleAfterMs: STALE_AFTER_MS };
export const MASK_DEG = 10;
/** Slower than four revolutions a day: a relay. It is above for days or never, and comes abeam of nothing. */
const LOW_ORBIT_REV_PER_DAY = 4;

export interface Size {
  readonly satellites: number;
  readonly sites: number;
  readonly days: number;
  /** How much of it the stepped peers do: satellite-site pairs, satellites over all sites, satellite-cell pairs, satellites over all cells. */
  readonly peer: {
    readonly pairs: number;
    readonly shared: number;
    readonly cellPairs: number;
    readonly swept: number;
  };
  readonly skyfield: { readonly satellites: number; readonly pairs: number };
  /** A truce of so many days, over so many seeds; and so many pairs of runs of two networks. */
  readonly exercise: { readonly days: number; readonly seeds: number; readonly pairs: number };
  /** End to end: once for each number of threads, `scenarioRounds` times. */
  readonly run: { readonly days: number; readonly threads: readonly number[]; readonly scenarioRounds: number };
}

export interface Imager {
  readonly elements: MeanElements;
  readonly reaches: readonly Reach[];
}

export interface Inputs {
  readonly seed: number;
  readonly rounds: number;
  readonly size: Size;
  readonly span: Interval;
  /** Drawn from the catalogue, its three relays included. */
  readonly satellites: readonly MeanElements[];
  readonly sites: readonly Site[];
  /** Drawn from the satellites of the coalition's network that have a sensor. */
  readonly imagers: readonly Imager[];
  readonly grid: CellGrid;
}

export async function inputsOf(seed: number, rounds: number, size: Size): Promise<Inputs> {
  const random = randomOf(seed);
  const { elements } = await readCatalogue(CATALOGUE);
  const { network, zones } = await loadScenario("line-of-contact");
  const cells = Object.values(zones.zones).flatMap((zone) => cellsOf(zone, 6));
  const byNumber = new Map(elements.map((each) => [each.catalogueNumber, each]));
  const imagers = fleetOf(network, byNumber, START).flatMap(({ elements: found, missionId }): Imager[] => {
    const sensors = network.missions[missionId]?.sensors ?? [];
    const reaches = sensors.flatMap((id) => {
      const sensor = network.sensors[id];
      return sensor === undefined ? [] : [widestReach(sensor, 0)];
    });
    const sweeps = found !== undefined && found.meanMotionRevPerDay > LOW_ORBIT_REV_PER_DAY && reaches.length > 0;
    return sweeps ? [{ elements: found, reaches }] : [];
  });
  return {
    seed,
    rounds,
    size,
    span: { start: START, end: instant(START + size.days * MS_PER_DAY) },
    satellites: drawn(elements, size.satellites, random),
    sites: Array.from({ length: size.sites }, (_, i) => siteAt(i, random)),
    imagers: drawn(imagers, size.satellites, random),
    grid: gridOf([...new Set(cells)].sort()),
  };
}

/** Anywhere on Earth, evenly by area. */
export function siteAt(i: number, random: Random): Site {
  const latitudeDeg = (Math.asin(2 * random() - 1) * 180) / Math.PI;
  return { id: `site-${i + 1}`, latitudeDeg, longitudeDeg: 360 * random() - 180, heightM: Math.round(2000 * random()) };
}
