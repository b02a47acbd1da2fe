/** What is no longer needed is not kept: run at the start, and every hour. */

import { PROPOSED_MS } from "./administration.ts";
import { FORGOTTEN_MS } from "./attempts.ts";
import type { PeopleDatabase } from "./open.ts";

/** How long it can be seen that a session or a token was. */
const KEPT_MS = 30 * 24 * 3_600_000;

export async function tidyPeople(people: PeopleDatabase, nowMs: number): Promise<void> {
  await people.deleteFrom("ceremony").where("until_ms", "<", nowMs).execute();
  await people
    .deleteFrom("attempt")
    .where("since_ms", "<", nowMs - FORGOTTEN_MS)
    .execute();
  await people
    .deleteFrom("session")
    .where("until_ms", "<", nowMs - KEPT_MS)
    .execute();
  await people
    .deleteFrom("token")
    .where("until_ms", "<", nowMs - KEPT_MS)
    .execute();
  await people
    .deleteFrom("invitation")
    .where("until_ms", "<", nowMs - KEPT_MS)
    .execute();
  await people
    .deleteFrom("proposal")
    .where("done_ms", "is", null)
    .where("asked_ms", "<", nowMs - PROPOSED_MS)
    .execute();
}
