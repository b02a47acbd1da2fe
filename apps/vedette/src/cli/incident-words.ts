/** Incidents and refusals for people: every refusal says what was found, and what would do. */
import { isoOf } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident, Refusal } from "@vedette/core/verify/incident";
import type { IndependentSet } from "@vedette/core/verify/independence";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import { shownLine } from "./terminal.ts";

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

export function incidentRow(incident: Incident, taxonomy: Taxonomy): string {
  const { id, kind, where, when, state, mergedInto } = incident;
  const place =
    where.name !== undefined
      ? shownLine(where.name)
      : `${where.latitudeDeg.toFixed(3)}, ${where.longitudeDeg.toFixed(3)}`;
  return [
    id,
    (mergedInto === undefined ? state : "merged").padEnd(12),
    `${isoOf(when.start).slice(0, 16)}Z`,
    taxonomy.titleOf(kind, "en").padEnd(34).slice(0, 34),
    place,
  ].join("  ");
}

export interface Shown {
  readonly incident: Incident;
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly independent: IndependentSet;
  readonly taxonomy: Taxonomy;
}

export function incidentText({ incident, evidence, independent, taxonomy }: Shown): string {
  const { id, kind, where, when, state, mergedInto, verifiers, asked, replies, assessment } = incident;
  const lines = [
    `${id}: ${taxonomy.titleOf(kind, "en")}`,
    `state        ${state}${mergedInto === undefined ? "" : `, merged into ${mergedInto}`}`,
    `where        ${shownLine(where.name ?? "")} ${where.latitudeDeg.toFixed(4)}, ${where.longitudeDeg.toFixed(4)} ± ${where.radiusKm} km (${where.basis})`,
    `when         ${isoOf(when.start)} to ${isoOf(when.end)}`,
    `independent  ${independent.count} of ${independent.counted.length + independent.notCounted.length} witnesses`,
    ...[...incident.links.values()].map((link) => evidenceText(link.evidence, link.role, evidence, independent)),
    ...(verifiers.length === 0 ? [] : [`verified by  ${verifiers.join(", ")}`]),
    ...asked.map(({ party, until }) => `asked        ${party} until ${isoOf(until.end)}`),
    ...replies.map(({ party, recordedAt }) => `reply        ${party}, recorded ${isoOf(recordedAt)}`),
    ...(assessment === undefined
      ? []
      : [
          `assessed     ${assessment.finding} ${assessment.clauses.join(", ")} by ${assessment.by}, under ${assessment.agreement.id} ${assessment.agreement.version}`,
        ]),
    "history",
    ...incident.history.map(
      ({ recordedAt, actor, type, to, reason }) =>
        `  ${isoOf(recordedAt)}  ${actor}  ${to ?? type.replace("incident.", "")}: ${shownLine(reason)}`,
    ),
  ];
  return lines.map((line) => line.trimEnd()).join("\n");
}

function evidenceText(id: string, role: string, all: Shown["evidence"], independent: IndependentSet): string {
  const item = all.get(id);
  if (item === undefined) return `  ${id}  ${role}, not in this log`;
  const { origin, grade, where, when } = item;
  const not = independent.notCounted.find((one) => one.id === id);
  const why =
    role === "context"
      ? "context"
      : not === undefined
        ? "counts"
        : not.code === "no-provenance"
          ? "does not count: nobody knows where it comes from"
          : not.code === "interested"
            ? "does not count: a party says so in its own cause"
            : `does not count beside ${not.on.map((other) => `${other.id} (${other.reasons.map(({ code }) => code).join(", ")})`).join("; ")}`;
  const by = origin.operator === undefined ? origin.source : `${origin.source}, ${origin.operator}`;
  return `  ${id}  ${item.form} of ${by}  ${grade.source}${grade.information}  ${shownLine(where.name ?? "")}  ${isoOf(when.start).slice(0, 16)}Z  ${why}`;
}

/** Plain JSON: maps and sets as lists. */
export function incidentJson({ incident, independent }: Pick<Shown, "incident" | "independent">): object {
  const { links, refusedEvidence, when, ...rest } = incident;
  return {
    ...rest,
    when: { start: isoOf(when.start), end: isoOf(when.end) },
    links: [...links.values()],
    refusedEvidence: [...refusedEvidence],
    independent,
  };
}
