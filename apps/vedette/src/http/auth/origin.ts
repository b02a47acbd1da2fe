/** Whether a request comes from our own pages. A browser says from where; other programs say nothing, and carry no cookie by themselves. */
import type { FastifyRequest } from "fastify";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const OWN = new Set(["same-origin", "none"]);

/**
 * A change that another site has a browser send: `Sec-Fetch-Site` says so; where a browser is too old for that, `Origin`.
 *
 * @param origin of the server
 */
export function isForged(request: FastifyRequest, origin: string): boolean {
  return !SAFE.has(request.method) && !isOwn(request, origin);
}

export function isOwn({ headers }: FastifyRequest, origin: string): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return typeof site === "string" && OWN.has(site);
  return headers.origin === undefined || headers.origin === origin;
}
