/** Long computations: what was begun, how far it is, what came of it. */
import { ObjectParams, WorkspaceParams } from "@vedette/wire/api-common";
import { JobList, JobOne, JobResultParams } from "@vedette/wire/api-jobs";
import { FileBytes } from "@vedette/wire/api-lists";
import { READ_PROBLEMS, ROLE_PROBLEMS } from "../answers.ts";
import { askedOf, found } from "../asked.ts";
import { whoOf } from "../auth/who.ts";
import type { Kit } from "../kit.ts";
import type { App } from "../service.ts";

const PATH = "/workspaces/:workspace/jobs";
const tags = ["jobs"];

/** Of whoever began it: for everybody else it is not there. */
export function jobRoutes(app: App, kit: Kit): void {
  app.get(
    PATH,
    {
      schema: {
        operationId: "listJobs",
        summary: "Your jobs, oldest first; kept for 24 h",
        tags,
        params: WorkspaceParams,
        response: { 200: JobList, ...READ_PROBLEMS },
      },
    },
    (request) => ({ items: kit.jobs.all(askedOf(request, kit).workspace.id, whoOf(request).signedIn.person) }),
  );
  app.get(
    `${PATH}/:id`,
    {
      schema: {
        operationId: "readJob",
        summary: "One job: state, progress, results",
        tags,
        params: ObjectParams,
        response: { 200: JobOne, ...READ_PROBLEMS },
      },
    },
    (request) =>
      found(kit.jobs.one(askedOf(request, kit).workspace.id, whoOf(request).signedIn.person, request.params.id)),
  );
  app.post(
    `${PATH}/:id/cancel`,
    {
      schema: {
        operationId: "cancelJob",
        summary: "Break a job off; what has ended stays as it is",
        tags,
        params: ObjectParams,
        response: { 200: JobOne, ...ROLE_PROBLEMS },
      },
    },
    (request) =>
      found(kit.jobs.cancel(askedOf(request, kit).workspace.id, whoOf(request).signedIn.person, request.params.id)),
  );
  app.get(
    `${PATH}/:id/results/:name`,
    {
      schema: {
        operationId: "readJobResult",
        summary: "What a job came to",
        tags,
        params: JobResultParams,
        response: { 200: FileBytes, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { id, name } = request.params;
      const { person } = whoOf(request).signedIn;
      const { type, bytes } = found(kit.jobs.result(askedOf(request, kit).workspace.id, person, id, name));
      // A page that was made of what came in: saved, and run nowhere as a page of ours.
      reply
        .header("content-disposition", `attachment; filename="${name}"`)
        .header("cache-control", "private, no-store");
      return reply.type(type).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  );
}
