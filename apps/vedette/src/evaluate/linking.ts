/** How well linking finds incidents whose truth was drawn, for every reading of what is to be drawn, and what could be had. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { boundOf } from "@vedette/core/exercise/told/bound";
import { type Agreement, agreementOf } from "@vedette/core/exercise/told/score";
import { type Settlement, type ToldWorld, tell, USUAL_WORLD } from "@vedette/core/exercise/told/world";
import { linkItems } from "@vedette/core/verify/linking";
import { SHIPPED_ROOT } from "../scenario/paths.ts";

export interface LinkingRow {
  readonly world: string;
  readonly reports: number;
  /** Means over the seeds. */
  readonly score: Agreement;
  /** With true errors, delays, sizes and densities, and texts read without fault; `undefined` where it is not kept. */
  readonly bound?: Agreement;
  readonly meanConfidence: number;
  readonly learntKm: number;
  readonly seconds: number;
}

type Change = Partial<ToldWorld>;

const point = { extent: { shape: "point", km: 0 } } as const;
const disc = (km: number): Change => ({ extent: { shape: "disc", km } });
const error = (shape: ToldWorld["error"]["shape"], km: number): Change => ({ error: { shape, km } });

/** The two gates of the description. */
const GATES: Readonly<Record<string, Change>> = {
  "0.3 km, same day": error("normal", 0.3),
  "1 km, to 2 days late": { ...error("normal", 1), delay: "days" },
};

/** Readings of what the description leaves open; cities of 7 km, text of kind, place and number where nothing else is said. */
const READINGS: Readonly<Record<string, Change>> = {
  "no text; cities 3 km": { text: "none", ...disc(3) },
  "no text; cities 7 km": { text: "none" },
  "no text; cities 10 km": { text: "none", ...disc(10) },
  "no text; cities a point": { text: "none", ...point },
  "cities 3 km": disc(3),
  "cities 7 km": {},
  "cities 10 km": disc(10),
  "cities normal, 4 km": { extent: { shape: "normal", km: 4 } },
  "cities a point": point,
  "cities a point, all have text": { ...point, half: "all" },
  "half the incidents have text": { half: "incidents" },
  "own words": { text: "unique" },
  reworded: { text: "paraphrase" },
  "half copied, half reworded": { text: "copied" },
  "reworded; half the incidents": { text: "paraphrase", half: "incidents" },
  "with times": { timed: true },
  "each source once": { once: true },
  "some share an address": { urls: "shared" },
  "own addresses": { urls: "own" },
};

const withShape = (gate: Change, shape: ToldWorld["error"]["shape"]): Change => ({
  ...gate,
  error: { shape, km: gate.error?.km ?? 1 },
});

/** Name and world of every row. */
export function worldsOf(): readonly (readonly [string, Change])[] {
  return Object.entries(GATES).flatMap(([gate, change]) => [
    ...Object.entries(READINGS).map(([name, reading]) => [`${gate}: ${name}`, { ...change, ...reading }] as const),
    [`${gate}: error radial`, withShape(change, "radial")] as const,
    [`${gate}: error uniform`, withShape(change, "uniform")] as const,
    ...(change.delay === undefined
      ? []
      : ([
          [`${gate}: falling chances`, { ...change, delay: "geometric" }],
          [`${gate}: to 48 hours late, with times`, { ...change, delay: "hours", timed: true }],
        ] as const)),
  ]);
}

const PLACES = join(SHIPPED_ROOT, "data", "basemap", "ukraine-places.json");

export function readSettlements(): readonly Settlement[] {
  return (JSON.parse(readFileSync(PLACES, "utf8")) as { places: Settlement[] }).places;
}

export function linkingRow(name: string, change: Change, seeds: readonly number[]): LinkingRow {
  const settlements = readSettlements();
  const runs = seeds.map((seed) => runOf({ ...USUAL_WORLD, ...change, seed }, settlements));
  const bounds = runs.flatMap(({ bound }) => bound ?? []);
  return {
    world: name,
    reports: mean(runs.map(({ reports }) => reports)),
    score: meanAgreement(runs.map(({ score }) => score)),
    ...(bounds.length === runs.length && { bound: meanAgreement(bounds) }),
    meanConfidence: mean(runs.map(({ confidence }) => confidence)),
    learntKm: mean(runs.map(({ learntKm }) => learntKm)),
    seconds: mean(runs.map(({ seconds }) => seconds)),
  };
}

function runOf(world: ToldWorld, settlements: readonly Settlement[]) {
  const told = tell(world, settlements);
  const truth = told.reports.map(({ incident }) => incident);
  const from = performance.now();
  const { of, confidence01, model } = linkItems(told.reports);
  const seconds = (performance.now() - from) / 1000;
  const bound = boundOf(world, told, settlements.length - world.cities);
  return {
    reports: told.reports.length,
    score: agreementOf(truth, [...of]),
    ...(bound && { bound: agreementOf(truth, [...bound]) }),
    confidence: mean([...confidence01]),
    learntKm: model.sigmaKm,
    seconds,
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

const meanAgreement = (all: readonly Agreement[]): Agreement => ({
  f1: mean(all.map(({ f1 }) => f1)),
  precision: mean(all.map(({ precision }) => precision)),
  recall: mean(all.map(({ recall }) => recall)),
  bCubed: mean(all.map(({ bCubed }) => bCubed)),
});
