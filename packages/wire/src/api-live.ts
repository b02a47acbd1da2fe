/** The live stream: what it begins with, what each of its events says. */
import Type from "typebox";

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

/** Each event's data: an object that the asker's nation has is another than before. */
const LiveChange = Type.Object({
  id: Type.String(),
  version: Type.Integer({ description: "as in its `ETag`" }),
});
export type LiveChange = Type.Static<typeof LiveChange>;

/** As `response` of a route has it. */
export const LiveStream = {
  description: "stays open",
  content: { "text/event-stream": { schema: Type.String({ description: "events; what they say is above" }) } },
};
