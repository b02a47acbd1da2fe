/** The thread's shell: receive, call core, send back. */
import type { Acceptance } from "@vedette/core/access/acceptance";
import { ledgerByHour, ledgerRuns } from "@vedette/core/access/ledger";
import type { Sky } from "@vedette/core/access/sky";
import { type SkyTask, skyPartOf } from "@vedette/core/access/sky-part";
import {
  acceptanceFor,
  accessibleLatencyOf,
  assessAccessible,
  assessTaken,
  readyCase,
} from "@vedette/core/coalition/assess";
import { accessibleMet, ledgerOf, passFigures } from "@vedette/core/coalition/detail";
import type { UnknownStretch } from "@vedette/core/coalition/watch";
import { scaleAssumed } from "@vedette/core/network/figures";
import { SENSOR_KINDS } from "@vedette/core/network/network";
import type { StateTable } from "@vedette/core/orbit/ephemeris";
import type { Headline } from "@vedette/wire/result";
import { workerData } from "piscina";
import { accessibleHeadline, byKind, figuresOf, takenHeadline } from "./figures.ts";
import { shared } from "./memory.ts";
import type { EngineData, Variation } from "./setting.ts";

const { full, sample, network, table, ground }: EngineData = workerData;
const grids = [full.grid, sample.grid];
const relayTables = new Map<number, StateTable>();

export interface SweepTask {
  readonly tasks: readonly SkyTask[];
  /** Contacts of the base variant alone, for a sky that serves one row. */
  readonly sampleOnly: boolean;
}

export function sweepChunk({ tasks, sampleOnly }: SweepTask): ReturnType<typeof skyPartOf>[] {
  const { span } = full.watch;
  const setting = {
    grids,
    span,
    ground: sampleOnly ? ground.slice(0, 1) : ground,
    relayOptions: table,
    relayTables,
    allocate: shared,
  };
  return tasks.map((task) => skyPartOf(task, setting));
}

export interface CaseTask {
  readonly sky: Sky;
  readonly acceptance: Acceptance;
  readonly without: readonly string[];
  readonly unknown: readonly UnknownStretch[];
}

/** A row of the dependence table, with its map. */
export function figuresTask({ sky, acceptance, without, unknown }: CaseTask) {
  const { watch } = full;
  const ready = readyCase(watch, { network, without, contacts: 0 });
  return figuresOf(assessAccessible(sky, acceptance, ready, unknown), assessTaken(watch, sky, acceptance, ready));
}

/** The base case with everything that only it shows. */
export function baseTask({ sky, acceptance, without, unknown }: CaseTask) {
  const { watch } = full;
  const ready = readyCase(watch, { network, without, contacts: 0 });
  const taken = assessTaken(watch, sky, acceptance, ready);
  const closely = { watch, sky, acceptance, satellites: ready.satellites, plan: taken.plan };
  const ledger = ledgerOf(closely, unknown);
  return {
    figures: figuresOf(assessAccessible(sky, acceptance, ready, unknown), taken),
    ledgerRuns: ledgerRuns(ledger),
    ledgerByHour: SENSOR_KINDS.map((_, kind) => ledgerByHour(ledger, kind)),
    passes: passFigures(closely),
    requests: taken.requests,
    accessibleMet: accessibleMet(closely),
  };
}

export interface VariedTask {
  /** The sample's. */
  readonly sky: Sky;
  readonly unknown: readonly UnknownStretch[];
  readonly without: readonly string[];
  readonly contacts: number;
  /** Absent: the base, which the others are compared with. */
  readonly variation?: Variation;
  /** Where the variation leaves opportunities as they are: those of the base. Otherwise they are judged anew. */
  readonly base?: { readonly acceptance: Acceptance; readonly headline: Headline };
}

/** A cell of the sensitivity table. */
export function variedTask({ sky, unknown, without, contacts, variation, base }: VariedTask): Headline {
  const { watch } = sample;
  const varied = variation === undefined ? network : scaleAssumed(network, variation.name, variation.factor);
  const ready = readyCase(watch, { network: varied, without, contacts });
  const acceptance = base?.acceptance ?? acceptanceFor(watch, sky, varied, (bytes) => new ArrayBuffer(bytes));
  const accessible =
    base === undefined
      ? accessibleHeadline(assessAccessible(sky, acceptance, ready, unknown))
      : {
          ...base.headline,
          accessibleLatencyH: latencyByKind(sky, acceptance, ready),
          count: base.headline.cellLooks.accessible,
        };
  const { count, ...could } = accessible;
  return { ...could, ...takenHeadline(assessTaken(watch, sky, acceptance, ready), count) };
}

function latencyByKind(...parts: Parameters<typeof accessibleLatencyOf>): Headline["accessibleLatencyH"] {
  const latencyH = accessibleLatencyOf(...parts);
  return byKind((c) => latencyH[c] ?? null);
}
