/** A log with its projections, on any of the databases, and both read back to be compared. */
import type { Draft } from "@vedette/core/record/event";
import type { Json } from "@vedette/core/record/hash";
import type { Marking, NationCode } from "@vedette/core/record/marking";
import { instant } from "@vedette/core/time/instant";
import type { LogStore } from "../src/store/log-store.ts";
import { memoryStore } from "../src/store/open.ts";
import { openViews } from "../src/store/views-database.ts";
import type { ViewsDatabase } from "../src/store/views-writer.ts";
import { type Projector, projectorOf } from "../src/workspace/projector.ts";
import { type ProjectionTables, SCHEMA } from "../src/workspace/tables.ts";
import { clockAt, START } from "./log-fixture.ts";

export const NATIONS: readonly NationCode[] = ["DEU", "FRA", "POL", "UKR"];
export const ALL: Marking = { owner: "UKR", releasableTo: "all", originatorControlled: false, use: "exercise" };

export interface Bed {
  readonly store: LogStore;
  readonly views: ViewsDatabase<ProjectionTables>;
  readonly projector: Projector;
  readonly clock: { (): ReturnType<typeof instant>; now: number };
  readonly close: () => Promise<void>;
}

/** @param place of the projections */
export async function bedAt(place = ":memory:", most?: number, store?: LogStore): Promise<Bed> {
  const clock = clockAt(START);
  const log = store ?? memoryStore({ node: "node-a", clock });
  const views = await openViews<ProjectionTables>(place, SCHEMA);
  const projector = projectorOf({
    views,
    log: log.shelf.rows,
    nations: NATIONS,
    use: "exercise",
    ...(most !== undefined && { most }),
  });
  return {
    store: log,
    views,
    projector,
    clock,
    close: async () => {
      await projector.close();
      await views.close();
    },
  };
}

export const draft = (type: string, body: Json, marking: Marking = ALL, actor = "person:a"): Draft => ({
  type,
  typeVersion: 1,
  at: { start: START, end: instant(START + 1000) },
  actor,
  marking,
  body,
});

export const opened = (incident: string, marking: Marking = ALL, over: { readonly [key: string]: Json } = {}): Draft =>
  draft(
    "incident.opened",
    {
      incident,
      kind: "explosion",
      where: { latitudeDeg: 48, longitudeDeg: 37.5, radiusKm: 2, basis: "fix", name: "Bakhmut" },
      when: { start: START - 3_600_000, end: START },
      evidence: [`ev-${incident}`],
      reason: "told by two",
      ...over,
    },
    marking,
  );

/** All rows of all tables in order; audiences that nothing names any more aside. */
export async function rowsOf(views: ViewsDatabase<ProjectionTables>): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  await views.write(async ({ db }) => {
    for (const table of SCHEMA.tables) {
      if (table === "projection" || table === "audience" || table === "audience_nation") continue;
      const rows = await db
        .selectFrom(table as keyof ProjectionTables)
        .selectAll()
        .execute();
      all[table] = rows.map((row) => JSON.stringify(row, Object.keys(row).sort())).sort();
    }
  });
  return all;
}
