/**
 * Initialisation of SGP4 for near-earth orbits (Hoots and Roehrich 1980; Vallado et al. 2006, WGS 72): what the kernels'
 * records are made from. Deep space is initialised by satellite.js, twelve times as slowly.
 */
import type { NearEarthElements } from "@vedette/kernel/writer";
import type { MeanElements } from "./elements.ts";

const DEG = Math.PI / 180;
const TWO_PI = 2 * Math.PI;
const EARTH_KM = 6378.135;
const KE = 60 / Math.sqrt((EARTH_KM * EARTH_KM * EARTH_KM) / 398_600.8);
const J2 = 0.001082616;
const J3 = -0.00000253881;
const J4 = -0.00000165597;
const J3_OVER_J2 = J3 / J2;
const MINUTES_PER_DAY = 1440;
/** Periods from here on are deep space. */
const DEEP_SPACE_MIN = 225;
const TINY_ECCENTRICITY = 1e-4;
/** What divides by 1 + cos i is kept from dividing by less. */
const LEAST_DIVISOR = 1.5e-12;

/** `undefined`: deep space, or elements that the theory cannot begin with. */
export function nearEarthOf(elements: MeanElements): NearEarthElements | undefined {
  const { eccentricity: ecco, bstar } = elements;
  const orbit = orbitOf(elements);
  if (!(orbit.no > 0 && TWO_PI / orbit.no < DEEP_SPACE_MIN && orbit.ao * (1 - ecco) > 0)) return undefined;
  const argpo = elements.argPerigeeDeg * DEG;
  const mo = elements.meanAnomalyDeg * DEG;
  const drag = dragOf(orbit, ecco, bstar, argpo);
  const { sinio, cosio, no } = orbit;
  const divisor = Math.abs(cosio + 1) > LEAST_DIVISOR ? 1 + cosio : LEAST_DIVISOR;
  const shape = 1 + drag.eta * Math.cos(mo);
  return {
    method: "n",
    operationmode: "i",
    ...{ mo, argpo, nodeo: elements.raanDeg * DEG, inclo: elements.inclinationDeg * DEG, ecco, no, bstar },
    ...ratesOf(orbit, drag.cc1),
    ...{ con41: orbit.con41, x1mth2: orbit.x1mth2, x7thm1: 7 * orbit.cosio2 - 1 },
    aycof: -0.5 * J3_OVER_J2 * sinio,
    xlcof: (-0.25 * J3_OVER_J2 * sinio * (3 + 5 * cosio)) / divisor,
    delmo: shape * shape * shape,
    sinmao: Math.sin(mo),
    ...drag,
    ...powersOf(orbit.ao, drag),
  };
}

/** Brouwer's mean motion from Kozai's, and what follows from size and inclination. */
function orbitOf({ meanMotionRevPerDay, eccentricity, inclinationDeg }: MeanElements) {
  const [sinio, cosio] = [Math.sin(inclinationDeg * DEG), Math.cos(inclinationDeg * DEG)];
  const cosio2 = cosio * cosio;
  const omeosq = 1 - eccentricity * eccentricity;
  const rteosq = Math.sqrt(omeosq);
  const kozai = meanMotionRevPerDay / (MINUTES_PER_DAY / TWO_PI);
  const ak = (KE / kozai) ** (2 / 3);
  const d1 = (0.75 * J2 * (3 * cosio2 - 1)) / (rteosq * omeosq);
  const first = d1 / (ak * ak);
  const adel = ak * (1 - first * first - first * (1 / 3 + (134 * first * first) / 81));
  const no = kozai / (1 + d1 / (adel * adel));
  const ao = (KE / no) ** (2 / 3);
  const con42 = 1 - 5 * cosio2;
  const po = ao * omeosq;
  return {
    ...{ sinio, cosio, cosio2, omeosq, rteosq, no, ao, con42 },
    con41: -con42 - cosio2 - cosio2,
    x1mth2: 1 - cosio2,
    pinvsq: 1 / (po * po),
  };
}

type Orbit = ReturnType<typeof orbitOf>;

/** Height below which the air is thick (Earth radii from the centre), and its density there, by the height of perigee. */
function airOf(perigeeKm: number): { readonly sfour: number; readonly qzms24: number } {
  if (perigeeKm >= 156) return { sfour: 78 / EARTH_KM + 1, qzms24: ((120 - 78) / EARTH_KM) ** 4 };
  const heightKm = perigeeKm < 98 ? 20 : perigeeKm - 78;
  return { sfour: heightKm / EARTH_KM + 1, qzms24: ((120 - heightKm) / EARTH_KM) ** 4 };
}

function dragOf(orbit: Orbit, ecco: number, bstar: number, argpo: number) {
  const { ao, no, omeosq, con41, x1mth2, sinio } = orbit;
  const rp = ao * (1 - ecco);
  const { sfour, qzms24 } = airOf((rp - 1) * EARTH_KM);
  const tsi = 1 / (ao - sfour);
  const eta = ao * ecco * tsi;
  const etasq = eta * eta;
  const eeta = ecco * eta;
  const psisq = Math.abs(1 - etasq);
  const coef = qzms24 * tsi ** 4;
  const coef1 = coef / psisq ** 3.5;
  const thin = ((0.375 * J2 * tsi) / psisq) * con41 * (8 + 3 * etasq * (8 + etasq));
  const cc1 = bstar * (coef1 * no * (ao * (1 + 1.5 * etasq + eeta * (4 + etasq)) + thin));
  const isElliptic = ecco > TINY_ECCENTRICITY;
  const cc3 = isElliptic ? (-2 * coef * tsi * J3_OVER_J2 * no * sinio) / ecco : 0;
  const zonal =
    -3 * con41 * (1 - 2 * eeta + etasq * (1.5 - 0.5 * eeta)) +
    0.75 * x1mth2 * (2 * etasq - eeta * (1 + etasq)) * Math.cos(2 * argpo);
  const radial = eta * (2 + 0.5 * etasq) + ecco * (0.5 + 2 * etasq) - ((J2 * tsi) / (ao * psisq)) * zonal;
  return {
    ...{ eta, cc1, sfour, tsi },
    isimp: rp < 220 / EARTH_KM + 1 ? 1 : 0,
    cc4: 2 * no * coef1 * ao * omeosq * radial,
    cc5: 2 * coef1 * ao * omeosq * (1 + 2.75 * (etasq + eeta) + eeta * etasq),
    omgcof: bstar * cc3 * Math.cos(argpo),
    xmcof: isElliptic ? ((-2 / 3) * coef * bstar) / eeta : 0,
  };
}

/** Secular rates of the angles, radians a minute, from the zonal harmonics. */
function ratesOf({ cosio, cosio2, con41, con42, no, omeosq, pinvsq, rteosq }: Orbit, cc1: number) {
  const cosio4 = cosio2 * cosio2;
  const temp1 = 1.5 * J2 * pinvsq * no;
  const temp2 = 0.5 * temp1 * J2 * pinvsq;
  const temp3 = -0.46875 * J4 * pinvsq * pinvsq * no;
  const xhdot1 = -temp1 * cosio;
  return {
    mdot: no + 0.5 * temp1 * rteosq * con41 + 0.0625 * temp2 * rteosq * (13 - 78 * cosio2 + 137 * cosio4),
    argpdot:
      -0.5 * temp1 * con42 +
      0.0625 * temp2 * (7 - 114 * cosio2 + 395 * cosio4) +
      temp3 * (3 - 36 * cosio2 + 49 * cosio4),
    nodedot: xhdot1 + (0.5 * temp2 * (4 - 19 * cosio2) + 2 * temp3 * (3 - 7 * cosio2)) * cosio,
    nodecf: 3.5 * omeosq * xhdot1 * cc1,
    t2cof: 1.5 * cc1,
  };
}

/** Higher powers of time in the drag; orbits of low perigee go without. */
function powersOf(ao: number, { cc1, tsi, sfour, isimp }: ReturnType<typeof dragOf>) {
  if (isimp === 1) return { d2: 0, d3: 0, d4: 0, t3cof: 0, t4cof: 0, t5cof: 0 };
  const square = cc1 * cc1;
  const d2 = 4 * ao * tsi * square;
  const temp = (d2 * tsi * cc1) / 3;
  const d3 = (17 * ao + sfour) * temp;
  const d4 = 0.5 * temp * ao * tsi * (221 * ao + 31 * sfour) * cc1;
  return {
    ...{ d2, d3, d4 },
    t3cof: d2 + 2 * square,
    t4cof: 0.25 * (3 * d3 + cc1 * (12 * d2 + 10 * square)),
    t5cof: 0.2 * (3 * d4 + 12 * cc1 * d3 + 6 * d2 * d2 + 15 * square * (2 * d2 + square)),
  };
}
