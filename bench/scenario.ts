/** The reference scenario from the command line to the written report: wall time and peak memory of the whole process. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Inputs } from "./inputs.ts";
import { interleaved } from "./measure.ts";
import { type Row, rowsOf, short } from "./table.ts";

const VEDETTE = fileURLToPath(new URL("../apps/vedette/bin/vedette.mjs", import.meta.url));
/** Asks the process itself, at its end: no tool of the system is needed. Threads are in it, children not. */
const TELL_USAGE =
  'import { writeSync } from "node:fs"; import { isMainThread } from "node:worker_threads";' +
  'if (isMainThread) process.on("exit", () => writeSync(3, JSON.stringify(process.resourceUsage())));';

interface Ended {
  readonly peakMiB: number;
  /** Of all threads together: hardly moved by what else the machine does. */
  readonly processorS: number;
}

export async function scenarioRows({ size, rounds }: Inputs): Promise<Row[]> {
  const { days, threads, scenarioRounds } = size.run;
  const measured = await interleaved(
    threads.map((count) => ({
      by: `Vedette, ${count} threads`,
      scale: 1,
      run: () => vedetteRun(count, days),
      // A fresh process each time: there is nothing to warm.
      warm: () => {},
    })),
    Math.min(rounds, scenarioRounds),
  );
  const notes = measured.map(({ answer }) => [
    `${short(answer.processorS)} s of processor time`,
    `peak memory ${short(Math.round(answer.peakMiB))} MiB`,
  ]);
  return rowsOf("Reference scenario", `line-of-contact, ${days} days, to the written report`, measured, notes);
}

async function vedetteRun(threads: number, days: number): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-bench-"));
  try {
    const child = spawn(
      process.execPath,
      [
        "--import",
        `data:text/javascript,${encodeURIComponent(TELL_USAGE)}`,
        VEDETTE,
        "run",
        "line-of-contact",
        "--no-serve",
        ...["--out", join(folder, "out"), "--days", String(days), "--threads", String(threads)],
      ],
      { stdio: ["ignore", "ignore", "pipe", "pipe"] },
    );
    const said: string[] = [];
    const usage: string[] = [];
    child.stdio[2]?.on("data", (bytes) => said.push(String(bytes)));
    child.stdio[3]?.on("data", (bytes) => usage.push(String(bytes)));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`vedette run ended with ${code}: ${said.join("").trim()}`);
    const { maxRSS, userCPUTime, systemCPUTime }: NodeJS.ResourceUsage = JSON.parse(usage.join(""));
    // Kilobytes and microseconds, on every system.
    return { peakMiB: maxRSS / 1024, processorS: (userCPUTime + systemCPUTime) / 1e6 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
