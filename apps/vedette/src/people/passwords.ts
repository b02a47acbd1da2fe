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

/** Nobody's fault: try again in a moment. */
export class CrowdError extends Error {}

/** At once: each takes 64 MiB and a core. */
const MOST_AT_ONCE = 4;
const MOST_WAITING = 64;
const gate = { running: 0, waiting: [] as (() => void)[] };

/** Many who try at once wait for each other. @throws CrowdError where too many wait already */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (gate.running >= MOST_AT_ONCE) {
    if (gate.waiting.length >= MOST_WAITING) throw new CrowdError("too many sign in by password");
    await new Promise<void>((resolve) => gate.waiting.push(resolve));
  } else gate.running++;
  try {
    return await work();
  } finally {
    const next = gate.waiting.shift();
    if (next === undefined) gate.running--;
    else next();
  }
}

export const hashOfPassword = (password: string): Promise<string> =>
  inTurn(() => argon2.hash(password.normalize("NFKC"), COST));

/** Of a password that nobody knows. */
const NOBODY: Promise<string>[] = [];

/** Made once, before anybody asks: the first name that is not there would take longer than others. */
export function hashOfNobody(): Promise<string> {
  if (NOBODY.length === 0) NOBODY.push(hashOfPassword(randomBytes(32).toString("hex")));
  return NOBODY[0] as Promise<string>;
}

/** As long for somebody who is not there as for somebody who is: who asks learns nothing of names. */
export async function isPassword(hash: string | undefined, password: string): Promise<boolean> {
  const asked = hash ?? (await hashOfNobody());
  const isRight = await inTurn(() => argon2.verify(asked, password.normalize("NFKC")));
  return isRight && hash !== undefined;
}

/** Made with cheaper parameters than today's: made anew at the next sign-in. */
export const isDated = (hash: string): boolean => argon2.needsRehash(hash, COST);
