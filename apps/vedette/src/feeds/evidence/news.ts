/** Geocoded news reports in the layout of VIINA: one row an event as several media told it. Who is said to have done it is left out. */
import type { Located } from "@vedette/core/geo/located";
import type { Origin } from "@vedette/core/verify/evidence";
import { UNKNOWN_KIND } from "@vedette/core/verify/taxonomy";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import { placeOf } from "./places.ts";
import { type Columns, type CsvKind, columnsOf, gradeOf, lacking, type Read } from "./reader.ts";
import { Refused } from "./refusal.ts";
import type { ReadSetting } from "./setting.ts";
import { SourceTable } from "./source-table.ts";
import { Times } from "./times.ts";

/** Of VIINA's labels (0 or 1), the first that is set names the kind. */
const LABELS: readonly (readonly [string, string])[] = [
  ["t_uav", "drone-attack"],
  ["t_airstrike", "air-attack"],
  ["t_artillery", "fire-artillery"],
  ["t_ied", "explosion"],
  ["t_firefight", "fire-small-arms"],
  ["t_civcas", "harm-to-civilians"],
  ["t_property", "infrastructure"],
];

export function newsKind(setting: ReadSetting): CsvKind {
  return {
    form: "csv",
    open(header) {
      const columns = columnsOf(header);
      const missing = lacking(columns, ["date", "latitude", "longitude"]);
      if (missing !== undefined) return `no table of news in the layout of VIINA: ${missing}`;
      const sources = new SourceTable(setting.sources.values(), "news", columns);
      const times = new Map<EvidenceSource, Times>();
      return (cells): Read => {
        const cell = (name: string): string => (cells[columns.get(name) ?? -1] ?? "").trim();
        const source = sources.sourceOf(cells);
        if (source === undefined) return new Refused("unknown-source", "no table of a source fits this report");
        const where = locatedOf(source, cell, setting);
        if (where instanceof Refused) return where;
        const own = times.get(source) ?? new Times({ zone: source.time.zone ?? "UTC", latest: setting.latest });
        times.set(source, own);
        const when = own.dayAndClock(cell("date"), cell("time"), { date: "date", time: "time" });
        if (when instanceof Refused) return when;
        const text = cell("representative_text") || cell("text");
        const language = languageOf(text);
        const reports = Number(cell("n_reports"));
        const labelled = labelledKind(columns, cells);
        const worded = labelled === undefined ? setting.kindOfText?.(text) : undefined;
        const isWorded = worded !== undefined && worded !== UNKNOWN_KIND;
        return {
          form: source.form,
          kind: labelled ?? worded ?? UNKNOWN_KIND,
          where,
          when,
          origin: originOf(source, cell),
          grade: gradeOf(source),
          ...(text !== "" && { text }),
          ...(language !== undefined && { language }),
          measured: {
            ...(cell("sources_matching") !== "" && { media: cell("sources_matching") }),
            ...(Number.isInteger(reports) && reports > 0 && { reports }),
            // A machine's reading: a person may say otherwise.
            ...(isWorded && { kindBy: "words" }),
          },
        };
      };
    },
  };
}

/** A settlement's own extent where the table of places knows one near; otherwise what the source's table says. */
function locatedOf(source: EvidenceSource, cell: (name: string) => string, setting: ReadSetting): Located | Refused {
  const columns = { latitude: "latitude", longitude: "longitude" };
  const place = placeOf(cell("latitude"), cell("longitude"), columns, setting.area ?? source.area);
  if (place instanceof Refused) return place;
  const name = cell("asciiname") || cell("name");
  const known = setting.areas.find([name]);
  const isSame =
    known?.basis === "settlement" &&
    Math.hypot(
      known.latitudeDeg - place.latitudeDeg,
      (known.longitudeDeg - place.longitudeDeg) * Math.cos((place.latitudeDeg * Math.PI) / 180),
    ) *
      111.2 <
      5;
  const { basis, radiusKm } = source.place;
  return { ...place, radiusKm: isSame ? known.radiusKm : radiusKm.value, basis, ...(name !== "" && { name }) };
}

/** Media that told the same are one piece of evidence here, and the first of them speaks for it. */
function originOf(source: EvidenceSource, cell: (name: string) => string): Origin {
  const [medium] = cell("sources_matching").split("|");
  const [original, ...others] = cell("source_urls")
    .split("|")
    .map((url) => url.trim())
    .filter((url) => url !== "");
  return {
    source: source.id,
    operator: medium === undefined || medium === "" ? source.operator.id : medium,
    ...(original !== undefined && { original }),
    ...(others.length > 0 && { quotes: others }),
  };
}

function labelledKind(columns: Columns, cells: readonly string[]): string | undefined {
  for (const [label, kind] of LABELS) {
    const at = columns.get(label) ?? columns.get(`${label}_b`);
    if (at !== undefined && Number(cells[at]) >= 0.5) return kind;
  }
  return undefined;
}

/** Letters that one of the two languages alone has. */
function languageOf(text: string): string | undefined {
  if (/[іїєґІЇЄҐ]/.test(text)) return "uk";
  return /[ыэъёЫЭЪЁ]/.test(text) ? "ru" : undefined;
}
