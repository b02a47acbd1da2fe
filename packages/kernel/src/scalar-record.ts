/**
 * The scalar kernel's record: a run of f64 fields, `SCALAR_LENGTH` of them, written by `scalar-writer.ts`. Plain
 * constants, because AssemblyScript reads this file too. Names are those of Vallado et al. 2006; radians, minutes,
 * Earth radii.
 */

/** What the theory needs: one of the five kinds below. */
export const KIND = 0;
export const KIND_FULL = 0;
/** Perigee below 220 km: the drag terms are truncated. */
export const KIND_SIMPLE = 1;
/** Period of 225 minutes or more, no resonance. */
export const KIND_DEEP = 2;
export const KIND_SYNCHRONOUS = 3;
export const KIND_HALF_DAY = 4;

// Every object.
export const MO = 1;
export const MDOT = 2;
export const ARGPO = 3;
export const ARGPDOT = 4;
export const NODEO = 5;
export const NODEDOT = 6;
export const NODECF = 7;
export const CC1 = 8;
/** B* times cc4. */
export const BSTAR_CC4 = 9;
export const T2COF = 10;
export const NO = 11;
/** Semi-major axis of `NO`, Earth radii. */
export const AO = 12;
export const ECCO = 13;
export const INCLO = 14;

// Near-earth: functions of the inclination, which deep space works out anew for each state.
export const SINIO = 15;
export const COSIO = 16;
export const AYCOF = 17;
export const XLCOF = 18;
export const CON41 = 19;
export const X1MTH2 = 20;
export const X7THM1 = 21;

// Near-earth, all drag terms.
export const OMGCOF = 22;
export const ETA = 23;
export const XMCOF = 24;
export const DELMO = 25;
export const SINMAO = 26;
/** B* times cc5. */
export const BSTAR_CC5 = 27;
export const D2 = 28;
export const D3 = 29;
export const D4 = 30;
export const T3COF = 31;
export const T4COF = 32;
export const T5COF = 33;

// Deep space, secular.
export const DEDT = 34;
export const DIDT = 35;
export const DOMDT = 36;
export const DNODT = 37;
export const DMDT = 38;

// Deep space, periodic: the Sun's and the Moon's phase at epoch, twelve coefficients of each, their sums at epoch.
export const ZMOS = 39;
export const ZMOL = 40;
export const SOLAR = 41;
export const LUNAR = 53;
/** Places within `SOLAR` and `LUNAR`: two or three coefficients for each element. */
export const OF_E = 0;
export const OF_I = 2;
export const OF_L = 4;
export const OF_GH = 7;
export const OF_H = 10;
export const PEO = 65;
export const PINCO = 66;
export const PLO = 67;
export const PGHO = 68;
export const PHO = 69;

// Resonance: `sine` and `cosine` amplitudes of each argument, 3 pairs (synchronous) or 8 (half-day).
export const GSTO = 70;
export const XFACT = 71;
export const XLAMO = 72;
export const RESONANCE = 73;

/** The resonance integrator's last step, which the kernel writes: minutes, radians, radians/minute, and their rates. */
export const ATIME = 89;
export const XLI = 90;
export const XNI = 91;
export const XLDOT = 92;
export const XNDT = 93;
export const XNDDT = 94;

export const SCALAR_LENGTH = 95;
