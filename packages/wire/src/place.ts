/** Where: zones, boundaries. What is wanted: requests. */
import Type from "typebox";
import { About, Id, LatitudeDeg, LongitudeDeg, NationCode, SensorKind, Sources, Table } from "./common.ts";

const Vertex = Type.Object(
  {
    name: Type.Optional(Type.String()),
    latitudeDeg: LatitudeDeg,
    longitudeDeg: LongitudeDeg,
  },
  { additionalProperties: false },
);

const zoneHead = {
  name: Type.String(),
  note: Type.Optional(Type.String()),
  source: Type.Optional(Id),
};

export const Zone = Type.Union(
  [
    Type.Object(
      {
        ...zoneHead,
        line: Type.Array(Vertex, {
          minItems: 2,
          description: "geodesics join the vertices in order",
        }),
        bufferKm: Type.Number({
          exclusiveMinimum: 0,
          maximum: 500,
          description: "either side",
        }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        ...zoneHead,
        polygon: Type.Array(Type.Array(Vertex, { minItems: 3 }), {
          minItems: 1,
          description: "outer ring, then holes; rings close by themselves",
        }),
      },
      { additionalProperties: false },
    ),
    Type.Object(
      {
        ...zoneHead,
        points: Type.Array(Vertex, { minItems: 1 }),
        radiusKm: Type.Number({ exclusiveMinimum: 0, maximum: 500 }),
      },
      { additionalProperties: false },
    ),
  ],
  { description: "a line with a buffer, a polygon, or points with a radius" },
);

export const Zones = Type.Object(
  {
    kind: Type.Literal("zones"),
    about: About,
    sources: Type.Optional(Sources),
    zones: Table(Id, Zone),
  },
  { additionalProperties: false, title: "Vedette zones" },
);
export type Zones = Type.Static<typeof Zones>;

export const Request = Type.Object(
  {
    zone: Id,
    nation: NationCode,
    kinds: Type.Array(SensorKind, { minItems: 1 }),
    resolutionM: Type.Number({
      exclusiveMinimum: 0,
      description: "this sharp or sharper",
    }),
    revisitH: Type.Number({
      exclusiveMinimum: 0,
      description: "hours between looks at one cell, wanted",
    }),
    latencyH: Type.Number({
      exclusiveMinimum: 0,
      description: "hours from the look to the picture at headquarters, wanted",
    }),
    priority: Type.Integer({
      minimum: 1,
      maximum: 5,
      description: "1 is highest",
    }),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);

export const Requests = Type.Object(
  {
    kind: Type.Literal("requests"),
    about: About,
    requests: Table(Id, Request),
  },
  { additionalProperties: false, title: "Vedette requests" },
);
export type Requests = Type.Static<typeof Requests>;
