/** Links that are good once: for the first administrator, for a new person, for one who lost their key. */
import type { Kysely } from "kysely";
import { hashOfSecret, newId, newSecret, type Secret } from "./secrets.ts";
import type { PeopleTables } from "./tables.ts";

export const INVITED_MS = 24 * 3_600_000;

export async function invite(people: Kysely<PeopleTables>, person: string, nowMs: number): Promise<Secret> {
  const secret = newSecret("vdi");
  // The last one counts.
  await people.deleteFrom("invitation").where("person", "=", person).where("used_ms", "is", null).execute();
  await people
    .insertInto("invitation")
    .values({ hash: secret.hash, id: newId("i"), person, made_ms: nowMs, until_ms: nowMs + INVITED_MS, used_ms: null })
    .execute();
  return secret;
}

/** Once: whoever comes second, or late, gets nothing. @returns the person that it was for */
export async function useInvitation(
  people: Kysely<PeopleTables>,
  text: string,
  nowMs: number,
): Promise<string | undefined> {
  const hash = hashOfSecret(text);
  const { numUpdatedRows } = await people
    .updateTable("invitation")
    .set({ used_ms: nowMs })
    .where("hash", "=", hash)
    .where("used_ms", "is", null)
    .where("until_ms", ">", nowMs)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return undefined;
  const row = await people.selectFrom("invitation").select("person").where("hash", "=", hash).executeTakeFirst();
  return row?.person;
}
