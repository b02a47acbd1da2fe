/** Tokens for programs: of a person, for one workspace and some actions, for a time; shown once. */
import { ACTIONS, type Action } from "../release/entitlement.ts";
import type { PeopleDatabase } from "./open.ts";
import { hashOfSecret, newId, newSecret } from "./secrets.ts";
import type { SignedIn, TokenScope } from "./sessions.ts";

export const LONGEST_TOKEN_MS = 366 * 24 * 3_600_000;
export const MOST_TOKENS = 50;
/** Its last use is written down once in so long. */
const NOTED_MS = 60_000;

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scope: TokenScope;
  readonly madeMs: number;
  readonly untilMs: number;
  readonly usedMs: number | null;
}

export interface NewToken {
  readonly person: string;
  readonly name: string;
  readonly scope: TokenScope;
  readonly untilMs: number;
}

/** @returns the text, which is kept nowhere; nothing where the person has too many */
export async function makeToken(
  people: PeopleDatabase,
  { person, name, scope, untilMs }: NewToken,
  nowMs: number,
): Promise<{ readonly id: string; readonly text: string } | undefined> {
  if ((await tokensOf(people, person, nowMs)).length >= MOST_TOKENS) return undefined;
  const { text, hash } = newSecret("vdt");
  const id = newId("t");
  const until_ms = Math.min(untilMs, nowMs + LONGEST_TOKEN_MS);
  const times = { made_ms: nowMs, until_ms, used_ms: null, revoked_ms: null };
  await people
    .insertInto("token")
    .values({ hash, id, person, name, scope: JSON.stringify(scope), ...times })
    .execute();
  return { id, text };
}

/** Nothing for one that is not known, has ended, or whose person is no longer here. */
export async function tokenOf(people: PeopleDatabase, text: string, nowMs: number): Promise<SignedIn | undefined> {
  const hash = hashOfSecret(text);
  const row = await people
    .selectFrom("token")
    .innerJoin("person", "person.id", "token.person")
    .select(["token.id as id", "person.id as person", "person.name as name", "nation", "scope", "used_ms"])
    .select(["token.made_ms as made_ms", "until_ms"])
    .where("hash", "=", hash)
    .where("revoked_ms", "is", null)
    .where("disabled_ms", "is", null)
    .where("until_ms", ">", nowMs)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (nowMs - (row.used_ms ?? 0) > NOTED_MS)
    await people.updateTable("token").set({ used_ms: nowMs }).where("hash", "=", hash).execute();
  const { id, person, name, nation, made_ms, until_ms } = row;
  const times = { madeMs: made_ms, untilMs: until_ms };
  return { session: id, person, name, nation, method: "token", ...times, scope: scopeOf(row.scope) };
}

function scopeOf(text: string): TokenScope {
  const { workspace, actions } = JSON.parse(text) as TokenScope;
  return { workspace, actions: ACTIONS.filter((action: Action) => actions.includes(action)) };
}

export async function tokensOf(people: PeopleDatabase, person: string, nowMs: number): Promise<Token[]> {
  const rows = await people
    .selectFrom("token")
    .selectAll()
    .where("person", "=", person)
    .where("revoked_ms", "is", null)
    .where("until_ms", ">", nowMs)
    .orderBy("made_ms")
    .orderBy("id")
    .execute();
  return rows.map(({ id, name, scope, made_ms, until_ms, used_ms }) => ({
    id,
    name,
    scope: scopeOf(scope),
    madeMs: made_ms,
    untilMs: until_ms,
    usedMs: used_ms,
  }));
}

/** @returns false: this person has no such token */
export async function revokeToken(people: PeopleDatabase, person: string, id: string, nowMs: number): Promise<boolean> {
  const { numUpdatedRows } = await people
    .updateTable("token")
    .set({ revoked_ms: nowMs })
    .where("id", "=", id)
    .where("person", "=", person)
    .where("revoked_ms", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** By its id: for a program that was let in before, and stays for long. */
export async function isTokenOpen(people: PeopleDatabase, id: string, nowMs: number): Promise<boolean> {
  const row = await people
    .selectFrom("token")
    .innerJoin("person", "person.id", "token.person")
    .select("token.id")
    .where("token.id", "=", id)
    .where("revoked_ms", "is", null)
    .where("disabled_ms", "is", null)
    .where("until_ms", ">", nowMs)
    .executeTakeFirst();
  return row !== undefined;
}
