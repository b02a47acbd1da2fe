/** Drafts, batches and a place on disk for the tests of the log. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Draft, StoredEvent } from "@vedette/core/record/event";
import type { Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import { type Instant, instant } from "@vedette/core/time/instant";
import type { BatchDraft, Store } from "../src/store/store.ts";

export const MARKING: Marking = {
  owner: "FRA",
  releasableTo: ["POL", "UKR"],
  originatorControlled: false,
  use: "exercise",
};
export const OWNER_ONLY: Marking = { ...MARKING, releasableTo: [] };
export const START = instant(Date.UTC(2026, 5, 15));

export const draftOf = (body: Json, extra: Partial<Draft> = {}): Draft => ({
  type: "incident.opened",
  typeVersion: 1,
  at: { start: START, end: instant(START + 1000) },
  actor: "p-17",
  marking: MARKING,
  body,
  ...extra,
});

export const batchOf = (keys: readonly string[], extra: Partial<BatchDraft> = {}): BatchDraft => ({
  ...draftOf(null),
  type: "evidence.recorded",
  body: { feed: "alerts" },
  members: keys.map((key) => ({ key, value: { id: key, text: `text of ${key}` } })),
  ...extra,
});

/** A clock that moves when it is told to. */
export function clockAt(start: Instant): { (): Instant; now: number } {
  const clock = (): Instant => instant(clock.now);
  clock.now = start as number;
  return clock;
}

export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "vedette-log-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function eventsOf(store: Store, types?: readonly string[]): Promise<StoredEvent[]> {
  return allOf(store.events(types === undefined ? {} : { types }));
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
