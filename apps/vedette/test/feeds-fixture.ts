/** Files, tables and a log for the tests of feeds. Data here is made up, but for shapes of headers. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import type { Marking } from "@vedette/core/record/marking";
import { instant } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import { type EvidenceImport, type ImportedEvidence, importEvidence } from "../src/feeds/evidence/import-evidence.ts";
import { type KindExtras, type KindName, kindOf } from "../src/feeds/evidence/kinds.ts";
import type { ReadSetting } from "../src/feeds/evidence/setting.ts";
import { readEvidenceSources } from "../src/scenario/evidence-sources.ts";
import { readAreas } from "../src/scenario/named-areas.ts";
import { memoryStore } from "../src/store/open.ts";
import type { Store } from "../src/store/store.ts";

export const folder = mkdtempSync(join(tmpdir(), "vedette-feeds-"));
after(() => rmSync(folder, { recursive: true, force: true }));

export const MARKING: Marking = { owner: "FRA", releasableTo: [], originatorControlled: false, use: "real" };
export const SETTING: ReadSetting = {
  sources: await readEvidenceSources(),
  areas: await readAreas(),
  latest: instant(Date.UTC(2026, 6, 1)),
};

let count = 0;
export function fileOf(content: string | Uint8Array, name = "file.csv"): string {
  count += 1;
  const path = join(folder, `${count}-${name}`);
  writeFileSync(path, content);
  return path;
}

export interface Taken extends ImportedEvidence {
  readonly evidence: readonly Evidence[];
}

interface Job extends Partial<Pick<EvidenceImport, "batchSize" | "signal" | "marking">>, KindExtras {
  readonly store?: Store;
  readonly setting?: Partial<ReadSetting>;
}

/** Imports a file's content (into a fresh log in memory where none is given), and reads back what the log then holds. */
export async function taken(name: KindName, content: string | Uint8Array, job: Job = {}): Promise<Taken> {
  const { store = memoryStore(), setting = {}, mapping, incidents, ...rest } = job;
  const extras = { ...(mapping && { mapping }), ...(incidents && { incidents }) };
  const imported = await importEvidence({
    path: fileOf(content, name),
    kind: kindOf(name, { ...SETTING, ...setting }, extras),
    store: () => store,
    actor: "desk-3",
    marking: MARKING,
    ...rest,
  });
  return { ...imported, evidence: await evidenceIn(store) };
}

export async function evidenceIn(store: Store): Promise<Evidence[]> {
  const all: Evidence[] = [];
  for await (const { header } of store.events({ types: ["evidence.recorded"] })) {
    for await (const { value } of store.members(header.id))
      if (value !== undefined) all.push(value as unknown as Evidence);
  }
  return all;
}

/** Why each refused record was refused: `line code`. */
export const whys = ({ refusals }: ImportedEvidence): string[] => refusals.map(({ line, code }) => `${line} ${code}`);
