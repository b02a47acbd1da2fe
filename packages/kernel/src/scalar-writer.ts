/** Writes the scalar kernel's records from what an SGP4 initialisation leaves (Vallado et al. 2006, `sgp4init`). */
import * as K from "./scalar-record.ts";

// Names of satellite.js and Vallado; only the lists of the Sun and the Moon have an order that counts.
const MEAN = ["mo", "mdot", "argpo", "argpdot", "nodeo", "nodedot", "nodecf", "no", "ecco", "inclo"] as const;
const SHAPE = ["aycof", "xlcof", "con41", "x1mth2", "x7thm1"] as const;
const DRAG = ["bstar", "cc1", "cc4", "cc5", "t2cof", "t3cof", "t4cof", "t5cof", "d2", "d3", "d4"] as const;
const DRAG_ANGLES = ["omgcof", "eta", "xmcof", "delmo", "sinmao"] as const;
const DEEP = ["dedt", "didt", "domdt", "dnodt", "dmdt", "zmos", "zmol"] as const;
const DEEP_AT_EPOCH = ["peo", "pinco", "plo", "pgho", "pho", "gsto", "xfact", "xlamo"] as const;
/** In the order of `OF_E`, `OF_I`, `OF_L`, `OF_GH`, `OF_H`. */
const SOLAR = ["se2", "se3", "si2", "si3", "sl2", "sl3", "sl4", "sgh2", "sgh3", "sgh4", "sh2", "sh3"] as const;
const LUNAR = ["ee2", "e3", "xi2", "xi3", "xl2", "xl3", "xl4", "xgh2", "xgh3", "xgh4", "xh2", "xh3"] as const;
const RESONANT = ["isimp", "irez", "del1", "del2", "del3"] as const;
const HALF_DAY = ["d2201", "d2211", "d3210", "d3222", "d4410", "d4422", "d5220", "d5232", "d5421", "d5433"] as const;

type Near = (typeof MEAN | typeof SHAPE | typeof DRAG | typeof DRAG_ANGLES)[number];
type Deep = (typeof DEEP | typeof DEEP_AT_EPOCH | typeof SOLAR | typeof LUNAR)[number];
type Field = Near | Deep | (typeof RESONANT | typeof HALF_DAY)[number];

/** Square root of the Earth's gravity, Earth radii and minutes, WGS 72. */
export const KE: number = 60 / Math.sqrt((6378.135 * 6378.135 * 6378.135) / 398600.8);

/** Fields that go over as they are, and where to: of every object, then of deep space. */
const EVERYWHERE: readonly (readonly [Near, number])[] = [
  ...([
    ["mo", K.MO],
    ["mdot", K.MDOT],
    ["argpo", K.ARGPO],
    ["argpdot", K.ARGPDOT],
    ["nodeo", K.NODEO],
  ] as const),
  ...([
    ["nodedot", K.NODEDOT],
    ["nodecf", K.NODECF],
    ["no", K.NO],
    ["ecco", K.ECCO],
    ["inclo", K.INCLO],
  ] as const),
  ...([
    ["aycof", K.AYCOF],
    ["xlcof", K.XLCOF],
    ["con41", K.CON41],
    ["x1mth2", K.X1MTH2],
  ] as const),
  ...([
    ["x7thm1", K.X7THM1],
    ["omgcof", K.OMGCOF],
    ["eta", K.ETA],
    ["xmcof", K.XMCOF],
  ] as const),
  ...([
    ["delmo", K.DELMO],
    ["sinmao", K.SINMAO],
    ["cc1", K.CC1],
    ["d2", K.D2],
    ["d3", K.D3],
    ["d4", K.D4],
  ] as const),
  ...([
    ["t2cof", K.T2COF],
    ["t3cof", K.T3COF],
    ["t4cof", K.T4COF],
    ["t5cof", K.T5COF],
  ] as const),
];
const IN_DEEP_SPACE: readonly (readonly [Deep, number])[] = [
  ...([
    ["dedt", K.DEDT],
    ["didt", K.DIDT],
    ["domdt", K.DOMDT],
    ["dnodt", K.DNODT],
    ["dmdt", K.DMDT],
  ] as const),
  ...([
    ["zmos", K.ZMOS],
    ["zmol", K.ZMOL],
    ["peo", K.PEO],
    ["pinco", K.PINCO],
    ["plo", K.PLO],
  ] as const),
  ...([
    ["pgho", K.PGHO],
    ["pho", K.PHO],
    ["gsto", K.GSTO],
    ["xfact", K.XFACT],
    ["xlamo", K.XLAMO],
  ] as const),
  ...SOLAR.map((name, i) => [name, K.SOLAR + i] as const),
  ...LUNAR.map((name, i) => [name, K.LUNAR + i] as const),
];

/** What initialising the theory gives for a near-earth orbit: names of satellite.js's `SatRec`; radians, minutes, Earth radii. */
export interface NearEarthElements extends Readonly<Record<Near | "isimp", number>> {
  readonly method: "n";
  readonly operationmode: "a" | "i";
}

/** And for any orbit. */
export interface AnyElements extends Readonly<Record<Field, number>> {
  readonly method: "n" | "d";
  readonly operationmode: "a" | "i";
}

export type InitialisedElements = NearEarthElements | AnyElements;

/**
 * Writes `SCALAR_LENGTH` doubles at `out[at]`. Elements at which SGP4 fails are written all the same: the kernel says so
 * for each instant. @throws RangeError on elements initialised in AFSPC mode, which the kernel does not have
 */
export function writeScalarRecord(elements: InitialisedElements, out: Float64Array, at: number): void {
  if (elements.operationmode !== "i") throw new RangeError(`operation mode must be "i": "${elements.operationmode}"`);
  if (!(at >= 0 && at + K.SCALAR_LENGTH <= out.length)) throw new RangeError(`no room for a record at ${at}`);
  const record = out.subarray(at, at + K.SCALAR_LENGTH);
  record.fill(0);
  for (const [name, index] of EVERYWHERE) record[index] = elements[name];
  record[K.KIND] = kindOf(elements);
  record[K.BSTAR_CC4] = elements.bstar * elements.cc4;
  record[K.BSTAR_CC5] = elements.bstar * elements.cc5;
  record[K.AO] = (KE / elements.no) ** (2 / 3);
  record[K.SINIO] = Math.sin(elements.inclo);
  record[K.COSIO] = Math.cos(elements.inclo);
  if (!isDeep(elements)) return;
  for (const [name, index] of IN_DEEP_SPACE) record[index] = elements[name];
  record.set(resonanceOf(elements).flat(), K.RESONANCE);
  // Neither before nor after any instant: the kernel's integrator starts at epoch.
  record[K.ATIME] = Number.NaN;
}

function isDeep(elements: InitialisedElements): elements is AnyElements {
  return elements.method === "d";
}

function kindOf(elements: InitialisedElements): number {
  if (!isDeep(elements)) return elements.isimp === 1 ? K.KIND_SIMPLE : K.KIND_FULL;
  if (elements.irez === 0) return K.KIND_DEEP;
  return elements.irez === 1 ? K.KIND_SYNCHRONOUS : K.KIND_HALF_DAY;
}

/** Amplitudes of one argument's sine and of minus its cosine. */
type Pair = readonly [number, number];

/** Sum of amplitudes d of sin(argument - g), each given as [d, g]. */
function pair(...terms: readonly Pair[]): Pair {
  let [sine, cosine] = [0, 0];
  for (const [d, gRad] of terms) {
    sine += d * Math.cos(gRad);
    cosine += d * Math.sin(gRad);
  }
  return [sine, cosine];
}

/** Phases of the Earth's harmonics, as Hoots, Schumacher and Glover (2004) have them; order as `resonance.ts` reads. */
function resonanceOf(e: AnyElements): readonly Pair[] {
  if (e.irez === 1) {
    return [pair([e.del1, 0.13130908]), pair([e.del2, 2 * 2.8843198]), pair([e.del3, 3 * 0.37448087])];
  }
  if (e.irez !== 2) return [];
  const [g22, g32, g44, g52, g54] = [5.7686396, 0.95240898, 1.8014998, 1.050833, 4.4108898];
  return [
    pair([e.d2211, g22]),
    pair([e.d3210, g32], [e.d5220, g52]),
    pair([e.d3222, g32], [e.d5232, g52]),
    pair([e.d2201, g22]),
    pair([e.d4422, g44]),
    pair([e.d5421, g54]),
    pair([e.d5433, g54]),
    pair([e.d4410, g44]),
  ];
}
