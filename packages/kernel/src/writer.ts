/** An initialised satellite into the kernels' record. */
import * as K from "./record.ts";
import { SCALAR_LENGTH } from "./scalar-record.ts";
import { type InitialisedElements, KE, type NearEarthElements, writeScalarRecord } from "./scalar-writer.ts";

export type { InitialisedElements, NearEarthElements };

/** Doubles of a record: the vector kernel's coefficients, then the scalar path's. */
export const SATELLITE_LENGTH: number = K.SCALAR_AT + SCALAR_LENGTH + 1;
export const VECTOR_LENGTH: number = K.SCALAR_AT;

const EARTH_KM = 6378.135;
const SPEED_KMPS = (EARTH_KM * KE) / 60;
/** The vector kernel's series hold below 0.05; drag and the Earth's third harmonic move the eccentricity by less than the rest. */
const MOST_ECCENTRIC = 0.045;

/** Writes `SATELLITE_LENGTH` doubles from `out[0]` on. `epochUtcMs` need not be whole. */
export function writeSatellite(elements: InitialisedElements, epochUtcMs: number, out: Float64Array): void {
  const { no, ecco, inclo, method } = elements;
  out[K.EPOCH_MS] = epochUtcMs;
  out[K.IS_VECTOR] = method === "n" && ecco < MOST_ECCENTRIC && no > 0 ? 1 : 0;
  writeScalarRecord(elements, out, K.SCALAR_AT);
  const [sini, cosi] = [Math.sin(inclo), Math.cos(inclo)];
  const am0 = (KE / no) ** (2 / 3);
  out[K.MO] = elements.mo;
  out[K.MDOT] = elements.mdot;
  out[K.ARGPO] = elements.argpo;
  out[K.ARGPDOT] = elements.argpdot;
  out[K.NODEO] = elements.nodeo;
  out[K.NODEDOT] = elements.nodedot;
  out[K.NODECF] = elements.nodecf;
  out[K.ECCO] = ecco;
  out[K.AM0_KM] = am0 * EARTH_KM;
  out[K.INV_AM0] = 1 / am0;
  out[K.V_INV_SQRT_AM0] = SPEED_KMPS / Math.sqrt(am0);
  out[K.AYCOF] = elements.aycof;
  out[K.XLCOF] = elements.xlcof;
  out[K.COSI] = cosi;
  out[K.SINI] = sini;
  out[K.CON41_15] = 1.5 * elements.con41;
  out[K.X1MTH2] = elements.x1mth2;
  out[K.X1MTH2_05_KM] = 0.5 * elements.x1mth2 * EARTH_KM;
  out[K.X7THM1_025] = -0.25 * elements.x7thm1;
  out[K.COSI_15] = 1.5 * cosi;
  out[K.SINI_COSI_15] = 1.5 * cosi * sini;
  out[K.V_NO] = (SPEED_KMPS * no) / KE;
  writeDrag(elements, out);
}

/** Terms that elements of low perigee (below 220 km) go without are zero there. */
function writeDrag(elements: InitialisedElements, out: Float64Array): void {
  const { no, bstar, isimp } = elements;
  const all = isimp === 1 ? 0 : 1;
  out[K.CC1] = elements.cc1;
  out[K.B_CC4] = bstar * elements.cc4;
  out[K.N_T2] = no * elements.t2cof;
  out[K.D2] = all * elements.d2;
  out[K.D3] = all * elements.d3;
  out[K.D4] = all * elements.d4;
  out[K.N_T3] = all * no * elements.t3cof;
  out[K.N_T4] = all * no * elements.t4cof;
  out[K.N_T5] = all * no * elements.t5cof;
  out[K.B_CC5] = all * bstar * elements.cc5;
  out[K.SINMAO] = elements.sinmao;
  out[K.OMGCOF] = all * elements.omgcof;
  out[K.XMCOF] = all * elements.xmcof;
  out[K.ETA] = elements.eta;
  out[K.DELMO] = elements.delmo;
}
