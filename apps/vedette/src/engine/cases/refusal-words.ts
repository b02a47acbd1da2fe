/** Refusals for people: every one says what was found, and what would do. */
import { isoOf } from "@vedette/core/time/instant";
import type { Refusal } from "@vedette/core/verify/incident";

const list = (items: readonly string[]): string => (items.length === 0 ? "none" : items.join(", "));

export function refusalText(refusal: Refusal): string {
  switch (refusal.code) {
    case "malformed":
      return `${refusal.path}: expected ${refusal.expected}`;
    case "no-body":
      return "the event has no body";
    case "unknown-incident":
      return `no incident ${refusal.incident} in this log`;
    case "already-there":
      return `${refusal.incident} is there already`;
    case "merged":
      return `${refusal.incident} was merged into ${refusal.into}: name that one, or split it out first`;
    case "stands-still":
      return `${refusal.incident} is ${refusal.state}: re-open it first`;
    case "no-transition":
      return `from ${refusal.from} there is no way to ${refusal.to}; from there: ${list(refusal.allowed)}`;
    case "needs-a-person":
      return `that is for people: ${refusal.actor} is a program`;
    case "same-person":
      return `two people are needed: ${refusal.person} is among those who verified it or what was merged into it (${list(refusal.verifiers)})`;
    case "not-located":
      return `its place is known within ${refusal.radiusKm} km; located is within ${refusal.withinKm} km`;
    case "too-few-independent":
      return `${refusal.count} independent items of evidence; ${refusal.needed} are needed`;
    case "not-linked":
      return `not linked to it as a witness: ${list(refusal.evidence)}`;
    case "already-linked":
      return `linked to it already: ${list(refusal.evidence)}`;
    case "taken-away-by-a-person":
      return `a person took it away: ${list(refusal.evidence)}`;
    case "last-evidence":
      return `an incident keeps at least one item of evidence: ${refusal.incident} would have none left; retract it instead`;
    case "verified-as-it-stands":
      return `${refusal.incident} is ${refusal.state} as it stands${refusal.evidence.length > 0 ? `, on ${list(refusal.evidence)}` : ""}: step back with \`vedette incident undo\` first`;
    case "replies-by-assessor":
      return `${refusal.person} wrote down the replies of ${list(refusal.parties)}: somebody else assesses`;
    case "replies-awaited":
      return `replies are awaited at ${isoOf(refusal.at)}: ${refusal.awaited.map(({ party, until }) => `${party} until ${isoOf(until.end)}`).join(", ")}`;
    case "asks-unsaid":
      return "say which parties are asked, and until when, or that nobody is";
    case "deadline-past":
      return `${refusal.party}: the deadline ${isoOf(refusal.until.end)} is not after ${isoOf(refusal.at)}`;
    case "not-asked":
      return `${refusal.party} was not asked; asked were: ${list(refusal.asked)}`;
    case "no-finding":
      return "an assessment has a finding: breach, no-breach or undetermined";
    case "no-agreement":
      return "an assessment names the agreement and its version";
    case "no-clause":
      return "a breach names its clause";
    case "clause-without-breach":
      return `no breach has no clause: ${list(refusal.clauses)}`;
    case "nothing-to-refer":
      return "it was assessed as no breach: there is nothing to refer";
  }
}
