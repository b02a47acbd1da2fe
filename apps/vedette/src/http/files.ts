/** Files of evidence on their way in: streamed to disk, counted and hashed, and only then given to the store. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { Hash } from "@vedette/core/record/hash";
import { mayRead } from "@vedette/core/record/marking";
import { ApiProblem } from "./api-problem.ts";
import { type Asked, momentOf, ownMarking } from "./asked.ts";

export interface Received {
  readonly file: Hash;
  readonly bytes: number;
}

/** Each is held in memory once, when the store takes it. */
const MOST_AT_ONCE = 2;
let atOnce = 0;

/** @throws ApiProblem 413 beyond the limit, 503 where too many come at once, 507 where the disk is full */
export async function receive(asked: Asked, body: Readable, mostBytes: number): Promise<Received> {
  if (atOnce >= MOST_AT_ONCE) throw new ApiProblem("busy", "other files are coming in", {}, { "retry-after": "5" });
  atOnce++;
  const folder = await mkdtemp(join(tmpdir(), "vedette-file-"));
  try {
    return await keep(asked, await streamed(body, join(folder, randomBytes(6).toString("hex")), mostBytes));
  } finally {
    atOnce--;
    await rm(folder, { recursive: true, force: true });
  }
}

async function streamed(body: Readable, path: string, mostBytes: number): Promise<Received & { path: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const file = await open(path, "wx", 0o600);
  try {
    // The request is not cut off: its sender is to read why it is refused.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > mostBytes) throw tooLarge(mostBytes);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  if (bytes === 0) throw new ApiProblem("not-valid", "an empty file");
  return { file: hash.digest("hex"), bytes, path };
}

/** What still comes is not read: the connection ends. */
export const tooLarge = (mostBytes: number): ApiProblem =>
  new ApiProblem("too-large", `at most ${mostBytes} bytes`, {}, { connection: "close" });

/** That it came, for the nation that sent it: it may then name it in its reports. */
async function keep(asked: Asked, { file, bytes, path }: Received & { path: string }): Promise<Received> {
  const { workspace, actor, now } = asked;
  const held = await workspace.store.putFile(await readFile(path));
  if (held !== file) throw new Error("a file changed on its way in");
  const at = momentOf(now);
  const body = { file, bytes };
  const marking = ownMarking(asked);
  await workspace.store.append([{ type: "file.received", typeVersion: 1, at, actor, marking, body }]);
  return { file, bytes };
}

/**
 * Whether the asker's nation holds a file: it sent it, or is given evidence that it goes with. Who merely knows its hash does not, and
 * does not come by it by naming it.
 */
export async function holdsFiles({ workspace, nation }: Asked, files: readonly Hash[]): Promise<ReadonlySet<Hash>> {
  const held = new Set<Hash>();
  const wanted = new Set(files);
  for (const file of wanted) if ((await workspace.queries.fileMarking(nation, file)) !== undefined) held.add(file);
  if (held.size === wanted.size) return held;
  for await (const { header, body } of workspace.store.events({ types: ["file.received"] })) {
    const { file } = (body ?? {}) as { readonly file?: unknown };
    if (typeof file === "string" && wanted.has(file) && mayRead(header.marking, nation)) held.add(file);
  }
  return held;
}
