/** A request in a workspace: who asks, of which nation, of what. */
import type { Marking, NationCode } from "@vedette/core/record/marking";
import { type Instant, instant } from "@vedette/core/time/instant";
import { PERSON_PREFIX } from "@vedette/core/verify/incident";
import type { FastifyRequest } from "fastify";
import type { Action } from "../release/entitlement.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { ApiProblem } from "./api-problem.ts";
import { allow, whoOf } from "./auth/who.ts";
import type { Service } from "./service.ts";

export interface Asked {
  readonly workspace: Workspace;
  readonly nation: NationCode;
  /** As events name them. */
  readonly actor: string;
  /** Workspace and person: what is kept for them. */
  readonly scope: string;
  readonly now: Instant;
  /** @throws ApiProblem 404 for what is not given, 403 for what takes another role */
  readonly allow: (action: Action, marking: Marking) => void;
}

/** @throws ApiProblem 401, 404 */
export function askedOf(request: FastifyRequest, { workspaces, decide }: Service): Asked {
  const { entitlement, signedIn } = whoOf(request);
  const { workspace: id } = request.params as { readonly workspace: string };
  const workspace = workspaces.get(id);
  if (workspace === undefined) throw new ApiProblem("not-found", "");
  return {
    workspace,
    nation: entitlement.nation,
    actor: `${PERSON_PREFIX}${signedIn.person}`,
    scope: `${id} ${signedIn.person}`,
    now: workspace.clock(),
    allow: (action, marking) => {
      allow(request, action, marking, decide);
    },
  };
}

/** What is theirs alone: for what a person asks the server to do that rests on no object yet. */
export const ownMarking = ({ nation, workspace: { use } }: Asked): Marking => ({
  owner: nation,
  releasableTo: [],
  originatorControlled: true,
  use,
});

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new ApiProblem("not-found", "");
  return value;
}

/** A moment as an interval: of what happens as it is said. */
export const momentOf = (at: Instant): { start: Instant; end: Instant } => ({ start: at, end: instant(at + 1) });
