/** The live stream: what it begins with, what each of its events says. */
import Type from "typebox";
import { ObjectId } from "./api-common.ts";

export const LiveHeaders = Type.Object({
  "last-event-id": Type.Optional(
    Type.String({ maxLength: 64, description: "the id of the last event that came: all that was missed comes first" }),
  ),
});
export const LiveQuery = Type.Object({
  after: Type.Optional(
    Type.String({ maxLength: 64, description: "as `Last-Event-ID`, for a first connection, which cannot send that" }),
  ),
});

/** An object that the asker's nation has is another than before. */
export const LiveChange = Type.Object({
  id: ObjectId,
  version: Type.Integer({ description: "as in its `ETag`" }),
});
