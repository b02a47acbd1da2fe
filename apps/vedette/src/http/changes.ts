/** A write on an incident from request to answer: who, which version, once for a key, one after the other. */
import type { Json } from "@vedette/core/record/hash";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Action } from "../release/entitlement.ts";
import type { IncidentView } from "../workspace/queries.ts";
import { type Act, type Done, perform } from "./acts.ts";
import { type Asked, askedOf, found } from "./asked.ts";
import { assertVersion, etagOf } from "./etags.ts";
import type { Kit } from "./kit.ts";
import { incidentFor } from "./shown.ts";

/** Its body without the incident, unless that is another. */
export interface Change extends Omit<Act, "views" | "body"> {
  readonly body: { readonly [key: string]: Json };
}

export interface On {
  readonly asked: Asked;
  readonly view: IncidentView;
}

/**
 * @param action that the role must allow on it, and on the other
 * @param other a second incident that the act names
 * @throws ApiProblem 404 not given, 403 not allowed, 428 and 412 by version, 409 and 422 by the rules
 */
export function changed(
  kit: Kit,
  request: FastifyRequest,
  reply: FastifyReply,
  action: Action,
  make: (on: On) => Promise<Change>,
  other?: string,
): Promise<Done> {
  const asked = askedOf(request, kit);
  const { id, workspace } = request.params as { readonly id: string; readonly workspace: string };
  const names = [id, ...(other === undefined ? [] : [other])].map((name) => `${workspace} ${name}`);
  return kit.locks.hold(names, () =>
    performed(kit, request, reply, 200, async () => {
      const view = await given(asked, id, action);
      assertVersion(request, view.version, await incidentFor(asked, view));
      const others = other === undefined || other === id ? [] : [await given(asked, other, action)];
      const { body, ...change } = await make({ asked, view });
      return { asked, act: { ...change, body: { incident: id, ...body }, views: [view, ...others] } };
    }),
  );
}

async function given(asked: Asked, id: string, action: Action): Promise<IncidentView> {
  const view = found(await asked.workspace.queries.incident(asked.nation, id));
  asked.allow(action, view.marking);
  return view;
}

/** Once for an idempotency key; the answer bears the new version. */
export function performed(
  kit: Kit,
  request: FastifyRequest,
  reply: FastifyReply,
  status: 200 | 201,
  make: () => Promise<{ readonly asked: Asked; readonly act: Act }>,
): Promise<Done> {
  return kit.writes.once(askedOf(request, kit).scope, request, reply, async () => {
    const { asked, act } = await make();
    const done = await perform(asked, act);
    const { id, version } = done.incident;
    reply.code(status).header("etag", etagOf(version));
    if (status === 201) reply.header("location", `/api/workspaces/${asked.workspace.id}/incidents/${id}`);
    return done;
  });
}
