/** Progress on long work: a bar where a person looks, a line per phase where a file does. On stderr. */
import { SingleBar } from "cli-progress";
import type { Progress } from "../engine/compute.ts";

const WORDS: Readonly<Record<Progress["phase"], string>> = {
  sweep: "sweeping satellites over the cells",
  rows: "nations taken out, figures varied ",
};

export class ProgressLine {
  #bar: SingleBar | undefined;
  #phase: Progress["phase"] | undefined;

  show({ phase, done, total }: Progress): void {
    if (phase !== this.#phase) this.#begin(phase, total);
    this.#bar?.update(done);
  }

  end(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }

  #begin(phase: Progress["phase"], total: number): void {
    this.end();
    this.#phase = phase;
    if (!process.stderr.isTTY) {
      process.stderr.write(`${WORDS[phase].trim()} (${total})\n`);
      return;
    }
    this.#bar = new SingleBar({
      format: `${WORDS[phase]} {bar} {value}/{total}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
    });
    this.#bar.start(total, 0);
  }
}
