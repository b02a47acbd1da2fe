/** The workspaces of this server that the asker takes part in. */
import { WorkspaceList } from "@vedette/wire/api-server";
import type { App, Service } from "../service.ts";

export function workspaceRoutes(app: App, { workspaces }: Service): void {
  app.get(
    "/workspaces",
    {
      schema: {
        operationId: "listWorkspaces",
        summary: "Workspaces",
        tags: ["workspace"],
        response: { 200: WorkspaceList },
      },
    },
    () => ({
      items: [...workspaces.values()].map(({ id, title, use, clock }) => ({
        id,
        title,
        use,
        now: new Date(clock()).toISOString(),
      })),
    }),
  );
}
