/** The agreement over a workspace: what is in force, which clocks run, which notices wait for a signature. */
import Type from "typebox";
import { closed, DateText } from "./agreement-clause.ts";
import {
  Ends,
  Hash,
  IncidentFinding,
  IncidentState,
  MarkingBody,
  Moment,
  ObjectId,
  PageQuery,
  PartyId,
  pageOf,
  Reason,
  Span,
  wordOf,
} from "./api-common.ts";

const Edition = Type.Object({ id: Type.String(), version: Type.Integer(), digest: Type.Optional(Hash) });

export const AgreementList = Type.Object({
  items: Type.Array(
    Type.Object({
      agreement: Edition,
      title: Type.Record(Type.String(), Type.String()),
      inForce: Type.Object({ from: Moment, until: Type.Union([Moment, Type.Null()]) }),
      isInForce: Type.Boolean({ description: "by the workspace's clock" }),
      parties: Type.Array(Type.String()),
      clauses: Type.Integer(),
      document: Type.Unknown({
        description: "its whole text, as adopted: `agreement` of the file schemas, zones resolved",
      }),
    }),
  ),
});

export const ClockRow = Type.Object({
  version: Type.Integer({ description: "as in the `ETag`" }),
  id: Type.String(),
  of: Type.String({ description: "the entry in the agreement's `clocks`" }),
  incident: Type.String(),
  clauses: Type.Array(Type.String()),
  party: Type.Optional(Type.String()),
  agreement: Edition,
  state: wordOf(["running", "suspended", "stopped", "edition-missing"]),
  start: Ends,
  deadline: Type.Union([Ends, Type.Null()], { description: "null: it stands still" }),
  due: Type.Optional(wordOf(["ahead", "may-be-past", "past"], "by the workspace's clock, where it runs")),
  inTime: Type.Optional(wordOf(["yes", "no", "cannot-be-told"])),
  stopped: Type.Optional(Type.Object({ at: Ends, because: Type.Unknown() })),
});
export type ClockRow = Type.Static<typeof ClockRow>;
export const ClockPage = pageOf(ClockRow);
export const ClocksQuery = Type.Object({
  incident: Type.Optional(ObjectId),
  ...PageQuery,
});
export const TurnClock = Type.Object({ to: wordOf(["suspended", "running"]), reason: Reason }, closed);

export const NoticeOne = Type.Object({
  id: Type.String(),
  revision: Type.Integer({ description: "a signature is for one; as in the `ETag`" }),
  step: Type.String(),
  clock: Type.String(),
  incident: Type.String(),
  recipient: Type.String(),
  language: Type.String(),
  agreement: Edition,
  subject: Type.String(),
  text: Type.String(),
  digest: Hash,
  draftedBy: Type.String(),
  signatures: Type.Array(Type.Object({ person: Type.String(), at: Ends })),
});
export type NoticeOne = Type.Static<typeof NoticeOne>;
export const NoticePage = pageOf(NoticeOne);
export const NoticesQuery = Type.Object({ incident: Type.Optional(ObjectId), ...PageQuery });
export const SignNotice = Type.Object(
  { revision: Type.Integer({ minimum: 1, maximum: 1_000_000, description: "the one that was read" }) },
  closed,
);
export const NoticeSigned = Type.Object({ event: Type.String(), notice: NoticeOne });
export const ClockTurned = Type.Object({ event: Type.String(), clock: ClockRow });

export const RepliesQuery = Type.Object({
  incident: Type.Optional(ObjectId),
  party: Type.Optional(PartyId),
  ...PageQuery,
});
export const ReplyPage = pageOf(
  Type.Object({
    incident: Type.String(),
    party: Type.String(),
    until: Span,
    state: wordOf(["awaited", "replied", "silent"]),
    at: Type.Optional(Span),
    evidence: Type.Optional(Type.String()),
  }),
);

export const AssessmentPage = pageOf(
  Type.Object({
    incident: Type.String(),
    state: IncidentState,
    by: Type.String(),
    finding: IncidentFinding,
    clauses: Type.Array(Type.String()),
    agreement: Edition,
    recordedAt: Moment,
    marking: MarkingBody,
  }),
);
export const AssessmentsQuery = Type.Object({ finding: Type.Optional(IncidentFinding), ...PageQuery });

export const DailyAsked = Type.Object(
  {
    date: DateText,
    zone: Type.Optional(Type.String({ pattern: "^[A-Za-z0-9_+/-]{1,64}$", description: "IANA; Europe/Kyiv" })),
    language: Type.Optional(wordOf(["en", "uk", "fr"])),
  },
  closed,
);
