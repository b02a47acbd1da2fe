/**
 * Where a workspace's projections lie: a file beside its log, or a schema beside the log's. All in it can be made again from the log, so
 * that a commit need not wait for the disk; what was committed is never half there.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { placeOf } from "./place.ts";
import { sqliteViews } from "./views-sqlite.ts";
import type { ViewsDatabase, ViewsSchema } from "./views-writer.ts";

const VIEWS_FILE = "views.sqlite";

/** @param place of the log, as `openStore` reads it; or `:memory:` */
export async function openViews<Tables>(place: string, schema: ViewsSchema): Promise<ViewsDatabase<Tables>> {
  if (place === ":memory:") return sqliteViews(place, schema);
  const where = placeOf(place);
  if (where.kind === "postgres") return (await import("./views-postgres.ts")).postgresViews(where, schema);
  mkdirSync(where.folder, { recursive: true, mode: 0o700 });
  return sqliteViews(join(where.folder, VIEWS_FILE), schema);
}
