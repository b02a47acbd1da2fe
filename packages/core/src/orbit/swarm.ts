/** Many satellites at one instant: for a picture of the whole sky, frame after frame. */
import type { Kernel } from "@vedette/kernel/kernel";
import { SATELLITE_LENGTH, VECTOR_LENGTH } from "@vedette/kernel/writer";
import { writeState } from "./bulk.ts";
import type { MeanElements } from "./elements.ts";
import { sgp4Of, writeRecord } from "./sgp4.ts";

/** Of all satellites at one instant, ECEF, SoA: axis `j` of satellite `i` at `j * stride + i`. NaN where SGP4 has no answer. */
export interface SwarmStates {
  readonly stride: number;
  /** km */
  readonly rEcefKm: Float64Array;
  /** km/s relative to the rotating Earth */
  readonly vEcefKmps: Float64Array;
}

/** Satellites made ready once. States are valid until the next call. */
export interface Swarm {
  readonly count: number;
  statesAt(utcMs: number): SwarmStates;
}

/** `kernel`: one that the swarm has for itself; undefined on a machine without SIMD. */
export function swarmOf(satellites: readonly MeanElements[], kernel: Kernel | undefined): Swarm {
  return kernel === undefined ? oneByOne(satellites) : inBlocks(satellites, kernel);
}

function oneByOne(satellites: readonly MeanElements[]): Swarm {
  const count = satellites.length;
  const models = satellites.map(sgp4Of);
  const states = { stride: count, rEcefKm: new Float64Array(3 * count), vEcefKmps: new Float64Array(3 * count) };
  const [r, v] = [new Float64Array(3), new Float64Array(3)];
  return {
    count,
    statesAt(utcMs) {
      models.forEach((model, i) => {
        writeState(model, utcMs, 0, r, v);
        for (let axis = 0; axis < 3; axis++) {
          states.rEcefKm[axis * count + i] = r[axis] as number;
          states.vEcefKmps[axis * count + i] = v[axis] as number;
        }
      });
      return states;
    },
  };
}

function inBlocks(satellites: readonly MeanElements[], kernel: Kernel): Swarm {
  const { run } = kernel;
  const block = run.BLOCK.value;
  const count = satellites.length;
  const blocks = Math.ceil(count / block);
  const stride = blocks * block;
  const scalarBytes = 8 * (SATELLITE_LENGTH - VECTOR_LENGTH);
  const vectors = kernel.take(8 * VECTOR_LENGTH * stride);
  const scalars = kernel.take(scalarBytes * stride);
  const out = kernel.take(8 * 6 * stride);
  const work = kernel.take(run.PROPAGATE_WORK_BYTES.value);
  const record = new Float64Array(SATELLITE_LENGTH);
  const planes = kernel.doubles(vectors, VECTOR_LENGTH * stride);
  const behind = kernel.doubles(scalars, (scalarBytes / 8) * stride);
  satellites.forEach((elements, i) => {
    writeRecord(elements, record);
    const first = VECTOR_LENGTH * block * Math.floor(i / block) + (i % block);
    for (let k = 0; k < VECTOR_LENGTH; k++) planes[first + k * block] = record[k] as number;
    behind.set(record.subarray(VECTOR_LENGTH), (scalarBytes / 8) * i);
  });
  const states = {
    stride,
    rEcefKm: kernel.doubles(out, 3 * stride),
    vEcefKmps: kernel.doubles(out + 24 * stride, 3 * stride),
  };
  return {
    count,
    statesAt(utcMs) {
      for (let b = 0; b < blocks; b++) {
        const i = b * block;
        const [vector, scalar] = [vectors + 8 * VECTOR_LENGTH * i, scalars + scalarBytes * i];
        const here = Math.min(block, count - i);
        run.propagateBlock(vector, scalar, scalarBytes, utcMs, here, out + 8 * i, 8 * stride, work);
      }
      return states;
    },
  };
}
