/** A server with people in it, for tests: in memory, with a clock that stands still, and what it wrote into the log. */

import { appOf } from "../src/http/app.ts";
import type { PeopleService } from "../src/http/auth/setting.ts";
import type { Tls } from "../src/http/auth/tls.ts";
import type { App, Service } from "../src/http/service.ts";
import type { PeopleEvent } from "../src/people/journal.ts";
import { openPeople, type PeopleDatabase } from "../src/people/open.ts";
import { addPerson } from "../src/people/persons.ts";
import { setRoles } from "../src/people/roles.ts";
import { beginSession, type Method } from "../src/people/sessions.ts";
import { cedarDecider } from "../src/release/cedar.ts";
import { rememberingDecider } from "../src/release/decide.ts";
import type { Role } from "../src/release/entitlement.ts";
import type { Workspace } from "../src/workspace/workspace.ts";

export const START_MS = Date.UTC(2026, 5, 15, 8);
export const ORIGIN = "https://vedette.example";

export interface Setting extends Partial<Omit<PeopleService, "database">> {
  readonly database?: PeopleDatabase;
  readonly isSecure?: boolean;
  readonly tls?: Tls;
}

export interface Fixture {
  readonly app: App;
  readonly people: PeopleService;
  readonly events: PeopleEvent[];
  readonly clock: { nowMs: number };
  readonly close: () => Promise<void>;
}

const NATIONS = ["FIN", "NLD", "ESP"];
const workspaceOf = (id: string, use: Workspace["use"]): Workspace =>
  ({ id, title: id, use, nations: NATIONS, clock: () => START_MS }) as unknown as Workspace;

/** Two workspaces: `june`, an exercise, and `line`, an operation. */
export async function serverOf({ isSecure = true, tls, ...setting }: Setting = {}): Promise<Fixture> {
  const clock = { nowMs: START_MS };
  const events: PeopleEvent[] = [];
  const people: PeopleService = {
    journal: async (event) => {
      events.push(event);
    },
    nowMs: () => clock.nowMs,
    site: { origin: ORIGIN, title: "Vedette" },
    passwords: true,
    providers: new Map(),
    ...setting,
    database: setting.database ?? (await openPeople(":memory:")),
  };
  const service: Service = {
    version: "0",
    workspaces: new Map([workspaceOf("june", "exercise"), workspaceOf("line", "real")].map((one) => [one.id, one])),
    decide: rememberingDecider(cedarDecider()),
    people,
    liveSecret: new Uint8Array(32),
    ready: async () => undefined,
  };
  const app = await appOf(service, { isSecure, ...(tls && { tls }) });
  addProbe(app);
  return {
    app,
    people,
    events,
    clock,
    close: async () => {
      await app.close();
      await people.database.destroy();
    },
  };
}

/** A route of a workspace that says who asks. */
function addProbe(app: App): void {
  app.get("/api/workspaces/:workspace/who", { schema: { hide: true } }, ({ who }) => who?.entitlement);
  app.post("/api/workspaces/:workspace/who", { schema: { hide: true } }, ({ who }) => who?.entitlement);
}

export interface Made {
  readonly person: string;
  /** For `inject`. */
  readonly cookies: Record<string, string>;
}

/** Somebody who is signed in. */
export async function made(
  { people }: Pick<Fixture, "people">,
  {
    roles = {},
    nation = "FIN",
    login,
    method = "passkey",
  }: {
    readonly roles?: Readonly<Record<string, readonly Role[]>>;
    readonly nation?: string;
    readonly login?: string;
    readonly method?: Method;
  } = {},
): Promise<Made> {
  const { database } = people;
  const nowMs = people.nowMs();
  const person = await addPerson(database, { name: "Aino", nation, ...(login !== undefined && { login }) }, nowMs);
  if (person === undefined) throw new RangeError("this login is taken");
  for (const [workspace, held] of Object.entries(roles)) await setRoles(database, person, workspace, held);
  await database.insertInto("identity").values({ issuer: "made", subject: person, person }).execute();
  const { text } = await beginSession(database, { person, method }, nowMs);
  return { person, cookies: { "__Host-vedette": text, vedette: text } };
}
