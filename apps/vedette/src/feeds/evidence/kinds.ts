/** Every kind of file that becomes evidence, by name. */
import type { Located } from "@vedette/core/geo/located";
import { canonicalJson, type Json } from "@vedette/core/record/hash";
import type { FeedMapping } from "@vedette/wire/feeds-mapping";
import type { Store } from "../../store/store.ts";
import { alertsKind } from "./alerts.ts";
import { firmsKind } from "./firms.ts";
import { claimKinds, type IncidentPlaces, patrolKind, replyKinds } from "./forms.ts";
import { mappedCsv, mappedGeoJson } from "./mapped.ts";
import { newsKind } from "./news.ts";
import { type EvidenceKind, sha256 } from "./reader.ts";
import type { ReadSetting } from "./setting.ts";

export const KINDS = ["firms", "alerts", "news", "csv", "geojson", "patrol", "claims", "replies"] as const;
export type KindName = (typeof KINDS)[number];

export interface KindExtras {
  /** For csv and geojson. */
  readonly mapping?: FeedMapping;
  /** For replies. */
  readonly incidents?: IncidentPlaces;
}

/** @throws RangeError where csv or geojson come without a mapping: the caller asks for one first */
export function kindOf(
  name: KindName,
  setting: ReadSetting,
  { mapping, incidents = new Map() }: KindExtras = {},
): EvidenceKind {
  switch (name) {
    case "firms":
      return { feed: name, files: { csv: firmsKind(setting) } };
    case "alerts":
      return { feed: name, files: { csv: alertsKind(setting) } };
    case "news":
      return { feed: name, files: { csv: newsKind(setting) } };
    case "patrol":
      return { feed: name, files: { json: patrolKind(setting) } };
    case "claims":
      return { feed: name, files: claimKinds(setting) };
    case "replies":
      return { feed: name, files: replyKinds(setting, incidents) };
    case "csv":
    case "geojson": {
      if (mapping === undefined) throw new RangeError(`${name} is read by a mapping`);
      const files = name === "csv" ? { csv: mappedCsv(mapping, setting) } : { json: mappedGeoJson(mapping, setting) };
      return { feed: name, reading: readingOf(mapping), files };
    }
  }
}

/** What a mapping makes of a row is another record under another mapping; what it says of itself does not count. */
function readingOf({ about: _, ...says }: FeedMapping): string {
  return sha256(canonicalJson(says as unknown as Json)).slice(0, 32);
}

/** Where the incidents of a log happened, as they were opened. */
export async function readIncidentPlaces(store: Store): Promise<IncidentPlaces> {
  const places = new Map<string, { where: Located; kind: string }>();
  for await (const { body } of store.events({ types: ["incident.opened"] })) {
    const opened = body as { incident?: string; where?: Located; kind?: string } | undefined;
    if (opened?.incident === undefined || opened.where === undefined) continue;
    places.set(opened.incident, { where: opened.where, kind: opened.kind ?? "unknown" });
  }
  return places;
}
