/** What PostgreSQL and the way to it say, in words: nobody's bug, so no stack trace. */
import { InputError } from "../problem.ts";

/** SQLSTATE (postgresql.org/docs/current/errcodes-appendix.html), by whole code or by class; and what sockets say. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "no server answers there",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "no such host, or the name server does not answer",
  ETIMEDOUT: "the server does not answer",
  EHOSTUNREACH: "the host cannot be reached",
  ENOENT: "no server has a socket there",
  EPIPE: "the connection was cut",
  ECONNRESET: "the connection was cut",
  "28": "the server refuses this user or password",
  "3D000": "no such database: create it first, with encoding UTF8",
  "42501": "this user may not do that here: it needs to own the schema's tables",
  "53100": "no space left on the server's disk",
  "53200": "the server has no memory left",
  "53300": "the server has no connection left",
  "55P03": "another process has been writing for 30 s: try again",
  "25P03": "the server ended a write that stood still for a minute",
  "57P": "the server is stopping or starting: try again",
  "58": "the server's disk does not answer as it should",
  "08": "the connection was cut",
  XX001: "damaged: the server cannot read it; bring back a copy with `vedette store restore`",
  XX002: "damaged: an index is; REINDEX it",
  "25006": "may only be read: the server is a standby, or was told so",
};

/** pg's own, which have no code. */
const CUT = /Connection terminated|Client has encountered a connection error|timeout expired|not queryable/i;

export async function withPostgresWords<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw inPostgresWords(place, error);
  }
}

function inPostgresWords(place: string, error: unknown): unknown {
  if (error instanceof AggregateError) return inPostgresWords(place, error.errors[0]);
  const { code = "", message = "" } = error as { readonly code?: string; readonly message?: string };
  const words = [code, code.slice(0, 3), code.slice(0, 2)].map((key) => WORDS[key]).find((text) => text !== undefined);
  if (/password must be a string/.test(message))
    return new InputError([{ file: place, message: "the server asks for a password" }]);
  const said = words ?? (CUT.test(message) ? "the connection was cut, or the server does not answer" : undefined);
  return said === undefined ? error : new InputError([{ file: place, message: said }]);
}
