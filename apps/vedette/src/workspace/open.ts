/** A workspace opened: its log, its projections, and what keeps those up to date. */
import { machineClock } from "../store/log-store.ts";
import { openStore } from "../store/open.ts";
import { openViews } from "../store/views-database.ts";
import { projectorOf } from "./projector.ts";
import { queriesOn } from "./queries-on.ts";
import { type ProjectionTables, SCHEMA } from "./tables.ts";
import type { Workspace, WorkspaceSetting } from "./workspace.ts";

/** @throws InputError where its store cannot be opened */
export async function openWorkspace(setting: WorkspaceSetting): Promise<Workspace> {
  const { id, title, use, nations, clock = machineClock, place } = setting;
  const store = await openStore(place, { create: true, clock });
  try {
    const views = await openViews<ProjectionTables>(place, SCHEMA);
    const { onFault } = setting;
    const projector = projectorOf({
      views,
      log: store.shelf.rows,
      nations,
      use,
      ...(onFault && { onFault }),
    });
    return {
      id,
      title,
      use,
      nations,
      clock,
      store,
      projector,
      queries: queriesOn(views),
      close: async () => {
        await projector.close();
        await views.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
