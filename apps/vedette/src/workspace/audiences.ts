/** Audiences: nations that were given the same of something share its row. */

import { sha256Of } from "@vedette/core/record/hash";
import { type Marking, mayRead, type NationCode } from "@vedette/core/record/marking";
import type { ViewsWriter } from "../store/views-writer.ts";
import type { ProjectionTables } from "./tables.ts";

/** An exercise's people see nothing real, and the other way round. */
export const readersOf = (
  marking: Marking,
  { nations, use }: { readonly nations: readonly NationCode[]; readonly use: Marking["use"] },
): NationCode[] => (marking.use === use ? nations.filter((nation) => mayRead(marking, nation)).sort() : []);

const keyOf = (nations: readonly NationCode[]): string => nations.toSorted().join(" ");

/** The same for the same nations, so that a log folded anew gives the same rows: 48 bits. */
export const audienceIdOf = (nations: readonly NationCode[]): number =>
  Number.parseInt(sha256Of(`vedette audience ${keyOf(nations)}`).slice(0, 12), 16);

/** Those that a page names, and how they come to be known. */
export class Audiences {
  readonly #named = new Map<string, { readonly id: number; readonly nations: readonly NationCode[] }>();

  idOf(nations: readonly NationCode[]): number {
    const key = keyOf(nations);
    const known = this.#named.get(key);
    if (known !== undefined) return known.id;
    const id = audienceIdOf(nations);
    this.#named.set(key, { id, nations: [...nations] });
    return id;
  }

  async putDown(to: ViewsWriter<ProjectionTables>): Promise<void> {
    const all = [...this.#named].map(([key, named]) => ({ key, ...named }));
    await to.put(
      "audience",
      ["id"],
      all.map(({ id, key }) => ({ id, key })),
    );
    await to.put(
      "audience_nation",
      ["nation", "audience"],
      all.flatMap(({ id, nations }) => nations.map((nation) => ({ audience: id, nation }))),
    );
  }
}

export async function nationsOf(
  to: ViewsWriter<ProjectionTables>,
  audiences: readonly number[],
): Promise<Map<number, NationCode[]>> {
  if (audiences.length === 0) return new Map();
  const rows = await to.db
    .selectFrom("audience_nation")
    .selectAll()
    .where("audience", "in", [...new Set(audiences)])
    .orderBy("nation")
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ audience }) => audience)].map(([id, own]) => [id, own.map(({ nation }) => nation)]),
  );
}
