/** What satellites could see, as the workspace's scenario was computed last. */
import Type from "typebox";
import { Moment, PageQuery, pageOf, wordOf } from "./api-common.ts";
import { InstantText, NationCode } from "./common.ts";

const Kind = wordOf(["optical", "radar", "thermal", "rf"]);

/** As `summary.json` of `vedette run`. */
export const ScenarioSummary = Type.Unsafe<unknown>({ type: "object", additionalProperties: true });

export const PassesQuery = Type.Object({
  from: Type.Optional(InstantText),
  to: Type.Optional(InstantText),
  nation: Type.Optional(NationCode),
  kind: Type.Optional(Kind),
  ...PageQuery,
});
export const PassPage = pageOf(
  Type.Object({
    satellite: Type.String(),
    catalogueNumber: Type.Integer(),
    mission: Type.String(),
    nation: Type.String(),
    kinds: Type.Array(Type.String()),
    start: Moment,
    end: Moment,
    accessibleCells: Type.Integer(),
    takenCells: Type.Integer(),
    minOffNadirDeg: Type.Number(),
    sunElevationDeg: Type.Number(),
    delivered: Type.Union([Moment, Type.Null()]),
    deliveredBy: Type.Union([Type.String(), Type.Null()]),
  }),
);

/** GeoJSON, as `coverage.geojson` of `vedette run`. */
export const Coverage = Type.Unsafe<string>({
  type: "object",
  description: "one polygon a cell with the figures of the whole network; null is unknown",
});

const Hours = Type.Array(Type.Integer());
export const Ledger = Type.Object({
  start: Moment,
  cells: Type.Integer(),
  byKind: Type.Record(
    Type.String(),
    Type.Object({ observable: Hours, night: Hours, noPass: Hours, unknown: Hours, taken: Hours }),
    { description: "cell-hours by hour of the span; observable, night, noPass and unknown add up to the cells" },
  ),
});

export const PlatformList = Type.Object({
  items: Type.Array(
    Type.Object({
      mission: Type.String(),
      name: Type.String(),
      nation: Type.String(),
      operator: Type.String(),
      kinds: Type.Array(Type.String()),
      satellites: Type.Integer({ minimum: 0 }),
      stations: Type.Array(Type.String()),
    }),
  ),
});
