/** Who directs those who move. */
import Type from "typebox";
import { Id } from "./common.ts";
import { Above, closed, Whole } from "./exercise-parts.ts";

export const PolicyChoice = Type.Union([
  closed({ kind: Type.Literal("stay") }, "nothing moves"),
  closed({ kind: Type.Literal("heuristic") }, "near, long unwatched, with open questions"),
  closed(
    {
      kind: Type.Literal("scripted"),
      holdS: Above("s over each area"),
      areas: Type.Optional(
        Type.Array(Id, { minItems: 1, description: "in turn; default: all, agents spread over them" }),
      ),
    },
    "a plan that is written down",
  ),
  closed(
    {
      kind: Type.Literal("search"),
      futures: Whole(1, "that are imagined for each candidate"),
      aheadS: Above("s that are looked ahead"),
    },
    "rollouts on snapshots: what has not begun is imagined, never known",
  ),
  closed(
    {
      kind: Type.Literal("program"),
      command: Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: "started once a run; a line of JSON in, a line of JSON out",
      }),
      answerWithinS: Type.Optional(Above("s; default 10")),
    },
    "any program of yours, for instance one around a net in Python",
  ),
]);
