/** Signing in by an account elsewhere: the browser goes there, and comes back. */
import { ProviderParams } from "@vedette/wire/api-people";
import type { FastifyReply, FastifyRequest } from "fastify";
import { beginProviderSignIn, type Provider, providerSignIn } from "../../people/providers.ts";
import { ApiProblem } from "../api-problem.ts";
import { type Cookies, clearVisitCookie, setVisitCookie, visitCookieOf } from "../auth/cookie.ts";
import type { PeopleService } from "../auth/setting.ts";
import { notThisWay, signIn } from "../auth/sign-in.ts";
import type { App } from "../service.ts";

/** The session's cookie goes with no request that began elsewhere: the page that is shown begins the next. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Signed in</title>
<meta http-equiv="refresh" content="0;url=/"><p><a href="/">Go on</a></p></html>`;

export function providerRoutes(app: App, people: PeopleService, cookies: Cookies): void {
  const config = { isOpen: true, isSignIn: true } as const;
  // Pages for browsers: in no description for programs.
  const schema = { hide: true, params: ProviderParams };
  app.get("/sign-in/provider/:provider", { config, schema }, async (request, reply) => {
    const provider = providerIn(people, request.params.provider);
    const { signedIn } = request;
    // Who came by an invitation is known by this account from now on.
    const invited = signedIn?.method === "invitation" ? { person: signedIn.person } : {};
    const setting = { redirect: redirectOf(people, provider), ...invited };
    const visit = await reached(() => beginProviderSignIn(people.database, provider, setting, people.nowMs()));
    setVisitCookie(reply, cookies, visit.browser);
    return reply.redirect(visit.url, 303);
  });
  app.get("/sign-in/provider/:provider/done", { config, schema }, (request, reply) =>
    comeBack(people, cookies, { request, reply }, providerIn(people, request.params.provider)),
  );
}

async function comeBack(
  people: PeopleService,
  cookies: Cookies,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  provider: Provider,
): Promise<FastifyReply> {
  const asked = new URL(request.url, people.site.origin);
  const url = new URL(redirectOf(people, provider));
  url.search = asked.search;
  const visit = { url, browser: visitCookieOf(request, cookies) };
  const outcome = await reached(() => providerSignIn(people.database, provider, visit, people.nowMs()));
  clearVisitCookie(reply, cookies);
  if (outcome.is === "refused") throw notThisWay();
  if (outcome.is === "unknown")
    throw new ApiProblem("not-allowed", "that account is not known here: ask an administrator for an invitation");
  const { person, isNew } = outcome;
  if (isNew) await people.journal({ type: "credential.added", actor: person, body: { kind: "oidc" } });
  await signIn(people, cookies, { request, reply }, { person, method: "oidc" });
  return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(PAGE);
}

const redirectOf = ({ site }: PeopleService, { setting }: Provider): string =>
  `${site.origin}/api/sign-in/provider/${setting.id}/done`;

function providerIn({ providers }: PeopleService, id: string): Provider {
  const provider = providers.get(id);
  if (provider === undefined) throw new ApiProblem("not-found", "");
  return provider;
}

/** @throws ApiProblem 503 where the provider does not answer */
async function reached<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiProblem || !isUnreachable(error)) throw error;
    throw new ApiProblem("busy", "the provider does not answer", {}, { "retry-after": "10" });
  }
}

/** Of the network (`fetch failed`), of time, or of what it said of itself. */
const isUnreachable = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error && /^(ClientError|OperationProcessingError|TimeoutError|AbortError)$/.test(error.name));
