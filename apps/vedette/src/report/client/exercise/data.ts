/** What the exercise's page draws: the result as the page carries it, and the run's columns. */
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import type { NetworkOutcome } from "@vedette/wire/exercise-result-network";
import { valuesOf } from "../../packed.ts";
import { COLUMNS, type ColumnName, type ExerciseHead, type ReplayColumns } from "../../replay-packed.ts";

export type Charts = Omit<ExerciseResult, "inputs" | "assumed">;
export type Network = NetworkOutcome;

export interface PageData {
  readonly charts: Charts;
  readonly replay: ExerciseHead<Charts>["replay"];
  readonly columns: ReplayColumns;
}

/** Undoes pack.ts. */
export async function unpackExercise(base64: string): Promise<PageData> {
  const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const head: ExerciseHead<Charts> = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const columns = {} as Record<ColumnName, Int32Array>;
  let at = 4 + length;
  for (const [i, name] of COLUMNS.entries()) {
    const count = head.columns[i] ?? 0;
    const values = valuesOf(bytes.subarray(at, at + 4 * count), count, 4);
    for (let k = 1; k < count; k++) values[k] = (values[k] ?? 0) + (values[k - 1] ?? 0);
    columns[name] = values;
    at += 4 * count;
  }
  return { charts: head.charts, replay: head.replay, columns };
}
