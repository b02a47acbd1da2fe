/** The cookie of a session: for this host alone, never for scripts, never sent from elsewhere. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { SESSION_MS } from "../../people/sessions.ts";

export interface Cookies {
  /** Behind TLS. `__Host-`: a browser takes it over TLS alone, for this host, for all paths. */
  readonly isSecure: boolean;
}

const nameOf = ({ isSecure }: Cookies, what = ""): string => `${isSecure ? "__Host-" : ""}vedette${what}`;

export const sessionCookieOf = (request: FastifyRequest, cookies: Cookies): string | undefined =>
  request.cookies[nameOf(cookies)];

export function setSessionCookie(reply: FastifyReply, cookies: Cookies, text: string): void {
  const { isSecure } = cookies;
  const maxAge = SESSION_MS / 1000;
  reply.setCookie(nameOf(cookies), text, { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure, maxAge });
}

export function clearSessionCookie(reply: FastifyReply, cookies: Cookies): void {
  const { isSecure } = cookies;
  reply.clearCookie(nameOf(cookies), { path: "/", httpOnly: true, sameSite: "strict", secure: isSecure });
}

/** Lax: it comes back with the browser that a provider sends back. */
export const visitCookieOf = (request: FastifyRequest, cookies: Cookies): string | undefined =>
  request.cookies[nameOf(cookies, "-visit")];

export function setVisitCookie(reply: FastifyReply, cookies: Cookies, text: string): void {
  const { isSecure } = cookies;
  reply.setCookie(nameOf(cookies, "-visit"), text, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure,
    maxAge: 600,
  });
}

export function clearVisitCookie(reply: FastifyReply, cookies: Cookies): void {
  reply.clearCookie(nameOf(cookies, "-visit"), { path: "/", secure: cookies.isSecure });
}
