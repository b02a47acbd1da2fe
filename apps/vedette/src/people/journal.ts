/** What happens to people and their rights, as events of the log: ids, never names. */
import type { Draft } from "@vedette/core/record/event";
import type { Json } from "@vedette/core/record/hash";
import { UNRELEASED } from "@vedette/core/record/marking";
import { instant } from "@vedette/core/time/instant";
import type { Store } from "../store/store.ts";

export type PeopleEventType =
  | "person.added"
  | "person.invited"
  | "person.disabled"
  | "person.enabled"
  | "person.erased"
  | "person.signed-in"
  | "person.signed-out"
  | "person.locked-out"
  | "credential.added"
  | "credential.removed"
  | "session.ended"
  | "token.made"
  | "token.revoked"
  | "role.changed"
  | "proposal.made"
  | "proposal.withdrawn"
  | "proposal.confirmed";

export interface PeopleEvent {
  readonly type: PeopleEventType;
  /** A person's id; `vedette` where nobody is known. */
  readonly actor: string;
  /** Whose log it belongs in; none: the server's. */
  readonly workspace?: string;
  readonly body: Json;
}

/** Resolves when it is on disk. */
export type Journal = (event: PeopleEvent) => Promise<void>;

/**
 * @param storeOf the log of a workspace, or the server's where none is named; an event of a workspace that is not there goes into
 *   the server's
 */
export function journalOf(
  storeOf: (workspace: string | undefined) => Pick<Store, "append"> | undefined,
  nowMs: () => number,
): Journal {
  return async (event) => {
    const store = storeOf(event.workspace) ?? storeOf(undefined);
    await store?.append([draftOf(event, nowMs())]);
  };
}

const draftOf = ({ type, actor, workspace, body }: PeopleEvent, nowMs: number): Draft => ({
  type,
  typeVersion: 1,
  at: { start: instant(nowMs), end: instant(nowMs + 1) },
  actor,
  marking: UNRELEASED,
  body: workspace === undefined ? body : { workspace, said: body },
});
