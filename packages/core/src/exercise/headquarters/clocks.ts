/**
 * The agreement's clocks at headquarters, by the very code that serves the real log: they start, are corrected and stop, notices are
 * drafted, and what waits for a signature is told. Clocks are followed from an incident's corroboration on: nobody may sign before.
 */
import { draftsOfAgreement } from "../../agreement/advance.ts";
import type { Edition } from "../../agreement/edition.ts";
import type { IncidentFacts } from "../../agreement/facts.ts";
import { readingOf } from "../../agreement/reading.ts";
import { type AgreementRecord, EMPTY_RECORD, recordOf } from "../../agreement/record.ts";
import { adoptionOf, signNotice } from "../../agreement/sign.ts";
import { type Situation, type Survey, surveyOf } from "../../agreement/situation.ts";
import { type Touches, touchesOf } from "../../agreement/touch.ts";
import { type AssessmentGate, assessmentGateOf, type Waiting } from "../../agreement/waiting.ts";
import type { Draft } from "../../record/event.ts";
import type { Json } from "../../record/hash.ts";
import type { Marking } from "../../record/marking.ts";
import { instant } from "../../time/instant.ts";
import { DESK_ACTOR, momentOf } from "./desk.ts";
import { type SavedSeries, SeriesIndex } from "./series.ts";

/** Of the agreement's clocks. */
export interface ClockScore {
  readonly started: number;
  /** Stopped by what the agreement waits for, before the deadline. */
  readonly met: number;
  /** Their deadline passed. */
  readonly overrun: number;
  /** Stopped for another reason (it touches no clause any more), or running still at the end. */
  readonly other: number;
  /** Of those that were met, hours left until the deadline, summed. */
  readonly marginHours: number;
  readonly noticesDrafted: number;
  readonly noticesSigned: number;
}

export const NO_CLOCKS: ClockScore = {
  started: 0,
  met: 0,
  overrun: 0,
  other: 0,
  marginHours: 0,
  noticesDrafted: 0,
  noticesSigned: 0,
};

/** A step whose notices may be signed now. */
export interface ToSign {
  readonly incident: string;
  readonly clock: string;
  readonly step: string;
  readonly signatures: number;
}

export interface Followed {
  /** To be written down in this order. */
  readonly drafts: readonly Draft[];
  readonly toSign: readonly ToSign[];
  /** Whether the incident may be assessed. */
  readonly gate: AssessmentGate;
}

export interface SavedClocks {
  readonly records: ReadonlyMap<string, AgreementRecord>;
  readonly facts: ReadonlyMap<string, IncidentFacts>;
  readonly series: SavedSeries;
  /** What was found before: found anew it might be another, since more is known by then. */
  readonly touched: ReadonlyMap<IncidentFacts, Touches>;
}

export class Clocks {
  readonly edition: Edition;
  readonly #marking: Marking;
  readonly #empty: AgreementRecord;
  /** Of each incident its own: what is asked of one does not depend on how many there are. */
  readonly #records = new Map<string, AgreementRecord>();
  readonly #facts = new Map<string, IncidentFacts>();
  readonly #series: SeriesIndex;
  #touched = new WeakMap<IncidentFacts, Touches>();
  #written = new WeakMap<IncidentFacts, Set<string>>();
  readonly #ids = new Map<string, string>();

  constructor(edition: Edition, marking: Marking) {
    this.edition = edition;
    this.#marking = marking;
    this.#empty = { ...EMPTY_RECORD, book: [edition] };
    const terms = Object.values(edition.agreement.clocks);
    this.#series = new SeriesIndex(terms.flatMap((own) => ("from" in own && own.series) || [])[0]);
  }

  /** The whole text, as the first event of the log. */
  adoption(nowMs: number): Draft {
    return adoptionOf(this.edition, {
      person: "person:director",
      at: momentOf(instant(nowMs)),
      marking: this.#marking,
    });
  }

  /** Whether an incident may be assessed, with nothing else changed. */
  gate(facts: IncidentFacts, nowMs: number): AssessmentGate {
    this.#take(facts);
    return assessmentGateOf(surveyOf(this.#situation([facts], new Set([facts.id]), nowMs)), facts);
  }

  /** Whether the finding on an incident can change a clock: one of no breach stops its own, any may end one that runs for its series. */
  mindsFinding(incident: string, finding: string): boolean {
    return finding !== "breach" || this.#series.holderOf(incident) === incident;
  }

  #situation(incidents: readonly IncidentFacts[], about: ReadonlySet<string>, nowMs: number): Situation {
    return {
      agreement: this.edition.ref.id,
      incidents,
      record: this.#recordOf(about),
      now: instant(nowMs),
      actor: DESK_ACTOR,
      marking: this.#marking,
      touched: this.#touched,
      written: this.#written,
      ids: this.#ids,
    };
  }

  /** What follows now from an incident as it stands, and from the one whose clock runs for its series. */
  follow(facts: IncidentFacts, nowMs: number): Followed {
    this.#take(facts);
    const about = new Set([facts.id, this.#series.holderOf(facts.id) ?? facts.id]);
    const incidents = [...about].flatMap((id) => this.#facts.get(id) ?? []);
    const { drafts, survey, waiting } = draftsOfAgreement(
      this.#situation([...incidents, ...this.#series.besides(facts)], about, nowMs),
    );
    const own = drafts.filter((draft) => about.has(incidentOf(draft, survey)));
    this.#holdSeries(own);
    for (const id of about)
      this.#fold(
        id,
        own.filter((draft) => incidentOf(draft, survey) === id),
      );
    return {
      drafts: own,
      toSign: waiting.flatMap((one) => (about.has(one.incident) ? signable(one) : [])),
      gate: assessmentGateOf(survey, facts),
    };
  }

  /** All notices of a step, read and signed by one person. */
  sign({ incident, clock, step }: ToSign, person: string, nowMs: number): Draft[] {
    const record = this.#records.get(incident) ?? this.#empty;
    const facts = this.#facts.get(incident);
    if (facts === undefined) return [];
    const act = { person: `person:${person}`, at: momentOf(instant(nowMs)), marking: this.#marking };
    const drafts = [...record.notices.values()].flatMap((one) => {
      if (one.clock !== clock || one.step !== step) return [];
      const outcome = signNotice(record, { notice: one.notice, revision: one.revision, facts }, act);
      return outcome.code === "done" ? [outcome.draft] : [];
    });
    this.#fold(incident, drafts);
    return drafts;
  }

  /** Clauses that the incident touches, as the agreement counts; where none surely, those that it may touch. */
  clausesOf(facts: IncidentFacts): string[] {
    const known = this.#facts.get(facts.id);
    const touches = (known && this.#touched.get(known)) ?? touchesOf([this.edition], this.edition.ref.id, facts, []);
    const numbers = (verdict: string): string[] =>
      touches.touches.flatMap((touch) => (touch.verdict === verdict ? [touch.number] : []));
    const sure = numbers("touches");
    return sure.length > 0 ? sure : numbers("cannot-be-told");
  }

  /** Parties whose time to reply runs, and until when. */
  asked(incident: string, nowMs: number): { party: string; until: { start: number; end: number } }[] {
    const record = this.#records.get(incident) ?? this.#empty;
    return [...record.clocks.values()].flatMap((clock) => {
      const reading = readingOf(record.book, clock, instant(nowMs));
      if (clock.party === undefined || reading.code !== "running" || reading.deadline.latest < nowMs) return [];
      return [{ party: clock.party, until: { start: reading.deadline.earliest, end: reading.deadline.latest + 1 } }];
    });
  }

  /** Of headquarters' own clocks; the parties' time to reply is theirs. */
  score(nowMs: number): ClockScore {
    const score = { ...NO_CLOCKS };
    for (const { book, clocks, notices } of this.#records.values()) {
      for (const { signatures } of notices.values()) {
        score.noticesDrafted++;
        if (signatures.length > 0) score.noticesSigned++;
      }
      for (const clock of clocks.values()) {
        if (clock.party !== undefined) continue;
        const reading = readingOf(book, clock, instant(nowMs));
        score.started++;
        const isSigned = reading.code === "stopped" && reading.because.code === "signed";
        if (isSigned && reading.inTime === "yes" && reading.deadline !== undefined) {
          score.met++;
          score.marginHours += (reading.deadline.earliest - reading.at.latest) / 3_600_000;
        } else if ((isSigned && reading.inTime === "no") || (reading.code === "running" && reading.due === "past")) {
          score.overrun++;
        } else score.other++;
      }
    }
    return score;
  }

  #holdSeries(drafts: readonly Draft[]): void {
    for (const { type, body } of drafts) {
      const { of, incident } = body as { readonly [key: string]: Json | undefined };
      const terms = this.edition.agreement.clocks[String(of)];
      if (type === "clock.started" && terms !== undefined && "from" in terms && terms.series !== undefined) {
        this.#series.hold(String(incident));
      }
    }
  }

  /** What it touches stays known while only its state has changed. */
  #take(facts: IncidentFacts): void {
    const before = this.#facts.get(facts.id);
    const known = before && this.#touched.get(before);
    if (before !== undefined && known !== undefined && isAlike(before, facts)) this.#touched.set(facts, known);
    this.#facts.set(facts.id, facts);
    this.#series.join(facts);
  }

  #recordOf(ids: ReadonlySet<string>): AgreementRecord {
    const records = [...ids].flatMap((id) => this.#records.get(id) ?? []);
    return {
      ...this.#empty,
      clocks: new Map(records.flatMap(({ clocks }) => [...clocks])),
      notices: new Map(records.flatMap(({ notices }) => [...notices])),
    };
  }

  #fold(incident: string, drafts: readonly Draft[]): void {
    if (drafts.length > 0) this.#records.set(incident, recordOf(drafts, this.#records.get(incident) ?? this.#empty));
  }

  save(): SavedClocks {
    const series = this.#series.save();
    const held = [...this.#facts.values(), ...[...series.values()].map(({ facts }) => facts)];
    const touched = held.flatMap((facts) => {
      const touches = this.#touched.get(facts);
      return touches === undefined ? [] : [[facts, touches] as const];
    });
    return { records: new Map(this.#records), facts: new Map(this.#facts), series, touched: new Map(touched) };
  }

  load({ records, facts, series, touched }: SavedClocks): void {
    this.#records.clear();
    for (const [id, record] of records) this.#records.set(id, record);
    this.#facts.clear();
    for (const [id, own] of facts) this.#facts.set(id, own);
    this.#series.load(series);
    this.#touched = new WeakMap(touched);
    this.#written = new WeakMap();
  }
}

const isAlike = (a: IncidentFacts, b: IncidentFacts): boolean =>
  a.kind === b.kind && a.evidence === b.evidence && a.when === b.when && a.where === b.where;

/** Of a draft: bodies name an incident, or a clock or notice of one. */
function incidentOf({ body }: Draft, { record }: Survey): string {
  const { incident, clock, notice } = body as { readonly [key: string]: Json | undefined };
  if (typeof incident === "string") return incident;
  return record.clocks.get(String(clock))?.incident ?? record.notices.get(String(notice))?.incident ?? "";
}

function signable(one: Waiting): ToSign[] {
  if (one.code !== "sign" || one.needs !== undefined || one.notices.length === 0) return [];
  const { incident, clock, step, signatures } = one;
  return [{ incident, clock, step, signatures }];
}
