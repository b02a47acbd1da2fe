/** The threads of a run. The only file that knows piscina. */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { EngineData } from "./setting.ts";
import type * as worker from "./worker.ts";

/** What the worker can be asked, by name. */
type Tasks = Omit<typeof worker, "default">;

export class EnginePool {
  readonly #pool: Piscina;

  constructor(data: EngineData, threads: number = availableParallelism()) {
    this.#pool = new Piscina({
      filename: new URL("./worker.ts", import.meta.url).href,
      workerData: data,
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
  }

  run<K extends keyof Tasks>(
    name: K,
    task: Parameters<Tasks[K]>[0],
    signal?: AbortSignal,
  ): Promise<ReturnType<Tasks[K]>> {
    return this.#pool.run(task, { name, ...(signal === undefined ? {} : { signal }) });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}
