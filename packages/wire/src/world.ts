/** What the world does to looking: cloud, as monthly probabilities on a grid. Unknown where there is no grid. */
import Type from "typebox";
import { About, Id, Sources, Table } from "./common.ts";

const Probability = Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]);

export const CloudGrid = Type.Object(
  {
    south: Type.Number({ minimum: -90, maximum: 90 }),
    west: Type.Number({ minimum: -180, maximum: 180 }),
    stepDeg: Type.Number({ exclusiveMinimum: 0, maximum: 90 }),
    rows: Type.Integer({
      minimum: 1,
      maximum: 1800,
      description: "south to north",
    }),
    columns: Type.Integer({
      minimum: 1,
      maximum: 3600,
      description: "west to east",
    }),
    source: Type.Optional(Id),
    assumed: Type.Optional(Type.String()),
    cloudProbability01: Table(Type.String({ pattern: "^(0[1-9]|1[0-2])$" }), Type.Array(Type.Array(Probability)), {
      description:
        "by month 01 to 12: rows from the south, each west to east; null = unknown; a month left out = unknown",
    }),
  },
  {
    additionalProperties: false,
    description: "probability that cloud hides the ground, by month",
  },
);

export const World = Type.Object(
  {
    kind: Type.Literal("world"),
    about: About,
    sources: Type.Optional(Sources),
    cloud: Type.Optional(CloudGrid),
  },
  { additionalProperties: false, title: "Vedette world" },
);
export type World = Type.Static<typeof World>;
