/** The log as a nation may read it, and who takes part. */
import Type from "typebox";
import { Hash, MarkingBody, Moment, ObjectId, PageQuery, pageOf, Span } from "./api-common.ts";

export const LogQuery = Type.Object({
  type: Type.Optional(Type.String({ pattern: "^[a-z]+\\.[a-z-]+$", maxLength: 64 })),
  from: Type.Optional(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$" })),
  to: Type.Optional(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$" })),
  ...PageQuery,
});

/** No node, number or chain hash: they would count what was not given. */
export const LogPage = pageOf(
  Type.Object({
    event: ObjectId,
    type: Type.String(),
    at: Span,
    recordedAt: Moment,
    actor: Type.String(),
    marking: MarkingBody,
    commitment: Hash,
  }),
);

export const NationList = Type.Object({
  own: Type.String(),
  items: Type.Array(Type.Object({ nation: Type.String(), name: Type.String() })),
});
