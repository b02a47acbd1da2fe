/** Repeats of several contestants in turn, so that a slow minute of the machine falls on all of them alike. */
import { performance } from "node:perf_hooks";

/** One side of a comparison: does a share of the work and returns its answer. */
export interface Contestant<Answer> {
  readonly by: string;
  /** How many times its own work the whole job is: 1 where it does all of it. */
  readonly scale: number;
  /** What was left out, in words, where `scale` is not 1. */
  readonly sample?: string;
  run(): Answer | Promise<Answer>;
  /** A smaller run that compiles the same code; the run itself where absent. */
  warm?(): void;
  /** Where the time is taken elsewhere (another process): seconds that the answer cost. */
  secondsOf?(answer: Answer): number;
}

export interface Measured<Answer> {
  readonly by: string;
  readonly scale: number;
  readonly sample: string | undefined;
  /** Seconds of the whole job: measured times `scale`. */
  readonly medianS: number;
  readonly minS: number;
  readonly maxS: number;
  readonly rounds: number;
  /** Of the last round. */
  readonly answer: Answer;
}

/** One unmeasured round, then `rounds` measured ones; each round starts with another contestant. */
export async function interleaved<Answer>(
  contestants: readonly Contestant<Answer>[],
  rounds: number,
): Promise<Measured<Answer>[]> {
  const seconds = contestants.map((): number[] => []);
  const answers: Answer[] = [];
  for (const contestant of contestants) {
    if (contestant.warm === undefined) await contestant.run();
    else contestant.warm();
  }
  for (let round = 0; round < rounds; round++) {
    for (let k = 0; k < contestants.length; k++) {
      const i = (round + k) % contestants.length;
      const contestant = contestants[i] as Contestant<Answer>;
      const startMs = performance.now();
      const answer = await contestant.run();
      const own = contestant.secondsOf?.(answer) ?? (performance.now() - startMs) / 1000;
      seconds[i]?.push(own * contestant.scale);
      answers[i] = answer;
    }
  }
  return contestants.map(({ by, scale, sample }, i) => ({
    by,
    scale,
    sample,
    ...summaryOf(seconds[i] ?? []),
    answer: answers[i] as Answer,
  }));
}

function summaryOf(seconds: readonly number[]): Pick<Measured<never>, "medianS" | "minS" | "maxS" | "rounds"> {
  const sorted = seconds.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half], sorted[half]];
  return {
    medianS: ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2,
    minS: sorted[0] ?? Number.NaN,
    maxS: sorted.at(-1) ?? Number.NaN,
    rounds: sorted.length,
  };
}
