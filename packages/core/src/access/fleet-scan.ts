/** The kernel's side of `findFleetPasses`: one satellite after another over all sites, in one piece of the kernel's memory. */
import type { Kernel } from "@vedette/kernel/kernel";
import * as K from "@vedette/kernel/pass-plan";
import { B_CC4, B_CC5, ECCO, IS_VECTOR } from "@vedette/kernel/record";
import { SATELLITE_LENGTH } from "@vedette/kernel/writer";
import { ecefOf, upOf } from "../geo/wgs84.ts";
import type { MeanElements } from "../orbit/elements.ts";
import type { Unknown } from "../orbit/ephemeris.ts";
import { writeRecord } from "../orbit/sgp4.ts";
import type { Interval } from "../time/instant.ts";
import { subtract } from "../time/intervals.ts";
import type { FleetQuery, MaskedSite } from "./fleet-query.ts";
import type { KernelRows, PassRows } from "./pass-rows.ts";
import { baseStepMs, probeCount, probeOf, scanStepMs } from "./pass-steps.ts";

const DEG = Math.PI / 180;
/** A satellite whose interpolated path is further off SGP4 than this is given twice as many nodes. */
const MOST_ERROR_KM = 0.003;
/** What lies between the instants that were probed. */
const ERROR_MARGIN = 1.5;
const LEAST_ERROR_KM = 1e-6;
/** SGP4's floor. */
const LEAST_ECCENTRICITY = 1e-6;
/** So near the Earth's centre each node is asked of SGP4. */
const LEAST_KM = 6390;

/** Instants of raw states, and their sidereal times: addresses. */
interface Clock {
  readonly utcMs: number;
  readonly gmst: number;
  readonly count: number;
  /** Instant of base node 0, in the span's own time. */
  readonly firstMs: number;
  readonly stepMs: number;
}

export class FleetScan {
  readonly #query: FleetQuery;
  readonly #kernel: Kernel;
  readonly #rebaseMs: number;
  readonly #clocks = new Map<number, Clock>();
  readonly #plan: number;
  readonly #record: number;
  readonly #probe: number;
  readonly #sites: number;
  readonly #raw: number;
  readonly #rawStride: number;
  readonly #scan: number;
  readonly #rowCapacity: number;

  constructor(query: FleetQuery, kernel: Kernel) {
    this.#query = query;
    this.#kernel = kernel;
    this.#rebaseMs = query.options.rebaseMs ?? 0;
    const leastMs = query.satellites.reduce((least, each) => Math.min(least, scanStepMs(each)), 1_800_000);
    const spanNodes = Math.ceil((query.span.end - query.span.start) / leastMs) + 4 * K.MARGIN + 16;
    // The probe works in the same arrays, and is longer than a short span.
    const nodes = Math.max(spanNodes, probeCount(K.MARGIN));
    this.#rowCapacity = Math.max(4096, 2 * nodes);
    this.#plan = kernel.take(12 * K.PLAN_LENGTH);
    kernel.doubles(this.#plan, K.PLAN_LENGTH).fill(0);
    this.#record = kernel.take(8 * SATELLITE_LENGTH);
    this.#probe = kernel.take(16 * 256);
    this.#sites = kernel.take(8 * K.SITE_LENGTH * query.sites.length);
    this.#rawStride = 8 * (nodes + 4);
    this.#raw = kernel.take(9 * this.#rawStride);
    this.#scan = kernel.take(3 * this.#rawStride);
    this.#writePlan(nodes);
  }

  #writePlan(nodes: number): void {
    const { kernel, rows } = { kernel: this.#kernel, rows: this.#rowCapacity };
    const blocks = 4 * (nodes + 8);
    const places: readonly (readonly [number, number])[] = [
      [K.SATELLITE, this.#record],
      [K.RAW, this.#raw],
      [K.RAW_STRIDE, this.#rawStride],
      [K.REBASE_MS, this.#rebaseMs],
      [K.SITES, this.#sites],
      [K.SITE_COUNT, this.#query.sites.length],
      [K.BLOCKS, kernel.take(9 * blocks)],
      [K.KNOTS, kernel.take(K.KNOT_BYTES * (nodes + 4))],
      [K.PAIRS, kernel.take((K.PAIR_BYTES * K.BATCH) / 2)],
      [K.HEIGHTS, kernel.take(8 * 64)],
      [K.EVENTS, kernel.take(K.EVENT_BYTES * rows)],
      [K.EVENT_CAPACITY, rows],
      [K.POLISH, kernel.take(8 * K.POLISH_DOUBLES)],
      [K.WORK, kernel.take(kernel.run.PROPAGATE_WORK_BYTES.value)],
      [K.ROW_CAPACITY, rows],
      [K.ROW_START, kernel.take(8 * rows)],
      [K.ROW_END, kernel.take(8 * rows)],
      [K.ROW_SITE, kernel.take(4 * rows)],
      [K.ROW_CLIPPED, kernel.take(rows)],
      [K.WITH_PEAKS, this.#query.withPeaks ? 1 : 0],
      [K.ROW_PEAK_MS, kernel.take(8 * rows)],
      [K.ROW_PEAK_SIN, kernel.take(8 * rows)],
    ];
    this.#set(...places);
    const { sites } = this.#query;
    const records = kernel.doubles(this.#sites, K.SITE_LENGTH * sites.length);
    sites.forEach((each, i) => {
      records.set(siteRecord(each), i * K.SITE_LENGTH);
    });
  }

  #set(...places: readonly (readonly [number, number])[]): void {
    const plan = this.#kernel.doubles(this.#plan, K.PLAN_LENGTH);
    for (const [place, value] of places) plan[place] = value;
  }

  release(): void {
    this.#kernel.release(this.#plan);
  }

  /** Appends its passes outside `unknown` to `rows`. False, and no row, where SGP4 has no answer for some instant within the span. */
  find(elements: MeanElements, satellite: number, unknown: readonly Unknown[], rows: PassRows): boolean {
    const parts = subtract([this.#query.span], unknown);
    if (parts.length === 0) return true;
    // Known, unknown and known again: too rare for a way of its own.
    if (parts.length > 1) return false;
    writeRecord(elements, this.#kernel.doubles(this.#record, SATELLITE_LENGTH));
    this.#writeSteps(elements);
    if (this.#kernel.run.passNodes(this.#plan) > 0) return false;
    // Between nodes SGP4 might say that it has decayed.
    if ((this.#kernel.doubles(this.#plan, K.PLAN_LENGTH)[K.MIN_KM] as number) < LEAST_KM) return false;
    for (const part of parts) this.#findIn(part, satellite, rows);
    return true;
  }

  #findIn(part: Interval, satellite: number, rows: PassRows): void {
    const plan = this.#kernel.doubles(this.#plan, K.PLAN_LENGTH);
    plan[K.PART_START] = part.start;
    plan[K.PART_END] = part.end;
    const { length } = this.#query.sites;
    for (let site = 0; site < length; ) {
      site = this.#kernel.run.findPasses(this.#plan, site);
      rows.append(satellite, this.#rowsFound());
    }
  }

  #rowsFound(): KernelRows {
    const { buffer } = this.#kernel.memory;
    const plan = this.#kernel.doubles(this.#plan, K.PLAN_LENGTH);
    const at = (place: number) => plan[place] as number;
    const count = at(K.ROW_COUNT);
    return {
      site: new Uint32Array(buffer, at(K.ROW_SITE), count),
      startMs: new Float64Array(buffer, at(K.ROW_START), count),
      endMs: new Float64Array(buffer, at(K.ROW_END), count),
      clipped: new Uint8Array(buffer, at(K.ROW_CLIPPED), count),
      peakMs: new Float64Array(buffer, at(K.ROW_PEAK_MS), count),
      peakSin: new Float64Array(buffer, at(K.ROW_PEAK_SIN), count),
    };
  }

  /** Nodes as far apart as interpolation allows: twice the scan's step, where a probe about the perigee shows that it does. */
  #writeSteps(elements: MeanElements): void {
    const scanMs = scanStepMs(elements);
    let fill = 2;
    let errorKm = this.#errorKm(elements, baseStepMs(scanMs, fill));
    if (!(errorKm <= MOST_ERROR_KM)) {
      fill = 1;
      errorKm = this.#errorKm(elements, baseStepMs(scanMs, fill));
    }
    const clock = this.#clockOf(baseStepMs(scanMs, fill));
    const count = clock.count - 2 * K.MARGIN;
    const plan = this.#kernel.doubles(this.#plan, K.PLAN_LENGTH);
    plan[K.CLOCK_MS] = clock.utcMs;
    plan[K.CLOCK_GMST] = clock.gmst;
    plan[K.RAW_COUNT] = clock.count;
    plan[K.FILL] = fill;
    plan[K.FIRST_MS] = clock.firstMs;
    plan[K.BASE_STEP_MS] = clock.stepMs;
    plan[K.SCAN] = fill === 2 ? this.#scan : this.#raw + 8 * K.MARGIN;
    plan[K.SCAN_STRIDE] = this.#rawStride;
    plan[K.BLOCK_COUNT] = 4 * Math.ceil((fill * count) / K.BLOCK_STEPS / 4);
    // Not known how far off: SGP4 is asked about every edge.
    plan[K.ERROR_KM] = Number.isNaN(errorKm) || this.#isKinked(elements) ? 1 : ERROR_MARGIN * errorKm + LEAST_ERROR_KM;
  }

  /** SGP4 lets no eccentricity fall below a floor: a path that drag takes there has a kink, which no probe need meet. */
  #isKinked({ epochUtcMs }: MeanElements): boolean {
    const record = this.#kernel.doubles(this.#record, SATELLITE_LENGTH);
    const { start, end } = this.#query.span;
    const at = epochUtcMs + this.#rebaseMs;
    const minutes = Math.max(Math.abs(start - at), Math.abs(end - at)) / 60_000;
    const drop = Math.abs(record[B_CC4] as number) * minutes + 2 * Math.abs(record[B_CC5] as number);
    return record[IS_VECTOR] === 1 && (record[ECCO] as number) - drop < LEAST_ECCENTRICITY;
  }

  #errorKm(elements: MeanElements, stepMs: number): number {
    const { firstMs, count } = probeOf(elements, stepMs, K.MARGIN);
    const times = this.#kernel.doubles(this.#probe, count + 1);
    for (let i = 0; i <= count; i++) times[i] = firstMs + (i * stepMs) / 2;
    this.#kernel.run.gmstOf(this.#probe, count + 1, this.#probe + 8 * 256);
    const plan = this.#kernel.doubles(this.#plan, K.PLAN_LENGTH);
    plan[K.CLOCK_MS] = this.#probe;
    plan[K.CLOCK_GMST] = this.#probe + 8 * 256;
    plan[K.RAW_COUNT] = count;
    return this.#kernel.run.passErrorKm(this.#plan);
  }

  /** Satellites come one after another at the same instants. */
  #clockOf(stepMs: number): Clock {
    const known = this.#clocks.get(stepMs);
    if (known !== undefined) return known;
    const { span } = this.#query;
    const first = Math.floor(span.start / stepMs) - 1;
    // Base nodes: one before the span, two after it, so that the last block of scan nodes is whole.
    const count = Math.ceil(span.end / stepMs) - first + 3 + 2 * K.MARGIN;
    const utcMs = this.#kernel.take(16 * (count + 1));
    const gmst = utcMs + 8 * (count + 1);
    const times = this.#kernel.doubles(utcMs, count + 1);
    for (let i = 0; i <= count; i++) times[i] = (first - K.MARGIN + i) * stepMs - this.#rebaseMs;
    this.#kernel.run.gmstOf(utcMs, count + 1, gmst);
    const clock = { utcMs, gmst, count, firstMs: first * stepMs, stepMs };
    this.#clocks.set(stepMs, clock);
    return clock;
  }
}

function siteRecord({ site, maskDeg }: MaskedSite): Float64Array {
  const { xKm, yKm, zKm } = ecefOf(site);
  const km = Math.hypot(xKm, yKm, zKm);
  const mask = maskDeg * DEG;
  // The vertical is up to 0.2 degrees off the radius: the mask is lowered by that, so that the bound stays one.
  const low = mask - 0.0035;
  const lower = low - 0.001;
  const out = new Float64Array(K.SITE_LENGTH);
  out.set([...upOf(site), xKm, yKm, zKm, xKm / km, yKm / km, zKm / km]);
  out[K.SIN_MASK] = Math.sin(mask);
  out[K.DISTANCE] = km;
  out[K.COS_LOW] = Math.cos(low);
  out[K.COS_LOWER] = Math.cos(lower);
  out[K.SIN_LOWER] = Math.sin(lower);
  return out;
}
