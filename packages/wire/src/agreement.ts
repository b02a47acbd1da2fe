/** An agreement as a file: zones, clauses, clocks, who is told. One file is one version. */
import Type from "typebox";
import {
  Basis,
  Clause,
  closed,
  DateText,
  FileReference,
  Finding,
  IncidentClass,
  LanguageTag,
  oneOf,
  Positive,
  State,
  Text,
  Zone,
} from "./agreement-clause.ts";
import { About, Id, InstantText, NationCode, Sources, Table } from "./common.ts";

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
