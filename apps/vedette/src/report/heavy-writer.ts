/** The thread's shell for one heavy file: receive a result, write, send the bytes back. */
import { parentPort, workerData } from "node:worker_threads";
import type { Result } from "@vedette/wire/result";
import { coverageGeojson } from "./files/coverage-geojson.ts";
import { ledgerParquet } from "./files/ledger-parquet.ts";

const HEAVY = { "coverage.geojson": coverageGeojson, "ledger.parquet": ledgerParquet } as const;
export type HeavyFile = keyof typeof HEAVY;

const { name, result }: { readonly name: HeavyFile; readonly result: Result } = workerData;
parentPort?.postMessage(HEAVY[name](result));
