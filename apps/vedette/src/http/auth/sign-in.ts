/** Letting somebody in, and out: the session, its cookie, the log. */

import type { FastifyReply, FastifyRequest } from "fastify";
import { type AttemptKey, forgetAttempt, takeAttempt } from "../../people/attempts.ts";
import { allRolesOf } from "../../people/roles.ts";
import { beginSession, endSessions, type Method, type SignedIn, sessionOf } from "../../people/sessions.ts";
import { ApiProblem } from "../api-problem.ts";
import { type Cookies, clearSessionCookie, setSessionCookie } from "./cookie.ts";
import type { PeopleService } from "./setting.ts";
import { signedInOf } from "./who.ts";

/** The same for a name that is not there, a wrong password, a key that is not known. */
export const notThisWay = (): ApiProblem => new ApiProblem("not-signed-in", "this does not sign you in");

/** A new session; the one before it, in this browser, ends. */
export async function signIn(
  people: PeopleService,
  cookies: Cookies,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { person, method }: { readonly person: string; readonly method: Method },
): Promise<SignedIn> {
  const { database, journal } = people;
  const nowMs = people.nowMs();
  await leave(people, request, nowMs);
  const secret = await beginSession(database, { person, method }, nowMs);
  const signedIn = await sessionOf(database, secret.text, nowMs);
  // Disabled in this very moment.
  if (signedIn === undefined) throw notThisWay();
  await journal({ type: "person.signed-in", actor: person, body: { session: signedIn.session, method } });
  setSessionCookie(reply, cookies, secret.text);
  request.signedIn = signedIn;
  return signedIn;
}

export async function signOut(
  people: PeopleService,
  cookies: Cookies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { person, session } = personIn(request);
  await leave(people, request, people.nowMs());
  await people.journal({ type: "person.signed-out", actor: person, body: { session } });
  clearSessionCookie(reply, cookies);
  reply.header("clear-site-data", '"cache", "storage"');
}

async function leave({ database }: PeopleService, { signedIn }: FastifyRequest, nowMs: number): Promise<void> {
  if (signedIn === undefined || signedIn.method === "token" || signedIn.method === "exercise") return;
  await endSessions(database, { session: signedIn.session }, nowMs);
}

/** A person in a browser: no token, nobody whom an exercise let in. @throws ApiProblem 401, 403 */
export function personIn(request: FastifyRequest): SignedIn {
  const signedIn = signedInOf(request);
  if (signedIn.method === "token" || signedIn.method === "exercise")
    throw new ApiProblem("not-allowed", "only for a person who signed in");
  return signedIn;
}

/** To what one signs in by, only they themselves come: they have just shown who they are. */
const FRESH_MS = 15 * 60_000;

/** @throws ApiProblem 401, 403 */
export function freshPersonIn(request: FastifyRequest, nowMs: number): SignedIn {
  const signedIn = personIn(request);
  if (nowMs - signedIn.madeMs > FRESH_MS)
    throw new ApiProblem("not-allowed", "sign in again first: this takes a sign-in of the last 15 minutes");
  return signedIn;
}

/**
 * Counted, so that nobody tries long. Who waits is told for how long, whether or not there is such a name.
 *
 * @throws ApiProblem 401 where it does not sign in, 429
 */
export async function attempted(
  { database, journal, nowMs }: PeopleService,
  keys: readonly AttemptKey[],
  work: () => Promise<string | undefined>,
): Promise<string> {
  const { waitMs, isLast } = await takeAttempt(database, keys, nowMs());
  if (waitMs > 0)
    throw new ApiProblem(
      "too-many",
      "too many attempts: wait",
      {},
      { "retry-after": String(Math.ceil(waitMs / 1000)) },
    );
  const person = await work();
  if (person === undefined) {
    if (isLast) await journal({ type: "person.locked-out", actor: "vedette", body: {} });
    throw notThisWay();
  }
  await forgetAttempt(database, keys);
  return person;
}

export async function sessionShown(
  { database, exercise }: PeopleService,
  { person, name, nation, method, untilMs, scope }: SignedIn,
) {
  const isExercise = method === "exercise";
  const held = isExercise || method === "invitation" ? {} : await allRolesOf(database, person);
  const roles = scope === undefined ? held : { [scope.workspace]: held[scope.workspace] ?? [] };
  const until = new Date(untilMs).toISOString();
  if (!isExercise) return { person, name, nation, method, until, roles };
  return {
    person,
    name,
    nation,
    method,
    until,
    roles: { exercise: [...(exercise?.roles ?? [])] },
    marking: "EXERCISE" as const,
  };
}
