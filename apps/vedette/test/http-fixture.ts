/** A server without a socket: one workspace with evidence of two nations, and people who are signed in. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import { type Instant, instant, MS_PER_DAY } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import { appOf } from "../src/http/app.ts";
import type { App, Service } from "../src/http/service.ts";
import { openPeople } from "../src/people/open.ts";
import { addPerson } from "../src/people/persons.ts";
import { setRoles } from "../src/people/roles.ts";
import { beginSession } from "../src/people/sessions.ts";
import { cedarDecider } from "../src/release/cedar.ts";
import { rememberingDecider } from "../src/release/decide.ts";
import type { Role } from "../src/release/entitlement.ts";
import { openWorkspace } from "../src/workspace/open.ts";
import type { Workspace } from "../src/workspace/workspace.ts";
import { DAY, NOW, OPEN } from "./incident-fixture.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  readonly body: any;
  readonly raw: Buffer;
}

export interface Client {
  readonly person: string;
  readonly headers: Readonly<Record<string, string>>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface TestServer {
  readonly app: App;
  readonly workspace: Workspace;
  person(nation: string, roles: readonly Role[]): Promise<Client>;
  /** Into the log, as an importer does. */
  record(items: readonly Evidence[], marking?: Marking): Promise<void>;
  close(): Promise<void>;
}

export const NATIONS = ["FRA", "GBR", "UKR"];

export async function newServer(clock: () => Instant = () => NOW): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), "vedette-http-"));
  const workspace = await openWorkspace({
    id: "op",
    title: "Test",
    use: "exercise",
    nations: NATIONS,
    clock,
    place: join(folder, "log"),
  });
  const database = await openPeople(":memory:");
  const nowMs = (): number => Date.now();
  const service: Service = {
    version: "0.0.0",
    workspaces: new Map([["op", workspace]]),
    decide: rememberingDecider(cedarDecider()),
    liveSecret: new Uint8Array(32).fill(7),
    ready: async () => undefined,
    mostFileBytes: 100_000,
    people: {
      database,
      journal: async () => {},
      nowMs,
      site: { origin: "http://localhost", title: "Vedette" },
      passwords: false,
      providers: new Map(),
      limits: { person: 1e9, address: 1e9, signIn: 1e9 },
    },
  };
  const app = await appOf(service, { isSecure: false });
  await app.ready();
  return {
    app,
    workspace,
    async person(nation, roles) {
      const id = await addPerson(database, { name: `${nation} ${roles.join(" ")}`, nation }, nowMs());
      assert.ok(id !== undefined);
      await setRoles(database, id, "op", roles);
      const { text: secret } = await beginSession(database, { person: id, method: "passkey" }, nowMs());
      return clientOf(app, id, secret);
    },
    async record(items, marking = OPEN) {
      await workspace.store.appendBatch({
        type: "evidence.recorded",
        typeVersion: 1,
        at: { start: DAY, end: instant(DAY + MS_PER_DAY) },
        actor: "import",
        marking,
        body: { feed: "test" },
        members: items.map((value) => ({ key: value.id, value: value as unknown as Json })),
      });
      await workspace.projector.catchUp();
    },
    async close() {
      await app.close();
      await workspace.close();
      await database.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function clientOf(app: App, person: string, secret: string): Client {
  const base = { cookie: `vedette=${secret}`, "sec-fetch-site": "same-origin" };
  const send = async (
    method: "GET" | "POST",
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer> => {
    const answer = await app.inject({
      method,
      url: `/api/workspaces/op${path}`,
      headers: { ...base, ...headers },
      ...(body !== undefined && { payload: body as string }),
    });
    const isJson = String(answer.headers["content-type"] ?? "").includes("json");
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: isJson && answer.body !== "" ? JSON.parse(answer.body) : answer.body,
      raw: answer.rawPayload,
    };
  };
  return {
    person,
    headers: base,
    get: (path, headers = {}) => send("GET", path, undefined, headers),
    post: (path, body, headers = {}) => send("POST", path, body, headers),
  };
}

/** @returns the body */
export function ok(answer: Answer, status = 200): Answer["body"] {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  return answer.body;
}

/** @returns the problem */
export function refused(answer: Answer, status: number, code: string): Answer["body"] {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.code, code);
  assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
  return answer.body;
}

interface At {
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
}

/** On a sphere of 6371.0088 km. */
export function greatCircleKm(a: At, b: At): number {
  const rad = (deg: number): number => (deg * Math.PI) / 180;
  const half = (x: number): number => Math.sin(x / 2) ** 2;
  const north = half(rad(b.latitudeDeg - a.latitudeDeg));
  const east = half(rad(b.longitudeDeg - a.longitudeDeg));
  return (
    2 * 6371.0088 * Math.asin(Math.sqrt(north + Math.cos(rad(a.latitudeDeg)) * Math.cos(rad(b.latitudeDeg)) * east))
  );
}
