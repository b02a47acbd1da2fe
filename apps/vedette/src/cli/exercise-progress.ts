/** Progress of many runs: how many are in, what they say so far and how well, how long the rest may take. On stderr. */
import { SingleBar } from "cli-progress";
import type { RunsDone } from "../exercise/monte-carlo.ts";
import { Interrupted } from "../problem.ts";

const FORMAT = "{what} {bar} {value}/{total}  {headline}{left}";

export interface Watched {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: RunsDone) => void;
}

/** A bar where a person looks, a line where a file does; Ctrl-C breaks off. @throws Interrupted with the number of runs that were in */
export async function watched<T>(what: string, work: (watch: Watched) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let latest: RunsDone | undefined;
  const onInterrupt = (): void => abort.abort(new Interrupted());
  process.once("SIGINT", onInterrupt);
  const begun = performance.now();
  const bar = process.stderr.isTTY
    ? new SingleBar({ format: FORMAT, stream: process.stderr, hideCursor: true })
    : undefined;
  if (bar === undefined) process.stderr.write(`${what}\n`);
  bar?.start(1, 0, { what, headline: "", left: "" });
  const onProgress = (progress: RunsDone): void => {
    latest = progress;
    bar?.setTotal(progress.total);
    bar?.update(progress.done, {
      headline: headlineText(progress),
      left: leftText(progress, performance.now() - begun),
    });
  };
  try {
    return await work({ signal: abort.signal, onProgress });
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    const made = latest === undefined ? "" : ` after ${latest.done} of ${latest.total} runs (${headlineText(latest)})`;
    throw new Interrupted(`interrupted${made}; nothing was written`);
  } finally {
    process.off("SIGINT", onInterrupt);
    bar?.stop();
  }
}

function headlineText({ headline: { estimate, low, high } }: RunsDone): string {
  if (Number.isNaN(estimate)) return "nothing counted yet";
  return `verified within 24 h ${(100 * estimate).toFixed(1)} % ± ${((100 * (high - low)) / 2).toFixed(1)}`;
}

function leftText({ done, total }: RunsDone, spentMs: number): string {
  const leftS = (spentMs / 1000 / done) * (total - done);
  if (leftS < 1) return "";
  return `, at most ${leftS < 90 ? `${Math.ceil(leftS)} s` : `${Math.ceil(leftS / 60)} min`} left`;
}
