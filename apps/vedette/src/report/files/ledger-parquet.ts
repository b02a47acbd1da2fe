/** `ledger.parquet`: the observability ledger as runs of equal state, one row a run. */
import { LEDGER_STATES } from "@vedette/core/access/ledger";
import type { Result } from "@vedette/wire/result";
import { parquetWriteBuffer } from "hyparquet-writer";
import { LEDGER_KINDS, markingLine } from "./labels.ts";

const MS_PER_HOUR = 3_600_000;

/**
 * Columns: cell (H3 index), kind, from and to (UTC, milliseconds, half-open), state, clear_sky_chance (mean of the cell over
 * the span's months; null where unknown; beside the geometric answer, never folded into it). The marking is in the file's
 * key-value metadata and in `created_by`: a column of it would be 100,000 equal words.
 */
export function ledgerParquet({ summary, cells, clearSky01, ledgerRuns }: Result): Uint8Array {
  const { cell, kind, fromH, toH, state } = ledgerRuns;
  const startMs = Date.parse(summary.start);
  const instantsMs = (hours: Uint16Array) => {
    const instants = new BigInt64Array(hours.length);
    for (let i = 0; i < hours.length; i++) instants[i] = BigInt(startMs + (hours[i] ?? 0) * MS_PER_HOUR);
    return instants;
  };
  const chances = Array.from(clearSky01, (value) => (Number.isNaN(value) ? null : value));
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: "cell", type: "STRING", nullable: false, data: namesOf(cells, cell) },
      { name: "kind", type: "STRING", nullable: false, data: namesOf(LEDGER_KINDS, kind) },
      { name: "from", type: "TIMESTAMP", nullable: false, data: instantsMs(fromH) },
      { name: "to", type: "TIMESTAMP", nullable: false, data: instantsMs(toH) },
      { name: "state", type: "STRING", nullable: false, data: namesOf(LEDGER_STATES, state) },
      { name: "clear_sky_chance", type: "FLOAT", data: Array.from(cell, (c) => chances[c] ?? null) },
    ],
    kvMetadata: [
      { key: "marking", value: summary.marking },
      ...(summary.label === null ? [] : [{ key: "label", value: summary.label }]),
      { key: "title", value: summary.title },
      { key: "start", value: summary.start },
      { key: "end", value: summary.end },
      { key: "input_sha256", value: summary.inputSha256 },
    ],
    createdBy: `${summary.software} (${markingLine(summary)})`,
    rowGroupSize: 200_000,
  });
  return new Uint8Array(bytes);
}

/** Names by index; hundreds of thousands of rows, so no closure a row. */
function namesOf(names: readonly string[], indices: Uint8Array | Uint32Array): string[] {
  const out = new Array<string>(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const name = names[indices[i] ?? -1];
    if (name === undefined) throw new RangeError(`ledger row refers to ${indices[i]}, beyond ${names.length} names`);
    out[i] = name;
  }
  return out;
}
