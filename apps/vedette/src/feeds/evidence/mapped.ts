/** Tables and maps that a mapping file explains: any CSV, any GeoJSON. */
import type { Located } from "@vedette/core/geo/located";
import type { Interval } from "@vedette/core/time/instant";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import type { FeedMapping, WordFrom } from "@vedette/wire/feeds-mapping";
import { middleOf } from "./geometry.ts";
import { numberOf, placeOf } from "./places.ts";
import { type CsvKind, columnsOf, gradeOf, type JsonKind, lacking, type Read, type Reading } from "./reader.ts";
import { Refused } from "./refusal.ts";
import type { ReadSetting } from "./setting.ts";
import { Times } from "./times.ts";

/** A record's fields by the mapping's own names of columns. */
type Field = (column: string) => unknown;
type Where = (field: Field, source: EvidenceSource) => Located | Refused;

export function mappedCsv(mapping: FeedMapping, setting: ReadSetting): CsvKind {
  const { place } = mapping;
  const { latitude = "latitude", longitude = "longitude" } = place;
  return {
    form: "csv",
    ...(mapping.separator !== undefined && { separator: mapping.separator }),
    open(header) {
      const columns = columnsOf(header);
      const missing = lacking(
        columns,
        [latitude, longitude, ...columnsNamed(mapping)].map((name) => name.toLowerCase()),
      );
      if (missing !== undefined) return `not as the mapping says: ${missing}`;
      const row = new MappedRow(mapping, setting, (field, source) =>
        located(placeOf(field(latitude), field(longitude), { latitude, longitude }, areaOf(mapping, setting, source)), {
          mapping,
          field,
          source,
        }),
      );
      const at = new Map<string, number>();
      const indexOf = (column: string): number => {
        const known = at.get(column) ?? columns.get(column.trim().toLowerCase()) ?? -1;
        at.set(column, known);
        return known;
      };
      return (cells) => row.read((column) => (cells[indexOf(column)] ?? "").trim());
    },
  };
}

export function mappedGeoJson(mapping: FeedMapping, setting: ReadSetting): JsonKind {
  const places = { latitude: "geometry", longitude: "geometry" };
  return {
    form: "json",
    key: "features",
    read(feature) {
      if (feature["type"] !== "Feature") {
        return new Refused("syntax", "expected a GeoJSON Feature", { column: "type", value: feature["type"] });
      }
      const middle = middleOf(feature["geometry"]);
      if (middle instanceof Refused) return middle;
      const properties = (feature["properties"] ?? {}) as Readonly<Record<string, unknown>>;
      const where: Where = (field, source) => {
        const place = placeOf(middle.latitudeDeg, middle.longitudeDeg, places, areaOf(mapping, setting, source));
        return located(place, { mapping, field, source, extentKm: middle.extentKm });
      };
      const row = new MappedRow(mapping, setting, where);
      return row.read((column) => (Object.hasOwn(properties, column) ? properties[column] : undefined));
    },
  };
}

const areaOf = (mapping: FeedMapping, setting: ReadSetting, source: EvidenceSource) =>
  setting.area ?? mapping.area ?? source.area;

/** Columns that must be there: what is optional in a row is not optional in the header. */
function columnsNamed({ time, event, text, original, quotes, place, measured = {}, ...rest }: FeedMapping): string[] {
  const words = [
    event,
    rest.sensor,
    rest.operator,
    rest.language,
    typeof rest.source === "string" ? undefined : rest.source,
  ];
  return [
    ...[time.column, time.clock, time.end, text, original, quotes, place.name, rest.direction?.column],
    ...[...words, place.radiusKm].map((from) => (from !== undefined && "column" in from ? from.column : undefined)),
    ...Object.values(measured).map(({ column }) => column),
  ].filter((column) => column !== undefined);
}

interface Placing {
  readonly mapping: FeedMapping;
  readonly field: Field;
  readonly source: EvidenceSource;
  /** Of a geometry that is more than a point. */
  readonly extentKm?: number;
}

function located(
  place: ReturnType<typeof placeOf>,
  { mapping, field, source, extentKm = 0 }: Placing,
): Located | Refused {
  if (place instanceof Refused) return place;
  const { radiusKm: from, basis, name } = mapping.place;
  const stated =
    from === undefined ? undefined : "value" in from ? from.value : numberOf(field(from.column), from.column);
  if (stated instanceof Refused && stated.code !== "missing") return stated;
  const factor = from !== undefined && "column" in from ? (from.times ?? 1) : 1;
  const own = stated === undefined || stated instanceof Refused ? undefined : stated * factor;
  if (own !== undefined && !(own > 0 && own <= 20_000)) {
    return new Refused("number", "expected a radius above 0 km", { column: "radiusKm", value: own });
  }
  const called = name === undefined ? "" : textOf(field(name));
  return {
    ...place,
    radiusKm: Math.max(own ?? (extentKm > 0 ? extentKm : source.place.radiusKm.value), extentKm),
    basis: basis ?? (extentKm > 0 ? "area" : source.place.basis),
    ...(called !== "" && { name: called }),
  };
}

class MappedRow {
  readonly #mapping: FeedMapping;
  readonly #setting: ReadSetting;
  readonly #where: Where;
  readonly #times = new Map<string, Times>();

  constructor(mapping: FeedMapping, setting: ReadSetting, where: Where) {
    this.#mapping = mapping;
    this.#setting = setting;
    this.#where = where;
  }

  read(field: Field): Read {
    const { source: from, event, text, original } = this.#mapping;
    const id = typeof from === "string" ? from : wordOf(from, field);
    if (id instanceof Refused) return id;
    const source = this.#setting.sources.get(id);
    if (source === undefined) return new Refused("unknown-source", "no table of a source has this id", { value: id });
    const where = this.#where(field, source);
    if (where instanceof Refused) return where;
    const when = this.#whenOf(field, source);
    if (when instanceof Refused) return when;
    const kind = wordOf(event, field);
    if (kind instanceof Refused) return kind;
    const measured = this.#measuredOf(field);
    if (measured instanceof Refused) return measured;
    const rest = this.#optional(field);
    if (rest instanceof Refused) return rest;
    const words = text === undefined ? "" : textOf(field(text));
    const address = original === undefined ? "" : textOf(field(original));
    const { sensor, operator, quotes, ...more } = rest;
    const origin = {
      source: source.id,
      operator: operator ?? source.operator.id,
      ...(sensor !== undefined && { sensor }),
      ...(address !== "" && { original: address }),
      ...(quotes !== undefined && { quotes }),
    };
    return {
      form: source.form,
      kind: kind === "" ? "unknown" : kind,
      where,
      when,
      origin,
      grade: gradeOf(source),
      ...(words !== "" && { text: words }),
      ...more,
      ...(Object.keys(measured).length > 0 && { measured }),
    };
  }

  #whenOf(field: Field, source: EvidenceSource): Interval | Refused {
    const { column, clock, end } = this.#mapping.time;
    const first = this.#moment(field(column), column, {
      source,
      ...(clock !== undefined && { clock: textOf(field(clock)) }),
    });
    if (first instanceof Refused || end === undefined || textOf(field(end)) === "") return first;
    const last = this.#moment(field(end), end, { source });
    if (last instanceof Refused) return last;
    if (last.end > first.start) return { start: first.start, end: last.end };
    return new Refused("time", "ends before it starts", { column: end, value: field(end) });
  }

  #moment(
    value: unknown,
    column: string,
    { source, clock }: { source: EvidenceSource; clock?: string },
  ): Interval | Refused {
    const { form = "iso", zone } = this.#mapping.time;
    const times = this.#timesIn(zone ?? source.time.zone);
    if (form === "epoch-s" || form === "epoch-ms") {
      const number = numberOf(value, column);
      return number instanceof Refused ? number : times.sinceEpoch(number, form === "epoch-s" ? 1000 : 1, column);
    }
    const text = textOf(value);
    if (text === "") return new Refused("missing", "is empty: expected a time", { column });
    const iso = form === "iso" ? text : isoFromDayMonthYear(text);
    if (clock !== undefined)
      return times.dayAndClock(iso, clock, { date: column, time: this.#mapping.time.clock ?? column });
    return times.moment(iso, column);
  }

  #timesIn(zone: string | undefined): Times {
    const known =
      this.#times.get(zone ?? "") ?? new Times({ latest: this.#setting.latest, ...(zone !== undefined && { zone }) });
    this.#times.set(zone ?? "", known);
    return known;
  }

  #measuredOf(field: Field): Record<string, number | string> | Refused {
    const measured: Record<string, number | string> = {};
    for (const [name, { column, times = 1, as = "number" }] of Object.entries(this.#mapping.measured ?? {})) {
      const value = field(column);
      if (value === undefined || value === null || value === "") continue;
      const number = as === "text" ? textOf(value) : numberOf(value, column);
      if (number instanceof Refused) return number;
      measured[name] = typeof number === "number" ? number * times : number;
    }
    return measured;
  }

  #optional(field: Field): Optional | Refused {
    const { sensor, operator, language, quotes, direction } = this.#mapping;
    const found: Record<string, unknown> = {};
    for (const [name, from] of Object.entries({ sensor, operator, language })) {
      const word = from === undefined ? "" : wordOf(from, field);
      if (word instanceof Refused) return word;
      if (word !== "") found[name] = word;
    }
    const quoted = quotes === undefined ? "" : textOf(field(quotes));
    if (quoted !== "") found["quotes"] = quoted.split(/[|\s]+/).filter((each) => each !== "");
    if (direction === undefined || textOf(field(direction.column)) === "") return found as Optional;
    const deg = numberOf(field(direction.column), direction.column);
    if (deg instanceof Refused) return deg;
    if (!(deg >= 0 && deg <= 360)) {
      return new Refused("number", "expected a direction from 0 to 360", { column: direction.column, value: deg });
    }
    const { of, plusMinusDeg } = direction;
    found["direction"] = { of, deg, ...(plusMinusDeg !== undefined && { plusMinusDeg }) };
    return found as Optional;
  }
}

type Optional = Partial<Pick<Reading, "language" | "direction">> & {
  readonly sensor?: string;
  readonly operator?: string;
  readonly quotes?: readonly string[];
};

function wordOf(from: WordFrom, field: Field): string | Refused {
  if ("value" in from) return from.value;
  const text = textOf(field(from.column));
  if (from.words === undefined) return text;
  const found =
    Object.entries(from.words).find(([word]) => word.toLowerCase() === text.toLowerCase())?.[1] ?? from.otherwise;
  if (found !== undefined) return found;
  return new Refused("kind", `is none of the mapping's words: ${Object.keys(from.words).slice(0, 12).join(", ")}`, {
    column: from.column,
    value: text,
  });
}

/** Text, a number or a truth value; a list or an object says nothing that a column could. */
const textOf = (value: unknown): string =>
  typeof value === "string"
    ? value.trim()
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : "";

/** `1.6.2022 16:10` and `01/06/2022`: the rest of the text as it is. */
function isoFromDayMonthYear(text: string): string {
  const [, day = "", month = "", year = "", rest = ""] = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(.*)$/.exec(text) ?? [];
  if (year === "") return text;
  const clock = rest.replace(/^[T,\s]+/, "");
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}${clock === "" ? "" : `T${clock}`}`;
}
