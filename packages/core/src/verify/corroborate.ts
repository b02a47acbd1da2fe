/**
 * The probability of a claim from evidence that is independent of it. Kinds of evidence are taken to be independent of
 * each other given the claim's truth, so their ratios multiply; what a kind cannot say leaves the probability where it is.
 */
import type { Claim } from "./claim.ts";
import { type AlertAnswer, type AlertFeed, alertReader } from "./corroborate-alerts.ts";
import { type NewsAnswer, type NewsItem, newsReader } from "./corroborate-news.ts";
import { type OtherSources, type SourceFinding, sourceReader } from "./corroborate-sources.ts";
import {
  type ThermalAnswer,
  type ThermalFeed,
  type ThermalRatio,
  thermalRatioOf,
  thermalReader,
} from "./corroborate-thermal.ts";
import { logRatioOf, posteriorOf } from "./likelihood.ts";
import type { CorroborationModel } from "./model.ts";

/** What is fitted; other sources are weighed by the rates that their tables declare. */
export type EvidenceKind = "thermal" | "alerts" | "news";

export interface CorroborationFeeds {
  readonly thermal?: ThermalFeed;
  readonly alerts?: AlertFeed;
  readonly news?: readonly NewsItem[];
  readonly sources?: OtherSources;
  /** The oblast of a place in the alerts' spelling. */
  readonly oblastOf?: (claim: Claim) => string | undefined;
  /** By kind of evidence: kinds of event that it never shows. A claim of such a kind is not weighed by it. */
  readonly blindTo?: Readonly<Partial<Record<EvidenceKind, ReadonlySet<string>>>>;
}

type Silent = { readonly unknown: "no-feed" | "blind" };

export interface Findings {
  readonly thermal: ThermalAnswer | Silent;
  readonly alerts: AlertAnswer | Silent;
  readonly news: NewsAnswer | Silent;
  readonly sources: readonly SourceFinding[];
}

export interface Scored {
  readonly claim: Claim;
  readonly findings: Findings;
  /** Natural logarithms; 0 where a kind says nothing. */
  readonly ratios: Readonly<Record<EvidenceKind | "sources", number>>;
  readonly thermal?: ThermalRatio;
  readonly logRatio: number;
  readonly probability01: number;
}

/** Looks at the feeds: what costs time, and does not depend on any weight or prior. */
export function findingReader(feeds: CorroborationFeeds, model: CorroborationModel): (claim: Claim) => Findings {
  const thermal = feeds.thermal && thermalReader(feeds.thermal, model.thermal);
  const alerts = feeds.alerts && alertReader(feeds.alerts, model.alerts);
  const news = feeds.news && feeds.news.length > 0 ? newsReader(feeds.news, model.news) : undefined;
  const sources = feeds.sources && feeds.sources.looks.length > 0 ? sourceReader(feeds.sources) : () => [];
  const silence = (kind: EvidenceKind, { kind: event }: Claim): Silent =>
    event !== undefined && feeds.blindTo?.[kind]?.has(event) ? { unknown: "blind" } : { unknown: "no-feed" };
  const speaks = (kind: EvidenceKind, claim: Claim): boolean => silence(kind, claim).unknown !== "blind";
  return (claim) => {
    const oblast = feeds.oblastOf?.(claim);
    return {
      thermal: thermal && speaks("thermal", claim) ? thermal(claim) : silence("thermal", claim),
      alerts:
        alerts && speaks("alerts", claim)
          ? alerts({ ...claim, ...(oblast !== undefined && { oblast }) })
          : silence("alerts", claim),
      news: news && speaks("news", claim) ? news.read(claim) : silence("news", claim),
      sources: sources(claim),
    };
  };
}

export function scoreOf(claim: Claim, findings: Findings, model: CorroborationModel, prior01: number): Scored {
  const thermal = "unknown" in findings.thermal ? undefined : thermalRatioOf(findings.thermal, model.thermal);
  const ratios = {
    thermal: thermal === undefined ? 0 : thermal.near + thermal.around,
    alerts: "unknown" in findings.alerts ? 0 : logRatioOf(findings.alerts.surprise, model.alerts.weight01),
    news: "unknown" in findings.news ? 0 : logRatioOf(findings.news.surprise, model.news.weight01),
    sources: findings.sources.reduce((sum, { logRatio }) => sum + logRatio, 0),
  };
  const logRatio = ratios.thermal + ratios.alerts + ratios.news + ratios.sources;
  const probability01 = posteriorOf(prior01, logRatio);
  return { claim, findings, ratios, logRatio, probability01, ...(thermal && { thermal }) };
}
