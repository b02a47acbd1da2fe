/** The door to argon2: passwords as argon2id hashes, with OWASP's parameters of 2026 or dearer. */
import { randomBytes } from "node:crypto";
import argon2 from "argon2";

/** 64 MiB, three passes: about 0.1 s of one core, against 19 MiB and two that OWASP asks for at least. */
const COST = { type: argon2.argon2id, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;

/** NIST SP 800-63B: length counts, not kinds of letters. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 256;

/** Why a password is not taken; none where it is. */
export function faultOfPassword(password: string, { name }: { readonly name: string }): string | undefined {
  if (password.length < SHORTEST_PASSWORD)
    return `expected ${SHORTEST_PASSWORD} characters or more, found ${password.length}`;
  if (password.length > LONGEST_PASSWORD)
    return `expected ${LONGEST_PASSWORD} characters at most, found ${password.length}`;
  if (new Set(password).size < 5) return "too few different characters";
  if (name.length > 3 && password.toLowerCase().includes(name.toLowerCase())) return "it holds your name";
  return undefined;
}

export const hashOfPassword = (password: string): Promise<string> => argon2.hash(password.normalize("NFKC"), COST);

/** Of a password that nobody knows. */
const NOBODY: Promise<string>[] = [];

/** As long for somebody who is not there as for somebody who is: who asks learns nothing of names. */
export async function isPassword(hash: string | undefined, password: string): Promise<boolean> {
  if (NOBODY.length === 0) NOBODY.push(hashOfPassword(randomBytes(32).toString("hex")));
  const isRight = await argon2.verify(hash ?? (await (NOBODY[0] as Promise<string>)), password.normalize("NFKC"));
  return isRight && hash !== undefined;
}

/** Made with cheaper parameters than today's: made anew at the next sign-in. */
export const isDated = (hash: string): boolean => argon2.needsRehash(hash, COST);
