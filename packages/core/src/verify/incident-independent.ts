/** Which of an incident's witnesses count as more than one. */
import type { Evidence } from "./evidence.ts";
import type { Incident } from "./incident.ts";
import { type IndependentSet, largestIndependentSet } from "./independence.ts";

/** The incident's witnesses that count, and of each other why it does not: what a page shows. */
export function independentOf(
  { links }: Incident,
  evidence: ReadonlyMap<string, Evidence>,
  relays: ReadonlySet<string> = new Set(),
): IndependentSet {
  const items = [...links.values()].flatMap((link) => {
    const item = link.role === "witness" ? evidence.get(link.evidence) : undefined;
    return item === undefined ? [] : [withoutRelay(item, relays)];
  });
  const claims = items.filter(isInterested);
  const set = largestIndependentSet(items.filter((item) => !isInterested(item)));
  const notCounted = claims.map(({ id }) => ({ id, code: "interested" }) as const);
  return { ...set, notCounted: [...set.notCounted, ...notCounted] };
}

/** Two claims of the parties, true or false, corroborate nothing. */
const isInterested = ({ form }: Evidence): boolean => form === "claim" || form === "reply";

export const witnessesOf = ({ links }: Pick<Incident, "links">): string[] =>
  [...links.values()].filter(({ role }) => role === "witness").map(({ evidence }) => evidence);

/** Who passes on what others published is no source of its own where they are known. */
function withoutRelay(item: Evidence, relays: ReadonlySet<string>): Evidence {
  const { source, operator } = item.origin;
  if (!relays.has(source) || operator === undefined) return item;
  return { ...item, origin: { ...item.origin, source: operator } };
}
