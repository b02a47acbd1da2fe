/** What a kind of file is read by: a record's fields in, evidence or a refusal out. Who reads bytes knows no kind. */
import { hash } from "node:crypto";
import type { Evidence, Grade } from "@vedette/core/verify/evidence";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import type { Refused } from "./refusal.ts";

/** Evidence as its record says it: what it is known by and where it stood is added by the importer. */
export type Reading = Omit<Evidence, "id" | "ingest">;

/** One for most records; a patrol's form has several. */
export type Read = Reading | Refused | readonly (Reading | Refused)[];

export interface CsvKind {
  readonly form: "csv";
  readonly separator?: string;
  /** @returns why the file is none of this kind, or the reader of its rows */
  open(header: readonly string[]): string | ((cells: readonly string[]) => Read);
}

export interface JsonKind {
  readonly form: "json";
  /** The key that a list may stand under in a top-level object. */
  readonly key: string;
  readonly read: (value: Readonly<Record<string, unknown>>) => Read;
}

export interface EvidenceKind {
  /** The feed's name in the log: `firms`, `alerts`. */
  readonly feed: string;
  /** Says which reading this is, where the same file can be read in more than one way (a mapping). */
  readonly reading?: string;
  /** The kinds of the taxonomy: a record that names another is refused. None: any is taken. */
  readonly events?: ReadonlySet<string>;
  readonly files: { readonly csv?: CsvKind; readonly json?: JsonKind };
}

/** SHA-256, hexadecimal. */
export const sha256 = (data: string | Uint8Array): string => hash("sha256", data, "hex");

export const gradeOf = ({ grade }: EvidenceSource): Grade => ({
  source: grade.reliability,
  information: grade.credibility as Grade["information"],
});

/** The header's columns by lower-case name. */
export type Columns = ReadonlyMap<string, number>;

export const columnsOf = (header: readonly string[]): Columns =>
  new Map(header.map((name, i) => [name.trim().toLowerCase(), i]));

/** Which of the columns needed are not there, in words; none where all are. */
export function lacking(columns: Columns, needed: readonly string[]): string | undefined {
  const missing = needed.filter((name) => !columns.has(name));
  if (missing.length === 0) return undefined;
  const found = [...columns.keys()].slice(0, 20).join(", ");
  return `has no column ${missing.join(", no column ")}; found ${found.slice(0, 300)}`;
}
