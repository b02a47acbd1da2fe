/** Evidence by a few words: what a test does not speak of is filled in. */

import { instant } from "../src/time/instant.ts";
import type { Evidence, Origin } from "../src/verify/evidence.ts";

interface Sketch {
  readonly id: string;
  readonly origin?: Partial<Origin>;
  readonly text?: string;
  readonly day?: number;
  readonly hash?: string;
}

export function evidenceOf({ id, origin, text, day = 0, hash }: Sketch): Evidence {
  return {
    id,
    form: "report",
    kind: "unknown",
    where: { latitudeDeg: 50, longitudeDeg: 36, radiusKm: 1, basis: "settlement" },
    when: { start: instant(day * 86_400_000), end: instant((day + 1) * 86_400_000) },
    origin: { source: `source of ${id}`, ...origin },
    grade: { source: "F", information: 6 },
    ...(text === undefined ? {} : { text }),
    ingest: { hash: hash ?? `hash of ${id}` },
  };
}
