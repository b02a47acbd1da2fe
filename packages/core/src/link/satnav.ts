/** Since when movers are without positions from satellites: their places grow worse until they have them again, and they know it. */
import { bandBit } from "./jamming.ts";

const SATNAV = bandBit("satnav");

export class Satnav {
  /** ms; NaN: not lost. */
  readonly #lostMs: Float64Array;

  constructor(movers: number) {
    this.#lostMs = new Float64Array(movers).fill(Number.NaN);
  }

  /**
   * Notes what is jammed where a mover is now. Between two calls the last one holds.
   * @param jammed bits of bands @returns seconds without positions so far; 0 with them
   */
  note(mover: number, jammed: number, nowMs: number): number {
    if ((jammed & SATNAV) === 0) {
      this.#lostMs[mover] = Number.NaN;
      return 0;
    }
    if (Number.isNaN(this.#lostMs[mover])) this.#lostMs[mover] = nowMs;
    return (nowMs - (this.#lostMs[mover] as number)) / 1000;
  }

  /** Whether the mover's operator is told that positions are lost. */
  isLost(mover: number): boolean {
    return !Number.isNaN(this.#lostMs[mover]);
  }
}
