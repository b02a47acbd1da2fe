/** Readers of JSON from the log: each takes a value with its path, and throws a `Misfit` that the caller turns into a value. */
import { LOCATION_BASES, type Located, type LocationBasis } from "../geo/located.ts";
import type { Json } from "../record/hash.ts";
import { type Interval, instant } from "../time/instant.ts";
import type { Refusal } from "./incident.ts";

export type Body = Readonly<Record<string, Json | undefined>>;

/** Carries the refusal out of the readers; its catcher gives it back as a value. */
export class Misfit extends Error {
  readonly refusal: Refusal;
  constructor(path: string, expected: string) {
    super(path);
    this.refusal = { code: "malformed", path, expected };
  }
}

export function optional<K extends string, T>(
  key: K,
  value: Json | undefined,
  read: (value: Json | undefined, path: string) => T,
): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: read(value, key) }) as { readonly [P in K]?: T };
}

export function mapOf(value: Json | undefined, path: string): Body {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Misfit(path, "an object");
  return value as Body;
}

export function listOf(value: Json | undefined, path: string): readonly Json[] {
  if (!Array.isArray(value)) throw new Misfit(path, "a list");
  return value;
}

export function textOf(value: Json | undefined, path: string): string {
  if (typeof value !== "string" || value.trim() === "") throw new Misfit(path, "a text that is not empty");
  return value;
}

export function idOf(value: Json | undefined, path: string): string {
  const id = textOf(value, path);
  if (id.length > 256) throw new Misfit(path, "an id of at most 256 characters");
  return id;
}

export function idsOf(value: Json | undefined, path: string): readonly string[] {
  const ids = listOf(value, path).map((item, i) => idOf(item, `${path}[${i}]`));
  if (new Set(ids).size !== ids.length) throw new Misfit(path, "each id once");
  return ids;
}

export function oneOf<T extends string>(value: Json | undefined, words: readonly T[], path: string): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new Misfit(path, `one of ${words.join(", ")}`);
  return found;
}

export function numberOf(value: Json | undefined, path: string, low: number, high: number = Number.MAX_VALUE): number {
  if (typeof value !== "number" || !(value >= low && value <= high))
    throw new Misfit(path, high === Number.MAX_VALUE ? `a number from ${low}` : `a number from ${low} to ${high}`);
  return value;
}

export function intervalOf(value: Json | undefined, path: string): Interval {
  const map = mapOf(value, path);
  const [start, end] = [map["start"], map["end"]].map((at) => numberOf(at, path, -8.64e15, 8.64e15)) as [
    number,
    number,
  ];
  if (!(start < end)) throw new Misfit(path, "an interval that ends after it starts");
  return { start: instant(start), end: instant(end) };
}

export function locatedOf(value: Json | undefined, path: string): Located {
  const map = mapOf(value, path);
  return {
    latitudeDeg: numberOf(map["latitudeDeg"], `${path}.latitudeDeg`, -90, 90),
    longitudeDeg: numberOf(map["longitudeDeg"], `${path}.longitudeDeg`, -180, 180),
    radiusKm: numberOf(map["radiusKm"], `${path}.radiusKm`, 0, 25_000),
    basis: oneOf<LocationBasis>(map["basis"], LOCATION_BASES, `${path}.basis`),
    ...optional("name", map["name"], idOf),
  };
}
