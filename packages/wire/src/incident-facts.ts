/** Incidents in a file, to try an agreement on. */
import Type from "typebox";
import { closed, Finding, MeasureName, oneOf, State } from "./agreement-clause.ts";
import { About, Id, InstantText, LatitudeDeg, LongitudeDeg, Table } from "./common.ts";

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
