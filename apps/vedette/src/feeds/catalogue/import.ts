/** A catalogue into our own: what came in, what it changed, and what is worth knowing about it. */
import type { MeanElements } from "@vedette/core/orbit/elements";
import type { Instant } from "@vedette/core/time/instant";
import type { CatalogueFormat, RefusedRecord, ScanOptions } from "./catalogue.ts";
import { scanCatalogue } from "./catalogue.ts";
import { type Health, healthOf } from "./health.ts";
import { type Merged, mergeElements, readStored, writeStored } from "./store.ts";

export interface ImportQuery {
  readonly source: string;
  readonly target: string;
  /** Names (any case) or catalogue numbers; everything where left out. */
  readonly only?: readonly string[];
  readonly at: Instant;
  readonly staleAfterDays: number;
  readonly scan?: ScanOptions;
}

export interface ImportedObject {
  readonly elements: MeanElements;
  readonly merged: Merged;
  readonly health: Health;
}

/** `records` = `objects` + `superseded` + `notSelected` + `refusedCount`. */
export interface Imported {
  readonly format: CatalogueFormat;
  readonly records: number;
  /** One per object, by catalogue number. */
  readonly objects: readonly ImportedObject[];
  /** Records of an object of which the same file has a newer (or the same) one. */
  readonly superseded: number;
  readonly notSelected: number;
  /** What `only` names and the file does not have. */
  readonly notFound: readonly string[];
  readonly refusedCount: number;
  readonly refused: readonly RefusedRecord[];
}

/**
 * Nothing is written where nothing is new, so that the same file twice leaves the target's bytes and date alone.
 * @throws InputError where either file cannot be read, or the target cannot be written.
 */
export async function importCatalogue(query: ImportQuery): Promise<Imported> {
  const { target, at, staleAfterDays } = query;
  const stored = await readStored(target);
  const { newest, ...counts } = await newestOf(query);
  const sorted = [...newest.values()].sort((a, b) => a.catalogueNumber - b.catalogueNumber);
  const objects = sorted.map((elements) => ({
    elements,
    merged: mergeElements(stored.elements, elements),
    health: healthOf(elements, at, staleAfterDays),
  }));
  const isChanged = objects.some(({ merged }) => merged === "added" || merged === "replaced");
  if (isChanged) await writeStored(target, stored);
  return { ...counts, objects };
}

async function newestOf({ source, only, scan: options = {} }: ImportQuery) {
  const newest = new Map<number, MeanElements>();
  const wanted = only && new Set(only.map(keyOf));
  const found = new Set<string>();
  let [superseded, notSelected] = [0, 0];
  const isWanted = ({ name, catalogueNumber }: MeanElements): boolean => {
    const keys = [keyOf(name), String(catalogueNumber)].filter((key) => wanted?.has(key) ?? true);
    if (wanted) for (const key of keys) found.add(key);
    return keys.length > 0;
  };
  const scan = await scanCatalogue(
    source,
    (elements) => {
      if (!isWanted(elements)) notSelected += 1;
      else if (mergeElements(newest, elements) !== "added") superseded += 1;
    },
    options,
  );
  const { format, records, refusedCount, refused } = scan;
  const notFound = (only ?? []).filter((text) => !found.has(keyOf(text)));
  return { newest, format, records, refusedCount, refused, superseded, notSelected, notFound };
}

/** `007` and `7` are one number; names differ by more than case. */
const keyOf = (text: string): string => (/^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, "") : text.toUpperCase());
