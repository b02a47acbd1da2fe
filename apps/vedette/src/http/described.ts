/** The server's interface without a server: its OpenAPI document, for what is made from that. */
import { openPeople } from "../people/open.ts";
import { appOf } from "./app.ts";
import type { OpenApi } from "./docs/openapi.ts";

/** Nothing is asked of it but what it would answer. */
export async function describedApi(version: string): Promise<OpenApi> {
  const database = await openPeople(":memory:");
  const site = { origin: "http://127.0.0.1", title: "Vedette" };
  const people = {
    database,
    journal: async () => {},
    nowMs: () => 0,
    site,
    passwords: true,
    providers: new Map(),
  };
  const workspaces = new Map();
  const ready = async (): Promise<undefined> => undefined;
  const app = await appOf(
    { version, workspaces, decide: () => false, people, liveSecret: new Uint8Array(32), ready },
    { isSecure: false },
  );
  try {
    await app.ready();
    return app.swagger() as OpenApi;
  } finally {
    await app.close();
    await database.destroy();
  }
}
