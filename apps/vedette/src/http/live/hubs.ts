/** The hubs of a server: one for each workspace that somebody listens to, woken by its projector. */
import { ApiProblem } from "../api-problem.ts";
import type { Service } from "../service.ts";
import { Hub } from "./hub.ts";

export interface Hubs {
  /** @throws ApiProblem 404 */
  readonly of: (workspace: string) => Hub;
  readonly close: () => void;
}

export function hubsOf(
  { workspaces, liveSecret: secret }: Pick<Service, "workspaces" | "liveSecret">,
  onFault: (error: unknown) => void,
): Hubs {
  const hubs = new Map<string, Hub>();
  const stops: (() => void)[] = [];
  return {
    of(workspace) {
      const known = hubs.get(workspace);
      if (known !== undefined) return known;
      const asked = workspaces.get(workspace);
      if (asked === undefined) throw new ApiProblem("not-found", "");
      const { queries, projector } = asked;
      const changes = { after: queries.changesAfter.bind(queries), head: queries.head.bind(queries) };
      const hub = new Hub({ changes, secret, workspace, later, onFault });
      stops.push(projector.onChange(() => hub.wake()));
      hubs.set(workspace, hub);
      return hub;
    },
    close() {
      for (const stop of stops) stop();
      for (const hub of hubs.values()) hub.close();
    },
  };
}

function later(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
