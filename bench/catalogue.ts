/** A whole catalogue: every object every minute of a day, in threads; and every object at one instant. */
import { existsSync, readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { FleetQuery } from "@vedette/core/access/fleet-passes";
import type { Steps } from "@vedette/core/orbit/bulk";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { linesOf } from "@vedette/core/orbit/lines";
import { isRefusal } from "@vedette/core/orbit/refusal";
import { swarmOf } from "@vedette/core/orbit/swarm";
import { parseTle } from "@vedette/core/orbit/tle";
import { instant, MS_PER_DAY } from "@vedette/core/time/instant";
import { kernelOf, type Machine, type Memory, sharedMemoryOf } from "@vedette/kernel/kernel";
import { frameInBrowser, hasBrowser } from "./browser.ts";
import { type Inputs, MASK_DEG, START, siteAt, TABLE } from "./inputs.ts";
import { scratchBytes, stateBytes } from "./kernel-states.ts";
import type { Share } from "./kernel-worker.ts";
import { type Contestant, interleaved } from "./measure.ts";
import type { PassCount } from "./passes-worker.ts";
import type { PeerAnswer, PeerJob } from "./peer-catalogue-worker.ts";
import { randomOf } from "./random.ts";
import { type Row, rowsOf, short } from "./table.ts";
import { VoidBench, within } from "./void.ts";

/** A catalogue of some fifteen thousand objects, as CelesTrak gives it: no part of the project. */
const WHOLE = new URL("../../shared/data/catalogue/active-2026-06-14.tle", import.meta.url);
const THREADS = 4;
const STEPS: Steps = { firstMs: START, stepMs: 60_000, count: 1440 };
/** The peer's memory holds the results of so many at a time. */
const PEER_BATCH = 4_000;
const SITES = 100;
const SAME_STATE_KM = 0.001;

export async function catalogueRows(inputs: Inputs): Promise<Row[]> {
  if (!existsSync(WHOLE)) {
    process.stderr.write(`bench: no catalogue at ${WHOLE.pathname}: its rows are left out\n`);
    return [];
  }
  const satellites = readAll(inputs.size.run.days === 1 ? 1_000 : Number.POSITIVE_INFINITY);
  return [
    ...(await stateRows(inputs, satellites)),
    ...(await frameRows(inputs, satellites)),
    ...(await passRows(inputs, satellites)),
  ];
}

function readAll(most: number): MeanElements[] {
  const lines = readFileSync(WHOLE, "utf8").split(/\r?\n/);
  return lines.flatMap((line1, i) => {
    if (!line1.startsWith("1 ") || i >= 3 * most) return [];
    const elements = parseTle({ name: lines[i - 1] ?? "", line1, line2: lines[i + 1] ?? "" });
    return isRefusal(elements) ? [] : [elements];
  });
}

/** Positions of the last batch's satellites at every 61st step: stride 3, ECEF, km. */
type Sample = ArrayLike<number>;
interface Answer {
  readonly sample: Sample;
}

async function stateRows({ rounds }: Inputs, satellites: readonly MeanElements[]): Promise<Row[]> {
  const team = await teamOf(satellites);
  const peer = await peerOf(satellites);
  const measured = await interleaved<Answer>(
    [
      { by: "Vedette", scale: 1, run: team.run },
      { by: "satellite.js, WebAssembly", scale: 1, run: async () => (await answerOf(peer, "go")) as PeerAnswer },
    ],
    Math.min(rounds, 3),
  );
  await Promise.all([team.end(), peer.terminate()]);
  const [ours, theirs] = measured.map(({ answer }) => answer) as [Answer, PeerAnswer];
  const worst = worstKm(ours.sample, theirs.sample);
  within("catalogue", worst, SAME_STATE_KM, "km");
  const agreement = `${short(theirs.setUpS)} s of it set-up, on one thread; within ${short(worst * 1000)} m of ours`;
  const rates = measured.map(({ medianS }) => short((satellites.length * STEPS.count) / medianS / 1e6));
  return rowsOf(
    "Whole catalogue",
    `${short(satellites.length)} objects, ECEF position and velocity every minute of a day, ${THREADS} threads`,
    measured,
    [[`${rates[0]} million states/s`], [`${rates[1]} million states/s`, agreement]],
  );
}

/** Where both have an answer. */
function worstKm(ours: Sample, theirs: Sample): number {
  let worst = ours.length === theirs.length ? 0 : Number.NaN;
  for (let k = 0; k < ours.length; k += 3) {
    const [dx, dy, dz] = [0, 1, 2].map((j) => (ours[k + j] as number) - (theirs[k + j] as number));
    const off = Math.hypot(dx as number, dy as number, dz as number);
    if (off > worst) worst = off;
  }
  return worst;
}

/** Threads on one memory, each with its share of the satellites, waiting for the word. */
async function teamOf(satellites: readonly MeanElements[]) {
  const machine = globalThis as unknown as Machine;
  const memory = sharedMemoryOf(machine);
  if (memory === undefined) throw new Error("this machine has no shared memory");
  const scratch = Math.ceil(scratchBytes(STEPS) / 65_536) * 65_536;
  const first = 65_536 + THREADS * scratch;
  const bytes = stateBytes(STEPS);
  memory.grow(Math.ceil((first + satellites.length * bytes) / 65_536));
  const workers = await Promise.all(
    Array.from({ length: THREADS }, (_, t) =>
      workerOf("kernel-worker.ts", shareOf(satellites, memory, t, { scratch, first })),
    ),
  );
  return {
    run: async (): Promise<Answer> => {
      await Promise.all(workers.map((worker) => answerOf(worker, "go")));
      return {
        sample: sampleOf(
          satellites.length,
          (s) => new Float64Array(memory.buffer, first + placeOf(satellites.length, s) * bytes, bytes / 8),
        ),
      };
    },
    end: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}

/** Satellites are dealt out in turn: those that stand together in a catalogue cost alike. Where satellite s then lies: */
function placeOf(count: number, s: number): number {
  const t = s % THREADS;
  let before = 0;
  for (let u = 0; u < t; u++) before += Math.ceil((count - u) / THREADS);
  return before + Math.floor(s / THREADS);
}

function shareOf(
  satellites: readonly MeanElements[],
  memory: Memory,
  t: number,
  { scratch, first }: { readonly scratch: number; readonly first: number },
): Share {
  return {
    memory,
    scratch: { start: 65_536 + t * scratch, end: 65_536 + (t + 1) * scratch },
    satellites: satellites.filter((_, s) => s % THREADS === t),
    steps: STEPS,
    out: first + placeOf(satellites.length, t) * stateBytes(STEPS),
  };
}

async function workerOf(file: string, workerData: Share | PeerJob | FleetQuery): Promise<Worker> {
  const worker = new Worker(new URL(file, import.meta.url), { workerData });
  await answerOf(worker);
  return worker;
}

function answerOf(worker: Worker, word?: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    if (word !== undefined) worker.postMessage(word);
  });
}

function sampleOf(count: number, statesOf: (s: number) => Float64Array): Sample {
  const stride = stateBytes(STEPS) / 48;
  const sample: number[] = [];
  for (let s = PEER_BATCH * Math.floor((count - 1) / PEER_BATCH); s < count; s++) {
    const states = statesOf(s);
    for (let i = 0; i < STEPS.count; i += 61) {
      for (let axis = 0; axis < 3; axis++) sample.push(states[axis * stride + i] as number);
    }
  }
  return sample;
}

function peerOf(satellites: readonly MeanElements[]): Promise<Worker> {
  const lines = satellites.map((each) => linesOf(each) as [string, string]);
  const job: PeerJob = { lines, steps: STEPS, threads: THREADS, batch: PEER_BATCH };
  return workerOf("peer-catalogue-worker.ts", job);
}

async function frameRows({ rounds }: Inputs, satellites: readonly MeanElements[]): Promise<Row[]> {
  const swarm = swarmOf(satellites, kernelOf(globalThis as unknown as Machine));
  const slow = swarmOf(satellites, undefined);
  let frame = 0;
  // Frames follow one another: a sixtieth of a second at a thousand times the clock.
  const next = () => START + frame++ * 16_667;
  const secondsOf = (seconds: number) => seconds;
  const contestants: Contestant<number>[] = [
    { by: "Vedette in Node", scale: 1, run: () => framesOf(() => void swarm.statesAt(next()), 60), secondsOf },
    { by: "satellite.js, JavaScript", scale: 1, run: () => framesOf(() => void slow.statesAt(next()), 3), secondsOf },
  ];
  if (hasBrowser()) {
    contestants.push({ by: "Vedette in Chromium", scale: 1, run: () => frameInBrowser(satellites, START), secondsOf });
  }
  const measured = await interleaved(contestants, Math.min(rounds, 3));
  const work = `${short(satellites.length)} objects at one instant, ECEF position and velocity, one thread`;
  return rowsOf("One frame", work, measured, [
    ["median of 60"],
    ["median of 3"],
    ["timed in the page, median of 20 tens"],
  ]);
}

/** Passes over a hundred sites in a day: in threads, and in one, which must find the same. */
async function passRows({ rounds, seed }: Inputs, satellites: readonly MeanElements[]): Promise<Row[]> {
  const random = randomOf(seed + 3);
  const sites = Array.from({ length: SITES }, (_, i) => ({ site: siteAt(i, random), maskDeg: MASK_DEG }));
  const span = { start: START, end: instant(START + MS_PER_DAY) };
  const teams = await Promise.all(
    [THREADS, 1].map((threads) => passTeamOf(satellites, { sites, span, options: TABLE }, threads)),
  );
  const measured = await interleaved(
    teams.map(({ threads, run }) => ({ by: `Vedette, ${threads} threads`, scale: 1, run })),
    Math.min(rounds, 3),
  );
  await Promise.all(teams.map(({ end }) => end()));
  const [four, one] = measured.map(({ answer }) => answer) as [PassCount, PassCount];
  if (four.passes !== one.passes) throw new VoidBench(`${four.passes} passes in threads, ${one.passes} in one`);
  within("passes in threads", Math.abs(four.seconds - one.seconds), 0.001, "s");
  const pairs = satellites.length * SITES;
  const work = `${short(satellites.length)} objects x ${SITES} sites x 1 day, mask ${MASK_DEG} deg, edges polished on SGP4`;
  return rowsOf(
    "Passes of a whole catalogue",
    work,
    measured,
    measured.map(({ medianS }, i) => [
      `${short((medianS * 1e6 * (i === 0 ? THREADS : 1)) / pairs)} us of a thread per satellite, site and day`,
      `${short(four.passes)} passes; ${short(four.unknown)} objects unknown for some of the day`,
    ]),
  );
}

async function passTeamOf(satellites: readonly MeanElements[], query: Omit<FleetQuery, "satellites">, threads: number) {
  const workers = await Promise.all(
    Array.from({ length: threads }, (_, t) =>
      workerOf("passes-worker.ts", { ...query, satellites: satellites.filter((__, s) => s % threads === t) }),
    ),
  );
  return {
    threads,
    run: async (): Promise<PassCount> => {
      const told = (await Promise.all(workers.map((worker) => answerOf(worker, "go")))) as PassCount[];
      const sum = (key: keyof PassCount) => told.reduce((total, part) => total + part[key], 0);
      return { passes: sum("passes"), seconds: sum("seconds"), unknown: sum("unknown") };
    },
    end: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}

/** Median seconds of a frame. */
function framesOf(draw: () => void, frames: number): number {
  const seconds = Array.from({ length: frames }, () => {
    const start = performance.now();
    draw();
    return (performance.now() - start) / 1000;
  }).sort((a, b) => a - b);
  return seconds[frames >> 1] ?? Number.NaN;
}
