/** JSON merge patch, RFC 7396, on documents that remember where each value was set. */
import type { Entry, Located, LocatedMap, Place } from "./located.ts";

/** Told of each `null` in a patch that removes nothing: legal, but usually a misspelt key. */
export type OnIdle = (keyAt: Place, key: string, present: readonly string[]) => void;

/**
 * Maps merge by key, `null` removes a key, anything else (lists too) replaces. The values of the patch keep the
 * patch's places. Neither argument is changed.
 */
export function mergePatch(target: Located | undefined, patch: Located, onIdle: OnIdle = () => {}): Located {
  if (patch.kind !== "map") return patch;
  const base: LocatedMap = target?.kind === "map" ? target : { kind: "map", at: patch.at, entries: new Map() };
  const entries = new Map<string, Entry>(base.entries);
  for (const [key, { keyAt, node }] of patch.entries) {
    const before = entries.get(key);
    if (node.kind === "scalar" && node.value === null) {
      if (!entries.delete(key)) onIdle(keyAt, key, [...base.entries.keys()]);
    } else {
      const place = before?.node.kind === "map" && node.kind === "map" ? before.keyAt : keyAt;
      entries.set(key, {
        keyAt: place,
        node: mergePatch(before?.node, node, onIdle),
      });
    }
  }
  return { ...base, entries };
}
