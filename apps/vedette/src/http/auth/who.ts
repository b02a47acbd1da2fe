/** Who asks, in a route: signed in or not, with which roles here, and whether they may. */
import type { Marking } from "@vedette/core/record/marking";
import type { FastifyRequest } from "fastify";
import type { SignedIn } from "../../people/sessions.ts";
import type { Decider } from "../../release/cedar.ts";
import type { Action, Entitlement, Role } from "../../release/entitlement.ts";
import { ApiProblem } from "../api-problem.ts";

export interface Who {
  readonly signedIn: SignedIn;
  readonly entitlement: Entitlement;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set for every request that shows a good session, token, or comes to an exercise over loopback. */
    signedIn: SignedIn | undefined;
    /** Set under /api/workspaces/:workspace, once the asker was found to take part. */
    who: Who | undefined;
  }
}

/** @throws ApiProblem 401 */
export function signedInOf(request: FastifyRequest): SignedIn {
  if (request.signedIn === undefined) throw new ApiProblem("not-signed-in", "");
  return request.signedIn;
}

/** @throws ApiProblem 401; 404 outside a workspace of theirs, as where there is none */
export function whoOf(request: FastifyRequest): Who {
  signedInOf(request);
  if (request.who === undefined) throw new ApiProblem("not-found", "");
  return request.who;
}

/** @throws ApiProblem 403 where none of these roles is theirs */
export function needRole(request: FastifyRequest, ...roles: readonly Role[]): Who {
  const who = whoOf(request);
  if (!roles.some((role) => who.entitlement.roles.includes(role)))
    throw new ApiProblem("not-allowed", `it takes the role ${roles.join(" or ")}`);
  return who;
}

/**
 * What is not given is as if it were not there; what is given and more than the role, or the token, allows is refused as that.
 *
 * @throws ApiProblem 401, 404, 403
 */
export function allow(request: FastifyRequest, action: Action, marking: Marking, decide: Decider): Who {
  const who = whoOf(request);
  if (!decide(who.entitlement, "read", marking)) throw new ApiProblem("not-found", "");
  needAction(request, action);
  if (action !== "read" && !decide(who.entitlement, action, marking)) throw new ApiProblem("not-allowed", "");
  return who;
}

/** For lists and for what is not there yet. @throws ApiProblem 401, 404; 403 where a token is not for this */
export function needAction(request: FastifyRequest, action: Action): Who {
  const who = whoOf(request);
  const { scope } = who.signedIn;
  if (scope !== undefined && !scope.actions.includes(action))
    throw new ApiProblem("not-allowed", `this token is not for \`${action}\``);
  return who;
}
