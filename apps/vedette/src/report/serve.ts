/** Shows output folders in the reader's own browser: 127.0.0.1 only, these folders only, reading only. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { InputError } from "../problem.ts";

export const DEFAULT_PORT = 8470;

export interface Served {
  /** Where the report is: `http://127.0.0.1:8470/`. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8; header=present",
  ".geojson": "application/geo+json",
  ".parquet": "application/vnd.apache.parquet",
  ".ics": "text/calendar; charset=utf-8",
  ".czml": "application/json; charset=utf-8",
};

/** A folder, the file in it that is shown first, and the file whose `marking` is that of all. */
interface Shown {
  readonly dir: string;
  readonly first: string;
  readonly marked: string;
}

export interface Beside {
  /** Under which path: `2022-05-04/en`. */
  readonly path: string;
  /** A folder of a daily report. */
  readonly dir: string;
}

/**
 * Serves `dir` until closed, and daily reports beside it. Without a port, 8470, or any free one where that is taken; a port
 * that was asked for and is taken is an error.
 */
export async function serveReport(dir: string, port?: number, beside: readonly Beside[] = []): Promise<Served> {
  const shown: (readonly [string, Shown])[] = [
    ["", { dir, first: "report.html", marked: "summary.json" }],
    ...beside.map(
      ({ path, dir: other }) => [`${path}/`, { dir: other, first: "daily.html", marked: "daily.json" }] as const,
    ),
  ];
  const folders: Folders = new Map();
  for (const [path, each] of shown) folders.set(path, { ...each, marking: await markingOf(each) });
  const server = createServer((request, response) => {
    answer(folders, request, response).catch(() => response.destroy());
  });
  await listen(server, port);
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("a TCP server has a port");
  return {
    address: `http://127.0.0.1:${bound.port}/`,
    close: () =>
      new Promise((done, failed) => {
        server.close((error) => (error === undefined ? done() : failed(error)));
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number | undefined): Promise<void> {
  try {
    await listenOn(server, port ?? DEFAULT_PORT);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    if (port !== undefined)
      throw new InputError([
        { file: `127.0.0.1:${port}`, message: `the port cannot be used (${code}): choose another, or leave it out` },
      ]);
    await listenOn(server, 0);
  }
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((done, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", failed);
      done();
    });
  });
}

type Folders = Map<string, Shown & { readonly marking: string }>;

async function markingOf({ dir, marked }: Shown): Promise<string> {
  const file = join(dir, marked);
  const summary: unknown = await readFile(file, "utf8")
    .then(JSON.parse)
    .catch(() => undefined);
  if (typeof summary === "object" && summary !== null && "marking" in summary && typeof summary.marking === "string")
    return summary.marking;
  throw new InputError([{ file, message: "not a vedette output: there is no summary with a marking" }]);
}

async function answer(folders: Folders, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { folder, name } = wantedOf(folders, request.url ?? "/");
  response.setHeader("X-Vedette-Marking", headerText(folder.marking));
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
  response.setHeader("Cache-Control", "no-store");
  if (!isLocalName(request.headers.host)) return refuse(response, 403, "this address is for this machine only");
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return refuse(response, 405, "reading only");
  }
  const type = name === undefined ? undefined : TYPES[extname(name)];
  const file = name === undefined ? undefined : join(folder.dir, name);
  const size = file === undefined || type === undefined ? undefined : await sizeOf(file);
  if (file === undefined || type === undefined || size === undefined)
    return refuse(response, 404, "no such file in this output");
  response.writeHead(200, { "Content-Type": type, "Content-Length": size });
  if (request.method === "HEAD") response.end();
  else await pipeline(createReadStream(file), response);
}

/** A folder, and a name of one of its own files or undefined: no separators, no dots in front, so no way out. */
function wantedOf(folders: Folders, url: string) {
  const path = (url.split(/[?#]/, 1)[0] ?? "/").slice(1);
  const cut = path.lastIndexOf("/") + 1;
  const folder = folders.get(path.slice(0, cut));
  const name = path.slice(cut) || folder?.first;
  const isOwn = folder !== undefined && name !== undefined && /^[a-z0-9][a-z0-9.-]*$/i.test(name);
  return { folder: folder ?? (folders.get("") as Shown & { marking: string }), name: isOwn ? name : undefined };
}

/** Only names of this machine: another site's name that resolves here gets nothing (DNS rebinding). */
function isLocalName(host: string | undefined): boolean {
  return host !== undefined && /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

async function sizeOf(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? found.size : undefined;
}

/** Header values are Latin letters and signs; anything else is left out of the header (it is in the file). */
function headerText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, "-");
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${why}\n`);
}
