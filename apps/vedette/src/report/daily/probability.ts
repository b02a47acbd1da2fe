/** The chance that an incident happened, from heat and alerts alone: reports made it an incident, and do not prove themselves. */
import { MS_PER_DAY } from "@vedette/core/time/instant";
import { reasonsOf } from "@vedette/core/verify/corroborate-reasons";
import type { Incident } from "@vedette/core/verify/incident";
import { blindKinds } from "../../corroborate/blind.ts";
import { claimOfDay } from "../../corroborate/claims-file.ts";
import { readFeedsFolder } from "../../corroborate/feeds-folder.ts";
import { readModel } from "../../corroborate/model-file.ts";
import { scorer } from "../../corroborate/score-claims.ts";
import { readEvidenceSources } from "../../scenario/evidence-sources.ts";
import { readTaxonomy } from "../../scenario/taxonomy.ts";

export interface Probability {
  readonly probability01: number;
  /** In words and numbers, in English. */
  readonly reasons: readonly string[];
}

/** @param feeds a folder laid out as `vedette corroborate --feeds` reads it */
export async function probabilities(
  feeds: string,
  prior01: number,
  date: string,
): Promise<(incident: Incident) => Probability> {
  const model = await readModel();
  const blindTo = blindKinds(await readEvidenceSources(), await readTaxonomy());
  const folder = await readFeedsFolder(feeds, { model, blindTo });
  const { news: _, ...sensed } = folder.feeds;
  const score = scorer(sensed, model, prior01);
  const day = Math.round(Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY);
  return ({ id, where, kind }) => {
    // That news were left out is said once, in the notes on method.
    const scored = score({ ...claimOfDay(id, where, day), kind });
    return {
      probability01: scored.probability01,
      reasons: reasonsOf(scored, model).filter((reason) => !reason.startsWith("news")),
    };
  };
}
