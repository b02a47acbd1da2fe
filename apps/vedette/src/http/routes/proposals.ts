/** Changes that wait for a second administrator. */
import { ChangeAnswer, ItemParams, Nothing, ProposalList } from "@vedette/wire/api-people";
import { confirmChange, openProposals, withdrawChange } from "../../people/administration.ts";
import { ROLE_PROBLEMS, WRITE_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import { administratorIn, answerOf, doingOf } from "../auth/administrator.ts";
import type { PeopleService } from "../auth/setting.ts";
import { personIn } from "../auth/sign-in.ts";
import type { App } from "../service.ts";

const tags = ["people"];

export function proposalRoutes(app: App, people: PeopleService): void {
  app.get(
    "/proposals",
    {
      schema: {
        operationId: "listProposals",
        summary: "What waits for a second administrator",
        tags,
        response: { 200: ProposalList, ...ROLE_PROBLEMS },
      },
    },
    async (request) => {
      await administratorIn(people, request);
      const open = await openProposals(doingOf(people));
      return {
        items: open.map(({ id, askedBy, askedMs, change }) => ({
          id,
          askedBy,
          asked: new Date(askedMs).toISOString(),
          change: change.kind === "roles" ? { ...change, roles: [...change.roles] } : change,
        })),
      };
    },
  );
  app.post(
    "/proposals/:id/confirm",
    {
      schema: {
        operationId: "confirmProposal",
        summary: "Confirm what another administrator asked for",
        tags,
        params: ItemParams,
        response: { 200: ChangeAnswer, ...WRITE_PROBLEMS },
      },
    },
    async (request) => {
      const by = personIn(request).person;
      return answerOf(people, await confirmChange(doingOf(people), request.params.id, by));
    },
  );
  app.delete(
    "/proposals/:id",
    {
      schema: {
        operationId: "withdrawProposal",
        summary: "Withdraw what waits",
        tags,
        params: ItemParams,
        response: { 204: Nothing, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const by = await administratorIn(people, request);
      if (!(await withdrawChange(doingOf(people), request.params.id, by))) throw new ApiProblem("not-found", "");
      return reply.code(204).send(null);
    },
  );
}
