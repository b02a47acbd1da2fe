/** One digest for one meaning: the same whatever the formatting, comments, or order of keys. */
import { canonicalJson as canonicalOf, type Json } from "@vedette/core/record/hash";

/** Of what was read and checked, whose types say more than JSON's. Half a surrogate pair, which no JSON has, is U+FFFD. */
export const canonicalJson = (value: unknown): string => canonicalOf(wellFormed(value) as Json);

function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]));
}
