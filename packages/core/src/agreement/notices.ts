/** Notices that an open step calls for: drafts, again where the figures have changed, until a person signs. */
import type { Draft } from "../record/event.ts";
import type { Ends } from "./calendar.ts";
import { clockIdOf, draftOf, momentOf, type NoticeDrafted, noticeDigestOf, noticeIdOf } from "./events.ts";
import { noticeText } from "./notice.ts";
import { readingOf } from "./reading.ts";
import type { NoticeRecord } from "./record.ts";
import { authorOf, type Known, knownClocks, type Survey, touchesFor } from "./situation.ts";
import type { StepTerms } from "./terms.ts";

/** A step that a running clock has opened, with the deadline by which it is due. */
export interface OpenStep extends Known {
  readonly step: string;
  readonly stepTerms: StepTerms;
  readonly due?: Ends;
}

export function openSteps(survey: Survey): OpenStep[] {
  return knownClocks(survey).flatMap((known) => {
    const reading = readingOf(survey.record.book, known.clock, survey.now);
    if (reading.code !== "running" && reading.code !== "suspended") return [];
    const steps = Object.entries(known.edition.agreement.steps);
    return steps.flatMap(([step, stepTerms]) => {
      const { clock, at } = stepTerms.opens;
      if (clock !== known.clock.of) return [];
      const isOpen = at === "started" || (reading.code === "running" && reading.due !== "ahead");
      if (!isOpen) return [];
      const due = dueFor(survey, known, stepTerms.due ?? clock);
      return [{ ...known, step, stepTerms, ...(due !== undefined && { due }) }];
    });
  });
}

/** The deadline of a clock of the same incident; none where it does not run. */
function dueFor(survey: Survey, { clock, edition }: Known, of: string): Ends | undefined {
  const { book, clocks } = survey.record;
  const idOf = (party?: string): string => clockIdOf(edition.ref.id, of, clock.incident, party, survey.ids);
  const found = of === clock.of ? clock : (clocks.get(idOf(clock.party)) ?? clocks.get(idOf()));
  const reading = found && readingOf(book, found, survey.now);
  return reading?.code === "running" ? reading.deadline : undefined;
}

export function noticeDrafts(survey: Survey): Draft[] {
  return openSteps(survey).flatMap((open) => draftsOfStep(survey, open));
}

/** What the step presupposes, people have found. */
export const isFound = ({ stepTerms: { needs }, facts }: OpenStep): boolean =>
  needs?.finding === undefined || needs.finding === facts.finding;

function draftsOfStep(survey: Survey, open: OpenStep): Draft[] {
  const { agreement } = open.edition;
  if (!isFound(open)) return [];
  return open.stepTerms.tells.flatMap(({ recipient, template }) => {
    const told = agreement.recipients[recipient];
    const isOther = open.clock.party !== undefined && told?.party !== undefined && told.party !== open.clock.party;
    if (told === undefined || isOther) return [];
    return told.languages.flatMap((language) => {
      const body = noticeOf(survey, open, { recipient, template, language });
      return body === undefined
        ? []
        : [draftOf("notice.drafted", body, momentOf(survey.now), authorOf(survey, open.facts.id))];
    });
  });
}

function noticeOf(
  survey: Survey,
  open: OpenStep,
  to: { readonly recipient: string; readonly template: string; readonly language: string },
): NoticeDrafted | undefined {
  const { clock, edition, terms, facts, step, due } = open;
  const { recipient, language } = to;
  const template = edition.agreement.templates[to.template]?.[language];
  const notice = noticeIdOf(clock.clock, step, recipient, language, survey.ids);
  const known = survey.record.notices.get(notice);
  if (template === undefined || (known !== undefined && isComplete(known, open.stepTerms))) return undefined;
  const isKnown = isWritten(survey, open, notice);
  if (known !== undefined && isKnown) return undefined;
  const { subject, body: text } = noticeText(edition, template, language, {
    facts,
    touches: touchesFor(survey, edition, terms, facts.id),
    step,
    ...(due !== undefined && { deadline: due }),
    ...(clock.party !== undefined && { party: clock.party }),
  });
  const digest = noticeDigestOf({ recipient, language, subject, text });
  if (known?.digest === digest) return undefined;
  return {
    notice,
    revision: (known?.revision ?? 0) + 1,
    step,
    clock: clock.clock,
    incident: facts.id,
    recipient,
    language,
    agreement: edition.ref,
    subject,
    text,
    digest,
  };
}

/** Whether the same facts were put into words for the same deadline before; they are, from now on. */
function isWritten({ written }: Survey, { facts, due }: OpenStep, notice: string): boolean {
  if (written === undefined) return false;
  const name = `${notice} ${due?.earliest} ${due?.latest}`;
  const names = written.get(facts) ?? new Set();
  written.set(facts, names);
  if (names.has(name)) return true;
  names.add(name);
  return false;
}

/** Signed by as many people as the step asks for: it is not drafted again. */
export const isComplete = ({ signatures }: NoticeRecord, { signatures: needed }: StepTerms): boolean =>
  signatures.length >= needed;
