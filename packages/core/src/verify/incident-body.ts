/** Bodies of incident events, read strictly: what does not fit is named, what is not asked for is left behind. */
import type { Finding, IncidentState } from "../agreement/terms.ts";
import { INCIDENT_STATES } from "../agreement/terms.ts";
import type { Located } from "../geo/located.ts";
import type { Json } from "../record/hash.ts";
import type { Interval } from "../time/instant.ts";
import { type Asked, type EditionName, LINK_ROLES, type LinkRole, type Refusal } from "./incident.ts";
import {
  type Body,
  idOf,
  idsOf,
  intervalOf,
  listOf,
  locatedOf,
  Misfit,
  mapOf,
  numberOf,
  oneOf,
  optional,
  textOf,
} from "./incident-read.ts";

/** What a move rests on: kept with it, so that another rule tomorrow does not undo it. */
export interface MoveBasis {
  readonly located?: { readonly radiusKm: number; readonly withinKm: number };
  readonly independent?: { readonly count: number; readonly needed: number; readonly counted: readonly string[] };
  readonly asked?: readonly Asked[];
  readonly finding?: Finding;
  readonly clauses?: readonly string[];
  readonly agreement?: EditionName;
}

interface Estimate {
  readonly kind?: string;
  readonly where?: Located;
  readonly when?: Interval;
}

export type IncidentChange = { readonly incident: string; readonly reason: string } & (
  | ({ readonly type: "incident.opened"; readonly evidence: readonly string[] } & Required<Estimate>)
  | {
      readonly type: "incident.evidence-linked";
      readonly evidence: readonly string[];
      readonly role: LinkRole;
      readonly confidence01?: number;
    }
  | { readonly type: "incident.evidence-unlinked"; readonly evidence: readonly string[] }
  | ({ readonly type: "incident.revised" } & Estimate)
  | ({ readonly type: "incident.moved"; readonly to: IncidentState } & MoveBasis)
  | { readonly type: "incident.merged"; readonly into: string }
  | ({ readonly type: "incident.split"; readonly from: string; readonly evidence: readonly string[] } & Estimate)
  | { readonly type: "reply.submitted"; readonly party: string; readonly evidence?: string }
);
export type ChangeType = IncidentChange["type"];

export const CHANGE_TYPES: readonly ChangeType[] = [
  "incident.opened",
  "incident.evidence-linked",
  "incident.evidence-unlinked",
  "incident.revised",
  "incident.moved",
  "incident.merged",
  "incident.split",
  "reply.submitted",
];

export type ReadChange =
  | { readonly code: "read"; readonly change: IncidentChange }
  | { readonly code: "refused"; readonly refusal: Refusal };

export function readChange(type: ChangeType, body: Json | undefined): ReadChange {
  if (body === undefined) return { code: "refused", refusal: { code: "no-body" } };
  try {
    return { code: "read", change: changeOf(type, mapOf(body, "body")) };
  } catch (error) {
    if (error instanceof Misfit) return { code: "refused", refusal: error.refusal };
    throw error;
  }
}

function changeOf(type: ChangeType, body: Body): IncidentChange {
  const incident = idOf(body["incident"], "incident");
  const base = { incident, reason: textOf(body["reason"] ?? (type === "reply.submitted" ? "reply" : null), "reason") };
  switch (type) {
    case "incident.opened":
      return {
        ...base,
        type,
        kind: idOf(body["kind"], "kind"),
        where: locatedOf(body["where"], "where"),
        when: intervalOf(body["when"], "when"),
        evidence: idsOf(body["evidence"], "evidence"),
      };
    case "incident.evidence-linked":
      return {
        ...base,
        type,
        evidence: idsOf(body["evidence"], "evidence"),
        role: oneOf(body["role"] ?? "witness", LINK_ROLES, "role"),
        ...optional("confidence01", body["confidence01"], (value, path) => numberOf(value, path, 0, 1)),
      };
    case "incident.evidence-unlinked":
      return { ...base, type, evidence: idsOf(body["evidence"], "evidence") };
    case "incident.revised":
      return { ...base, type, ...estimateOf(body) };
    case "incident.moved":
      return { ...base, type, to: oneOf(body["to"], INCIDENT_STATES, "to"), ...basisOf(body) };
    case "incident.merged":
      return { ...base, type, into: idOf(body["into"], "into") };
    case "incident.split":
      return {
        ...base,
        type,
        from: idOf(body["from"], "from"),
        evidence: body["evidence"] === undefined ? [] : idsOf(body["evidence"], "evidence"),
        ...estimateOf(body),
      };
    case "reply.submitted":
      return { ...base, type, party: idOf(body["party"], "party"), ...optional("evidence", body["evidence"], idOf) };
  }
}

function estimateOf(body: Body): Estimate {
  return {
    ...optional("kind", body["kind"], idOf),
    ...optional("where", body["where"], locatedOf),
    ...optional("when", body["when"], intervalOf),
  };
}

function basisOf(body: Body): MoveBasis {
  return {
    ...optional("located", body["located"], (value, path) => {
      const map = mapOf(value, path);
      return {
        radiusKm: numberOf(map["radiusKm"], `${path}.radiusKm`, 0),
        withinKm: numberOf(map["withinKm"], `${path}.withinKm`, 0),
      };
    }),
    ...optional("independent", body["independent"], (value, path) => {
      const map = mapOf(value, path);
      return {
        count: numberOf(map["count"], `${path}.count`, 0),
        needed: numberOf(map["needed"], `${path}.needed`, 2),
        counted: idsOf(map["counted"], `${path}.counted`),
      };
    }),
    ...optional("asked", body["asked"], (value, path) => {
      return listOf(value, path).map((item, i): Asked => {
        const map = mapOf(item, `${path}[${i}]`);
        return {
          party: idOf(map["party"], `${path}[${i}].party`),
          until: intervalOf(map["until"], `${path}[${i}].until`),
        };
      });
    }),
    ...optional("finding", body["finding"], (value, path) =>
      oneOf(value, ["breach", "no-breach", "undetermined"] as const, path),
    ),
    ...clausesOf(body),
    ...optional("agreement", body["agreement"], (value, path): EditionName => {
      const map = mapOf(value, path);
      return {
        id: idOf(map["id"], `${path}.id`),
        version: numberOf(map["version"], `${path}.version`, 1),
        ...optional("digest", map["digest"], idOf),
      };
    }),
  };
}

/** `clauses`, or one `clause`. */
function clausesOf(body: Body): { clauses?: readonly string[] } {
  if (body["clauses"] !== undefined) return { clauses: idsOf(body["clauses"], "clauses") };
  return body["clause"] === undefined ? {} : { clauses: [textOf(body["clause"], "clause")] };
}
