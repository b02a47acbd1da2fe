/** What lists are asked by: pages, places, times. Cursors are the queries' own. */
import type { Place } from "@vedette/core/geo/position";
import { type Instant, type Interval, isoOf, parseInstant } from "@vedette/core/time/instant";
import type { Area, Page, PageAsked, WhereWhen } from "../workspace/queries.ts";
import { ApiProblem } from "./api-problem.ts";

const USUAL = 100;

export const pageAsked = ({
  limit = USUAL,
  cursor,
}: {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}): PageAsked => ({ limit, ...(cursor !== undefined && { cursor }) });

export const pageShown = <T, U>(
  { items, next }: Page<T>,
  shown: (item: T) => U,
): { items: U[]; next: string | null } => ({
  items: items.map(shown),
  next: next ?? null,
});

export interface WhereWhenAsked {
  readonly bbox?: string | undefined;
  readonly polygon?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly text?: string | undefined;
}

/** @throws ApiProblem naming the member that does not fit */
export function whereWhenAsked({ bbox, polygon, from, to, text }: WhereWhenAsked): WhereWhen {
  if (bbox !== undefined && polygon !== undefined)
    throw notValid("/query/polygon", "give a box or a polygon, not both");
  const area = bbox !== undefined ? boxOf(bbox) : polygon !== undefined ? polygonOf(polygon) : undefined;
  return {
    ...(area !== undefined && { area }),
    ...(from !== undefined && { from: instantAsked(from, "/query/from") }),
    ...(to !== undefined && { to: instantAsked(to, "/query/to") }),
    ...(text !== undefined && { text }),
  };
}

function boxOf(text: string): Area {
  const numbers = text.split(",").map(numberIn);
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = numbers;
  const isBox =
    numbers.length === 4 && isLongitude(west) && isLongitude(east) && isLatitude(south) && isLatitude(north);
  if (!isBox || south > north)
    throw notValid("/query/bbox", "expected west,south,east,north in degrees, south not above north");
  return { west, south, east, north };
}

const MOST_CORNERS = 100;

function polygonOf(text: string): Area {
  const corners = text.split(",").map((pair) => pair.trim().split(/\s+/).map(numberIn));
  const places = corners.flatMap(([longitudeDeg = Number.NaN, latitudeDeg = Number.NaN, ...more]): Place[] =>
    more.length === 0 && isLongitude(longitudeDeg) && isLatitude(latitudeDeg) ? [{ latitudeDeg, longitudeDeg }] : [],
  );
  if (places.length !== corners.length || places.length < 3 || places.length > MOST_CORNERS)
    throw notValid("/query/polygon", `expected 3 to ${MOST_CORNERS} corners, each longitude latitude, by commas`);
  return { polygon: places };
}

const numberIn = (text: string): number => (/^\s*[+-]?\d{1,3}(\.\d{1,12})?\s*$/.test(text) ? Number(text) : Number.NaN);
const isLongitude = (deg: number): boolean => deg >= -180 && deg <= 180;
const isLatitude = (deg: number): boolean => deg >= -90 && deg <= 90;

/** @throws ApiProblem naming the member that is no time of this calendar */
export function instantAsked(text: string, path: string): Instant {
  try {
    return parseInstant(text);
  } catch {
    throw notValid(path, "expected a UTC instant such as 2026-06-15T00:00:00Z");
  }
}

export function spanAsked({ start, end }: { readonly start: string; readonly end: string }, path: string): Interval {
  const span = { start: instantAsked(start, `${path}/start`), end: instantAsked(end, `${path}/end`) };
  if (!(span.start < span.end)) throw notValid(path, "expected a span that ends after it starts");
  return span;
}

export const notValid = (path: string, message: string): ApiProblem =>
  new ApiProblem("not-valid", "", { problems: [{ path, message }] });

export const spanShown = ({ start, end }: Interval): { start: string; end: string } => ({
  start: isoOf(start),
  end: isoOf(end),
});
