/** What a server keeps beside its people, made at its first start: all that serve these people share it. */
import { randomBytes } from "node:crypto";
import type { PeopleDatabase } from "./open.ts";

const LIVE = "live-secret";

/** 32 bytes: under them the ids of live changes are made, so that a client can come back with one after a restart. */
export async function liveSecret(people: PeopleDatabase): Promise<Uint8Array> {
  const made = randomBytes(32).toString("base64");
  await people
    .insertInto("server")
    .values({ key: LIVE, value: made })
    .onConflict((found) => found.column("key").doNothing())
    .execute();
  const { value } = await people.selectFrom("server").select("value").where("key", "=", LIVE).executeTakeFirstOrThrow();
  return Buffer.from(value, "base64");
}
