/** What a route's schema says of its answers: its successes, and every problem that it may answer with. */
import { PROBLEM_CODES, PROBLEM_TYPE } from "@vedette/wire/problem-document";

const problem = (description: string) => ({
  description,
  content: { [PROBLEM_TYPE]: { schema: { $ref: "Problem#" } } },
});

/** By status, as `response` of a route's schema has them. */
/** Typed as nothing: a handler returns its successes and throws the rest. */
function problemsOf(statuses: readonly number[]): Record<never, unknown> {
  const codes = Object.entries(PROBLEM_CODES);
  const words = (status: number): string =>
    codes.flatMap(([code, of]) => (of === status ? [`\`${code}\``] : [])).join(", ");
  return Object.fromEntries(statuses.map((status) => [status, problem(words(status))]));
}

/** Any route of a workspace: not as its schema says, not signed in, not there or not given, too often, not now. */
const READS = [400, 401, 404, 406, 429, 503];
const ACTS = [...READS, 403, 409, 413, 415, 422];

export const READ_PROBLEMS = problemsOf(READS);
/** What needs a role. */
export const ROLE_PROBLEMS = problemsOf([...READS, 403]);
export const WRITE_PROBLEMS = problemsOf([...ACTS, 507]);
/** What needs the version that was read. */
export const CHANGE_PROBLEMS = problemsOf([...ACTS, 412, 428, 507]);
