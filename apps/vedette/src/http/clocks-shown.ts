/** Clocks and notices as the server says them, by the workspace's own clock. */
import type { Ends } from "@vedette/core/agreement/calendar";
import type { Book } from "@vedette/core/agreement/edition";
import { readingOf } from "@vedette/core/agreement/reading";
import { type Instant, isoOf } from "@vedette/core/time/instant";
import type { ClockRow, NoticeOne } from "@vedette/wire/api-agreement";
import type { ClockView, NoticeView } from "../workspace/queries.ts";

const endsShown = ({ earliest, latest }: Ends) => ({ earliest: isoOf(earliest), latest: isoOf(latest) });

export function clockShown(book: Book, { clock, version }: ClockView, now: Instant): ClockRow {
  const { clock: id, of, incident, clauses, party, agreement, start } = clock;
  const reading = readingOf(book, clock, now);
  const head = {
    id,
    version,
    of,
    incident,
    clauses: [...clauses],
    ...(party !== undefined && { party }),
    agreement: { ...agreement },
    start: endsShown(start),
  };
  switch (reading.code) {
    case "running":
      return { ...head, state: "running", deadline: endsShown(reading.deadline), due: reading.due };
    case "suspended":
      return { ...head, state: "suspended", deadline: null };
    case "stopped": {
      const { at, because, deadline, inTime } = reading;
      const stopped = { at: endsShown(at), because };
      return { ...head, state: "stopped", deadline: deadline ? endsShown(deadline) : null, inTime, stopped };
    }
    case "missing":
    case "altered":
      return { ...head, state: "edition-missing", deadline: null };
  }
}

export function noticeShown({ notice }: NoticeView): NoticeOne {
  const { notice: id, revision, step, clock, incident, recipient, language, agreement } = notice;
  const { subject, text, digest, draftedBy, signatures } = notice;
  return {
    id,
    revision,
    step,
    clock,
    incident,
    recipient,
    language,
    agreement: { ...agreement },
    subject,
    text,
    digest,
    draftedBy,
    signatures: signatures.map(({ person, at }) => ({ person, at: endsShown(at) })),
  };
}
