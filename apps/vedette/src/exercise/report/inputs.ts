/** Hashes of all that was read for a network, part by part: equal hashes, equal inputs, whatever files they stood in. */
import { createHash, type Hash } from "node:crypto";
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import type { Plan } from "../load.ts";

export function inputsOf(plans: readonly Plan[]): ExerciseResult["inputs"] {
  return plans.flatMap((plan) =>
    Object.entries(plan)
      .filter(([part, value]) => value !== undefined && part !== "title" && part !== "id")
      .map(([part, value]) => ({ network: plan.title, part, sha256: sha256Of(value) })),
  );
}

function sha256Of(value: unknown): string {
  const hash = createHash("sha256");
  feed(hash, value);
  return hash.digest("hex");
}

/** Keys in their order by name; what is binary byte by byte; each part with its kind and length, so that no two values look alike. */
function feed(hash: Hash, value: unknown): void {
  if (value instanceof SharedArrayBuffer || value instanceof ArrayBuffer) feed(hash, new Uint8Array(value));
  else if (ArrayBuffer.isView(value)) {
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    hash.update(`b${bytes.length}:`).update(bytes);
  } else if (Array.isArray(value)) {
    hash.update(`a${value.length}:`);
    for (const one of value) feed(hash, one);
  } else if (value instanceof Map) feed(hash, [...value]);
  else if (value instanceof Set) feed(hash, [...value]);
  else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, own]) => own !== undefined);
    hash.update(`o${entries.length}:`);
    for (const [key, own] of entries.sort(([a], [b]) => (a < b ? -1 : 1))) {
      feed(hash, key);
      feed(hash, own);
    }
  } else {
    const text = String(value);
    hash.update(`${typeof value}${Buffer.byteLength(text)}:${text}`);
  }
}
