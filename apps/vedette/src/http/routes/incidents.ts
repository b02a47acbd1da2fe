/** Incidents as the asker's nation has them. */
import { INCIDENT_STATES } from "@vedette/core/agreement/terms";
import { ObjectParams, WorkspaceParams } from "@vedette/wire/api-common";
import { EvidencePage } from "@vedette/wire/api-evidence";
import {
  CountsQuery,
  IncidentCounts,
  IncidentHistory,
  IncidentMap,
  IncidentOne,
  IncidentPage,
  IncidentsMapQuery,
  IncidentsQuery,
} from "@vedette/wire/api-incidents";
import { NearQuery, NotModified } from "@vedette/wire/api-lists";
import type { IncidentFilter, ListedState } from "../../workspace/queries.ts";
import { READ_PROBLEMS } from "../answers.ts";
import { askedOf, found } from "../asked.ts";
import { isKnown } from "../etags.ts";
import { collectionOf } from "../geojson.ts";
import type { Kit } from "../kit.ts";
import { notValid, pageAsked, pageShown, type WhereWhenAsked, whereWhenAsked } from "../lists.ts";
import type { App } from "../service.ts";
import { evidenceShown, headShown, historyShown, incidentFor } from "../shown.ts";

const PATH = "/workspaces/:workspace/incidents";
const tags = ["incidents"];

export function incidentRoutes(app: App, kit: Kit): void {
  lists(app, kit);
  one(app, kit);
}

function lists(app: App, kit: Kit): void {
  app.get(
    PATH,
    {
      schema: {
        operationId: "listIncidents",
        summary: "Incidents, newest first",
        tags,
        params: WorkspaceParams,
        querystring: IncidentsQuery,
        response: { 200: IncidentPage, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const { order = "changed", ...query } = request.query;
      const page = await asked.workspace.queries.incidents(asked.nation, filterAsked(query), {
        ...pageAsked(query),
        order,
      });
      kit.reads.note(asked, page.items);
      return pageShown(page, headShown);
    },
  );
  app.get(
    `${PATH}/counts`,
    {
      schema: {
        operationId: "countIncidents",
        summary: "How many incidents, by state and kind",
        tags,
        params: WorkspaceParams,
        querystring: CountsQuery,
        response: { 200: IncidentCounts, ...READ_PROBLEMS },
      },
    },
    (request) => {
      const { workspace, nation } = askedOf(request, kit);
      return workspace.queries.counts(nation, filterAsked(request.query));
    },
  );
  app.get(
    `${PATH}/map`,
    {
      schema: {
        operationId: "mapIncidents",
        summary: "Incidents as GeoJSON: points, or cells where there are many",
        tags,
        params: WorkspaceParams,
        querystring: IncidentsMapQuery,
        response: { 200: IncidentMap, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const { most = 1000, ...query } = request.query;
      const answer = await asked.workspace.queries.map(asked.nation, filterAsked(query), most);
      if (!answer.isAggregate) kit.reads.note(asked, answer.points);
      return collectionOf(answer);
    },
  );
}

function one(app: App, kit: Kit): void {
  app.get(
    `${PATH}/:id`,
    {
      schema: {
        operationId: "readIncident",
        summary: "One incident",
        tags,
        params: ObjectParams,
        response: { 200: IncidentOne, 304: NotModified, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const asked = askedOf(request, kit);
      const view = found(await asked.workspace.queries.incident(asked.nation, request.params.id));
      asked.allow("read", view.marking);
      kit.reads.note(asked, [view]);
      if (isKnown(request, reply, view.version)) return reply.code(304).send(null);
      return incidentFor(asked, view);
    },
  );
  app.get(
    `${PATH}/:id/history`,
    {
      schema: {
        operationId: "readIncidentHistory",
        summary: "All that happened to an incident, in order",
        tags,
        params: ObjectParams,
        response: { 200: IncidentHistory, 304: NotModified, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const asked = askedOf(request, kit);
      const view = found(await asked.workspace.queries.incident(asked.nation, request.params.id));
      asked.allow("read", view.marking);
      kit.reads.note(asked, [view]);
      if (isKnown(request, reply, view.version)) return reply.code(304).send(null);
      return historyShown(view);
    },
  );
  app.get(
    `${PATH}/:id/near`,
    {
      schema: {
        operationId: "listEvidenceNear",
        summary: "Evidence near an incident that is not linked to it, nearest in time first",
        tags,
        params: ObjectParams,
        querystring: NearQuery,
        response: { 200: EvidencePage, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const { queries } = asked.workspace;
      const { km = 10, hours = 6, limit = 50 } = request.query;
      const view = found(await queries.incident(asked.nation, request.params.id));
      asked.allow("read", view.marking);
      const items = await queries.near(asked.nation, view.id, { km, hours, limit });
      kit.reads.noteEvidence(asked, items);
      return { items: items.map(evidenceShown), next: null };
    },
  );
}

const STATES: readonly ListedState[] = [...INCIDENT_STATES, "merged"];

function filterAsked(
  query: WhereWhenAsked & { readonly kind?: string | undefined; readonly state?: string | undefined },
): IncidentFilter {
  const states = query.state?.split(",").map((word) => {
    const state = STATES.find((one) => one === word);
    if (state === undefined) throw notValid("/query/state", `expected some of ${STATES.join(", ")}`);
    return state;
  });
  return {
    ...whereWhenAsked(query),
    ...(query.kind !== undefined && { kinds: query.kind.split(",") }),
    ...(states !== undefined && { states }),
  };
}
