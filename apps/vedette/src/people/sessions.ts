/** Sessions: who has shown who they are, until when. They end by time, by rest, by the person, by an administrator. */
import type { Kysely } from "kysely";
import type { Action } from "../release/entitlement.ts";
import { hashOfSecret, newId, newSecret, type Secret } from "./secrets.ts";
import type { PeopleTables } from "./tables.ts";

/** A shift and an hour; and a coffee. */
export const SESSION_MS = 13 * 3_600_000;
export const REST_MS = 60 * 60_000;
/** A session's rest is written down once in so long. */
const NOTED_MS = 60_000;

/** `exercise`: nobody signed in; on loopback an exercise takes whoever comes. */
export type Method = "passkey" | "password" | "oidc" | "invitation" | "exercise" | "token";

/** Of a token: this workspace, these actions, nothing else. */
export interface TokenScope {
  readonly workspace: string;
  readonly actions: readonly Action[];
}

export interface SignedIn {
  /** Of the session, or of the token. */
  readonly session: string;
  readonly person: string;
  readonly name: string;
  readonly nation: string;
  readonly method: Method;
  readonly madeMs: number;
  readonly untilMs: number;
  readonly scope?: TokenScope;
}

export async function beginSession(
  people: Kysely<PeopleTables>,
  { person, method }: { readonly person: string; readonly method: Method },
  nowMs: number,
): Promise<Secret> {
  const secret = newSecret("vds");
  const times = { made_ms: nowMs, seen_ms: nowMs, until_ms: nowMs + SESSION_MS, revoked_ms: null };
  await people
    .insertInto("session")
    .values({ hash: secret.hash, id: newId("s"), person, method, ...times })
    .execute();
  return secret;
}

/** Nothing for one that is not known, has ended, or whose person is no longer here. */
export async function sessionOf(
  people: Kysely<PeopleTables>,
  secret: string,
  nowMs: number,
): Promise<SignedIn | undefined> {
  const hash = hashOfSecret(secret);
  const row = await people
    .selectFrom("session")
    .innerJoin("person", "person.id", "session.person")
    .select([
      "session.id as session",
      "person.id as person",
      "name",
      "nation",
      "method",
      "session.made_ms as made_ms",
      "until_ms",
      "seen_ms",
    ])
    .where("hash", "=", hash)
    .where("revoked_ms", "is", null)
    .where("disabled_ms", "is", null)
    .where("until_ms", ">", nowMs)
    .where("seen_ms", ">", nowMs - REST_MS)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (nowMs - row.seen_ms > NOTED_MS) {
    await people.updateTable("session").set({ seen_ms: nowMs }).where("hash", "=", hash).execute();
  }
  const { session, person, name, nation, method, made_ms, until_ms } = row;
  return { session, person, name, nation, method: method as Method, madeMs: made_ms, untilMs: until_ms };
}

/** All of a person, or one. @returns how many ended */
export async function endSessions(
  people: Kysely<PeopleTables>,
  which: { readonly person: string } | { readonly session: string },
  nowMs: number,
): Promise<number> {
  const open = people.updateTable("session").set({ revoked_ms: nowMs }).where("revoked_ms", "is", null);
  const { numUpdatedRows } = await ("person" in which
    ? open.where("person", "=", which.person)
    : open.where("id", "=", which.session)
  ).executeTakeFirst();
  return Number(numUpdatedRows);
}

/** By its id: for who has been let in before, and stays for long. */
export async function isSessionOpen(people: Kysely<PeopleTables>, session: string, nowMs: number): Promise<boolean> {
  const row = await people
    .selectFrom("session")
    .innerJoin("person", "person.id", "session.person")
    .select("session.id")
    .where("session.id", "=", session)
    .where("revoked_ms", "is", null)
    .where("disabled_ms", "is", null)
    .where("until_ms", ">", nowMs)
    .executeTakeFirst();
  return row !== undefined;
}

export interface OwnSession {
  readonly id: string;
  readonly method: string;
  readonly madeMs: number;
  readonly seenMs: number;
  readonly untilMs: number;
}

/** That are open, the last first. */
export async function sessionsOf(people: Kysely<PeopleTables>, person: string, nowMs: number): Promise<OwnSession[]> {
  return people
    .selectFrom("session")
    .select(["id", "method", "made_ms as madeMs", "seen_ms as seenMs", "until_ms as untilMs"])
    .where("person", "=", person)
    .where("revoked_ms", "is", null)
    .where("until_ms", ">", nowMs)
    .where("seen_ms", ">", nowMs - REST_MS)
    .orderBy("made_ms", "desc")
    .orderBy("id")
    .limit(200)
    .execute();
}

/** All of a person but this one: what they sign in by has changed. */
export async function endOtherSessions(
  people: Kysely<PeopleTables>,
  { person, session }: { readonly person: string; readonly session: string },
  nowMs: number,
): Promise<void> {
  const open = people.updateTable("session").set({ revoked_ms: nowMs }).where("revoked_ms", "is", null);
  await open.where("person", "=", person).where("id", "!=", session).execute();
}
