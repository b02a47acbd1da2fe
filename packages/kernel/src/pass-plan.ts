/**
 * What the pass kernels are told and where they work: places in a plan of doubles, in a site's record, and in an event.
 * Plain constants, because AssemblyScript and Node read this same file. Addresses are bytes; times are UTC ms.
 *
 * Base nodes carry position, velocity and acceleration, for interpolation of the fifth degree. Scan nodes, one or two a base
 * step, carry positions only. Scan node 0 is base node 0.
 */

// The satellite: its record, and the clock of its raw states.
export const SATELLITE = 0;
export const CLOCK_MS = 1;
export const CLOCK_GMST = 2;
/** Raw states: `MARGIN` more than base nodes at either end. */
export const RAW_COUNT = 3;
/** Nine arrays of raw length: position, velocity, acceleration, in base steps. */
export const RAW = 4;
export const RAW_STRIDE = 5;
/** Scan nodes a base step: 1 or 2. */
export const FILL = 6;
/** Instant of base node 0. */
export const FIRST_MS = 7;
export const BASE_STEP_MS = 8;
/** SGP4 is asked for this much earlier. */
export const REBASE_MS = 9;
/** Three arrays of scan nodes. With `FILL` 1, those of the base nodes. */
export const SCAN = 10;
export const SCAN_STRIDE = 11;
/** Caps and slabs: nine arrays of floats, `BLOCK_COUNT` long each, a multiple of 4. */
export const BLOCKS = 13;
export const BLOCK_COUNT = 14;
/** Places the satellite may be in error by, interpolated: km. */
export const ERROR_KM = 16;
/** Farthest distance from the Earth's centre, nearest, greatest acceleration (km/s2) and speed (km/s): the kernel writes them. */
export const MAX_KM = 17;
export const MIN_KM = 18;
export const MAX_KMPS2 = 19;
export const MAX_KMPS = 20;

// The question: sites, the stretch of time, room for events, for states of SGP4 at edges, and for `propagate`.
export const SITES = 21;
export const SITE_COUNT = 22;
export const PART_START = 23;
export const PART_END = 24;
export const EVENTS = 25;
export const EVENT_CAPACITY = 26;
export const POLISH = 27;
export const WORK = 28;

// The answer: arrays of so many rows, and how many there are. Peaks only where `WITH_PEAKS` is not 0.
export const ROW_CAPACITY = 29;
export const ROW_COUNT = 30;
export const ROW_START = 31;
export const ROW_END = 32;
export const ROW_SITE = 33;
export const ROW_CLIPPED = 34;
export const WITH_PEAKS = 35;
export const ROW_PEAK_MS = 36;
export const ROW_PEAK_SIN = 37;
/** Where a chunk's heights are kept: 64 doubles. */
export const HEIGHTS = 38;
/** Where edges are worked on: `BATCH` / 2 pairs. */
export const PAIRS = 39;
/** Base nodes once more, one after another: `KNOT_BYTES` each. */
export const KNOTS = 40;
export const PLAN_LENGTH = 42;

/** Position, velocity and half the acceleration, times the base step and its square; one double to spare. */
export const KNOT_BYTES = 80;

/** Raw states beyond the base nodes, for differences of the eighth order. */
export const MARGIN = 4;
/** Scan steps of a cap. */
export const BLOCK_STEPS = 4;
/** Edges that SGP4 is asked about at a time. */
export const POLISH_LENGTH = 64;
/** Doubles of `POLISH`: instants, sidereal time, six of states, slopes, events, two to spare in each; then one instant's. */
export const POLISH_DOUBLES = 676;
/** Edges that are found together, and the bytes that two of them take in `PAIRS`. */
export const BATCH = 64;
export const PAIR_BYTES = 448;

// A site: doubles.
export const UP = 0;
export const PLACE = 3;
/** Unit vector towards it. */
export const AXIS = 6;
export const SIN_MASK = 9;
/** Its distance from the Earth's centre, km. */
export const DISTANCE = 10;
/** Cosine of a mask that is lower by what the vertical may be off the radius; cosine and sine of one lower still. */
export const COS_LOW = 11;
export const COS_LOWER = 12;
export const SIN_LOWER = 13;
export const SITE_LENGTH = 14;

/** An event: bytes. Heights at both ends of its step and half their bend, then its time (ms) in place of the first. */
export const EVENT_BYTES = 32;
/** In place of the step: the time is known. */
export const DONE = -1;
