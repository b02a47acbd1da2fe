/** A case as one file: JSON Lines in canonical bytes, each line one thing, in the order in which it is checked. */

import type { ChainClaim } from "@vedette/core/record/chain";
import type { ChainEntry } from "@vedette/core/record/chain-fault";
import { canonicalJson, type Hash, type Json } from "@vedette/core/record/hash";

export type CaseEntry =
  | { readonly vedette: "case"; readonly version: 1 }
  | { readonly chain: ChainClaim }
  | ChainEntry
  | { readonly file: { readonly hash: Hash; readonly bytes: number } }
  /** Base64, up to `DATA_BYTES` each; the file's end when its bytes are complete. */
  | { readonly data: string }
  /** SHA-256 over all bytes before this line: what the way did to the copy. What people did, signatures show. */
  | { readonly end: { readonly lines: number; readonly sha256: Hash } };

export const DATA_BYTES = 48 * 1024;

export function textOfEntry(entry: CaseEntry): string {
  if (!("event" in entry)) return canonicalJson(entry as unknown as Json);
  const { header, body, salt } = entry.event;
  return canonicalJson({ event: header, body, salt } as unknown as Json);
}

const SHAPES: Readonly<Record<string, readonly string[]>> = {
  vedette: ["vedette", "version"],
  chain: ["chain"],
  event: ["event", "body", "salt"],
  member: ["member"],
  head: ["head"],
  file: ["file"],
  data: ["data"],
  end: ["end"],
};

/** @returns words where the line is none that an export writes */
export function parseEntry(text: string): CaseEntry | string {
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "not a JSON object";
  const kind = Object.keys(SHAPES).find((name) => Object.hasOwn(value, name));
  const shape = kind === undefined ? [] : (SHAPES[kind] ?? []);
  const odd = Object.keys(value).find((name) => !shape.includes(name));
  if (kind === undefined || odd !== undefined) return `no line of a case: ${odd ?? "an empty object"}`;
  if (!isCanonical(value as Json, text)) return "not in canonical bytes (RFC 8785)";
  const wrong = wrongIn(kind, value as Readonly<Record<string, unknown>>);
  if (wrong !== undefined) return wrong;
  if (kind !== "event") return value as unknown as CaseEntry;
  const { event: header, ...rest } = value as { event: never };
  return { event: { header, ...rest } };
}

function isCanonical(value: Json, text: string): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isHash = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

/** Headers and heads are core's to judge; the rest is said here. */
function wrongIn(kind: string, value: Readonly<Record<string, unknown>>): string | undefined {
  const inner = value[kind];
  const members = isRecord(inner) ? inner : {};
  const has = (names: string) => isRecord(inner) && Object.keys(inner).sort().join() === names;
  switch (kind) {
    case "vedette":
      return wrongVersion(value);
    case "chain":
      return has("node,publicKey") && isText(members["node"]) && isHash(members["publicKey"])
        ? undefined
        : "a chain has a node and its public key, 64 hexadecimal digits";
    case "member":
      return wrongMember(inner, members);
    case "file":
      return has("bytes,hash") && isCount(members["bytes"]) && isHash(members["hash"])
        ? undefined
        : "a file has its number of bytes and their SHA-256";
    case "data":
      return typeof inner === "string" && /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(inner)
        ? undefined
        : "data are not base64";
    case "end":
      return has("lines,sha256") ? undefined : "the end has the number of lines and their SHA-256";
    default:
      return undefined;
  }
}

function wrongVersion({ vedette, version }: Readonly<Record<string, unknown>>): string | undefined {
  if (vedette !== "case" || !isCount(version)) return "not a case of vedette";
  return version === 1 ? undefined : `a newer vedette wrote it (version ${version}; this one reads 1)`;
}

function wrongMember(inner: unknown, members: Readonly<Record<string, unknown>>): string | undefined {
  const isKnown = Object.keys(members).every((name) => ["key", "value", "salt", "leaf"].includes(name));
  const isTexts = ["salt", "leaf"].every((name) => members[name] === undefined || typeof members[name] === "string");
  return isRecord(inner) && isKnown && isTexts && isText(members["key"])
    ? undefined
    : "a member has a key, and a value with its salt or a leaf";
}
