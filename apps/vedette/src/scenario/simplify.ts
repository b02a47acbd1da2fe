/** Fewer vertices for the same line: dense tracks cost time with every cell and say nothing more at 25 km either side. */
import type { Place } from "@vedette/core/geo/position";

const KM_PER_DEG = 111.32;

/**
 * Ramer, Douglas and Peucker's method (1972, 1973): a subset of the vertices, both ends kept, such that every vertex
 * left out lies within `toleranceKm` of the line that remains. Distances on a local plane: for legs up to some 100 km.
 */
export function simplified(line: readonly Place[], toleranceKm: number): Place[] {
  const keep = new Set([0, line.length - 1]);
  const spans: [number, number][] = [[0, line.length - 1]];
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const [from, to] = span;
    const { index, km } = farthestBetween(line, from, to);
    // Long chords bend away from the plane: they are cut however straight they look.
    if (index > 0 && (km > toleranceKm || chordKm(line, from, to) > 50)) {
      keep.add(index);
      spans.push([from, index], [index, to]);
    }
  }
  return line.filter((_, i) => keep.has(i));
}

function farthestBetween(line: readonly Place[], from: number, to: number): { index: number; km: number } {
  let farthest = { index: -1, km: -1 };
  const chord = planeOf(line[from], line[to]);
  for (let index = from + 1; index < to; index++) {
    const [x, y] = planeOf(line[from], line[index]);
    const km = distanceToChord(x, y, chord);
    if (km > farthest.km) farthest = { index, km };
  }
  return farthest;
}

function chordKm(line: readonly Place[], from: number, to: number): number {
  return Math.hypot(...planeOf(line[from], line[to]));
}

/** East and north of `origin`, km, the short way round the globe. */
function planeOf(origin: Place | undefined, place: Place | undefined): [number, number] {
  if (origin === undefined || place === undefined) return [0, 0];
  const eastDeg = ((place.longitudeDeg - origin.longitudeDeg + 540) % 360) - 180;
  const middleRad = ((place.latitudeDeg + origin.latitudeDeg) / 2) * (Math.PI / 180);
  return [eastDeg * KM_PER_DEG * Math.cos(middleRad), (place.latitudeDeg - origin.latitudeDeg) * KM_PER_DEG];
}

/** From a point to the segment that joins the origin and the chord's end. */
function distanceToChord(x: number, y: number, [chordX, chordY]: readonly [number, number]): number {
  const squared = chordX * chordX + chordY * chordY;
  const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (x * chordX + y * chordY) / squared));
  return Math.hypot(x - along * chordX, y - along * chordY);
}
