/** Packs a result for the page: what it draws, no more, small. */
import { promisify } from "node:util";
import { deflateRaw } from "node:zlib";
import { boundaryOf } from "@vedette/core/geo/cells";
import type { Result } from "@vedette/wire/result";
import { boundsOf, cutBasemap } from "./cut-basemap.ts";
import { figureWords, KIND_NAMES, nationNames, presentKinds } from "./files/labels.ts";
import { CELL_FIGURES, type PackedHead, planesOf, STEP_01, STEP_DEG, stepOf, UNKNOWN_U16 } from "./packed.ts";

const MS_PER_HOUR = 3_600_000;
const TIMELINE_HOURS = 24;
/** Below towns of the basemap that the line does not name. */
const ZONE_NAME_RANK = 2;

/** Base64 of the deflated packing; see packed.ts for the layout. */
export async function packReport(result: Result): Promise<string> {
  const rings = result.cells.map((cell) => openRing(boundaryOf(cell)));
  const coordinates = coordinatesOf(rings);
  const figures = figuresOf(result);
  const head: PackedHead = {
    ...headOf(result),
    ...cutBasemap(namedBasemap(result), boundsOf(rings.flat(), result.zones)),
    vertexCounts: rings.map((ring) => ring.length),
    coordinateValues: coordinates.length,
    figureValues: figures.length,
  };
  const json = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const bytes = Buffer.concat([length, json, planesOf(coordinates, 4), planesOf(figures, 2)]);
  return (await promisify(deflateRaw)(bytes, { level: 7 })).toString("base64");
}

type Head = Omit<PackedHead, "land" | "boundaries" | "places" | "vertexCounts" | "coordinateValues" | "figureValues">;

function headOf(result: Result): Head {
  const { summary } = result;
  const startMs = Date.parse(summary.start);
  return {
    startMs,
    hours: (Date.parse(summary.end) - startMs) / MS_PER_HOUR,
    kinds: presentKinds(result).map((id) => ({ id, name: KIND_NAMES[id] })),
    variants: result.variants.map(({ id, label, gaps }) => ({ id, label, gaps })),
    nations: Object.fromEntries(nationNames(summary)),
    cells: result.cells,
    cellZone: [...result.cellZone],
    zones: result.zones.map(({ name, closed, paths }) => ({ name, closed, paths })),
    ledger: result.ledger,
    passes: result.passes
      .filter((pass) => pass.startMs < startMs + TIMELINE_HOURS * MS_PER_HOUR)
      .map(({ satellite, nation, kinds, startMs, endMs, accessibleCells, takenCells, deliveredMs }) => {
        return { satellite, nation, kinds, startMs, endMs, accessibleCells, takenCells, deliveredMs };
      }),
    sensitivityBase: summary.sensitivityBase.headline,
    sensitivity: summary.sensitivity.map(({ figure, low, high }) => ({ figure: figureWords(figure), low, high })),
  };
}

/** Names that the zones' vertices carry join the basemap's, which win where both know a name. */
function namedBasemap({ basemap, zones }: Result): Result["basemap"] {
  const known = new Set(basemap.places.map(({ name }) => name));
  const added = zones.flatMap((zone) => zone.names).filter(({ name }) => !known.has(name) && known.add(name));
  return { ...basemap, places: [...basemap.places, ...added.map((place) => ({ ...place, rank: ZONE_NAME_RANK }))] };
}

type Ring = readonly (readonly [number, number])[];

function openRing(ring: Ring): Ring {
  const [first] = ring;
  const last = ring.at(-1);
  return first && last && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
}

/** Each value is the difference from the same axis of the vertex before. */
function coordinatesOf(rings: readonly Ring[]): Int32Array {
  const steps = Int32Array.from(rings.flat(2), (deg) => Math.round(deg / STEP_DEG));
  return steps.map((value, i) => value - (steps[i - 2] ?? 0));
}

/** The base variant as it is, every other as its difference from base (modulo 65,536): most cells do not change. */
function figuresOf(result: Result): Uint16Array {
  const kinds = presentKinds(result);
  const n = result.cells.length;
  const packed = new Uint16Array(n + result.variants.length * kinds.length * CELL_FIGURES.length * n);
  packed.set(quantised(result.clearSky01, STEP_01));
  const perVariant = kinds.length * CELL_FIGURES.length * n;
  for (const [v, variant] of result.variants.entries()) {
    for (const [k, kind] of kinds.entries()) {
      for (const [f, figure] of CELL_FIGURES.entries()) {
        const at = n + v * perVariant + (k * CELL_FIGURES.length + f) * n;
        const values = quantised(variant.cells[kind][figure], stepOf(figure));
        const base = n + (k * CELL_FIGURES.length + f) * n;
        packed.set(v === 0 ? values : values.map((value, i) => value - (packed[base + i] ?? 0)), at);
      }
    }
  }
  return packed;
}

function quantised(values: Float32Array, step: number): Uint16Array {
  return Uint16Array.from(values, (value) =>
    Number.isFinite(value) ? Math.min(Math.max(Math.round(value / step), 0), UNKNOWN_U16 - 1) : UNKNOWN_U16,
  );
}
