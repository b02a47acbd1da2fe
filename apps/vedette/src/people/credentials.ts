/** What somebody signs in by: keys, a password, an account elsewhere. */
import type { PeopleDatabase } from "./open.ts";
import { hashOfPassword, isDated, isPassword } from "./passwords.ts";
import { loginOf } from "./persons.ts";

export interface Credentials {
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly madeMs: number;
    readonly usedMs: number | null;
  }[];
  readonly hasPassword: boolean;
  readonly identities: readonly { readonly issuer: string; readonly subject: string }[];
}

export async function credentialsOf(people: PeopleDatabase, person: string): Promise<Credentials> {
  const passkeys = await people
    .selectFrom("passkey")
    .select(["id", "name", "made_ms as madeMs", "used_ms as usedMs"])
    .where("person", "=", person)
    .orderBy("made_ms")
    .orderBy("id")
    .execute();
  const password = await people.selectFrom("password").select("person").where("person", "=", person).executeTakeFirst();
  const identities = await people
    .selectFrom("identity")
    .select(["issuer", "subject"])
    .where("person", "=", person)
    .orderBy("issuer")
    .execute();
  return { passkeys, hasPassword: password !== undefined, identities };
}

export const countOf = ({ passkeys, hasPassword, identities }: Credentials): number =>
  passkeys.length + identities.length + (hasPassword ? 1 : 0);

export async function setPassword(
  people: PeopleDatabase,
  person: string,
  password: string,
  nowMs: number,
): Promise<void> {
  const row = { hash: await hashOfPassword(password), changed_ms: nowMs };
  await people
    .insertInto("password")
    .values({ person, ...row })
    .onConflict((found) => found.column("person").doUpdateSet(row))
    .execute();
}

/** As long for names that are not there. @returns the person */
export async function passwordSignIn(
  people: PeopleDatabase,
  { login, password }: { readonly login: string; readonly password: string },
  nowMs: number,
): Promise<string | undefined> {
  const row = await people
    .selectFrom("person")
    .innerJoin("password", "password.person", "person.id")
    .select(["person.id as id", "hash", "disabled_ms"])
    .where("login", "=", loginOf(login))
    .executeTakeFirst();
  const isRight = await isPassword(row?.hash, password);
  if (row === undefined || !isRight || row.disabled_ms !== null) return undefined;
  if (isDated(row.hash)) await setPassword(people, row.id, password, nowMs);
  return row.id;
}

export async function isOwnPassword(people: PeopleDatabase, person: string, password: string): Promise<boolean> {
  const row = await people.selectFrom("password").select("hash").where("person", "=", person).executeTakeFirst();
  return isPassword(row?.hash, password);
}

export async function removePasskey(people: PeopleDatabase, person: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await people
    .deleteFrom("passkey")
    .where("id", "=", id)
    .where("person", "=", person)
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/** @returns false: that account is somebody else's here */
export async function addIdentity(
  people: PeopleDatabase,
  { person, issuer, subject }: { readonly person: string; readonly issuer: string; readonly subject: string },
): Promise<boolean> {
  await people
    .insertInto("identity")
    .values({ issuer, subject, person })
    .onConflict((found) => found.columns(["issuer", "subject"]).doNothing())
    .execute();
  return (await personOfIdentity(people, issuer, subject)) === person;
}

export async function personOfIdentity(
  people: PeopleDatabase,
  issuer: string,
  subject: string,
): Promise<string | undefined> {
  const row = await people
    .selectFrom("identity")
    .innerJoin("person", "person.id", "identity.person")
    .select("person.id as id")
    .where("issuer", "=", issuer)
    .where("subject", "=", subject)
    .where("disabled_ms", "is", null)
    .executeTakeFirst();
  return row?.id;
}
