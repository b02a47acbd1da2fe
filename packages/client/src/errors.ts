/** What goes wrong between a client and its server. */
import type { Problem } from "./api.generated.ts";

/** The server refused: `problem.code` is what a program goes by. */
export class ApiError extends Error {
  readonly status: number;
  /** None where something before the server answered. */
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(wordsOf(status, problem));
    this.name = "ApiError";
    this.status = status;
    this.problem = problem;
  }
}

function wordsOf(status: number, problem: Problem | undefined): string {
  if (problem === undefined) return `answered with ${status}, and not as Vedette does`;
  const { title, detail, problems = [] } = problem;
  const faults = problems.map(({ path, message }) => `${path}: ${message}`);
  return [detail === undefined ? title : `${title}: ${detail}`, ...faults].join("; ");
}

/** Nobody answered. */
export class Unreachable extends Error {
  constructor(url: string, cause: unknown) {
    const { code, message } = rootOf(cause);
    super(`${new URL(url, "http://this.page").host}: ${WORDS[code] ?? message}`, { cause });
    this.name = "Unreachable";
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "no such host, or no name service",
  ETIMEDOUT: "no answer in time",
  UND_ERR_CONNECT_TIMEOUT: "no answer in time",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is of nobody that this machine trusts (NODE_EXTRA_CA_CERTS names more)",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is of nobody that this machine trusts (NODE_EXTRA_CA_CERTS names more)",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host",
};

/** `fetch` wraps what happened. */
function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  const { cause, code, message } = error as { cause?: unknown; code?: unknown; message?: unknown };
  if (cause instanceof Error) return rootOf(cause);
  return { code: String(code ?? ""), message: String(message ?? error) };
}
