/** What the server says of itself. */
import Type from "typebox";

export const Lives = Type.Object({ status: Type.Literal("ok"), version: Type.String() });

export const WorkspaceList = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      use: Type.Union([Type.Literal("exercise"), Type.Literal("real")]),
      now: Type.String({ description: "the workspace's own clock, UTC" }),
    }),
  ),
});
