/** Clocks and notices as the log has them: a pure fold of events, in the chain's order. */
import { spellingOf } from "../record/actor.ts";
import type { StoredEvent } from "../record/event.ts";
import type { Json } from "../record/hash.ts";
import type { Interval } from "../time/instant.ts";
import { type Ends, endsOf, type Pause } from "./calendar.ts";
import { addEdition, type Book, digestOf, type Edition, editionOf } from "./edition.ts";
import type { AgreementEvents, ClockStarted, NoticeDrafted, StopCause } from "./events.ts";
import type { Agreement } from "./terms.ts";

export interface ClockRecord extends Omit<ClockStarted, "deadline" | "verdict" | "share"> {
  readonly pauses: readonly Pause[];
  readonly stopped?: { readonly at: Ends; readonly because: StopCause };
}

export interface NoticeRecord extends NoticeDrafted {
  readonly draftedBy: string;
  readonly signatures: readonly { readonly person: string; readonly at: Ends }[];
}

export interface AgreementRecord {
  readonly book: Book;
  readonly clocks: ReadonlyMap<string, ClockRecord>;
  readonly notices: ReadonlyMap<string, NoticeRecord>;
  /** Events that change nothing, and why: a signature under another text, a second text under one version. */
  readonly refused: readonly { readonly type: string; readonly reason: string }[];
}

export const EMPTY_RECORD: AgreementRecord = { book: [], clocks: new Map(), notices: new Map(), refused: [] };

/** What the fold needs of an event. A body that was erased or withheld says nothing here. */
export interface Happening {
  readonly type: string;
  readonly at: Interval;
  readonly actor: string;
  readonly body?: Json;
}

export function happeningOf({ header: { type, at, actor }, body }: StoredEvent): Happening {
  return { type, at, actor, ...(body !== undefined && { body }) };
}

export function recordOf(events: Iterable<Happening>, from: AgreementRecord = EMPTY_RECORD): AgreementRecord {
  // One copy for all events: a day has thousands.
  let record: AgreementRecord = { ...from, clocks: new Map(from.clocks), notices: new Map(from.notices) };
  for (const event of events) record = withEvent(record, event);
  return record;
}

/** Files are checked before they are adopted; a log from elsewhere may hold a document that never was. */
function readEdition(document: Agreement): Edition | undefined {
  try {
    return editionOf(document);
  } catch {
    return undefined;
  }
}

type Fold<T extends keyof AgreementEvents> = (
  record: AgreementRecord,
  body: AgreementEvents[T],
  event: Happening,
) => AgreementRecord | string;

const FOLDS: { readonly [T in keyof AgreementEvents]: Fold<T> } = {
  "agreement.adopted": (record, { agreement, document }) => {
    if (digestOf(document) !== agreement.digest) return "the document is not the one that its digest names";
    const edition = readEdition(document);
    if (edition === undefined) return "the document is no agreement";
    const outcome = addEdition(record.book, edition);
    if (outcome.code !== "altered") return { ...record, book: outcome.book };
    return `version ${agreement.version} of ${agreement.id} was adopted with another text`;
  },
  "clock.started": (record, { deadline: _, verdict: __, share: ___, ...started }) => {
    const known = record.clocks.get(started.clock);
    if (known !== undefined && known.stopped === undefined) return "the clock is running";
    return withClock(record, { ...started, pauses: [] });
  },
  "clock.corrected": (record, { clock, start }) => changed(record, clock, (known) => ({ ...known, start })),
  "clock.suspended": (record, { clock, person }, { at, actor }) =>
    changed(record, clock, (known) => {
      if (person !== actor) return "not suspended by the person named";
      if (isSuspended(known)) return "the clock is suspended";
      return { ...known, pauses: [...known.pauses, { start: at.start }] };
    }),
  "clock.resumed": (record, { clock, person }, { at, actor }) =>
    changed(record, clock, (known) => {
      const last = known.pauses.at(-1);
      if (person !== actor) return "not resumed by the person named";
      if (last === undefined || !isSuspended(known)) return "the clock is not suspended";
      if (at.start < last.start) return "resumed before it was suspended";
      return { ...known, pauses: [...known.pauses.slice(0, -1), { start: last.start, end: at.start }] };
    }),
  "clock.stopped": (record, { clock, because }, { at }) =>
    changed(record, clock, (known) => ({ ...known, stopped: { at: endsOf(at), because } })),
  "notice.drafted": (record, drafted, { actor }) => {
    const known = record.notices.get(drafted.notice);
    if (known !== undefined && drafted.revision !== known.revision + 1) return "not the next revision";
    if (known === undefined && drafted.revision !== 1) return "not the first revision";
    return withNotice(record, { ...drafted, draftedBy: actor, signatures: [] });
  },
  "notice.signed": (record, { notice, revision, digest, person }, { at, actor }) => {
    const known = record.notices.get(notice);
    if (known === undefined) return "no such notice";
    if (known.revision !== revision || known.digest !== digest) return "signed under another text";
    if (person !== actor || person === known.draftedBy) return "not signed by a person of its own";
    if (hasSigned(known, person)) return "signed by the same person before";
    return withNotice(record, { ...known, signatures: [...known.signatures, { person, at: endsOf(at) }] });
  },
};

/** However the name is written. */
export const hasSigned = ({ signatures }: NoticeRecord, person: string): boolean =>
  signatures.some((one) => spellingOf(one.person) === spellingOf(person));

export const isSuspended = ({ pauses }: ClockRecord): boolean => {
  const last = pauses.at(-1);
  return last !== undefined && last.end === undefined;
};

/** Events of other types pass by. */
function withEvent(record: AgreementRecord, event: Happening): AgreementRecord {
  if (!Object.hasOwn(FOLDS, event.type) || event.body === undefined) return record;
  const type = event.type as keyof AgreementEvents;
  const fold = FOLDS[type] as Fold<keyof AgreementEvents>;
  const body = event.body as unknown as AgreementEvents[keyof AgreementEvents];
  const next = isShaped(type, event.body) ? fold(record, body, event) : "its body is not what its type says";
  if (typeof next !== "string") return next;
  return { ...record, refused: [...record.refused, { type: event.type, reason: next }] };
}

/** What must be there for a body to be read at all; a log from elsewhere may hold anything. */
const NEEDED: { readonly [T in keyof AgreementEvents]: readonly (keyof AgreementEvents[T] & string)[] } = {
  "agreement.adopted": ["agreement", "document"],
  "clock.started": ["clock", "of", "incident", "clauses", "agreement", "start"],
  "clock.corrected": ["clock", "start"],
  "clock.suspended": ["clock", "person"],
  "clock.resumed": ["clock", "person"],
  "clock.stopped": ["clock", "because"],
  "notice.drafted": ["notice", "revision", "step", "clock", "incident", "recipient", "language", "agreement", "digest"],
  "notice.signed": ["notice", "revision", "digest", "person"],
};
const MAPS: ReadonlySet<string> = new Set(["agreement", "document", "start", "because"]);

function isShaped(type: keyof AgreementEvents, body: Json): boolean {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return false;
  const members = body as Readonly<Record<string, Json | undefined>>;
  return NEEDED[type].every((key) => {
    const value = members[key];
    if (key === "clauses") return Array.isArray(value);
    if (MAPS.has(key)) return typeof value === "object" && value !== null && !Array.isArray(value);
    return typeof value === (key === "revision" ? "number" : "string");
  });
}

function changed(
  record: AgreementRecord,
  clock: string,
  change: (known: ClockRecord) => ClockRecord | string,
): AgreementRecord | string {
  const known = record.clocks.get(clock);
  if (known === undefined) return "no such clock";
  if (known.stopped !== undefined) return "the clock was stopped";
  const next = change(known);
  return typeof next === "string" ? next : withClock(record, next);
}

/** The maps are this fold's own copies. */
function withClock(record: AgreementRecord, clock: ClockRecord): AgreementRecord {
  (record.clocks as Map<string, ClockRecord>).set(clock.clock, clock);
  return record;
}

function withNotice(record: AgreementRecord, notice: NoticeRecord): AgreementRecord {
  (record.notices as Map<string, NoticeRecord>).set(notice.notice, notice);
  return record;
}
