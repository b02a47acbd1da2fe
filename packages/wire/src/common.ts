/** Parts that several scenario files share. YAML on disk, JSON Schema in the editor. */
import Type from "typebox";

/** Keys of maps: lower-case words with dashes, so that a patch can name them on one line. */
export const Id = Type.String({
  pattern: "^[a-z0-9][a-z0-9-]{0,63}$",
  description: "lower-case id with dashes",
});

/** A map whose every key matches: a misspelt or badly formed key is refused, not ignored. */
export const Table = <K extends Type.TString, V extends Type.TSchema>(
  key: K,
  value: V,
  options: Type.TSchemaOptions = {},
) => Type.Record(key, value, { ...options, additionalProperties: false });

/** ISO 3166-1 alpha-3 (as in STANAG 1059); `EUE` for the European Union. */
export const NationCode = Type.String({
  pattern: "^[A-Z]{3}$",
  description: "ISO 3166-1 alpha-3 code; EUE = European Union",
});

export const SensorKind = Type.Union(
  [Type.Literal("optical"), Type.Literal("radar"), Type.Literal("thermal"), Type.Literal("rf")],
  {
    description: "optical, radar (SAR), thermal (infrared) or rf (radio-frequency)",
  },
);

export const LatitudeDeg = Type.Number({
  minimum: -90,
  maximum: 90,
  description: "geodetic, WGS 84, degrees north",
});
export const LongitudeDeg = Type.Number({
  minimum: -180,
  maximum: 180,
  description: "WGS 84, degrees east",
});

export const INSTANT_PATTERN = "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,3})?)?Z$";

/** ISO 8601 with an explicit Z: local times are never guessed. */
export const InstantText = Type.String({
  pattern: INSTANT_PATTERN,
  description: "UTC, ISO 8601, ends in Z: 2026-06-15T00:00:00Z",
});

/** A number with where it comes from. Exactly one of `source` and `assumed` stands beside the value. */
export const Figure = (unit: string, range: { minimum?: number; maximum?: number; exclusiveMinimum?: number } = {}) =>
  Type.Union(
    [
      Type.Object(
        {
          value: Type.Number(range),
          source: Type.String({ description: "id of an entry in `sources`" }),
        },
        { additionalProperties: false },
      ),
      Type.Object(
        {
          value: Type.Number(range),
          assumed: Type.String({
            minLength: 3,
            description: "why this value was assumed",
          }),
        },
        { additionalProperties: false },
      ),
    ],
    {
      description: `${unit}; with \`source\` (an id in \`sources\`) or \`assumed\` (why)`,
    },
  );

export const Source = Type.Object(
  {
    title: Type.String({ minLength: 3 }),
    publisher: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    date: Type.Optional(Type.String({ description: "of the source, as precise as it says" })),
    licence: Type.Optional(Type.String()),
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type Source = Type.Static<typeof Source>;

export const Sources = Table(Id, Source, {
  description: "where figures come from; figures refer to these ids",
});

export const About = Type.Object(
  {
    title: Type.String({ minLength: 3 }),
    description: Type.Optional(Type.String()),
    source: Type.Optional(Type.String()),
    date: Type.Optional(Type.String()),
    licence: Type.Optional(Type.String()),
  },
  {
    additionalProperties: false,
    description: "what this file is, where it comes from, under which licence",
  },
);
