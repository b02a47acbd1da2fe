/** A server on a port of this machine, which takes whoever comes, and a line to it that can be cut. */
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appOf } from "../src/http/app.ts";
import type { Service } from "../src/http/service.ts";
import { openPeople, type PeopleDatabase } from "../src/people/open.ts";
import { cedarDecider } from "../src/release/cedar.ts";
import { rememberingDecider } from "../src/release/decide.ts";
import { openWorkspace } from "../src/workspace/open.ts";
import type { Workspace } from "../src/workspace/workspace.ts";
import { NOW } from "./incident-fixture.ts";

export interface Listening {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly workspace: Workspace;
  readonly people: PeopleDatabase;
  readonly close: () => Promise<void>;
}

export async function listening(): Promise<Listening> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-client-"));
  const nations = ["FRA", "GBR"];
  const place = join(folder, "log");
  const workspace = await openWorkspace({ id: "op", title: "Test", use: "exercise", nations, clock: () => NOW, place });
  workspace.projector.start();
  const database = await openPeople(":memory:");
  const service: Service = {
    version: "0.0.0",
    workspaces: new Map([["op", workspace]]),
    decide: rememberingDecider(cedarDecider()),
    liveSecret: new Uint8Array(32).fill(7),
    ready: async () => undefined,
    people: {
      database,
      journal: async () => {},
      nowMs: () => Date.now(),
      site: { origin: "http://127.0.0.1", title: "Vedette" },
      passwords: false,
      providers: new Map(),
      exercise: { roles: ["analyst", "verifier"] },
    },
  };
  const app = await appOf(service, { isSecure: false });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    folder,
    workspace,
    people: database,
    async close() {
      await app.close();
      await workspace.close();
      await database.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A line to a server that is cut while its answers come back: what was asked is done, and nobody is told.
 * @param isCut by the number of the answer, from 0
 */
export async function cutLine(
  to: number,
  isCut: (answer: number) => boolean,
): Promise<{ url: string; answers: () => number; close: () => void }> {
  let answers = 0;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(to, "127.0.0.1");
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        open.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.on("data", (piece) => {
      if (String(piece.subarray(0, 5)) === "HTTP/" && isCut(answers++)) near.destroy();
      else near.write(piece);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answers: () => answers,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
