/** A scenario picks a network, zones, requests and a world, and patches them (RFC 7396 merge patch). */
import Type from "typebox";
import { InstantText, NationCode } from "./common.ts";

const FileReference = Type.String({
  minLength: 1,
  description: "a path below the folder of this file, or `data/...` for what ships with Vedette",
});

/** JSON merge patch: maps merge by key, null removes, anything else replaces. */
const Patch = Type.Record(Type.String(), Type.Unknown(), {
  description: "RFC 7396: maps merge by key, null removes a key",
});

const body = {
  title: Type.String({ minLength: 3 }),
  label: Type.Optional(
    Type.String({
      description: "stands on every page, e.g. EXERCISE: illustrative line, no statement about any border",
    }),
  ),
  description: Type.Optional(Type.String()),
  start: InstantText,
  days: Type.Number({ exclusiveMinimum: 0, maximum: 366 }),
  h3Resolution: Type.Integer({
    minimum: 3,
    maximum: 9,
    description: "H3 resolution of the cells; 6 is 36 km2 a cell",
  }),
  network: FileReference,
  catalogues: Type.Array(FileReference, {
    description: "element sets: OMM in CSV, or any format that import reads",
  }),
  zones: FileReference,
  requests: FileReference,
  world: Type.Optional(FileReference),
  boundaries: Type.Optional(FileReference),
  without: Type.Optional(
    Type.Array(NationCode, {
      description: "nations whose assets are taken out",
    }),
  ),
  staleAfterDays: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: 60,
      description: "elements older than this are unknown; default 14",
    }),
  ),
  rebaseEpochs: Type.Optional(
    Type.Boolean({
      description: "exercise only: move element epochs to the start by whole days; every page says so",
    }),
  ),
  marking: Type.Optional(
    Type.String({
      description: "release marking of all output; default OWNER ONLY",
    }),
  ),
  patch: Type.Optional(
    Type.Object(
      {
        network: Type.Optional(Patch),
        zones: Type.Optional(Patch),
        requests: Type.Optional(Patch),
        world: Type.Optional(Patch),
      },
      {
        additionalProperties: false,
        description: "changes to the files picked above",
      },
    ),
  ),
};

/** After `extends` has been resolved. */
export const Scenario = Type.Object({ kind: Type.Literal("scenario"), ...body }, { additionalProperties: false });
export type Scenario = Type.Static<typeof Scenario>;

/** As written: a variant names what it extends and only what differs. */
export const ScenarioFile = Type.Union(
  [
    Type.Object({ kind: Type.Literal("scenario"), ...body }, { additionalProperties: false }),
    Type.Object(
      {
        kind: Type.Optional(Type.Literal("scenario")),
        extends: Type.String({
          minLength: 1,
          description: "a shipped scenario's name, or a path below this file's folder",
        }),
        ...Type.Partial(Type.Object(body)).properties,
      },
      {
        additionalProperties: false,
        description: "a variant of another scenario",
      },
    ),
  ],
  { title: "Vedette scenario" },
);
export type ScenarioFile = Type.Static<typeof ScenarioFile>;
