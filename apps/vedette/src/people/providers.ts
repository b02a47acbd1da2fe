/** Signing in by an account elsewhere: OpenID Connect, authorisation code with PKCE, state and nonce. Who is not known here stays out. */
import * as oidc from "openid-client";
import { beginCeremony, takeCeremony } from "./ceremonies.ts";
import { addIdentity, personOfIdentity } from "./credentials.ts";
import type { PeopleDatabase } from "./open.ts";
import { sameText } from "./secrets.ts";

export interface ProviderSetting {
  /** In addresses: small letters. */
  readonly id: string;
  readonly title: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** An issuer without TLS is taken on loopback alone, for tests. */
  readonly allowPlain?: boolean;
}

export interface Provider {
  readonly setting: ProviderSetting;
  /** Asked of the issuer when it is first needed, again an hour later, and after a failure. */
  readonly configuration: (nowMs: number) => Promise<oidc.Configuration>;
}

const FOUND_MS = 3_600_000;
const ANSWER_S = 10;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** @throws RangeError where the issuer is plain and not on this machine */
export function providerOf(setting: ProviderSetting): Provider {
  const issuer = new URL(setting.issuer);
  const isPlain = issuer.protocol !== "https:";
  if (isPlain && !(setting.allowPlain === true && LOOPBACK.has(issuer.hostname)))
    throw new RangeError(`issuer ${setting.issuer}: expected https`);
  let found: { readonly at: number; readonly configuration: Promise<oidc.Configuration> } | undefined;
  return {
    setting,
    configuration(nowMs) {
      if (found === undefined || nowMs - found.at > FOUND_MS) {
        const { clientId, clientSecret } = setting;
        const plain = isPlain ? { execute: [oidc.allowInsecureRequests] } : {};
        const configuration = oidc.discovery(issuer, clientId, clientSecret, undefined, {
          timeout: ANSWER_S,
          ...plain,
        });
        found = { at: nowMs, configuration };
        configuration.catch(() => {
          found = undefined;
        });
      }
      return found.configuration;
    },
  };
}

export interface ProviderVisit {
  /** Where the browser is sent. */
  readonly url: string;
  /** For a cookie: the browser that comes back is the one that went. */
  readonly browser: string;
}

/** @param person who is to be known by that account from now on; none: signs in by it */
export async function beginProviderSignIn(
  people: PeopleDatabase,
  { setting, configuration }: Provider,
  { redirect, person }: { readonly redirect: string; readonly person?: string },
  nowMs: number,
): Promise<ProviderVisit> {
  const config = await configuration(nowMs);
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
  const browser = oidc.randomState();
  const detail = { provider: setting.id, nonce, verifier, browser };
  await beginCeremony(people, "oidc", state, { person, detail }, nowMs);
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: "openid",
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
  });
  return { url: url.href, browser };
}

export type ProviderOutcome =
  | { readonly is: "known"; readonly person: string; readonly isNew: boolean }
  | { readonly is: "unknown" }
  | { readonly is: "refused" };

/** @param url as the browser came back, on the redirect address; @param browser of its cookie */
export async function providerSignIn(
  people: PeopleDatabase,
  { setting, configuration }: Provider,
  { url, browser }: { readonly url: URL; readonly browser: string | undefined },
  nowMs: number,
): Promise<ProviderOutcome> {
  const state = url.searchParams.get("state") ?? "";
  const ceremony = await takeCeremony(people, "oidc", state, nowMs);
  const { provider, nonce = "", verifier = "", browser: began = "" } = ceremony?.detail ?? {};
  if (ceremony === undefined || provider !== setting.id) return { is: "refused" };
  if (browser === undefined || !sameText(browser, began)) return { is: "refused" };
  const claims = await claimsOf(await configuration(nowMs), url, { state, nonce, verifier });
  if (claims === undefined) return { is: "refused" };
  const { iss: issuer, sub: subject } = claims;
  if (ceremony.person !== undefined) {
    const { person } = ceremony;
    const isTheirs = await addIdentity(people, { person, issuer, subject });
    return isTheirs ? { is: "known", person, isNew: true } : { is: "refused" };
  }
  const person = await personOfIdentity(people, issuer, subject);
  return person === undefined ? { is: "unknown" } : { is: "known", person, isNew: false };
}

/** Nothing for an answer that does not hold: its code, its signature, its nonce, its times. */
async function claimsOf(
  config: oidc.Configuration,
  url: URL,
  { state, nonce, verifier }: { readonly state: string; readonly nonce: string; readonly verifier: string },
): Promise<oidc.IDToken | undefined> {
  try {
    const tokens = await oidc.authorizationCodeGrant(config, url, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    return tokens.claims();
  } catch {
    return undefined;
  }
}
