/** A loaded scenario made ready to compute: cells, requests, fleet, ground points. */
import { MAX_SENSORS } from "@vedette/core/access/acceptance";
import { type CloudGrid, clearSky01 } from "@vedette/core/access/clear-sky";
import type { ContactStation } from "@vedette/core/access/contacts";
import { type CellGrid, gridOf } from "@vedette/core/access/grid";
import { groundIds } from "@vedette/core/coalition/assess";
import type { Watch } from "@vedette/core/coalition/watch";
import { type Cell, cellAreaKm2, centreOf } from "@vedette/core/geo/cells";
import { areaKm2, cellsOf, type Zone, zoneLengthKm } from "@vedette/core/geo/zone";
import { assumedFigures, scaleAssumed } from "@vedette/core/network/figures";
import { fleetOf } from "@vedette/core/network/fleet";
import type { Network } from "@vedette/core/network/network";
import type { MeanElements } from "@vedette/core/orbit/elements";
import type { TableOptions } from "@vedette/core/orbit/table";
import { type LookRequest, MAX_REQUESTS } from "@vedette/core/plan/sensors";
import { instant, interval, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import type { ZoneRow } from "@vedette/wire/result";
import { InputError } from "../problem.ts";
import { DEFAULT_STALE_AFTER_DAYS, type LoadedScenario } from "../scenario/load.ts";
import { shared } from "./memory.ts";

/** Figures of stations are varied for contacts in the sweep itself: windows cannot be scaled afterwards. */
const CONTACT_FIGURES = ["maskDeg", "heightM"];
/** How far assumed figures are varied, either way. */
export const VARIED_BY = 0.5;

/** A change of the network for one row of the report; contacts and sweep are those of the base unless said otherwise. */
export interface Variation {
  readonly name: string;
  readonly factor: number;
}

/** Cells, and what is watched there. */
export interface View {
  readonly cells: readonly Cell[];
  readonly grid: CellGrid;
  readonly watch: Watch;
}

/** What every worker is given once. Plain data: it is cloned into threads. */
export interface EngineData {
  readonly full: View;
  /** Evenly chosen cells on which assumed figures are varied: their effect is a difference, paired cell by cell. */
  readonly sample: View;
  readonly network: Network;
  /** How catalogue elements are believed. */
  readonly table: Required<TableOptions>;
  /** Ground points by variant of contacts, base first. */
  readonly ground: readonly (readonly (ContactStation | { readonly relay: MeanElements })[])[];
}

export interface Setting {
  readonly data: EngineData;
  readonly zones: readonly ZoneRow[];
  readonly cellZone: Uint8Array;
  readonly clearSky01: Float32Array;
  /** `contactVariants[v]` made variant v of the ground points; base is undefined. */
  readonly contactVariants: readonly (Variation | undefined)[];
}

/** @throws InputError where the scenario asks for more than can be held. */
export function settingOf(loaded: LoadedScenario): Setting {
  const { scenario, network, world } = loaded;
  const start = parseInstant(scenario.start);
  const span = interval(start, instant(start + scenario.days * MS_PER_DAY));
  const zones = Object.entries(loaded.zones.zones).map(([id, zone]) => ({
    id,
    zone,
    cells: cellsOf(zone, scenario.h3Resolution),
  }));
  const cells = [...new Set(zones.flatMap((zone) => zone.cells))].sort();
  const requests = requestsOf(loaded);
  const rebaseMs = rebaseOf(loaded, start);
  const staleAfterMs = (scenario.staleAfterDays ?? DEFAULT_STALE_AFTER_DAYS) * MS_PER_DAY;
  const catalogue = loaded.elements;
  const fleet = fleetOf(network, catalogue, start);
  refuseTooMuch(cells.length, loaded, requests.length, fleet.length);
  const contactVariants = contactVariantsOf(network);
  const index = new Map(cells.map((cell, i) => [cell, i]));
  const watch: Watch = {
    fleet,
    span,
    requests,
    cellRequests: requestBits(requests, zones, index),
    cellKm: cellKmOf(cells),
  };
  const ground = contactVariants.map((variation) =>
    groundOf(variation === undefined ? network : scaleAssumed(network, variation.name, variation.factor), catalogue),
  );
  const full = { cells, grid: gridOf(cells, shared), watch };
  return {
    data: { full, sample: sampleOf(full), network, table: { staleAfterMs, rebaseMs }, ground },
    zones: zones.map(({ id, zone, cells: { length } }) => zoneRowOf(id, zone, length)),
    cellZone: firstZone(zones, index),
    clearSky01: Float32Array.from(cells, (cell) =>
      clearSky01(world?.cloud as CloudGrid | undefined, centreOf(cell), span),
    ),
    contactVariants,
  };
}

const SAMPLE_CELLS = 640;

/**
 * Every n-th cell; H3's order follows the ground, so they lie evenly, and satellites have as much ground to choose from as
 * with all of them. A cell then stands for n, its dwell for the square root of n.
 */
function sampleOf(full: View): View {
  const every = Math.ceil(full.cells.length / SAMPLE_CELLS);
  if (every === 1) return full;
  const { watch } = full;
  const cells = full.cells.filter((_, i) => i % every === 0);
  const cellRequests = watch.cellRequests.filter((_, i) => i % every === 0);
  return {
    cells,
    grid: gridOf(cells, shared),
    watch: { ...watch, cellRequests, cellKm: watch.cellKm * Math.sqrt(every) },
  };
}

interface ZoneCells {
  readonly id: string;
  readonly cells: readonly Cell[];
}

function requestsOf({ requests }: LoadedScenario): LookRequest[] {
  return Object.entries(requests.requests).map(([id, { note: _, ...request }]) => ({ id, ...request }));
}

/** Opportunities are held in memory: some 0.7 a cell-day of each satellite, 27 bytes each. */
function refuseTooMuch(cells: number, loaded: LoadedScenario, requests: number, satellites: number): void {
  const { scenario, network, zones } = loaded;
  const problems: string[] = [];
  const zoneCount = Object.keys(zones.zones).length;
  if (zoneCount > MOST_ZONES) problems.push(`${zoneCount} zones: at most ${MOST_ZONES} in one scenario`);
  if (requests > MAX_REQUESTS) problems.push(`${requests} requests: at most ${MAX_REQUESTS} are weighed in one run`);
  for (const [id, { sensors }] of Object.entries(network.missions)) {
    if (sensors.length > MAX_SENSORS)
      problems.push(`missions.${id}: ${sensors.length} sensors: at most ${MAX_SENSORS} on one satellite`);
  }
  const load = cells * scenario.days * satellites;
  if (load > MOST_LOAD) {
    problems.push(
      `${cells} cells, ${scenario.days} days, ${satellites} satellites: about ${Math.round((load / MOST_LOAD) * 100) / 100} times what fits in memory; lower days or h3Resolution, or make zones smaller`,
    );
  }
  if (problems.length > 0)
    throw new InputError(problems.map((message) => ({ file: loaded.files[0]?.path ?? "scenario", message })));
}

/** One byte holds a cell's zone. */
const MOST_ZONES = 255;
/** Cells times days times satellites: the reference scenario is 9.7 million and takes 0.9 GB. */
const MOST_LOAD = 45e6;

function requestBits(
  requests: readonly LookRequest[],
  zones: readonly ZoneCells[],
  index: ReadonlyMap<Cell, number>,
): Uint32Array {
  const bits = new Uint32Array(index.size);
  requests.forEach(({ zone }, r) => {
    for (const cell of zones.find(({ id }) => id === zone)?.cells ?? []) {
      const i = index.get(cell) ?? 0;
      bits[i] = (bits[i] as number) | (1 << r);
    }
  });
  return bits;
}

function firstZone(zones: readonly ZoneCells[], index: ReadonlyMap<Cell, number>): Uint8Array {
  const zoneOf = new Uint8Array(index.size);
  // Backwards, so that the first zone of a cell stays.
  for (let z = zones.length - 1; z >= 0; z--)
    for (const cell of zones[z]?.cells ?? []) zoneOf[index.get(cell) ?? 0] = z;
  return zoneOf;
}

function cellKmOf(cells: readonly Cell[]): number {
  const [first] = cells;
  return first === undefined ? 1 : Math.sqrt(cellAreaKm2(first));
}

/** An exercise replays the sky of the catalogue's own days: epochs move by whole days, so that tracks over the ground stay. */
export function rebaseOf({ scenario, elements }: LoadedScenario, start: number): number {
  if (scenario.rebaseEpochs !== true || elements.size === 0) return 0;
  const epochs = [...elements.values()].map(({ epochUtcMs }) => epochUtcMs).sort((a, b) => a - b);
  return Math.round((start - (epochs[epochs.length >> 1] as number)) / MS_PER_DAY) * MS_PER_DAY;
}

function contactVariantsOf(network: Network): (Variation | undefined)[] {
  const names = new Set(assumedFigures(network).map(({ name }) => name));
  const varied = CONTACT_FIGURES.filter((name) => names.has(name));
  return [undefined, ...varied.flatMap((name) => [1 - VARIED_BY, 1 + VARIED_BY].map((factor) => ({ name, factor })))];
}

export function groundOf(network: Network, catalogue: ReadonlyMap<number, MeanElements>): EngineData["ground"][number] {
  return groundIds(network).map((id) => {
    const station = network.stations[id];
    if (station !== undefined) {
      const { latitudeDeg, longitudeDeg, heightM, maskDeg } = station;
      return { site: { id, latitudeDeg, longitudeDeg, heightM: heightM.value }, maskDeg: Math.min(maskDeg.value, 89) };
    }
    const relay = catalogue.get(network.relays?.[id]?.catalogueNumber ?? 0);
    // A relay whose elements nobody has cannot be pointed at: a station that nothing ever rises above.
    return relay === undefined ? { site: { id, latitudeDeg: 0, longitudeDeg: 0, heightM: 0 }, maskDeg: 90 } : { relay };
  });
}

function zoneRowOf(id: string, zone: Zone & { readonly name: string }, cells: number): ZoneRow {
  const paths = "line" in zone ? [zone.line] : "points" in zone ? zone.points.map((point) => [point]) : zone.polygon;
  const named = paths
    .flat()
    .filter((vertex): vertex is typeof vertex & { name: string } => "name" in vertex && vertex.name !== undefined);
  return {
    id,
    name: zone.name,
    cells,
    areaKm2: areaKm2(zone),
    lengthKm: zoneLengthKm(zone),
    paths: paths.map((path) => path.map(({ longitudeDeg, latitudeDeg }) => [longitudeDeg, latitudeDeg] as const)),
    closed: "polygon" in zone,
    names: named.map(({ name, longitudeDeg, latitudeDeg }) => ({ name, longitudeDeg, latitudeDeg })),
  };
}
