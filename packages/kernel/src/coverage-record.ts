/** Records that the sweep's kernel reads: places in doubles. AssemblyScript and Node read this same file. */

// A sensor.
/** 0: incidence, 1: off-nadir. */
export const IS_OFF_NADIR = 0;
/** Cosines of the band's greatest and least angle, 2 where the band begins at the vertical; and their squares. */
export const COS_MAX = 1;
export const COS_MIN = 2;
export const COS2_MAX = 3;
export const COS2_MIN = 4;
/** 1 left only, -1 right only, 0 both. */
export const SIDE = 5;
export const SIN_MIN_SUN = 6;
/** Address of the bits of the hour 0, by day and but for the sun; 0: none are kept. */
export const DAY_PLANE = 7;
export const NIGHT_PLANE = 8;
/** Bit of the sensor's kind. */
export const KIND_BIT = 9;
export const SENSOR_LENGTH = 10;

// A node of the tree of cells: a ball that holds them, and the words of 64 that they fill.
export const CENTRE = 0;
export const RADIUS_KM = 3;
/** Mean vertical, and how far a cell's own is from it at most, radians. */
export const UP = 4;
export const SPREAD_RAD = 7;
export const FIRST_WORD = 8;
export const END_WORD = 9;
/** Number of the node after all those below this one. */
export const NEXT = 10;
export const NODE_LENGTH = 11;

// A job: one satellite over one stretch of nodes.
export const MODE = 0;
export const FIRST_MS = 1;
export const STEP_MS = 2;
export const NODES = 3;
/** Six arrays of doubles (ECEF km, km/s), `STATES_STRIDE` bytes apart. */
export const STATES = 4;
export const STATES_STRIDE = 5;
/** Unit vectors to the Sun, three doubles a node. */
export const SUNS = 6;
export const TREE = 7;
export const TREE_NODES = 8;
/** For each word of 64 cells, six arrays of 64 doubles: x, y, z (km), unit vertical. */
export const CELLS = 9;
/** Cell at each place of these arrays, 32 bits. */
export const ORDER = 10;
export const SENSORS = 11;
export const SENSOR_COUNT = 12;
/** Only moments from here until there count, UTC ms. */
export const FROM_MS = 13;
export const TO_MS = 14;
/** Hours are counted from here. */
export const START_MS = 15;
/** Bytes from one hour's bits to the next. */
export const ROW_BYTES = 16;
/** Cells further across track than this are out of reach. */
export const LIMIT_KM = 17;
export const OUT = 18;
/** How many rows fit there. */
export const CAPACITY = 19;
/** In the upper bits of a moment's tag. */
export const TAG = 20;
/** Units of time since `START_MS` in which moments are noted, ms. */
export const UNIT_MS = 21;
export const WORK = 22;
/** How many cells there are: the last word may hold fewer than 64. */
export const CELL_COUNT = 23;
export const JOB_LENGTH = 24;

/** Bits are marked; rows of six doubles are written; moments of eight bytes are written. */
export const MODE_MARK = 0;
export const MODE_ROWS = 1;
export const MODE_MOMENTS = 2;
/** Doubles of a row: cell; UTC ms; distance across track, km, left positive; off-nadir, incidence, the Sun's elevation, degrees. */
export const ROW_LENGTH = 6;
