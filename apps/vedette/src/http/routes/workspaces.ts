/** The workspaces of this server that the asker takes part in. */
import Type from "typebox";
import type { App, Service } from "../app.ts";

const WorkspaceShown = Type.Object({
  id: Type.String(),
  title: Type.String(),
  use: Type.Union([Type.Literal("exercise"), Type.Literal("real")]),
  now: Type.String({ description: "the workspace's own clock, UTC" }),
});

export function workspaceRoutes(app: App, { workspaces }: Service): void {
  app.get(
    "/workspaces",
    {
      schema: {
        operationId: "listWorkspaces",
        summary: "Workspaces",
        tags: ["workspace"],
        response: { 200: Type.Object({ items: Type.Array(WorkspaceShown) }) },
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
