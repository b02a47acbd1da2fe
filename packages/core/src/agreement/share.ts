/**
 * How likely a test holds, between two bounds. Tests on one incident hang together in ways nobody knows, so what is
 * combined keeps only what is certain whatever the dependence (Frechet 1935): shares are never multiplied.
 */

export interface Share {
  readonly low01: number;
  readonly high01: number;
}

export type Verdict = "touches" | "does-not" | "cannot-be-told";

export const YES: Share = { low01: 1, high01: 1 };
export const NO: Share = { low01: 0, high01: 0 };
export const UNKNOWN: Share = { low01: 0, high01: 1 };

export const shareOf = (share01: number): Share => ({ low01: share01, high01: share01 });

export const notShare = ({ low01, high01 }: Share): Share => ({ low01: 1 - high01, high01: 1 - low01 });

export function allOf(shares: readonly Share[]): Share {
  const lacking = shares.reduce((sum, { low01 }) => sum + (1 - low01), 0);
  return { low01: Math.max(0, 1 - lacking), high01: Math.min(1, ...shares.map(({ high01 }) => high01)) };
}

export const anyOf = (shares: readonly Share[]): Share => notShare(allOf(shares.map(notShare)));

/** `certain01`: what the agreement takes for certain, above a half. */
export function verdictOf({ low01, high01 }: Share, certain01: number): Verdict {
  if (low01 >= certain01) return "touches";
  return high01 <= 1 - certain01 ? "does-not" : "cannot-be-told";
}
