/** Tokens for programs, each of the person who made it. */
import { ItemParams, NewToken, Nothing, TokenList, TokenMade } from "@vedette/wire/api-people";
import { LONGEST_TOKEN_MS, MOST_TOKENS, makeToken, revokeToken, tokensOf } from "../../people/tokens.ts";
import { ROLE_PROBLEMS, WRITE_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import { entitlementFor } from "../auth/entitled.ts";
import type { PeopleService } from "../auth/setting.ts";
import { freshPersonIn, personIn } from "../auth/sign-in.ts";
import type { App, Service } from "../service.ts";

const tags = ["tokens"];
const timeOf = (ms: number): string => new Date(ms).toISOString();

export function tokenRoutes(app: App, people: PeopleService, { workspaces }: Pick<Service, "workspaces">): void {
  const { database, journal } = people;
  app.get(
    "/me/tokens",
    {
      schema: {
        operationId: "listTokens",
        summary: "Your tokens",
        tags,
        response: { 200: TokenList, ...ROLE_PROBLEMS },
      },
    },
    async (request) => {
      const tokens = await tokensOf(database, personIn(request).person, people.nowMs());
      return {
        items: tokens.map(({ id, name, scope, madeMs, untilMs, usedMs }) => ({
          id,
          name,
          scope: { workspace: scope.workspace, actions: [...scope.actions] },
          made: timeOf(madeMs),
          until: timeOf(untilMs),
          used: usedMs === null ? null : timeOf(usedMs),
        })),
      };
    },
  );
  app.post(
    "/me/tokens",
    {
      schema: {
        operationId: "makeToken",
        summary: "Make a token; it is shown this once",
        tags,
        body: NewToken,
        response: { 201: TokenMade, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const nowMs = people.nowMs();
      const signedIn = freshPersonIn(request, nowMs);
      const { name, scope, until } = request.body;
      const untilMs = untilOf(until, nowMs);
      const workspace = workspaces.get(scope.workspace);
      if (workspace === undefined || (await entitlementFor(people, signedIn, workspace)) === undefined)
        throw new ApiProblem("not-found", "you take part in no such workspace");
      const { person } = signedIn;
      const made = await makeToken(database, { person, name, scope, untilMs }, nowMs);
      if (made === undefined)
        throw new ApiProblem("cannot-be-done", `you have ${MOST_TOKENS} tokens: revoke one first`);
      const { id, text } = made;
      const body = { token: id, actions: [...scope.actions], until };
      await journal({ type: "token.made", actor: person, workspace: scope.workspace, body });
      return reply.code(201).header("cache-control", "no-store").send({ id, token: text });
    },
  );
  app.delete(
    "/me/tokens/:id",
    {
      schema: {
        operationId: "revokeToken",
        summary: "Revoke a token",
        tags,
        params: ItemParams,
        response: { 204: Nothing, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const { person } = personIn(request);
      const { id } = request.params;
      if (!(await revokeToken(database, person, id, people.nowMs()))) throw new ApiProblem("not-found", "");
      await journal({ type: "token.revoked", actor: person, body: { token: id } });
      return reply.code(204).send(null);
    },
  );
}

/** @throws ApiProblem 400 */
function untilOf(text: string, nowMs: number): number {
  const untilMs = Date.parse(text);
  if (untilMs > nowMs && untilMs <= nowMs + LONGEST_TOKEN_MS) return untilMs;
  const message = `expected a moment of the next ${LONGEST_TOKEN_MS / 86_400_000} days, found ${text}`;
  throw new ApiProblem("not-valid", "", { problems: [{ path: "/body/until", message }] });
}
