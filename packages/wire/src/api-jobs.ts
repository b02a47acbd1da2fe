/** Long computations: begun by one request, looked at and broken off by others. */
import Type from "typebox";
import { closed } from "./agreement-clause.ts";
import { Moment, ObjectId, wordOf } from "./api-common.ts";
import { Id, InstantText } from "./common.ts";

export const JobOne = Type.Object({
  id: Type.String(),
  kind: wordOf(["daily-report", "clocks", "scenario", "exercise"]),
  state: wordOf(["waiting", "running", "done", "failed", "cancelled"]),
  progress01: Type.Number({ minimum: 0, maximum: 1 }),
  note: Type.Optional(Type.String({ description: "what it is at, in words" })),
  madeAt: Moment,
  endedAt: Type.Optional(Moment),
  problem: Type.Optional(Type.String({ description: "why it failed" })),
  results: Type.Array(
    Type.Object({ name: Type.String(), type: Type.String(), bytes: Type.Integer(), path: Type.String() }),
    { description: "once done: what is to be had, and where" },
  ),
});
export type JobOne = Type.Static<typeof JobOne>;
export const JobList = Type.Object({ items: Type.Array(JobOne) });
export const JobResultParams = Type.Object({
  workspace: ObjectId,
  id: ObjectId,
  name: Type.String({ pattern: "^[a-z0-9][a-z0-9.-]{0,63}$" }),
});

export const ScenarioAsked = Type.Object(
  {
    scenario: Type.Optional(Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$", description: "one that ships" })),
    start: Type.Optional(InstantText),
    days: Type.Optional(Type.Number({ minimum: 0.01, maximum: 31 })),
  },
  closed,
);
export const ExerciseAsked = Type.Object(
  {
    exercise: Id,
    runs: Type.Integer({ minimum: 1, maximum: 1000 }),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
  },
  closed,
);
