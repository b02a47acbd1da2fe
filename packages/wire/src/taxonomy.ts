/**
 * Kinds of incident as data: what each is called, by what it is known, how far one incident of the kind may reach, and
 * which kinds may be one and the same. With it the rules by which an incident comes from state to state.
 */
import Type from "typebox";
import { About, Figure, Id, Sources, Table } from "./common.ts";
import { EvidenceForm } from "./evidence-source.ts";

/** By BCP 47 language; English always. */
export const Titles = Type.Object(
  { en: Type.String({ minLength: 2 }), uk: Type.String({ minLength: 2 }), fr: Type.String({ minLength: 2 }) },
  { additionalProperties: false, description: "in English, Ukrainian and French" },
);

const Perceived = Type.Union([Type.Literal("seen"), Type.Literal("heard"), Type.Literal("sensed")], {
  description: "seen, heard, or sensed by an instrument",
});

const Share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });

export const TaxonomyKind = Type.Object(
  {
    title: Titles,
    group: Id,
    perceived: Type.Array(Perceived, { minItems: 1 }),
    forms: Type.Array(EvidenceForm, {
      description: "forms of evidence that can speak for it; a claim and a reply always can",
    }),
    signatures: Type.Array(Type.String({ minLength: 3 }), { description: "by what it is known, in words" }),
    words: Type.Optional(
      Type.Array(Type.String({ pattern: "^[a-z0-9а-яіїєґ](?:[a-z0-9а-яіїєґ' -]*[a-z0-9а-яіїєґ])?\\$?$" }), {
        minItems: 1,
        description: "how a report's words that tell of it begin, in lower case, ё as е; $ at the end: a whole word",
      }),
    ),
    extent: Type.Object(
      {
        km: Figure("km from the middle within which its parts lie", { exclusiveMinimum: 0, maximum: 500 }),
        hours: Figure("h that it lasts, from its first part to its last", { exclusiveMinimum: 0, maximum: 2160 }),
      },
      {
        additionalProperties: false,
        description: "how far one incident reaches in space and time, errors of the evidence aside",
      },
    ),
    alike: Type.Optional(
      Table(Id, Share("0: never, 1: as if of one kind"), {
        description: "kinds that one incident may be reported as; said once for a pair, it holds both ways",
      }),
    ),
    alikeAll: Type.Optional(Share("likeness to every kind that is not named: for kinds that say little")),
  },
  { additionalProperties: false },
);

export const Taxonomy = Type.Object(
  {
    kind: Type.Literal("taxonomy"),
    about: About,
    sources: Type.Optional(Sources),
    id: Id,
    version: Type.Integer({ minimum: 1 }),
    groups: Table(Id, Titles, { description: "of kinds, for totals" }),
    wordOrder: Type.Optional(
      Type.Array(Id, {
        description:
          "kinds in the order in which a report's words are asked for them; the first counts. Others with words follow in the file's order",
      }),
    ),
    kinds: Table(Id, TaxonomyKind),
    rules: Type.Object(
      {
        locatedWithinKm: Figure("km, 95 %: an incident is located where its best evidence is as sharp as this", {
          exclusiveMinimum: 0,
        }),
        corroboratedBy: Figure("independent items of evidence", { minimum: 2 }),
        countsFromRatio: Figure(
          "a detection or alert counts as a witness where it is so many times likelier with the event than without",
          {
            minimum: 1,
          },
        ),
        repliesWithinHours: Figure("h from verification for the parties to reply, where no agreement says otherwise", {
          exclusiveMinimum: 0,
        }),
      },
      { additionalProperties: false, description: "when an incident may go from state to state" },
    ),
  },
  { additionalProperties: false, title: "Vedette taxonomy of incidents" },
);
export type Taxonomy = Type.Static<typeof Taxonomy>;
