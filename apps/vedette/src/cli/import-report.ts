/** What an import did, for people and for machines. */
import type { MeanElements } from "@vedette/core/orbit/elements";
import { ommEpochOf } from "@vedette/core/orbit/epoch";
import { type Instant, isoOf } from "@vedette/core/time/instant";
import type { Imported, ImportedObject } from "../feeds/catalogue/import.ts";
import type { Merged } from "../feeds/catalogue/store.ts";
import { textOf } from "../problem.ts";
import { shownPath } from "../scenario/paths.ts";

export interface ImportReport {
  readonly source: string;
  readonly target: string;
  readonly at: Instant;
  readonly staleAfterDays: number;
  readonly imported: Imported;
}

const SHOWN = 10;
const MERGED: readonly Merged[] = ["added", "replaced", "unchanged", "older"];

export function textOfImport({ source, target, at, staleAfterDays, imported }: ImportReport): string {
  const { objects, records, format, superseded, notSelected, refusedCount } = imported;
  const count = (merged: Merged) => objects.filter((object) => object.merged === merged).length;
  const optional = (number: number, label: string) => (number === 0 ? [] : [row(number, label)]);
  const stale = objects.filter(({ health }) => health.isStale);
  return [
    `${source}: ${records} records (${format}) into ${shownPath(target)}`,
    row(count("added"), "added"),
    row(count("replaced"), "replaced by newer elements"),
    row(count("unchanged"), "unchanged (same epoch)"),
    ...optional(count("older"), "older than what the catalogue has: kept that"),
    ...optional(superseded, "superseded by another record of the same file"),
    ...optional(notSelected, "not selected by --only"),
    row(refusedCount, "refused"),
    `At ${isoOf(at)}, of ${objects.length} objects read:`,
    row(stale.length, `stale (older than ${staleAfterDays} days)`),
    ...stale.slice(0, SHOWN).map(({ elements, health }) => item(elements, `${health.ageDays.toFixed(1)} days old`)),
    ...more(stale.length),
    ...faultRows(objects, "decayed", "decayed"),
    ...faultRows(objects, "element-error", "not computable by SGP4"),
  ].join("\n");
}

/** One line each, `file:line:column: why: text`, for stderr. */
export function refusalsOf({ source, imported: { refused, refusedCount, notFound } }: ImportReport): string[] {
  const lines = refused
    .slice(0, SHOWN)
    .map(({ text, message, ...place }) => textOf({ ...place, file: source, message: `${message}: ${text}` }));
  const missing = notFound.map((name) => `${source}: has no ${name}`);
  return [...lines, ...(refusedCount > SHOWN ? [`... and ${refusedCount - SHOWN} refused more`] : []), ...missing];
}

export function jsonOf({ source, target, at, staleAfterDays, imported }: ImportReport): string {
  const { objects, refused, refusedCount, format, records, superseded, notSelected, notFound } = imported;
  const brief = ({ name, catalogueNumber, epochUtcMs }: MeanElements) => ({
    name,
    catalogueNumber,
    epoch: `${ommEpochOf(epochUtcMs)}Z`,
  });
  const merged = MERGED.map((each) => [
    each,
    objects.filter((object) => object.merged === each).map(({ elements }) => brief(elements)),
  ]);
  const faults = (code: string) =>
    objects
      .filter(({ health }) => health.fault?.code === code)
      .map(({ elements, health }) => ({ ...brief(elements), why: health.fault?.message }));
  const stale = objects.filter(({ health }) => health.isStale);
  return JSON.stringify({
    source,
    target,
    format,
    at: isoOf(at),
    staleAfterDays,
    records,
    ...Object.fromEntries(merged),
    superseded,
    notSelected,
    notFound,
    refusedCount,
    refused,
    stale: stale.map(({ elements, health }) => ({ ...brief(elements), ageDays: health.ageDays })),
    decayed: faults("decayed"),
    notComputable: faults("element-error"),
  });
}

function faultRows(objects: readonly ImportedObject[], code: string, label: string): string[] {
  const faulty = objects.filter(({ health }) => health.fault?.code === code);
  if (faulty.length === 0 && code !== "decayed") return [];
  const items = faulty.slice(0, SHOWN).map(({ elements, health }) => item(elements, health.fault?.message ?? ""));
  return [row(faulty.length, label), ...items, ...more(faulty.length)];
}

const row = (count: number, label: string): string => `${String(count).padStart(9)}  ${label}`;
const item = ({ name, catalogueNumber }: MeanElements, why: string): string =>
  `           ${`${catalogueNumber} ${name}`.trimEnd()}: ${why}`;
const more = (count: number): string[] => (count > SHOWN ? [`           ... and ${count - SHOWN} more`] : []);
