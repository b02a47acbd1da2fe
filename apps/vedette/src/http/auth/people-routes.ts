/** All that has to do with people, under /api. */
import { ownCredentialRoutes } from "../routes/own-credentials.ts";
import { peopleRoutes } from "../routes/people.ts";
import { proposalRoutes } from "../routes/proposals.ts";
import { providerRoutes } from "../routes/providers.ts";
import { signInRoutes } from "../routes/sign-in.ts";
import { tokenRoutes } from "../routes/tokens.ts";
import type { App, Service } from "../service.ts";
import type { Cookies } from "./cookie.ts";

/** Beside `useAuth`; nothing where the server knows no people. */
export function allPeopleRoutes(app: App, service: Service, cookies: Cookies): void {
  const { people } = service;
  if (people === undefined) return;
  signInRoutes(app, people, cookies);
  providerRoutes(app, people, cookies);
  ownCredentialRoutes(app, people, cookies);
  tokenRoutes(app, people, service);
  peopleRoutes(app, people, service);
  proposalRoutes(app, people);
}
