/** A log in memory, as the engine's drafts and people's acts make it; and the two agreements that ship. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { draftsOfAgreement } from "@vedette/core/agreement/advance";
import type { Edition } from "@vedette/core/agreement/edition";
import type { IncidentFacts } from "@vedette/core/agreement/facts";
import { type AgreementRecord, EMPTY_RECORD, type Happening, recordOf } from "@vedette/core/agreement/record";
import { type ActOutcome, adoptionOf, signNotice } from "@vedette/core/agreement/sign";
import { type Survey, surveyOf } from "@vedette/core/agreement/situation";
import type { IncidentState } from "@vedette/core/agreement/terms";
import type { Located } from "@vedette/core/geo/located";
import type { Draft } from "@vedette/core/record/event";
import type { Marking } from "@vedette/core/record/marking";
import { type Instant, type Interval, instant, parseInstant } from "@vedette/core/time/instant";

export const MARKING: Marking = { owner: "EUE", releasableTo: [], originatorControlled: false, use: "exercise" };

export const fileOf = (name: string): string =>
  fileURLToPath(new URL(`../../../data/agreements/${name}.yaml`, import.meta.url));

export const at = (text: string): Instant => parseInstant(text);
export const moment = (text: string): Interval => ({ start: at(text), end: instant(at(text) + 1) });
export const hoursAfter = (from: Instant, hours: number): Instant => instant(from + hours * 3_600_000);

export interface Wanted {
  readonly id: string;
  readonly kind: string;
  readonly where: Located;
  readonly when: Interval;
  readonly seen?: Interval;
  readonly state?: IncidentState;
  readonly more?: Partial<IncidentFacts>;
}

export const factsOf = ({ id, kind, where, when, seen, state = "verified", more }: Wanted): IncidentFacts => ({
  id,
  kind,
  where,
  when,
  firstObserved: seen ?? when,
  state,
  evidence: 2,
  ...more,
});

/** Appends what is done to it, and nothing else; the same order gives the same bytes. */
export class Log {
  record: AgreementRecord = EMPTY_RECORD;
  incidents: IncidentFacts[] = [];
  readonly agreement: string;

  constructor(agreement: string) {
    this.agreement = agreement;
  }

  append(drafts: readonly Draft[]): void {
    // Through JSON, as a store would give them back.
    const events = drafts.map(
      ({ type, at: when, actor, body }): Happening => ({
        type,
        at: when,
        actor,
        body: JSON.parse(JSON.stringify(body)),
      }),
    );
    this.record = recordOf(events, this.record);
  }

  adopt(edition: Edition, when: string): void {
    this.append([adoptionOf(edition, { person: "person-1", at: moment(when), marking: MARKING })]);
  }

  survey(now: Instant): Survey {
    return surveyOf(this.#situation(now));
  }

  /** Runs the engine, appends what it drafts, and shows that it drafts nothing a second time. */
  advance(now: Instant): ReturnType<typeof draftsOfAgreement> {
    const first = draftsOfAgreement(this.#situation(now));
    const again = draftsOfAgreement(this.#situation(now));
    assert.deepEqual(again.drafts, first.drafts, "the same log and time give the same drafts");
    assert.deepEqual(again.waiting, first.waiting);
    this.append(first.drafts);
    assert.deepEqual(draftsOfAgreement(this.#situation(now)).drafts, [], "appended, nothing is drafted again");
    return first;
  }

  /** Every notice of a step that lacks this person's signature. */
  sign(step: string, person: string, when: Interval): ActOutcome[] {
    const notices = [...this.record.notices.values()].filter((notice) => notice.step === step);
    return notices.map(({ notice, revision, incident }) => {
      const facts = this.incidents.find(({ id }) => id === incident) ?? assert.fail(incident);
      const outcome = signNotice(this.record, { notice, revision, facts }, { person, at: when, marking: MARKING });
      if (outcome.code === "done") this.append([outcome.draft]);
      return outcome;
    });
  }

  change(id: string, more: Partial<IncidentFacts>): void {
    this.incidents = this.incidents.map((one) => (one.id === id ? { ...one, ...more } : one));
  }

  #situation(now: Instant) {
    const { agreement, incidents, record } = this;
    return { agreement, incidents, record, now, actor: "engine", marking: MARKING };
  }
}
