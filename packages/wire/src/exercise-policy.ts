/** Who directs those who move. */
import Type from "typebox";
import { Id } from "./common.ts";
import { Above, closed, From, Whole } from "./exercise-parts.ts";

const Pattern = Type.Optional(
  Type.String({
    minLength: 1,
    description: "one of the exercise's patterns, flown wherever it can be; default: the first",
  }),
);

const Single = [
  closed({ kind: Type.Literal("stay") }, "nothing moves"),
  closed({ kind: Type.Literal("heuristic"), pattern: Pattern }, "near, long unwatched, with open questions"),
  closed(
    {
      kind: Type.Literal("scripted"),
      holdS: From(1, "s over each area"),
      areas: Type.Optional(
        Type.Array(Id, { minItems: 1, description: "in turn; default: all, agents spread over them" }),
      ),
      pattern: Pattern,
    },
    "a plan that is written down",
  ),
  closed(
    {
      kind: Type.Literal("search"),
      futures: Whole(1, "that are imagined for each candidate", 1000),
      aheadS: Above("s that are looked ahead"),
    },
    "rollouts on snapshots: what has not begun is imagined, never known",
  ),
  closed(
    {
      kind: Type.Literal("learned"),
      file: Type.Optional(
        Type.String({
          minLength: 1,
          description: "an ONNX file; default: the shipped one, data/policies/stations.onnx",
        }),
      ),
    },
    "a net that was trained before: see docs/policies.md",
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
] as const;

export const PolicyChoice = Type.Union([
  ...Single,
  closed(
    {
      kind: Type.Literal("mixed"),
      roles: Type.Array(
        closed({
          agents: Type.Array(Type.String({ minLength: 1 }), {
            minItems: 1,
            description: "whom this role directs, e.g. drones/1; a group's id: all of it",
          }),
          policy: Type.Union([...Single]),
        }),
        { minItems: 1 },
      ),
      others: Type.Optional(Type.Union([...Single])),
    },
    "some directed by one, some by another: a person or a program takes a role among rules",
  ),
]);
