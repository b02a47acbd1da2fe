/**
 * Ways to watch an area, as a path of places joined by geodesics: the patterns of the International Aeronautical and Maritime
 * Search and Rescue Manual (IAMSAR, vol. II and III), and the two of patrols. Offsets are taken from one place by bearing and
 * distance on the ellipsoid: legs of 100 km are right to a few metres.
 */
import { destinationOf, polarOf } from "../geo/geodesic.ts";
import type { Place } from "../geo/position.ts";

export type Pattern =
  | { readonly kind: "racetrack"; readonly from: Place; readonly to: Place; readonly widthKm: number }
  | {
      readonly kind: "creeping-line";
      /** The corner where it begins; the area lies ahead, along `headingDeg`, and to the right of it. */
      readonly corner: Place;
      readonly headingDeg: number;
      readonly aheadKm: number;
      readonly acrossKm: number;
      readonly spacingKm: number;
    }
  | { readonly kind: "sector"; readonly datum: Place; readonly headingDeg: number; readonly radiusKm: number }
  | {
      readonly kind: "expanding-square";
      readonly datum: Place;
      readonly headingDeg: number;
      readonly spacingKm: number;
      readonly legs: number;
    }
  | { readonly kind: "line-patrol"; readonly line: readonly Place[] };

export type PatternKind = Pattern["kind"];

/**
 * One round. A pattern is flown again and again: a racetrack and a sector search end where they begin; the others are flown to
 * their end and back.
 * @throws RangeError for a length that is not above 0, or a line of fewer than two places
 */
export function roundOf(pattern: Pattern): readonly Place[] {
  switch (pattern.kind) {
    case "racetrack":
      return racetrack(pattern.from, pattern.to, positive("widthKm", pattern.widthKm));
    case "creeping-line":
      return thereAndBack(creepingLine(pattern));
    case "sector":
      return sector(pattern.datum, pattern.headingDeg, positive("radiusKm", pattern.radiusKm));
    case "expanding-square":
      return thereAndBack(expandingSquare(pattern));
    case "line-patrol":
      if (pattern.line.length < 2)
        throw new RangeError(`a line patrol has two places or more, not ${pattern.line.length}`);
      return thereAndBack(pattern.line);
  }
}

function positive(name: string, value: number): number {
  if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name} must be above 0: ${value}`);
  return value;
}

function thereAndBack(path: readonly Place[]): readonly Place[] {
  return [...path, ...path.slice(0, -1).reverse()];
}

/** Ahead along the heading and to the right of it. */
function offset(from: Place, headingDeg: number, aheadKm: number, rightKm: number): Place {
  const km = Math.hypot(aheadKm, rightKm);
  return km === 0 ? from : destinationOf(from, headingDeg + (Math.atan2(rightKm, aheadKm) * 180) / Math.PI, km);
}

/** Up one side and down the other, the second to the right of the first. */
function racetrack(from: Place, to: Place, widthKm: number): Place[] {
  const { km, azimuthDeg } = polarOf(from, to);
  positive("length of the racetrack", km);
  return [from, to, offset(from, azimuthDeg, km, widthKm), offset(from, azimuthDeg, 0, widthKm), from];
}

/** Legs across the way ahead, the first half a spacing in, ends half a spacing from the sides. */
function creepingLine(pattern: Extract<Pattern, { kind: "creeping-line" }>): Place[] {
  const spacing = positive("spacingKm", pattern.spacingKm);
  const across = positive("acrossKm", pattern.acrossKm);
  const legs = Math.max(1, Math.round(positive("aheadKm", pattern.aheadKm) / spacing));
  const [near, far] = across > spacing ? [spacing / 2, across - spacing / 2] : [0, across];
  const path: Place[] = [];
  for (let leg = 0; leg < legs; leg++) {
    const ahead = (leg + 0.5) * spacing;
    const ends = leg % 2 === 0 ? [near, far] : [far, near];
    for (const right of ends) path.push(offset(pattern.corner, pattern.headingDeg, ahead, right));
  }
  return path;
}

/** Three triangles with a corner at the datum, nine legs of one radius, all turns 120 degrees to the right. */
function sector(datum: Place, headingDeg: number, radiusKm: number): Place[] {
  // Each triangle goes out on the course on which the last one came in.
  return [0, 240, 120].reduce<Place[]>(
    (path, turn) => {
      const out = headingDeg + turn;
      path.push(destinationOf(datum, out, radiusKm), destinationOf(datum, out + 60, radiusKm), datum);
      return path;
    },
    [datum],
  );
}

/** Legs of 1, 1, 2, 2, 3, 3 … spacings, all turns to the right. */
function expandingSquare(pattern: Extract<Pattern, { kind: "expanding-square" }>): Place[] {
  const spacing = positive("spacingKm", pattern.spacingKm);
  if (!(pattern.legs >= 1 && Number.isInteger(pattern.legs)))
    throw new RangeError(`legs must be whole: ${pattern.legs}`);
  let [ahead, right] = [0, 0];
  const path = [pattern.datum];
  for (let leg = 0; leg < pattern.legs; leg++) {
    const km = Math.ceil((leg + 1) / 2) * spacing;
    if (leg % 4 === 0) ahead += km;
    else if (leg % 4 === 1) right += km;
    else if (leg % 4 === 2) ahead -= km;
    else right -= km;
    path.push(offset(pattern.datum, pattern.headingDeg, ahead, right));
  }
  return path;
}
