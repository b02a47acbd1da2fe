/** What an import of evidence did, for people and for machines. */
import { isoOf } from "@vedette/core/time/instant";
import type { ImportedEvidence } from "../feeds/evidence/import-evidence.ts";
import type { Refusal } from "../feeds/evidence/refusal.ts";
import { textOf } from "../problem.ts";

const SHOWN = 10;

interface Into {
  readonly store: string;
  readonly isDryRun: boolean;
}

export function evidenceText(imported: ImportedEvidence, { store, isDryRun }: Into): string {
  const { file, records, added, duplicate, refused, readable, resumedAfter, span, feed } = imported;
  const counts = isDryRun
    ? [row(readable, "readable (dry run: nothing recorded)")]
    : [row(added, "added"), row(duplicate, `duplicate (in the log already)${resumed(resumedAfter)}`)];
  return [
    `${file.name}: ${records} records (${feed})${isDryRun ? "" : ` into ${store}`}`,
    ...counts,
    row(refused, "refused"),
    ...(span === undefined ? [] : [`From ${isoOf(span.start)} to ${isoOf(span.end)}`]),
    `SHA-256 ${file.sha256}`,
    ...(feed === "replies" && added > 0
      ? ["They answer their incidents with the next `vedette incident detect`."]
      : []),
  ].join("\n");
}

const resumed = (after: number | undefined): string =>
  after === undefined ? "" : `, ${after} of them by the run that this one goes on from`;

/** One line each, `file:line: column: why: value`. */
export function evidenceRefusals({ file, refusals, refused }: ImportedEvidence): string[] {
  const lines = refusals.slice(0, SHOWN).map((refusal) => refusalText(file.name, refusal));
  return refused > SHOWN
    ? [...lines, `... and ${refused - SHOWN} refused more: --refusals FILE writes them all`]
    : lines;
}

function refusalText(file: string, { line, column, message, value }: Refusal): string {
  const what = value === undefined ? message : `${message}: ${value}`;
  return textOf({ file, line, ...(column !== undefined && { path: column }), message: what });
}

export function evidenceJson(imported: ImportedEvidence, { store, isDryRun }: Into): string {
  const { span, isInterrupted: _, readable, ...rest } = imported;
  return JSON.stringify({
    ...rest,
    ...(isDryRun ? { dryRun: true, readable } : { store }),
    ...(span && { span: { start: isoOf(span.start), end: isoOf(span.end) } }),
  });
}

const row = (count: number, label: string): string => `${String(count).padStart(9)}  ${label}`;
