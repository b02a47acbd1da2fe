/** `vedette import KIND FILE --server URL`: read here, posted in hundreds; sent again after a cut, nothing is there twice. */
import { createHash, randomUUID } from "node:crypto";
import type { Api } from "@vedette/client/api.generated";
import type { Marking } from "@vedette/core/record/marking";
import { isoOf } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import { Command } from "commander";
import type { EvidenceTarget } from "../../feeds/evidence/import-evidence.ts";
import type { BatchDraft } from "../../store/store.ts";
import { evidenceCommands, type ImportInto } from "../import-evidence.ts";
import { type Connected, connected, remotely, type Server } from "./connect.ts";

/** As many as a server takes at once. */
const BATCH = 100;
/** A restart of the server, a line that is down for a while. */
const PATIENCE_MS = 300_000;

export function remoteImport(server: Server): Command {
  const command = new Command("import").description("evidence from a file here into a workspace of a server");
  for (const one of evidenceCommands((asked) => remotely(server, () => intoServer(server, asked))))
    command.addCommand(one);
  return command;
}

/** Owned by the nation that the token is of, and for what the workspace is for. */
async function intoServer(server: Server, asked: Marking): Promise<ImportInto> {
  const at = await connected(server, PATIENCE_MS);
  const { own } = (await at.client.call("listNations", { path: { workspace: at.workspace.id } })).body;
  const marking = { ...asked, owner: own, use: at.workspace.use };
  return { name: `${server.url} ${at.workspace.id}`, marking, batchSize: BATCH, target: targetOn(at) };
}

type Refused = Api["sendReports"]["answer"]["items"][number];

/** How far a file came the server need not keep: each item's own name says whether it is known. */
function targetOn({ server, client, workspace }: Connected): EvidenceTarget {
  // Of this run: the next one is told what is there already, and not what this one was told.
  const run = randomUUID();
  return {
    progress: async () => undefined,
    appendBatch: ({ body: { feed }, marking, members }) =>
      remotely(server, async () => {
        const items = members.map(({ value }) => itemOf(value as unknown as Evidence));
        const body = { feed: String(feed), marking: { ...marking }, items };
        const key = createHash("sha256")
          .update(JSON.stringify([run, body]))
          .digest("hex");
        const sent = { path: { workspace: workspace.id }, headers: { "idempotency-key": key }, body };
        const { added, duplicate, items: rows } = (await client.call("sendReports", sent)).body;
        const refused = rows.filter(({ outcome }) => outcome === "refused").map((row) => refusalOf(row, members));
        return { added, duplicate, refused };
      }),
  };
}

function refusalOf({ index, problems = [] }: Refused, members: BatchDraft["members"]) {
  const value = members[index]?.value as Partial<Evidence> | undefined;
  const message = problems.map((one) => `${one.path}: ${one.message}`).join("; ");
  return { line: value?.ingest?.line ?? 0, message: `the server refused it: ${message}` };
}

/** As it was read, without where it stood in the file. */
function itemOf({ ingest: _, when, ...rest }: Evidence): object {
  return { ...rest, when: { start: isoOf(when.start), end: isoOf(when.end) } };
}
