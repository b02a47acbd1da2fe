/** The shipped sensors, as the tests of core read them. */
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { modelOf, type SensorModel, type Worse } from "../src/sense/model.ts";
import type { Sensor, SensorTable } from "../src/sense/sensor-table.ts";

const FOLDER = new URL("../../../data/sensors/", import.meta.url);

export const TABLES: readonly SensorTable[] = readdirSync(FOLDER)
  .sort()
  .map((file) => parse(readFileSync(new URL(file, FOLDER), "utf8")) as SensorTable);

export const SENSORS: Readonly<Record<string, Sensor>> = Object.assign({}, ...TABLES.map(({ sensors }) => sensors));

export function shipped<M extends SensorModel["model"]>(
  id: string,
  model: M,
  worse?: Worse,
): Extract<SensorModel, { readonly model: M }> {
  const sensor = SENSORS[id];
  if (sensor === undefined || sensor.model !== model) throw new Error(`no shipped ${model} of id ${id}`);
  return modelOf(id, sensor, worse) as Extract<SensorModel, { readonly model: M }>;
}
