/** The sweep of all satellites over one slice of whole hours. Slices may be swept in any order, on any thread. */
import * as K from "@vedette/kernel/coverage-record";
import type { Kernel } from "@vedette/kernel/kernel";
import { SATELLITE_LENGTH } from "@vedette/kernel/writer";
import { sunEcefUnit } from "../geo/sun.ts";
import { WGS84_A_KM } from "../geo/wgs84.ts";
import { writeRecord } from "../orbit/sgp4.ts";
import { tabulate } from "../orbit/table.ts";
import { type Interval, instant, MS_PER_HOUR } from "../time/instant.ts";
import type { CoveragePlace, CoveragePlan, CoverageSatellite, CoverageUnknown, SlicePart } from "./coverage.ts";
import { markRows, planeOf } from "./coverage-rows.ts";
import { cellFields, type PlacedCells, writeJob, writeSensor } from "./kernel-cells.ts";
import { MomentColumns } from "./moments.ts";
import { bitWorkOf } from "./plane-bits.ts";
import { widestAngleRad } from "./reach.ts";

const MU_KM3PS2 = 398_600.8; // WGS 72, as SGP4
const SECONDS_PER_DAY = 86_400;
/** Short-period terms, and what the mean elements do not say of the radius. */
const RADIUS_MARGIN_KM = 40;
/** Curvature of the ground track within a step, and the ellipsoid, as `sweep` allows. */
const TRACK_MARGIN_KM = 25;

/** Instants of a slice at one step, and what depends on them alone: addresses. */
interface Clock {
  readonly firstMs: number;
  readonly stepMs: number;
  readonly count: number;
  readonly utcMs: number;
  readonly gmst: number;
  readonly suns: number;
}

/** A satellite's place in the kernel's memory. */
interface Ready {
  readonly record: number;
  readonly sensors: number;
  readonly stepMs: number;
  readonly limitKm: number;
}

/** Sweeps slices, one after another. Without a kernel all is done by rows, in `bits`. */
export class CoverageSweep {
  readonly #plan: CoveragePlan;
  readonly #place: CoveragePlace;
  readonly #kernel: Kernel | undefined;
  readonly #bits: () => ArrayBuffer;
  readonly #ready: readonly (Ready | undefined)[];
  readonly #job: number;

  /** `bits`: the memory that `place` speaks of. The kernel's memory is taken for good. */
  constructor(plan: CoveragePlan, place: CoveragePlace, kernel: Kernel | undefined, bits: () => ArrayBuffer) {
    this.#plan = plan;
    this.#place = place;
    this.#kernel = kernel;
    this.#bits = bits;
    this.#ready = plan.satellites.map((satellite, s) => {
      if (kernel === undefined || plan.isSlow[s] === true || satellite.sensors.length === 0) return undefined;
      return readyOf(plan, place, kernel, satellite);
    });
    this.#job = kernel?.take(8 * K.JOB_LENGTH) ?? 0;
  }

  /** Marks the bits of the hours `fromHour` up to `toHour`. */
  slice(fromHour: number, toHour: number): SlicePart {
    const { span, coarse, unitMs } = this.#plan;
    const start = instant(span.start + fromHour * MS_PER_HOUR);
    const end = instant(Math.min(span.end, span.start + toHour * MS_PER_HOUR));
    const moments = new MomentColumns(coarse.count, span.start, unitMs);
    const unknown: CoverageUnknown[] = [];
    const slice = { span: { start, end }, moments, unknown };
    if (this.#kernel !== undefined) this.#inKernel(this.#kernel, slice);
    this.#plan.satellites.forEach((satellite, s) => {
      if (this.#ready[s] === undefined && satellite.sensors.length > 0) this.#byRows(s, slice);
    });
    return { fromHour, toHour, moments: moments.done(), lit: this.#lit(fromHour, toHour), unknown };
  }

  #lit(fromHour: number, toHour: number): Uint32Array {
    const { planes, hours, rowBytes } = this.#plan;
    const work = bitWorkOf(this.#kernel, this.#bits());
    return Uint32Array.from({ length: planes.length * (toHour - fromHour) }, (_, i) => {
      const plane = Math.floor(i / (toHour - fromHour));
      const hour = fromHour + (i % (toHour - fromHour));
      return work.count(this.#place.planes + (plane * hours + hour) * rowBytes, rowBytes);
    });
  }

  #byRows(s: number, slice: Slice): void {
    const { elements, table: options } = this.#plan.satellites[s] as CoverageSatellite;
    const table = tabulate(elements, slice.span, options);
    for (const { start, end, code } of table.unknown)
      slice.unknown.push({ satellite: s, fromMs: start, toMs: end, code });
    markRows({ plan: this.#plan, bits: this.#bits(), planes: this.#place.planes, satellite: s, table, ...slice });
  }

  #inKernel(kernel: Kernel, slice: Slice): void {
    const { cells } = this.#place;
    if (cells === undefined) throw new RangeError("a kernel sweeps cells that are placed in its memory");
    const clocks = new Map<string, Clock>();
    const work = kernel.take(kernel.run.COVER_WORK_BYTES.value);
    try {
      const propagation = kernel.take(kernel.run.PROPAGATE_WORK_BYTES.value);
      this.#plan.satellites.forEach(({ table: { rebaseMs = 0 } }, s) => {
        const ready = this.#ready[s];
        if (ready === undefined) return;
        const key = `${ready.stepMs} ${rebaseMs}`;
        const clock = clocks.get(key) ?? clockOf(kernel, ready.stepMs, slice.span, rebaseMs);
        clocks.set(key, clock);
        const top = kernel.take(0);
        this.#satellite(kernel, cells, { s, ready, clock, work, propagation, slice });
        kernel.release(top);
      });
    } finally {
      kernel.release(work);
    }
  }

  #satellite(kernel: Kernel, cells: NonNullable<CoveragePlace["cells"]>, visit: Visit): void {
    const { s, ready, clock, slice, work, propagation } = visit;
    const plan = this.#plan;
    const { elements, table: options, sensors, group } = plan.satellites[s] as CoverageSatellite;
    const stride = 8 * (clock.count + (clock.count & 1));
    const states = kernel.take(6 * stride);
    const missing = kernel.run.propagate(
      ready.record,
      clock.utcMs,
      clock.gmst,
      clock.count,
      states,
      stride,
      propagation,
    );
    const known = knownOf(elements, options, slice.span, missing > 0);
    for (const { start, end, code } of known.unknown)
      slice.unknown.push({ satellite: s, fromMs: start, toMs: end, code });
    const capacity = plan.coarse.count * (2 + Math.ceil((slice.span.end - slice.span.start) / MS_PER_HOUR)) + 64;
    const out = kernel.take(8 * capacity);
    const common = {
      ...{
        firstMs: clock.firstMs,
        stepMs: clock.stepMs,
        nodes: clock.count,
        states,
        statesStride: stride,
        suns: clock.suns,
      },
      ...{ sensors: ready.sensors, sensorCount: sensors.length, limitKm: ready.limitKm, work, out, capacity },
      ...{ fromMs: known.fromMs, toMs: known.toMs, startMs: plan.span.start, unitMs: plan.unitMs },
      ...{ rowBytes: plan.rowBytes, tag: 16 * group },
    };
    const run = (mode: number, placed: PlacedCells) => {
      writeJob(kernel.doubles(this.#job, K.JOB_LENGTH), { ...common, ...cellFields(placed), mode });
      return kernel.run.cover(this.#job);
    };
    run(K.MODE_MARK, cells.fine);
    const count = run(K.MODE_MOMENTS, cells.coarse);
    if (count < 0) throw new RangeError(`more than ${capacity} moments of one satellite in a slice`);
    slice.moments.append(new Uint32Array(kernel.memory.buffer, out, 2 * count));
  }
}

interface Slice {
  readonly span: Interval;
  readonly moments: MomentColumns;
  readonly unknown: CoverageUnknown[];
}

interface Visit {
  readonly s: number;
  readonly ready: Ready;
  readonly clock: Clock;
  readonly work: number;
  readonly propagation: number;
  readonly slice: Slice;
}

function readyOf(plan: CoveragePlan, place: CoveragePlace, kernel: Kernel, satellite: CoverageSatellite): Ready {
  const { elements, table: options, sensors, group } = satellite;
  const record = kernel.take(8 * SATELLITE_LENGTH);
  writeRecord(elements, kernel.doubles(record, SATELLITE_LENGTH));
  const at = kernel.take(8 * K.SENSOR_LENGTH * sensors.length);
  const plane = (kind: number, isNight: boolean) => {
    const index = planeOf(plan, group, kind, isNight);
    return index < 0 ? 0 : place.planes + index * plan.hours * plan.rowBytes;
  };
  sensors.forEach(({ kind, reach, minSunElevationDeg }, k) => {
    const out = kernel.doubles(at + 8 * K.SENSOR_LENGTH * k, K.SENSOR_LENGTH);
    const [dayPlane, nightPlane] = [plane(kind, false), minSunElevationDeg > -90 ? plane(kind, true) : 0];
    writeSensor(out, { reach, minSunElevationDeg, dayPlane, nightPlane, kindBit: 1 << kind }, 0);
  });
  const aKm = Math.cbrt(MU_KM3PS2 / ((elements.meanMotionRevPerDay * 2 * Math.PI) / SECONDS_PER_DAY) ** 2);
  const radiusKm = aKm * (1 + elements.eccentricity) + RADIUS_MARGIN_KM;
  const reachRad = widestAngleRad(
    sensors.map(({ reach }) => reach),
    radiusKm,
  );
  const { start } = plan.span;
  // A table of no length knows the step.
  const { stepMs } = tabulate(elements, { start, end: start }, options);
  return { record, sensors: at, stepMs, limitKm: reachRad * WGS84_A_KM + TRACK_MARGIN_KM };
}

/** Nodes on absolute multiples of the step, as tables have them. */
function clockOf(kernel: Kernel, stepMs: number, { start, end }: Interval, rebaseMs: number): Clock {
  const firstMs = (Math.floor(start / stepMs) - 1) * stepMs;
  const count = Math.ceil((end - firstMs) / stepMs) + 2;
  const utcMs = kernel.take(8 * (count + 1));
  const gmst = kernel.take(8 * (count + 1));
  const suns = kernel.take(24 * count);
  const times = kernel.doubles(utcMs, count + 1);
  const sun = kernel.doubles(suns, 3 * count);
  for (let i = 0; i <= count; i++) times[i] = firstMs - rebaseMs + i * stepMs;
  for (let i = 0; i < count; i++) sun.set(sunEcefUnit(firstMs + i * stepMs), 3 * i);
  kernel.run.gmstOf(utcMs, count + 1, gmst);
  return { firstMs, stepMs, count, utcMs, gmst, suns };
}

/** What of a slice is believed, and what of the rest is unknown: nodes without a state are left out by the kernel itself. */
function knownOf(
  elements: CoverageSatellite["elements"],
  options: CoverageSatellite["table"],
  { start, end }: Interval,
  isMissing: boolean,
) {
  const epoch = elements.epochUtcMs + (options.rebaseMs ?? 0);
  const from = Math.min(end, Math.max(start, Math.ceil(epoch - options.staleAfterMs)));
  const to = Math.max(from, Math.min(end, Math.ceil(epoch + options.staleAfterMs)));
  const isWhole = from === start && to === end && !isMissing;
  return { fromMs: from, toMs: to, unknown: isWhole ? [] : tabulate(elements, { start, end }, options).unknown };
}
