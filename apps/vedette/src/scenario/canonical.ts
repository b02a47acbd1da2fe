/** One digest for one meaning: the same whatever the formatting, comments, or order of keys. */
import { createHash } from "node:crypto";

/** JSON with keys in order of UTF-16 code units and no space, as RFC 8785 writes it. Undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`no JSON form: ${value}`);
  return JSON.stringify(value);
}

export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
