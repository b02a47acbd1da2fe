/** `vedette store rebuild`: projections dropped, and folded anew from the log. */
import { InputError } from "../problem.ts";
import { openStore } from "../store/open.ts";
import { openViews } from "../store/views-database.ts";
import { foldedFor, projectorOf } from "./projector.ts";
import { type ProjectionTables, SCHEMA } from "./tables.ts";

export interface Rebuilt {
  readonly nations: readonly string[];
  readonly incidents: number;
  readonly evidence: number;
  readonly changes: number;
}

/** @throws InputError where no log is there, or no server ever made any of it */
export async function rebuildProjections(place: string): Promise<Rebuilt> {
  const store = await openStore(place);
  try {
    const views = await openViews<ProjectionTables>(place, SCHEMA);
    try {
      const folding = await foldedFor(views);
      if (folding === undefined) {
        const message = "nothing to rebuild: a server makes its projections when it first opens this log";
        throw new InputError([{ file: store.place, message }]);
      }
      const projector = projectorOf({ views, log: store.shelf.rows, ...folding });
      await projector.rebuild();
      await projector.close();
      return await views.write(async ({ db }) => {
        const countOf = async (table: "incident_view" | "evidence_item" | "change"): Promise<number> =>
          Number(
            (
              await db
                .selectFrom(table)
                .select(({ fn }) => fn.countAll().as("n"))
                .executeTakeFirst()
            )?.n ?? 0,
          );
        return {
          nations: folding.nations,
          incidents: await countOf("incident_view"),
          evidence: await countOf("evidence_item"),
          changes: await countOf("change"),
        };
      });
    } finally {
      await views.close();
    }
  } finally {
    await store.close();
  }
}
