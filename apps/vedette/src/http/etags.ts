/** Versions of objects: who changes one says which version they have read. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { ApiProblem } from "./api-problem.ts";

export const etagOf = (version: number): string => `"v${version}"`;

/**
 * Before a change.
 * @param changed the object as it is now, for whoever is told that it is another
 * @throws ApiProblem 428 without a version, 412 with another
 */
export function assertVersion(request: FastifyRequest, version: number, changed: unknown): void {
  const asked = request.headers["if-match"];
  if (asked === undefined)
    throw new ApiProblem("precondition-needed", "send the `ETag` that you have read as `If-Match`");
  // A list is any of them; `*` would be whatever it is, which is what this is to prevent.
  if (asked.split(",").some((one) => one.trim() === etagOf(version))) return;
  throw new ApiProblem("precondition-failed", "read it anew", { changed }, { etag: etagOf(version) });
}

/** Gives an object its tag. @returns whether the asker has this version already: then nothing but 304 is sent */
export function isKnown(request: FastifyRequest, reply: FastifyReply, version: number): boolean {
  const tag = etagOf(version);
  reply.header("etag", tag).header("cache-control", "private, no-cache");
  const known = request.headers["if-none-match"];
  return known?.split(",").some((one) => one.trim().replace(/^W\//, "") === tag) ?? false;
}
