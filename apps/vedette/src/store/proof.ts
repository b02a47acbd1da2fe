/** A proof that one member was recorded: it alone, with what leads from it to a head that the node signed. */
import { readFileSync, statSync } from "node:fs";
import type { EventHeader, StoredEvent } from "@vedette/core/record/event";
import { canonicalJson, type Hash, type Json } from "@vedette/core/record/hash";
import { type Head, isSigned } from "@vedette/core/record/head";
import { commitmentOf, hashOfHeader } from "@vedette/core/record/header";
import { inclusionProofOf, isIncluded, leafOf } from "@vedette/core/record/merkle";
import { faultOfHead, faultOfHeader } from "@vedette/core/record/shape";
import { InputError } from "../problem.ts";
import { verifyFast } from "./key.ts";
import type { LogStore } from "./log-store.ts";
import { storedOf } from "./log-store.ts";
import type { Rows } from "./shelf.ts";

export interface Proof {
  readonly vedette: "proof";
  readonly version: 1;
  readonly member: { readonly key: string; readonly value: Json; readonly salt: string };
  readonly index: number;
  readonly size: number;
  /** RFC 9162: the hashes beside the way to the root, lowest first. */
  readonly path: readonly Hash[];
  readonly batch: StoredEvent;
  /** From the one after the batch to the one under the head. */
  readonly headers: readonly EventHeader[];
  readonly head: Head;
}

/** @throws InputError where there is no such member, or it was erased */
export function proofOf(store: LogStore, chain: string, key: string): Promise<Proof> {
  return store.shelf.snapshot((from) => proofFrom(from, store.place, chain, key));
}

async function proofFrom(from: Rows, place: string, chain: string, key: string): Promise<Proof> {
  const sequence = (await from.sequencesOfKeys(chain, [key])).get(key);
  if (sequence === undefined) throw refused(place, `no member ${key}`);
  const [batch] = await from.events({ chain, from: sequence, to: sequence, limit: 1 });
  const rows = await from.members(chain, sequence, 0, Number.MAX_SAFE_INTEGER);
  const index = rows.findIndex((row) => row.key === key);
  const { value, salt } = rows[index] ?? {};
  if (batch?.body === undefined || value === undefined || salt === undefined)
    throw refused(place, `member ${key} was erased: nothing is left to be proven`);
  const leaves = rows.map((row) => row.leaf ?? leafOf(row.salt ?? new Uint8Array(), memberOf(row)));
  const [head] = await from.heads(chain, sequence, Number.MAX_SAFE_INTEGER);
  if (head === undefined) throw refused(place, `no head is signed over event ${sequence}`);
  const after = await from.events({ chain, from: sequence + 1, to: head.sequence, limit: head.sequence - sequence });
  return {
    vedette: "proof",
    version: 1,
    member: { key, value: JSON.parse(value), salt: hexOf(salt) },
    index,
    size: rows.length,
    path: inclusionProofOf(leaves, index).map(hexOf),
    batch: storedOf(batch),
    headers: after.map(({ header }) => header),
    head,
  };
}

const memberOf = ({ key, value = "null" }: { readonly key: string; readonly value?: string }) => ({
  key,
  value: JSON.parse(value) as Json,
});

/** @returns what does not hold, in words */
export function faultOfProof({ member, index, size, path, batch, headers, head }: Proof): string | undefined {
  const wrong = [batch.header, ...headers].map(faultOfHeader).find((fault) => fault !== undefined) ?? faultOfHead(head);
  if (wrong !== undefined) return `a header or head ${wrong}`;
  const { body, salt = "" } = batch;
  if (body === undefined || commitmentOf(bytesOf(salt), body) !== batch.header.commitment)
    return "the batch's body is not the one that its header binds";
  const { count, root } = body as { readonly count?: Json; readonly root?: Json };
  if (count !== size || typeof root !== "string") return "the batch has another number of members";
  const leaf = leafOf(bytesOf(member.salt), member);
  if (!isIncluded({ leaf, index, size, proof: path.map(bytesOf), root: bytesOf(root) }))
    return "the member does not lead to the batch's root";
  return faultOfWay([batch.header, ...headers], head);
}

function faultOfWay(headers: readonly EventHeader[], head: Head): string | undefined {
  for (const [i, header] of headers.entries()) {
    const before = headers[i - 1];
    if (before !== undefined && header.previous !== hashOfHeader(before))
      return `header ${header.sequence} does not follow`;
  }
  const last = headers.at(-1);
  if (last === undefined || head.hash !== hashOfHeader(last) || head.sequence !== last.sequence)
    return "the head is of another event";
  if (head.node !== last.node) return "the head is of another node";
  return isSigned(head, verifyFast) ? undefined : "the head has a wrong signature";
}

const PROOF_BYTES = 64 << 20;
const START = '{"batch":';

export const textOfProof = (proof: Proof): string => canonicalJson(proof as unknown as Json);

/** Tells a proof from a case, which begins with another member. */
export function isProofFile(file: string): boolean {
  return statSync(file).size <= PROOF_BYTES && readFileSync(file, "utf8").startsWith(START);
}

/** @throws InputError where it does not hold */
export function verifyProofFile(
  file: string,
  keys: ReadonlyMap<string, string> = new Map(),
): { readonly node: string; readonly event: EventHeader; readonly member: string } {
  const proof = parsed(file);
  const fault = attempted(() => faultOfProof(proof));
  if (fault !== undefined) throw refused(file, `not proven: ${fault}`);
  const { node, publicKey } = proof.head;
  const key = keys.get(node);
  if (key !== undefined && key !== publicKey)
    throw refused(file, `signed with ${publicKey}, not with the key of ${node}`);
  return { node, event: proof.batch.header, member: proof.member.key };
}

function parsed(file: string): Proof {
  const text = readFileSync(file, "utf8").trimEnd();
  try {
    const proof = JSON.parse(text) as Proof;
    if (canonicalJson(proof as unknown as Json) === text && proof.vedette === "proof" && proof.version === 1)
      return proof;
  } catch {
    // Said below.
  }
  throw refused(file, "not a proof of vedette");
}

/** What a stranger wrote may lack anything. */
function attempted(check: () => string | undefined): string | undefined {
  try {
    return check();
  } catch {
    return "it is not in the form of a proof";
  }
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, "hex");
const refused = (file: string, message: string): InputError => new InputError([{ file, message }]);
