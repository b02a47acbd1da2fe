/** Thermal anomalies as NASA FIRMS ships them: MODIS and VIIRS columns, headers in either case, also stripped to place and date. */
import { pixelRadiusKm } from "@vedette/core/geo/pixel";
import type { Grade } from "@vedette/core/verify/evidence";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import { numberOf, placeOf } from "./places.ts";
import { type Columns, type CsvKind, columnsOf, lacking, type Read, type Reading } from "./reader.ts";
import { Refused } from "./refusal.ts";
import type { ReadSetting } from "./setting.ts";
import { gradeOfRow, SourceTable, sensorOf } from "./source-table.ts";
import { Times } from "./times.ts";

/** FIRMS's names, ours with units, and whether it is a number. VIIRS calls its two channels I4 and I5. */
const MEASURED: readonly (readonly [string, string, "number" | "text"])[] = [
  ["frp", "frpMw", "number"],
  ["brightness", "brightnessK", "number"],
  ["bright_ti4", "brightnessK", "number"],
  ["bright_t31", "brightnessLongK", "number"],
  ["bright_ti5", "brightnessLongK", "number"],
  ["scan", "scanKm", "number"],
  ["track", "trackKm", "number"],
  ["confidence", "confidence", "text"],
  ["daynight", "dayNight", "text"],
  ["type", "type", "text"],
  ["version", "version", "text"],
];

export function firmsKind(setting: ReadSetting): CsvKind {
  return {
    form: "csv",
    open(header) {
      const columns = columnsOf(header);
      const missing = lacking(columns, ["latitude", "longitude", "acq_date"]);
      if (missing !== undefined) return `no FIRMS table: ${missing}`;
      const rows = new FirmsRows(columns, setting);
      return (cells) => rows.read(cells);
    },
  };
}

class FirmsRows {
  readonly #columns: Columns;
  readonly #setting: ReadSetting;
  readonly #sources: SourceTable;
  readonly #times = new Map<EvidenceSource, Times>();
  readonly #radii = new Map<string, number>();
  readonly #origins = new Map<string, Reading["origin"]>();
  readonly #grades = new Map<string, Grade>();
  readonly #measured: readonly (readonly [number, string, string, "number" | "text"])[];

  constructor(columns: Columns, setting: ReadSetting) {
    this.#columns = columns;
    this.#setting = setting;
    this.#sources = new SourceTable(setting.sources.values(), "firms", columns);
    this.#measured = MEASURED.flatMap(([column, name, form]) => {
      const at = columns.get(column);
      return at === undefined ? [] : [[at, column, name, form] as const];
    });
  }

  read(cells: readonly string[]): Read {
    const cell = (name: string): string => (cells[this.#columns.get(name) ?? -1] ?? "").trim();
    const source = this.#sources.sourceOf(cells);
    if (source === undefined) {
      const value = [cell("instrument"), cell("satellite")].join(" ").trim();
      return new Refused("unknown-source", "no table of a source fits this instrument", {
        column: "instrument",
        value,
      });
    }
    const place = placeOf(cell("latitude"), cell("longitude"), PLACE, this.#setting.area ?? source.area);
    if (place instanceof Refused) return place;
    const when = this.#timesOf(source).dayAndClock(cell("acq_date"), cell("acq_time"), TIME);
    if (when instanceof Refused) return when;
    const measured = this.#measuredIn(cells);
    if (measured instanceof Refused) return measured;
    const radiusKm = this.#radiusOf(source, measured);
    if (radiusKm instanceof Refused) return radiusKm;
    const { basis } = source.place;
    return {
      form: source.form,
      kind: "unknown",
      where: { ...place, radiusKm, basis },
      when,
      origin: this.#originOf(source, cell("satellite")),
      grade: this.#gradeOf(source, cells),
      ...(this.#measured.length > 0 && { measured }),
    };
  }

  #timesOf(source: EvidenceSource): Times {
    const known =
      this.#times.get(source) ?? new Times({ zone: source.time.zone ?? "UTC", latest: this.#setting.latest });
    this.#times.set(source, known);
    return known;
  }

  #measuredIn(cells: readonly string[]): Record<string, number | string> | Refused {
    const measured: Record<string, number | string> = {};
    for (const [at, column, name, form] of this.#measured) {
      const value = (cells[at] ?? "").trim();
      if (value === "") continue;
      if (form === "text") measured[name] = value;
      else {
        const number = numberOf(value, column);
        if (number instanceof Refused) return number;
        measured[name] = number;
      }
    }
    return measured;
  }

  /** The pixel as the row gives it, or the largest that the instrument has; nothing known of it: the table's radius. */
  #radiusOf({ place }: EvidenceSource, measured: Readonly<Record<string, number | string>>): number | Refused {
    const across = Number(measured["scanKm"] ?? place.pixel?.acrossKm.value ?? Number.NaN);
    const along = Number(measured["trackKm"] ?? place.pixel?.alongKm.value ?? Number.NaN);
    if (Number.isNaN(across) || Number.isNaN(along)) return place.radiusKm.value;
    if (!(across > 0 && along > 0 && across < 100 && along < 100)) {
      return new Refused("number", "expected a pixel above 0 and below 100 km", {
        column: "scan",
        value: `${across} x ${along}`,
      });
    }
    const key = `${across}/${along}/${place.geolocationKm?.value ?? 0}`;
    const known = this.#radii.get(key);
    if (known !== undefined) return known;
    if (this.#radii.size > 65_536) this.#radii.clear();
    const radius = Math.hypot(pixelRadiusKm(across, along), place.geolocationKm?.value ?? 0);
    // Metres are more than enough.
    const rounded = Math.ceil(radius * 1000) / 1000;
    this.#radii.set(key, rounded);
    return rounded;
  }

  #originOf(source: EvidenceSource, satellite: string): Reading["origin"] {
    const key = `${source.id}\n${satellite}`;
    const known = this.#origins.get(key);
    if (known !== undefined) return known;
    const sensor = sensorOf(source, satellite);
    const origin = { source: source.id, operator: source.operator.id, ...(sensor !== undefined && { sensor }) };
    if (this.#origins.size < 1000) this.#origins.set(key, origin);
    return origin;
  }

  #gradeOf(source: EvidenceSource, cells: readonly string[]): Grade {
    const key = `${source.id}\n${cells[this.#columns.get("confidence") ?? -1] ?? ""}`;
    const known = this.#grades.get(key) ?? gradeOfRow(source, this.#columns, cells);
    if (this.#grades.size < 1000) this.#grades.set(key, known);
    return known;
  }
}

const PLACE = { latitude: "latitude", longitude: "longitude" } as const;
const TIME = { date: "acq_date", time: "acq_time" } as const;
