/** Progress on long work: a bar where a person looks, a line per phase where a file does. On stderr. */
import { SingleBar } from "cli-progress";
import type { Progress } from "../engine/compute.ts";

const SWEEP = "sweeping satellites over the cells";
const ROWS = "nations taken out, figures varied ";

/** Two lines: the sweep, then the rows of the tables, which are worked on all together. */
export class ProgressLine {
  #bar: SingleBar | undefined;
  #words: string | undefined;
  readonly #phases = new Map<Progress["phase"], Progress>();

  show(progress: Progress): void {
    this.#phases.set(progress.phase, progress);
    const isSweep = progress.phase === "sweep";
    const counted = isSweep ? [progress] : [...this.#phases.values()].filter(({ phase }) => phase !== "sweep");
    const [done, total] = [sumOf(counted, "done"), sumOf(counted, "total")];
    const words = isSweep ? SWEEP : ROWS;
    if (words !== this.#words) this.#begin(words, total);
    this.#bar?.setTotal(total);
    this.#bar?.update(done);
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  #begin(words: string, total: number): void {
    this.end();
    this.#words = words;
    if (!process.stderr.isTTY) {
      process.stderr.write(`${words.trim()}\n`);
      return;
    }
    this.#bar = new SingleBar({
      format: `${words} {bar} {value}/{total}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
    });
    this.#bar.start(total, 0);
  }
}

function sumOf(phases: readonly Progress[], key: "done" | "total"): number {
  return phases.reduce((sum, phase) => sum + phase[key], 0);
}
