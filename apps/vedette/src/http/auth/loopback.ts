/**
 * Whether a request comes from this very machine, and could not come from another: the socket's far end and the address that is listened
 * on are both loopback, nothing says that a proxy brought it, and the host is called by a name that no other site can have.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";

const FORWARDED = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-forwarded-server",
  "x-real-ip",
  "x-client-ip",
  "x-original-forwarded-for",
  "true-client-ip",
  "cf-connecting-ip",
];

const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && (/^(::ffff:)?127(\.\d{1,3}){3}$/i.test(address) || address === "::1");

const isLoopbackAddress = (listened: ReturnType<FastifyInstance["addresses"]>[number]): boolean =>
  typeof listened === "object" && isLoopback(listened.address);

const OWN_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

export function isFromHere(app: Pick<FastifyInstance, "addresses">, { raw, headers }: FastifyRequest): boolean {
  const listened = app.addresses();
  if (listened.length === 0 || !listened.every(isLoopbackAddress)) return false;
  if (!isLoopback(raw.socket.remoteAddress)) return false;
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  // A name that somebody points at 127.0.0.1 is not ours (DNS rebinding).
  if (!OWN_HOST.test(headers.host ?? "")) return false;
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}
