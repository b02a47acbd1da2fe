/** The workspaces of this server that the asker takes part in. */
import { WorkspaceList } from "@vedette/wire/api-server";
import { READ_PROBLEMS } from "../answers.ts";
import { entitlementFor } from "../auth/entitled.ts";
import { signedInOf } from "../auth/who.ts";
import type { App, Service } from "../service.ts";

export function workspaceRoutes(app: App, { workspaces, people }: Service): void {
  app.get(
    "/workspaces",
    {
      schema: {
        operationId: "listWorkspaces",
        summary: "Workspaces",
        tags: ["workspace"],
        response: { 200: WorkspaceList, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const signedIn = signedInOf(request);
      const all = [...workspaces.values()];
      const given = await Promise.all(all.map((one) => people && entitlementFor(people, signedIn, one)));
      const items = all.filter((_, i) => given[i] !== undefined);
      return {
        items: items.map(({ id, title, use, clock }) => ({ id, title, use, now: new Date(clock()).toISOString() })),
      };
    },
  );
}
