/** Air-raid alerts: an area and a span. An open one has begun and is known to last at least a second. */
import type { Interval } from "@vedette/core/time/instant";
import { MS_PER_DAY } from "@vedette/core/time/instant";
import { type CsvKind, columnsOf, gradeOf, lacking, type Read } from "./reader.ts";
import { Refused } from "./refusal.ts";
import type { ReadSetting } from "./setting.ts";
import { SourceTable } from "./source-table.ts";
import { Times } from "./times.ts";

/** Longer ones are a siren that nobody switched off, or a row that is wrong: Luhansk's has stood since April 2022. */
const LONGEST_DAYS = 3660;
/** From the finest: an alert speaks for the whole of what it names. */
const LEVELS = ["hromada", "raion", "oblast"] as const;

export function alertsKind(setting: ReadSetting): CsvKind {
  return {
    form: "csv",
    open(header) {
      const columns = columnsOf(header);
      const missing = lacking(columns, ["oblast", "started_at", "finished_at"]);
      if (missing !== undefined) return `no table of alerts: ${missing}`;
      const sources = new SourceTable(setting.sources.values(), "alerts", columns);
      const times = new Times({ zone: "UTC", latest: setting.latest });
      return (cells): Read => {
        const cell = (name: string): string => (cells[columns.get(name) ?? -1] ?? "").trim();
        const source = sources.sourceOf(cells);
        if (source === undefined) return new Refused("unknown-source", "no table of a source fits this alert");
        const names = LEVELS.map(cell);
        const area = setting.areas.find(names);
        const stated = names.filter((name) => name !== "").join(", ");
        if (area === undefined) {
          return new Refused("unknown-place", "no such area in the table of places", {
            column: "oblast",
            value: stated,
          });
        }
        const when = spanOf(times, cell("started_at"), cell("finished_at"));
        if (when instanceof Refused) return when;
        const { latitudeDeg, longitudeDeg, radiusKm } = area;
        const level = LEVELS.find((each) => cell(each) !== "") ?? "oblast";
        return {
          form: source.form,
          kind: "unknown",
          where: { latitudeDeg, longitudeDeg, radiusKm, basis: "area", name: stated },
          when: { start: when.start, end: when.end },
          origin: { source: source.id, operator: source.operator.id, sensor: area.name },
          grade: gradeOf(source),
          measured: {
            level: cell("level") || level,
            ...(when.isOpen ? { open: "yes" } : { durationS: (when.end - when.start) / 1000 }),
          },
        };
      };
    },
  };
}

function spanOf(times: Times, started: string, finished: string): (Interval & { isOpen: boolean }) | Refused {
  const start = times.moment(started, "started_at");
  if (start instanceof Refused) return start;
  if (finished === "") return { ...start, isOpen: true };
  const end = times.moment(finished, "finished_at");
  if (end instanceof Refused) return end;
  const refuse = (message: string) =>
    new Refused("time", message, { column: "finished_at", value: `${started} to ${finished}` });
  if (end.start < start.start) return refuse("an alert ends after it starts");
  if (end.start - start.start > LONGEST_DAYS * MS_PER_DAY) return refuse(`an alert of more than ${LONGEST_DAYS} days`);
  return { start: start.start, end: end.start > start.start ? end.start : start.end, isOpen: false };
}
