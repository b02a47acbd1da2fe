/** An exercise file and all that it names, read and checked: plain data that goes to every thread as it is. */
import { join } from "node:path";
import type { CloudGrid } from "@vedette/core/access/clear-sky";
import type { Agreement } from "@vedette/core/agreement/terms";
import type { Truce, TruceFile } from "@vedette/core/exercise/truce/truce";
import { truthKinds } from "@vedette/core/exercise/truth/from-truce";
import type { Climate } from "@vedette/core/exercise/weather/climate";
import type { Place } from "@vedette/core/geo/position";
import type { Sensor, SensorTable } from "@vedette/core/sense/sensor-table";
import type { TaxonomyFile } from "@vedette/core/verify/taxonomy";
import type { Exercise, ExerciseVariant } from "@vedette/wire/exercise";
import { jsonSchemaOf, misfitsOf } from "@vedette/wire/schemas";
import type { Weather } from "@vedette/wire/weather";
import type { World } from "@vedette/wire/world";
import { InputError, type Problem } from "../problem.ts";
import { readDataFile, yamlFilesIn } from "../scenario/data-file.ts";
import { type EvidenceSources, readEvidenceSources } from "../scenario/evidence-sources.ts";
import { problemsAgainst } from "../scenario/explain.ts";
import { readDocument, scenarioPathOf } from "../scenario/layers.ts";
import {
  type Cursor,
  childOf,
  descendantOf,
  entriesOf,
  itemsOf,
  plainOf,
  problemAt,
  rootCursor,
  textOf,
} from "../scenario/located.ts";
import { mergePatch } from "../scenario/merge-patch.ts";
import { folderOf, resolveReference, SHIPPED_ROOT } from "../scenario/paths.ts";
import { SHIPPED_TAXONOMY } from "../scenario/taxonomy.ts";
import { readTruce, SHIPPED_TRUCE } from "../scenario/truce.ts";
import { quoted, suggestionOf } from "../scenario/words.ts";
import { readAgreementOf } from "./agreement.ts";
import { misfitsIn } from "./fits.ts";
import { type Ground, readGround } from "./ground.ts";
import { type Nets, readNets } from "./nets.ts";
import { readSatellites, type SatellitePlan } from "./satellites.ts";
import { placesOf } from "./satellites-places.ts";

/** All of an exercise as plain data. */
export interface Plan {
  readonly id: string;
  readonly title: string;
  readonly exercise: Exercise;
  readonly sensors: Readonly<Record<string, Sensor>>;
  readonly sources: EvidenceSources;
  readonly taxonomy: TaxonomyFile;
  readonly ground: Ground;
  /** That its policies ask for. */
  readonly nets: Nets;
  readonly agreement?: Agreement;
  readonly truce?: Truce;
  /** As it is written, each figure with its source or why it was assumed. */
  readonly truceFile?: TruceFile;
  readonly line?: readonly Place[];
  readonly weather?: { readonly climate: Climate; readonly clouds: CloudGrid };
  readonly satellites?: SatellitePlan;
}

const SENSORS = join(SHIPPED_ROOT, "data", "sensors");
const EXERCISES = join(SHIPPED_ROOT, "scenarios", "exercises");
const VARIANTS = join(EXERCISES, "variants");
const CLIMATE = join(SHIPPED_ROOT, "data", "worlds", "ukraine-weather.yaml");
const WORLD = join(SHIPPED_ROOT, "data", "worlds", "ukraine-climate.yaml");
const ZONES = join(SHIPPED_ROOT, "data", "zones", "line-of-contact.yaml");

/** @param vary a shipped variant's name, or a variant file, laid over the exercise @throws InputError with every problem, each with its line */
export async function loadPlan(reference: string, vary?: string): Promise<Plan> {
  const path = await exercisePathOf(reference);
  const { root, problems } = await readDocument(path);
  if (root === undefined) throw new InputError(problems);
  const variant = vary === undefined ? undefined : await readVariant(vary);
  const laid = variant === undefined ? root : mergePatch(root, variant.patch.node);
  const cursor = rootCursor(laid, "patch", path);
  const exercise = checked(cursor);
  const [sensors, sources] = [await readSensors(), await readEvidenceSources()];
  const { value: taxonomy } = await readDataFile<TaxonomyFile>("taxonomy", SHIPPED_TAXONOMY);
  const names = { sensors: Object.keys(sensors), kinds: Object.keys(taxonomy.kinds), sources: [...sources.keys()] };
  const wrong = danglingNames(cursor, names, "truce" in exercise.world);
  if (wrong.length > 0) throw new InputError(wrong);
  const title = variant === undefined ? exercise.about.title : `${exercise.about.title}: ${variant.title}`;
  const weather = exercise.weather === undefined ? {} : await readWeather(cursor, exercise.weather, path);
  const ground = await readGround(cursor, exercise, path);
  const nets = await readNets(cursor, exercise, path);
  const agreement = await readAgreementOf(cursor, exercise);
  const truce: Pick<Plan, "truce" | "truceFile" | "line"> =
    "truce" in exercise.world ? await readTruceOf(cursor, exercise.world.truce, path) : {};
  const misfits = misfitsIn(cursor, exercise, truce.line, truce.truce && truthKinds(truce.truce).map(({ id }) => id));
  if (misfits.length > 0) throw new InputError(misfits);
  const at = childOf(cursor, "satellites");
  const choice = exercise.satellites;
  const satellites =
    at === undefined || choice === undefined
      ? {}
      : {
          satellites: await readSatellites({
            exercise,
            choice,
            at,
            path,
            sensors,
            places: placesOf({ exercise, ...truce }),
          }),
        };
  return {
    id: nameOf(path),
    title,
    exercise,
    sensors,
    sources,
    taxonomy,
    ground,
    nets,
    ...agreement,
    ...weather,
    ...truce,
    ...satellites,
  };
}

/** A shipped exercise's name, or a file. */
async function exercisePathOf(reference: string): Promise<string> {
  const shipped = (await yamlFilesIn(EXERCISES)).find((file) => nameOf(file) === reference);
  if (shipped !== undefined) return shipped;
  const path = await scenarioPathOf(reference);
  if (typeof path === "string") return path;
  const names = (await yamlFilesIn(EXERCISES)).map(nameOf);
  const message = `no such exercise: expected a file or a shipped one${suggestionOf(reference, names)}`;
  throw new InputError([{ ...path, message }]);
}

function checked(cursor: Cursor): Exercise {
  const kind = textOf(childOf(cursor, "kind"));
  if (kind !== undefined && kind !== "exercise") {
    throw new InputError([
      problemAt(childOf(cursor, "kind") as Cursor, `expected a file of kind exercise, found ${kind}`),
    ]);
  }
  const problems = problemsAgainst(jsonSchemaOf("exercise"), cursor);
  if (problems.length > 0) throw new InputError(problems);
  const value = plainOf(cursor.node);
  const misfits = misfitsOf("exercise", value).map(({ path, message }) => ({ ...problemAt(cursor, message), path }));
  if (misfits.length > 0) throw new InputError(misfits);
  return value as Exercise;
}

async function readVariant(path: string): Promise<{ title: string; patch: Cursor }> {
  const shipped = (await yamlFilesIn(VARIANTS)).find((file) => nameOf(file) === path);
  const { value, cursor } = await readDataFile<ExerciseVariant>("exercise-variant", shipped ?? path);
  const patch = childOf(cursor, "patch");
  if (patch?.node.kind !== "map") throw new InputError([problemAt(patch ?? cursor, "expected a map: what is changed")]);
  return { title: value.title, patch };
}

async function readSensors(): Promise<Record<string, Sensor>> {
  const tables = await Promise.all(
    (await yamlFilesIn(SENSORS)).map(async (file) => (await readDataFile<SensorTable>("sensors", file)).value.sensors),
  );
  return Object.assign({}, ...tables);
}

async function readWeather(
  root: Cursor,
  { climate, world }: NonNullable<Exercise["weather"]>,
  path: string,
): Promise<Pick<Plan, "weather">> {
  const at = childOf(root, "weather") as Cursor;
  const { value: air } = await readDataFile<Weather>("weather", named(climate, CLIMATE, at, path));
  const { value, cursor } = await readDataFile<World>("world", named(world, WORLD, at, path));
  if (value.cloud === undefined) throw new InputError([problemAt(cursor, "expected a cloud grid")]);
  return { weather: { climate: air, clouds: value.cloud } };
}

interface Names {
  readonly sensors: readonly string[];
  readonly kinds: readonly string[];
  readonly sources: readonly string[];
}

function danglingNames(root: Cursor, { sensors, kinds, sources }: Names, hasLine: boolean): Problem[] {
  const missing = (at: Cursor | undefined, what: string, names: readonly string[]): Problem[] => {
    const name = textOf(at);
    if (at === undefined || name === undefined || names.includes(name)) return [];
    return [problemAt(at, `no ${what} ${quoted(name)}${suggestionOf(name, names)}`)];
  };
  const ofGroups = entriesOf(childOf(root, "groups")).flatMap(([, group]) => [
    ...missing(childOf(group, "sensor"), "sensor", sensors),
    ...missing(childOf(group, "declaredBy"), "source in data/sources", sources),
    ...oneOfTwo(group, "sensor", "plain"),
    ...oneOfTwo(group, "places", "along"),
    ...(hasLine ? [] : lineless(childOf(group, "along"))),
  ]);
  const ofSatellites = entriesOf(descendantOf(root, "satellites", "sensors")).flatMap(([, sensor]) =>
    missing(sensor, "sensor", sensors),
  );
  const ofKinds = entriesOf(descendantOf(root, "world", "plain", "kinds")).flatMap(([, kind]) =>
    missing(childOf(kind, "taxonomy"), "kind of the taxonomy", kinds),
  );
  const areas = entriesOf(childOf(root, "areas")).map(([id]) => id);
  const named = itemsOf(descendantOf(root, "policy", "areas")).flatMap((area) => missing(area, "area", areas));
  return [
    ...ofGroups,
    ...ofSatellites,
    ...ofKinds,
    ...named,
    ...(hasLine ? [] : lineless(childOf(root, "areasAlong"))),
  ];
}

function oneOfTwo(group: Cursor, a: string, b: string): Problem[] {
  const [x, y] = [childOf(group, a), childOf(group, b)];
  return (x === undefined) === (y === undefined) ? [problemAt(group, `expected either ${a} or ${b}`, "key")] : [];
}

const lineless = (at: Cursor | undefined): Problem[] =>
  at === undefined ? [] : [problemAt(at, "only the world of a truce has a line to stand along", "key")];

type TruceChoice = Extract<Exercise["world"], { truce: unknown }>["truce"];

async function readTruceOf(
  root: Cursor,
  choice: TruceChoice,
  path: string,
): Promise<{ truce: Truce; truceFile: TruceFile; line: Place[] }> {
  const at = descendantOf(root, "world", "truce") as Cursor;
  const from = named(choice.file, SHIPPED_TRUCE, at, path);
  const truce = await readTruce(from);
  const { value: truceFile } = await readDataFile<TruceFile>("truce", from);
  if (truce.regimes[choice.regime] === undefined) {
    const names = Object.keys(truce.regimes);
    const regime = childOf(at, "regime") ?? at;
    throw new InputError([
      problemAt(regime, `no regime ${quoted(choice.regime)}${suggestionOf(choice.regime, names)}`),
    ]);
  }
  const { value } = await readDataFile<ZonesFile>("zones", named(choice.zones, ZONES, at, path));
  const line = value.zones[choice.zone]?.line;
  if (line === undefined || line.length < 2) {
    const names = Object.entries(value.zones).flatMap(([id, zone]) => (zone.line === undefined ? [] : [id]));
    throw new InputError([
      problemAt(childOf(at, "zone") ?? at, `no line ${quoted(choice.zone)}${suggestionOf(choice.zone, names)}`),
    ]);
  }
  return { truce, truceFile, line: line.map(({ latitudeDeg, longitudeDeg }) => ({ latitudeDeg, longitudeDeg })) };
}

interface ZonesFile {
  readonly zones: Readonly<Record<string, { readonly line?: readonly Place[] }>>;
}

/** A file beside the exercise, or a shipped one. */
function named(reference: string | undefined, shipped: string, at: Cursor, path: string): string {
  if (reference === undefined) return shipped;
  const resolved = resolveReference(reference, folderOf(path));
  if ("refused" in resolved) throw new InputError([problemAt(at, resolved.refused)]);
  return resolved.path;
}

function nameOf(path: string): string {
  const parts = path.split(/[\\/]/);
  const last = (parts.at(-1) ?? "exercise").replace(/\.ya?ml$/, "");
  return last === "exercise" || last === "scenario" ? (parts.at(-2) ?? last) : last;
}
