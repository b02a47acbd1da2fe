/** Whether somebody whose request has long been let in would still be let in: for what stays open. It does not count as using a session. */
import { randomBytes } from "node:crypto";
import { REST_MS, type SignedIn } from "./sessions.ts";
import type { PeopleDatabase } from "./open.ts";

/** @returns false once the session or token is over, or the person is no longer here, of another nation, or without a role in the workspace */
export async function isStanding(
  people: PeopleDatabase,
  { session, person, nation, method }: SignedIn,
  workspace: string,
  nowMs: number,
): Promise<boolean> {
  // Nobody signed in: the workspace takes whoever comes.
  if (method === "exercise") return true;
  const here = await people
    .selectFrom("person")
    .innerJoin("membership", "membership.person", "person.id")
    .select("person.id")
    .where("person.id", "=", person)
    .where("nation", "=", nation)
    .where("disabled_ms", "is", null)
    .where("erased_ms", "is", null)
    .where("workspace", "in", [workspace, "*"])
    .executeTakeFirst();
  if (here === undefined) return false;
  const open =
    method === "token"
      ? people.selectFrom("token").select("id").where("id", "=", session)
      : people.selectFrom("session").select("id").where("id", "=", session).where("seen_ms", ">", nowMs - REST_MS);
  const found = await open.where("revoked_ms", "is", null).where("until_ms", ">", nowMs).executeTakeFirst();
  return found !== undefined;
}

const SECRET = "live-secret";

/** Of this server, made at its first start: all that serve these people share it. */
export async function liveSecret(people: PeopleDatabase): Promise<Uint8Array> {
  const made = randomBytes(32).toString("base64");
  await people
    .insertInto("server")
    .values({ key: SECRET, value: made })
    .onConflict((found) => found.column("key").doNothing())
    .execute();
  const { value } = await people.selectFrom("server").select("value").where("key", "=", SECRET).executeTakeFirstOrThrow();
  return Buffer.from(value, "base64");
}
