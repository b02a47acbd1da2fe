/** Packs what the page's script draws; see report/replay-packed.ts for the layout. */
import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import { planesOf } from "../../report/packed.ts";
import { COLUMNS, type ExerciseHead, type Recording, type ReplayGround } from "../../report/replay-packed.ts";

/** The page asks nothing of single runs: they are in the JSON beside it. */
export type Charts = Omit<ExerciseResult, "inputs" | "assumed">;

export async function packExercise(
  result: ExerciseResult,
  recording: Recording | undefined,
  ground: ReplayGround,
): Promise<string> {
  const { inputs: _, assumed: __, ...charts } = result;
  const columns = COLUMNS.map((name) => recording?.columns[name] ?? new Int32Array(0));
  const head: ExerciseHead<Charts> = {
    charts: { ...charts, networks: charts.networks.map((network) => ({ ...network, runs: [] })) },
    replay: recording === undefined ? null : { ...recording.info, ground },
    columns: columns.map((column) => column.length),
  };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const planes = columns.map((column) => planesOf(differences(column), 4));
  return (await promisify(deflateRaw)(Buffer.concat([length, json, ...planes]), { level: 9 })).toString("base64");
}

const differences = (column: Int32Array): Int32Array => column.map((value, i) => value - (column[i - 1] ?? 0));
