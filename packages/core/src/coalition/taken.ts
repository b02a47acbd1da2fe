/** What looks taken come to, cell by cell: gaps, age of the picture at headquarters, requests met. */
import { CHANNELS, inChannel } from "../access/acceptance.ts";
import { type GapFigures, GapTable } from "../access/gaps.ts";
import type { Sky } from "../access/sky.ts";
import type { Look, TakenByCell } from "../plan/looks.ts";
import { MS_PER_HOUR } from "../time/instant.ts";
import type { Watch } from "./watch.ts";

export interface TakenFigures {
  /** Per channel. */
  readonly gaps: readonly GapFigures[];
  /** Per channel, per cell: mean age of the newest picture, hours, from the first delivery on; NaN where none came. */
  readonly pictureAgeH: readonly Float32Array[];
  readonly requests: readonly RequestFigures[];
}

/** Cells of one request, and how many of them got what was wanted. */
export interface RequestFigures {
  readonly cells: number;
  /** Longest gap among looks taken within the revisit wanted; the span's ends count. */
  takenMet: number;
  /** Nine pictures in ten came within the latency wanted; one not come by then counts as late. */
  latencyMet: number;
  /** Both. */
  met: number;
  /** Cells of which a picture came, or was late. */
  withPicture: number;
}

export function takenFigures(
  watch: Watch,
  { cells, span, unitMs }: Sky,
  looks: readonly Look[],
  byCell: TakenByCell,
): TakenFigures {
  const gaps = new GapTable(cells, span);
  const pictureAgeH = Array.from({ length: CHANNELS }, () => new Float32Array(cells));
  const ages = Array.from({ length: CHANNELS }, () => new PictureAge(span.end));
  const tally = new RequestTally(watch);
  // Of looks, what the loop needs, side by side.
  const kinds = Uint8Array.from(looks, ({ sensor }) => sensor.kind);
  const answers = Uint32Array.from(looks, ({ sensor }) => sensor.answers);
  const delivered = Float64Array.from(looks, ({ deliveredMs }) => (deliveredMs <= span.end ? deliveredMs : Number.NaN));
  for (let cell = 0; cell < cells; cell++) {
    for (let k = byCell.first[cell] as number; k < (byCell.first[cell + 1] as number); k++) {
      const atMs = span.start + (byCell.at[k] as number) * unitMs;
      const look = byCell.look[k] as number;
      const kind = kinds[look] as number;
      const deliveredMs = delivered[look] as number;
      gaps.add(1 << kind, atMs);
      tally.add(answers[look] as number, atMs, deliveredMs);
      if (Number.isNaN(deliveredMs)) continue;
      for (let c = 0; c < CHANNELS; c++) if (inChannel(1 << kind, c)) ages[c]?.add(deliveredMs, atMs);
    }
    gaps.endCell(cell);
    tally.endCell(watch.cellRequests[cell] as number);
    for (let c = 0; c < CHANNELS; c++) (pictureAgeH[c] as Float32Array)[cell] = ages[c]?.endCell() ?? Number.NaN;
  }
  return { gaps: gaps.channels, pictureAgeH, requests: tally.rows };
}

/** Age of the newest picture at headquarters, of one cell after another. */
export class PictureAge {
  readonly #endMs: number;
  #n = 0;
  #delivered = new Float64Array(64);
  #looked = new Float64Array(64);

  constructor(endMs: number) {
    this.#endMs = endMs;
  }

  /** In any order; kept by delivery. */
  add(deliveredMs: number, lookedMs: number): void {
    if (this.#n === this.#delivered.length) this.#grow();
    let to = this.#n++;
    for (; to > 0 && (this.#delivered[to - 1] as number) > deliveredMs; to--) {
      this.#delivered[to] = this.#delivered[to - 1] as number;
      this.#looked[to] = this.#looked[to - 1] as number;
    }
    this.#delivered[to] = deliveredMs;
    this.#looked[to] = lookedMs;
  }

  /** Mean over time from the first delivery to the end, hours; NaN if there was none. The next `add` is another cell's. */
  endCell(): number {
    const n = this.#n;
    this.#n = 0;
    const firstMs = this.#delivered[0] as number;
    if (n === 0 || firstMs >= this.#endMs) return Number.NaN;
    let [area, newest] = [0, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < n; i++) {
      newest = Math.max(newest, this.#looked[i] as number);
      const from = this.#delivered[i] as number;
      const until = i + 1 < n ? Math.min(this.#endMs, this.#delivered[i + 1] as number) : this.#endMs;
      if (until > from) area += ((until - from) * (from + until - 2 * newest)) / 2;
    }
    return area / (this.#endMs - firstMs) / MS_PER_HOUR;
  }

  #grow(): void {
    const [delivered, looked] = [this.#delivered, this.#looked];
    this.#delivered = new Float64Array(2 * this.#n);
    this.#looked = new Float64Array(2 * this.#n);
    this.#delivered.set(delivered);
    this.#looked.set(looked);
  }
}

/** Counts cells request by request. */
class RequestTally {
  readonly rows: readonly RequestFigures[];
  readonly #watch: Watch;
  readonly #lastMs: Float64Array;
  readonly #longestMs: Float64Array;
  readonly #pictures: Uint32Array;
  readonly #inTime: Uint32Array;
  readonly #latencyMs: Float64Array;

  constructor(watch: Watch) {
    this.#watch = watch;
    const n = watch.requests.length;
    this.rows = watch.requests.map((_, r) => ({
      cells: watch.cellRequests.reduce((sum, bits) => sum + ((bits >>> r) & 1), 0),
      takenMet: 0,
      latencyMet: 0,
      met: 0,
      withPicture: 0,
    }));
    this.#lastMs = new Float64Array(n).fill(watch.span.start);
    this.#longestMs = new Float64Array(n);
    this.#pictures = new Uint32Array(n);
    this.#inTime = new Uint32Array(n);
    this.#latencyMs = Float64Array.from(watch.requests, ({ latencyH }) => latencyH * MS_PER_HOUR);
  }

  /** A look that answers the requests in `answers`; `deliveredMs` is NaN where no picture came. */
  add(answers: number, atMs: number, deliveredMs: number): void {
    const { span } = this.#watch;
    for (let left = answers; left !== 0; left &= left - 1) {
      const r = 31 - Math.clz32(left & -left);
      const gapMs = atMs - (this.#lastMs[r] as number);
      if (gapMs > (this.#longestMs[r] as number)) this.#longestMs[r] = gapMs;
      this.#lastMs[r] = atMs;
      // A picture that never came is late once the latency wanted has passed within the span.
      const isLate = Number.isNaN(deliveredMs) && span.end - atMs > (this.#latencyMs[r] as number);
      if (Number.isNaN(deliveredMs) && !isLate) continue;
      this.#pictures[r] = (this.#pictures[r] as number) + 1;
      if (deliveredMs - atMs <= (this.#latencyMs[r] as number)) this.#inTime[r] = (this.#inTime[r] as number) + 1;
    }
  }

  /** `bits`: the requests whose zone the cell lies in. */
  endCell(bits: number): void {
    const { span, requests } = this.#watch;
    this.rows.forEach((row, r) => {
      const pictures = this.#pictures[r] as number;
      const gapMs = Math.max(this.#longestMs[r] as number, span.end - (this.#lastMs[r] as number));
      if (((bits >>> r) & 1) !== 0) {
        const revisit = gapMs <= (requests[r]?.revisitH ?? 0) * MS_PER_HOUR;
        const latency = pictures > 0 && (this.#inTime[r] as number) >= Math.ceil(0.9 * pictures);
        if (pictures > 0) row.withPicture++;
        if (revisit) row.takenMet++;
        if (latency) row.latencyMet++;
        if (revisit && latency) row.met++;
      }
      this.#lastMs[r] = span.start;
      this.#longestMs[r] = 0;
      this.#pictures[r] = 0;
      this.#inTime[r] = 0;
    });
  }
}
