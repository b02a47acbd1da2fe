/** Evidence: what came in, from whom, of where and when; and the files that go with it. */
import Type from "typebox";
import { closed } from "./agreement-clause.ts";
import {
  Hash,
  LocatedBody,
  MarkingBody,
  Moment,
  ObjectId,
  PageQuery,
  pageOf,
  Reason,
  Span,
  SpanBody,
  WhereWhenQuery,
  wordOf,
} from "./api-common.ts";
import { Id } from "./common.ts";

const Form = wordOf(["detection", "alert", "report", "claim", "reply"]);

/** A grade by the Admiralty code: the source A to F, the information 1 to 6. */
const Grade = Type.Object(
  {
    source: wordOf(["A", "B", "C", "D", "E", "F"]),
    information: Type.Integer({ minimum: 1, maximum: 6 }),
  },
  closed,
);

const Name = Type.String({ minLength: 1, maxLength: 256 });
const Origin = Type.Object(
  {
    source: Name,
    operator: Type.Optional(Name),
    sensor: Type.Optional(Name),
    original: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
    quotes: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 2000 }), { maxItems: 100 })),
  },
  closed,
);
const Direction = Type.Object(
  {
    of: wordOf(["sound", "flight"]),
    deg: Type.Number({ minimum: 0, maximum: 360 }),
    plusMinusDeg: Type.Optional(Type.Number({ minimum: 0, maximum: 180 })),
  },
  closed,
);

/** A report as it is handed in. `id`: the sender's own name for it; sent again it adds nothing. */
export const ReportItem = Type.Object(
  {
    id: ObjectId,
    form: Form,
    kind: Id,
    where: LocatedBody,
    when: SpanBody,
    origin: Origin,
    grade: Grade,
    text: Type.Optional(Type.String({ maxLength: 20_000 })),
    language: Type.Optional(Type.String({ pattern: "^[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*$", maxLength: 35 })),
    measured: Type.Optional(
      Type.Record(
        Type.String({ pattern: "^[A-Za-z][A-Za-z0-9]{0,39}$" }),
        Type.Union([Type.Number(), Type.String({ maxLength: 256 })]),
        { maxProperties: 64, additionalProperties: false },
      ),
    ),
    direction: Type.Optional(Direction),
    files: Type.Optional(Type.Array(Hash, { maxItems: 50, uniqueItems: true })),
  },
  closed,
);
export type ReportItem = Type.Static<typeof ReportItem>;

/** Items are read one by one: what does not fit is refused alone. */
export const Reports = Type.Object(
  {
    feed: Id,
    marking: MarkingBody,
    items: Type.Array(Type.Unknown(), { minItems: 1, maxItems: 100, description: "reports, each as `ReportItem`" }),
  },
  closed,
);

export const ReportsTaken = Type.Object({
  added: Type.Integer(),
  duplicate: Type.Integer(),
  refused: Type.Integer(),
  items: Type.Array(
    Type.Object({
      index: Type.Integer(),
      /** The evidence's; none where it was refused. */
      evidence: Type.Optional(Type.String()),
      outcome: wordOf(["added", "duplicate", "refused"]),
      problems: Type.Optional(Type.Array(Type.Object({ path: Type.String(), message: Type.String() }))),
    }),
  ),
  batch: Type.Optional(Type.String({ description: "the event in the log" })),
});
export type ReportsTaken = Type.Static<typeof ReportsTaken>;

export const EvidenceOne = Type.Object({
  id: Type.String(),
  version: Type.Integer({ description: "as in the `ETag`" }),
  form: Form,
  kind: Type.String(),
  where: Type.Object({
    latitudeDeg: Type.Number(),
    longitudeDeg: Type.Number(),
    radiusKm: Type.Number(),
    basis: Type.String(),
    name: Type.Optional(Type.String()),
  }),
  when: Span,
  recordedAt: Moment,
  origin: Type.Object({
    source: Type.String(),
    operator: Type.Optional(Type.String()),
    sensor: Type.Optional(Type.String()),
    original: Type.Optional(Type.String()),
    quotes: Type.Optional(Type.Array(Type.String())),
  }),
  grade: Type.Object({ source: Type.String(), information: Type.Integer() }),
  text: Type.Optional(Type.String()),
  language: Type.Optional(Type.String()),
  measured: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()]))),
  direction: Type.Optional(Direction),
  files: Type.Array(Type.String({ description: "SHA-256 of a file that goes with it" })),
  marking: MarkingBody,
});
export type EvidenceOne = Type.Static<typeof EvidenceOne>;
export const EvidencePage = pageOf(EvidenceOne);

export const EvidenceQuery = Type.Object({
  ...WhereWhenQuery,
  form: Type.Optional(Form),
  kind: Type.Optional(Id),
  source: Type.Optional(Name),
  incident: Type.Optional(ObjectId),
  ...PageQuery,
});

export const FilePut = Type.Object({ file: Hash, bytes: Type.Integer() });
export const FileParams = Type.Object({ workspace: ObjectId, hash: Hash });

export const EraseEvidence = Type.Object(
  {
    rule: Type.String({ minLength: 2, maxLength: 200, description: "that it rests on: GDPR 17(1)(b)" }),
    reason: Reason,
  },
  closed,
);
export const Erased = Type.Object({ event: Type.String() });
