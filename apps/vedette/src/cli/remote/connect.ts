/** `--server URL`: which server, which workspace of it, and by which token. */
import { readFileSync } from "node:fs";
import type { Api } from "@vedette/client/api.generated";
import { type Client, clientOf } from "@vedette/client/client";
import { ApiError, Unreachable } from "@vedette/client/errors";
import { InputError, UsageError } from "../../problem.ts";
import { quoted, suggestionOf } from "../../scenario/words.ts";

export interface Server {
  readonly url: string;
  readonly workspace?: string;
  readonly tokenFile?: string;
}

export type WorkspaceRow = Api["listWorkspaces"]["answer"]["items"][number];

export interface Connected {
  readonly server: Server;
  readonly client: Client;
  readonly workspace: WorkspaceRow;
}

const OPTIONS: Readonly<Record<string, keyof Server>> = {
  "--server": "url",
  "--workspace": "workspace",
  "--token-file": "tokenFile",
};

/** These three stand anywhere on the line. @returns nothing where no server is named */
export function serverIn(
  argv: readonly string[],
): { readonly server: Server; readonly rest: readonly string[] } | undefined {
  if (!argv.some((word) => word === "--server" || word.startsWith("--server="))) return undefined;
  const found: Partial<Record<keyof Server, string>> = {};
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") return withUrl(found, [...rest, ...argv.slice(i)]);
    const [, option = "", given] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    const name = Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined;
    if (name === undefined) {
      rest.push(word);
      continue;
    }
    const value = given ?? argv[++i];
    if (value === undefined || value === "") throw new UsageError(`${option}: expected a value`);
    found[name] = value;
  }
  return withUrl(found, rest);
}

function withUrl(found: Partial<Record<keyof Server, string>>, rest: readonly string[]) {
  const { url } = found;
  if (url === undefined) return undefined;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new UsageError(
      `--server ${url}: expected an address such as https://vedette.example or http://127.0.0.1:8080`,
    );
  return { server: { ...found, url }, rest };
}

/** Somebody waits at the terminal. */
const PATIENCE_MS = 3000;
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** @throws UsageError where the token would go over the net in the clear */
export function clientFor({ url, tokenFile }: Server, patienceMs = PATIENCE_MS): Client {
  const token = tokenFile === undefined ? process.env["VEDETTE_TOKEN"] : readFileSync(tokenFile, "utf8").trim();
  if (token === undefined || token === "") return clientOf({ url, patienceMs });
  if (!/^vdt_[\w-]+$/.test(token))
    throw new UsageError(`${tokenFile ?? "VEDETTE_TOKEN"}: expected a token, which begins with vdt_`);
  const { protocol, hostname } = new URL(url);
  if (protocol !== "https:" && !LOOPBACK.test(hostname))
    throw new UsageError(`--server ${url}: a token goes over https only: expected https://${hostname}`);
  return clientOf({ url, token, patienceMs });
}

/** In the workspace that is named, or the only one. */
export async function connected(server: Server, patienceMs?: number): Promise<Connected> {
  const client = clientFor(server, patienceMs);
  const { items } = (await client.call("listWorkspaces", {})).body;
  const ids = items.map(({ id }) => id);
  const asked = server.workspace ?? (ids.length === 1 ? ids[0] : undefined);
  if (asked === undefined)
    throw new UsageError(
      ids.length === 0
        ? `${server.url}: you take part in no workspace`
        : `--workspace: expected one of ${ids.join(", ")}`,
    );
  const workspace = items.find(({ id }) => id === asked);
  if (workspace === undefined)
    throw new UsageError(`--workspace ${quoted(asked)}: no workspace of yours${suggestionOf(asked, ids)}`);
  return { server, client, workspace };
}

/** What a server refuses reads as other faults do. */
export async function remotely<T>({ url }: Server, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unreachable) throw new InputError([{ file: url, message: error.message }]);
    if (error instanceof ApiError) throw new InputError([{ file: url, message: adviceOf(error) }]);
    throw error;
  }
}

function adviceOf({ status, problem, message }: ApiError): string {
  if (status === 401)
    return "not signed in: set VEDETTE_TOKEN, or name a file that holds a token with --token-file; a token is made in the room, under your name";
  const changed = problem?.changed as { readonly state?: unknown } | undefined;
  return typeof changed?.state === "string" ? `${message}; it is now ${changed.state}` : message;
}

export const inWorkspace = <T>(server: Server, work: (at: Connected) => Promise<T>): Promise<T> =>
  remotely(server, async () => work(await connected(server)));
