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
  const rows = Array.from(cell, (_, i) => i);
  const instants = (hours: Uint16Array) => BigInt64Array.from(hours, (hour) => BigInt(startMs + hour * MS_PER_HOUR));
  const chance = (i: number) => {
    const value = clearSky01[cell[i] ?? -1];
    return value === undefined || Number.isNaN(value) ? null : value;
  };
  const bytes = parquetWriteBuffer({
    columnData: [
      { name: "cell", type: "STRING", nullable: false, data: rows.map((i) => named(cells, cell[i])) },
      { name: "kind", type: "STRING", nullable: false, data: rows.map((i) => named(LEDGER_KINDS, kind[i])) },
      { name: "from", type: "TIMESTAMP", nullable: false, data: instants(fromH) },
      { name: "to", type: "TIMESTAMP", nullable: false, data: instants(toH) },
      { name: "state", type: "STRING", nullable: false, data: rows.map((i) => named(LEDGER_STATES, state[i])) },
      { name: "clear_sky_chance", type: "FLOAT", data: rows.map(chance) },
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

function named(names: readonly string[], index: number | undefined): string {
  const name = names[index ?? -1];
  if (name === undefined) throw new RangeError(`ledger row refers to ${index}, beyond ${names.length} names`);
  return name;
}
