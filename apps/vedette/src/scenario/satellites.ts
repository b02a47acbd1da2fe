/** Element sets of a scenario: read from its catalogues, and how far they cover its satellites. */
import type { MeanElements } from "@vedette/core/orbit/elements";
import { readCatalogue } from "../feeds/catalogue/catalogue.ts";
import { InputError, type Problem } from "../problem.ts";
import { spacecraftOf } from "./check-network.ts";
import { fileNamedBy } from "./documents.ts";
import type { ReadFile } from "./layers.ts";
import { type Cursor, childOf, itemsOf, numberOf, problemAt, textOf } from "./located.ts";
import { shownPath } from "./paths.ts";
import { digestOf } from "./read.ts";
import { counted } from "./words.ts";

const MS_PER_DAY = 86_400_000;
const MAX_NAMED = 5;
const MAX_WARNED = 8;

export interface ElementSets {
  /** By catalogue number. Of several sets for one satellite the one whose epoch is nearest to the start. */
  readonly elements: ReadonlyMap<number, MeanElements>;
  readonly files: readonly ReadFile[];
  readonly problems: readonly Problem[];
}

/** Reads every catalogue; a refused record is a problem with its file and line. */
export async function readElementSets(scenario: Cursor, startMs: number): Promise<ElementSets> {
  const elements = new Map<number, MeanElements>();
  const files: ReadFile[] = [];
  const problems: Problem[] = [];
  for (const reference of itemsOf(childOf(scenario, "catalogues"))) {
    const path = fileNamedBy(reference);
    if (typeof path !== "string") problems.push(...path);
    else {
      const read = await readOne(path);
      problems.push(...read.problems);
      if (read.file) files.push(read.file);
      for (const set of read.elements) keepNearest(elements, set, startMs);
    }
  }
  return { elements, files, problems };
}

async function readOne(path: string): Promise<{
  elements: readonly MeanElements[];
  file?: ReadFile;
  problems: Problem[];
}> {
  try {
    const { elements, refused, refusedCount } = await readCatalogue(path, {
      name: shownPath(path),
    });
    const problems: Problem[] = refused.map(({ line, column, message }) => ({
      file: shownPath(path),
      line,
      ...(column === undefined ? {} : { column }),
      message,
    }));
    const more = refusedCount - refused.length;
    if (more > 0)
      problems.push({
        file: shownPath(path),
        message: `and ${more} more records refused`,
      });
    return { elements, file: { path, sha256: await digestOf(path) }, problems };
  } catch (error) {
    if (error instanceof InputError) return { elements: [], problems: [...error.problems] };
    throw error;
  }
}

function keepNearest(elements: Map<number, MeanElements>, set: MeanElements, startMs: number): void {
  const before = elements.get(set.catalogueNumber);
  const awayMs = (one: MeanElements) => Math.abs(one.epochUtcMs - startMs);
  if (before === undefined || awayMs(set) <= awayMs(before)) elements.set(set.catalogueNumber, set);
}

/** Satellites without elements, or with stale ones, are unknown, not absent: said per mission, and never an error. */
export function coverageWarnings(
  network: Cursor,
  elements: ReadonlyMap<number, MeanElements>,
  span: { readonly startMs: number; readonly staleAfterDays: number; readonly isRebased: boolean },
): Problem[] {
  const setOf = (member: Cursor) => elements.get(numberOf(childOf(member, "catalogueNumber")) ?? Number.NaN);
  const limitMs = span.isRebased ? Infinity : span.staleAfterDays * MS_PER_DAY;
  const isStale = (set: MeanElements) => Math.abs(span.startMs - set.epochUtcMs) > limitMs;
  const spacecraft = spacecraftOf(network);
  const without = spacecraft.filter((member) => setOf(member) === undefined);
  const stale = spacecraft.filter((member) => {
    const set = setOf(member);
    return set !== undefined && isStale(set);
  });
  return [
    ...warningsPerMission(without, "without elements in any catalogue"),
    ...warningsPerMission(stale, `with elements over ${span.staleAfterDays} days from the start`),
  ];
}

function warningsPerMission(members: readonly Cursor[], what: string): Problem[] {
  const groups = Map.groupBy(members, ({ path }) => path.split(".").slice(0, 2).join("."));
  const warnings = [...groups.values()].flatMap((group) => warn(group, what));
  const shown = warnings.slice(0, MAX_WARNED);
  const [first] = members;
  if (first === undefined || shown.length === warnings.length) return shown;
  const more = `in all ${counted(members.length, "satellite")} of ${counted(groups.size, "mission or relay", "missions and relays")} ${what}`;
  return [...shown, { file: problemAt(first, "").file, message: more }];
}

function warn(members: readonly Cursor[], what: string): Problem[] {
  const [first] = members;
  if (first === undefined) return [];
  const names = members.slice(0, MAX_NAMED).map((member) => {
    const number = numberOf(childOf(member, "catalogueNumber"));
    return `${textOf(childOf(member, "name")) ?? member.path} (${number})`;
  });
  const more = members.length > MAX_NAMED ? ` and ${members.length - MAX_NAMED} more` : "";
  const satellites = counted(members.length, "satellite");
  return [problemAt(first, `${satellites} ${what}, so unknown: ${names.join(", ")}${more}`, "key")];
}
