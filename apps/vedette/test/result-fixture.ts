/**
 * A made-up result, seeded, in the shape and size of a real one, so that the outputs can be tested without a computation.
 * Its figures mean nothing. Not a test.
 */
import { type Cell, cellsAround, centreOf } from "@vedette/core/geo/cells";
import type {
  CellFigures,
  Channel,
  Distribution,
  GapHistogram,
  Headline,
  PassRow,
  Result,
  Summary,
  Variant,
} from "@vedette/wire/result";

const KINDS = ["imaging", "optical", "radar", "thermal", "rf"] as const satisfies readonly Channel[];
const NATIONS = [
  ["USA", "United States", 62, 11, 9],
  ["FIN", "Finland", 21, 3, 0],
  ["FRA", "France", 18, 6, 2],
  ["ITA", "Italy", 13, 4, 0],
  ["DEU", "Germany", 11, 5, 1],
  ["EUE", "European Union", 9, 4, 0],
  ["ESP", "Spain", 4, 3, 0],
  ["CAN", "Canada", 5, 5, 0],
  ["GBR", "United Kingdom", 4, 3, 0],
  ["JPN", "Japan", 6, 2, 0],
  ["POL", "Poland", 3, 1, 0],
  ["NOR", "Norway", 0, 4, 17],
] as const;
/** Settlements near the line, degrees, from public gazetteers. */
const PLACES = [
  ["Kharkiv", 36.25, 49.99, 0],
  ["Kupiansk", 37.61, 49.71, 2],
  ["Izium", 37.26, 49.21, 2],
  ["Kreminna", 38.22, 49.05, 2],
  ["Bakhmut", 38.0, 48.59, 2],
  ["Donetsk", 37.8, 48.0, 0],
  ["Velyka Novosilka", 36.84, 47.84, 3],
  ["Orikhiv", 35.78, 47.57, 2],
  ["Zaporizhzhia", 35.14, 47.84, 0],
  ["Nova Kakhovka", 33.36, 46.75, 2],
  ["Kherson", 32.62, 46.64, 1],
  ["Odesa", 30.72, 46.48, 0],
  ["Mariupol", 37.55, 47.1, 1],
  ["Simferopol", 34.1, 44.95, 1],
  ["Dnipro", 35.04, 48.46, 0],
  ["Poltava", 34.55, 49.59, 1],
] as const;
const LINE = [
  [37.3, 50.3],
  [37.61, 49.71],
  [38.1, 49.2],
  [38.0, 48.59],
  [37.6, 48.0],
  [36.84, 47.84],
  [35.78, 47.57],
  [34.6, 47.5],
  [33.36, 46.75],
  [32.62, 46.6],
  [31.6, 46.55],
] as const;
/** A coarse northern shore of the Black Sea and the Sea of Azov. */
const LAND = [
  [20, 40],
  [20, 60],
  [50, 60],
  [50, 40],
  [41, 41.5],
  [39, 44],
  [37.5, 44.7],
  [36.6, 45.3],
  [38.2, 46.3],
  [39.2, 47.1],
  [37.5, 47.05],
  [35.3, 46.4],
  [34.8, 46.1],
  [35.3, 45.3],
  [36.5, 45.4],
  [35.4, 45.0],
  [33.6, 44.4],
  [33.4, 45.2],
  [32.5, 45.4],
  [33.6, 46.05],
  [31.9, 46.35],
  [31.8, 46.6],
  [30.8, 46.5],
  [29.7, 45.2],
  [28.6, 44.0],
  [28.0, 42.0],
  [29, 41.2],
  [20, 40],
] as const; // prettier keeps pairs together
const START_MS = Date.parse("2026-06-15T00:00:00Z");
const HOUR_MS = 3_600_000;

export interface FixtureSize {
  readonly resolution: number;
  readonly bufferKm: number;
  readonly days: number;
  readonly seed?: number;
}

export const SMALL: FixtureSize = { resolution: 5, bufferKm: 20, days: 2 };
/** About 4,500 cells, as the reference scenario has. */
export const FULL: FixtureSize = { resolution: 6, bufferKm: 52, days: 7 };

/** mulberry32: small, seeded, good enough for a picture. */
function diceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function cellsAlong({ resolution, bufferKm }: FixtureSize): Cell[] {
  const found = new Set<Cell>();
  for (const [i, [lon, lat]] of LINE.entries()) {
    const [lon2, lat2] = LINE[i + 1] ?? [lon, lat];
    for (let t = 0; t < 1; t += 0.1) {
      const place = { longitudeDeg: lon + (lon2 - lon) * t, latitudeDeg: lat + (lat2 - lat) * t };
      for (const cell of cellsAround(place, bufferKm * 0.8, resolution)) found.add(cell);
    }
  }
  return [...found].sort();
}

const sorted = (values: Float32Array) => [...values].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);

function distributionOf(values: Float32Array): Distribution {
  const known = sorted(values);
  const at = (q: number) => known[Math.round(q * (known.length - 1))] ?? 0;
  return { mean: known.reduce((a, b) => a + b, 0) / Math.max(1, known.length), p50: at(0.5), p90: at(0.9), max: at(1) };
}

/** Smooth over the map, so that the picture looks like one. */
function figuresOf(cells: readonly Cell[], scale: number, hours: number, dice: () => number): CellFigures {
  const phase = dice() * 6;
  const wave = cells.map((cell) => {
    const { longitudeDeg, latitudeDeg } = centreOf(cell);
    return 1 + 0.35 * Math.sin(longitudeDeg * 1.3 + phase) + 0.25 * Math.cos(latitudeDeg * 2.1 - phase) + 0.15 * dice();
  });
  const of = (value: (w: number, i: number) => number) => Float32Array.from(wave, value);
  const accessible01 = of((w) => Math.round(hours * Math.min(0.95, 0.62 / (scale * w))) / hours);
  return {
    accessible01,
    accessibleLongestGapH: of((w) => Math.min(hours, 2.4 * scale * w)),
    takenLongestGapH: of((w) => Math.min(hours, 6.1 * scale * w)),
    taken01: of((_, i) => Math.round((accessible01[i] ?? 0) * 0.45 * hours) / hours),
    pictureAgeH: of((w, i) => (i % 397 === 0 ? Number.NaN : 2.6 * scale * w)),
  };
}

const KIND_SCALE: Readonly<Record<Channel, number>> = { imaging: 1, radar: 1.5, optical: 2.6, thermal: 7, rf: 4.4 };

function gapsOf(figures: CellFigures): GapHistogram {
  const edgesH = [0, 0.5, 1, 2, 3, 4, 6, 8, 12, 18, 24, 48];
  const counted = (values: Float32Array) => {
    const counts = edgesH.map(() => 0);
    for (const value of values) {
      for (const part of [0.15, 0.3, 0.3, 0.55, 1]) {
        const bin = edgesH.findLastIndex((edge) => value * part >= edge);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    }
    return counts;
  };
  return { edgesH, accessible: counted(figures.accessibleLongestGapH), taken: counted(figures.takenLongestGapH) };
}

type PerKind<T> = Readonly<Record<Channel, T>>;
const perKind = <T>(of: (kind: Channel) => T): PerKind<T> => ({
  imaging: of("imaging"),
  optical: of("optical"),
  radar: of("radar"),
  thermal: of("thermal"),
  rf: of("rf"),
});
const meanOf = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

function headlineOf(cells: PerKind<CellFigures>, scale: number): Headline {
  return {
    accessible01: perKind((kind) => meanOf(cells[kind].accessible01)),
    accessibleLongestGapH: perKind((kind) => distributionOf(cells[kind].accessibleLongestGapH)),
    accessibleRevisitH: perKind((kind) => ({ mean: 0.6, p50: 0.5 * KIND_SCALE[kind], p90: 1.2, max: 3 })),
    unknownHours01: perKind(() => 0),
    takenRevisitH: perKind((kind) => (kind === "thermal" ? null : { mean: 2.6, p50: 2.1, p90: 5, max: 11 })),
    pictured01: perKind(() => 0.97),
    taken01: perKind((kind) => meanOf(cells[kind].taken01)),
    takenLongestGapH: perKind((kind) => distributionOf(cells[kind].takenLongestGapH)),
    pictureAgeH: perKind((kind) =>
      kind === "thermal" && scale > 1.4 ? null : distributionOf(cells[kind].pictureAgeH),
    ),
    latencyH: perKind((kind) => ({ mean: 1.9 * KIND_SCALE[kind], p50: 1.6 * scale, p90: 3.4 * scale, max: 9 * scale })),
    accessibleLatencyH: perKind(() => ({ mean: 1.1, p50: 0.9 * scale, p90: 2.1 * scale, max: 5 * scale })),
    cellLooks: { accessible: 812_000, taken: 214_000, delivered: 209_500, waiting: 4_500 },
    requestsMet01: 0.71 / scale,
  };
}

function variantOf(cells: readonly Cell[], hours: number, seed: number, nation?: (typeof NATIONS)[number]): Variant {
  const scale = nation === undefined ? 1 : 1 + (nation[2] + nation[4]) / 130;
  const figures = perKind((kind) => {
    const kindScale =
      nation === undefined
        ? 1
        : 1 +
          (scale - 1) *
            ({ radar: nation[0] === "FIN" ? 3 : 0.7, optical: 1.2, imaging: 1, thermal: 1.6, rf: 0.4 }[kind] ?? 1);
    return figuresOf(cells, KIND_SCALE[kind] * kindScale, hours, diceOf(seed + KINDS.indexOf(kind)));
  });
  const total = (column: 2 | 3) => NATIONS.reduce((sum, row) => sum + row[column], 0);
  return {
    id: nation === undefined ? "base" : `without-${nation[0]}`,
    label: nation === undefined ? "Whole network" : `Without ${nation[1]}`,
    ...(nation === undefined ? {} : { nation: nation[0] }),
    satellites: nation === undefined ? total(2) : nation[2],
    stations: nation === undefined ? total(3) : nation[3],
    orphaned: nation?.[4] ?? 0,
    headline: headlineOf(figures, scale),
    cells: figures,
    gaps: perKind((kind) => gapsOf(figures[kind])),
  };
}

function passesOf(hours: number, cells: number, dice: () => number): PassRow[] {
  const passes = NATIONS.flatMap(([nation, , satellites], n) =>
    Array.from({ length: satellites }, (_, s) => {
      const kinds = [["optical"], ["radar"], ["optical", "thermal"], ["rf"]][(n + s) % 4] ?? ["optical"];
      return Array.from({ length: Math.round(hours / 11) }, (_, k): PassRow => {
        const startMs = START_MS + Math.round((k * 11 + dice() * 9 + 0.2) * HOUR_MS);
        const accessibleCells = 1 + Math.floor(dice() * cells * 0.6);
        const takenCells = dice() < 0.55 ? Math.floor(accessibleCells * 0.4) : 0;
        return {
          satellite: `${nation}-SAT "${s + 1}", test`,
          catalogueNumber: 40_000 + n * 500 + s,
          mission: `mission-${nation.toLowerCase()}`,
          nation,
          kinds,
          startMs,
          endMs: startMs + Math.round((20 + dice() * 140) * 1000),
          accessibleCells,
          takenCells,
          minOffNadirDeg: dice() * 45,
          sunElevationDeg: dice() * 120 - 60,
          deliveredMs: takenCells > 0 ? startMs + Math.round((0.6 + dice() * 4) * HOUR_MS) : null,
          deliveredBy: takenCells > 0 ? "Svalbard" : null,
        };
      });
    }).flat(),
  );
  return passes.sort((a, b) => a.startMs - b.startMs);
}

function ledgerOf(hours: number, cells: number, dice: () => number): Result["ledger"] {
  const shares = { optical: 0.34, radar: 0.55, thermal: 0.12, rf: 0.2 };
  return Object.fromEntries(
    Object.entries(shares).map(([kind, share]) => {
      const observable = Array.from({ length: hours }, (_, h) => {
        const day = kind === "optical" ? Math.max(0, Math.sin(((h % 24) - 3) * (Math.PI / 15))) : 1;
        return Math.round(cells * Math.min(1, share * day * (0.6 + dice())));
      });
      const night = observable.map((n, h) =>
        kind === "optical" && (h % 24 < 4 || h % 24 > 18) ? Math.round((cells - n) * 0.6) : 0,
      );
      const unknown = observable.map((n, h) =>
        h > hours * 0.8 ? Math.round((cells - n - (night[h] ?? 0)) * 0.15) : 0,
      );
      const noPass = observable.map((n, h) => cells - n - (night[h] ?? 0) - (unknown[h] ?? 0));
      return [kind, { observable, night, noPass, unknown, taken: observable.map((n) => Math.round(n * 0.4)) }];
    }),
  );
}

function runsOf(hours: number, cells: number, dice: () => number): Result["ledgerRuns"] {
  const rows: [number, number, number, number, number][] = [];
  for (let cell = 0; cell < cells; cell++) {
    for (let kind = 0; kind < 4; kind++) {
      for (let from = 0; from < hours; ) {
        const to = Math.min(hours, from + 1 + Math.floor(dice() * 5));
        rows.push([cell, kind, from, to, Math.floor(dice() * 5)]);
        from = to;
      }
    }
  }
  const column = (i: 0 | 1 | 2 | 3 | 4) => rows.map((row) => row[i]);
  return {
    cell: Uint32Array.from(column(0)),
    kind: Uint8Array.from(column(1)),
    fromH: Uint16Array.from(column(2)),
    toH: Uint16Array.from(column(3)),
    state: Uint8Array.from(column(4)),
  };
}

/** Circular orbits; the second satellite's position is unknown for a while. */
function tracksOf(count: number): Result["tracks"] {
  const stepMs = 120_000;
  return Array.from({ length: count }, (_, s) => {
    const rEcefKm = new Float32Array(3 * 721);
    for (let k = 0; k <= 720; k++) {
      const u = (2 * Math.PI * k * 2) / 95 + s;
      const node = s * 0.4 - (2 * Math.PI * k * 2) / 1436;
      const known = s !== 1 || k < 100 || k > 200;
      const at = [
        Math.cos(u) * Math.cos(node) + 0.15 * Math.sin(u) * Math.sin(node),
        Math.cos(u) * Math.sin(node) - 0.15 * Math.sin(u) * Math.cos(node),
        0.98 * Math.sin(u),
      ];
      for (const [axis, x] of at.entries()) rEcefKm[3 * k + axis] = known ? 6950 * x : Number.NaN;
    }
    return { satellite: `SAT ${s + 1}`, nation: NATIONS[s % NATIONS.length]?.[0] ?? "USA", stepMs, rEcefKm };
  });
}

function summaryOf(variants: readonly Variant[], cells: number, { days, resolution }: FixtureSize): Summary {
  const [base, ...without] = variants;
  if (base === undefined) throw new RangeError("no base");
  const varied = (factor: number) => headlineOf(base.cells, factor);
  const moved = (factor: number): Headline => ({
    ...varied(factor),
    taken01: perKind((kind) => base.headline.taken01[kind] * factor),
    takenLongestGapH: perKind((kind) => ({
      ...base.headline.takenLongestGapH[kind],
      p50: base.headline.takenLongestGapH[kind].p50 / factor,
    })),
  });
  return {
    format: "vedette-summary/1",
    marking: "OWNER ONLY",
    label: "EXERCISE: made-up figures",
    title: "Line of contact, test <fixture> & picture",
    description: "Figures of this page are made up by a seeded generator, to see that it is drawn as it should be.",
    start: new Date(START_MS).toISOString(),
    end: new Date(START_MS + days * 24 * HOUR_MS).toISOString(),
    days,
    h3Resolution: resolution,
    rebasedByDays: null,
    software: "vedette 0.1.0",
    inputSha256: "5f".repeat(32),
    counts: {
      satellites: base.satellites,
      stations: base.stations,
      nations: NATIONS.length,
      cells,
      cellHours: cells * days * 24,
    },
    nations: Object.fromEntries(NATIONS),
    headline: base.headline,
    clearSky01: 0.41,
    ledger: {},
    dependence: without.map((variant) => ({
      nation: variant.nation ?? "",
      name: NATIONS.find(([code]) => code === variant.nation)?.[1] ?? "",
      satellites: variant.satellites,
      stations: variant.stations,
      orphaned: variant.orphaned,
      launched: 2,
      headline: variant.headline,
    })),
    sensitivityBase: { cells: 500, headline: base.headline },
    sensitivity: ["maskDeg", "dutyS", "memoryGbit", "downlinkMbps", "latencyMin", "settleS", "antennas"].map(
      (figure, i) => ({
        figure,
        unit: ["deg", "s/orbit", "Gbit", "Mbit/s", "min", "s", ""][i] ?? "",
        count: 4 + 9 * i,
        low: moved(1 - 0.18 / (i + 1)),
        high: moved(1 + 0.11 / (i + 1)),
      }),
    ),
    requests: [
      {
        id: "armour-daily",
        zone: "line",
        nation: "FRA",
        kinds: ["optical", "radar"],
        resolutionM: 3,
        revisitH: 12,
        latencyH: 6,
        priority: 1,
        cells,
        accessibleMet01: 0.98,
        takenMet01: 0.83,
        latencyMet01: 0.91,
      },
      {
        id: "emitters",
        zone: "line",
        nation: "GBR",
        kinds: ["rf"],
        resolutionM: 10_000,
        revisitH: 6,
        latencyH: 2,
        priority: 2,
        cells,
        accessibleMet01: 0.31,
        takenMet01: 0.12,
        latencyMet01: null,
      },
    ],
    zones: [{ id: "line", name: "Line of contact", cells, areaKm2: 58_231, lengthKm: 1198 }],
    unknown: [
      {
        satellite: "USA-SAT 9",
        catalogueNumber: 40_008,
        code: "stale",
        hours: 48,
        detail: "elements of 2026-05-29, limit 14 days",
      },
      { satellite: "OLD 1", catalogueNumber: 20_001, code: "decayed", hours: 168, detail: "SGP4 error 6" },
    ],
    assumptions: Array.from({ length: 40 }, (_, i) => ({
      path: `missions.m${i}.memoryGbit`,
      value: 512,
      why: "class of similar satellites",
    })),
    sources: [
      {
        id: "esa",
        title: "Sentinel-1 technical guide",
        publisher: "ESA",
        url: "https://sentiwiki.copernicus.eu/",
        date: "2025",
        licence: "facts only",
      },
      { id: "odd", title: "A title with a script", url: "javascript:alert(1)" },
    ],
    takingRule:
      "In order of time, each pass takes the cells with the oldest picture first, as far as duty, settling, memory and the next station allow.",
    notes: ["Without relays, latency is bound by stations."],
  };
}

export function resultFixture(size: FixtureSize = SMALL): Result {
  const { days, seed = 7 } = size;
  const hours = days * 24;
  const cells = cellsAlong(size);
  const variants = [variantOf(cells, hours, seed), ...NATIONS.map((nation) => variantOf(cells, hours, seed, nation))];
  const dice = diceOf(seed + 99);
  const zoneNames = PLACES.slice(1, 6).map(([name, longitudeDeg, latitudeDeg]) => ({
    name,
    longitudeDeg,
    latitudeDeg,
  }));
  return {
    summary: summaryOf(variants, cells.length, size),
    cells,
    cellZone: new Uint8Array(cells.length),
    clearSky01: Float32Array.from(cells, (_, i) => (i % 211 === 0 ? Number.NaN : 0.35 + 0.2 * Math.sin(i / 300))),
    zones: [
      {
        id: "line",
        name: "Line of contact",
        cells: cells.length,
        areaKm2: 58_231,
        lengthKm: 1198,
        paths: [LINE],
        closed: false,
        names: zoneNames,
      },
    ],
    variants,
    ledger: ledgerOf(hours, cells.length, dice),
    ledgerRuns: runsOf(hours, cells.length, dice),
    passes: passesOf(hours, cells.length, dice),
    tracks: tracksOf(12),
    stations: [{ name: "Svalbard", nation: "NOR", latitudeDeg: 78.23, longitudeDeg: 15.39 }],
    basemap: {
      land: [LAND],
      boundaries: [
        [
          [36.0, 51.5],
          [38.0, 49.9],
          [40.1, 49.3],
          [39.7, 47.9],
          [38.2, 47.1],
        ],
      ],
      boundariesNote: "Boundaries: a made-up line of the test.",
      places: PLACES.map(([name, longitudeDeg, latitudeDeg, rank]) => ({ name, longitudeDeg, latitudeDeg, rank })),
    },
  };
}
