/** Failed attempts: after some a name waits, longer each time; an address waits by itself, so that many names do not help. */
import type { Kysely } from "kysely";
import type { PeopleTables } from "./tables.ts";

const FREE = 5;
const FREE_OF_ADDRESS = 30;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** After so long without a failure all is forgotten. */
const FORGOTTEN_MS = 24 * 3_600_000;

export type AttemptKey = { readonly name: string } | { readonly address: string };

const textOf = (key: AttemptKey): string =>
  "name" in key ? `name ${key.name.toLowerCase()}` : `address ${key.address}`;

/** How long somebody still has to wait, ms; 0: they may try. */
export async function waitMs(
  people: Kysely<PeopleTables>,
  keys: readonly AttemptKey[],
  nowMs: number,
): Promise<number> {
  const rows = await people
    .selectFrom("attempt")
    .select("locked_until_ms")
    .where("key", "in", keys.map(textOf))
    .execute();
  return Math.max(0, ...rows.map(({ locked_until_ms }) => locked_until_ms - nowMs));
}

export async function noteFailure(people: Kysely<PeopleTables>, key: AttemptKey, nowMs: number): Promise<void> {
  const name = textOf(key);
  await people.transaction().execute(async (within) => {
    const row = await within.selectFrom("attempt").selectAll().where("key", "=", name).executeTakeFirst();
    const isOld = row === undefined || nowMs - row.since_ms > FORGOTTEN_MS;
    const failed = isOld ? 1 : row.failed + 1;
    const beyond = failed - ("name" in key ? FREE : FREE_OF_ADDRESS);
    const locked_until_ms =
      beyond < 0 ? 0 : nowMs + Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(beyond, 10));
    const next = { key: name, failed, since_ms: nowMs, locked_until_ms };
    await within
      .insertInto("attempt")
      .values(next)
      .onConflict((found) => found.column("key").doUpdateSet(next))
      .execute();
  });
}

export async function forgetFailures(people: Kysely<PeopleTables>, key: AttemptKey): Promise<void> {
  await people.deleteFrom("attempt").where("key", "=", textOf(key)).execute();
}
