/** Parts of an agreement's file: texts, bases, zones, classes, clauses. */
import Type from "typebox";
import { Id, InstantText, Table } from "./common.ts";

export const closed = { additionalProperties: false } as const;

export const LanguageTag = Type.String({
  pattern: "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$",
  description: "BCP 47 language, such as uk or pt-BR",
});
export const Text = Table(LanguageTag, Type.String({ minLength: 1 }), { description: "text by language" });
export const DateText = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "a date, such as 2026-02-03" });
export const MeasureName = Type.String({
  pattern: "^[a-z][A-Za-z0-9]{0,39}$",
  description: "a measure with its unit, such as calibreMm; `evidence` counts independent items",
});
export const FileReference = Type.String({
  minLength: 1,
  description: "a path below the folder of this file, or `data/...` for what ships with Vedette",
});
export const Positive = (description: string, maximum?: number) =>
  Type.Number({ exclusiveMinimum: 0, description, ...(maximum !== undefined && { maximum }) });
export const oneOf = <const T extends readonly string[]>(words: T, description?: string) =>
  Type.Union(
    words.map((word) => Type.Literal(word as T[number])),
    description === undefined ? {} : { description },
  );

const basisHead = {
  date: DateText,
  source: Id,
  at: Type.Optional(Type.String({ description: "where in the source" })),
};
export const Basis = Type.Union(
  [
    Type.Object(basisHead, closed),
    Type.Object(
      { ...basisHead, unconfirmed: Type.String({ minLength: 3, description: "why it is not sure" }) },
      closed,
    ),
    Type.Object({ date: DateText, assumed: Type.String({ minLength: 3, description: "why it was assumed" }) }, closed),
  ],
  { description: "date with `source` (an id in `sources`), with `source` and `unconfirmed`, or with `assumed`" },
);
export const State = oneOf(
  ["reported", "located", "corroborated", "verified", "assessed", "referred", "closed", "retracted"],
  "state of an incident",
);
export const Finding = oneOf(["breach", "no-breach", "undetermined"], "what people found");

const zoneHead = { name: Text, note: Type.Optional(Type.String()), basis: Basis };
const bufferKm = Type.Optional(Positive("km about a line or points", 500));
export const Zone = Type.Union(
  [
    Type.Object(
      { ...zoneHead, from: Type.Object({ file: FileReference, zone: Id }, closed), bufferKm },
      { ...closed, description: "a zone of a zones file" },
    ),
    Type.Object(
      {
        ...zoneHead,
        geometry: Type.Object(
          {
            type: oneOf(["Polygon", "MultiPolygon", "LineString", "MultiLineString", "Point", "MultiPoint"]),
            coordinates: Type.Unknown({ description: "as RFC 7946 says: longitude first" }),
          },
          closed,
        ),
        bufferKm,
      },
      { ...closed, description: "a GeoJSON geometry of its own" },
    ),
  ],
  { description: "`from` a zones file, or a GeoJSON `geometry`" },
);

export const IncidentClass = Type.Object(
  {
    name: Text,
    kinds: Type.Array(Id, { minItems: 1, description: "kinds of the taxonomy that it surely means" }),
    mayBe: Type.Optional(Type.Array(Id, { description: "kinds of which it cannot be told" })),
    basis: Basis,
  },
  closed,
);

const bounds = {
  above: Type.Optional(Type.Number()),
  atLeast: Type.Optional(Type.Number()),
  below: Type.Optional(Type.Number()),
  atMost: Type.Optional(Type.Number()),
};
const simpleTests = [
  Type.Object({ class: Id }, closed),
  Type.Object({ inside: Id }, closed),
  Type.Object({ within: Type.Object({ km: Positive("km", 1000), of: Id }, closed) }, closed),
  Type.Object({ measure: Type.Object({ of: MeasureName, ...bounds }, closed) }, closed),
  Type.Object(
    {
      repeated: Type.Object(
        {
          class: Id,
          moreThan: Type.Number({ minimum: 0 }),
          withinMinutes: Positive("minutes", 525600),
          withinKm: Positive("km", 1000),
          measure: Type.Optional(MeasureName),
        },
        closed,
      ),
    },
    closed,
  ),
  Type.Object(
    {
      happened: Type.Object({ from: Type.Optional(InstantText), until: Type.Optional(InstantText) }, closed),
    },
    closed,
  ),
] as const;
const Not = Type.Object({ not: Type.Union([...simpleTests]) }, closed);
const Test = Type.Union(
  [...simpleTests, Not, Type.Object({ anyOf: Type.Array(Type.Union([...simpleTests, Not]), { minItems: 1 }) }, closed)],
  { description: "one test: class, inside, within, measure, repeated, happened, not or anyOf" },
);
export const Clause = Type.Object(
  {
    number: Type.String({ minLength: 1, description: "as the agreement counts, such as II.3(a)" }),
    name: Text,
    text: Type.Optional(Text),
    tests: Type.Array(Test, { minItems: 1, description: "all must hold" }),
    basis: Basis,
  },
  closed,
);
