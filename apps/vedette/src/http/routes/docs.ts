/** What can be asked of this server: for programs as OpenAPI, for people as a page that needs nothing from elsewhere and no script. */
import { readFile } from "node:fs/promises";
import type { OpenApi } from "../docs/openapi.ts";
import { docsPage } from "../docs/page.ts";
import type { App } from "../service.ts";

const SHEETS = ["../../report/page/colours.css", "../docs/docs.css"];
/** It says nothing of what is in the server: everybody may read it. */
const OPEN = { schema: { hide: true }, config: { isOpen: true } } as const;

export function docsRoutes(app: App): void {
  app.get("/openapi.json", OPEN, () => app.swagger());
  app.get("/docs", OPEN, (_, reply) =>
    reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(docsPage(app.swagger() as OpenApi, { style: "/api/docs/docs.css", document: "/api/openapi.json" })),
  );
  app.get("/docs/docs.css", OPEN, async (_, reply) => {
    const sheets = await Promise.all(SHEETS.map((path) => readFile(new URL(path, import.meta.url), "utf8")));
    return reply.type("text/css; charset=utf-8").header("cache-control", "no-cache").send(sheets.join("\n"));
  });
}
