/** The folder `firms`: thermal anomalies with or without time and power, and land use on a grid. Files are told by their columns. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LandUse } from "@vedette/core/verify/baseline-land-use";
import type { DatedPoints } from "@vedette/core/verify/baseline-points";
import { parseDay, yearOf } from "@vedette/core/verify/claim-day";
import type { Looks } from "@vedette/core/verify/observable";
import type { Columns } from "../feeds/evidence/reader.ts";
import { type CsvRow, readCsv } from "./csv-table.ts";
import { Growing } from "./growing.ts";
import type { FeedNotes } from "./notes.ts";

export interface FirmsFolder {
  readonly points: DatedPoints;
  readonly looks?: Looks;
  readonly landUse?: LandUse;
  /** Oblast codes on a grid of 0.1 degrees, and the alerts' names for them. */
  readonly oblasts?: OblastGrid;
}

export interface OblastGrid {
  readonly codes: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

const f32 = (length: number) => new Float32Array(length);
const i32 = (length: number) => new Int32Array(length);

class Collector {
  readonly undated = pointColumns();
  readonly timed = {
    ...pointColumns(),
    minuteOfDay: new Growing((n) => new Int16Array(n)),
    frpMw: new Growing(f32),
    sensor: new Growing((n) => new Uint8Array(n)),
  };
  readonly sensors: string[] = [];
  readonly landUse = { latitudeDeg: new Growing(f32), longitudeDeg: new Growing(f32), shares01: new Growing(f32) };
  classes = 0;
  readonly codes = new Map<string, string>();
  readonly names = new Map<string, string>();
  readonly #days = new Map<string, number | undefined>();

  dayOf(text: string): number | undefined {
    if (!this.#days.has(text)) this.#days.set(text, parseDay(text));
    return this.#days.get(text);
  }
}

const pointColumns = () => ({
  latitudeDeg: new Growing(f32),
  longitudeDeg: new Growing(f32),
  day: new Growing(i32),
});

export const gridKey = (latitudeDeg: number, longitudeDeg: number): string =>
  `${Math.round(latitudeDeg * 10)}/${Math.round(longitudeDeg * 10)}`;

/** @throws InputError where a file cannot be read as text; rows that make no sense are counted in the notes */
export async function readFirms(folder: string, notes: FeedNotes, signal?: AbortSignal): Promise<FirmsFolder> {
  const out = new Collector();
  for (const name of (await readdir(folder)).filter((each) => /\.csv$/i.test(each)).sort()) {
    let read: ((row: CsvRow) => boolean) | undefined;
    await readCsv(
      join(folder, name),
      join(folder, name),
      {
        header(columns) {
          read = readerOf(columns, out);
          if (read === undefined) notes.passOver("firms", name);
          return read !== undefined;
        },
        row(row) {
          if (read?.(row)) notes.take("firms", name);
          else notes.refuse("firms", name, row.line);
        },
        refuse: (line) => notes.refuse("firms", name, line),
      },
      signal,
    );
  }
  return folderOf(out);
}

function readerOf(columns: Columns, out: Collector): ((row: CsvRow) => boolean) | undefined {
  const has = (...names: string[]): boolean => names.every((name) => columns.has(name));
  if (has("latitude", "longitude", "acq_date", "acq_time")) return (row) => readTimed(row, out);
  if (has("latitude", "longitude", "acq_date")) return (row) => readUndated(row, out);
  if (has("latitude", "longitude", "land_use_class_0")) {
    const classes = [...columns.keys()].filter((name) => name.startsWith("land_use_class_"));
    out.classes = classes.length;
    return (row) => readLandUse(row, classes, out);
  }
  if (has("latitude", "longitude", "oblast_id"))
    return (row) => {
      const place = placeOf(row);
      if (place === undefined) return false;
      out.codes.set(gridKey(place[0], place[1]), row.cell("oblast_id"));
      return true;
    };
  if (has("oblast_id", "name_en"))
    return (row) => {
      out.names.set(row.cell("oblast_id"), row.cell("name_en"));
      return true;
    };
  return undefined;
}

function placeOf(row: CsvRow): readonly [number, number] | undefined {
  const [latitude, longitude] = [row.cell("latitude"), row.cell("longitude")];
  const [lat, lon] = [Number(latitude), Number(longitude)];
  const isFine = latitude !== "" && longitude !== "" && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  return isFine ? [lat, lon] : undefined;
}

function readUndated(row: CsvRow, out: Collector): boolean {
  const place = placeOf(row);
  const day = out.dayOf(row.cell("acq_date"));
  if (place === undefined || day === undefined) return false;
  pushPoint(out.undated, place, day);
  return true;
}

function pushPoint(to: ReturnType<typeof pointColumns>, [lat, lon]: readonly [number, number], day: number): void {
  to.latitudeDeg.push(lat);
  to.longitudeDeg.push(lon);
  to.day.push(day);
}

function readTimed(row: CsvRow, out: Collector): boolean {
  const place = placeOf(row);
  const day = out.dayOf(row.cell("acq_date"));
  const minute = minuteOf(row.cell("acq_time"));
  if (place === undefined || day === undefined || minute === undefined) return false;
  pushPoint(out.timed, place, day);
  out.timed.minuteOfDay.push(minute);
  const power = row.cell("frp");
  out.timed.frpMw.push(power === "" ? Number.NaN : Number(power));
  const sensor = [row.cell("instrument"), row.cell("satellite")].filter((name) => name !== "").join(" ");
  if (!out.sensors.includes(sensor)) out.sensors.push(sensor);
  out.timed.sensor.push(out.sensors.indexOf(sensor));
  return true;
}

/** `0906`, `906` or `09:06`. */
function minuteOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,2}):?(\d{2})$/.exec(text.padStart(3, "0")) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  return minute >= 0 && minute < 1440 ? minute : undefined;
}

function readLandUse(row: CsvRow, classes: readonly string[], out: Collector): boolean {
  const place = placeOf(row);
  const shares = classes.map((name) => Number(row.cell(name)));
  if (place === undefined || shares.some((share) => !(share >= 0 && share <= 1))) return false;
  out.landUse.latitudeDeg.push(place[0]);
  out.landUse.longitudeDeg.push(place[1]);
  for (const share of shares) out.landUse.shares01.push(share);
  return true;
}

const GRID_DEG = 0.1;

function folderOf(out: Collector): FirmsFolder {
  const { undated, timed, landUse, sensors, classes, codes, names } = out;
  const day = timed.day.done();
  const looks: Looks = {
    latitudeDeg: timed.latitudeDeg.done(),
    longitudeDeg: timed.longitudeDeg.done(),
    day,
    minuteOfDay: timed.minuteOfDay.done(),
    frpMw: timed.frpMw.done(),
    sensor: timed.sensor.done(),
    sensors,
  };
  return {
    points: allPoints(undated, looks),
    ...(day.length > 0 && { looks }),
    ...(classes > 0 && {
      landUse: {
        latitudeDeg: landUse.latitudeDeg.done(),
        longitudeDeg: landUse.longitudeDeg.done(),
        shares01: landUse.shares01.done(),
        classes,
        cellDeg: GRID_DEG,
      },
    }),
    ...(codes.size > 0 && { oblasts: { codes, names } }),
  };
}

/** Rows with time are the same pixels again, where a year also has rows without: they count only where it has none. */
function allPoints(undated: Collector["undated"], looks: Looks): DatedPoints {
  const years = new Set<number>();
  const days = undated.day.done();
  for (const day of days) years.add(yearOf(day));
  for (let i = 0; i < looks.day.length; i++) {
    if (years.has(yearOf(looks.day[i] as number))) continue;
    pushPoint(undated, [looks.latitudeDeg[i] as number, looks.longitudeDeg[i] as number], looks.day[i] as number);
  }
  return {
    latitudeDeg: undated.latitudeDeg.done(),
    longitudeDeg: undated.longitudeDeg.done(),
    day: undated.day.done(),
  };
}
