/** Coming in, by passkey, password or invitation, and going out. */
import {
  InvitationSignIn,
  Nothing,
  PasskeyAnswer,
  PasskeyOptions,
  PasswordSignIn,
  SessionBody,
  SignInWays,
} from "@vedette/wire/api-people";
import { passwordSignIn } from "../../people/credentials.ts";
import { useInvitation } from "../../people/invitations.ts";
import { beginPasskeySignIn, passkeySignIn } from "../../people/passkeys.ts";
import { hashOfNobody } from "../../people/passwords.ts";
import { loginOf } from "../../people/persons.ts";
import { READ_PROBLEMS, WRITE_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import type { Cookies } from "../auth/cookie.ts";
import type { PeopleService } from "../auth/setting.ts";
import { attempted, notThisWay, sessionShown, signIn, signOut } from "../auth/sign-in.ts";
import { signedInOf } from "../auth/who.ts";
import type { App } from "../service.ts";

const OPEN = { isOpen: true, isSignIn: true } as const;
const tags = ["sign-in"];

export function signInRoutes(app: App, people: PeopleService, cookies: Cookies): void {
  passwordRoute(app, people, cookies);
  passkeyRoutes(app, people, cookies);
  sessionRoutes(app, people, cookies);
  app.get(
    "/sign-in",
    {
      config: { isOpen: true },
      schema: {
        operationId: "listSignInWays",
        summary: "How one signs in here",
        tags,
        response: { 200: SignInWays, ...READ_PROBLEMS },
      },
    },
    () => ({
      passkeys: true,
      passwords: people.passwords,
      providers: [...people.providers.values()].map(({ setting: { id, title } }) => ({ id, title })),
    }),
  );
  app.post(
    "/sign-in/invitation",
    {
      config: OPEN,
      schema: {
        operationId: "signInByInvitation",
        summary: "Come in by a link, once, to add a passkey or a password",
        tags,
        body: InvitationSignIn,
        response: { 200: SessionBody, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const person = await useInvitation(people.database, request.body.invitation, people.nowMs());
      if (person === undefined) throw notThisWay();
      const signedIn = await signIn(people, cookies, { request, reply }, { person, method: "invitation" });
      return sessionShown(people, signedIn);
    },
  );
}

function passwordRoute(app: App, people: PeopleService, cookies: Cookies): void {
  if (people.passwords)
    app.addHook("onReady", async () => {
      await hashOfNobody();
    });
  app.post(
    "/sign-in/password",
    {
      config: OPEN,
      schema: {
        operationId: "signInByPassword",
        summary: "Sign in by password, where this site has them",
        tags,
        body: PasswordSignIn,
        response: { 200: SessionBody, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      if (!people.passwords) throw new ApiProblem("not-found", "");
      const keys = [{ name: loginOf(request.body.login) }, { address: request.ip }];
      const person = await attempted(people, keys, () => passwordSignIn(people.database, request.body, people.nowMs()));
      const signedIn = await signIn(people, cookies, { request, reply }, { person, method: "password" });
      return sessionShown(people, signedIn);
    },
  );
}

function passkeyRoutes(app: App, people: PeopleService, cookies: Cookies): void {
  app.post(
    "/sign-in/passkey/options",
    {
      config: OPEN,
      schema: {
        operationId: "beginPasskeySignIn",
        summary: "What a browser's navigator.credentials.get() takes; the same for everybody",
        tags,
        response: { 200: PasskeyOptions, ...WRITE_PROBLEMS },
      },
    },
    async () => ({ ...(await beginPasskeySignIn(people.database, people.site, people.nowMs())) }),
  );
  app.post(
    "/sign-in/passkey",
    {
      config: OPEN,
      schema: {
        operationId: "signInByPasskey",
        summary: "Sign in by passkey",
        tags,
        body: PasskeyAnswer,
        response: { 200: SessionBody, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      // Nobody guesses a signature: no attempts are counted, so that nobody locks out those who share an address.
      const person = await passkeySignIn(people.database, people.site, request.body, people.nowMs());
      if (person === undefined) throw notThisWay();
      const signedIn = await signIn(people, cookies, { request, reply }, { person, method: "passkey" });
      return sessionShown(people, signedIn);
    },
  );
}

function sessionRoutes(app: App, people: PeopleService, cookies: Cookies): void {
  app.get(
    "/session",
    {
      config: { forInvited: true },
      schema: {
        operationId: "getSession",
        summary: "Who is signed in, until when, with which roles",
        tags,
        response: { 200: SessionBody, ...READ_PROBLEMS },
      },
    },
    (request) => sessionShown(people, signedInOf(request)),
  );
  app.delete(
    "/session",
    {
      config: { forInvited: true },
      schema: { operationId: "signOut", summary: "Sign out", tags, response: { 204: Nothing, ...WRITE_PROBLEMS } },
    },
    async (request, reply) => {
      await signOut(people, cookies, request, reply);
      return reply.code(204).send(null);
    },
  );
}
