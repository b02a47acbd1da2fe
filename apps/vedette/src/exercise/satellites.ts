/** Satellites of a scenario over an exercise's own days: read, and swept once for all runs, on all threads. */
import { availableParallelism } from "node:os";
import { gridOfPlaces } from "@vedette/core/access/grid";
import { groundIds, readyCase } from "@vedette/core/coalition/assess";
import type { WatchedPlaces } from "@vedette/core/exercise/satellites/places";
import {
  type LookingSensor,
  mergeParts,
  type PartTask,
  type SatelliteSky,
} from "@vedette/core/exercise/satellites/sky";
import { cellAt } from "@vedette/core/geo/cells";
import { cellsOf } from "@vedette/core/geo/zone";
import { type FleetSatellite, fleetOf } from "@vedette/core/network/fleet";
import type { SensorKind } from "@vedette/core/network/network";
import { type LookRequest, lookSensorsOf } from "@vedette/core/plan/sensors";
import type { Sensor } from "@vedette/core/sense/sensor-table";
import { type Interval, instant, interval, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import type { Exercise } from "@vedette/wire/exercise";
import { shared } from "../engine/memory.ts";
import { ThreadPool } from "../engine/pool.ts";
import { groundOf, rebaseOf } from "../engine/setting.ts";
import { InputError } from "../problem.ts";
import { type LoadedScenario, loadScenario } from "../scenario/load.ts";
import { type Cursor, childOf, problemAt } from "../scenario/located.ts";
import { folderOf, resolveReference, shippedScenarioPath, shippedScenarios } from "../scenario/paths.ts";
import { quoted, suggestionOf } from "../scenario/words.ts";
import type { SweptPlaces } from "./satellites-places.ts";
import type * as worker from "./satellites-worker.ts";

/** One sensor of one satellite, beside what it can do: whose it is, and which sensor of data/sensors stands for it. */
export interface NamedSensor {
  readonly nation: string;
  readonly mission: string;
  readonly kind: SensorKind;
  readonly sensor: string;
}

export interface SatellitePlan {
  readonly sky: SatelliteSky;
  readonly places: WatchedPlaces;
  readonly requests: readonly LookRequest[];
  /** In the order of `sky.sensors`. */
  readonly sensors: readonly NamedSensor[];
  readonly leadS: number;
  readonly share01: number;
}

type Choice = NonNullable<Exercise["satellites"]>;

export interface SatelliteOrder {
  readonly exercise: Exercise;
  readonly choice: Choice;
  /** The exercise's `satellites`, for what is wrong in it. */
  readonly at: Cursor;
  /** Of the exercise's file. */
  readonly path: string;
  readonly sensors: Readonly<Record<string, Sensor>>;
  readonly places: SweptPlaces;
}

const LEAD_S = 21_600;
/** A pixel above it is one of the coarse radiometers. */
const FINE_PIXEL_M = 500;

/** Variants of one exercise mostly share their satellites: each sky is swept once. */
const swept = new Map<string, Promise<SatellitePlan>>();

/** @throws InputError for a scenario that is not there, and one that asks for nothing here */
export async function readSatellites(order: SatelliteOrder): Promise<SatellitePlan> {
  const { choice, exercise, places } = order;
  const path = scenarioOf(order);
  const key = JSON.stringify([path, exercise.start, exercise.days, choice, Array.from(places.latitudeDeg)]);
  const known = swept.get(key) ?? planOf(order, path);
  swept.set(key, known);
  // What failed is tried again: its file may have been put right.
  known.catch(() => swept.delete(key));
  return known;
}

function scenarioOf({ choice, at, path }: SatelliteOrder): string {
  const shipped = shippedScenarioPath(choice.scenario);
  if (shipped !== undefined) return shipped;
  const resolved = resolveReference(choice.scenario, folderOf(path));
  if ("path" in resolved) return resolved.path;
  const near = suggestionOf(choice.scenario, shippedScenarios());
  const cursor = childOf(at, "scenario") ?? at;
  throw new InputError([problemAt(cursor, `no scenario ${quoted(choice.scenario)}${near}; ${resolved.refused}`)]);
}

async function planOf(order: SatelliteOrder, path: string): Promise<SatellitePlan> {
  const { exercise, choice, places } = order;
  const loaded = await loadScenario(path, { start: exercise.start, days: exercise.days });
  const without = [...new Set([...(loaded.scenario.without ?? []), ...(choice.without ?? [])])];
  const start = parseInstant(exercise.start);
  const span = interval(start, instant(start + exercise.days * MS_PER_DAY));
  const requests = Object.entries(loaded.requests.requests).map(([id, { note: _, ...request }]) => ({
    id,
    ...request,
  }));
  const fleet = fleetOf(loaded.network, loaded.elements, start);
  const watched = { ...places, asked: askedOf(loaded, requests, places) };
  if (watched.asked.every((bits) => bits === 0)) {
    const cursor = childOf(order.at, "scenario") ?? order.at;
    throw new InputError([
      problemAt(cursor, `none of ${requests.length} requests of the scenario asks for a place of this exercise`),
    ]);
  }
  const ready = readyCase(
    { fleet, span, requests, cellRequests: watched.asked, cellKm: places.stepKm },
    { network: loaded.network, without, contacts: 0 },
  );
  const { looking, named } = sensorsOf(order, loaded, { fleet, requests, active: ready.strength.active });
  const sky = await sweep({ loaded, fleet, span, looking, usable: ready.ground.map(({ usable }) => usable), places });
  const { satellites, ground } = ready;
  return {
    sky: mergeParts(sky, { span, satellites, ground, sensors: looking }, shared),
    places: watched,
    requests,
    sensors: named,
    leadS: choice.leadS ?? LEAD_S,
    share01: choice.share01 ?? 1,
  };
}

/** Bit r: the place lies in a cell of request r's zone. */
function askedOf(
  { zones, scenario }: LoadedScenario,
  requests: readonly LookRequest[],
  { latitudeDeg, longitudeDeg }: SweptPlaces,
): Uint32Array {
  const resolution = scenario.h3Resolution;
  const cells = new Map(Object.entries(zones.zones).map(([id, zone]) => [id, new Set(cellsOf(zone, resolution))]));
  return Uint32Array.from(latitudeDeg, (latitude, p) => {
    const cell = cellAt({ latitudeDeg: latitude, longitudeDeg: longitudeDeg[p] as number }, resolution);
    return requests.reduce((bits, { zone }, r) => (cells.get(zone)?.has(cell) === true ? bits | (1 << r) : bits), 0);
  });
}

interface Fleet {
  readonly fleet: readonly FleetSatellite[];
  readonly requests: readonly LookRequest[];
  readonly active: readonly boolean[];
}

/** Every imaging sensor of every satellite that is left; listeners locate emitters, and see nothing. */
function sensorsOf(
  { choice, sensors: models }: SatelliteOrder,
  { network, elements: _ }: LoadedScenario,
  { fleet, requests, active }: Fleet,
): { looking: LookingSensor[]; named: NamedSensor[] } {
  const [looking, named]: [LookingSensor[], NamedSensor[]] = [[], []];
  for (const [satellite, { id, missionId, nation, elements }] of fleet.entries()) {
    if (active[satellite] !== true || elements === undefined) continue;
    const ids = network.missions[missionId]?.sensors ?? [];
    for (const [k, look] of lookSensorsOf(network, missionId, requests).entries()) {
      const own = network.sensors[ids[k] as string];
      if (own === undefined || own.kind === "rf") continue;
      const resolutionM = own.resolutionM.value;
      const heat = resolutionM <= FINE_PIXEL_M ? "heat-375" : "heat-1000";
      const sensor = choice.sensors?.[own.kind] ?? (own.kind === "thermal" ? heat : own.kind);
      if (models[sensor] === undefined) throw new RangeError(`no sensor ${sensor}`);
      looking.push({ id: `${id}/${ids[k]}`, satellite, look, resolutionM });
      named.push({ nation, mission: missionId, kind: own.kind, sensor });
    }
  }
  return { looking, named };
}

interface SweepOrder {
  readonly loaded: LoadedScenario;
  readonly fleet: readonly FleetSatellite[];
  readonly span: Interval;
  readonly looking: readonly LookingSensor[];
  readonly usable: readonly boolean[];
  readonly places: SweptPlaces;
}

/** Small enough that threads end together. */
const CHUNK = 4;

async function sweep({ loaded, fleet, span, looking, usable, places }: SweepOrder) {
  const { network, elements, scenario } = loaded;
  // The sky of an exercise is one that there could be: elements are moved to its days, and do not grow old.
  const rebaseMs = rebaseOf({ ...loaded, scenario: { ...scenario, rebaseEpochs: true } }, span.start);
  const table = { staleAfterMs: Number.POSITIVE_INFINITY, rebaseMs };
  const index = new Map(groundIds(network).map((id, i) => [id, i]));
  const tasks = fleet.flatMap(({ elements: own, missionId, planned }, satellite): PartTask[] => {
    const mission = network.missions[missionId];
    const sensors = looking.flatMap((sensor, i) =>
      sensor.satellite === satellite ? [{ index: i, look: sensor.look }] : [],
    );
    if (own === undefined || mission === undefined || sensors.length === 0) return [];
    const ground = [...mission.stations, ...(mission.relays ?? [])].flatMap((id) => index.get(id) ?? []);
    return [
      {
        satellite,
        elements: own,
        table: planned ? { staleAfterMs: Number.POSITIVE_INFINITY } : table,
        sensors,
        ground: ground.filter((i) => usable[i] === true),
      },
    ];
  });
  const data: worker.SweepData = {
    span,
    grid: gridOfPlaces(placesOf(places), shared),
    ground: groundOf(network, elements),
    relayOptions: table,
  };
  const pool = new ThreadPool<Pick<typeof worker, "sweepTask">>(
    new URL("./satellites-worker.ts", import.meta.url),
    data,
    Math.max(1, Math.min(availableParallelism(), Math.ceil(tasks.length / CHUNK))),
  );
  try {
    const chunks = Array.from({ length: Math.ceil(tasks.length / CHUNK) }, (_, i) =>
      tasks.slice(CHUNK * i, CHUNK * (i + 1)),
    );
    return (await Promise.all(chunks.map((chunk) => pool.run("sweepTask", chunk)))).flat();
  } finally {
    await pool.close();
  }
}

const placesOf = ({ latitudeDeg, longitudeDeg }: SweptPlaces) =>
  Array.from(latitudeDeg, (latitude, p) => ({ latitudeDeg: latitude, longitudeDeg: longitudeDeg[p] as number }));
