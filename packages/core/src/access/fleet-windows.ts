/** Windows of many satellites over many sites, under constraints that all hold: passes in bulk, then what is left to ask in them. */
import type { Site } from "../geo/position.ts";
import type { MeanElements } from "../orbit/elements.ts";
import type { StateTable, Unknown } from "../orbit/ephemeris.ts";
import { type TableOptions, tabulate } from "../orbit/table.ts";
import { type Interval, instant } from "../time/instant.ts";
import { type FleetPasses, type FleetQuery, findFleetPasses } from "./fleet-passes.ts";
import type { LookConstraints } from "./look-constraints.ts";
import { assertAskable, masksOf, type Windows, windowsAmong } from "./windows.ts";

export interface FleetWindowQuery {
  readonly satellites: readonly MeanElements[];
  readonly sites: readonly Site[];
  readonly span: Interval;
  readonly constraints: Omit<LookConstraints, "lineOfSight">;
  /** States of those to be in line of sight of a satellite, by its place in the list; none: no such constraint. */
  relaysOf?(satellite: number): readonly StateTable[];
  readonly options: TableOptions;
}

/** One satellite over one site; places in the query's lists. */
export interface PairWindows extends Windows {
  readonly satellite: number;
  readonly site: number;
  /** Where the satellite's own position is unknown; `unknown` has its relays' too. */
  readonly ownUnknown: readonly Unknown[];
}

/** Passes of so many satellites are held at a time. */
const BATCH = 64;
/** Constraints that passes alone decide. */
const BY_PASSES: readonly (keyof LookConstraints)[] = ["minElevationDeg", "incidenceDeg"];

/**
 * Every pair, satellite by satellite; work is done as pairs are taken. Edges of elevation are SGP4's to a millisecond, others
 * within a few of the interpolated states. @throws RangeError as `findWindows` does
 */
export function* findFleetWindows(query: FleetWindowQuery): Generator<PairWindows> {
  const { satellites, span } = query;
  for (const [s] of satellites.entries()) assertAskable(constraintsOf(query, s), span, []);
  for (let from = 0; from < satellites.length; from += BATCH) yield* batchOf(query, from);
}

function constraintsOf({ constraints, relaysOf }: FleetWindowQuery, satellite: number): LookConstraints {
  return relaysOf === undefined ? constraints : { ...constraints, lineOfSight: relaysOf(satellite) };
}

function* batchOf(query: FleetWindowQuery, from: number): Generator<PairWindows> {
  const { sites, span, options } = query;
  const satellites = query.satellites.slice(from, from + BATCH);
  const batch = new BatchPasses({ ...query, satellites });
  for (const [s, elements] of satellites.entries()) {
    const asked = constraintsOf(query, from + s);
    const unknown = batch.unknownOf(s);
    const isDecided = Object.keys(asked).every((key) => BY_PASSES.includes(key as keyof LookConstraints));
    let table: StateTable | undefined;
    for (const [k, site] of sites.entries()) {
      const isOpen = unknown.length > 0 || batch.above(s, k, masksOf(asked).lowDeg).length > 0;
      if (isOpen && !isDecided) table ??= tabulate(elements, span, options);
      const found = isOpen
        ? windowsAmong(
            { table: table ?? { ...NO_STATES, unknown }, site, span, constraints: asked },
            (maskDeg, station) => (station === undefined ? batch.above(s, k, maskDeg) : batch.aboveStation(s, station)),
          )
        : NOTHING;
      yield { satellite: from + s, site: k, ownUnknown: unknown, ...found };
    }
  }
}

const NOTHING: Windows = { windows: [], unknown: [] };

/** Where passes decide, no state is read. */
const NO_STATES: Omit<StateTable, "unknown"> = {
  firstMs: 0,
  stepMs: 1,
  count: 0,
  rEcefKm: new Float64Array(0),
  vEcefKmps: new Float64Array(0),
};

/** Passes of some satellites above every mask that matters, over the sites and over the contact stations. */
class BatchPasses {
  readonly #byMask = new Map<number, PassIndex>();
  readonly #stations: PassIndex;

  constructor({ satellites, sites, span, constraints, options }: FleetWindowQuery) {
    const query = { satellites, span, options };
    const { lowDeg, highDeg } = masksOf(constraints);
    for (const maskDeg of highDeg === undefined ? [lowDeg] : [lowDeg, highDeg]) {
      const masked = sites.map((site) => ({ site, maskDeg }));
      this.#byMask.set(maskDeg, new PassIndex({ ...query, sites: masked }));
    }
    this.#stations = new PassIndex({ ...query, sites: constraints.stationContact ?? [] });
  }

  above(satellite: number, site: number, maskDeg: number): readonly Interval[] {
    return this.#byMask.get(maskDeg)?.of(satellite, site) ?? [];
  }

  aboveStation(satellite: number, station: number): readonly Interval[] {
    return this.#stations.of(satellite, station);
  }

  unknownOf(satellite: number): readonly Unknown[] {
    return this.#stations.unknownOf(satellite);
  }
}

/** Rows of passes, found by satellite and site. */
class PassIndex {
  readonly #passes: FleetPasses;
  readonly #first: Uint32Array;
  readonly #sites: number;

  constructor(query: FleetQuery) {
    this.#passes = findFleetPasses(query);
    this.#sites = query.sites.length;
    const { count, satellite, site } = this.#passes;
    this.#first = new Uint32Array(query.satellites.length * this.#sites + 1);
    for (let i = 0; i < count; i++) {
      const pair = (satellite[i] as number) * this.#sites + (site[i] as number);
      this.#first[pair + 1] = i + 1;
    }
    for (let p = 1; p < this.#first.length; p++) {
      this.#first[p] = Math.max(this.#first[p] as number, this.#first[p - 1] as number);
    }
  }

  of(satellite: number, site: number): Interval[] {
    const pair = satellite * this.#sites + site;
    const [from, to] = [this.#first[pair] as number, this.#first[pair + 1] as number];
    const { startMs, endMs } = this.#passes;
    return Array.from({ length: to - from }, (_, i) => ({
      start: instant(startMs[from + i] as number),
      end: instant(endMs[from + i] as number),
    }));
  }

  unknownOf(satellite: number): readonly Unknown[] {
    return this.#passes.unknown[satellite] ?? [];
  }
}
