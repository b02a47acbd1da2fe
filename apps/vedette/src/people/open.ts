/** The database of a server's people: a file beside its workspaces, or the schema `people` of its PostgreSQL. */
import { join } from "node:path";
import { Kysely } from "kysely";
import { postgresDialect, sqliteDialect } from "../store/kysely.ts";
import { placeOf } from "../store/place.ts";
import { migratePeople } from "./schema.ts";
import type { PeopleTables } from "./tables.ts";

export type PeopleDatabase = Kysely<PeopleTables>;

const FILE = "people.sqlite";
const SCHEMA = "people";

/** @param place folder of the workspaces (`DIR`, `sqlite:DIR`), `:memory:`, or `postgres://…`; closed with `destroy()` */
export async function openPeople(place: string): Promise<PeopleDatabase> {
  if (place === ":memory:") return opened(new Kysely<PeopleTables>({ dialect: sqliteDialect(place) }), place);
  const where = placeOf(place);
  if (where.kind === "sqlite") {
    const file = join(where.folder, FILE);
    return opened(new Kysely<PeopleTables>({ dialect: sqliteDialect(file) }), file);
  }
  const url = new URL(where.url);
  url.searchParams.delete("options");
  const people = new Kysely<PeopleTables>({ dialect: postgresDialect(url.href, SCHEMA) });
  return opened(people, where.name, SCHEMA);
}

async function opened(people: PeopleDatabase, place: string, schema?: string): Promise<PeopleDatabase> {
  try {
    await migratePeople(people, place, schema);
    return people;
  } catch (error) {
    await people.destroy();
    throw error;
  }
}
