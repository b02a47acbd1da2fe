/** How to read a table or a map that we have never seen: which column is which. A file of this kind, and no code. */
import Type from "typebox";
import { About, Id, LatitudeDeg, LongitudeDeg } from "./common.ts";
import { LocationBasis } from "./evidence-source.ts";

const Column = Type.String({ minLength: 1, description: "a column of the CSV, or a property of the GeoJSON feature" });

const NumberFrom = Type.Union(
  [
    Type.Object(
      { column: Column, times: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: "factor to our unit" })) },
      { additionalProperties: false },
    ),
    Type.Object({ value: Type.Number() }, { additionalProperties: false }),
  ],
  { description: "a column (with `times`, the factor to our unit), or the same value for all" },
);

const WordFrom = Type.Union(
  [
    Type.Object(
      {
        column: Column,
        words: Type.Optional(
          Type.Record(Type.String({ pattern: "^.+$" }), Type.String({ minLength: 1 }), {
            additionalProperties: false,
            description: "what the file says: what we say; letter case aside",
          }),
        ),
        otherwise: Type.Optional(Type.String({ description: "for what `words` does not have; without it, refused" })),
      },
      { additionalProperties: false },
    ),
    Type.Object({ value: Type.String({ minLength: 1 }) }, { additionalProperties: false }),
  ],
  { description: "a column (with `words`, what its values mean), or the same value for all" },
);

export const TimeForm = Type.Union(
  [Type.Literal("iso"), Type.Literal("epoch-s"), Type.Literal("epoch-ms"), Type.Literal("day-month-year")],
  { description: "iso (2022-06-01, 2022-06-01T16:10Z), seconds or ms since 1970, or day-month-year (1.6.2022 16:10)" },
);

export const FeedMapping = Type.Object(
  {
    kind: Type.Literal("feed-mapping"),
    about: About,
    reads: Type.Union([Type.Literal("csv"), Type.Literal("geojson")]),
    separator: Type.Optional(
      Type.Union([Type.Literal(","), Type.Literal(";"), Type.Literal("\t"), Type.Literal("|")], {
        description: "between the columns of a CSV; a comma where left out",
      }),
    ),
    source: Type.Union([Id, WordFrom], { description: "id of the source's table, or the column that tells it" }),
    area: Type.Optional(
      Type.Object(
        { south: LatitudeDeg, west: LongitudeDeg, north: LatitudeDeg, east: LongitudeDeg },
        {
          additionalProperties: false,
          description: "its places lie inside: others are refused, and exchanged ones seen",
        },
      ),
    ),
    place: Type.Object(
      {
        latitude: Type.Optional(Column),
        longitude: Type.Optional(Column),
        radiusKm: Type.Optional(NumberFrom),
        basis: Type.Optional(LocationBasis),
        name: Type.Optional(Column),
      },
      {
        additionalProperties: false,
        description: "of a CSV, its columns; a GeoJSON feature has its geometry: an area's middle and extent are taken",
      },
    ),
    time: Type.Object(
      {
        column: Column,
        clock: Type.Optional(Type.String({ minLength: 1, description: "column of the time of day, beside a date" })),
        end: Type.Optional(Type.String({ minLength: 1, description: "column of the end of a span" })),
        form: Type.Optional(TimeForm),
        zone: Type.Optional(Type.String({ description: "IANA zone of times without an offset, e.g. Europe/Kyiv" })),
      },
      { additionalProperties: false },
    ),
    event: WordFrom,
    sensor: Type.Optional(WordFrom),
    operator: Type.Optional(WordFrom),
    original: Type.Optional(Column),
    quotes: Type.Optional(Column),
    text: Type.Optional(Column),
    language: Type.Optional(WordFrom),
    measured: Type.Optional(
      Type.Record(
        Type.String({ pattern: "^[a-z][A-Za-z0-9]{0,40}$" }),
        Type.Object(
          {
            column: Column,
            times: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
            as: Type.Optional(Type.Union([Type.Literal("number"), Type.Literal("text")])),
          },
          { additionalProperties: false },
        ),
        { additionalProperties: false, description: "by our name with its unit (`frpMw`): the column" },
      ),
    ),
    direction: Type.Optional(
      Type.Object(
        {
          of: Type.Union([Type.Literal("sound"), Type.Literal("flight")]),
          column: Column,
          plusMinusDeg: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 180 })),
        },
        { additionalProperties: false, description: "degrees from north: recorded, never reckoned back to a sender" },
      ),
    ),
  },
  { additionalProperties: false, title: "Vedette feed mapping" },
);
export type FeedMapping = Type.Static<typeof FeedMapping>;
export type WordFrom = Type.Static<typeof WordFrom>;
export type NumberFrom = Type.Static<typeof NumberFrom>;
