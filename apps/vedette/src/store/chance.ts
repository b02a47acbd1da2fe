/** Where salts and ids come from: the machine's own chance, or a seed where nothing is secret and the same bytes are wanted. */
import { createHash, randomBytes } from "node:crypto";

/** `purpose` is another one at each call for one log: a place in its chain and what stands there. */
export type Chance = (bytes: number, purpose: string) => Uint8Array;

export const machineChance: Chance = (bytes) => randomBytes(bytes);

/** For exercises and days of the past that ship: whoever knows the seed knows the salts. */
export const seededChance =
  (seed: string): Chance =>
  (bytes, purpose) => {
    const out = new Uint8Array(bytes);
    for (let block = 0; 32 * block < bytes; block++) {
      const digest = createHash("sha256").update(`vedette/chance\0${seed}\0${purpose}\0${block}`).digest();
      out.set(digest.subarray(0, Math.min(32, bytes - 32 * block)), 32 * block);
    }
    return out;
  };
