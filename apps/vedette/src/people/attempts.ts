/**
 * Failed attempts: after some a name waits, longer each time; an address waits by itself, so that many names do not help. An attempt
 * is counted before it is made, and taken back when it was good: many at once get no further than one after the other.
 */
import { type Kysely, sql } from "kysely";
import { hashOfSecret } from "./secrets.ts";
import type { PeopleTables } from "./tables.ts";

const FREE = 5;
const FREE_OF_ADDRESS = 30;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** After so long without a failure all is forgotten. */
export const FORGOTTEN_MS = 24 * 3_600_000;

export type AttemptKey = { readonly name: string } | { readonly address: string };

/** Hashed: people type passwords where the name goes. */
const textOf = (key: AttemptKey): string =>
  hashOfSecret("name" in key ? `name ${key.name.normalize("NFKC").toLowerCase()}` : `address ${key.address}`);

/** `waitMs` that somebody still has to wait; 0: it was counted, they may try. `isLast`: the next has to wait. */
export interface Attempt {
  readonly waitMs: number;
  readonly isLast: boolean;
}

export async function takeAttempt(
  people: Kysely<PeopleTables>,
  keys: readonly AttemptKey[],
  nowMs: number,
): Promise<Attempt> {
  const rows = await people
    .selectFrom("attempt")
    .select("locked_until_ms")
    .where("key", "in", keys.map(textOf))
    .execute();
  const waitMs = Math.max(0, ...rows.map(({ locked_until_ms }) => locked_until_ms - nowMs));
  if (waitMs > 0) return { waitMs, isLast: false };
  let isLast = false;
  for (const key of keys) {
    const beyond = await counted(people, key, nowMs);
    if (beyond === undefined) return { waitMs: FIRST_WAIT_MS, isLast: false };
    isLast ||= beyond >= 0;
  }
  return { waitMs: 0, isLast };
}

/** One statement: nobody comes between the look and the count. @returns how many beyond those that are free; none: locked meanwhile */
async function counted(people: Kysely<PeopleTables>, key: AttemptKey, nowMs: number): Promise<number | undefined> {
  const free = "name" in key ? FREE : FREE_OF_ADDRESS;
  const failed = sql<number>`CASE WHEN attempt.since_ms < ${sql.lit(nowMs - FORGOTTEN_MS)} THEN 1 ELSE attempt.failed + 1 END`;
  const row = await people
    .insertInto("attempt")
    .values({ key: textOf(key), failed: 1, since_ms: nowMs, locked_until_ms: 0 })
    .onConflict((found) =>
      found
        .column("key")
        .doUpdateSet({
          failed,
          since_ms: nowMs,
          locked_until_ms: sql<number>`CASE WHEN ${failed} >= ${sql.lit(free)} THEN ${sql.lit(nowMs + FIRST_WAIT_MS)} ELSE 0 END`,
        })
        .where("attempt.locked_until_ms", "<=", nowMs),
    )
    .returning("failed")
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const beyond = row.failed - free;
  if (beyond > 0) {
    const locked_until_ms = nowMs + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(beyond, 10));
    await people.updateTable("attempt").set({ locked_until_ms }).where("key", "=", textOf(key)).execute();
  }
  return beyond;
}

/** It was good. A name starts anew; an address has this one back: somebody's own account clears nothing that they tried on others. */
export async function forgetAttempt(people: Kysely<PeopleTables>, keys: readonly AttemptKey[]): Promise<void> {
  for (const key of keys) {
    if ("name" in key) await people.deleteFrom("attempt").where("key", "=", textOf(key)).execute();
    else
      await people
        .updateTable("attempt")
        .set((row) => ({ failed: row("failed", "-", 1), locked_until_ms: 0 }))
        .where("key", "=", textOf(key))
        .execute();
  }
}
