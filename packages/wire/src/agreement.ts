/** An agreement as a file: zones, clauses, clocks, who is told. One file is one version. And incidents to try it on. */
import Type from "typebox";
import { About, Id, InstantText, LatitudeDeg, LongitudeDeg, NationCode, Sources, Table } from "./common.ts";

const closed = { additionalProperties: false } as const;

const LanguageTag = Type.String({
  pattern: "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$",
  description: "BCP 47 language, such as uk or pt-BR",
});
const Text = Table(LanguageTag, Type.String({ minLength: 1 }), { description: "text by language" });
const DateText = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "a date, such as 2026-02-03" });
const MeasureName = Type.String({
  pattern: "^[a-z][A-Za-z0-9]{0,39}$",
  description: "a measure with its unit, such as calibreMm; `evidence` counts independent items",
});
const FileReference = Type.String({
  minLength: 1,
  description: "a path below the folder of this file, or `data/...` for what ships with Vedette",
});
const Positive = (description: string, maximum?: number) =>
  Type.Number({ exclusiveMinimum: 0, description, ...(maximum !== undefined && { maximum }) });
const oneOf = <const T extends readonly string[]>(words: T, description?: string) =>
  Type.Union(
    words.map((word) => Type.Literal(word as T[number])),
    description === undefined ? {} : { description },
  );

const basisHead = {
  date: DateText,
  source: Id,
  at: Type.Optional(Type.String({ description: "where in the source" })),
};
const Basis = Type.Union(
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
const State = oneOf(
  ["reported", "located", "corroborated", "verified", "assessed", "referred", "closed", "retracted"],
  "state of an incident",
);
const Finding = oneOf(["breach", "no-breach", "undetermined"], "what people found");

const zoneHead = { name: Text, note: Type.Optional(Type.String()), basis: Basis };
const bufferKm = Type.Optional(Positive("km about a line or points", 500));
const Zone = Type.Union(
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

const IncidentClass = Type.Object(
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
const Clause = Type.Object(
  {
    number: Type.String({ minLength: 1, description: "as the agreement counts, such as II.3(a)" }),
    name: Text,
    text: Type.Optional(Text),
    tests: Type.Array(Test, { minItems: 1, description: "all must hold" }),
    basis: Basis,
  },
  closed,
);

const Days = Type.Integer({ minimum: 1, maximum: 3660 });
const Term = Type.Union(
  [
    Type.Object({ hours: Positive("hours", 87600) }, closed),
    Type.Object({ days: Days, endsOnWorkingDay: Type.Optional(Type.Boolean()) }, closed),
    Type.Object({ workingDays: Days }, closed),
  ],
  { description: "hours, days or workingDays; days end with their last hour, UTC, and the first is not counted" },
);
const clockHead = {
  name: Text,
  clauses: Type.Array(Id, { minItems: 1 }),
  counts: oneOf(
    ["touches", "may-touch"],
    "touches: only where a clause is surely touched; may-touch: also where it cannot be told",
  ),
  fromState: Type.Optional(State),
  each: Type.Optional(Type.Literal("party")),
  runs: Term,
  stops: Type.Array(
    Type.Union(
      [
        Type.Object({ signed: Id }, closed),
        Type.Object({ state: State }, closed),
        Type.Object({ finding: Finding }, closed),
        Type.Object({ reply: Type.Boolean() }, closed),
      ],
      { description: "signed (a step), state, finding or reply" },
    ),
    { description: "the first that comes stops it; a retracted incident has no clocks" },
  ),
  maySuspend: Type.Optional(Type.Object({ by: Text, basis: Basis }, closed)),
  basis: Basis,
};
const Series = Type.Object(
  { quietHours: Positive("hours", 8760), withinKm: Positive("km", 1000) },
  { ...closed, description: "incidents are one breach while each follows within the hours and the distance" },
);
const Clock = Type.Union(
  [
    Type.Object(
      { ...clockHead, from: oneOf(["first-observed", "occurred", "initial-breach"]), series: Type.Optional(Series) },
      closed,
    ),
    Type.Object({ ...clockHead, afterState: State }, closed),
    Type.Object({ ...clockHead, afterStep: Id }, closed),
  ],
  { description: "a clock that runs `from` an incident's own time, `afterState` or `afterStep`" },
);

const Step = Type.Object(
  {
    name: Text,
    opens: Type.Object({ clock: Id, at: oneOf(["started", "deadline"]) }, closed),
    needs: Type.Optional(Type.Object({ state: State, finding: Type.Optional(Finding) }, closed)),
    due: Type.Optional(Id),
    tells: Type.Array(Type.Object({ recipient: Id, template: Id }, closed), { minItems: 1 }),
    signatures: Type.Integer({ minimum: 1, maximum: 5, description: "different people" }),
    signer: Text,
    basis: Basis,
  },
  closed,
);

const Nation = Type.Object(
  {
    name: Text,
    caveats: Type.Array(Type.Object({ steps: Type.Array(Id, { minItems: 1 }), text: Text, basis: Basis }, closed)),
    parliament: Type.Array(
      Type.Object(
        {
          step: Id,
          act: oneOf(["inform", "debate", "approve"]),
          timing: oneOf(["before", "after"]),
          body: Text,
          text: Text,
          within: Type.Optional(Term),
          from: Type.Optional(Type.Literal("signature")),
          basis: Basis,
        },
        closed,
      ),
    ),
  },
  closed,
);

const Template = Type.Object(
  { subject: Type.String({ minLength: 3 }), body: Type.String({ minLength: 3 }) },
  { ...closed, description: "text with figures in braces, such as {deadline}" },
);

export const Agreement = Type.Object(
  {
    kind: Type.Literal("agreement"),
    about: About,
    sources: Sources,
    id: Id,
    version: Type.Integer({ minimum: 1, maximum: 9999 }),
    title: Text,
    taxonomy: FileReference,
    inForce: Type.Object({ from: InstantText, until: Type.Optional(InstantText), basis: Basis }, closed),
    timeZone: Type.String({ minLength: 3, description: "IANA time zone for display, such as Europe/Kyiv" }),
    certainty: Type.Object(
      {
        share01: Type.Number({ minimum: 0.5, maximum: 1, description: "from this share on it is a yes" }),
        basis: Basis,
      },
      closed,
    ),
    languages: Table(
      LanguageTag,
      Type.Object({ name: Type.String({ minLength: 2 }), direction: Type.Optional(oneOf(["ltr", "rtl"])) }, closed),
      { description: "the first is the one that every text has" },
    ),
    calendar: Type.Object(
      {
        weekend: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { description: "ISO 8601: Monday is 1" }),
        holidays: Type.Optional(Table(DateText, Type.String({ minLength: 2 }))),
        basis: Basis,
      },
      closed,
    ),
    parties: Table(Id, Type.Object({ name: Text, basis: Basis }, closed)),
    nations: Table(NationCode, Nation),
    recipients: Table(
      Id,
      Type.Object(
        { name: Text, languages: Type.Array(LanguageTag, { minItems: 1 }), party: Type.Optional(Id), basis: Basis },
        closed,
      ),
    ),
    zones: Table(Id, Zone),
    classes: Table(Id, IncidentClass),
    clauses: Table(Id, Clause),
    clocks: Table(Id, Clock),
    steps: Table(Id, Step),
    templates: Table(Id, Table(LanguageTag, Template)),
    words: Type.Object({ touches: Text, "cannot-be-told": Text, unnamed: Text, none: Text }, closed),
  },
  { ...closed, title: "Vedette agreement, one version" },
);
export type Agreement = Type.Static<typeof Agreement>;

const Span = Type.Union([InstantText, Type.Object({ earliest: InstantText, latest: InstantText }, closed)], {
  description: "an instant as precise as it is written, or earliest and latest",
});
const Facts = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    kind: Id,
    mayBe: Type.Optional(Type.Array(Id)),
    where: Type.Object(
      {
        latitudeDeg: LatitudeDeg,
        longitudeDeg: LongitudeDeg,
        radiusKm: Type.Number({ minimum: 0, maximum: 1000, description: "95 of 100 true places lie within it, km" }),
        basis: oneOf(["fix", "pixel", "settlement", "area", "map", "stated"]),
        name: Type.Optional(Type.String()),
      },
      closed,
    ),
    when: Span,
    firstObserved: Span,
    state: State,
    finding: Type.Optional(Finding),
    measures: Type.Optional(
      Table(
        MeasureName,
        Type.Union([Type.Number(), Type.Object({ low: Type.Number(), high: Type.Number() }, closed)], {
          description: "a number, or low and high",
        }),
      ),
    ),
    evidence: Type.Integer({ minimum: 0, description: "independent items" }),
    replies: Type.Optional(Type.Array(Type.Object({ party: Id, at: Span }, closed))),
  },
  closed,
);
export const IncidentFacts = Type.Object(
  { kind: Type.Literal("incident-facts"), about: Type.Optional(About), incidents: Type.Array(Facts, { minItems: 1 }) },
  { ...closed, title: "Vedette incidents to try an agreement on" },
);
export type IncidentFacts = Type.Static<typeof IncidentFacts>;
