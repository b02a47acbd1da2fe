/** Incidents and refusals for people: every refusal says what was found, and what would do. */
import { isoOf } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident } from "@vedette/core/verify/incident";
import type { IndependentSet } from "@vedette/core/verify/independence";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import { shownLine } from "./terminal.ts";

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
