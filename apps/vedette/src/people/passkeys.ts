/** Passkeys (WebAuthn level 3): the server asks for no name; the key says whose it is, and that its holder was verified. */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { beginCeremony, CEREMONY_MS, takeCeremony } from "./ceremonies.ts";
import type { PeopleDatabase } from "./open.ts";

/** Where browsers find the server. A passkey is bound to it. */
export interface Site {
  /** Such as `https://vedette.example`. */
  readonly origin: string;
  readonly title: string;
}

export const MOST_PASSKEYS = 20;
const rpIdOf = ({ origin }: Site): string => new URL(origin).hostname;

/** Ed25519, ECDSA P-256, RSA: what keys of today have. */
const ALGORITHMS = [-8, -7, -257];

export async function beginPasskey(
  people: PeopleDatabase,
  site: Site,
  { person, name }: { readonly person: string; readonly name: string },
  nowMs: number,
) {
  const known = await people.selectFrom("passkey").select(["id", "transports"]).where("person", "=", person).execute();
  const options = await generateRegistrationOptions({
    rpName: site.title,
    rpID: rpIdOf(site),
    userName: name,
    userDisplayName: name,
    userID: new TextEncoder().encode(person),
    attestationType: "none",
    timeout: CEREMONY_MS,
    excludeCredentials: known.map(({ id, transports }) => ({ id, transports: transportsOf(transports) })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  await beginCeremony(people, "passkey-new", options.challenge, { person, detail: {} }, nowMs);
  return options;
}

/** @returns its id; nothing where the answer does not hold, came late, twice, or from another person */
export async function addPasskey(
  people: PeopleDatabase,
  site: Site,
  { person, name, response }: { readonly person: string; readonly name: string; readonly response: unknown },
  nowMs: number,
): Promise<string | undefined> {
  const challenge = challengeOf(response);
  if (challenge === undefined) return undefined;
  const ceremony = await takeCeremony(people, "passkey-new", challenge, nowMs);
  if (ceremony === undefined || ceremony.person !== person) return undefined;
  const verified = await held(() =>
    verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: rpIdOf(site),
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (verified?.verified !== true) return undefined;
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  const { numInsertedOrUpdatedRows } = await people
    .insertInto("passkey")
    .values({
      id,
      person,
      public_key: Buffer.from(publicKey).toString("base64url"),
      counter,
      transports: transports.filter((text) => typeof text === "string").join(" "),
      name,
      made_ms: nowMs,
      used_ms: null,
    })
    .onConflict((found) => found.column("id").doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? id : undefined;
}

/** The same for everybody: it names no key and no person. */
export async function beginPasskeySignIn(people: PeopleDatabase, site: Site, nowMs: number) {
  const options = await generateAuthenticationOptions({
    rpID: rpIdOf(site),
    userVerification: "required",
    timeout: CEREMONY_MS,
  });
  await beginCeremony(people, "passkey-sign-in", options.challenge, { person: undefined, detail: {} }, nowMs);
  return options;
}

/** @returns the person whose key it is */
export async function passkeySignIn(
  people: PeopleDatabase,
  site: Site,
  response: unknown,
  nowMs: number,
): Promise<string | undefined> {
  const challenge = challengeOf(response);
  if (challenge === undefined) return undefined;
  if ((await takeCeremony(people, "passkey-sign-in", challenge, nowMs)) === undefined) return undefined;
  const answer = response as AuthenticationResponseJSON;
  const row = await people
    .selectFrom("passkey")
    .innerJoin("person", "person.id", "passkey.person")
    .select(["passkey.id as id", "person", "public_key", "counter", "transports"])
    .where("passkey.id", "=", String(answer.id))
    .where("disabled_ms", "is", null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const verified = await held(() =>
    verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: rpIdOf(site),
      requireUserVerification: true,
      credential: {
        id: row.id,
        publicKey: new Uint8Array(Buffer.from(row.public_key, "base64url")),
        counter: row.counter,
        transports: transportsOf(row.transports),
      },
    }),
  );
  if (verified?.verified !== true) return undefined;
  const counter = verified.authenticationInfo.newCounter;
  // A copy of the key that is used at the same moment: one of the two wins.
  const { numUpdatedRows } = await people
    .updateTable("passkey")
    .set({ counter, used_ms: nowMs })
    .where("id", "=", row.id)
    .where("counter", "=", row.counter)
    .executeTakeFirst();
  return numUpdatedRows === 1n ? row.person : undefined;
}

/** What does not hold is thrown by the library in a dozen ways: all the same to whoever sent it. */
async function held<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch {
    return undefined;
  }
}

/** What the key was asked to sign, as it says itself. */
function challengeOf(response: unknown): string | undefined {
  try {
    const { clientDataJSON } = (response as { response: { clientDataJSON: string } }).response;
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, "base64url").toString("utf8"));
    return typeof challenge === "string" && challenge.length < 200 ? challenge : undefined;
  } catch {
    return undefined;
  }
}

const transportsOf = (text: string): string[] => (text === "" ? [] : text.split(" "));
