/** What is linked, in typed arrays and in one order whatever order it came in. */
import { type Interval, MS_PER_DAY } from "../time/instant.ts";

/** A report or a detection, as far as linking asks. */
export interface LinkItem {
  readonly id: string;
  /** `radiusKm`: holds the true place in 95 of 100 cases; left out: learnt from all the items. */
  readonly where: { readonly latitudeDeg: number; readonly longitudeDeg: number; readonly radiusKm?: number };
  /** It was told of, or seen, somewhere in it. */
  readonly when: Interval;
  /** Of the taxonomy; `unknown` or left out where it is not told. */
  readonly kind?: string;
  readonly source?: string;
  readonly url?: string;
  readonly text?: string;
}

export interface ItemTable {
  readonly count: number;
  /** Position in the list that came in, of each row. */
  readonly at: Uint32Array;
  readonly items: readonly LinkItem[];
  /** On a sphere of the Earth's mean radius, stride 3: a straight line is the distance, to a millimetre over 10 km. */
  readonly xyzKm: Float64Array;
  /** Variance of each axis by the item's own word, km2; 0 where it has none. */
  readonly ownKm2: Float64Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  /** First and last moment of all. */
  readonly span: { readonly startMs: number; readonly endMs: number };
}

const EARTH_KM = 6371.0088;
const DEG = Math.PI / 180;
/** Of a normal error in two axes, 95 of 100 lie within so many standard deviations of one axis. */
const RADIUS_SIGMAS = Math.sqrt(-2 * Math.log(0.05));

const compareText = (a = "", b = ""): number => (a < b ? -1 : a > b ? 1 : 0);

function compareItems(a: LinkItem, b: LinkItem): number {
  return (
    a.when.start - b.when.start ||
    a.when.end - b.when.end ||
    a.where.latitudeDeg - b.where.latitudeDeg ||
    a.where.longitudeDeg - b.where.longitudeDeg ||
    compareText(a.source, b.source) ||
    compareText(a.text, b.text) ||
    compareText(a.id, b.id)
  );
}

/** Rows in order of time, then place, then what else they say: twins alone keep the order in which they came. */
export function itemTable(given: readonly LinkItem[]): ItemTable {
  const count = given.length;
  const at = Uint32Array.from(given, (_, i) => i).sort(
    (i, j) => compareItems(given[i] as LinkItem, given[j] as LinkItem) || i - j,
  );
  const items = Array.from(at, (i) => given[i] as LinkItem);
  const xyzKm = new Float64Array(3 * count);
  items.forEach(({ where: { latitudeDeg, longitudeDeg } }, i) => {
    const [lat, lon] = [latitudeDeg * DEG, longitudeDeg * DEG];
    xyzKm[3 * i] = EARTH_KM * Math.cos(lat) * Math.cos(lon);
    xyzKm[3 * i + 1] = EARTH_KM * Math.cos(lat) * Math.sin(lon);
    xyzKm[3 * i + 2] = EARTH_KM * Math.sin(lat);
  });
  const startMs = Float64Array.from(items, ({ when }) => when.start);
  const endMs = Float64Array.from(items, ({ when }) => when.end);
  return {
    count,
    at,
    items,
    xyzKm,
    ownKm2: Float64Array.from(items, ({ where }) => ((where.radiusKm ?? 0) / RADIUS_SIGMAS) ** 2),
    startMs,
    endMs,
    span: spanOf(startMs, endMs),
  };
}

/** Whole days, from the hour at which most days of the items begin: a local day is then one day, not parts of two. */
function spanOf(startMs: Float64Array, endMs: Float64Array): ItemTable["span"] {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const phases = new Map<number, number>();
  startMs.forEach((start, i) => {
    const end = endMs[i] as number;
    [first, last] = [Math.min(first, start), Math.max(last, end)];
    const phase = ((start % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY;
    if (end - start > MS_PER_DAY / 2) phases.set(phase, (phases.get(phase) ?? 0) + 1);
  });
  if (!(first < last)) return { startMs: 0, endMs: MS_PER_DAY };
  const [phase = 0] = [...phases].sort(([a, n], [b, m]) => m - n || a - b)[0] ?? [];
  const from = Math.floor((first - phase) / MS_PER_DAY) * MS_PER_DAY + phase;
  return { startMs: from, endMs: from + Math.ceil((last - from) / MS_PER_DAY) * MS_PER_DAY };
}

export function distance2Km2(xyz: Float64Array, i: number, j: number): number {
  const dx = (xyz[3 * i] as number) - (xyz[3 * j] as number);
  const dy = (xyz[3 * i + 1] as number) - (xyz[3 * j + 1] as number);
  const dz = (xyz[3 * i + 2] as number) - (xyz[3 * j + 2] as number);
  return dx * dx + dy * dy + dz * dz;
}

/** Points by cubes of space: all within a cube's edge of a place stand in its cube or in a neighbouring one. */
export interface Cubes {
  readonly edgeKm: number;
  /** Rows of the cubes round a place, ascending within each cube. */
  around(x: number, y: number, z: number): readonly (readonly number[])[];
}

export function cubesOf(xyzKm: Float64Array, edgeKm: number): Cubes {
  const cubes = new Map<number, number[]>();
  // 2^17 cubes of 0.1 km along each axis are enough for an Earth, and fit one exact number.
  const cell = (km: number): number => Math.floor(km / edgeKm) + 65_536;
  const key = (a: number, b: number, c: number): number => (a * 131_072 + b) * 131_072 + c;
  for (let i = 0; 3 * i < xyzKm.length; i++) {
    const k = key(cell(xyzKm[3 * i] as number), cell(xyzKm[3 * i + 1] as number), cell(xyzKm[3 * i + 2] as number));
    const held = cubes.get(k);
    if (held === undefined) cubes.set(k, [i]);
    else held.push(i);
  }
  return {
    edgeKm,
    around(x, y, z) {
      const found: number[][] = [];
      const [a, b, c] = [cell(x), cell(y), cell(z)];
      for (let da = -1; da <= 1; da++)
        for (let db = -1; db <= 1; db++)
          for (let dc = -1; dc <= 1; dc++) {
            const held = cubes.get(key(a + da, b + db, c + dc));
            if (held !== undefined) found.push(held);
          }
      return found;
    },
  };
}
