/** Decisions, kept by marking and entitlement: a live stream asks for a hundred thousand a second. */
import type { Decider } from "./cedar.ts";
import { entitlementKey, markingKey } from "./entitlement.ts";

/** There are few kinds of marking and fewer kinds of people; somebody who makes up new ones does not fill the memory. */
const MOST_KEPT = 100_000;

export function rememberingDecider(decide: Decider): Decider {
  const kept = new Map<string, boolean>();
  return (entitlement, action, marking) => {
    const key = `${action} ${entitlementKey(entitlement)} ${markingKey(marking)}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= MOST_KEPT) kept.clear();
    const decided = decide(entitlement, action, marking);
    kept.set(key, decided);
    return decided;
  };
}
