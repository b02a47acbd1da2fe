/** What one signs in by oneself, and where one is signed in. */
import {
  CredentialsBody,
  ItemParams,
  NewPasskey,
  NewPassword,
  Nothing,
  OwnSessions,
  PasskeyOptions,
  PasskeyParams,
  SessionBody,
} from "@vedette/wire/api-people";
import type { FastifyReply, FastifyRequest } from "fastify";
import { countOf, credentialsOf, isOwnPassword, removePasskey, setPassword } from "../../people/credentials.ts";
import { addPasskey, beginPasskey, MOST_PASSKEYS } from "../../people/passkeys.ts";
import { faultOfPassword } from "../../people/passwords.ts";
import { endOtherSessions, endSessions, sessionsOf } from "../../people/sessions.ts";
import { ROLE_PROBLEMS, WRITE_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import type { Cookies } from "../auth/cookie.ts";
import type { PeopleService } from "../auth/setting.ts";
import { attempted, freshPersonIn, personIn, sessionShown, signIn } from "../auth/sign-in.ts";
import type { App } from "../service.ts";

const tags = ["own"];
const config = { forInvited: true } as const;
const timeOf = (ms: number): string => new Date(ms).toISOString();

export function ownCredentialRoutes(app: App, people: PeopleService, cookies: Cookies): void {
  passkeyRoutes(app, people, cookies);
  passwordRoute(app, people, cookies);
  sessionRoutes(app, people);
  app.get(
    "/me/credentials",
    {
      config,
      schema: {
        operationId: "getOwnCredentials",
        summary: "What you sign in by",
        tags,
        response: { 200: CredentialsBody, ...ROLE_PROBLEMS },
      },
    },
    async (request) => {
      const { passkeys, hasPassword, identities } = await credentialsOf(people.database, personIn(request).person);
      return {
        passkeys: passkeys.map(({ id, name, madeMs, usedMs }) => ({
          id,
          name,
          made: timeOf(madeMs),
          used: usedMs === null ? null : timeOf(usedMs),
        })),
        hasPassword,
        identities: [...identities],
      };
    },
  );
}

function passkeyRoutes(app: App, people: PeopleService, cookies: Cookies): void {
  const { database, site } = people;
  app.post(
    "/me/passkeys/options",
    {
      config,
      schema: {
        operationId: "beginPasskey",
        summary: "What a browser's navigator.credentials.create() takes",
        tags,
        response: { 200: PasskeyOptions, ...WRITE_PROBLEMS },
      },
    },
    async (request) => {
      const { person, name } = freshPersonIn(request, people.nowMs());
      const { passkeys } = await credentialsOf(database, person);
      if (passkeys.length >= MOST_PASSKEYS)
        throw new ApiProblem("cannot-be-done", `you have ${MOST_PASSKEYS} passkeys: remove one first`);
      return { ...(await beginPasskey(database, site, { person, name }, people.nowMs())) };
    },
  );
  app.post(
    "/me/passkeys",
    {
      config,
      schema: {
        operationId: "addPasskey",
        summary: "Add a passkey",
        tags,
        body: NewPasskey,
        response: { 200: SessionBody, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { person } = freshPersonIn(request, people.nowMs());
      const { name, response } = request.body;
      const id = await addPasskey(database, site, { person, name, response }, people.nowMs());
      if (id === undefined) throw new ApiProblem("cannot-be-done", "this passkey does not hold: begin again");
      await people.journal({ type: "credential.added", actor: person, body: { kind: "passkey" } });
      return settled(people, cookies, { request, reply }, "passkey");
    },
  );
  app.delete(
    "/me/passkeys/:id",
    {
      schema: {
        operationId: "removePasskey",
        summary: "Remove a passkey; your other sessions end",
        tags,
        params: PasskeyParams,
        response: { 204: Nothing, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { person, session } = freshPersonIn(request, people.nowMs());
      const credentials = await credentialsOf(database, person);
      if (!credentials.passkeys.some(({ id }) => id === request.params.id)) throw new ApiProblem("not-found", "");
      if (countOf(credentials) === 1)
        throw new ApiProblem("cannot-be-done", "it is all that you sign in by: add another first");
      await removePasskey(database, person, request.params.id);
      await endOtherSessions(database, { person, session }, people.nowMs());
      await people.journal({ type: "credential.removed", actor: person, body: { kind: "passkey" } });
      return reply.code(204).send(null);
    },
  );
}

function passwordRoute(app: App, people: PeopleService, cookies: Cookies): void {
  const { database } = people;
  app.put(
    "/me/password",
    {
      config,
      schema: {
        operationId: "setPassword",
        summary: "Set your password, where this site has them; your other sessions end",
        tags,
        body: NewPassword,
        response: { 200: SessionBody, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      if (!people.passwords) throw new ApiProblem("not-found", "");
      const { person, name, session, method } = freshPersonIn(request, people.nowMs());
      const { current, password } = request.body;
      const fault = faultOfPassword(password, { name });
      if (fault !== undefined)
        throw new ApiProblem("not-valid", "", { problems: [{ path: "/body/password", message: fault }] });
      const { hasPassword } = await credentialsOf(database, person);
      // Who came by an invitation has lost it.
      if (hasPassword && method !== "invitation")
        await attempted(people, [{ name: `person ${person}` }], async () =>
          (await isOwnPassword(database, person, current ?? "")) ? person : undefined,
        );
      await setPassword(database, person, password, people.nowMs());
      await endOtherSessions(database, { person, session }, people.nowMs());
      await people.journal({ type: "credential.added", actor: person, body: { kind: "password" } });
      return settled(people, cookies, { request, reply }, "password");
    },
  );
}

/** Who came by an invitation is signed in now, by what they added. */
async function settled(
  people: PeopleService,
  cookies: Cookies,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  method: "passkey" | "password",
) {
  const before = personIn(request);
  const { person } = before;
  const signedIn =
    before.method === "invitation" ? await signIn(people, cookies, { request, reply }, { person, method }) : before;
  return sessionShown(people, signedIn);
}

function sessionRoutes(app: App, people: PeopleService): void {
  const { database } = people;
  app.get(
    "/me/sessions",
    {
      schema: {
        operationId: "listOwnSessions",
        summary: "Where you are signed in",
        tags,
        response: { 200: OwnSessions, ...ROLE_PROBLEMS },
      },
    },
    async (request) => {
      const { person, session } = personIn(request);
      const sessions = await sessionsOf(database, person, people.nowMs());
      return {
        items: sessions.map(({ id, method, madeMs, seenMs, untilMs }) => ({
          id,
          method,
          made: timeOf(madeMs),
          seen: timeOf(seenMs),
          until: timeOf(untilMs),
          isThis: id === session,
        })),
      };
    },
  );
  app.delete(
    "/me/sessions/:id",
    {
      schema: {
        operationId: "endOwnSession",
        summary: "End one of your sessions",
        tags,
        params: ItemParams,
        response: { 204: Nothing, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { person } = personIn(request);
      const { id } = request.params;
      const own = await sessionsOf(database, person, people.nowMs());
      if (!own.some((session) => session.id === id)) throw new ApiProblem("not-found", "");
      await endSessions(database, { session: id }, people.nowMs());
      await people.journal({ type: "session.ended", actor: person, body: { session: id } });
      return reply.code(204).send(null);
    },
  );
}
