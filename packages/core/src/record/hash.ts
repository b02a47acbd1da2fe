/** SHA-256 over canonical bytes (RFC 8785), in hexadecimal. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";

/** 64 lower-case hexadecimal digits. */
export type Hash = string;

/** What JSON can say: no NaN, no infinities, no lone surrogates. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** RFC 8785; members that are undefined are left out. @throws on what JSON cannot say */
export function canonicalJson(value: Json): string {
  // The engine's own writer, given members in order, is twice as fast and writes the same.
  const ordered = orderedOf(value);
  const text = ordered === undefined ? canonicalize(value) : JSON.stringify(ordered);
  if (text === undefined) throw new RangeError("no JSON form: undefined");
  return text;
}

/** The value with its members in order; undefined where only the slower way may tell, and refuse. */
function orderedOf(value: unknown): unknown {
  if (typeof value === "string") return value.isWellFormed() ? value : undefined;
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value !== "object") return undefined;
  if (Array.isArray(value)) return orderedItems(value);
  return Object.getPrototypeOf(value) === Object.prototype ? orderedMembers(value) : undefined;
}

function orderedItems(items: readonly unknown[]): unknown[] | undefined {
  const ordered: unknown[] = [];
  for (const item of items) {
    const own = orderedOf(item);
    if (own === undefined) return undefined;
    ordered.push(own);
  }
  return ordered;
}

function orderedMembers(members: object): object | undefined {
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(members).sort()) {
    const first = name.charCodeAt(0);
    // An engine moves whole numbers before all other names, and takes two names for its own.
    if ((first >= 48 && first <= 57) || name === "__proto__" || name === "toJSON" || !name.isWellFormed())
      return undefined;
    const member = (members as Readonly<Record<string, unknown>>)[name];
    if (member === undefined) continue;
    const own = orderedOf(member);
    if (own === undefined) return undefined;
    ordered[name] = own;
  }
  return ordered;
}

/** SHA-256 of bytes that come piece by piece. */
export class RunningHash {
  #state: ReturnType<typeof sha256.create>;

  constructor(of?: RunningHash) {
    this.#state = of === undefined ? sha256.create() : of.#state.clone();
  }

  update(bytes: Uint8Array): void {
    this.#state.update(bytes);
  }

  /** Of all that has come so far; more may come. */
  get hash(): Hash {
    return bytesToHex(this.#state.clone().digest());
  }
}

export function sha256Of(...parts: readonly (Uint8Array | string)[]): Hash {
  const state = sha256.create();
  for (const part of parts) state.update(typeof part === "string" ? bytesOf(part) : part);
  return bytesToHex(state.digest());
}

/** UTF-8. Most are short and plain: those take no detour through the platform's encoder. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 127) return utf8ToBytes(text);
    bytes[i] = unit;
  }
  return bytes;
}
