/**
 * The figures by which a claim is weighed against feeds: fitted once, kept with how and on what they were fitted. Their
 * meaning stands in `packages/core/src/verify/model.ts`.
 */
import Type from "typebox";
import { About, Id, Sources } from "./common.ts";

const Km = Type.Number({ minimum: 0, maximum: 500, description: "km from the claim's place" });
const Days = Type.Integer({ minimum: 0, maximum: 183, description: "days" });
const Weight = Type.Number({ minimum: 0, maximum: 0.9, description: "0: says nothing; fitted" });
const Expected = Type.Number({ exclusiveMinimum: 0, maximum: 100, description: "expected in a window" });

const Dispersion = Type.Object(
  {
    scale: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
    power: Type.Number({ minimum: 0, maximum: 2 }),
  },
  { additionalProperties: false, description: "counts are negative binomial of shape scale x expected^power; fitted" },
);

const Span = Type.Object(
  { from: Days, to: Days },
  { additionalProperties: false, description: "days before and after, from the first to the last" },
);

const ring = { fromKm: Km, toKm: Km };
const Count = Type.Object({ ...ring, weight01: Weight, dispersion: Dispersion }, { additionalProperties: false });

const Thermal = Type.Object(
  {
    near: Count,
    around: Count,
    level: Type.Object(
      { ...ring, priorCount: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }) },
      { additionalProperties: false, description: "where the day's overall level is read" },
    ),
    windowDays: Days,
    surroundingDays: Span,
    surroundingPrior: Type.Number({ exclusiveMinimum: 0, maximum: 1000 }),
    seasonDays: Days,
    leastExpected: Expected,
    landUseYears: Type.Number({ minimum: 0, maximum: 100 }),
    persistent: Type.Object(
      {
        days: Type.Integer({ minimum: 1 }),
        years: Type.Integer({ minimum: 1 }),
        months: Type.Integer({ minimum: 1, maximum: 12 }),
      },
      { additionalProperties: false, description: "a square kilometre that burns so often is a furnace or a flare" },
    ),
    sky: Type.Object(
      { withinKm: Km, usual01: Type.Number({ exclusiveMinimum: 0, maximum: 1 }) },
      { additionalProperties: false, description: "open sky is read from furnaces; its usual share, fitted" },
    ),
  },
  { additionalProperties: false },
);

const Hours = Type.Number({ exclusiveMinimum: 0, maximum: 48 });

const Alerts = Type.Object(
  { weight01: Weight, windowDays: Days, surroundingDays: Days, windowHours: Hours, raionKm: Km, hromadaKm: Km },
  { additionalProperties: false },
);

const News = Type.Object(
  {
    ...ring,
    weight01: Weight,
    dispersion: Dispersion,
    windowDays: Days,
    surroundingDays: Span,
    leastExpected: Expected,
    ownDays: Days,
    leavesOutBusiest: Type.Boolean({ description: "of the media, where the claim's own is not known" }),
  },
  { additionalProperties: false },
);

const Fitted = Type.Object(
  {
    claims: Type.Integer({ minimum: 0 }),
    controls: Type.Integer({ minimum: 0 }),
    from: Type.String(),
    to: Type.String(),
    seed: Type.Integer(),
    shrink: Type.Number({ minimum: 0, maximum: 1, description: "all weights were multiplied by it" }),
    how: Type.String(),
    assumed: Type.String({ description: "which figures were not fitted, and why they are as they are" }),
  },
  { additionalProperties: false, description: "on what the fitted figures rest" },
);

export const CorroborationModelFile = Type.Object(
  {
    kind: Type.Literal("corroboration-model"),
    about: About,
    sources: Type.Optional(Sources),
    id: Id,
    version: Type.String({ minLength: 1 }),
    fitted: Fitted,
    thermal: Thermal,
    alerts: Alerts,
    news: News,
  },
  { additionalProperties: false, title: "Vedette corroboration model" },
);
export type CorroborationModelFile = Type.Static<typeof CorroborationModelFile>;
