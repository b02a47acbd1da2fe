/** What a header and a head must look like, to the last member: whatever else is in a copy was not written by a log. */
import type { EventHeader } from "./event.ts";
import type { Head } from "./head.ts";

type Test = (value: unknown) => boolean;

const HASH = /^[0-9a-f]{64}$/;
const isText: Test = (value) => typeof value === "string" && value !== "";
const isHash: Test = (value) => typeof value === "string" && HASH.test(value);
const isCount: Test = (value) => Number.isSafeInteger(value) && (value as number) >= 1;
/** Whole milliseconds that a Date can hold. */
const isInstant: Test = (value) => Number.isSafeInteger(value) && Math.abs(value as number) <= 8.64e15;
const isOne: Test = (value) => value === 1;

const isInterval: Test = (value) =>
  faultIn(value, { start: isInstant, end: isInstant }) === undefined &&
  (value as { start: number }).start < (value as { end: number }).end;

const isReaders: Test = (value) =>
  value === "all" ||
  (Array.isArray(value) && value.every((nation, i) => isText(nation) && (i === 0 || value[i - 1] < nation)));

const MARKING: Readonly<Record<string, Test>> = {
  owner: isText,
  releasableTo: isReaders,
  originatorControlled: (value) => typeof value === "boolean",
  use: (value) => value === "exercise" || value === "real",
};

const HEADER: Readonly<Record<keyof EventHeader, Test>> = {
  version: isOne,
  node: isText,
  sequence: isCount,
  id: isText,
  type: (value) => typeof value === "string" && /^[a-z][a-z-]*\.[a-z][a-z-]*$/.test(value),
  typeVersion: isCount,
  at: isInterval,
  recordedAt: isInstant,
  actor: isText,
  marking: (value) => faultIn(value, MARKING) === undefined,
  previous: isHash,
  commitment: isHash,
};

const HEAD: Readonly<Record<keyof Head, Test>> = {
  version: isOne,
  node: isText,
  sequence: isCount,
  hash: isHash,
  at: isInstant,
  publicKey: isHash,
  signature: (value) => typeof value === "string" && /^[0-9a-f]{128}$/.test(value),
};

/** @returns what is wrong with it, in words */
export const faultOfHeader = (value: unknown): string | undefined => faultIn(value, HEADER);
export const faultOfHead = (value: unknown): string | undefined => faultIn(value, HEAD);

function faultIn(value: unknown, shape: Readonly<Record<string, Test>>): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "not an object";
  const members = value as Readonly<Record<string, unknown>>;
  for (const [name, holds] of Object.entries(shape)) {
    if (!Object.hasOwn(members, name)) return `has no ${name}`;
    if (!holds(members[name])) return `${name} cannot be ${shown(members[name])}`;
  }
  const more = Object.keys(members).find((name) => !Object.hasOwn(shape, name));
  return more === undefined ? undefined : `has ${shown(more)}, which no log writes`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
