/** An evaluation as tables: the same text on the terminal and in docs/evaluation.md. */

import type { Evaluation, Measured, VariantRow } from "./evaluation.ts";
import { TERMS } from "./terms.ts";
import type { Area, Unit } from "./trial.ts";

const fixed = (value: number, digits = 3): string => (Number.isNaN(value) ? "-" : value.toFixed(digits));
const range = ([low, high]: readonly [number, number], digits = 2): string =>
  `${fixed(low, digits)} to ${fixed(high, digits)}`;

type Cells = readonly string[];

/** A Markdown table; columns as wide as their widest cell, so that it reads on a terminal too. */
function tableOf(head: Cells, rows: readonly Cells[]): string {
  const widths = head.map((cell, i) => Math.max(cell.length, 3, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (cells: Cells): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i] as number)).join(" | ")} |`;
  const rule = `|${widths.map((width, i) => (i === 0 ? `${"-".repeat(width + 2)}` : `${"-".repeat(width + 1)}:`)).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

const AREA_HEAD: Cells = ["AUC train", "AUC test", "95 %", "test, places and days"];
const areaCells = ({ train, test, testInterval, testPlaceDays }: Area): Cells => [
  fixed(train),
  fixed(test),
  range(testInterval),
  fixed(testPlaceDays),
];

const MEASURE_WORDS = {
  auc: "area under the curve",
  recallAt5: "recall at 5 % false positives",
  brier: "Brier score",
  slope: "calibration slope",
  intercept: "calibration intercept",
} as const;

export function headlineOf({ test, overBestRaw, raw, claims, area }: Evaluation): string {
  const best = raw.reduce<(typeof raw)[number] | undefined>(
    (most, row) => (most && most.test >= row.test ? most : row),
    undefined,
  );
  const cell = ({ value, interval }: Measured): string => `${fixed(value)} (${range(interval)})`;
  const rows = (Object.keys(MEASURE_WORDS) as (keyof typeof MEASURE_WORDS)[]).map((name) => [
    MEASURE_WORDS[name],
    ...(["report", "place-day"] as Unit[]).map((unit) => cell(test[unit][name])),
  ]);
  return [
    `Train: ${claims.train.claims} claims, ${claims.train.controls} controls, ${claims.train.places} places. ` +
      `Test: ${claims.test.claims} claims, ${claims.test.controls} controls, ${claims.test.places} places.`,
    "",
    tableOf(["test half", "each report a claim", "each place and day a claim"], rows),
    "",
    best === undefined
      ? "No anomalies were given, so that there are no raw counts to compare with."
      : `Best raw count of the test half: ${fixed(best.test)} (${best.radiusKm} km, ${best.days} days). ` +
        `Over it: ${fixed(overBestRaw.value)} (${range(overBestRaw.interval)}). On the half it was fitted to: ${fixed(area.train)}.`,
  ].join("\n");
}

export function rawTable({ raw }: Evaluation): string {
  return tableOf(
    ["anomalies counted", ...AREA_HEAD],
    raw.map(({ radiusKm, days, ...area }) => [
      `${radiusKm} km, ${days} ${days === 1 ? "day" : "days"}`,
      ...areaCells(area),
    ]),
  );
}

export function variantTables({ variants, area, model }: Evaluation): string {
  const groups = [...new Set(variants.map(({ group }) => group))];
  const shipped = [model.thermal.near, model.thermal.around, model.alerts, model.news].map(({ weight01 }) =>
    fixed(weight01),
  );
  const rowOf = (row: VariantRow): Cells => [
    row.isForbidden ? `${row.name}: not to be used` : row.name,
    ...areaCells(row),
    TERMS.map((term) => fixed(row.weights01[term])).join(" "),
  ];
  const whole: Cells = ["the shipped model", ...areaCells(area), shipped.join(" ")];
  return groups
    .map((group) => {
      const rows = variants.filter((row) => row.group === group).map(rowOf);
      return tableOf([group, ...AREA_HEAD, "weights"], group === "kinds" ? [whole, ...rows] : rows);
    })
    .join("\n\n");
}

export function skyTable({ sky }: Evaluation): string {
  return tableOf(
    ["sky over the five days", "controls", "with an anomaly within 16 km"],
    sky.map(({ from01, days, seen01 }) => [
      from01 === undefined ? "unknown" : `${fixed(from01, 1)} open and more`,
      String(days),
      `${fixed(100 * seen01, 0)} %`,
    ]),
  );
}

export function fitLine({ fitted, model }: Evaluation): string {
  const again = TERMS.map((term) => fixed(fitted.trial.weights01[term]));
  const shipped = [model.thermal.near, model.thermal.around, model.alerts, model.news].map(({ weight01 }) =>
    fixed(weight01),
  );
  const isSame = again.every((weight, i) => Math.abs(Number(weight) - Number(shipped[i])) <= 0.0011);
  return isSame
    ? `Fitted anew, the weights are the shipped ones (${shipped.join(", ")}; shrunk by ${fixed(fitted.trial.shrink, 2)}).`
    : `Fitted anew, the weights are ${again.join(", ")} (shrunk by ${fixed(fitted.trial.shrink, 2)}); shipped: ${shipped.join(", ")}.`;
}
