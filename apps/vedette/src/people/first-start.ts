/** The first administrator: made once in a server's life, by a link that is good once. There is no default password. */

import { NOBODY } from "@vedette/core/record/marking";
import { INVITED_MS, invite } from "./invitations.ts";
import type { PeopleDatabase } from "./open.ts";
import { addPerson, personOf } from "./persons.ts";
import { SERVER, setRoles } from "./roles.ts";

const FIRST = "first-administrator";

export interface FirstInvitation {
  readonly person: string;
  readonly text: string;
  readonly untilMs: number;
}

/** @returns nothing where one was made before, whatever became of them */
export function firstAdministrator(people: PeopleDatabase, nowMs: number): Promise<FirstInvitation | undefined> {
  return people.transaction().execute(async (within) => {
    const first = await within
      .insertInto("server")
      .values({ key: FIRST, value: "" })
      .onConflict((found) => found.column("key").doNothing())
      .returning("key")
      .executeTakeFirst();
    if (first === undefined) return undefined;
    const person = await addPerson(within, { name: "Administrator", nation: NOBODY }, nowMs);
    if (person === undefined) throw new RangeError("a person without a login was refused for their login");
    await setRoles(within, person, SERVER, ["administrator"]);
    await within.updateTable("server").set({ value: person }).where("key", "=", FIRST).execute();
    const { text } = await invite(within, person, nowMs);
    return { person, text, untilMs: nowMs + INVITED_MS };
  });
}

/**
 * Again, for whoever has the machine: the link was lost, or the key.
 *
 * @param person the first administrator where left out
 * @returns nothing where there is no such person
 */
export async function inviteAgain(
  people: PeopleDatabase,
  person: string | undefined,
  nowMs: number,
): Promise<FirstInvitation | undefined> {
  const first = await people.selectFrom("server").select("value").where("key", "=", FIRST).executeTakeFirst();
  const id = person ?? first?.value;
  const found = id === undefined ? undefined : await personOf(people, id);
  if (found === undefined || found.isErased || found.isDisabled) return undefined;
  const { text } = await invite(people, found.id, nowMs);
  return { person: found.id, text, untilMs: nowMs + INVITED_MS };
}

/** After the `#` nothing goes to a server, a proxy or their logs. */
export const linkOf = (origin: string, text: string): string => `${origin}/sign-in#invitation=${text}`;
