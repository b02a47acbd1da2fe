/** Views of the workspace as the server says them: instants as text, maps as lists. */
import type { Marking } from "@vedette/core/record/marking";
import { isoOf } from "@vedette/core/time/instant";
import type { Incident } from "@vedette/core/verify/incident";
import type { EvidenceOne } from "@vedette/wire/api-evidence";
import type { IncidentHead, IncidentOne } from "@vedette/wire/api-incidents";
import type { EvidenceView, IncidentView, Queries } from "../workspace/queries.ts";
import type { Asked } from "./asked.ts";
import { spanShown } from "./lists.ts";

export const markingShown = ({ owner, releasableTo, originatorControlled, use }: Marking) => ({
  owner,
  releasableTo: releasableTo === "all" ? ("all" as const) : [...releasableTo],
  originatorControlled,
  use,
});

export function headShown({
  id,
  version,
  incident,
  marking,
  changedAt,
  witnesses,
  probability01,
}: IncidentView): IncidentHead {
  const { kind, state, where, when } = incident;
  return {
    id,
    version,
    kind,
    state,
    where: { ...where },
    when: spanShown(when),
    witnesses,
    probability01: probability01 ?? null,
    changedAt: isoOf(changedAt),
    marking: markingShown(marking),
  };
}

export function incidentShown(view: IncidentView, linked: Awaited<ReturnType<Queries["sanitised"]>>): IncidentOne {
  const { kindBy, cameFrom, mergedInto, absorbed, links, corroboration, verifiers, assessment } = view.incident;
  return {
    ...headShown(view),
    ...(kindBy !== undefined && { kindBy }),
    ...(cameFrom !== undefined && { cameFrom }),
    ...(mergedInto !== undefined && { mergedInto }),
    absorbed: [...absorbed],
    links: [...links.values()],
    ...(corroboration !== undefined && {
      corroboration: { counted: [...corroboration.counted], needed: corroboration.needed },
    }),
    verifiers: [...verifiers],
    ...repliesShown(view.incident),
    ...(assessment !== undefined && { assessment: assessmentShown(assessment) }),
    ...(linked.madeFrom !== undefined && { madeFrom: linked.madeFrom }),
    releasedAs: [...linked.releasedAs],
  };
}

const repliesShown = ({ asked, replies }: Incident) => ({
  asked: asked.map(({ party, until }) => ({ party, until: spanShown(until) })),
  replies: replies.map(({ party, at, recordedAt, evidence, by }) => ({
    party,
    at: spanShown(at),
    recordedAt: isoOf(recordedAt),
    ...(evidence !== undefined && { evidence }),
    by,
  })),
});

export const assessmentShown = ({
  by,
  finding,
  clauses,
  agreement,
  recordedAt,
  replied,
  silent,
}: NonNullable<Incident["assessment"]>) => ({
  by,
  finding,
  clauses: [...clauses],
  agreement: { ...agreement },
  recordedAt: isoOf(recordedAt),
  replied: [...replied],
  silent: [...silent],
});

/** With what it is linked to, as far as the asker has that. */
export async function incidentFor({ workspace: { queries }, nation }: Asked, view: IncidentView): Promise<IncidentOne> {
  return incidentShown(view, await queries.sanitised(nation, view.id));
}

export const historyShown = ({ id, incident: { history } }: IncidentView) => ({
  id,
  items: history.map(({ at, recordedAt, ...entry }) => ({
    ...entry,
    at: spanShown(at),
    recordedAt: isoOf(recordedAt),
  })),
});

export function evidenceShown({ item, version, marking, recordedAt }: EvidenceView): EvidenceOne {
  const { id, form, kind, where, when, origin, grade, text, language, measured, direction, files = [] } = item;
  return {
    id,
    version,
    form,
    kind,
    where: { ...where },
    when: spanShown(when),
    recordedAt: isoOf(recordedAt),
    origin: { ...origin, ...(origin.quotes && { quotes: [...origin.quotes] }) } as EvidenceOne["origin"],
    grade: { ...grade },
    ...(text !== undefined && { text }),
    ...(language !== undefined && { language }),
    ...(measured !== undefined && { measured: { ...measured } }),
    ...(direction !== undefined && { direction }),
    files: [...files],
    marking: markingShown(marking),
  };
}
