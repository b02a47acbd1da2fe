/** Who has which role in which workspace. Administrators of the server have theirs in `*`: it shows them nobody's data. */
import { ROLES, type Role } from "../release/entitlement.ts";
import type { PeopleDatabase } from "./open.ts";

export const SERVER = "*";

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

export async function rolesOf(people: PeopleDatabase, person: string, workspace: string): Promise<Role[]> {
  const rows = await people
    .selectFrom("membership")
    .select("role")
    .where("person", "=", person)
    .where("workspace", "=", workspace)
    .orderBy("role")
    .execute();
  return rows.map(({ role }) => role).filter(isRole);
}

/** By workspace. */
export async function allRolesOf(people: PeopleDatabase, person: string): Promise<Record<string, Role[]>> {
  const rows = await people
    .selectFrom("membership")
    .select(["workspace", "role"])
    .where("person", "=", person)
    .orderBy("workspace")
    .orderBy("role")
    .execute();
  const byWorkspace = Map.groupBy(rows, ({ workspace }) => workspace);
  return Object.fromEntries(
    [...byWorkspace].map(([workspace, found]) => [workspace, found.map(({ role }) => role).filter(isRole)]),
  );
}

/** These and no others. */
export async function setRoles(
  people: PeopleDatabase,
  person: string,
  workspace: string,
  roles: readonly Role[],
): Promise<void> {
  await people.deleteFrom("membership").where("person", "=", person).where("workspace", "=", workspace).execute();
  if (roles.length === 0) return;
  await people
    .insertInto("membership")
    .values([...new Set(roles)].map((role) => ({ workspace, person, role })))
    .execute();
}

/** Of the server, or of this workspace. */
export async function isAdministrator(people: PeopleDatabase, person: string, workspace?: string): Promise<boolean> {
  const row = await people
    .selectFrom("membership")
    .select("person")
    .where("person", "=", person)
    .where("role", "=", "administrator")
    .where("workspace", "in", workspace === undefined ? [SERVER] : [SERVER, workspace])
    .executeTakeFirst();
  return row !== undefined;
}

/** Of anything. */
export async function isAnyAdministrator(people: PeopleDatabase, person: string): Promise<boolean> {
  const row = await people
    .selectFrom("membership")
    .select("person")
    .where("person", "=", person)
    .where("role", "=", "administrator")
    .executeTakeFirst();
  return row !== undefined;
}

/** Administrators of the server who can sign in: here, with something to sign in by. */
export async function ableAdministrators(people: PeopleDatabase): Promise<string[]> {
  const rows = await people
    .selectFrom("membership")
    .innerJoin("person", "person.id", "membership.person")
    .select("person.id as id")
    .where("workspace", "=", SERVER)
    .where("role", "=", "administrator")
    .where("disabled_ms", "is", null)
    .where(({ or, exists, selectFrom }) =>
      or([
        exists(selectFrom("passkey").select("passkey.id").whereRef("passkey.person", "=", "person.id")),
        exists(selectFrom("password").select("password.person").whereRef("password.person", "=", "person.id")),
        exists(selectFrom("identity").select("identity.person").whereRef("identity.person", "=", "person.id")),
      ]),
    )
    .orderBy("person.id")
    .execute();
  return rows.map(({ id }) => id);
}
