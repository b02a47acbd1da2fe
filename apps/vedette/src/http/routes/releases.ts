/** Sanitised versions: a new object for those who are not given the first, linked to it for those who have both. */
import { createHash } from "node:crypto";
import type { Json } from "@vedette/core/record/hash";
import { type Marking, narrowest } from "@vedette/core/record/marking";
import { MatchHeaders, ObjectParams } from "@vedette/wire/api-common";
import { IncidentDone, ReleaseIncident } from "@vedette/wire/api-incidents";
import { folded } from "../acts.ts";
import { CHANGE_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import { type Asked, askedOf, found, momentOf } from "../asked.ts";
import { saltOf } from "../book.ts";
import { assertVersion, etagOf } from "../etags.ts";
import { evidenceOf } from "../judging.ts";
import type { Kit } from "../kit.ts";
import { notValid } from "../lists.ts";
import { sanitised } from "../sanitising.ts";
import type { App } from "../service.ts";
import { incidentFor } from "../shown.ts";

export function releaseRoutes(app: App, kit: Kit): void {
  app.post(
    "/workspaces/:workspace/incidents/:id/releases",
    {
      schema: {
        operationId: "releaseIncident",
        summary: "Release a sanitised version: place and time coarsened, sources withheld",
        tags: ["incidents"],
        params: ObjectParams,
        headers: MatchHeaders,
        body: ReleaseIncident,
        response: { 201: IncidentDone, ...CHANGE_PROBLEMS },
      },
    },
    (request, reply) => {
      const asked = askedOf(request, kit);
      const { queries } = asked.workspace;
      const { id } = request.params;
      return kit.locks.hold([`${asked.workspace.id} ${id}`], () =>
        kit.writes.once(asked.scope, request, reply, async () => {
          const view = found(await queries.incident(asked.nation, id));
          asked.allow("release", view.marking);
          assertVersion(request, view.version, await incidentFor(asked, view));
          const { to, coarsenKm, coarsenHours, withhold, originatorControlled = true, reason } = request.body;
          assertNations(asked, to);
          const how = { by: asked.nation, to, coarsenKm, coarsenHours, withhold };
          const made = sanitised(kit, view, await evidenceOf(asked, id), how);
          const marking: Marking = {
            owner: asked.nation,
            releasableTo: to.filter((nation) => nation !== asked.nation).sort(),
            originatorControlled,
            use: asked.workspace.use,
          };
          const incident = await nameOf(asked, [id, view.version, ...Object.values(how).map(String)]);
          if ((await queries.incident(asked.nation, incident)) !== undefined)
            throw new ApiProblem("conflict", `it was released so before, as ${incident}`);
          const body = { incident, reason, ...made, where: { ...made.where }, when: { ...made.when } };
          const event = await written(asked, [
            { type: "incident.opened", marking, body: body as unknown as Json },
            { type: "incident.released", marking: narrowest([marking, view.marking]), body: { incident, of: id } },
          ]);
          const after = found(await queries.incident(asked.nation, incident));
          reply.code(201).header("etag", etagOf(after.version));
          reply.header("location", `/api/workspaces/${asked.workspace.id}/incidents/${incident}`);
          return { event, incident: await incidentFor(asked, after) };
        }),
      );
    },
  );
}

function assertNations({ workspace, nation }: Asked, to: readonly string[]): void {
  const strange = to.findIndex((one) => !workspace.nations.includes(one) || one === nation);
  if (strange >= 0) throw notValid(`/body/to/${strange}`, "takes no part in this workspace, or is your own");
}

/** The same for the same version released in the same way: sent again, it is known. */
async function nameOf({ workspace: { store } }: Asked, parts: readonly (string | number)[]): Promise<string> {
  const text = JSON.stringify([await saltOf(store), "released", ...parts]);
  return `in-${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

async function written(
  asked: Asked,
  events: readonly { readonly type: string; readonly marking: Marking; readonly body: Json }[],
): Promise<string> {
  const { workspace, actor, now } = asked;
  const drafts = events.map((event) => ({ ...event, typeVersion: 1, at: momentOf(now), actor }));
  const headers = await workspace.store.append(drafts);
  const last = headers.at(-1);
  if (last === undefined) throw new Error("the store gave no header back");
  await folded(asked, last);
  return headers[0]?.id ?? last.id;
}
