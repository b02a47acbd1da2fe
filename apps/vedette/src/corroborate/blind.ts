/** Which kinds of event a kind of evidence never shows, read from the tables of sources and the taxonomy: data, not code. */
import type { EvidenceKind } from "@vedette/core/verify/corroborate";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import type { EvidenceSources } from "../scenario/evidence-sources.ts";

/** By which feed a table's evidence comes in. */
const FEED_OF: Readonly<Record<EvidenceKind, string>> = { thermal: "firms", alerts: "alerts", news: "news" };
/** What is so often reported as another kind shows where that one does: harm to civilians where there was an explosion. */
const SAME_FROM = 0.6;

/** A feed is blind to a kind where none of its tables detects it, nor any kind that it may have been reported for. */
export function blindKinds(sources: EvidenceSources, taxonomy: Taxonomy): Record<EvidenceKind, ReadonlySet<string>> {
  const blindOf = (kind: EvidenceKind): ReadonlySet<string> => {
    const tables = [...sources.values()].filter(({ enters = [] }) => enters.some(({ feed }) => feed === FEED_OF[kind]));
    const detected = new Set(tables.flatMap(({ detects }) => Object.keys(detects)));
    const shows = (event: string): boolean =>
      [...detected].some((other) => taxonomy.likeness01(event, other) >= SAME_FROM);
    return new Set(tables.length === 0 ? [] : taxonomy.kinds.filter((event) => !shows(event)));
  };
  return { thermal: blindOf("thermal"), alerts: blindOf("alerts"), news: new Set() };
}
