/** For administrators: who is here, in which roles; what touches an administrator takes two of them. */
import {
  ChangeAnswer,
  Invited,
  NewPerson,
  Nothing,
  PeopleQuery,
  PersonBody,
  PersonList,
  PersonParams,
  RoleParams,
  RolesAsked,
} from "@vedette/wire/api-people";
import type { FastifyRequest } from "fastify";
import { requestChange } from "../../people/administration.ts";
import { linkOf } from "../../people/first-start.ts";
import { invite } from "../../people/invitations.ts";
import { addPerson, personOf, personsAfter } from "../../people/persons.ts";
import { allRolesOf, SERVER } from "../../people/roles.ts";
import { endSessions } from "../../people/sessions.ts";
import { ROLE_PROBLEMS, WRITE_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import { administratorIn, answerOf, doingOf } from "../auth/administrator.ts";
import type { PeopleService } from "../auth/setting.ts";
import { personIn } from "../auth/sign-in.ts";
import type { App, Service } from "../service.ts";

const tags = ["people"];
const USUAL = 100;

export function peopleRoutes(app: App, people: PeopleService, service: Pick<Service, "workspaces">): void {
  readRoutes(app, people);
  addRoute(app, people);
  changeRoutes(app, people);
  roleRoute(app, people, service);
}

function readRoutes(app: App, people: PeopleService): void {
  const { database } = people;
  app.get(
    "/people",
    {
      schema: {
        operationId: "listPeople",
        summary: "Everybody of this server",
        tags,
        querystring: PeopleQuery,
        response: { 200: PersonList, ...ROLE_PROBLEMS },
      },
    },
    async (request) => {
      await administratorIn(people, request);
      const { limit = USUAL, cursor = "" } = request.query;
      const items = await personsAfter(database, cursor, limit);
      return { items, next: items.length < limit ? null : (items.at(-1)?.id ?? null) };
    },
  );
  app.get(
    "/people/:person",
    {
      schema: {
        operationId: "getPerson",
        summary: "Somebody, with their roles",
        tags,
        params: PersonParams,
        response: { 200: PersonBody, ...ROLE_PROBLEMS },
      },
    },
    async (request) => {
      await administratorIn(people, request);
      const person = await personOf(database, request.params.person);
      if (person === undefined) throw new ApiProblem("not-found", "");
      return { ...person, roles: await allRolesOf(database, person.id) };
    },
  );
}

function addRoute(app: App, people: PeopleService): void {
  const { database, journal, site } = people;
  app.post(
    "/people",
    {
      schema: {
        operationId: "addPerson",
        summary: "Add somebody; the link is for them alone",
        tags,
        body: NewPerson,
        response: { 201: Invited, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const by = await administratorIn(people, request);
      const nowMs = people.nowMs();
      const { name, nation, login } = request.body;
      const made = await database.transaction().execute(async (within) => {
        const person = await addPerson(within, { name, nation, ...(login !== undefined && { login }) }, nowMs);
        if (person === undefined) return undefined;
        await journal({ type: "person.added", actor: by, body: { person, nation } });
        return { person, link: linkOf(site.origin, (await invite(within, person, nowMs)).text) };
      });
      if (made === undefined) throw new ApiProblem("conflict", "somebody signs in by this login already");
      return reply.code(201).header("cache-control", "no-store").send(made);
    },
  );
}

function changeRoutes(app: App, people: PeopleService): void {
  const { database, journal } = people;
  const change = async (request: FastifyRequest, kind: "disable" | "enable" | "erase" | "invite") => {
    const by = personIn(request).person;
    const { person } = request.params as { readonly person: string };
    return answerOf(people, await requestChange(doingOf(people), { kind, person }, by));
  };
  const schemaOf = (operationId: string, summary: string) => ({
    operationId,
    summary: `${summary}; of an administrator, it waits for a second one`,
    tags,
    params: PersonParams,
    response: { 200: ChangeAnswer, ...WRITE_PROBLEMS },
  });
  app.post("/people/:person/disable", { schema: schemaOf("disablePerson", "Let somebody in no longer") }, (request) =>
    change(request, "disable"),
  );
  app.post("/people/:person/enable", { schema: schemaOf("enablePerson", "Let somebody in again") }, (request) =>
    change(request, "enable"),
  );
  app.post("/people/:person/invite", { schema: schemaOf("invitePerson", "A new link for somebody") }, (request) =>
    change(request, "invite"),
  );
  app.delete(
    "/people/:person",
    { schema: schemaOf("erasePerson", "Erase what names somebody; the id stays in the log") },
    (request) => change(request, "erase"),
  );
  app.delete(
    "/people/:person/sessions",
    {
      schema: {
        operationId: "endSessions",
        summary: "End all of somebody's sessions",
        tags,
        params: PersonParams,
        response: { 204: Nothing, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const by = await administratorIn(people, request);
      const { person } = request.params;
      if ((await personOf(database, person)) === undefined) throw new ApiProblem("not-found", "");
      await endSessions(database, { person }, people.nowMs());
      await journal({ type: "session.ended", actor: by, body: { person } });
      return reply.code(204).send(null);
    },
  );
}

function roleRoute(app: App, people: PeopleService, { workspaces }: Pick<Service, "workspaces">): void {
  app.put(
    "/people/:person/roles/:workspace",
    {
      schema: {
        operationId: "setRoles",
        summary: "Somebody's roles in a workspace, or (`*`) of the server; one's own and an administrator's take two",
        tags,
        params: RoleParams,
        body: RolesAsked,
        response: { 200: ChangeAnswer, ...WRITE_PROBLEMS },
      },
    },
    async (request) => {
      const by = personIn(request).person;
      const { person, workspace } = request.params;
      const { roles } = request.body;
      await administratorIn(people, request, workspace);
      if (workspace === SERVER && roles.some((role) => role !== "administrator"))
        throw new ApiProblem("cannot-be-done", "of the server itself there is the role administrator alone");
      if (workspace !== SERVER && !workspaces.has(workspace)) throw new ApiProblem("not-found", "");
      return answerOf(people, await requestChange(doingOf(people), { kind: "roles", person, workspace, roles }, by));
    },
  );
}
