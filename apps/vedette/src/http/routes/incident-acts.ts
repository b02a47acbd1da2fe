/** What people do with incidents: each act on the version that they have read. */
import type { TSchema } from "@fastify/type-provider-typebox";
import { narrowest } from "@vedette/core/record/marking";
import { incidentIdOf } from "@vedette/core/verify/incident-propose";
import { IdempotencyHeaders, MatchHeaders, ObjectParams, WorkspaceParams } from "@vedette/wire/api-common";
import {
  AssessIncident,
  IncidentDone,
  LinkEvidence,
  MergeIncident,
  MoveIncident,
  OpenIncident,
  ReplyToIncident,
  ReviseIncident,
  SplitIncident,
  UnlinkEvidence,
  VerifyIncident,
} from "@vedette/wire/api-incidents";
import { CHANGE_PROBLEMS, WRITE_PROBLEMS } from "../answers.ts";
import { askedOf } from "../asked.ts";
import { saltOf } from "../book.ts";
import { type Change, changed, performed } from "../changes.ts";
import { assessBasis, markingsOfEvidence, nextStep, stepBack, verifyBasis } from "../judging.ts";
import type { Kit } from "../kit.ts";
import { notValid, spanAsked } from "../lists.ts";
import { replied } from "../replying.ts";
import type { App } from "../service.ts";

const PATH = "/workspaces/:workspace/incidents";
const tags = ["incidents"];

/** What each act's route says of itself. */
const onOne = <B extends TSchema>(operationId: string, summary: string, body: B) => ({
  operationId,
  summary,
  tags,
  params: ObjectParams,
  headers: MatchHeaders,
  body,
  response: { 200: IncidentDone, ...CHANGE_PROBLEMS },
});

export function incidentActRoutes(app: App, kit: Kit): void {
  openRoute(app, kit);
  evidenceRoutes(app, kit);
  judgingRoutes(app, kit);
  shapeRoutes(app, kit);
  replyRoute(app, kit);
}

function openRoute(app: App, kit: Kit): void {
  app.post(
    PATH,
    {
      schema: {
        operationId: "openIncident",
        summary: "Open an incident on evidence",
        tags,
        params: WorkspaceParams,
        headers: IdempotencyHeaders,
        body: OpenIncident,
        response: { 201: IncidentDone, ...WRITE_PROBLEMS },
      },
    },
    (request, reply) =>
      performed(kit, request, reply, 201, async () => {
        const asked = askedOf(request, kit);
        const { kind, where, when, evidence, reason } = request.body;
        assertKind(kit, kind);
        const span = spanAsked(when, "/body/when");
        const markings = await markingsOfEvidence(asked, evidence);
        asked.allow("link", narrowest(markings));
        const incident = incidentIdOf(evidence, await saltOf(asked.workspace.store));
        const known = await asked.workspace.queries.incident(asked.nation, incident);
        const body = { incident, kind, where: { ...where }, when: { ...span }, evidence, reason };
        const views = known === undefined ? [] : [known];
        return { asked, act: { type: "incident.opened", body, at: span, views, markings, makes: incident } };
      }),
  );
}

function assertKind({ taxonomy }: Kit, kind: string): void {
  if (!taxonomy.has(kind)) throw notValid("/body/kind", "no such kind in the taxonomy");
}

function evidenceRoutes(app: App, kit: Kit): void {
  app.post(`${PATH}/:id/link`, { schema: onOne("linkEvidence", "Link evidence", LinkEvidence) }, (request, reply) =>
    changed(kit, request, reply, "link", async ({ asked }): Promise<Change> => {
      const { evidence, role = "witness", confidence01, reason } = request.body;
      const body = { evidence, role, reason, ...(confidence01 !== undefined && { confidence01 }) };
      return { type: "incident.evidence-linked", body, markings: await markingsOfEvidence(asked, evidence) };
    }),
  );
  app.post(
    `${PATH}/:id/unlink`,
    { schema: onOne("unlinkEvidence", "Take evidence away; the program does not put it back", UnlinkEvidence) },
    (request, reply) =>
      changed(
        kit,
        request,
        reply,
        "link",
        async (): Promise<Change> => ({
          type: "incident.evidence-unlinked",
          body: { ...request.body },
        }),
      ),
  );
  app.post(
    `${PATH}/:id/revise`,
    { schema: onOne("reviseIncident", "Say its kind, place or time, before it is verified", ReviseIncident) },
    (request, reply) =>
      changed(kit, request, reply, "link", async (): Promise<Change> => {
        const { kind, where, when, reason } = request.body;
        if (kind !== undefined) assertKind(kit, kind);
        const span = when === undefined ? undefined : spanAsked(when, "/body/when");
        const body = {
          reason,
          ...(kind !== undefined && { kind }),
          ...(where !== undefined && { where: { ...where } }),
          ...(span !== undefined && { when: { ...span } }),
        };
        return { type: "incident.revised", body };
      }),
  );
}

const moved = (basis: Change["body"], reason: string): Change => ({
  type: "incident.moved",
  body: { ...basis, reason },
});

function judgingRoutes(app: App, kit: Kit): void {
  app.post(
    `${PATH}/:id/verify`,
    { schema: onOne("verifyIncident", "Verify a corroborated incident, and ask the parties to reply", VerifyIncident) },
    (request, reply) =>
      changed(kit, request, reply, "verify", async ({ asked, view }) =>
        moved(await verifyBasis(kit, asked, view, request.body.ask), request.body.reason),
      ),
  );
  app.post(
    `${PATH}/:id/assess`,
    { schema: onOne("assessIncident", "Assess a verified incident; not by who verified it", AssessIncident) },
    (request, reply) =>
      changed(kit, request, reply, "assess", async ({ asked, view }) =>
        moved(await assessBasis(kit, asked, view, request.body), request.body.reason),
      ),
  );
  app.post(
    `${PATH}/:id/move`,
    { schema: onOne("moveIncident", "One step: on towards corroborated, handed on, closed, taken back", MoveIncident) },
    (request, reply) => {
      const { to, reason } = request.body;
      return changed(kit, request, reply, actionOf(to), async ({ asked, view }) => {
        // A step back is as weighty as the step that it undoes.
        if (to === "back") asked.allow(actionBack(view.incident.state), view.marking);
        if (to === "next") return moved(await nextStep(kit, asked, view), reason);
        return moved(to === "back" ? stepBack(view.incident) : { to }, reason);
      });
    },
  );
}

const actionOf = (to: "next" | "referred" | "closed" | "retracted" | "back") =>
  to === "referred" || to === "closed" ? "assess" : to === "retracted" ? "verify" : to === "back" ? "read" : "link";

const ASSESSED: readonly string[] = ["assessed", "referred", "closed"];
const actionBack = (state: string) =>
  ASSESSED.includes(state) ? "assess" : state === "verified" || state === "retracted" ? "verify" : "link";

function shapeRoutes(app: App, kit: Kit): void {
  app.post(
    `${PATH}/:id/merge`,
    {
      schema: onOne(
        "mergeIncident",
        "Two are one: this stands still, the other takes over its evidence",
        MergeIncident,
      ),
    },
    (request, reply) =>
      changed(
        kit,
        request,
        reply,
        "link",
        async (): Promise<Change> => ({ type: "incident.merged", body: { ...request.body } }),
        request.body.into,
      ),
  );
  app.post(
    `${PATH}/:id/split`,
    { schema: onOne("splitIncident", "Split a part of the evidence off, or undo a merge", SplitIncident) },
    (request, reply) => {
      const { evidence, from, reason } = request.body;
      return changed(
        kit,
        request,
        reply,
        "link",
        async ({ asked, view }): Promise<Change> => {
          if ((from === undefined) === (evidence === undefined))
            throw notValid("/body", "give either `evidence`, for a part of it, or `from`, to undo its merging");
          if (evidence === undefined) return { type: "incident.split", body: { from: from ?? "", reason } };
          const incident = incidentIdOf(evidence, await saltOf(asked.workspace.store));
          return { type: "incident.split", body: { incident, from: view.id, evidence, reason }, makes: incident };
        },
        from,
      );
    },
  );
}

function replyRoute(app: App, kit: Kit): void {
  app.post(
    `${PATH}/:id/replies`,
    { schema: onOne("replyToIncident", "Write down what a party that was asked replies", ReplyToIncident) },
    (request, reply) =>
      changed(kit, request, reply, "report", ({ asked, view }) =>
        replied(asked, view, request.body, request.headers["idempotency-key"]),
      ),
  );
}
