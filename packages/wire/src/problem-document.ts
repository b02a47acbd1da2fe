/** What went wrong, as RFC 9457 has it, with a code that a program can rely on. */
import Type from "typebox";

export const PROBLEM_TYPE = "application/problem+json";

/** Stable: once shipped a code keeps its meaning. */
export const PROBLEM_CODES = {
  "not-valid": 400,
  "not-signed-in": 401,
  "not-allowed": 403,
  "not-found": 404,
  "method-not-allowed": 405,
  "not-acceptable": 406,
  conflict: 409,
  gone: 410,
  "precondition-failed": 412,
  "too-large": 413,
  "unsupported-type": 415,
  "cannot-be-done": 422,
  "precondition-needed": 428,
  "too-many": 429,
  failed: 500,
  busy: 503,
  "no-space": 507,
} as const;
export type ProblemCode = keyof typeof PROBLEM_CODES;

export const ProblemDocument = Type.Object(
  {
    type: Type.String({ description: "tag:vedette,2026:CODE" }),
    code: Type.String({ description: "stable: what a program goes by" }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String({ description: "what to do about it" })),
    instance: Type.Optional(Type.String({ description: "id of the request, as it stands in the log" })),
    problems: Type.Optional(
      Type.Array(
        Type.Object({
          path: Type.String({ description: "JSON Pointer into what was sent" }),
          message: Type.String(),
        }),
        { maxItems: 50 },
      ),
    ),
    changed: Type.Optional(Type.Unknown({ description: "with `conflict`: the object as it is now" })),
  },
  { $id: "Problem", additionalProperties: false },
);
export type ProblemDocument = Type.Static<typeof ProblemDocument>;
