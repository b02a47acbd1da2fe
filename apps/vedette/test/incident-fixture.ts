/** A small log with two nations' evidence, and a clock of its own. */
import type { Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import { type Instant, instant, MS_PER_DAY, MS_PER_HOUR, parseInstant } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import { seededChance } from "../src/store/chance.ts";
import { memoryStore } from "../src/store/open.ts";
import type { Store } from "../src/store/store.ts";

export const DAY: Instant = parseInstant("2026-06-14T21:00:00Z");
export const NOW: Instant = instant(DAY + 2 * MS_PER_DAY);

export const OPEN: Marking = {
  owner: "UKR",
  releasableTo: ["FRA", "GBR"],
  originatorControlled: false,
  use: "exercise",
};
export const CLOSED: Marking = { owner: "GBR", releasableTo: [], originatorControlled: true, use: "exercise" };

export function report(id: string, latitudeDeg: number, over: Partial<Evidence> = {}): Evidence {
  return {
    id,
    form: "report",
    kind: "explosion",
    where: { latitudeDeg, longitudeDeg: 37.5, radiusKm: 2, basis: "fix" },
    when: { start: instant(DAY + 3 * MS_PER_HOUR), end: instant(DAY + 5 * MS_PER_HOUR) },
    origin: { source: `medium-${id}`, operator: `medium-${id}` },
    grade: { source: "B", information: 2 },
    ingest: { hash: id.padEnd(64, "0") },
    ...over,
  };
}

/** Two of them name alike what is alike. */
export const newStore = (now: Instant = NOW): Store =>
  memoryStore({ node: "node-a", clock: () => now, chance: seededChance("node-a") });

export async function record(store: Store, items: readonly Evidence[], marking: Marking = OPEN): Promise<void> {
  await store.appendBatch({
    type: "evidence.recorded",
    typeVersion: 1,
    at: { start: DAY, end: instant(DAY + MS_PER_DAY) },
    actor: "import",
    marking,
    body: { feed: "test" },
    members: items.map((value) => ({ key: value.id, value: value as unknown as Json })),
  });
}
