/** Files of evidence: sent as they are, read back whole or in part. */

import type { Readable } from "node:stream";
import { IdempotencyHeaders, WorkspaceParams } from "@vedette/wire/api-common";
import { Erased, EraseEvidence, FileParams, FilePut } from "@vedette/wire/api-evidence";
import { FileBytes } from "@vedette/wire/api-lists";
import { READ_PROBLEMS, WRITE_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import { askedOf, found, ownMarking } from "../asked.ts";
import { receive, tooLarge } from "../files.ts";
import type { Kit } from "../kit.ts";
import { rangeOf } from "../ranges.ts";
import type { App } from "../service.ts";

const PATH = "/workspaces/:workspace/files";
const tags = ["evidence"];
const RAW = "application/octet-stream";

export function fileRoutes(app: App, kit: Kit): void {
  app.register(async (own) => {
    // Not read into memory: the route streams it.
    own.removeAllContentTypeParsers();
    own.addContentTypeParser(RAW, (_, body, done) => done(null, body));
    uploads(own as App, kit);
  });
  downloads(app, kit);
  erases(app, kit);
}

function uploads(app: App, kit: Kit): void {
  app.post(
    PATH,
    {
      schema: {
        operationId: "sendFile",
        summary: "Send a file (application/octet-stream); reports name it by its SHA-256",
        tags,
        params: WorkspaceParams,
        headers: IdempotencyHeaders,
        consumes: [RAW],
        response: { 201: FilePut, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const asked = askedOf(request, kit);
      asked.allow("report", ownMarking(asked));
      if (Number(request.headers["content-length"] ?? 0) > kit.mostFileBytes) throw tooLarge(kit.mostFileBytes);
      if (request.body === undefined || request.body === null) throw new ApiProblem("not-valid", "no bytes came");
      const received = await receive(asked, request.body as Readable, kit.mostFileBytes);
      reply.code(201).header("location", `/api/workspaces/${asked.workspace.id}/files/${received.file}`);
      return received;
    },
  );
}

function downloads(app: App, kit: Kit): void {
  app.get(
    `${PATH}/:hash`,
    {
      schema: {
        operationId: "readFile",
        summary: "A file of evidence; its ETag is its SHA-256, a part by `Range`",
        tags,
        params: FileParams,
        response: { 200: FileBytes, 206: FileBytes, 304: FileBytes, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const asked = askedOf(request, kit);
      const { hash } = request.params;
      const marking = found(await asked.workspace.queries.fileMarking(asked.nation, hash));
      asked.allow("read", marking);
      kit.reads.noteOne(asked, hash, marking);
      // The store checks the bytes against the hash: what was altered is not given out.
      const bytes = found(await asked.workspace.store.file(hash));
      reply.header("etag", `"${hash}"`).header("cache-control", "private, no-cache").header("accept-ranges", "bytes");
      // What came from anybody is shown nowhere as a page of ours.
      reply.type(RAW).header("content-disposition", `attachment; filename="${hash.slice(0, 16)}.bin"`);
      if (request.headers["if-none-match"]?.includes(`"${hash}"`)) return reply.code(304).send(null);
      const part = rangeOf(
        request.headers.range,
        bytes.byteLength,
        String(request.headers["if-range"] ?? `"${hash}"`),
        `"${hash}"`,
      );
      if (part === undefined) return reply.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      reply.code(206).header("content-range", `bytes ${part.start}-${part.end - 1}/${bytes.byteLength}`);
      return reply.send(Buffer.from(bytes.buffer, bytes.byteOffset + part.start, part.end - part.start));
    },
  );
}

function erases(app: App, kit: Kit): void {
  app.post(
    `${PATH}/:hash/erase`,
    {
      schema: {
        operationId: "eraseFile",
        summary: "Take a file away for good; that it was there, who erased it and by which rule stays",
        tags,
        params: FileParams,
        headers: IdempotencyHeaders,
        body: EraseEvidence,
        response: { 200: Erased, ...WRITE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const asked = askedOf(request, kit);
      return kit.writes.once(asked.scope, request, reply, async () => {
        const { queries, store } = asked.workspace;
        const { hash } = request.params;
        asked.allow("erase", found(await queries.fileMarking(asked.nation, hash)));
        const header = await store.erase({ file: hash }, { actor: asked.actor, ...request.body });
        return { event: header.id };
      });
    },
  );
}
