/** What every form of catalogue is read into: records, each accepted or refused. */
import type { MeanElements } from "@vedette/core/orbit/elements";

export type CatalogueFormat = "tle" | "omm-json" | "omm-csv" | "omm-xml" | "omm-kvn";

/** A record that was not accepted, and why. `text` is its beginning, safe to print. */
export interface RefusedRecord {
  readonly line: number;
  readonly column?: number;
  readonly code: string;
  readonly message: string;
  readonly text: string;
}

/** Where a format's reader puts every record: exactly one call each. */
export interface RecordSink {
  accept(elements: MeanElements): void;
  refuse(record: RefusedRecord): void;
}

/** A format's reader: the file's text in pieces cut anywhere. Never throws. */
export interface TextReader {
  push(text: string): void;
  end(): void;
}
