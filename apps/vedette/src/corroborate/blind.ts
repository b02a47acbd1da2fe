/** Which kinds of event a kind of evidence never shows, read from the tables of sources: data, not code. */
import type { EvidenceKind } from "@vedette/core/verify/corroborate";
import type { EvidenceSources } from "../scenario/evidence-sources.ts";

/** By which feed a table's evidence comes in. */
const FEED_OF: Readonly<Record<EvidenceKind, string>> = { thermal: "firms", alerts: "alerts", news: "news" };
/** Says nothing of what happened: weighed as an event of any kind. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["unknown", "unverified-claim"]);

/** @param kinds all kinds of the taxonomy; a kind that no table of the feed detects is one that it is blind to */
export function blindKinds(
  sources: EvidenceSources,
  kinds: Iterable<string>,
): Record<EvidenceKind, ReadonlySet<string>> {
  const all = [...kinds].filter((kind) => !SAYS_NOTHING.has(kind));
  const blindOf = (kind: EvidenceKind): ReadonlySet<string> => {
    const feed = FEED_OF[kind];
    const tables = [...sources.values()].filter(({ enters = [] }) => enters.some((entry) => entry.feed === feed));
    return new Set(all.filter((event) => tables.length > 0 && tables.every(({ detects }) => !(event in detects))));
  };
  return { thermal: blindOf("thermal"), alerts: blindOf("alerts"), news: new Set() };
}
