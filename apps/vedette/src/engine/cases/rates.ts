/** Rates and spans of time from the tables of sources, as incidents ask for them. */
import { instant, MS_PER_HOUR } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { SpanOf } from "@vedette/core/verify/incident-estimate";
import type { Rates } from "@vedette/core/verify/incident-near";
import type { EvidenceSources } from "../../scenario/evidence-sources.ts";

const MS_PER_SECOND = 1000;

/** A source whose table knows nothing of the kind may still see what it is like: `explosion` stands for those. */
const STANDS_FOR_ALL = "explosion";

export const ratesFrom =
  (sources: EvidenceSources) =>
  ({ origin, form }: Evidence, kind: string): Rates | undefined => {
    if (form !== "detection" && form !== "alert") return undefined;
    const source = sources.get(origin.source);
    const detects = source?.detects[kind] ?? source?.detects[STANDS_FOR_ALL];
    if (source === undefined || detects === undefined) return undefined;
    const { falseAlarms } = source;
    return {
      detects01: detects.probability01.value,
      withinKm: detects.withinKm,
      withinMs: detects.withinHours * MS_PER_HOUR,
      ...("per1000Km2Day" in falseAlarms && { falsePerKm2Day: falseAlarms.per1000Km2Day.value / 1000 }),
    };
  };

/** A day's news tells of the evening before too: what a source's table says of its times widens what a record says. */
export const spansFrom =
  (sources: EvidenceSources): SpanOf =>
  ({ when, origin }) => {
    const time = sources.get(origin.source)?.time;
    return {
      start: instant(when.start - (time?.beforeS?.value ?? 0) * MS_PER_SECOND),
      end: instant(when.end + (time?.afterS?.value ?? 0) * MS_PER_SECOND),
    };
  };

/** Sources that pass on what others published. */
export const relaysIn = (sources: EvidenceSources): ReadonlySet<string> =>
  new Set([...sources.values()].filter(({ relays }) => relays === true).map(({ id }) => id));
