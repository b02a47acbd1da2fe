/** Where a log lies: a folder (`vedette-log`, `sqlite:vedette-log`) or a database of PostgreSQL (`postgres://…`). */
import { existsSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { InputError, UsageError } from "../problem.ts";

export const LOG_FILE = "log.sqlite";
export const KEY_FILE = "node.key";

export interface FolderPlace {
  readonly kind: "sqlite";
  readonly folder: string;
  readonly keyFile: string;
}

export interface DatabasePlace {
  readonly kind: "postgres";
  /** For the driver, without what is ours. */
  readonly url: string;
  readonly schema: string;
  readonly keyFile: string;
  /** For messages: without password. */
  readonly name: string;
}

const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;
const isDatabase = (text: string): boolean => /^postgres(?:ql)?:\/\//i.test(text);

/** A log that is a folder here, or a database anywhere; a case or a proof is a file. @throws where nothing is there */
export const isStore = (text: string): boolean =>
  isDatabase(text) || text.startsWith("sqlite:") || statSync(text).isDirectory();

/** @throws UsageError where it is no place */
export function placeOf(text: string): FolderPlace | DatabasePlace {
  if (isDatabase(text)) return databaseOf(text);
  const folder = folderOf(text);
  return { kind: "sqlite", folder, keyFile: join(folder, KEY_FILE) };
}

/** The folder that a text names; none: a database. */
export const folderNamed = (text: string): string | undefined => (isDatabase(text) ? undefined : folderOf(text));

function folderOf(text: string): string {
  const path = text.startsWith("sqlite:") ? text.slice("sqlite:".length) : text;
  if (path === "") throw new UsageError(`${text}: expected a folder, such as sqlite:vedette-log`);
  if (text.startsWith("sqlite:") && existsSync(path) && !statSync(path).isDirectory())
    throw new InputError([{ file: path, message: "not a log: a file; expected the folder that it lies in" }]);
  return path;
}

/** `?schema=` is the schema of its tables (`public`), `?key=` the file of the node's key; all else is the driver's. */
function databaseOf(text: string): DatabasePlace {
  const url = parsed(text);
  const schema = url.searchParams.get("schema") ?? "public";
  if (!SCHEMA.test(schema))
    throw new UsageError(`schema=${schema}: expected a name of small letters, digits and _, such as exercise`);
  const key = url.searchParams.get("key");
  url.searchParams.delete("schema");
  url.searchParams.delete("key");
  const options = [url.searchParams.get("options"), `-c search_path=${schema}`].filter((option) => option !== null);
  url.searchParams.set("options", options.join(" "));
  const database = decodeURIComponent(url.pathname.slice(1)) || "postgres";
  const host = url.searchParams.get("host") ?? (url.hostname === "" ? "local" : url.host);
  const name = `postgres://${host}/${database}${schema === "public" ? "" : `?schema=${schema}`}`;
  const keyFile = key === null ? join(configFolder(), keyNameOf(host, database, schema)) : resolve(key);
  return { kind: "postgres", url: url.href, schema, keyFile, name };
}

/** One key for each log: two logs under one key would be two histories of one node. */
const keyNameOf = (...parts: readonly string[]): string => `${parts.join("-").replaceAll(/[^\w.-]/g, "_")}.key`;

/** Where the configuration lies. */
function configFolder(): string {
  const { VEDETTE_CONFIG, XDG_CONFIG_HOME } = process.env;
  return VEDETTE_CONFIG ?? join(XDG_CONFIG_HOME ?? join(homedir(), ".config"), "vedette");
}

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new UsageError("expected postgres://USER@HOST:PORT/DATABASE; what stands there is no URL");
  }
}
