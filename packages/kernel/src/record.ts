/**
 * A satellite as the kernels read it: places of its coefficients, in doubles, of the vector kernel first. Plain constants, because
 * AssemblyScript and Node read this same file. Names as in Hoots and Roehrich (1980) and Vallado et al. (2006), except:
 * `B_` is multiplied by B*, `N_` by the mean motion, `INV_` is a reciprocal.
 */
export const MO = 0;
export const MDOT = 1;
export const ARGPO = 2;
export const ARGPDOT = 3;
export const NODEO = 4;
export const NODEDOT = 5;
export const NODECF = 6;
export const CC1 = 7;
export const D2 = 8;
export const D3 = 9;
export const D4 = 10;
export const B_CC4 = 11;
export const B_CC5 = 12;
export const SINMAO = 13;
export const N_T2 = 14;
export const N_T3 = 15;
export const N_T4 = 16;
export const N_T5 = 17;
export const OMGCOF = 18;
export const XMCOF = 19;
export const ETA = 20;
export const DELMO = 21;
export const ECCO = 22;
/** Semi-major axis at epoch, km. */
export const AM0_KM = 23;
/** Its reciprocal, in Earth radii. */
export const INV_AM0 = 24;
/** Speed of a circular orbit at it, km/s. */
export const V_INV_SQRT_AM0 = 25;
export const AYCOF = 26;
export const XLCOF = 27;
export const COSI = 28;
export const SINI = 29;
/** Coefficients of the short-period terms, times the factor that their name ends in; `_KM` times the Earth's radius. */
export const CON41_15 = 30;
export const X1MTH2 = 31;
export const X1MTH2_05_KM = 32;
export const X7THM1_025 = 33;
export const COSI_15 = 34;
export const SINI_COSI_15 = 35;
/** Mean motion at epoch over ke, times the unit of speed, km/s. */
export const V_NO = 36;

/** UTC milliseconds since 1970. */
export const EPOCH_MS = 37;
/** 1: the vector kernel may try. 0: the scalar path always (deep space, or too eccentric). */
export const IS_VECTOR = 38;

/** Where the scalar path's record begins. */
export const SCALAR_AT = 40;
