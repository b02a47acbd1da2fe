/** Weather of a region, month by month: what simulated weather is drawn from. */
import Type from "typebox";
import { About, Figure, LatitudeDeg, LongitudeDeg, Sources, Table } from "./common.ts";

const ABOVE_ZERO = { exclusiveMinimum: 0 };
const SHARE = { minimum: 0, maximum: 1 };

const Month = Type.Object(
  {
    temperatureC: Figure("degrees Celsius, mean of day and night", { minimum: -60, maximum: 50 }),
    dailySwingC: Figure("degrees, half of the difference of day and night", { minimum: 0 }),
    humidity01: Figure("relative, mean", SHARE),
    windEastMps: Figure("m/s, mean towards east"),
    windNorthMps: Figure("m/s, mean towards north"),
    windSpreadMps: Figure("m/s, standard deviation of each component", ABOVE_ZERO),
    rainShare01: Figure("share of the time with rain or snow, of all the time", SHARE),
    visibilityKm: Figure("km, median", ABOVE_ZERO),
    fogShare01: Figure("share of the time with less than 1 km of visibility", { exclusiveMinimum: 0, maximum: 0.49 }),
    cloudBaseM: Figure("m above the ground, median where there is cloud", ABOVE_ZERO),
  },
  { additionalProperties: false },
);

export const Weather = Type.Object(
  {
    kind: Type.Literal("weather"),
    about: About,
    sources: Sources,
    area: Type.Object(
      { south: LatitudeDeg, west: LongitudeDeg, north: LatitudeDeg, east: LongitudeDeg },
      { additionalProperties: false, description: "where it is drawn" },
    ),
    cloud: Type.Object(
      {
        lengthKm: Figure("km over which the correlation of cloudiness falls to 1/e", ABOVE_ZERO),
        lifeH: Figure("hours over which it falls to 1/e for one who moves along with it", ABOVE_ZERO),
        windTimes: Figure("speed of clouds over that of the wind at the ground", { minimum: 0 }),
        baseSpread: Figure("standard deviation of the logarithm of the cloud base's height", { minimum: 0 }),
      },
      { additionalProperties: false },
    ),
    wind: Type.Object(
      {
        lengthKm: Figure("km over which the correlation of wind falls to 1/e", ABOVE_ZERO),
        lifeH: Figure("hours over which it falls to 1/e", ABOVE_ZERO),
      },
      { additionalProperties: false },
    ),
    sea: Type.Object(
      {
        answerH: Figure("hours in which waves come up to the wind, to 1/e", ABOVE_ZERO),
        overWater: Figure("wind over the sea over wind on land", ABOVE_ZERO),
        fetchKm: Figure("km of open water", ABOVE_ZERO),
      },
      { additionalProperties: false },
    ),
    rain: Type.Object({ rateMmPerH: Figure("mm/h, mean while it rains", ABOVE_ZERO) }, { additionalProperties: false }),
    months: Table(Type.String({ pattern: "^(0[1-9]|1[0-2])$" }), Month, {
      description: "01 to 12; a month left out = unknown",
    }),
  },
  { additionalProperties: false, title: "Vedette weather" },
);
export type Weather = Type.Static<typeof Weather>;
