/** Everything of a workspace that is read and written, in one. */
import { kitOf } from "../kit.ts";
import type { App, Service } from "../service.ts";
import { agreementRoutes } from "./agreement.ts";
import { clockRoutes } from "./clocks.ts";
import { computingRoutes } from "./computing.ts";
import { evidenceRoutes } from "./evidence.ts";
import { fileRoutes } from "./files.ts";
import { incidentActRoutes } from "./incident-acts.ts";
import { incidentRoutes } from "./incidents.ts";
import { jobRoutes } from "./jobs.ts";
import { logRoutes } from "./log.ts";
import { releaseRoutes } from "./releases.ts";
import { reportRoutes } from "./reports.ts";
import { resultRoutes } from "./results.ts";

export async function resourceRoutes(app: App, service: Service): Promise<void> {
  const kit = await kitOf(service, (error) => app.log.error({ err: error }, "in the background"));
  // While the stores are still open.
  app.addHook("preClose", async () => {
    await kit.jobs.close();
    await kit.reads.close();
  });
  incidentRoutes(app, kit);
  incidentActRoutes(app, kit);
  releaseRoutes(app, kit);
  reportRoutes(app, kit);
  evidenceRoutes(app, kit);
  fileRoutes(app, kit);
  agreementRoutes(app, kit);
  clockRoutes(app, kit);
  computingRoutes(app, kit);
  jobRoutes(app, kit);
  resultRoutes(app, kit);
  logRoutes(app, kit);
}
