/** Erasing: body and salt go, header and commitment stay, and an event says what, who, when and by which rule. */

import type { EventHeader } from "@vedette/core/record/event";
import type { Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import { leafOf } from "@vedette/core/record/merkle";
import { OWN_TYPES } from "@vedette/core/record/own-types";
import { instant } from "@vedette/core/time/instant";
import { InputError } from "../problem.ts";
import type { Appender } from "./appender.ts";
import type { BlankMember, Changes, EventRow, MemberRow } from "./shelf.ts";
import type { Erasure, ErasureTarget } from "./store.ts";

/** Where it is erased. */
export interface Erased {
  readonly rows: Changes;
  readonly node: string;
  readonly place: string;
}

const PAGE = 512;

/** @throws InputError where there is no such thing, or nothing left of it; nothing is then changed */
export async function eraseIn(
  log: Erased,
  appender: Appender,
  target: ErasureTarget,
  why: Erasure,
): Promise<EventHeader> {
  if ("file" in target) {
    const marked = await markingOfFile(log, target.file);
    await log.rows.removeFile(target.file);
    return record(appender, { file: target.file }, why, marked);
  }
  const row = await log.rows.eventById(log.node, target.event);
  if (row === undefined) throw refused(log, `no event ${target.event}`);
  const { header } = row;
  if (target.member !== undefined) {
    await eraseMember(log, row, target.member);
    return record(appender, { ...eventOf(header), member: target.member }, why, header);
  }
  if (OWN_TYPES.includes(header.type)) throw refused(log, `${header.type} stays: it says what became of the log`);
  if (row.body === undefined) throw refused(log, `the body of ${header.id} was erased before`);
  await log.rows.blankEvent(log.node, header.sequence);
  await eraseMembers(log, header.sequence);
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

async function eraseMember(log: Erased, { header }: EventRow, key: string): Promise<void> {
  const member = await log.rows.memberByKey(log.node, header.sequence, key);
  if (member === undefined) throw refused(log, `no member ${key} in ${header.id}`);
  if (member.value === undefined) throw refused(log, `member ${key} of ${header.id} was erased before`);
  await blank(log, header.sequence, [member]);
}

async function eraseMembers(log: Erased, sequence: number): Promise<void> {
  for (let from = 0; ; from += PAGE) {
    const page = await log.rows.members(log.node, sequence, from, PAGE);
    await blank(log, sequence, page);
    if (page.length < PAGE) return;
  }
}

async function blank({ rows, node }: Erased, sequence: number, members: readonly MemberRow[]): Promise<void> {
  await rows.blankMembers(node, sequence, blanksOf(members));
}

/** Those that still say something, as they will be. */
export const blanksOf = (members: readonly MemberRow[]): readonly BlankMember[] =>
  members.flatMap(({ position, key, value, salt }) => {
    if (value === undefined || salt === undefined) return [];
    return [{ position, leaf: leafOf(salt, { key, value: JSON.parse(value) as Json }) }];
  });

/** A file has no marking of its own: whoever may know of what names it may hold a copy. */
async function markingOfFile(log: Erased, hash: string): Promise<Pick<EventHeader, "marking">> {
  const last = await log.rows.last(log.node);
  if (last === undefined || (await log.rows.file(hash)) === undefined) throw refused(log, `no file ${hash}`);
  const markings: Marking[] = [];
  for await (const { marking } of eventsWith(log, hash)) markings.push(marking);
  const [{ owner, ...first } = { ...last.header.marking, releasableTo: [] }] = markings;
  const isAll = markings.some(({ releasableTo }) => releasableTo === "all");
  const readers = new Set(
    markings.flatMap((one) => [one.owner, ...(one.releasableTo === "all" ? [] : one.releasableTo)]),
  );
  readers.delete(owner);
  return { marking: { ...first, owner, releasableTo: isAll ? "all" : [...readers].sort() } };
}

/** Those that say its hash, themselves or in a member. */
async function* eventsWith({ rows, node }: Erased, hash: string): AsyncGenerator<EventHeader> {
  for (let from = 1; ; ) {
    const page = await rows.events({ chain: node, from, to: Number.MAX_SAFE_INTEGER, limit: PAGE });
    for (const { header, body } of page)
      if (body?.includes(hash) || (await isAmongMembers(rows, header, hash))) yield header;
    const last = page.at(-1);
    if (last === undefined) return;
    from = last.header.sequence + 1;
  }
}

async function isAmongMembers(rows: Changes, { node, sequence }: EventHeader, hash: string): Promise<boolean> {
  for (let from = 0; ; from += PAGE) {
    const page = await rows.members(node, sequence, from, PAGE);
    if (page.some(({ value }) => value?.includes(hash))) return true;
    if (page.length < PAGE) return false;
  }
}

const refused = ({ place }: Erased, message: string): InputError => new InputError([{ file: place, message }]);
