/** The whole evaluation: claims drawn, weights fitted, the shipped model measured, one thing changed at a time. */
import type { Findings } from "@vedette/core/verify/corroborate";
import type { CorroborationModel } from "@vedette/core/verify/model";
import { termRatio } from "@vedette/core/verify/model-fit";
import {
  aucOf,
  bootstrapOf,
  intervalOf,
  MEASURES,
  type Measures,
  measuresOf,
  type Sample,
} from "@vedette/core/verify/model-measure";
import type { FeedsFolder } from "../corroborate/feeds-folder.ts";
import { type Variant, variantsOf } from "./ablation.ts";
import { drawClaims, type Labelled } from "./draw-claims.ts";
import { type Fitted, fitModel, spreadModel } from "./fit-model.ts";
import { rawCounts } from "./raw-counts.ts";
import { TERMS, type Terms, withWeights } from "./terms.ts";
import {
  type Area,
  areaOf,
  bootstrapDice,
  readFindings,
  samplesOf,
  type Trial,
  termsFor,
  trialOf,
  type Unit,
} from "./trial.ts";

export interface EvaluationRule {
  readonly seed: number;
  readonly controls: number;
  readonly draws: number;
}

export interface Measured {
  readonly value: number;
  readonly interval: readonly [number, number];
}

export interface RawRow extends Area {
  readonly radiusKm: number;
  readonly days: number;
}

export interface VariantRow extends Area {
  readonly group: Variant["group"];
  readonly name: string;
  readonly weights01: Trial["weights01"];
  readonly isForbidden: boolean;
}

export interface Evaluation {
  readonly rule: EvaluationRule;
  readonly claims: Readonly<
    Record<Labelled["half"], { readonly claims: number; readonly controls: number; readonly places: number }>
  >;
  readonly model: CorroborationModel;
  readonly fitted: Fitted;
  readonly area: Area;
  readonly test: Readonly<Record<Unit, Readonly<Record<keyof Measures, Measured>>>>;
  readonly raw: readonly RawRow[];
  /** Against the best raw count, which is chosen with the test half in sight: the hardest to beat. */
  readonly overBestRaw: Measured;
  readonly variants: readonly VariantRow[];
  readonly sky: readonly SkyRow[];
}

/** Does the sky read from furnaces foretell whether anything is seen? Controls of both halves. */
export interface SkyRow {
  readonly from01: number | undefined;
  readonly days: number;
  /** Share of them with an anomaly, near or around. */
  readonly seen01: number;
}

export interface EvaluationWork {
  readonly rule: EvaluationRule;
  readonly folder: FeedsFolder;
  readonly model: CorroborationModel;
  readonly onStep?: (done: number, total: number, name: string) => void;
  readonly signal?: AbortSignal;
}

/** Fits alone: what `--fit` writes. */
export function fitOnly({ rule, folder, model }: EvaluationWork): {
  readonly fitted: Fitted;
  readonly labelled: readonly Labelled[];
} {
  const labelled = drawClaims(folder.news, rule);
  return { labelled, fitted: fitModel(labelled, readFindings(labelled, folder.feeds, model), model) };
}

export async function evaluate(work: EvaluationWork): Promise<Evaluation> {
  const { rule, folder, model, onStep = () => {}, signal } = work;
  const variants = variantsOf(folder, model);
  const total = variants.length + 1;
  onStep(0, total, "the shipped model");
  const { fitted, labelled } = fitOnly(work);
  const findings = readFindings(labelled, folder.feeds, model);
  const logits = logitsUnder(termsFor(findings, model), model);
  const rows: VariantRow[] = [];
  for (const [i, variant] of variants.entries()) {
    onStep(i + 1, total, variant.name);
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    rows.push(rowOf(variant, labelled, work));
  }
  const raw = folder.firms === undefined ? [] : rawCounts(labelled, folder.firms);
  return {
    rule,
    model,
    fitted,
    claims: { train: countsOf(labelled, "train"), test: countsOf(labelled, "test") },
    area: areaOf(labelled, logits, rule),
    test: {
      report: measureAll(labelled, logits, "report", rule),
      "place-day": measureAll(labelled, logits, "place-day", rule),
    },
    raw: raw.map(({ counts, ...row }) => ({ ...row, ...areaOf(labelled, counts, rule) })),
    overBestRaw: overBest(
      labelled,
      logits,
      raw.map(({ counts }) => counts),
      rule,
    ),
    variants: rows,
    sky: skyRows(labelled, findings),
  };
}

function rowOf(variant: Variant, drawn: readonly Labelled[], { folder, rule }: EvaluationWork): VariantRow {
  const labelled = variant.labelled?.(drawn) ?? drawn;
  const feeds = variant.feeds?.() ?? folder.feeds;
  const needed = {
    ...(variant.only.some((term) => term === "near" || term === "around") &&
      feeds.thermal && { thermal: feeds.thermal }),
    ...(variant.only.includes("alerts") && feeds.alerts && { alerts: feeds.alerts }),
    ...(variant.only.includes("news") && feeds.news && { news: feeds.news }),
    ...(feeds.oblastOf && { oblastOf: feeds.oblastOf }),
  };
  const findings = readFindings(labelled, needed, variant.model);
  const spread = spreadModel(labelled, findings, variant.model);
  const trial = trialOf(labelled, termsFor(spread.findings, spread.model), variant.only);
  const { group, name, isForbidden = false } = variant;
  return { group, name, isForbidden, weights01: trial.weights01, ...areaOf(labelled, trial.logits, rule) };
}

/** The model's own weights, exactly as `vedette corroborate` uses them. */
function logitsUnder(terms: readonly Terms[], { thermal, alerts, news }: CorroborationModel): Float64Array {
  const weights = [thermal.near.weight01, thermal.around.weight01, alerts.weight01, news.weight01];
  return Float64Array.from(terms, (own) => {
    const sum = own.reduce(
      (total, term, t) => total + (term === undefined ? 0 : termRatio(term, weights[t] as number)),
      0,
    );
    return Math.round(sum * 1e9) / 1e9;
  });
}

function countsOf(labelled: readonly Labelled[], half: Labelled["half"]) {
  const own = labelled.filter((each) => each.half === half);
  const claims = own.filter(({ isTrue }) => isTrue).length;
  return { claims, controls: own.length - claims, places: new Set(own.map(({ cluster }) => cluster)).size };
}

function measureAll(labelled: readonly Labelled[], logits: Float64Array, unit: Unit, { draws, seed }: EvaluationRule) {
  const samples = samplesOf(labelled, logits, { half: "test", unit });
  const found = measuresOf(samples);
  const drawn = bootstrapOf(samples, (each) => ({ ...measuresOf(each) }), { draws, dice: bootstrapDice(seed) });
  return Object.fromEntries(
    MEASURES.map((name) => [name, { value: found[name], interval: intervalOf(drawn[name]) }]),
  ) as Record<keyof Measures, Measured>;
}

function overBest(
  labelled: readonly Labelled[],
  logits: Float64Array,
  raw: readonly Float64Array[],
  { draws, seed }: EvaluationRule,
): Measured {
  const test = { half: "test", unit: "report" } as const;
  const ours = samplesOf(labelled, logits, test);
  const theirs = raw.map((counts) => samplesOf(labelled, counts, test));
  const best = theirs.reduce<Sample[]>(
    (most, each) => (most.length === 0 || aucOf(each) > aucOf(most) ? each : most),
    [],
  );
  if (best.length === 0) return { value: Number.NaN, interval: [Number.NaN, Number.NaN] };
  const differenceOf = (at: readonly number[], drawn: readonly Sample[]): number =>
    aucOf(drawn) - aucOf(at.map((i) => best[i] as Sample));
  const { over } = bootstrapOf(ours, (drawn, at) => ({ over: differenceOf(at, drawn) }), {
    draws,
    dice: bootstrapDice(seed),
  });
  return { value: differenceOf(Array.from(ours.keys()), ours), interval: intervalOf(over) };
}

const SKY_STEPS = [undefined, 0, 0.2, 0.4, 0.6, 0.8] as const;

function skyRows(labelled: readonly Labelled[], findings: readonly Findings[]): SkyRow[] {
  const readings = labelled.flatMap(({ isTrue }, i) => {
    const { thermal } = findings[i] as Findings;
    if (isTrue || "unknown" in thermal) return [];
    const { near, around } = thermal.counts;
    return [{ open01: thermal.sky.open01, isSeen: near.count + around.count > 0 }];
  });
  return SKY_STEPS.map((from01, step) => {
    const to01 = SKY_STEPS[step + 1] ?? Number.POSITIVE_INFINITY;
    const own = readings.filter(({ open01 }) =>
      from01 === undefined || open01 === undefined ? open01 === from01 : open01 >= from01 && open01 < to01,
    );
    return { from01, days: own.length, seen01: own.filter(({ isSeen }) => isSeen).length / own.length };
  });
}

/** The model with the weights of a fit, rounded as they are written. */
export function roundedModel({ model, trial }: Fitted): CorroborationModel {
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const weights = Object.fromEntries(TERMS.map((term) => [term, round(trial.weights01[term])]));
  return withWeights(model, weights as Trial["weights01"]);
}
