/** Incidents as a nation has them, and what its people do with them. */
import Type from "typebox";
import { closed } from "./agreement-clause.ts";
import {
  Hash,
  IncidentFinding,
  IncidentState,
  LocatedBody,
  MarkingBody,
  Moment,
  ObjectId,
  ObjectIds,
  PageQuery,
  PartyId,
  PointFeature,
  pageOf,
  Reason,
  Span,
  SpanBody,
  WhereWhenQuery,
  wordOf,
} from "./api-common.ts";
import { Id, InstantText, NationCode } from "./common.ts";

const Located = Type.Object({
  latitudeDeg: Type.Number(),
  longitudeDeg: Type.Number(),
  radiusKm: Type.Number(),
  basis: Type.String(),
  name: Type.Optional(Type.String()),
});

const head = {
  id: Type.String(),
  version: Type.Integer({ description: "as in the `ETag`" }),
  kind: Type.String({ description: "of the taxonomy" }),
  state: IncidentState,
  where: Located,
  when: Span,
  witnesses: Type.Integer({
    minimum: 0,
    description: "evidence that counts towards corroboration, independent or not",
  }),
  probability01: Type.Union([Type.Number(), Type.Null()], {
    description: "that something happened; null: not reckoned",
  }),
  changedAt: Moment,
  marking: MarkingBody,
};

export const IncidentHead = Type.Object(head);
export type IncidentHead = Type.Static<typeof IncidentHead>;
export const IncidentPage = pageOf(IncidentHead);

const Edition = Type.Object({ id: Type.String(), version: Type.Integer(), digest: Type.Optional(Hash) });

const HistoryEntry = Type.Object({
  event: Type.String(),
  type: Type.String(),
  at: Span,
  recordedAt: Moment,
  actor: Type.String({ description: "a person's or a program's id, never a name" }),
  reason: Type.String(),
  from: Type.Optional(IncidentState),
  to: Type.Optional(IncidentState),
});
export const IncidentHistory = Type.Object({ id: Type.String(), items: Type.Array(HistoryEntry) });

export const IncidentOne = Type.Object({
  ...head,
  kindBy: Type.Optional(Type.String({ description: "the person who set the kind" })),
  cameFrom: Type.Optional(IncidentState),
  mergedInto: Type.Optional(Type.String()),
  absorbed: Type.Array(Type.String()),
  links: Type.Array(
    Type.Object({
      evidence: Type.String(),
      role: wordOf(["witness", "context"]),
      confidence01: Type.Optional(Type.Number()),
      reason: Type.String(),
      via: Type.Optional(Type.String()),
    }),
  ),
  corroboration: Type.Optional(Type.Object({ counted: Type.Array(Type.String()), needed: Type.Integer() })),
  verifiers: Type.Array(Type.String()),
  asked: Type.Array(Type.Object({ party: Type.String(), until: Span })),
  replies: Type.Array(
    Type.Object({
      party: Type.String(),
      at: Span,
      recordedAt: Moment,
      evidence: Type.Optional(Type.String()),
      by: Type.String(),
    }),
  ),
  assessment: Type.Optional(
    Type.Object({
      by: Type.String(),
      finding: IncidentFinding,
      clauses: Type.Array(Type.String()),
      agreement: Edition,
      recordedAt: Moment,
      replied: Type.Array(Type.String()),
      silent: Type.Array(Type.String()),
    }),
  ),
  madeFrom: Type.Optional(Type.String({ description: "the incident of which this is a sanitised version" })),
  releasedAs: Type.Array(Type.String({ description: "sanitised versions of it" })),
});
export type IncidentOne = Type.Static<typeof IncidentOne>;

const States = Type.String({ maxLength: 200, pattern: "^[a-z]+(,[a-z]+)*$", description: "states, by commas" });
const Kinds = Type.String({
  maxLength: 2000,
  pattern: "^[a-z0-9-]+(,[a-z0-9-]+)*$",
  description: "kinds of the taxonomy, by commas",
});

const filters = { ...WhereWhenQuery, kind: Type.Optional(Kinds), state: Type.Optional(States) };
export const IncidentsQuery = Type.Object({
  ...filters,
  ...PageQuery,
  order: Type.Optional(wordOf(["changed", "happened"], "newest first by this; `changed` where left out")),
});
export const IncidentsMapQuery = Type.Object({
  ...filters,
  most: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 5000, description: "points; where there are more, counts by cell instead" }),
  ),
});
export const CountsQuery = Type.Object(filters);

export const IncidentCounts = Type.Object({
  total: Type.Integer(),
  byState: Type.Record(Type.String(), Type.Integer()),
  byKind: Type.Record(Type.String(), Type.Integer()),
});

/** RFC 7946. `isAggregate`: each feature is the middle of an H3 cell with how many lie in it. */
export const IncidentMap = Type.Object({
  type: Type.Literal("FeatureCollection"),
  isAggregate: Type.Boolean(),
  features: Type.Array(
    PointFeature(
      Type.Object({
        kind: Type.Optional(Type.String()),
        state: Type.Optional(Type.String()),
        radiusKm: Type.Optional(Type.Number()),
        start: Type.Optional(Moment),
        end: Type.Optional(Moment),
        count: Type.Optional(Type.Integer()),
        byState: Type.Optional(Type.Record(Type.String(), Type.Integer())),
      }),
    ),
  ),
});

export const OpenIncident = Type.Object(
  { kind: Id, where: LocatedBody, when: SpanBody, evidence: ObjectIds(500), reason: Reason },
  closed,
);
export const LinkEvidence = Type.Object(
  {
    evidence: ObjectIds(500),
    role: Type.Optional(wordOf(["witness", "context"], "`witness` where left out")),
    confidence01: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    reason: Reason,
  },
  closed,
);
export const UnlinkEvidence = Type.Object({ evidence: ObjectIds(500), reason: Reason }, closed);
export const ReviseIncident = Type.Object(
  {
    kind: Type.Optional(Id),
    where: Type.Optional(LocatedBody),
    when: Type.Optional(SpanBody),
    reason: Reason,
  },
  { ...closed, minProperties: 2 },
);
export const VerifyIncident = Type.Object(
  {
    ask: Type.Optional(
      Type.Array(Type.Object({ party: PartyId, until: InstantText }, closed), {
        maxItems: 32,
        description: "whom to ask, and until when; an empty list asks nobody; as the agreement says where left out",
      }),
    ),
    reason: Reason,
  },
  closed,
);
export const AssessIncident = Type.Object(
  {
    finding: IncidentFinding,
    clauses: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 64 }), { maxItems: 64, uniqueItems: true }),
    ),
    agreement: Type.Object({ id: Id, version: Type.Integer({ minimum: 1, maximum: 1_000_000 }) }, closed),
    reason: Reason,
  },
  closed,
);
/** One step: on towards corroborated, handed on, closed, taken back, or one step back. */
export const MoveIncident = Type.Object(
  { to: wordOf(["next", "referred", "closed", "retracted", "back"]), reason: Reason },
  closed,
);
export const MergeIncident = Type.Object({ into: ObjectId, reason: Reason }, closed);
export const SplitIncident = Type.Object(
  {
    evidence: Type.Optional(ObjectIds(500)),
    from: Type.Optional(ObjectId),
    reason: Reason,
  },
  { ...closed, description: "either `evidence`, which goes, or `from`, to undo its merging" },
);
export const ReplyToIncident = Type.Object(
  {
    party: PartyId,
    text: Type.Optional(Type.String({ minLength: 1, maxLength: 20_000, pattern: "\\S" })),
    reason: Type.Optional(Reason),
  },
  closed,
);
export const ReleaseIncident = Type.Object(
  {
    to: Type.Array(NationCode, { minItems: 1, maxItems: 64, uniqueItems: true }),
    coarsenKm: Type.Number({ minimum: 0, maximum: 500, description: "the place moves to a grid of this width" }),
    coarsenHours: Type.Number({
      minimum: 0,
      maximum: 168,
      description: "the time widens to whole spans of this length",
    }),
    withhold: Type.Array(Id, { maxItems: 200, uniqueItems: true, description: "sources that are not named" }),
    originatorControlled: Type.Optional(Type.Boolean({ description: "no onward release; so where left out" })),
    reason: Reason,
  },
  closed,
);

/** What an act changed: the incident as it now is, and its event in the log. */
export const IncidentDone = Type.Object({ event: Type.String(), incident: IncidentOne });
