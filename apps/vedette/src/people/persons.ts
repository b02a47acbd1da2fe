/** People of a server: who they are, whether they are here, and that they are forgotten when they ask. */
import type { PeopleDatabase } from "./open.ts";
import { newId } from "./secrets.ts";
import { endSessions } from "./sessions.ts";

export interface Person {
  readonly id: string;
  readonly login: string | null;
  readonly name: string;
  readonly nation: string;
  readonly isDisabled: boolean;
  readonly isErased: boolean;
}

export interface NewPerson {
  readonly name: string;
  readonly nation: string;
  readonly login?: string;
}

export const loginOf = (text: string): string => text.normalize("NFKC").trim().toLowerCase();

/** @returns nothing where somebody else signs in by that name */
export async function addPerson(
  people: PeopleDatabase,
  { name, nation, login }: NewPerson,
  nowMs: number,
): Promise<string | undefined> {
  const id = newId("p");
  const row = await people
    .insertInto("person")
    .values({
      id,
      login: login === undefined ? null : loginOf(login),
      name,
      nation,
      made_ms: nowMs,
      disabled_ms: null,
      erased_ms: null,
    })
    .onConflict((found) => found.column("login").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function personOf(people: PeopleDatabase, id: string): Promise<Person | undefined> {
  const row = await people.selectFrom("person").selectAll().where("id", "=", id).executeTakeFirst();
  return row && shown(row);
}

/** By id, after one. */
export async function personsAfter(people: PeopleDatabase, after: string, limit: number): Promise<Person[]> {
  const rows = await people
    .selectFrom("person")
    .selectAll()
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(shown);
}

interface Row {
  readonly id: string;
  readonly login: string | null;
  readonly name: string;
  readonly nation: string;
  readonly disabled_ms: number | null;
  readonly erased_ms: number | null;
}

const shown = ({ id, login, name, nation, disabled_ms, erased_ms }: Row): Person => ({
  id,
  login,
  name,
  nation,
  isDisabled: disabled_ms !== null,
  isErased: erased_ms !== null,
});

/** Their sessions and tokens end with it. */
export async function setDisabled(
  people: PeopleDatabase,
  person: string,
  isDisabled: boolean,
  nowMs: number,
): Promise<void> {
  const disabled_ms = isDisabled ? nowMs : null;
  await people
    .updateTable("person")
    .set({ disabled_ms })
    .where("id", "=", person)
    .where("erased_ms", "is", null)
    .execute();
  if (!isDisabled) return;
  await endSessions(people, { person }, nowMs);
  const open = people.updateTable("token").set({ revoked_ms: nowMs }).where("person", "=", person);
  await open.where("revoked_ms", "is", null).execute();
  await people.deleteFrom("invitation").where("person", "=", person).execute();
}

/** What names them goes, with all that they sign in by; the id stays, since the log speaks of it. */
export async function erasePerson(people: PeopleDatabase, person: string, nowMs: number): Promise<void> {
  await people
    .updateTable("person")
    .set({ name: "", login: null, disabled_ms: nowMs, erased_ms: nowMs })
    .where("id", "=", person)
    .execute();
  for (const table of [
    "membership",
    "password",
    "passkey",
    "identity",
    "session",
    "token",
    "invitation",
    "ceremony",
  ] as const) {
    await people.deleteFrom(table).where("person", "=", person).execute();
  }
}
