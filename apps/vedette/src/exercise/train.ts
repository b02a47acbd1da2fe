/** A net for stations, trained by evolution strategies in an exercise: the same numbers on any number of threads, and after any pause. */
import {
  type Evolution,
  type EvolutionOptions,
  evolutionFrom,
  evolved,
  triedBy,
} from "@vedette/core/exercise/policy/evolution";
import { plainValues } from "@vedette/core/exercise/policy/station-net";
import { Dice } from "@vedette/core/numerics/dice";
import { ThreadPool } from "../engine/pool.ts";
import type { Plan } from "./load.ts";
import type * as worker from "./train-worker.ts";

export interface Training extends EvolutionOptions {
  readonly plan: Plan;
  readonly generations: number;
  /** Runs for each try: the same worlds for all tries of a generation, others in the next. */
  readonly worlds: number;
  readonly threads: number;
  readonly signal?: AbortSignal;
  /** To go on from. */
  readonly from?: Trained;
  /** After each generation. */
  readonly onGeneration?: (trained: Trained) => void;
}

/** Plain data: what is written down. */
export interface Trained {
  readonly evolution: Evolution;
  /** Of each generation: the mean of what its tries were worth, and its best. */
  readonly history: readonly { readonly mean01: number; readonly best01: number }[];
}

type Tasks = Pick<typeof worker, "tryTask">;

export async function train(order: Training): Promise<Trained> {
  const pool = new ThreadPool<Tasks>(
    new URL("./train-worker.ts", import.meta.url),
    { plan: order.plan },
    order.threads,
  );
  let trained: Trained = order.from ?? { evolution: evolutionFrom(plainValues()), history: [] };
  try {
    while (trained.evolution.generation < order.generations) {
      trained = await next(trained, order, pool);
      order.onGeneration?.(trained);
    }
    return trained;
  } finally {
    await pool.close();
  }
}

async function next({ evolution, history }: Trained, order: Training, pool: ThreadPool<Tasks>): Promise<Trained> {
  const tries = triedBy(evolution, order);
  const seeds = Array.from({ length: order.worlds }, (_, world) => worldSeed(order.seed, evolution.generation, world));
  const worths = await Promise.all(
    tries.flatMap((values) => seeds.map((seed) => pool.run("tryTask", { values, seed }, order.signal))),
  );
  const scores = tries.map((_, i) => meanOf(worths.slice(i * seeds.length, (i + 1) * seeds.length)));
  const told = { mean01: meanOf(scores), best01: Math.max(...scores) };
  return { evolution: evolved(evolution, scores, order), history: [...history, told] };
}

/** Of their own name: no campaign of runs meets them but by chance. */
const worldSeed = (seed: number, generation: number, world: number): number =>
  new Dice(seed, "evolution", `world ${generation}`, world).word();

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
