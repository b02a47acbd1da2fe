/** States of many satellites at equal steps, Earth-fixed: what everything else stands on. */
import type { Steps } from "@vedette/core/orbit/bulk";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { linesOf } from "@vedette/core/orbit/lines";
import { positionInto, tabulate } from "@vedette/core/orbit/table";
import type { Interval } from "@vedette/core/time/instant";
import { kernelOf, type Machine } from "@vedette/kernel/kernel";
import {
  BulkPropagator,
  createSingleThreadRuntime,
  EcfPositionCalculator,
  EcfVelocityCalculator,
  EciBaseCalculator,
  GmstCalculator,
  twoline2satrec,
} from "satellite.js";
import { type Inputs, TABLE } from "./inputs.ts";
import { fillSatellites, stateBytes } from "./kernel-states.ts";
import { type Contestant, interleaved, type Measured } from "./measure.ts";
import { PEER_STEP_MS, steppedPositions, tunedPeer } from "./peer.ts";
import { propagateBySkyfield, type Skyfield } from "./peer-skyfield.ts";
import { type Row, rowsOf, short } from "./table.ts";
import { within } from "./void.ts";

const NODE_STEP_MS = 120_000;
/** Dates go through a Julian date there, which a double holds to 40 microseconds: 0.3 m of flight. */
const SAME_STATE_KM = 0.001;
/** Bound of cubic interpolation over a node's step, with room for the fastest. */
const INTERPOLATED_KM = 0.01;

/** Positions of the first `satellites`, perhaps not of every step: stride 3, ECEF, km, brought into that form when asked for. */
interface Answer {
  readonly every: number;
  readonly satellites: number;
  rEcefKmOf(s: number): ArrayLike<number>;
  readonly seconds?: number;
}

const answerOf = (rows: readonly ArrayLike<number>[], every = 1): Answer => ({
  every,
  satellites: rows.length,
  rEcefKmOf: (s) => rows[s] ?? [],
});

export async function propagationRows(inputs: Inputs, skyfield: Skyfield | undefined): Promise<Row[]> {
  const { span } = inputs;
  const low = inputs.satellites.filter((each) => tabulate(each, span, TABLE).stepMs === NODE_STEP_MS);
  return [...(await nodeRows(inputs, low, skyfield)), ...(await stepRows(inputs, low))];
}

async function nodeRows(inputs: Inputs, low: readonly MeanElements[], skyfield: Skyfield | undefined): Promise<Row[]> {
  const { span, rounds, size } = inputs;
  const { firstMs, count } = tabulate(low[0] as MeanElements, span, TABLE);
  const contestants: Contestant<Answer>[] = [
    { by: "Vedette, kernel", scale: 1, run: kernelStates(low, { firstMs, stepMs: NODE_STEP_MS, count }) },
    {
      by: "Vedette, state tables",
      scale: 1,
      run: () => answerOf(low.map((each) => tabulate(each, span, TABLE).rEcefKm)),
    },
    {
      by: "satellite.js tuned, JavaScript",
      scale: 1,
      run: () => answerOf(low.map((each) => peerNodes(each, firstMs, count))),
    },
    { by: "satellite.js, WebAssembly, one thread", scale: 1, run: await bulkPropagation(low, firstMs, count) },
  ];
  if (skyfield !== undefined) {
    const sampled = low.slice(0, size.skyfield.satellites);
    const job = { satellites: sampled, firstMs, stepMs: NODE_STEP_MS, count, every: 10 };
    contestants.push({
      by: "Skyfield",
      scale: low.length / sampled.length,
      sample: `${sampled.length} of ${low.length} satellites`,
      run: () => {
        const { seconds, rows } = propagateBySkyfield(skyfield, job);
        return { ...answerOf(rows as number[][], job.every), seconds };
      },
      secondsOf: ({ seconds }) => seconds ?? Number.NaN,
    });
  }
  const measured = await interleaved(contestants, rounds);
  const states = low.length * count;
  const notes = agreementNotes(measured, SAME_STATE_KM).map((note, i) => [
    `${short(states / (measured[i]?.medianS ?? Number.NaN) / 1e6)} million states/s`,
    ...(note === undefined ? [] : [note]),
  ]);
  const work = `${low.length} satellites x ${size.days} days, ECEF position and velocity every ${NODE_STEP_MS / 1000} s`;
  return rowsOf("Propagation", work, measured, notes);
}

async function stepRows({ span, rounds, size }: Inputs, low: readonly MeanElements[]): Promise<Row[]> {
  const sampled = low.slice(0, size.peer.shared);
  const measured = await interleaved<Answer>(
    [
      {
        by: "Vedette, tables and interpolation",
        scale: 1,
        run: () => answerOf(low.map((each) => interpolated(each, span))),
      },
      {
        by: "satellite.js tuned, JavaScript",
        scale: low.length / sampled.length,
        sample: `${sampled.length} of ${low.length} satellites`,
        run: () => answerOf(sampled.map((each) => flat(steppedPositions(tunedPeer(each), span)))),
      },
    ],
    rounds,
  );
  const work = `${low.length} satellites x ${size.days} days, ECEF every ${PEER_STEP_MS / 1000} s`;
  return rowsOf(
    "Positions",
    work,
    measured,
    agreementNotes(measured, INTERPOLATED_KM).map((note) => (note === undefined ? [] : [note])),
  );
}

function peerNodes(elements: MeanElements, firstMs: number, count: number): Float64Array {
  const satellite = tunedPeer(elements);
  return flat(Array.from({ length: count }, (_, i) => satellite(firstMs + i * NODE_STEP_MS)));
}

function flat(positions: readonly { readonly x: number; readonly y: number; readonly z: number }[]): Float64Array {
  const out = new Float64Array(3 * positions.length);
  positions.forEach(({ x, y, z }, i) => {
    out[3 * i] = x;
    out[3 * i + 1] = y;
    out[3 * i + 2] = z;
  });
  return out;
}

function interpolated(elements: MeanElements, { start, end }: Interval): Float64Array {
  const table = tabulate(elements, { start, end }, TABLE);
  const steps = Math.floor((end - start) / PEER_STEP_MS) + 1;
  const out = new Float64Array(3 * steps);
  for (let i = 0; i < steps; i++) positionInto(table, start + i * PEER_STEP_MS, out.subarray(3 * i, 3 * i + 3));
  return out;
}

/** Positions and velocities, left in the kernel's memory; satellites are initialised in the run. */
function kernelStates(satellites: readonly MeanElements[], steps: Steps): () => Answer {
  const kernel = kernelOf(globalThis as unknown as Machine);
  if (kernel === undefined) throw new Error("this machine has no WebAssembly with SIMD");
  const bytes = stateBytes(steps);
  const out = kernel.take(satellites.length * bytes);
  return () => {
    fillSatellites(kernel, satellites, steps, out);
    return {
      every: 1,
      satellites: satellites.length,
      rEcefKmOf: (s) => {
        const planes = kernel.doubles(out + s * bytes, bytes / 16);
        const stride = bytes / 48;
        return Float64Array.from(
          { length: 3 * steps.count },
          (_, k) => planes[(k % 3) * stride + Math.floor(k / 3)] ?? 0,
        );
      },
    };
  };
}

/** The peer's own bulk path; records are initialised in the run, as ours are. */
async function bulkPropagation(satellites: readonly MeanElements[], firstMs: number, count: number) {
  const propagator = new BulkPropagator({
    runtime: await createSingleThreadRuntime(),
    calculators: [
      new EciBaseCalculator(),
      new GmstCalculator(),
      new EcfPositionCalculator(),
      new EcfVelocityCalculator(),
    ],
    satRecsCount: satellites.length,
    datesCount: count,
  });
  const dates = Array.from({ length: count }, (_, i) => new Date(firstMs + i * NODE_STEP_MS));
  return (): Answer => {
    propagator.setSatRecs(satellites.map((each) => twoline2satrec(...(linesOf(each) as [string, string]))));
    propagator.setDates(dates);
    propagator.run();
    const { ecfPosition } = propagator.getRawOutput();
    return answerOf(satellites.map((_, s) => ecfPosition.subarray(3 * count * s, 3 * count * (s + 1))));
  };
}

/** How far each answer is from the first one at worst; ends the bench beyond `limitKm`. */
function agreementNotes(measured: readonly Measured<Answer>[], limitKm: number): (string | undefined)[] {
  const [ours, ...peers] = measured as [Measured<Answer>, ...Measured<Answer>[]];
  return [
    undefined,
    ...peers.map(({ by, answer }) => {
      const worstKm = Math.max(
        ...Array.from({ length: answer.satellites }, (_, s) =>
          worstOf(ours.answer.rEcefKmOf(s), answer.rEcefKmOf(s), answer.every),
        ),
      );
      within(`propagation, ${by}`, worstKm, limitKm, "km");
      return `within ${short(worstKm * 1000)} m of ours`;
    }),
  ];
}

/** NaN where a length or a value is missing, which no limit passes. */
function worstOf(ours: ArrayLike<number>, theirs: ArrayLike<number>, every: number): number {
  if (theirs.length !== 3 * Math.ceil(ours.length / 3 / every)) return Number.NaN;
  let worst = 0;
  for (let i = 0; i < theirs.length; i += 3) {
    const k = i * every;
    const [dx, dy, dz] = [0, 1, 2].map((j) => (ours[k + j] as number) - (theirs[i + j] as number)) as [
      number,
      number,
      number,
    ];
    worst = Math.max(worst, Math.hypot(dx, dy, dz));
  }
  return worst;
}
