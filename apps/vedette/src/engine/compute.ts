/** From a loaded scenario to a result: sweep once, then one row after another from it, on all threads. */
import type { Acceptance } from "@vedette/core/access/acceptance";
import type { Sky } from "@vedette/core/access/sky";
import { acceptanceFor } from "@vedette/core/coalition/assess";
import type { UnknownStretch } from "@vedette/core/coalition/watch";
import { nationsWithAssets } from "@vedette/core/coalition/without";
import { assumedFigures, scaleAssumed } from "@vedette/core/network/figures";
import { fleetOf } from "@vedette/core/network/fleet";
import { parseInstant } from "@vedette/core/time/instant";
import type { Headline, Result, Variant } from "@vedette/wire/result";
import type { LoadedScenario } from "../scenario/load.ts";
import { shared } from "./memory.ts";
import { EnginePool } from "./pool.ts";
import { resultOf, type Varied } from "./result.ts";
import { type Setting, settingOf, VARIED_BY, type Variation } from "./setting.ts";
import { sweepFleet } from "./sweep-fleet.ts";
import type { CaseTask, VariedTask } from "./worker.ts";

export interface ComputeOptions {
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  readonly phase: "sweep" | "rows";
  readonly done: number;
  readonly total: number;
}

/** Figures of a planned orbit: varied, they need a sweep of their own. */
const ORBIT_FIGURES = ["altitudeKm", "inclinationDeg", "ltanH", "raanDeg", "raanSpreadDeg", "argumentOfLatitudeDeg"];

/** Figures that decide which opportunities a sensor has, or which requests it answers. */
const JUDGED_FIGURES = ["band.minDeg", "band.maxDeg", "minSunElevationDeg", "resolutionM"];

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
  #unknown: readonly UnknownStretch[] = [];

  constructor(loaded: LoadedScenario, setting: Setting, pool: EnginePool, options: ComputeOptions) {
    this.#loaded = loaded;
    this.#setting = setting;
    this.#pool = pool;
    this.#options = options;
    this.#without = loaded.scenario.without ?? [];
  }

  async run(): Promise<Result> {
    const { full, sample } = this.#setting.data;
    const { fleet } = full.watch;
    const { network } = this.#loaded;
    const onDone = this.#counter("sweep", fleet.filter(({ elements }) => elements !== undefined).length);
    const { signal } = this.#options;
    const swept = await sweepFleet(this.#pool, {
      setting: this.#setting,
      network,
      fleet,
      sampleOnly: false,
      signal,
      onDone,
    });
    const nations = nationsWithAssets(network, fleet).filter((nation) => !this.#without.includes(nation));
    const assumed = new Map<string, number>();
    for (const { name } of assumedFigures(network)) assumed.set(name, (assumed.get(name) ?? 0) + 1);
    const rowDone = this.#counter("rows", 1 + nations.length + 2 * assumed.size);
    this.#unknown = swept.unknown;
    const task = {
      sky: swept.full,
      acceptance: acceptanceFor(full.watch, swept.full, network, shared),
      without: this.#without,
      unknown: swept.unknown,
    };
    // All rows are asked for at once, the longest first, so that no thread waits for another.
    const rows = Promise.all([
      this.#counted(this.#pool.run("baseTask", task, signal), rowDone),
      ...nations.map((nation) => this.#counted(this.#withoutNation(task, nation), rowDone)),
    ]);
    const judged = acceptanceFor(sample.watch, swept.sample, network, shared);
    const sensitivity = this.#sensitivity(swept.sample, judged, assumed, rowDone);
    const [[base, ...variants], varied] = await Promise.all([rows, sensitivity]);
    return resultOf({ loaded: this.#loaded, setting: this.#setting, swept, base, variants, ...varied });
  }

  async #withoutNation(task: CaseTask, nation: string): Promise<Variant> {
    const without = [...this.#without, nation];
    const figures = await this.#pool.run("figuresTask", { ...task, without }, this.#options.signal);
    const name = this.#loaded.network.nations[nation]?.name ?? nation;
    return { id: `without-${nation}`, label: `without ${name}`, nation, ...figures };
  }

  async #sensitivity(
    sky: Sky,
    acceptance: Acceptance,
    counts: ReadonlyMap<string, number>,
    done: (more: number) => void,
  ): Promise<Varied> {
    const task = { sky, unknown: this.#unknown, without: this.#without, contacts: 0 };
    const headline = await this.#pool.run("variedTask", task, this.#options.signal);
    const base = { acceptance, headline };
    const sensitivity = await Promise.all(
      [...counts].map(async ([figure, count]) => {
        const [low, high] = await Promise.all(
          [1 - VARIED_BY, 1 + VARIED_BY].map((factor) =>
            this.#counted(this.#varied(sky, base, { name: figure, factor }), done),
          ),
        );
        return { figure, count, low: low as Headline, high: high as Headline };
      }),
    );
    return { sensitivity, sensitivityBase: headline };
  }

  async #varied(sky: Sky, base: NonNullable<VariedTask["base"]>, variation: Variation): Promise<Headline> {
    const { name, factor } = variation;
    const contacts = this.#setting.contactVariants.findIndex((v) => v?.name === name && v.factor === factor);
    const task = { unknown: this.#unknown, without: this.#without, contacts: Math.max(0, contacts), variation };
    const { signal } = this.#options;
    if (ORBIT_FIGURES.includes(name))
      return this.#pool.run("variedTask", { ...task, sky: await this.#sweptAnew(variation) }, signal);
    return this.#pool.run("variedTask", { ...task, sky, ...(JUDGED_FIGURES.includes(name) ? {} : { base }) }, signal);
  }

  async #sweptAnew({ name, factor }: Variation): Promise<Sky> {
    const network = scaleAssumed(this.#loaded.network, name, factor);
    const fleet = fleetOf(network, this.#loaded.elements, parseInstant(this.#loaded.scenario.start));
    const { signal } = this.#options;
    const { sample } = await sweepFleet(this.#pool, {
      setting: this.#setting,
      network,
      fleet,
      sampleOnly: true,
      signal,
    });
    return sample;
  }

  async #counted<T>(promise: Promise<T>, done: (more: number) => void): Promise<T> {
    const answer = await promise;
    done(1);
    return answer;
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
