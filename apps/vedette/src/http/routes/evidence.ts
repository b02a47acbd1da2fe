/** Evidence as the asker's nation has it, and how it is erased. */
import { MatchHeaders, ObjectParams, WorkspaceParams } from "@vedette/wire/api-common";
import { Erased, EraseEvidence, EvidenceOne, EvidencePage, EvidenceQuery } from "@vedette/wire/api-evidence";
import { NotModified } from "@vedette/wire/api-lists";
import { folded } from "../acts.ts";
import { CHANGE_PROBLEMS, READ_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import { askedOf, found } from "../asked.ts";
import { assertVersion, isKnown } from "../etags.ts";
import type { Kit } from "../kit.ts";
import { notValid, pageAsked, pageShown, whereWhenAsked } from "../lists.ts";
import type { App } from "../service.ts";
import { evidenceShown } from "../shown.ts";

const PATH = "/workspaces/:workspace/evidence";
const tags = ["evidence"];

export function evidenceRoutes(app: App, kit: Kit): void {
  reads(app, kit);
  erases(app, kit);
}

function reads(app: App, kit: Kit): void {
  app.get(
    PATH,
    {
      schema: {
        operationId: "listEvidence",
        summary: "Evidence, latest first; with `incident`, what that is linked to",
        tags,
        params: WorkspaceParams,
        querystring: EvidenceQuery,
        response: { 200: EvidencePage, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const { queries } = asked.workspace;
      const { incident, form, kind, source, ...query } = request.query;
      const filter = {
        ...whereWhenAsked(query),
        ...(form !== undefined && { form }),
        ...(kind !== undefined && { kind }),
        ...(source !== undefined && { source }),
      };
      if (incident !== undefined && Object.keys(filter).length > 0)
        throw notValid("/query/incident", "stands alone: it takes no other filter");
      const page =
        incident === undefined
          ? await queries.evidence(asked.nation, filter, pageAsked(query))
          : await queries.evidenceOf(
              asked.nation,
              found(await queries.incident(asked.nation, incident)).id,
              pageAsked(query),
            );
      kit.reads.noteEvidence(asked, page.items);
      return pageShown(page, evidenceShown);
    },
  );
  app.get(
    `${PATH}/:id`,
    {
      schema: {
        operationId: "readEvidence",
        summary: "One item of evidence",
        tags,
        params: ObjectParams,
        response: { 200: EvidenceOne, 304: NotModified, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const asked = askedOf(request, kit);
      const view = found(await asked.workspace.queries.evidenceItem(asked.nation, request.params.id));
      asked.allow("read", view.marking);
      kit.reads.noteEvidence(asked, [view]);
      if (isKnown(request, reply, view.version)) return reply.code(304).send(null);
      return evidenceShown(view);
    },
  );
}

function erases(app: App, kit: Kit): void {
  app.post(
    `${PATH}/:id/erase`,
    {
      schema: {
        operationId: "eraseEvidence",
        summary: "Take what it says away for good; that it was there, who erased it and by which rule stays",
        tags,
        params: ObjectParams,
        headers: MatchHeaders,
        body: EraseEvidence,
        response: { 200: Erased, ...CHANGE_PROBLEMS },
      },
    },
    (request, reply) => {
      const asked = askedOf(request, kit);
      const { store, queries } = asked.workspace;
      return kit.writes.once(asked.scope, request, reply, async () => {
        const { id } = request.params;
        const view = found(await queries.evidenceItem(asked.nation, id));
        asked.allow("erase", view.marking);
        assertVersion(request, view.version, evidenceShown(view));
        if (view.batch.node !== store.node)
          throw new ApiProblem("cannot-be-done", "it came from another node: it is erased there");
        const header = await store.erase(
          { event: view.batch.event, member: id },
          { actor: asked.actor, ...request.body },
        );
        await folded(asked, header);
        return { event: header.id };
      });
    },
  );
}
