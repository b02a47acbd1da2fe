/** Erasing: body and salt go, header and commitment stay, and an event says what, who, when and by which rule. */

import type { EventHeader } from "@vedette/core/record/event";
import type { Json } from "@vedette/core/record/hash";
import { leafOf } from "@vedette/core/record/merkle";
import { OWN_TYPES } from "@vedette/core/record/own-types";
import { instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import type { Appender } from "./appender.ts";
import type { EventRow, MemberRow, Shelf } from "./shelf.ts";
import type { Erasure, ErasureTarget } from "./store.ts";

/** Where it is erased. */
export interface Erased {
  readonly shelf: Shelf;
  readonly node: string;
  readonly place: string;
}

const PAGE = 512;

/** @throws InputError where there is no such thing, or nothing left of it; nothing is then changed */
export function eraseIn(log: Erased, appender: Appender, target: ErasureTarget, why: Erasure): EventHeader {
  if ("file" in target) return record(appender, { file: target.file }, why, markingOfFile(log, target.file));
  const row = log.shelf.eventById(log.node, target.event);
  if (row === undefined) throw refused(log, `no event ${target.event}`);
  const { header } = row;
  if (target.member !== undefined) {
    eraseMember(log, row, target.member);
    return record(appender, { ...eventOf(header), member: target.member }, why, header);
  }
  if (OWN_TYPES.includes(header.type)) throw refused(log, `${header.type} stays: it says what became of the log`);
  if (row.body === undefined) throw refused(log, `the body of ${header.id} was erased before`);
  log.shelf.blankEvent(log.node, header.sequence);
  eraseMembers(log, header.sequence);
  return record(appender, eventOf(header), why, header);
}

const eventOf = ({ id, sequence }: EventHeader) => ({ event: id, sequence });

function record(
  appender: Appender,
  what: { readonly [key: string]: Json },
  { actor, rule, reason }: Erasure,
  { marking }: Pick<EventHeader, "marking">,
): EventHeader {
  const at = appender.recordedAt;
  const body: Json = { ...what, rule, reason };
  // To all who may know of the event: they may hold a copy.
  return appender.append({
    type: "body.erased",
    typeVersion: 1,
    at: { start: at, end: instant(at + 1) },
    actor,
    marking,
    body,
  });
}

function eraseMember(log: Erased, { header }: EventRow, key: string): void {
  const member = log.shelf.memberByKey(log.node, header.sequence, key);
  if (member === undefined) throw refused(log, `no member ${key} in ${header.id}`);
  if (member.value === undefined) throw refused(log, `member ${key} of ${header.id} was erased before`);
  blank(log, header.sequence, member);
}

function eraseMembers(log: Erased, sequence: number): void {
  for (let from = 0; ; from += PAGE) {
    const page = log.shelf.members(log.node, sequence, from, PAGE);
    for (const member of page) blank(log, sequence, member);
    if (page.length < PAGE) return;
  }
}

function blank({ shelf, node }: Erased, sequence: number, { position, key, value, salt }: MemberRow): void {
  if (value === undefined || salt === undefined) return;
  shelf.blankMember(node, sequence, { position, leaf: leafOf(salt, { key, value: JSON.parse(value) as Json }) });
}

/** A file has no marking of its own: whoever may know of what names it may hold a copy. */
function markingOfFile(log: Erased, hash: string): Pick<EventHeader, "marking"> {
  const last = log.shelf.last(log.node);
  if (last === undefined || log.shelf.file(hash) === undefined) throw refused(log, `no file ${hash}`);
  const markings = [...eventsWith(log, hash)].map(({ marking }) => marking);
  const [{ owner, ...first } = { ...last.header.marking, releasableTo: [] }] = markings;
  const isAll = markings.some(({ releasableTo }) => releasableTo === "all");
  const readers = new Set(
    markings.flatMap((one) => [one.owner, ...(one.releasableTo === "all" ? [] : one.releasableTo)]),
  );
  readers.delete(owner);
  return { marking: { ...first, owner, releasableTo: isAll ? "all" : [...readers].sort() } };
}

/** Those that say its hash, themselves or in a member. */
function* eventsWith({ shelf, node }: Erased, hash: string): Generator<EventHeader> {
  for (let from = 1; ; ) {
    const page = shelf.events({ chain: node, from, to: Number.MAX_SAFE_INTEGER, limit: PAGE });
    for (const { header, body } of page) if (body?.includes(hash) || isAmongMembers(shelf, header, hash)) yield header;
    const last = page.at(-1);
    if (last === undefined) return;
    from = last.header.sequence + 1;
  }
}

function isAmongMembers(shelf: Shelf, { node, sequence }: EventHeader, hash: string): boolean {
  for (let from = 0; ; from += PAGE) {
    const page = shelf.members(node, sequence, from, PAGE);
    if (page.some(({ value }) => value?.includes(hash))) return true;
    if (page.length < PAGE) return false;
  }
}

const refused = ({ place }: Erased, message: string): InputError => new InputError([{ file: place, message }]);
