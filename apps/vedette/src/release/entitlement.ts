/** Who asks, and for what: a person of one nation, with roles in one workspace. */
import type { Marking, NationCode } from "@vedette/core/record/marking";

export const ROLES = [
  "observer",
  "analyst",
  "verifier",
  "assessor",
  "collection-manager",
  "national-representative",
  "administrator",
  "auditor",
] as const;
export type Role = (typeof ROLES)[number];

/** What can be done to a marked object. Reading is in all of them: nobody acts on what they are not given. */
export const ACTIONS = [
  "read",
  "report",
  "link",
  "verify",
  "assess",
  "ask-for-look",
  "sign-notice",
  "release",
  "erase",
] as const;
export type Action = (typeof ACTIONS)[number];

export interface Entitlement {
  readonly person: string;
  readonly nation: NationCode;
  readonly roles: readonly Role[];
  /** Of the workspace: an exercise's people see nothing real, and the other way round. */
  readonly use: Marking["use"];
}

/** All that a decision rests on, and nothing else: what a decision is kept under. */
export const entitlementKey = ({ nation, roles, use }: Entitlement): string =>
  `${nation} ${use} ${[...roles].sort().join(" ")}`;

export const markingKey = ({ owner, releasableTo, originatorControlled, use }: Marking): string =>
  `${owner} ${originatorControlled ? "o" : "-"} ${use} ${releasableTo === "all" ? "*" : [...new Set(releasableTo)].sort().join(" ")}`;
