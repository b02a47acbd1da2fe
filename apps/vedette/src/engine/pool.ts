/** The threads of a run. The only file that knows piscina. */
import { availableParallelism } from "node:os";
import { Piscina } from "piscina";
import type { EngineData } from "./setting.ts";
import type * as worker from "./worker.ts";

/** Threads that all run one worker file, and answer what it exports. */
export class ThreadPool<Tasks extends Record<string, (task: never) => unknown>> {
  readonly #pool: Piscina;
  #failed: { readonly error: unknown } | undefined;

  /** `data` is given to each thread once. */
  constructor(worker: URL, data: unknown, threads: number) {
    this.#pool = new Piscina({
      filename: worker.href,
      workerData: data,
      minThreads: threads,
      maxThreads: threads,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    // A thread that ends without a task: unheard, the whole process would end with it.
    this.#pool.on("error", (error: unknown) => {
      this.#failed ??= { error };
    });
  }

  run<K extends keyof Tasks & string>(
    name: K,
    task: Parameters<Tasks[K]>[0],
    signal?: AbortSignal,
  ): Promise<ReturnType<Tasks[K]>> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed.error);
    return this.#pool.run(task, { name, ...(signal === undefined ? {} : { signal }) });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }
}

/** What the worker of a run can be asked, by name. */
type EngineTasks = Omit<typeof worker, "default">;

export class EnginePool extends ThreadPool<EngineTasks> {
  constructor(data: EngineData, threads: number = availableParallelism()) {
    super(new URL("./worker.ts", import.meta.url), data, threads);
  }
}
