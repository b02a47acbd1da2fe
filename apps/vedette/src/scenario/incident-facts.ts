/** Incidents from a file, to try an agreement on. */
import type { IncidentFacts } from "@vedette/core/agreement/facts";
import { type Interval, instant, interval, parseInstant } from "@vedette/core/time/instant";
import type { IncidentFacts as FactsFile } from "@vedette/wire/incident-facts";
import { InputError, type Problem } from "../problem.ts";
import { readDataFile } from "./data-file.ts";
import { type Cursor, childOf, descendantOf, itemsOf, problemAt, textOf } from "./located.ts";
import { quoted } from "./words.ts";

type Written = FactsFile["incidents"][number];
type Span = Written["when"];

/** @throws InputError with every problem, each with its line and column */
export async function readIncidentFacts(path: string): Promise<readonly IncidentFacts[]> {
  const { value, cursor } = await readDataFile<FactsFile>("incident-facts", path);
  const written = itemsOf(childOf(cursor, "incidents"));
  const problems = [...written.flatMap(timeProblems), ...twiceProblems(written)];
  if (problems.length > 0) throw new InputError(problems);
  return value.incidents.map(factsOf);
}

function factsOf({ when, firstObserved, replies, where, ...rest }: Written): IncidentFacts {
  const { name, ...place } = where;
  const { finding, measures, mayBe, ...head } = rest;
  return {
    ...head,
    ...(finding !== undefined && { finding }),
    ...(measures !== undefined && { measures }),
    ...(mayBe !== undefined && { mayBe }),
    where: { ...place, ...(name !== undefined && { name }) },
    when: intervalOf(when),
    firstObserved: intervalOf(firstObserved),
    ...(replies !== undefined && { replies: replies.map(({ party, at }) => ({ party, at: intervalOf(at) })) }),
  };
}

/** An instant lasts as long as it is written precisely: `12:30Z` a minute, `12:30:00Z` a second. */
function intervalOf(span: Span): Interval {
  if (typeof span !== "string") {
    const latest = intervalOf(span.latest);
    return interval(parseInstant(span.earliest), latest.end);
  }
  const start = parseInstant(span);
  const lastsMs = /T\d\d:\d\dZ$/.test(span) ? 60_000 : span.includes(".") ? 1 : 1000;
  return interval(start, instant(start + lastsMs));
}

function timeProblems(incident: Cursor): Problem[] {
  const replies = itemsOf(childOf(incident, "replies")).map((reply) => childOf(reply, "at"));
  const spans = [childOf(incident, "when"), childOf(incident, "firstObserved"), ...replies];
  return spans.flatMap((span) => (span === undefined ? [] : spanProblems(span)));
}

function spanProblems(span: Cursor): Problem[] {
  const ends = span.node.kind === "map" ? [childOf(span, "earliest"), childOf(span, "latest")] : [span];
  const bad = ends.flatMap((end) => (end !== undefined && !isInstant(textOf(end) ?? "") ? [end] : []));
  if (bad.length > 0) {
    return bad.map((end) => problemAt(end, `expected a date and time that exist, found ${quoted(textOf(end) ?? "")}`));
  }
  const [earliest, latest] = [descendantOf(span, "earliest"), descendantOf(span, "latest")].map(textOf);
  if (earliest === undefined || latest === undefined || Date.parse(earliest) <= Date.parse(latest)) return [];
  return [problemAt(span, `the earliest, ${earliest}, is after the latest, ${latest}`)];
}

function isInstant(text: string): boolean {
  try {
    parseInstant(text);
    return true;
  } catch {
    return false;
  }
}

function twiceProblems(incidents: readonly Cursor[]): Problem[] {
  const seen = new Set<string>();
  return incidents.flatMap((incident) => {
    const id = childOf(incident, "id");
    const text = textOf(id) ?? "";
    const isTwice = seen.has(text);
    seen.add(text);
    return isTwice && id !== undefined ? [problemAt(id, `the incident ${quoted(text)} stands twice`)] : [];
  });
}
