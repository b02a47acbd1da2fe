/** What routes for administrators have in common. */
import type { FastifyRequest } from "fastify";
import type { ChangeOutcome, Doing } from "../../people/administration.ts";
import { linkOf } from "../../people/first-start.ts";
import { isAdministrator } from "../../people/roles.ts";
import { ApiProblem } from "../api-problem.ts";
import type { PeopleService } from "./setting.ts";
import { personIn } from "./sign-in.ts";

/** @param workspace its own administrators too @returns their id @throws ApiProblem 401, 403 */
export async function administratorIn(
  { database }: PeopleService,
  request: FastifyRequest,
  workspace?: string,
): Promise<string> {
  const { person } = personIn(request);
  if (!(await isAdministrator(database, person, workspace)))
    throw new ApiProblem("not-allowed", "it takes an administrator");
  return person;
}

export const doingOf = ({ database, journal, nowMs }: PeopleService): Doing => ({
  people: database,
  journal,
  nowMs: nowMs(),
});

/** @throws ApiProblem 403, 404, 422 */
export function answerOf({ site }: PeopleService, outcome: ChangeOutcome) {
  if (outcome.is === "done") {
    const { invitation } = outcome;
    return { is: "done" as const, ...(invitation && { link: linkOf(site.origin, invitation.text) }) };
  }
  if (outcome.is === "waits") return { is: "waits" as const, proposal: outcome.proposal };
  switch (outcome.why) {
    case "not-found":
      throw new ApiProblem("not-found", "");
    case "not-allowed":
      throw new ApiProblem("not-allowed", "it takes an administrator, and for a proposal another than who asked");
    case "only-administrator":
      throw new ApiProblem(
        "cannot-be-done",
        "nobody may change their own rights: appoint a second administrator first",
      );
    case "last-administrator":
      throw new ApiProblem("cannot-be-done", "nobody would be left who administers this server");
  }
}
