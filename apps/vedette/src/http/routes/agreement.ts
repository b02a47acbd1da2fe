/** The agreement as adopted; what was assessed under it; what parties were asked, and replied. */
import { reignsOf } from "@vedette/core/agreement/edition";
import { type Instant, isoOf } from "@vedette/core/time/instant";
import { awaitedOf } from "@vedette/core/verify/incident";
import { AgreementList, AssessmentPage, AssessmentsQuery, RepliesQuery, ReplyPage } from "@vedette/wire/api-agreement";
import { WorkspaceParams } from "@vedette/wire/api-common";
import type { IncidentView, ListedState } from "../../workspace/queries.ts";
import { READ_PROBLEMS } from "../answers.ts";
import { askedOf, found } from "../asked.ts";
import { bookOf } from "../book.ts";
import type { Kit } from "../kit.ts";
import { pageAsked, pageShown, spanShown } from "../lists.ts";
import type { App } from "../service.ts";
import { assessmentShown, markingShown } from "../shown.ts";

const PATH = "/workspaces/:workspace";
const tags = ["agreement"];

export function agreementRoutes(app: App, kit: Kit): void {
  editions(app, kit);
  assessments(app, kit);
  replies(app, kit);
}

function editions(app: App, kit: Kit): void {
  app.get(
    `${PATH}/agreements`,
    {
      schema: {
        operationId: "listAgreements",
        summary: "Every version that was adopted, with its whole text, and which is in force",
        tags,
        params: WorkspaceParams,
        response: { 200: AgreementList, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const book = await bookOf(asked);
      const ids = [...new Set(book.map(({ ref }) => ref.id))].sort();
      const reigns = ids.flatMap((id) => reignsOf(book, id));
      const items = reigns.map(({ edition: { ref, agreement, inForce }, span }) => ({
        agreement: { ...ref },
        title: { ...agreement.title },
        inForce: { from: isoOf(inForce.from), until: inForce.until === undefined ? null : isoOf(inForce.until) },
        isInForce: span.start <= asked.now && asked.now < span.end,
        parties: Object.keys(agreement.parties),
        clauses: Object.keys(agreement.clauses).length,
        document: agreement,
      }));
      return { items };
    },
  );
}

const ASSESSED: readonly ListedState[] = ["assessed", "referred", "closed"];

function assessments(app: App, kit: Kit): void {
  app.get(
    `${PATH}/assessments`,
    {
      schema: {
        operationId: "listAssessments",
        summary: "What was assessed, latest change first; `limit` counts incidents looked through",
        tags,
        params: WorkspaceParams,
        querystring: AssessmentsQuery,
        response: { 200: AssessmentPage, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const { finding } = request.query;
      const page = await asked.workspace.queries.incidents(
        asked.nation,
        { states: ASSESSED },
        { ...pageAsked(request.query), order: "changed" },
      );
      kit.reads.note(asked, page.items);
      const items = page.items.flatMap(({ id, marking, incident: { state, assessment } }) => {
        if (assessment === undefined || (finding !== undefined && assessment.finding !== finding)) return [];
        const { replied: _, silent: __, ...shown } = assessmentShown(assessment);
        return [{ incident: id, state, ...shown, marking: markingShown(marking) }];
      });
      return { items, next: page.next ?? null };
    },
  );
}

const ASKED: readonly ListedState[] = ["verified", ...ASSESSED];

function replies(app: App, kit: Kit): void {
  app.get(
    `${PATH}/replies`,
    {
      schema: {
        operationId: "listReplies",
        summary: "Parties that were asked, and what became of it; `limit` counts incidents looked through",
        tags,
        params: WorkspaceParams,
        querystring: RepliesQuery,
        response: { 200: ReplyPage, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const { queries } = asked.workspace;
      const { incident, party } = request.query;
      const page =
        incident === undefined
          ? await queries.incidents(asked.nation, { states: ASKED }, { ...pageAsked(request.query), order: "changed" })
          : { items: [found(await queries.incident(asked.nation, incident))] };
      kit.reads.note(asked, page.items);
      const { items, next } = pageShown(page, (view) => repliesOf(view, asked.now));
      return { items: items.flat().filter((row) => party === undefined || row.party === party), next };
    },
  );
}

function repliesOf({ id, incident }: IncidentView, now: Instant) {
  const awaited = awaitedOf(incident, now);
  return incident.asked.map(({ party, until }) => {
    const reply = incident.replies.find((one) => one.party === party);
    const isAwaited = awaited.some((one) => one.party === party);
    return {
      incident: id,
      party,
      until: spanShown(until),
      state: reply !== undefined ? ("replied" as const) : isAwaited ? ("awaited" as const) : ("silent" as const),
      ...(reply !== undefined && { at: spanShown(reply.at) }),
      ...(reply?.evidence !== undefined && { evidence: reply.evidence }),
    };
  });
}
