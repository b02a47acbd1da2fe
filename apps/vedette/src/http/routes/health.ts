/** For those who keep it running: whether it lives, whether it can work. */
import { Lives } from "@vedette/wire/api-server";
import { ApiProblem } from "../api-problem.ts";
import type { App, Service } from "../service.ts";

export function healthRoutes(app: App, { version, ready }: Service): void {
  app.get("/healthz", { schema: { hide: true, response: { 200: Lives } } }, () => ({ status: "ok" as const, version }));
  app.get("/readyz", { schema: { hide: true, response: { 200: Lives } } }, async () => {
    const wanting = await ready();
    if (wanting !== undefined) throw new ApiProblem("busy", wanting, {}, { "retry-after": "5" });
    return { status: "ok" as const, version };
  });
}
