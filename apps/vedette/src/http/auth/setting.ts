/** What the server knows of its people, and how they may come in. */
import type { Journal } from "../../people/journal.ts";
import type { PeopleDatabase } from "../../people/open.ts";
import type { Site } from "../../people/passkeys.ts";
import type { Provider } from "../../people/providers.ts";
import type { Role } from "../../release/entitlement.ts";

export interface PeopleService {
  readonly database: PeopleDatabase;
  readonly journal: Journal;
  /** Of the machine: sessions end by it, whatever a workspace's own clock says. UTC milliseconds. */
  readonly nowMs: () => number;
  readonly site: Site;
  /** For stand-alone sites. */
  readonly passwords: boolean;
  readonly providers: ReadonlyMap<string, Provider>;
  /** Exercise workspaces take whoever comes over loopback, with these roles; none: nobody. Never an operation. */
  readonly exercise?: { readonly roles: readonly Role[] };
  readonly limits?: Limits;
}

/** Requests a minute. */
export interface Limits {
  /** Of one person, or one token. */
  readonly person: number;
  /** From one address, whoever asks. */
  readonly address: number;
  /** From one address to where one signs in. */
  readonly signIn: number;
}

/** A sensor network that posts 5,000 reports a second in hundreds needs 3,000; 500 people behind one address some more. */
export const USUAL_LIMITS: Limits = { person: 12_000, address: 60_000, signIn: 60 };
