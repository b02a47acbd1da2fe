/**
 * Which opportunities are real for given sensors: the right angle and side, and the sun high enough. Indexed twice, by
 * cell for gaps and by pass for whoever chooses looks, so that taking satellites out needs neither again.
 */
import { type Allocate, ANGLE_STEP_DEG, type PackedOpportunities, type Sky, SUN_STEP_DEG } from "./sky.ts";
import type { Reach } from "./sweep.ts";

/** Any imaging kind first, then the kinds of `SENSOR_KINDS`. */
export const CHANNELS = 5;

/** Kinds that make an image: a radio-frequency receiver locates emitters, and is no look at a place. */
export const IMAGING = 0b0111;

/** Does a look by the kinds in `bits` count in channel c? */
export function inChannel(bits: number, c: number): boolean {
  return (bits & (c === 0 ? IMAGING : 1 << (c - 1))) !== 0;
}

export interface AcceptingSensor {
  /** Index into `SENSOR_KINDS`. */
  readonly kind: number;
  readonly reach: Reach;
  readonly minSunElevationDeg: number;
  /** Bit r: a look with this sensor answers request r. */
  readonly answers: number;
}

export interface Acceptance {
  /** By cell, then time; those of cell c are `cellFirst[c]` up to `cellFirst[c + 1]`. */
  readonly cellFirst: Uint32Array;
  readonly cellAt: Uint32Array;
  readonly cellSatellite: Uint16Array;
  /** Bit k: a sensor of kind k can look. Bit 4 + k: it could, but for the sun. */
  readonly cellKinds: Uint8Array;
  /** Requests that a look would answer, were the cell in their zones. */
  readonly cellAnswers: Uint32Array;
  /** Passes with at least one opportunity by day or night, by their first one, then satellite. */
  readonly passSatellite: Uint16Array;
  /** Index of the pass among those of its satellite. */
  readonly passIndex: Uint32Array;
  /** First and last opportunity of the pass that is not lost to the sun, UTC ms; NaN where all are. */
  readonly passStartMs: Float64Array;
  readonly passEndMs: Float64Array;
  /** Per satellite: looks that its sensors could take; two sensors at one opportunity count as two. */
  readonly looks: Uint32Array;
  /** Stride `CHANNELS`: opportunities of the pass by channel, not lost to the sun. */
  readonly passCounts: Uint32Array;
  /** Candidates for a look of sensor k in pass p: rows `slotFirst[MAX_SENSORS * p + k]` up to the next of `slotFirst`. */
  readonly slotFirst: Uint32Array;
  /** Index into the satellite's opportunities; in order across track. */
  readonly candidate: Uint32Array;
  /** The same rows in order of time: indices into `candidate`. */
  readonly byTime: Uint32Array;
}

/** Sensors that one satellite may carry. */
export const MAX_SENSORS = 4;

/** `sensors[s]` are those of satellite s. `cellRequests`: per cell, the requests whose zone it lies in. */
export function acceptanceOf(
  sky: Sky,
  sensors: readonly (readonly AcceptingSensor[])[],
  cellRequests: Uint32Array,
  allocate: Allocate,
): Acceptance {
  const tests = sensors.map((list) => list.slice(0, MAX_SENSORS).map(integerTest));
  const passes = judgedPasses(sky, tests);
  return { ...byCell(sky, tests, passes, allocate), ...byPass(sky, tests, passes, cellRequests, allocate) };
}

/** A sensor's limits in the units of packed opportunities. */
interface IntegerTest {
  readonly day: number;
  readonly night: number;
  readonly answers: number;
  readonly isOffNadir: boolean;
  readonly min: number;
  readonly max: number;
  /** 1 left only, -1 right only, 0 both. */
  readonly side: number;
  readonly minSun: number;
}

function integerTest({ kind, reach, minSunElevationDeg, answers }: AcceptingSensor): IntegerTest {
  return {
    day: 1 << kind,
    night: 16 << kind,
    answers,
    isOffNadir: reach.angle === "offNadir",
    min: Math.round(reach.minDeg / ANGLE_STEP_DEG),
    max: Math.round(reach.maxDeg / ANGLE_STEP_DEG),
    side: reach.side === "both" ? 0 : reach.side === "left" ? 1 : -1,
    minSun: Math.round(minSunElevationDeg / SUN_STEP_DEG),
  };
}

/** 0: no. 1: yes, but for the sun. 2: yes. */
function judge(test: IntegerTest, o: PackedOpportunities, i: number): number {
  const angle = (test.isOffNadir ? o.offNadir[i] : o.incidence[i]) as number;
  if (angle < test.min || angle > test.max || (o.xTrack[i] as number) * test.side < 0) return 0;
  return (o.sun[i] as number) >= test.minSun ? 2 : 1;
}

function kindsOf(tests: readonly IntegerTest[], o: PackedOpportunities, i: number): number {
  let kinds = 0;
  for (let k = 0; k < tests.length; k++) {
    const test = tests[k] as IntegerTest;
    const verdict = judge(test, o, i);
    if (verdict !== 0) kinds |= verdict === 2 ? test.day : test.night;
  }
  return kinds;
}

/** For one satellite's sensors: bits of the kinds that can look at an opportunity (bit 4 + k: could, but for the sun). */
export function kindsJudge(sensors: readonly AcceptingSensor[]): (o: PackedOpportunities, i: number) => number {
  const tests = sensors.map(integerTest);
  return (o, i) => kindsOf(tests, o, i);
}

interface JudgedPass {
  readonly satellite: number;
  readonly index: number;
  /** First opportunity, by day or night, in packed time. */
  readonly firstAt: number;
}

function judgedPasses(sky: Sky, tests: readonly (readonly IntegerTest[])[]): JudgedPass[] {
  const passes: JudgedPass[] = [];
  sky.satellites.forEach((o, satellite) => {
    if (o === undefined) return;
    const mine = tests[satellite] ?? [];
    for (let index = 0; index < o.passFirst.length - 1; index++) {
      let firstAt = Number.POSITIVE_INFINITY;
      for (let i = o.passFirst[index] as number; i < (o.passFirst[index + 1] as number); i++) {
        if ((o.at[i] as number) < firstAt && kindsOf(mine, o, i) !== 0) firstAt = o.at[i] as number;
      }
      if (firstAt < Number.POSITIVE_INFINITY) passes.push({ satellite, index, firstAt });
    }
  });
  return passes.sort((a, b) => a.firstAt - b.firstAt || a.satellite - b.satellite || a.index - b.index);
}

/** Counting sort by cell; passes come by time, so what overlapping passes leave out of order is put right on insertion. */
function byCell(
  sky: Sky,
  tests: readonly (readonly IntegerTest[])[],
  passes: readonly JudgedPass[],
  allocate: Allocate,
) {
  const cellFirst = new Uint32Array(allocate(4 * (sky.cells + 1)) as ArrayBuffer);
  const kinds: Uint8Array[] = [];
  let n = 0;
  for (const { satellite, index } of passes) {
    const o = sky.satellites[satellite] as PackedOpportunities;
    const [from, to] = [o.passFirst[index] as number, o.passFirst[index + 1] as number];
    const mine = new Uint8Array(to - from);
    for (let i = from; i < to; i++) {
      const bits = kindsOf(tests[satellite] ?? [], o, i);
      mine[i - from] = bits;
      if (bits === 0) continue;
      const c = (o.cell[i] as number) + 1;
      cellFirst[c] = (cellFirst[c] as number) + 1;
      n++;
    }
    kinds.push(mine);
  }
  for (let c = 0; c < sky.cells; c++) cellFirst[c + 1] = (cellFirst[c + 1] as number) + (cellFirst[c] as number);
  const cellAt = new Uint32Array(allocate(4 * n) as ArrayBuffer);
  const cellAnswers = new Uint32Array(allocate(4 * n) as ArrayBuffer);
  const cellSatellite = new Uint16Array(allocate(2 * n) as ArrayBuffer);
  const cellKinds = new Uint8Array(allocate(n) as ArrayBuffer);
  const next = cellFirst.slice();
  passes.forEach(({ satellite, index }, p) => {
    const o = sky.satellites[satellite] as PackedOpportunities;
    const mine = kinds[p] as Uint8Array;
    const sensors = tests[satellite] ?? [];
    const from = o.passFirst[index] as number;
    for (let k = 0; k < mine.length; k++) {
      const bits = mine[k] as number;
      if (bits === 0) continue;
      const c = o.cell[from + k] as number;
      const at = o.at[from + k] as number;
      let to = next[c] as number;
      next[c] = to + 1;
      for (const first = cellFirst[c] as number; to > first && (cellAt[to - 1] as number) > at; to--) {
        cellAt[to] = cellAt[to - 1] as number;
        cellSatellite[to] = cellSatellite[to - 1] as number;
        cellKinds[to] = cellKinds[to - 1] as number;
        cellAnswers[to] = cellAnswers[to - 1] as number;
      }
      cellAt[to] = at;
      cellSatellite[to] = satellite;
      cellKinds[to] = bits;
      let answers = 0;
      for (const test of sensors)
        if ((bits & test.day) !== 0 && judge(test, o, from + k) === 2) answers |= test.answers;
      cellAnswers[to] = answers;
    }
  });
  return { cellFirst, cellAt, cellSatellite, cellKinds, cellAnswers };
}

function byPass(
  sky: Sky,
  tests: readonly (readonly IntegerTest[])[],
  passes: readonly JudgedPass[],
  cellRequests: Uint32Array,
  allocate: Allocate,
) {
  const passStartMs = new Float64Array(allocate(8 * passes.length) as ArrayBuffer);
  const passEndMs = new Float64Array(allocate(8 * passes.length) as ArrayBuffer);
  const passCounts = new Uint32Array(allocate(4 * CHANNELS * passes.length) as ArrayBuffer);
  const slotFirst = new Uint32Array(allocate(4 * (MAX_SENSORS * passes.length + 1)) as ArrayBuffer);
  const { span, unitMs } = sky;
  const looks = new Uint32Array(allocate(4 * sky.satellites.length) as ArrayBuffer);
  let n = 0;
  passes.forEach(({ satellite, index }, p) => {
    const o = sky.satellites[satellite] as PackedOpportunities;
    const sensors = tests[satellite] ?? [];
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < MAX_SENSORS; k++) {
      const test = sensors[k];
      if (test !== undefined) {
        for (let i = o.passFirst[index] as number; i < (o.passFirst[index + 1] as number); i++) {
          if (judge(test, o, i) !== 2) continue;
          looks[satellite] = (looks[satellite] as number) + 1;
          first = Math.min(first, o.at[i] as number);
          last = Math.max(last, o.at[i] as number);
          if ((test.answers & (cellRequests[o.cell[i] as number] as number)) !== 0) n++;
        }
      }
      slotFirst[MAX_SENSORS * p + k + 1] = n;
    }
    passStartMs[p] = first <= last ? span.start + first * unitMs : Number.NaN;
    passEndMs[p] = first <= last ? span.start + last * unitMs : Number.NaN;
    countChannels(passCounts, p, o, sensors, index);
  });
  const candidate = new Uint32Array(allocate(4 * n) as ArrayBuffer);
  let row = 0;
  for (const { satellite, index } of passes) {
    const o = sky.satellites[satellite] as PackedOpportunities;
    for (const test of tests[satellite] ?? []) {
      for (let i = o.passFirst[index] as number; i < (o.passFirst[index + 1] as number); i++) {
        const isWanted = (test.answers & (cellRequests[o.cell[i] as number] as number)) !== 0;
        if (isWanted && judge(test, o, i) === 2) candidate[row++] = i;
      }
    }
  }
  const byTime = new Uint32Array(allocate(4 * n) as ArrayBuffer);
  passes.forEach(({ satellite }, p) => {
    const { at } = sky.satellites[satellite] as PackedOpportunities;
    for (let slot = MAX_SENSORS * p; slot < MAX_SENSORS * (p + 1); slot++) {
      sortByTime(byTime, candidate, at, slotFirst[slot] as number, slotFirst[slot + 1] as number);
    }
  });
  return {
    passSatellite: Uint16Array.from(passes, ({ satellite }) => satellite),
    passIndex: Uint32Array.from(passes, ({ index }) => index),
    passStartMs,
    passEndMs,
    looks,
    passCounts,
    slotFirst,
    candidate,
    byTime,
  };
}

/** More candidates than a pass has; times the largest packed time it stays within 2^53. */
const INDEX_RANGE = 2 ** 21;

/** Rows `from` to `to` by time, ties in their own order. One number holds both: the engine's numeric sort is the quickest. */
function sortByTime(byTime: Uint32Array, candidate: Uint32Array, at: Uint32Array, from: number, to: number): void {
  if (from === to) return;
  const keys = new Float64Array(to - from);
  for (let j = from; j < to; j++) keys[j - from] = (at[candidate[j] as number] as number) * INDEX_RANGE + (j - from);
  keys.sort();
  for (let k = 0; k < keys.length; k++) byTime[from + k] = from + ((keys[k] as number) % INDEX_RANGE);
}

function countChannels(
  counts: Uint32Array,
  p: number,
  o: PackedOpportunities,
  sensors: readonly IntegerTest[],
  index: number,
): void {
  for (let i = o.passFirst[index] as number; i < (o.passFirst[index + 1] as number); i++) {
    const bits = kindsOf(sensors, o, i) & 15;
    if (bits === 0) continue;
    for (let c = 0; c < CHANNELS; c++) {
      if (inChannel(bits, c)) counts[CHANNELS * p + c] = (counts[CHANNELS * p + c] as number) + 1;
    }
  }
}
