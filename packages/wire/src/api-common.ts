/** Parts that the server's answers and requests share. Times are ISO 8601, UTC; lengths km; angles degrees, WGS 84. */
import Type from "typebox";
import { closed } from "./agreement-clause.ts";
import { InstantText, LatitudeDeg, LongitudeDeg, NationCode } from "./common.ts";

/** Any of these words. */
export const wordOf = <const T extends readonly string[]>(words: T, description?: string) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...words], ...(description !== undefined && { description }) }));

export const IncidentState = wordOf(
  ["reported", "located", "corroborated", "verified", "assessed", "referred", "closed", "retracted"],
  "state of an incident",
);
export const IncidentFinding = wordOf(["breach", "no-breach", "undetermined"], "what people found");

/** As the server writes them: always to the millisecond. */
export const Moment = Type.String({ description: "UTC, ISO 8601, to the millisecond" });
/** Half-open: `start` is inside, `end` is not. */
export const Span = Type.Object({ start: Moment, end: Moment });
/** Somewhere between the two, both inside. */
export const Ends = Type.Object({ earliest: Moment, latest: Moment });
export const Hash = Type.String({ pattern: "^[0-9a-f]{64}$", description: "SHA-256, hexadecimal" });

/** What an object is called. Opaque: it says nothing of order or number. */
export const ObjectId = Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._:~-]{0,127}$", description: "opaque id" });
export const ObjectIds = (most: number) => Type.Array(ObjectId, { minItems: 1, maxItems: most, uniqueItems: true });
export const Reason = Type.String({
  minLength: 1,
  maxLength: 4000,
  pattern: "\\S",
  description: "why, for the history",
});
export const PartyId = Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$", description: "a party of the agreement" });

export const MarkingBody = Type.Object(
  {
    owner: NationCode,
    releasableTo: Type.Union([
      Type.Literal("all"),
      Type.Array(NationCode, { maxItems: 64, uniqueItems: true, description: "beside the owner" }),
    ]),
    originatorControlled: Type.Boolean({ description: "no onward release without the owner's word" }),
    use: wordOf(["exercise", "real"]),
  },
  { ...closed, description: "to whom it may go" },
);

export const LocatedBody = Type.Object(
  {
    latitudeDeg: LatitudeDeg,
    longitudeDeg: LongitudeDeg,
    radiusKm: Type.Number({ minimum: 0, maximum: 25_000, description: "95 of 100 true places lie within it, km" }),
    basis: wordOf(["fix", "pixel", "settlement", "area", "map", "stated"]),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 256, pattern: "\\S" })),
  },
  closed,
);

export const SpanBody = Type.Object({ start: InstantText, end: InstantText }, closed);

/** Where every route under a workspace stands. */
export const WorkspaceParams = Type.Object({ workspace: ObjectId });
export const ObjectParams = Type.Object({ workspace: ObjectId, id: ObjectId });

export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: "at most so many; 100 where left out" })),
  cursor: Type.Optional(Type.String({ maxLength: 512, description: "`next` of the page before" })),
};

/** Filters that lists of things with place and time have in common. */
export const WhereWhenQuery = {
  bbox: Type.Optional(
    Type.String({
      maxLength: 200,
      description: "west,south,east,north, degrees; over the date line west is above east",
    }),
  ),
  polygon: Type.Optional(
    Type.String({ maxLength: 4000, description: "longitude latitude, …: 3 to 100 corners, not over the date line" }),
  ),
  from: Type.Optional(InstantText),
  to: Type.Optional(InstantText),
  text: Type.Optional(Type.String({ minLength: 2, maxLength: 200, description: "words, in any case" })),
};

export const pageOf = <T extends Type.TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()], {
      description: "`cursor` of the next page; null: this is the last",
    }),
  });

/** With it a write that is sent again is done once. */
export const IdempotencyHeaders = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({ pattern: "^[\\x21-\\x7e]{8,128}$", description: "the same for the same write; kept for 24 h" }),
  ),
});
/** Asked for in the route, so that a missing one has an answer of its own. */
export const MatchHeaders = Type.Object({
  "idempotency-key": IdempotencyHeaders.properties["idempotency-key"],
  "if-match": Type.Optional(Type.String({ maxLength: 64, description: "the `ETag` that was read" })),
});

export const PointFeature = <T extends Type.TSchema>(properties: T) =>
  Type.Object({
    type: Type.Literal("Feature"),
    id: Type.String(),
    geometry: Type.Object({ type: Type.Literal("Point"), coordinates: Type.Array(Type.Number()) }),
    properties,
  });
