/** What somebody may be in a workspace, and whether they still may. */
import type { PeopleDatabase } from "../../people/open.ts";
import { rolesOf } from "../../people/roles.ts";
import { isSessionOpen, type SignedIn } from "../../people/sessions.ts";
import { isTokenOpen } from "../../people/tokens.ts";
import type { Entitlement } from "../../release/entitlement.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { PeopleService } from "./setting.ts";
import type { Who } from "./who.ts";

type Place = Pick<Workspace, "id" | "use" | "nations">;

/** @returns nothing for who has no part in it: they are told what they would be told if it were not there */
export async function entitlementFor(
  { database, exercise }: Pick<PeopleService, "database" | "exercise">,
  { person, nation, method, scope }: SignedIn,
  { id, use, nations }: Place,
): Promise<Entitlement | undefined> {
  if (method === "exercise") {
    const own = nations[0];
    if (use !== "exercise" || exercise === undefined || own === undefined) return undefined;
    return { person, nation: own, roles: exercise.roles, use };
  }
  // They have not shown yet who they are.
  if (method === "invitation") return undefined;
  if (scope !== undefined && scope.workspace !== id) return undefined;
  if (!nations.includes(nation)) return undefined;
  const roles = await rolesOf(database, person, id);
  return roles.length === 0 ? undefined : { person, nation, roles, use };
}

/** Whether somebody who listens for long is still signed in, and still of this workspace with the same nation. */
export async function mayStay(people: PeopleService, { signedIn, entitlement }: Who, place: Place): Promise<boolean> {
  if (!(await isStillSignedIn(people.database, signedIn, people.nowMs()))) return false;
  const now = await entitlementFor(people, signedIn, place);
  return now !== undefined && now.nation === entitlement.nation;
}

function isStillSignedIn(people: PeopleDatabase, { method, session }: SignedIn, nowMs: number): Promise<boolean> {
  if (method === "exercise") return Promise.resolve(true);
  return method === "token" ? isTokenOpen(people, session, nowMs) : isSessionOpen(people, session, nowMs);
}
