/**
 * Changes to people and roles. What touches an administrator, or oneself, takes two: one asks, another confirms. Where nobody else
 * could confirm, the only administrator may do it alone, but never to themselves.
 */
import type { Json } from "@vedette/core/record/hash";
import type { Role } from "../release/entitlement.ts";
import { invite } from "./invitations.ts";
import type { Journal } from "./journal.ts";
import type { PeopleDatabase } from "./open.ts";
import { erasePerson, personOf, setDisabled } from "./persons.ts";
import { ableAdministrators, isAdministrator, isAnyAdministrator, SERVER, setRoles } from "./roles.ts";
import { newId, type Secret } from "./secrets.ts";

export type Change =
  | { readonly kind: "roles"; readonly person: string; readonly workspace: string; readonly roles: readonly Role[] }
  | { readonly kind: "disable" | "enable" | "erase" | "invite"; readonly person: string };

export interface Doing {
  readonly people: PeopleDatabase;
  readonly journal: Journal;
  readonly nowMs: number;
}

/** `waits`: another administrator is to confirm it. `refused`: nobody may, and why. */
export type ChangeOutcome =
  | { readonly is: "done"; readonly invitation?: Secret }
  | { readonly is: "waits"; readonly proposal: string }
  | { readonly is: "refused"; readonly why: "not-found" | "not-allowed" | "only-administrator" | "last-administrator" };

/** What nobody confirmed in so long is gone. */
export const PROPOSED_MS = 7 * 24 * 3_600_000;

export const workspaceOf = (change: Change): string => (change.kind === "roles" ? change.workspace : SERVER);

/** Does it, or notes that it was asked for. */
export const requestChange = (doing: Doing, change: Change, by: string): Promise<ChangeOutcome> =>
  alone(doing, async (within) => {
    const { people, nowMs, journal } = within;
    const refused = await refusalOf(people, change, by);
    if (refused !== undefined) return refused;
    if (!(await takesTwo(people, change, by))) return apply(within, change, by);
    const others = (await ableAdministrators(people)).filter((id) => id !== by);
    if (others.length === 0 && change.person !== by) return apply(within, change, by);
    if (others.length === 0) return { is: "refused", why: "only-administrator" };
    const id = newId("c");
    const row = {
      id,
      asked_by: by,
      asked_ms: nowMs,
      change: JSON.stringify(change),
      confirmed_by: null,
      done_ms: null,
    };
    await people.insertInto("proposal").values(row).execute();
    await journal({ type: "proposal.made", actor: by, body: { proposal: id, change: change as unknown as Json } });
    return { is: "waits", proposal: id };
  });

/** By another than who asked. */
export const confirmChange = (doing: Doing, proposal: string, by: string): Promise<ChangeOutcome> =>
  alone(doing, async (within) => {
    const found = (await openProposals(within)).find(({ id }) => id === proposal);
    if (found === undefined) return { is: "refused", why: "not-found" };
    const refused = await refusalOf(within.people, found.change, by);
    if (refused !== undefined) return refused;
    // Who asked may have lost the right meanwhile.
    const isStillAllowed = await isAdministrator(within.people, found.askedBy, workspaceOf(found.change));
    if (found.askedBy === by || !isStillAllowed) return { is: "refused", why: "not-allowed" };
    const outcome = await apply(within, found.change, by);
    if (outcome.is !== "done") return outcome;
    const done = { confirmed_by: by, done_ms: within.nowMs };
    await within.people.updateTable("proposal").set(done).where("id", "=", proposal).execute();
    await within.journal({ type: "proposal.confirmed", actor: by, body: { proposal, askedBy: found.askedBy } });
    return outcome;
  });

/** By who asked, or any administrator. @returns false: there is none */
export async function withdrawChange(doing: Doing, proposal: string, by: string): Promise<boolean> {
  const { numDeletedRows } = await doing.people
    .deleteFrom("proposal")
    .where("id", "=", proposal)
    .where("done_ms", "is", null)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return false;
  await doing.journal({ type: "proposal.withdrawn", actor: by, body: { proposal } });
  return true;
}

export interface Proposal {
  readonly id: string;
  readonly askedBy: string;
  readonly askedMs: number;
  readonly change: Change;
}

export async function openProposals({ people, nowMs }: Pick<Doing, "people" | "nowMs">): Promise<Proposal[]> {
  const rows = await people
    .selectFrom("proposal")
    .selectAll()
    .where("done_ms", "is", null)
    .where("asked_ms", ">", nowMs - PROPOSED_MS)
    .orderBy("asked_ms")
    .execute();
  return rows.map(({ id, asked_by, asked_ms, change }) => ({
    id,
    askedBy: asked_by,
    askedMs: asked_ms,
    change: JSON.parse(change) as Change,
  }));
}

/** One change at a time, also where many servers share the database: each takes the same row first. */
function alone(doing: Doing, work: (within: Doing) => Promise<ChangeOutcome>): Promise<ChangeOutcome> {
  return doing.people.transaction().execute(async (people) => {
    await people
      .updateTable("server")
      .set((row) => ({ value: row.ref("value") }))
      .where("key", "=", "version")
      .execute();
    return work({ ...doing, people });
  });
}

async function refusalOf(people: PeopleDatabase, change: Change, by: string): Promise<ChangeOutcome | undefined> {
  if (!(await isAdministrator(people, by, workspaceOf(change)))) return { is: "refused", why: "not-allowed" };
  const person = await personOf(people, change.person);
  return person === undefined || person.isErased ? { is: "refused", why: "not-found" } : undefined;
}

async function takesTwo(people: PeopleDatabase, change: Change, by: string): Promise<boolean> {
  if (change.person === by || (await isAnyAdministrator(people, change.person))) return true;
  return change.kind === "roles" && change.roles.includes("administrator");
}

async function apply({ people, journal, nowMs }: Doing, change: Change, by: string): Promise<ChangeOutcome> {
  if (await endsAdministration(people, change)) return { is: "refused", why: "last-administrator" };
  const { person } = change;
  const note = (type: Parameters<Journal>[0]["type"]) => journal({ type, actor: by, body: { person } });
  switch (change.kind) {
    case "roles": {
      const { workspace, roles } = change;
      await setRoles(people, person, workspace, roles);
      const place = workspace === SERVER ? {} : { workspace };
      await journal({ type: "role.changed", actor: by, ...place, body: { person, roles: [...roles].sort() } });
      return { is: "done" };
    }
    case "disable":
      await setDisabled(people, person, true, nowMs);
      await note("person.disabled");
      return { is: "done" };
    case "enable":
      await setDisabled(people, person, false, nowMs);
      await note("person.enabled");
      return { is: "done" };
    case "erase":
      await erasePerson(people, person, nowMs);
      await note("person.erased");
      return { is: "done" };
    case "invite": {
      const invitation = await invite(people, person, nowMs);
      await note("person.invited");
      return { is: "done", invitation };
    }
  }
}

/** Whether nobody would be left who can sign in and set it right. */
async function endsAdministration(people: PeopleDatabase, change: Change): Promise<boolean> {
  const takesAway =
    change.kind === "disable" ||
    change.kind === "erase" ||
    (change.kind === "roles" && change.workspace === SERVER && !change.roles.includes("administrator"));
  if (!takesAway) return false;
  const able = await ableAdministrators(people);
  return able.length === 1 && able[0] === change.person;
}
