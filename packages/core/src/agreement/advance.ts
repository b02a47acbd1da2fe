/**
 * The engine: from incidents and the log to what follows by itself (clocks, drafts of notices) and what waits for a person.
 * Deterministic: the same incidents, log and time give the same drafts; appended, they give none a second time.
 */
import type { Draft } from "../record/event.ts";
import { clockDrafts } from "./clocks.ts";
import type { Named } from "./edition.ts";
import { noticeDrafts } from "./notices.ts";
import { recordOf } from "./record.ts";
import { type Situation, type Survey, surveyOf, withRecord } from "./situation.ts";
import type { Touch } from "./touch.ts";
import { type Waiting, waitingOf } from "./waiting.ts";

/** A clock starts, a notice is drafted; more than a few rounds would be a circle in the agreement. */
const MAX_ROUNDS = 8;

export interface Advance {
  /** To be appended in this order; the engine decides nothing that is not here. */
  readonly drafts: readonly Draft[];
  /** As it will be once they are appended, with its `record`; for `assessmentGateOf`. */
  readonly survey: Survey;
  readonly touches: readonly Touch[];
  readonly waiting: readonly Waiting[];
  readonly problems: readonly Exclude<Named, { code: "found" }>[];
}

/** @throws where an agreement's clocks never come to rest, which is a bug */
export function draftsOfAgreement(situation: Situation): Advance {
  let survey: Survey = surveyOf(situation);
  const drafts: Draft[] = [];
  for (let round = 0; ; round++) {
    if (round > MAX_ROUNDS) throw new Error(`the clocks of ${situation.agreement} do not come to rest`);
    const clocks = clockDrafts(survey);
    const found = clocks.length > 0 ? clocks : noticeDrafts(survey);
    if (found.length === 0) break;
    drafts.push(...found);
    survey = withRecord(survey, recordOf(found, survey.record));
  }
  const { touches, problems } = survey;
  return { drafts, survey, touches: [...touches.values()].flat(), waiting: waitingOf(survey), problems };
}
