/** Who exists: nations, sensors, missions with their satellites, ground stations, relays, processing centres. */
import Type from "typebox";
import {
  About,
  Figure,
  Id,
  InstantText,
  LatitudeDeg,
  LongitudeDeg,
  NationCode,
  SensorKind,
  Sources,
  Table,
} from "./common.ts";

export const Sensor = Type.Object(
  {
    name: Type.String(),
    kind: SensorKind,
    band: Type.Object(
      {
        angle: Type.Union([Type.Literal("offNadir"), Type.Literal("incidence")], {
          description: "offNadir: at the satellite, from nadir. incidence: at the target, from its vertical",
        }),
        minDeg: Figure("degrees", { minimum: 0, maximum: 90 }),
        maxDeg: Figure("degrees", { minimum: 0, maximum: 90 }),
      },
      {
        additionalProperties: false,
        description: "where the sensor can be pointed, at the moment the target is abeam",
      },
    ),
    side: Type.Union([Type.Literal("left"), Type.Literal("right"), Type.Literal("both")], {
      description: "side of the ground track, seen along the flight",
    }),
    swathKm: Figure("km across track, one strip", {
      exclusiveMinimum: 0,
      maximum: 5000,
    }),
    resolutionM: Figure("m, ground sample distance or range/azimuth resolution of the mode", { exclusiveMinimum: 0 }),
    minSunElevationDeg: Type.Optional(
      Figure("degrees; leave out where the sensor works at night", {
        minimum: -18,
        maximum: 90,
      }),
    ),
    stoppedByCloud: Type.Boolean(),
    dutyS: Figure("seconds of imaging per orbit", { exclusiveMinimum: 0 }),
    settleS: Figure("seconds to slew and settle between two strips of one pass", { minimum: 0 }),
    rateMbps: Figure("Mbit/s of data while imaging, as stored", {
      exclusiveMinimum: 0,
    }),
  },
  { additionalProperties: false },
);

export const Walker = Type.Object(
  {
    satellites: Type.Integer({
      minimum: 1,
      maximum: 2000,
      description: "in all (T)",
    }),
    planes: Type.Integer({
      minimum: 1,
      maximum: 200,
      description: "P; divides T",
    }),
    phasing: Type.Integer({
      minimum: 0,
      maximum: 200,
      description: "F, 0 to P - 1",
    }),
    pattern: Type.Union([Type.Literal("delta"), Type.Literal("star")], {
      description: "planes spread over 360 or 180 degrees",
    }),
    altitudeKm: Figure("km above the equatorial radius, mean", {
      minimum: 160,
      maximum: 40000,
    }),
    inclinationDeg: Type.Optional(Figure("degrees", { minimum: 0, maximum: 180 })),
    sunSynchronous: Type.Optional(
      Type.Object(
        {
          ltanH: Figure("hours, local mean time of the ascending node of the first plane", { minimum: 0, maximum: 24 }),
        },
        {
          additionalProperties: false,
          description: "inclination follows from the altitude; instead of inclinationDeg",
        },
      ),
    ),
    raanDeg: Type.Optional(
      Figure("degrees, ascending node of the first plane at the start", {
        minimum: 0,
        maximum: 360,
      }),
    ),
    raanSpreadDeg: Type.Optional(
      Figure("degrees over which planes spread, instead of the pattern's 360 or 180", { minimum: 0, maximum: 360 }),
    ),
    argumentOfLatitudeDeg: Type.Optional(
      Figure("degrees, of the first satellite at the start", {
        minimum: 0,
        maximum: 360,
      }),
    ),
  },
  {
    additionalProperties: false,
    description: "Walker pattern i: T/P/F. Elements are generated at the scenario's start",
  },
);

export const Satellite = Type.Object(
  {
    name: Type.String(),
    catalogueNumber: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
    nation: Type.Optional(NationCode),
    operator: Type.Optional(Type.String()),
    source: Type.Optional(Id),
  },
  {
    additionalProperties: false,
    description: "nation and operator only where they differ from the mission's",
  },
);

export const Mission = Type.Object(
  {
    name: Type.String(),
    nation: NationCode,
    operator: Type.String(),
    source: Type.Optional(Id),
    note: Type.Optional(Type.String()),
    sensors: Type.Array(Id, { minItems: 1 }),
    memoryGbit: Figure("Gbit on board", { exclusiveMinimum: 0 }),
    downlinkMbps: Figure("Mbit/s to the ground, all channels", {
      exclusiveMinimum: 0,
    }),
    stations: Type.Array(Id, {
      description: "ground stations this mission may use",
    }),
    relays: Type.Optional(Type.Array(Id)),
    processing: Id,
    launch: Type.Optional(
      Type.Object(
        {
          nation: NationCode,
          source: Type.Optional(Id),
          assumed: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
    ),
    satellites: Type.Optional(Table(Id, Satellite)),
    walker: Type.Optional(Walker),
  },
  {
    additionalProperties: false,
    description: "satellites (real, by catalogue number) or walker (planned)",
  },
);

export const Station = Type.Object(
  {
    name: Type.String(),
    nation: NationCode,
    territory: Type.Optional(NationCode),
    operator: Type.String(),
    source: Type.Optional(Id),
    latitudeDeg: LatitudeDeg,
    longitudeDeg: LongitudeDeg,
    heightM: Figure("m above the ellipsoid", { minimum: -500, maximum: 9000 }),
    maskDeg: Figure("degrees, lowest usable elevation", {
      minimum: 0,
      maximum: 89,
    }),
    antennas: Figure("antennas that can each serve one satellite", {
      minimum: 1,
      maximum: 100,
    }),
  },
  {
    additionalProperties: false,
    description: "nation: owner of the station's operator; territory: where it stands",
  },
);

export const Relay = Type.Object(
  {
    name: Type.String(),
    nation: NationCode,
    operator: Type.String(),
    source: Type.Optional(Id),
    catalogueNumber: Type.Integer({ minimum: 1, maximum: 999_999_999 }),
    rateMbps: Figure("Mbit/s", { exclusiveMinimum: 0 }),
    terminals: Figure("user satellites served at a time", { minimum: 1 }),
  },
  { additionalProperties: false, description: "a geostationary data relay" },
);

export const ProcessingCentre = Type.Object(
  {
    name: Type.String(),
    nation: NationCode,
    operator: Type.String(),
    source: Type.Optional(Id),
    latencyMin: Figure("minutes from the last bit received to a picture at headquarters", { minimum: 0 }),
  },
  { additionalProperties: false },
);

export const Network = Type.Object(
  {
    kind: Type.Literal("network"),
    about: About,
    sources: Sources,
    date: Type.Optional(InstantText),
    nations: Table(NationCode, Type.Object({ name: Type.String() }, { additionalProperties: false })),
    sensors: Table(Id, Sensor),
    missions: Table(Id, Mission),
    stations: Table(Id, Station),
    relays: Type.Optional(Table(Id, Relay)),
    processing: Table(Id, ProcessingCentre),
  },
  { additionalProperties: false, title: "Vedette network" },
);
export type Network = Type.Static<typeof Network>;
