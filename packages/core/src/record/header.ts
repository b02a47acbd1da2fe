/** A header binds the one before it and its own body: whoever holds the last hash holds the chain. */
import type { EventHeader } from "./event.ts";
import { canonicalJson, type Hash, type Json, sha256Of } from "./hash.ts";

/** What the first event names as its predecessor. */
export const NO_PREVIOUS: Hash = "0".repeat(64);

/** Bytes of chance with each body and member: without them a short body could be guessed from its commitment. */
export const SALT_BYTES = 16;

/** Prefixes keep a hash made for one thing from passing for another; none begins as a Merkle leaf or node does. */
const HEADER = "vedette:header:1\n";
const BODY = "vedette:body:1\n";

export const hashOfHeader = (header: EventHeader): Hash => sha256Of(HEADER, canonicalJson(header as unknown as Json));

/** @throws where the salt has another length: what follows it could then be moved into it */
export function commitmentOf(salt: Uint8Array, body: Json): Hash {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes, not ${salt.length}`);
  return sha256Of(BODY, salt, canonicalJson(body));
}
