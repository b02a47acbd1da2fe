/** The thread's shell: receive, call core, send back. */
import { gridOf } from "@vedette/core/access/grid";
import { ledgerByHour, ledgerRuns } from "@vedette/core/access/ledger";
import type { Sky } from "@vedette/core/access/sky";
import { type SkyTask, skyPartOf } from "@vedette/core/access/sky-part";
import { assess } from "@vedette/core/coalition/assess";
import { ledgerOf, passFigures, type UnknownStretch } from "@vedette/core/coalition/detail";
import { requestFigures } from "@vedette/core/coalition/requests";
import type { Case } from "@vedette/core/coalition/watch";
import { scaleAssumed } from "@vedette/core/network/figures";
import { SENSOR_KINDS } from "@vedette/core/network/network";
import { workerData } from "piscina";
import { figuresOf, headlineOf } from "./figures.ts";
import type { EngineData, Variation } from "./setting.ts";

const { cells, watch, network, ground }: EngineData = workerData;
const grid = gridOf(cells);

/** Contacts in the base variant only where `baseOnly` says so. */
export interface SweepTask {
  readonly tasks: readonly SkyTask[];
  readonly baseOnly: boolean;
}

export type SweepAnswer = readonly ReturnType<typeof skyPartOf>[];

export function sweepChunk({ tasks, baseOnly }: SweepTask): SweepAnswer {
  const setting = { grid, span: watch.span, ground: baseOnly ? ground.slice(0, 1) : ground };
  const parts = tasks.map((task) => skyPartOf(task, setting));
  return parts;
}

export interface CaseTask {
  readonly sky: Sky;
  readonly without: readonly string[];
  readonly contacts: number;
  readonly variation?: Variation;
}

function caseOf({ variation, without, contacts }: CaseTask): Case {
  return {
    network: variation === undefined ? network : scaleAssumed(network, variation.name, variation.factor),
    without,
    contacts,
  };
}

/** A row of the sensitivity table. */
export function headlineTask(task: CaseTask) {
  return headlineOf(assess(watch, task.sky, caseOf(task)));
}

/** A row of the dependence table, with its map. */
export function figuresTask(task: CaseTask) {
  return figuresOf(assess(watch, task.sky, caseOf(task)));
}

/** The base case with everything that only it shows. */
export function baseTask(task: CaseTask & { readonly unknown: readonly UnknownStretch[] }) {
  const assessment = assess(watch, task.sky, caseOf(task));
  const { detail } = assessment;
  const ledger = ledgerOf(watch, task.sky, detail, task.unknown);
  return {
    figures: figuresOf(assessment),
    ledgerRuns: ledgerRuns(ledger),
    ledgerByHour: SENSOR_KINDS.map((_, kind) => ledgerByHour(ledger, kind)),
    passes: passFigures(watch, task.sky, detail),
    requests: requestFigures(watch, task.sky, detail),
  };
}
