/** An answer that is no success: thrown anywhere below a route, sent as a problem document. */
import { PROBLEM_CODES, PROBLEM_TYPE, type ProblemCode, type ProblemDocument } from "@vedette/wire/problem-document";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { CrowdError } from "../people/passwords.ts";
import { InputError } from "../problem.ts";
import { BusyError } from "../store/group-commit.ts";
import { CursorError } from "../workspace/queries.ts";

export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly more: Partial<Pick<ProblemDocument, "problems" | "changed">>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    more: Partial<Pick<ProblemDocument, "problems" | "changed">> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = "ApiProblem";
    this.code = code;
    this.more = more;
    this.headers = headers;
  }
}

const TITLES: Readonly<Record<ProblemCode, string>> = {
  "not-valid": "The request is not as its schema says",
  "not-signed-in": "Sign in first",
  "not-allowed": "Your role does not allow this",
  "not-found": "Nothing is here",
  "method-not-allowed": "This cannot be done here",
  "not-acceptable": "No such form of this is to be had",
  conflict: "Somebody was faster",
  gone: "It is no longer here",
  "precondition-failed": "It has changed since you read it",
  "too-large": "More than is taken",
  "unsupported-type": "This type of content is not taken",
  "cannot-be-done": "The rules refuse it",
  "precondition-needed": "Say which version you have read",
  "too-many": "Too many requests",
  failed: "A fault of the server",
  busy: "Not now",
  "no-space": "No room is left to keep it",
};

export function sendProblem(problem: ApiProblem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const status = PROBLEM_CODES[problem.code];
  const document: ProblemDocument = {
    type: `tag:vedette,2026:${problem.code}`,
    code: problem.code,
    title: TITLES[problem.code],
    status,
    ...(problem.message !== "" && { detail: problem.message }),
    instance: request.id,
    ...problem.more,
  };
  // As text: a route's own schemas describe its successes.
  return reply
    .code(status)
    .headers(problem.headers)
    .type(PROBLEM_TYPE)
    .serializer(String)
    .send(JSON.stringify(document));
}

/** Whatever was thrown, as a problem; what nobody foresaw says nothing of its inside. */
export function problemFrom(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof CrowdError) return new ApiProblem("busy", error.message, {}, { "retry-after": "2" });
  if (error instanceof BusyError)
    return new ApiProblem("busy", "too much waits to be written", {}, { "retry-after": "1" });
  if (error instanceof InputError) {
    const problems = error.problems.map(({ path = "", message }) => ({ path: String(path), message }));
    return new ApiProblem("not-valid", "", { problems: problems.slice(0, 50) });
  }
  if (error instanceof CursorError) {
    const problems = [{ path: "/query/cursor", message: "is no cursor of this list" }];
    return new ApiProblem("not-valid", "", { problems });
  }
  return fastifyProblem(error as FastifyError) ?? new ApiProblem("failed", "");
}

const BY_STATUS = new Map<number, ProblemCode>(
  Object.entries(PROBLEM_CODES).map(([code, status]) => [status, code as ProblemCode]),
);

function fastifyProblem({
  statusCode,
  validation,
  validationContext,
  message,
  code,
}: FastifyError): ApiProblem | undefined {
  if (validation !== undefined) {
    const problems = validation.slice(0, 50).map(({ instancePath = "", message: said = "" }) => ({
      path: `/${validationContext ?? "body"}${instancePath}`,
      message: said,
    }));
    return new ApiProblem("not-valid", "", { problems });
  }
  if (code === "ENOSPC" || code === "SQLITE_FULL") return new ApiProblem("no-space", "");
  const known = BY_STATUS.get(statusCode ?? 0);
  return known === undefined || known === "failed" ? undefined : new ApiProblem(known, message);
}
