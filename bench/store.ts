/** Reports into a log by several clients at once: how many a second are on disk, and how long each batch waits for that. */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Marking } from "@vedette/core/record/marking";
import { instant } from "@vedette/core/time/instant";
import { openStore } from "../apps/vedette/src/store/open.ts";
import type { BatchDraft } from "../apps/vedette/src/store/store.ts";
import type { Inputs } from "./inputs.ts";
import { interleaved } from "./measure.ts";
import { type Row, rowsOf, short } from "./table.ts";

const CLIENTS = 8;
const BATCH = 100;
const SERVER = process.env["VEDETTE_BENCH_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/postgres";
const MARKING: Marking = { owner: "FRA", releasableTo: ["POL"], originatorControlled: false, use: "exercise" };
const START = instant(Date.UTC(2026, 5, 15));

interface Appended {
  readonly seconds: number;
  readonly reports: number;
  /** Milliseconds from asking to being told, the 95th of a hundred. */
  readonly late95Ms: number;
  readonly peakMiB: number;
}

/** @returns rows for SQLite, and for PostgreSQL where a server answers that may be written on */
export async function storeRows({ rounds, size }: Inputs): Promise<Row[]> {
  const batches = size.days < 7 ? 5 : 40;
  const secondsOf = ({ seconds }: Appended): number => seconds;
  const runs = [
    { by: "SQLite", scale: 1, secondsOf, run: () => withFolder((folder) => appended(join(folder, "log"), batches)) },
  ];
  if (hasServer()) runs.push({ by: "PostgreSQL", scale: 1, secondsOf, run: () => onServer(batches) });
  const measured = await interleaved(runs, rounds);
  const notes = measured.map(({ medianS, answer: { reports, late95Ms, peakMiB } }) => [
    `${short(reports / medianS)} reports/s durable`,
    `a batch waits ${short(late95Ms)} ms at the 95th percentile`,
    `process at most ${short(peakMiB)} MiB`,
  ]);
  if (measured.length === 1) notes[0]?.push(`PostgreSQL not measured: no server at ${SERVER}`);
  return rowsOf("Store", `${CLIENTS} clients, ${batches} batches of ${BATCH} reports each`, measured, notes);
}

async function appended(place: string, batches: number): Promise<Appended> {
  const store = await openStore(place, { create: true, node: "bench" });
  const waits: number[] = [];
  let peak = 0;
  try {
    const client = async (name: number): Promise<void> => {
      for (let i = 0; i < batches; i++) {
        const draft = draftOf(`${name}-${i}`);
        const began = performance.now();
        await store.appendBatch(draft);
        waits.push(performance.now() - began);
        peak = Math.max(peak, process.memoryUsage.rss());
      }
    };
    const startMs = performance.now();
    await Promise.all(Array.from({ length: CLIENTS }, (_, name) => client(name)));
    const seconds = (performance.now() - startMs) / 1000;
    const reports = await countOf(store);
    if (reports !== CLIENTS * batches * BATCH) throw new Error(`${place}: ${reports} reports are there`);
    waits.sort((a, b) => a - b);
    return {
      seconds,
      reports,
      late95Ms: waits[Math.floor(waits.length * 0.95)] ?? Number.NaN,
      peakMiB: peak / 2 ** 20,
    };
  } finally {
    await store.close();
  }
}

async function countOf(store: Awaited<ReturnType<typeof openStore>>): Promise<number> {
  let count = 0;
  for await (const { body } of store.events()) count += Number((body as { readonly count?: number }).count ?? 0);
  return count;
}

/** Reports as a feed brings them: some 500 bytes each. */
function draftOf(name: string): BatchDraft {
  return {
    type: "evidence.recorded",
    typeVersion: 1,
    at: { start: START, end: instant(START + 60_000) },
    actor: "bench",
    marking: MARKING,
    body: { feed: "bench" },
    members: Array.from({ length: BATCH }, (_, i) => ({
      key: `ev-${name}-${i}`,
      value: {
        id: `ev-${name}-${i}`,
        form: "report",
        kind: "fire-mortar",
        when: { start: START + i, end: START + i + 60_000 },
        where: { latitudeDeg: 48.5 + i / 1000, longitudeDeg: 37.9, radiusKm: 1.2, basis: "settlement" },
        origin: { source: "patrol", operator: "p-7" },
        text: "Three rounds heard from the north-east within two minutes; smoke over the tree line, no casualties seen. ".repeat(
          2,
        ),
      },
    })),
  };
}

async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-bench-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const psql = (text: string): boolean => spawnSync("psql", [SERVER, "-qXc", text], { stdio: "ignore" }).status === 0;
const hasServer = (): boolean => psql("SELECT 1");

/** In a schema of its own, dropped after. */
function onServer(batches: number): Promise<Appended> {
  const schema = `vedette_bench_${randomBytes(4).toString("hex")}`;
  return withFolder(async (folder) => {
    const place = new URL(SERVER);
    place.searchParams.set("schema", schema);
    place.searchParams.set("key", join(folder, "node.key"));
    try {
      return await appended(place.href, batches);
    } finally {
      psql(`DROP SCHEMA ${schema} CASCADE`);
    }
  });
}
