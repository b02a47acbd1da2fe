/** A fitted model as the text of its file: figures with what they rest on. */
import type { CorroborationModel, CountTerm } from "@vedette/core/verify/model";
import type { Evaluation } from "./evaluation.ts";

export interface ModelNote {
  readonly version: string;
  readonly date: string;
  readonly claims: Evaluation["claims"]["train"];
  readonly seed: number;
  readonly shrink: number;
}

const ring = ({ fromKm, toKm }: { readonly fromKm: number; readonly toKm: number }): string =>
  `fromKm: ${fromKm}, toKm: ${toKm}`;
const dispersed = ({ dispersion: { scale, power } }: CountTerm): string => `{ scale: ${scale}, power: ${power} }`;
const term = (each: CountTerm): string =>
  `{ ${ring(each)}, weight01: ${each.weight01}, dispersion: ${dispersed(each)} }`;
const span = ({ from, to }: { readonly from: number; readonly to: number }): string => `{ from: ${from}, to: ${to} }`;

export function modelText({ id, thermal, alerts, news }: CorroborationModel, note: ModelNote): string {
  const { level, persistent, sky } = thermal;
  return `# yaml-language-server: $schema=../../packages/wire/schema/corroboration-model.schema.json
kind: corroboration-model
about:
  title: How much heat, alerts and news speak for a claim, Ukraine 2022
  description: >-
    Written by \`npm run evaluate -- --data DIR --fit\`. What each figure means stands in packages/core/src/verify/model.ts, how good it
    is in docs/evaluation.md. The figures are a summary: no place, date or text of any source can be read back from them.
  source: fitted by the Vedette project to the sources below
  date: "${note.date}"
  licence: "Apache-2.0; weights and spread derive from VIINA (ODbL 1.0), NASA FIRMS and the archive of air-raid alerts (MIT)"
sources:
  viina:
    title: Near-Real Time Analysis of War and Economic Activity during Russia's Invasion of Ukraine (VIINA 2.0)
    publisher: Zhukov and Ayers, University of Michigan
    url: https://github.com/zhukovyuri/VIINA
    date: "2023"
    licence: ODbL 1.0
  firms:
    title: Thermal anomalies over Ukraine 2012, 2016 and 2018 to 2022
    publisher: NASA FIRMS, LANCE/EOSDIS; extract of war-fire-model (MIT)
    url: https://firms.modaps.eosdis.nasa.gov/
    licence: NASA open data
  alerts:
    title: Air-raid sirens in Ukraine, official data from March 2022
    publisher: Vadimkin, ukrainian-air-raid-sirens-dataset
    url: https://github.com/Vadimkin/ukrainian-air-raid-sirens-dataset
    licence: MIT
id: ${id}
version: "${note.version}"
fitted:
  claims: ${note.claims.claims}
  controls: ${note.claims.controls}
  from: "2022-02-24"
  to: "2022-06-30"
  seed: ${note.seed}
  shrink: ${note.shrink.toFixed(3)}
  how: >-
    claims: located reports; controls: the same places on other days within 30. Dispersions by greatest likelihood on the controls,
    weights by least logarithmic loss, a place and day counting once, never negative, then all multiplied by \`shrink\`: the calibration
    slope of April, May and June, each foretold by the months before it
  assumed: >-
    radii, days, priors and the furnaces' rule were chosen by hand on this half of the year: round figures, none of them tuned finely
thermal:
  near: ${term(thermal.near)}
  around: ${term(thermal.around)}
  level: { ${ring(level)}, priorCount: ${level.priorCount} }
  windowDays: ${thermal.windowDays}
  surroundingDays: ${span(thermal.surroundingDays)}
  surroundingPrior: ${thermal.surroundingPrior}
  seasonDays: ${thermal.seasonDays}
  leastExpected: ${thermal.leastExpected}
  landUseYears: ${thermal.landUseYears}
  persistent: { days: ${persistent.days}, years: ${persistent.years}, months: ${persistent.months} }
  sky: { withinKm: ${sky.withinKm}, usual01: ${sky.usual01} }
alerts:
  weight01: ${alerts.weight01}
  windowDays: ${alerts.windowDays}
  surroundingDays: ${alerts.surroundingDays}
  windowHours: ${alerts.windowHours}
  raionKm: ${alerts.raionKm}
  hromadaKm: ${alerts.hromadaKm}
news:
  ${ring(news).replace(", ", "\n  ")}
  weight01: ${news.weight01}
  dispersion: ${dispersed(news)}
  windowDays: ${news.windowDays}
  surroundingDays: ${span(news.surroundingDays)}
  leastExpected: ${news.leastExpected}
  ownDays: ${news.ownDays}
  leavesOutBusiest: ${news.leavesOutBusiest}
`;
}
