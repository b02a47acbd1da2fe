/** Sensors: what each model of detection needs to know of an instrument, every figure with its source or assumed. */
import Type from "typebox";
import { About, Figure, Id, Sources, Table } from "./common.ts";

const ABOVE_ZERO = { exclusiveMinimum: 0 };
const SHARE = { minimum: 0, maximum: 1 };

const Report = Type.Object(
  {
    delayS: Figure("s from the look to the report at the sensor's end of the link", { minimum: 0 }),
    locationM: Figure("m, radius that holds the true place in 95 of 100 cases", { minimum: 0 }),
    locationMrad: Figure("m more for each km of distance, 95 %", { minimum: 0 }),
    driftMps: Figure("m more for each second without positions from satellites, 95 %", { minimum: 0 }),
    bits: Figure("bits of one report", ABOVE_ZERO),
  },
  { additionalProperties: false, description: "what its report is like" },
);

const COMMON = {
  name: Type.String({ minLength: 3 }),
  /** Id in data/sources: what `verify/` is told of it. */
  declaredBy: Type.Optional(Id),
  rangeKm: Figure("km, beyond which it is not asked", ABOVE_ZERO),
  report: Report,
  falseAlarmsPerDay: Figure("reports a day of nothing", { minimum: 0 }),
  inOrder01: Figure("share of the time in which it works", SHARE),
};

const DETECTOR = {
  falseAlarm01: Figure("chance that noise passes the threshold of one cell", { exclusiveMinimum: 0, maximum: 0.5 }),
  swerling: Type.Union(
    [0, 1, 2, 3, 4].map((n) => Type.Literal(n as 0 | 1 | 2 | 3 | 4)),
    {
      description: "how the target's echo fluctuates (Swerling's cases)",
    },
  ),
};

const EYE = {
  cyclesForHalf: Figure("line pairs over the target at which half of the looks succeed", ABOVE_ZERO),
  leastSignal: Figure("least contrast (visible) or difference in K (infrared) that is seen at all", ABOVE_ZERO),
  finestSignal: Figure("the same for the finest pattern that its pixels hold", ABOVE_ZERO),
  leastSunDeg: Figure("degrees, the Sun's elevation below which it sees no bodies or marks", {
    minimum: -90,
    maximum: 90,
  }),
};

const Camera = Type.Object(
  {
    model: Type.Literal("camera"),
    ...COMMON,
    band: Type.Union([Type.Literal("visible"), Type.Literal("infrared")]),
    pixelMrad: Figure("mrad, angle of one pixel", ABOVE_ZERO),
    fields: Figure("fields of view searched in turn", { minimum: 1 }),
    searchS: Figure("s over the chance of success, for one field of view", ABOVE_ZERO),
    ...EYE,
    flashDayLux: Figure("lux of a flash that is noticed by day", ABOVE_ZERO),
    flashNightLux: Figure("lux of a flash that is noticed by night", ABOVE_ZERO),
    flashLmPerW: Figure("lumens for each watt that a flash radiates", ABOVE_ZERO),
    hazeShare01: Figure("what haze takes from infrared, over what it takes from visible light", SHARE),
    clearPerKm: Figure("per km, what clear air takes from infrared", { minimum: 0 }),
    fireKwPerM2: Figure("kW radiated by a square metre of flames", ABOVE_ZERO),
    flameRiseK: Figure("K, flames above the ground in the infrared", ABOVE_ZERO),
    smokeTimes: Figure("width of smoke over width of flames", ABOVE_ZERO),
  },
  { additionalProperties: false, description: "a camera or an eye on the ground, in the air or at sea (Johnson 1958)" },
);

const Radar = Type.Object(
  {
    model: Type.Literal("radar"),
    ...COMMON,
    meanPowerW: Figure("W, mean", ABOVE_ZERO),
    dwellS: Figure("s on the target in one scan, added with its phase", ABOVE_ZERO),
    gainDb: Figure("dB, of the antenna"),
    frequencyGhz: Figure("GHz", { minimum: 0.1, maximum: 100 }),
    noiseFigureDb: Figure("dB", { minimum: 0 }),
    lossDb: Figure("dB, all losses", { minimum: 0 }),
    beamDeg: Figure("degrees, azimuth, between half-power points", ABOVE_ZERO),
    resolutionM: Figure("m along the ray", ABOVE_ZERO),
    ...DETECTOR,
    pulses: Figure("dwells of one scan, added without their phase", { minimum: 1 }),
    scanS: Figure("s, of one scan", ABOVE_ZERO),
    confirmScans: Figure("scans in a row that make a report", { minimum: 1 }),
    leastSpeedMps: Figure("m/s; slower ones are taken for the ground", { minimum: 0 }),
    landDb: Figure("dB, echo of land over its area, at low grazing angles"),
    clutterCutDb: Figure("dB, taken from the echo of land or sea by filters and averaging", { minimum: 0 }),
    rainDbPerKm: Figure("dB/km one way for each mm/h of rain", { minimum: 0 }),
  },
  { additionalProperties: false, description: "a radar on the ground, at a coast, on a boat or an aircraft" },
);

const Ear = Type.Object(
  {
    model: Type.Literal("ear"),
    ...COMMON,
    peakOverBandDb: Figure("dB, peak of a blast or shot over its level in the band and window", { minimum: 0 }),
    groundDbPerKm: Figure("dB/km lost to ground, trees and shadow beside the air", { minimum: 0 }),
    calmNoiseDb: Figure("dB re 20 uPa in its band, of a calm place"),
    windNoiseDb: Figure("dB re 20 uPa in its band, of a wind of 5 m/s"),
    windNoiseTenfoldDb: Figure("dB more for ten times the wind", { minimum: 0 }),
    thresholdDb: Figure("dB over the noise at which half are heard"),
    scatterDb: Figure("dB, standard deviation of what paths do to sound", ABOVE_ZERO),
    upwindDb: Figure("dB lost for each m/s that blows the sound away", { minimum: 0 }),
    mostUpwindDb: Figure("dB lost upwind at most", { minimum: 0 }),
  },
  { additionalProperties: false, description: "microphones, or a patrol's ears: spreading and ISO 9613-1" },
);

const Geophone = Type.Object(
  {
    model: Type.Literal("geophone"),
    ...COMMON,
    groundFactor: Figure("mm/s at a scaled distance of 1 m over the root of a kg", ABOVE_ZERO),
    groundExponent: Figure("power with which it falls with the scaled distance", ABOVE_ZERO),
    calmNoiseMmps: Figure("mm/s, of a calm place", ABOVE_ZERO),
    windNoiseMmps: Figure("mm/s, of a wind of 5 m/s", { minimum: 0 }),
    thresholdDb: Figure("dB over the noise at which half are felt"),
    scatterDb: Figure("dB, standard deviation of what the ground does", ABOVE_ZERO),
  },
  { additionalProperties: false, description: "a seismic post" },
);

const Ais = Type.Object(
  {
    model: Type.Literal("ais"),
    ...COMMON,
    received01: Figure("chance that one message within range is received", SHARE),
  },
  { additionalProperties: false, description: "a receiver of ships' own positions (ITU-R M.1371)" },
);

const SatelliteCamera = Type.Object(
  {
    model: Type.Literal("satellite-camera"),
    ...COMMON,
    sampleM: Figure("m, ground sample distance at nadir; a satellite's own goes before it", ABOVE_ZERO),
    ...EYE,
    hazeKm: Figure("km, depth of the haze taken as one layer", { minimum: 0 }),
    found01: Figure("share of what can be told that is found in a large picture", SHARE),
  },
  { additionalProperties: false, description: "an optical satellite" },
);

const SatelliteRadar = Type.Object(
  {
    model: Type.Literal("satellite-radar"),
    ...COMMON,
    resolutionM: Figure("m; a satellite's own goes before it", ABOVE_ZERO),
    noiseDb: Figure("dB, echo that equals the noise, over its area"),
    landDb: Figure("dB, echo of land over its area"),
    looks: Figure("looks added without their phase", { minimum: 1 }),
    ...DETECTOR,
    found01: Figure("share of what stands out that is found in a large picture", SHARE),
  },
  { additionalProperties: false, description: "a radar satellite" },
);

const SatelliteHeat = Type.Object(
  {
    model: Type.Literal("satellite-heat"),
    ...COMMON,
    pixelM: Figure("m, side of a pixel at nadir; a satellite's own goes before it", ABOVE_ZERO),
    wavelengthUm: Figure("um, of the band that sees fires", ABOVE_ZERO),
    transmission01: Figure("of the air, straight up", { exclusiveMinimum: 0, maximum: 1 }),
    groundDayK: Figure("K, brightness of the ground by day", ABOVE_ZERO),
    groundNightK: Figure("K, brightness of the ground by night", ABOVE_ZERO),
    riseDayK: Figure("K by which a pixel must stand out by day", ABOVE_ZERO),
    riseNightK: Figure("K by which a pixel must stand out by night", ABOVE_ZERO),
    scatterDayK: Figure("K, standard deviation of its neighbours by day", ABOVE_ZERO),
    scatterNightK: Figure("K, standard deviation of its neighbours by night", ABOVE_ZERO),
  },
  { additionalProperties: false, description: "a satellite that sees fires" },
);

export const Sensors = Type.Object(
  {
    kind: Type.Literal("sensors"),
    about: About,
    sources: Sources,
    sensors: Table(Id, Type.Union([Camera, Radar, Ear, Geophone, Ais, SatelliteCamera, SatelliteRadar, SatelliteHeat])),
  },
  { additionalProperties: false, title: "Vedette sensors" },
);
export type Sensors = Type.Static<typeof Sensors>;
