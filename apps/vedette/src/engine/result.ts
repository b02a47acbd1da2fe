/** Puts a result together: names instead of indices, sources, assumptions, basemap. */
import { TRACK_STEP_MS } from "@vedette/core/access/sky-part";
import { groundIds } from "@vedette/core/coalition/assess";
import type { PassFigures } from "@vedette/core/coalition/detail";
import { assumedFigures, countFigures } from "@vedette/core/network/figures";
import { SENSOR_KINDS } from "@vedette/core/network/network";
import { TAKING_RULE } from "@vedette/core/plan/greedy";
import { isoOf, MS_PER_DAY, MS_PER_HOUR } from "@vedette/core/time/instant";
import type {
  Headline,
  LedgerByHour,
  PassRow,
  RequestRow,
  Result,
  SensitivityRow,
  SourceRow,
  Summary,
  UnknownSatellite,
  Variant,
} from "@vedette/wire/result";
import type { LoadedScenario } from "../scenario/load.ts";
import { basemapOf } from "./basemap.ts";
import type { Setting } from "./setting.ts";
import type { SweptFleet } from "./sweep-fleet.ts";
import { softwareName } from "./version.ts";
import type { baseTask } from "./worker.ts";

/** Assumed figures varied on the sample of cells, and the sample's own base. */
export interface Varied {
  readonly sensitivity: readonly Omit<SensitivityRow, "unit">[];
  readonly sensitivityBase: Headline;
}

export interface ResultParts extends Varied {
  readonly loaded: LoadedScenario;
  readonly setting: Setting;
  readonly swept: SweptFleet;
  readonly base: ReturnType<typeof baseTask>;
  readonly variants: readonly Variant[];
}

const DEFAULT_MARKING = "OWNER ONLY";

export function resultOf(parts: ResultParts): Result {
  const { loaded, setting, swept, base } = parts;
  const { fleet } = setting.data.full.watch;
  const variants: Variant[] = [{ id: "base", label: "all nations", ...base.figures }, ...byLoss(parts)];
  return {
    summary: summaryOf(parts, variants),
    cells: setting.data.full.cells,
    cellZone: setting.cellZone,
    clearSky01: setting.clearSky01,
    zones: setting.zones,
    variants,
    ledger: Object.fromEntries(SENSOR_KINDS.map((kind, k) => [kind, ledgerRow(base.ledgerByHour[k] ?? [])])),
    ledgerRuns: base.ledgerRuns,
    passes: base.passes.map((pass) => passRow(pass, loaded, setting)),
    tracks: fleet.flatMap(({ name, nation }, s) => {
      const rEcefKm = swept.tracks[s];
      return rEcefKm === undefined || isOut(loaded, nation)
        ? []
        : [{ satellite: name, nation, stepMs: TRACK_STEP_MS, rEcefKm }];
    }),
    stations: Object.values(loaded.network.stations).flatMap(({ name, nation, latitudeDeg, longitudeDeg }) =>
      isOut(loaded, nation) ? [] : [{ name, nation, latitudeDeg, longitudeDeg }],
    ),
    basemap: basemapOf(loaded),
  };
}

/** Stands on every page and in every file, and so does it that an exercise moved the epochs. */
function labelOf(label: string | undefined, rebaseMs: number): string | null {
  const rebased = rebaseMs === 0 ? [] : [`EXERCISE: epochs rebased by ${rebaseMs / MS_PER_DAY} days`];
  return [...(label === undefined ? [] : [label]), ...rebased].join("; ") || null;
}

/** Taken out by the scenario itself. */
function isOut({ scenario }: LoadedScenario, nation: string): boolean {
  return scenario.without?.includes(nation) === true;
}

/** The nation whose loss blinds most first: by the share of cell-hours taken that is lost. */
function byLoss({ variants }: ResultParts): Variant[] {
  return variants.toSorted(
    (a, b) =>
      a.headline.taken01.imaging - b.headline.taken01.imaging ||
      a.headline.accessible01.imaging - b.headline.accessible01.imaging ||
      (a.id < b.id ? -1 : 1),
  );
}

function summaryOf(parts: ResultParts, variants: readonly Variant[]): Summary {
  const { loaded, setting, base } = parts;
  const { scenario, network } = loaded;
  const { cells, watch } = setting.data.full;
  const { span, fleet } = watch;
  const hours = Math.ceil((span.end - span.start) / MS_PER_HOUR);
  return {
    format: "vedette-summary/1",
    marking: scenario.marking ?? DEFAULT_MARKING,
    label: labelOf(scenario.label, setting.data.table.rebaseMs),
    title: scenario.title,
    description: scenario.description ?? null,
    start: isoOf(span.start),
    end: isoOf(span.end),
    days: scenario.days,
    h3Resolution: scenario.h3Resolution,
    rebasedByDays: setting.data.table.rebaseMs === 0 ? null : setting.data.table.rebaseMs / MS_PER_DAY,
    software: softwareName(),
    inputSha256: loaded.inputSha256,
    counts: {
      satellites: base.figures.satellites,
      stations: base.figures.stations,
      nations: new Set(fleet.flatMap(({ nation }) => (isOut(loaded, nation) ? [] : [nation]))).size,
      cells: cells.length,
      cellHours: cells.length * hours,
    },
    nations: Object.fromEntries(Object.entries(network.nations).map(([code, { name }]) => [code, name])),
    headline: base.figures.headline,
    clearSky01: meanKnown(setting.clearSky01),
    ledger: Object.fromEntries(
      SENSOR_KINDS.map((kind, k) => [kind, ledgerShares(base.ledgerByHour[k] ?? [], cells.length * hours)]),
    ),
    dependence: variants.slice(1).map(({ nation = "", satellites, stations, orphaned, headline }) => ({
      nation,
      name: network.nations[nation]?.name ?? nation,
      satellites: base.figures.satellites - satellites,
      stations: base.figures.stations - stations,
      orphaned: Math.max(0, orphaned - base.figures.orphaned),
      launched: launchedBy(parts, nation),
      headline,
    })),
    sensitivity: parts.sensitivity.map(sensitivityRow),
    sensitivityBase: { cells: setting.data.sample.cells.length, headline: parts.sensitivityBase },
    requests: requestRows(parts),
    zones: setting.zones.map(({ paths: _paths, names: _names, closed: _closed, ...zone }) => zone),
    unknown: unknownSatellites(parts),
    assumptions: assumedFigures(network).map(({ path, value, why }) => ({ path, value, why })),
    sources: Object.entries(loaded.sources).map(([id, { note: _, ...source }]): SourceRow => ({ id, ...source })),
    takingRule: TAKING_RULE,
    notes: notesOf(parts),
  };
}

/** Satellites of other nations that this nation's launchers lifted, or would lift again. */
function launchedBy({ loaded, setting }: ResultParts, nation: string): number {
  const { fleet } = setting.data.full.watch;
  return fleet.filter((satellite) => {
    return satellite.nation !== nation && loaded.network.missions[satellite.missionId]?.launch?.nation === nation;
  }).length;
}

function meanKnown(values: Float32Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Columns in the order of `LEDGER_STATES`. */
function ledgerRow([
  noPass = [],
  night = [],
  unknown = [],
  observable = [],
  taken = [],
]: readonly number[][]): LedgerByHour {
  return { noPass, night, unknown, observable: observable.map((count, hour) => count + (taken[hour] ?? 0)), taken };
}

function ledgerShares(counts: readonly number[][], cellHours: number): Summary["ledger"][string] {
  const { noPass, night, unknown, observable, taken } = ledgerRow(counts);
  const share = (row: readonly number[]) => row.reduce((sum, count) => sum + count, 0) / cellHours;
  return {
    observable01: share(observable),
    night01: share(night),
    noPass01: share(noPass),
    unknown01: share(unknown),
    taken01: share(taken),
  };
}

function passRow(pass: PassFigures, { network }: LoadedScenario, { data }: Setting): PassRow {
  const satellite = data.full.watch.fleet[pass.satellite];
  if (satellite === undefined) throw new RangeError(`no satellite ${pass.satellite} in the fleet`);
  const ground = groundIds(network)[pass.ground];
  const isDown = !Number.isNaN(pass.deliveredMs);
  return {
    satellite: satellite.name,
    catalogueNumber: satellite.catalogueNumber,
    mission: network.missions[satellite.missionId]?.name ?? satellite.missionId,
    nation: satellite.nation,
    kinds: SENSOR_KINDS.filter((_, kind) => (pass.kinds & (1 << kind)) !== 0),
    startMs: Math.round(pass.startMs),
    endMs: Math.round(pass.endMs),
    accessibleCells: pass.accessibleCells,
    takenCells: pass.takenCells,
    minOffNadirDeg: pass.minOffNadirDeg,
    sunElevationDeg: pass.sunElevationDeg,
    deliveredMs: isDown ? Math.round(pass.deliveredMs) : null,
    deliveredBy:
      isDown && ground !== undefined
        ? (network.stations[ground]?.name ?? network.relays?.[ground]?.name ?? ground)
        : null,
  };
}

function sensitivityRow({ figure, count, low, high }: Omit<SensitivityRow, "unit">): SensitivityRow {
  const unit = UNITS.find(([suffix]) => figure.endsWith(suffix))?.[1] ?? "";
  return { figure, unit, count, low, high };
}

/** Units stand in the names of figures. */
const UNITS: readonly (readonly [suffix: string, unit: string])[] = [
  ["Deg", "deg"],
  ["Km", "km"],
  ["Mbps", "Mbit/s"],
  ["Gbit", "Gbit"],
  ["Min", "min"],
  ["antennas", "antennas"],
  ["terminals", "terminals"],
  ["H", "h"],
  ["S", "s"],
  ["M", "m"],
];

function requestRows({ setting, base }: ResultParts): RequestRow[] {
  return setting.data.full.watch.requests.map((request, r): RequestRow => {
    const row = base.requests[r];
    const share = (count: number) => (row === undefined || row.cells === 0 ? 0 : count / row.cells);
    return {
      ...request,
      cells: row?.cells ?? 0,
      accessibleMet01: share(base.accessibleMet[r] ?? 0),
      takenMet01: share(row?.takenMet ?? 0),
      latencyMet01: row === undefined || row.withPicture === 0 ? null : share(row.latencyMet),
    };
  });
}

function unknownSatellites({ setting, swept }: ResultParts): UnknownSatellite[] {
  const { fleet } = setting.data.full.watch;
  return fleet.flatMap(({ name, catalogueNumber }, s): UnknownSatellite[] => {
    const satellite = { satellite: name, catalogueNumber };
    const stretches = swept.unknown.filter((stretch) => stretch.satellite === s);
    const [first] = stretches;
    if (first === undefined) return [];
    const lost = stretches.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs), 0) / MS_PER_HOUR;
    return [
      {
        ...satellite,
        code: first.code as UnknownSatellite["code"],
        hours: lost,
        detail: DETAIL[first.code] ?? first.code,
      },
    ];
  });
}

const DETAIL: Readonly<Record<string, string>> = {
  "no-elements": "no element set in the scenario's catalogues",
  stale: "the newest element set is too old at these instants",
  decayed: "SGP4 says that the satellite has decayed",
  "element-error": "SGP4 cannot use the element set",
};

function notesOf({ loaded, setting }: ResultParts): string[] {
  const { scenario } = loaded;
  const { sourced, assumed } = countFigures(loaded.network);
  const notes = [
    `Of the network's figures ${sourced} carry a source and ${assumed} are assumed: the list and the sensitivity table say which, and what they are worth.`,
    "Forecasts, plans and gap maps tell a violator when to move: they are owner-only by default.",
    "Gaps that begin or end with the span are counted as far as they were seen: the longest may be longer.",
    "Where a satellite's position is unknown, for want of elements or because they are too old, shares of hours are lower bounds and gaps upper bounds.",
    "Positions are those of SGP4 on the elements named: about a kilometre at epoch, several after a week; manoeuvres are not foreseen.",
  ];
  if (scenario.without !== undefined && scenario.without.length > 0)
    notes.push(`Left out by the scenario: ${scenario.without.join(", ")}.`);
  if (setting.data.table.rebaseMs !== 0) {
    notes.push(
      `EXERCISE: epochs are rebased by ${setting.data.table.rebaseMs / MS_PER_DAY} days. The tracks are those of the catalogue's own days, not of these dates.`,
    );
  }
  return notes;
}
