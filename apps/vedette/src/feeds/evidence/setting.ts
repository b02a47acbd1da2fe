/** What every kind of file is read with: the tables, the area, the moment. */
import type { Instant } from "@vedette/core/time/instant";
import type { EvidenceSource } from "@vedette/wire/evidence-source";
import type { AreaTable } from "./area-table.ts";
import type { Area } from "./places.ts";

export interface ReadSetting {
  readonly sources: ReadonlyMap<string, EvidenceSource>;
  /** Places outside it are refused; otherwise the source's own area counts, where it has one. */
  readonly area?: Area;
  /** No evidence is of later. */
  readonly latest: Instant;
  /** Named areas and settlements with their extent. */
  readonly areas: AreaTable;
  /** What a report's words tell of, where its record names no kind. None: words are not read. */
  readonly kindOfText?: (text: string) => string;
}
