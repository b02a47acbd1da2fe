/** Challenges that wait for their answer: good once, for some minutes, on whichever server the answer comes to. */
import type { PeopleDatabase } from "./open.ts";
import { hashOfSecret } from "./secrets.ts";

export type CeremonyKind = "passkey-sign-in" | "passkey-new" | "oidc";

export const CEREMONY_MS = 10 * 60_000;

export interface Ceremony {
  /** For whom; none: for whoever answers it. */
  readonly person: string | undefined;
  readonly detail: Readonly<Record<string, string>>;
}

/** @param key what only its answer can show: a challenge, a state */
export async function beginCeremony(
  people: PeopleDatabase,
  kind: CeremonyKind,
  key: string,
  { person, detail }: Ceremony,
  nowMs: number,
): Promise<void> {
  const row = { kind, person: person ?? null, detail: JSON.stringify(detail), until_ms: nowMs + CEREMONY_MS };
  await people
    .insertInto("ceremony")
    .values({ hash: hashOfSecret(key), ...row })
    .execute();
}

/** Gone with the look: nobody answers it twice. */
export async function takeCeremony(
  people: PeopleDatabase,
  kind: CeremonyKind,
  key: string,
  nowMs: number,
): Promise<Ceremony | undefined> {
  const row = await people
    .deleteFrom("ceremony")
    .where("hash", "=", hashOfSecret(key))
    .where("kind", "=", kind)
    .returning(["person", "detail", "until_ms"])
    .executeTakeFirst();
  if (row === undefined || row.until_ms <= nowMs) return undefined;
  return { person: row.person ?? undefined, detail: JSON.parse(row.detail) as Record<string, string> };
}
