/** Small exercises for tests, made so that their answers can be worked out by hand. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Rules, Staff } from "../src/exercise/headquarters/staff.ts";
import type { Entity, Scene } from "../src/exercise/scene.ts";
import { type PlainKind, plainWorld } from "../src/exercise/truth/truth.ts";
import { type PlainLaw, plainLaw } from "../src/exercise/watch/eyes.ts";
import { type TaxonomyFile, taxonomyOf } from "../src/verify/taxonomy.ts";

const FILE = new URL("../../../data/taxonomies/ceasefire.yaml", import.meta.url);

export const START_MS: number = Date.parse("2026-06-15T00:00:00Z");
export const HERE = { latitudeDeg: 48, longitudeDeg: 37 } as const;

export const RULES: Rules = {
  taxonomy: taxonomyOf(parse(readFileSync(FILE, "utf8")) as TaxonomyFile),
  spanOf: ({ when }) => when,
  ratesOf: () => undefined,
  relays: new Set(),
  urgent: new Set(),
  requestMs: 86_400_000,
  owner: "EUE",
  agreement: { id: "exercise", version: 1 },
  clause: "1",
};

/** At work always, and done at once: forty people. */
export const UNLIMITED: Staff = {
  analysts: [{ fromHour: 0, toHour: 24, people: 40 }],
  verifiers: [{ fromHour: 0, toHour: 24, people: 40 }],
  analysis: { meanS: 1, law: "fixed" },
  verification: { meanS: 1, law: "fixed" },
  assessment: { meanS: 1, law: "fixed" },
  signers: [{ fromHour: 0, toHour: 24, people: 40 }],
  signing: { meanS: 1, law: "fixed" },
  handoverMs: 0,
  utcOffsetH: 0,
};

export const strike = (changes: Partial<PlainKind> & { lastsS?: number } = {}): PlainKind => ({
  id: "strike",
  taxonomy: "explosion",
  isBreach: true,
  class: "fire",
  signatures: [{ channel: "crater", strength: 3, lastsS: changes.lastsS ?? 3600, fades: "at-once" }],
  speedMps: 0,
  contrast01: 0.3,
  riseK: 2,
  heightM: 0,
  perDay: 4,
  ...changes,
});

export const SURE: PlainLaw = { rangeKm: 50, look01: 1, locationM: 10, delayS: 0, falseAlarmsPerDay: 0, bits: 1000 };

export function watcher(id: string, changes: Partial<Entity> & { plain?: Partial<PlainLaw> } = {}): Entity {
  const { plain, ...rest } = changes;
  return {
    id,
    group: id,
    nation: "FRA",
    source: id,
    form: "report",
    law: plainLaw({ ...SURE, ...plain }),
    ...HERE,
    heightM: 10,
    everyS: 0,
    phaseS: 0,
    linkBps: 1e9,
    jammable: false,
    ...rest,
  };
}

export function scene(changes: Partial<Scene> & { kinds?: readonly PlainKind[]; radiusKm?: number } = {}): Scene {
  const { kinds = [strike()], radiusKm = 20, ...rest } = changes;
  const days = rest.days ?? 3;
  return {
    id: "small",
    startMs: START_MS,
    days,
    stepMs: 60_000,
    stareS: 600,
    world: plainWorld({ kinds, startMs: START_MS, days, ...HERE, radiusKm }),
    entities: [watcher("west", { nation: "FRA" }), watcher("east", { nation: "DEU" })],
    areas: [],
    patterns: ["racetrack"],
    staff: UNLIMITED,
    rules: RULES,
    decideMs: 1_800_000,
    ...rest,
  };
}
