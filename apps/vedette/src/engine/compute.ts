/** From a loaded scenario to a result: sweep once, then one row after another from it, on all threads. */
import { nationsWithAssets } from "@vedette/core/coalition/without";
import { assumedFigures, scaleAssumed } from "@vedette/core/network/figures";
import { fleetOf } from "@vedette/core/network/fleet";
import { parseInstant } from "@vedette/core/time/instant";
import type { Headline, Result, Variant } from "@vedette/wire/result";
import type { LoadedScenario } from "../scenario/load.ts";
import { EnginePool } from "./pool.ts";
import { resultOf, type SensitivityAnswer } from "./result.ts";
import { type Setting, settingOf, VARIED_BY, type Variation } from "./setting.ts";
import { type SweptFleet, sweepFleet } from "./sweep-fleet.ts";

export interface ComputeOptions {
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  readonly phase: "sweep" | "dependence" | "sensitivity";
  readonly done: number;
  readonly total: number;
}

/** Figures of a planned orbit: varied, they need a sweep of their own. */
const ORBIT_FIGURES = ["altitudeKm", "inclinationDeg", "ltanH", "raanDeg", "raanSpreadDeg", "argumentOfLatitudeDeg"];

/** Same scenario, same bytes, on any number of threads. */
export async function computeResult(loaded: LoadedScenario, options: ComputeOptions = {}): Promise<Result> {
  const setting = settingOf(loaded);
  const pool = new EnginePool(setting.data, options.threads);
  try {
    return await new Computation(loaded, setting, pool, options).run();
  } finally {
    await pool.close();
  }
}

class Computation {
  readonly #loaded: LoadedScenario;
  readonly #setting: Setting;
  readonly #pool: EnginePool;
  readonly #options: ComputeOptions;
  readonly #without: readonly string[];

  constructor(loaded: LoadedScenario, setting: Setting, pool: EnginePool, options: ComputeOptions) {
    this.#loaded = loaded;
    this.#setting = setting;
    this.#pool = pool;
    this.#options = options;
    this.#without = loaded.scenario.without ?? [];
  }

  async run(): Promise<Result> {
    const { fleet } = this.#setting.data.watch;
    const { network } = this.#loaded;
    const sweepDone = this.#counter("sweep", fleet.filter(({ elements }) => elements !== undefined).length);
    const swept = await sweepFleet(this.#pool, {
      setting: this.#setting,
      network,
      fleet,
      baseOnly: false,
      signal: this.#options.signal,
      onDone: sweepDone,
    });
    const nations = nationsWithAssets(network, fleet).filter((nation) => !this.#without.includes(nation));
    const rowDone = this.#counter("dependence", nations.length + 1);
    const { signal } = this.#options;
    const basePromise = this.#pool.run(
      "baseTask",
      { sky: swept.sky, without: this.#without, contacts: 0, unknown: swept.unknown },
      signal,
    );
    const variantPromises = nations.map(async (nation): Promise<Variant> => {
      const task = { sky: swept.sky, without: [...this.#without, nation], contacts: 0 };
      const figures = await this.#pool.run("figuresTask", task, signal);
      rowDone(1);
      return {
        id: `without-${nation}`,
        label: `without ${network.nations[nation]?.name ?? nation}`,
        nation,
        ...figures,
      };
    });
    const [base, variants] = await Promise.all([
      basePromise.then((answer) => (rowDone(1), answer)),
      Promise.all(variantPromises),
    ]);
    const sensitivity = await this.#sensitivity(swept);
    return resultOf({ loaded: this.#loaded, setting: this.#setting, swept, base, variants, sensitivity });
  }

  async #sensitivity(swept: SweptFleet): Promise<SensitivityAnswer[]> {
    const counts = new Map<string, number>();
    for (const { name } of assumedFigures(this.#loaded.network)) counts.set(name, (counts.get(name) ?? 0) + 1);
    const done = this.#counter("sensitivity", 2 * counts.size);
    const headline = async (name: string, factor: number) => {
      const answer = await this.#varied(swept, { name, factor });
      done(1);
      return answer;
    };
    return Promise.all(
      [...counts].map(async ([figure, count]) => {
        const [low, high] = await Promise.all([headline(figure, 1 - VARIED_BY), headline(figure, 1 + VARIED_BY)]);
        return { figure, count, low, high };
      }),
    );
  }

  async #varied(swept: SweptFleet, variation: Variation): Promise<Headline> {
    const { contactVariants } = this.#setting;
    const contacts = contactVariants.findIndex((v) => v?.name === variation.name && v.factor === variation.factor);
    const sky = ORBIT_FIGURES.includes(variation.name) ? await this.#sweptAnew(variation) : swept.sky;
    return this.#pool.run(
      "headlineTask",
      { sky, without: this.#without, contacts: Math.max(0, contacts), variation },
      this.#options.signal,
    );
  }

  async #sweptAnew({ name, factor }: Variation): Promise<SweptFleet["sky"]> {
    const network = scaleAssumed(this.#loaded.network, name, factor);
    const fleet = fleetOf(network, this.#loaded.elements, parseInstant(this.#loaded.scenario.start));
    const { sky } = await sweepFleet(this.#pool, {
      setting: this.#setting,
      network,
      fleet,
      baseOnly: true,
      signal: this.#options.signal,
    });
    return sky;
  }

  #counter(phase: Progress["phase"], total: number): (more: number) => void {
    let done = 0;
    const report = () => this.#options.onProgress?.({ phase, done, total });
    report();
    return (more) => {
      done += more;
      report();
    };
  }
}
