/**
 * Who asks, found out before anything else of a request is looked at. Every route under /api needs somebody who is signed in, unless it
 * says that it is open; every route of a workspace needs somebody who takes part.
 */
import rateLimit from "@fastify/rate-limit";
import type { FastifyRequest } from "fastify";
import { type SignedIn, sessionOf } from "../../people/sessions.ts";
import { tokenOf } from "../../people/tokens.ts";
import { ApiProblem } from "../api-problem.ts";
import type { App, Service } from "../service.ts";
import { sessionCookieOf } from "./cookie.ts";
import { entitlementFor } from "./entitled.ts";
import { isFromHere } from "./loopback.ts";
import { isForged } from "./origin.ts";
import { type PeopleService, USUAL_LIMITS } from "./setting.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** For everybody. */
    isOpen?: true;
    /** Where one signs in: few tries a minute. */
    isSignIn?: true;
    /** Also for who came by an invitation and has no key yet. */
    forInvited?: true;
  }
}

/** Of the exercise: no row of any table, so that no role can be given to it. */
export const EXERCISE_ANALYST = "exercise-analyst";

/** Before any route is added: what comes after stands under it. */
export async function useAuth(app: App, service: Service, isSecure: boolean): Promise<void> {
  const { people, workspaces } = service;
  app.decorateRequest("signedIn", undefined);
  app.decorateRequest("who", undefined);
  const isLimited = await limitsOf(app, people);
  app.addHook("onRequest", async (request) => {
    // By the route, not by what was typed: `/%61pi/` finds it too.
    if (request.is404 || request.routeOptions.url?.startsWith("/api/") !== true) return;
    const { isOpen } = request.routeOptions.config;
    await isLimited.byAddress(request);
    const { signedIn, byCookie } = await signedInBy(app, request, people, isSecure);
    request.signedIn = signedIn;
    // A page elsewhere can have a browser send our cookie, or reach loopback; it cannot send our token.
    const isOwnMeans = byCookie || signedIn === undefined || signedIn.method === "exercise";
    if (isOwnMeans && people !== undefined && isForged(request, people.site.origin))
      throw new ApiProblem("not-allowed", "another site sent this");
    if (isOpen === true) return;
    if (signedIn === undefined) throw new ApiProblem("not-signed-in", "", {}, { "www-authenticate": "Bearer" });
    await isLimited.byPerson(request);
    if (signedIn.method === "invitation" && request.routeOptions.config.forInvited !== true)
      throw new ApiProblem("not-allowed", "add a passkey or a password first: an invitation opens nothing else");
    const { workspace: id } = request.params as { readonly workspace?: string };
    if (id === undefined || people === undefined || !isOfWorkspace(request)) return;
    const workspace = workspaces.get(id);
    const entitlement = workspace && (await entitlementFor(people, signedIn, workspace));
    if (entitlement === undefined) throw new ApiProblem("not-found", "");
    request.who = { signedIn, entitlement };
  });
}

const isOfWorkspace = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.url?.startsWith("/api/workspaces/:workspace") === true;

interface Found {
  readonly signedIn: SignedIn | undefined;
  readonly byCookie: boolean;
}

/** A token that does not hold is not made up for by a cookie, nor by loopback. */
async function signedInBy(
  app: App,
  request: FastifyRequest,
  people: PeopleService | undefined,
  isSecure: boolean,
): Promise<Found> {
  if (people === undefined) return { signedIn: undefined, byCookie: false };
  const { database, exercise } = people;
  const nowMs = people.nowMs();
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, token] = /^Bearer (vdt_[\w-]{1,100})$/i.exec(authorization) ?? [];
    return { signedIn: token === undefined ? undefined : await tokenOf(database, token, nowMs), byCookie: false };
  }
  const cookie = sessionCookieOf(request, { isSecure });
  const signedIn = cookie === undefined ? undefined : await sessionOf(database, cookie, nowMs);
  if (signedIn !== undefined) return { signedIn, byCookie: true };
  if (exercise !== undefined && isFromHere(app, request)) return { signedIn: analystAt(nowMs), byCookie: false };
  return { signedIn: undefined, byCookie: false };
}

const analystAt = (nowMs: number): SignedIn => ({
  session: EXERCISE_ANALYST,
  person: EXERCISE_ANALYST,
  name: "Exercise analyst",
  nation: "",
  method: "exercise",
  madeMs: nowMs,
  untilMs: nowMs + 24 * 3_600_000,
});

interface Limiter {
  readonly byAddress: (request: FastifyRequest) => Promise<void>;
  readonly byPerson: (request: FastifyRequest) => Promise<void>;
}

async function limitsOf(app: App, people: PeopleService | undefined): Promise<Limiter> {
  const { person, address, signIn } = people?.limits ?? USUAL_LIMITS;
  await app.register(rateLimit, { global: false });
  const timeWindow = 60_000;
  // Whoever has one address of IPv6 has 2^64 of them.
  const byAddress = app.createRateLimit({ max: address, timeWindow, ipv6Subnet: 64 });
  const bySignIn = app.createRateLimit({ max: signIn, timeWindow, ipv6Subnet: 64 });
  const byPerson = app.createRateLimit({
    max: person,
    timeWindow,
    keyGenerator: ({ signedIn }) => signedIn?.session ?? "",
  });
  const check = async (limit: typeof byAddress, request: FastifyRequest): Promise<void> => {
    const found = await limit(request);
    if (found.isAllowed || !found.isExceeded) return;
    throw new ApiProblem("too-many", "", {}, { "retry-after": String(Math.max(1, found.ttlInSeconds)) });
  };
  return {
    byAddress: async (request) => {
      await check(byAddress, request);
      if (request.routeOptions.config.isSignIn === true) await check(bySignIn, request);
    },
    byPerson: (request) => check(byPerson, request),
  };
}
