/** What helps and what does not: one thing changed at a time, fitted anew on the first half, measured on the second. */
import { baselineOf } from "@vedette/core/verify/baseline";
import type { DatedPoints } from "@vedette/core/verify/baseline-points";
import type { CorroborationFeeds } from "@vedette/core/verify/corroborate";
import type { CorroborationModel, ThermalModel } from "@vedette/core/verify/model";
import type { Looks } from "@vedette/core/verify/observable";
import type { FeedsFolder } from "../corroborate/feeds-folder.ts";
import type { FirmsFolder } from "../corroborate/read-firms.ts";
import type { Labelled } from "./draw-claims.ts";
import type { Term } from "./terms.ts";

export interface Variant {
  readonly group: "kinds" | "heat: radius" | "heat: days" | "heat: what is usual" | "heat: power and hour" | "news";
  readonly name: string;
  readonly only: readonly Term[];
  readonly model: CorroborationModel;
  /** Other feeds than the folder's. */
  readonly feeds?: () => CorroborationFeeds;
  /** Other claims: of the same number and order. */
  readonly labelled?: (labelled: readonly Labelled[]) => Labelled[];
  /** Shown for what it would be, and not to be used. */
  readonly isForbidden?: true;
}

const HEAT: readonly Term[] = ["near", "around"];

export function variantsOf(folder: FeedsFolder, model: CorroborationModel): Variant[] {
  return [...kindVariants(model), ...heatVariants(folder, model), ...newsVariants(model)];
}

function kindVariants(model: CorroborationModel): Variant[] {
  const variant = (name: string, only: readonly Term[]): Variant => ({ group: "kinds", name, only, model });
  return [
    variant("without heat", ["alerts", "news"]),
    variant("without alerts", [...HEAT, "news"]),
    variant("without news", [...HEAT, "alerts"]),
    variant("heat alone", HEAT),
    variant("heat within 6 km alone", ["near"]),
    variant("heat at 6 to 16 km alone", ["around"]),
    variant("alerts alone", ["alerts"]),
    variant("news alone", ["news"]),
  ];
}

function heatVariants({ firms, feeds }: FeedsFolder, model: CorroborationModel): Variant[] {
  if (firms === undefined) return [];
  const patched = (patch: Partial<ThermalModel>): CorroborationModel => ({
    ...model,
    thermal: { ...model.thermal, ...patch },
  });
  const over = (points: DatedPoints, thermal: ThermalModel) => (): CorroborationFeeds => ({
    ...feeds,
    thermal: { baseline: baselineOf(points, thermal, firms.landUse) },
  });
  const { near, around, level, persistent } = model.thermal;
  const heat = (
    group: Variant["group"],
    name: string,
    patch: Partial<ThermalModel>,
    only: readonly Term[] = ["near"],
  ): Variant => ({
    group,
    name,
    only,
    model: patched(patch),
  });
  const noMask = { persistent: { ...persistent, days: 100_000 } };
  return [
    ...[1, 2, 3, 6, 10].map((toKm) =>
      heat("heat: radius", `within ${toKm} km`, {
        near: { ...near, toKm },
        around: { ...around, fromKm: Math.max(toKm, 6) },
      }),
    ),
    ...[0, 1, 2].map((windowDays) =>
      heat("heat: days", `${2 * windowDays + 1} ${windowDays === 0 ? "day" : "days"}`, { windowDays }),
    ),
    {
      ...heat("heat: what is usual", "furnaces and flares counted too", noMask),
      feeds: over(firms.points, { ...model.thermal, ...noMask }),
    },
    heat("heat: what is usual", "other years alone", { surroundingPrior: 1e6 }),
    heat("heat: what is usual", "own weeks alone", { surroundingPrior: 1e-3, landUseYears: 0 }),
    heat("heat: what is usual", "without the region's level of the day", { level: { ...level, priorCount: 1e9 } }),
    heat("heat: what is usual", "without land use", { landUseYears: 0 }),
    ...timedVariants(firms.looks, heat, over, model.thermal),
  ];
}

/** Pixels that have a time are MODIS's, and VIIRS's from September: far fewer than all. */
function timedVariants(
  looks: Looks | undefined,
  heat: (group: Variant["group"], name: string, patch: Partial<ThermalModel>) => Variant,
  over: (points: DatedPoints, thermal: ThermalModel) => () => CorroborationFeeds,
  thermal: ThermalModel,
): Variant[] {
  if (looks === undefined) return [];
  const chosen = (name: string, isIn: (i: number) => boolean): Variant => ({
    ...heat("heat: power and hour", name, {}),
    feeds: over(pick(looks, isIn), thermal),
  });
  const isNight = (i: number): boolean => {
    const minute = looks.minuteOfDay[i] as number;
    return minute < NIGHT_UTC.end || minute >= NIGHT_UTC.start;
  };
  return [
    chosen("pixels with a time, all", () => true),
    chosen("of 20 MW and more", (i) => (looks.frpMw[i] as number) >= 20),
    chosen("of 50 MW and more", (i) => (looks.frpMw[i] as number) >= 50),
    chosen("by night", isNight),
    chosen("by day", (i) => !isNight(i)),
  ];
}

/** Passes come at about 1 and 20 (night) and 9 and 11 (day) UTC: nothing lies near these limits. */
const NIGHT_UTC = { start: 16 * 60, end: 5 * 60 };

function pick(looks: Looks, isIn: (i: number) => boolean): FirmsFolder["points"] {
  const at = Array.from(looks.day.keys()).filter(isIn);
  return {
    latitudeDeg: Float32Array.from(at, (i) => looks.latitudeDeg[i] as number),
    longitudeDeg: Float32Array.from(at, (i) => looks.longitudeDeg[i] as number),
    day: Int32Array.from(at, (i) => looks.day[i] as number),
  };
}

function newsVariants(model: CorroborationModel): Variant[] {
  const news = (name: string, patch: Partial<CorroborationModel["news"]>): Variant => ({
    group: "news",
    name,
    only: ["news"],
    model: { ...model, news: { ...model.news, ...patch } },
  });
  return [
    news("every medium counted, the claim's own perhaps among them", { leavesOutBusiest: false }),
    {
      ...news("origin of each claim known: its medium, article and text left out", {}),
      labelled: (labelled) => labelled.map(withOrigin),
    },
    news("from 10 km on", { fromKm: 10 }),
    news("to 60 km", { toKm: 60 }),
    {
      ...news("the claim's own report counted (a leak)", {
        fromKm: 0,
        toKm: 10,
        ownDays: -1,
        windowDays: 0,
        leavesOutBusiest: false,
      }),
      isForbidden: true,
    },
  ];
}

function withOrigin(each: Labelled): Labelled {
  const { sources, urls, text } = each.report;
  const [source] = sources;
  return { ...each, claim: { ...each.claim, origin: { url: urls, text, ...(source !== undefined && { source }) } } };
}
