/** SHA-256 over canonical bytes (RFC 8785), in hexadecimal. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";

/** 64 lower-case hexadecimal digits. */
export type Hash = string;

/** What JSON can say: no NaN, no infinities, no lone surrogates. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** RFC 8785; members that are undefined are left out. @throws on what JSON cannot say */
export function canonicalJson(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new RangeError("no JSON form: undefined");
  return text;
}

export const sha256Of = (...parts: readonly (Uint8Array | string)[]): Hash =>
  bytesToHex(sha256(concatBytes(...parts.map((part) => (typeof part === "string" ? utf8ToBytes(part) : part)))));
