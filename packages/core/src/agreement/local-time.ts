/** Times as clocks on the wall show them: beside UTC, for people, never for reckoning. */
import type { Instant } from "../time/instant.ts";

const MOST_KNOWN = 256;

/** In a named zone (IANA): `2026-03-29 04:30 UTC+03:00 (Europe/Kyiv)`. @throws RangeError where there is no such zone */
export function localTextIn(timeZone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  });
  const known = new Map<Instant, string>();
  const write = (at: Instant): string => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const offset = parts.get("timeZoneName")?.replace("GMT", "UTC");
    const day = `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
    return `${day} ${parts.get("hour")}:${parts.get("minute")} ${offset} (${timeZone})`;
  };
  // The same instants stand in all notices of an incident, in each language.
  return (at) => {
    const text = known.get(at) ?? write(at);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(at, text);
    return text;
  };
}
