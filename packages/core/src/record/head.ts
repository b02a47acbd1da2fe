/** Signed heads: the node's word that its chain stood so, at an event, with Ed25519 (RFC 8032). */
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Instant } from "../time/instant.ts";
import { canonicalJson, type Hash } from "./hash.ts";

export interface HeadStatement {
  readonly version: 1;
  readonly node: string;
  /** Of the last event that it speaks for, and the hash of that event's header: it binds all before. */
  readonly sequence: number;
  readonly hash: Hash;
  /** That event's `recordedAt`. */
  readonly at: Instant;
  /** Ed25519, 64 hexadecimal digits. */
  readonly publicKey: string;
}

export interface Head extends HeadStatement {
  /** 128 hexadecimal digits. */
  readonly signature: string;
}

/** Signs a message with the node's key. The key itself stays with whoever holds it. */
export type Sign = (message: Uint8Array) => Uint8Array;
export type VerifySignature = (signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array) => boolean;

const HEAD = "vedette:head:1\n";

export const messageOfHead = (statement: HeadStatement): Uint8Array => {
  const { version, node, sequence, hash, at, publicKey } = statement;
  return utf8ToBytes(HEAD + canonicalJson({ version, node, sequence, hash, at, publicKey }));
};

export function signHead(statement: HeadStatement, sign: Sign): Head {
  return { ...statement, signature: bytesToHex(sign(messageOfHead(statement))) };
}

/** Strict RFC 8032: small-order keys and signatures in another form are refused. */
export const verifyEd25519: VerifySignature = (signature, message, publicKey) => {
  try {
    return ed25519.verify(signature, message, publicKey, { zip215: false });
  } catch {
    return false;
  }
};

/** @param verify a faster one where the machine has it; the answer must be the same */
export function isSigned(head: Head, verify: VerifySignature = verifyEd25519): boolean {
  if (!/^[0-9a-f]{64}$/.test(head.publicKey) || !/^[0-9a-f]{128}$/.test(head.signature)) return false;
  return verify(hexToBytes(head.signature), messageOfHead(head), hexToBytes(head.publicKey));
}
