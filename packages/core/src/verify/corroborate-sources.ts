/**
 * Detections of any other sensor or source, weighed by the rates that its table declares: a new sensor needs a table, and
 * no code. A look that saw nothing counts against a claim; where nobody looked, nothing is said.
 */
import type { Place } from "../geo/position.ts";
import { type Interval, MS_PER_HOUR } from "../time/instant.ts";
import { type FindPoints, pointFinder } from "./baseline-points.ts";
import type { Claim } from "./claim.ts";
import { type DeclaredRates, ratesRatio } from "./likelihood-rates.ts";

/** One thing seen, or one look that saw nothing. */
export interface SourceLook extends Place {
  /** Id of its table. */
  readonly source: string;
  readonly when: Interval;
  readonly isSeen: boolean;
  /** A look that saw nothing: how far it reached; the table's reach where left out. */
  readonly reachKm?: number;
}

export interface SourceRates {
  readonly title: string;
  /** Who runs it: two sensors of one operator are not two. */
  readonly operator: string;
  /** By kind of event. */
  readonly byKind: ReadonlyMap<string, DeclaredRates>;
}

export interface SourceFinding {
  readonly title: string;
  readonly isSeen: boolean;
  readonly chanceSeen01: number;
  readonly falseExpected: number;
  readonly logRatio: number;
}

export interface OtherSources {
  readonly looks: readonly SourceLook[];
  readonly tables: ReadonlyMap<string, SourceRates>;
}

/** One finding for each operator that saw something, or looked: of several of one operator the one that says most. */
export function sourceReader({ looks, tables }: OtherSources): (claim: Claim) => SourceFinding[] {
  const find = pointFinder({
    latitudeDeg: Float32Array.from(looks, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float32Array.from(looks, ({ longitudeDeg }) => longitudeDeg),
  });
  const reaches = looks.map(({ reachKm = 0 }) => reachKm);
  const farKm = reaches.reduce((most, km) => Math.max(most, km), widestOf(tables));
  return (claim) => {
    const bySource = new Map<string, { seen: number; looked: number }>();
    for (const { at, km } of within(find, claim.place, farKm)) {
      const look = looks[at] as SourceLook;
      const rates = ratesFor(tables.get(look.source), claim.kind);
      if (rates === undefined || !isInReach(look, { km, claim, rates })) continue;
      const held = bySource.get(look.source) ?? { seen: 0, looked: 0 };
      bySource.set(look.source, held);
      if (look.isSeen) held.seen += 1;
      else held.looked += 1;
    }
    const best = new Map<string, SourceFinding>();
    for (const [source, { seen, looked }] of bySource) {
      const table = tables.get(source) as SourceRates;
      const finding = findingOf(table, claim, { seen, looked });
      const known = best.get(table.operator);
      if (known === undefined || Math.abs(finding.logRatio) > Math.abs(known.logRatio))
        best.set(table.operator, finding);
    }
    return [...best.values()];
  };
}

function findingOf(
  table: SourceRates,
  claim: Claim,
  { seen, looked }: { seen: number; looked: number },
): SourceFinding {
  const rates = ratesFor(table, claim.kind) as DeclaredRates;
  // Many pixels of one source are one thing seen: they are not independent.
  const count = seen > 0 ? 1 : 0;
  const spanHours = (claim.when.end - claim.when.start) / MS_PER_HOUR;
  const observable01 = looked > 0 || seen > 0 ? 1 : undefined;
  const { logRatio, chanceSeen01 = 0, falseExpected } = ratesRatio(rates, { count, observable01, spanHours });
  return { title: table.title, isSeen: count > 0, chanceSeen01, falseExpected, logRatio };
}

/** Of a claim that names no kind that the source knows: the least of its chances, over the widest reach. */
export function ratesFor(table: SourceRates | undefined, kind: string | undefined): DeclaredRates | undefined {
  const known = kind === undefined ? undefined : table?.byKind.get(kind);
  if (known !== undefined || table === undefined) return known;
  const all = [...table.byKind.values()];
  const [first] = all;
  if (first === undefined) return undefined;
  return all.reduce(
    (rates, each) => ({
      detects01: Math.min(rates.detects01, each.detects01),
      withinKm: Math.max(rates.withinKm, each.withinKm),
      withinHours: Math.max(rates.withinHours, each.withinHours),
      falseAlarms: each.falseAlarms,
    }),
    first,
  );
}

interface Reach {
  readonly km: number;
  readonly claim: Claim;
  readonly rates: DeclaredRates;
}

function isInReach({ when, isSeen, reachKm }: SourceLook, { km, claim, rates }: Reach): boolean {
  const apartMs = Math.max(when.start - claim.when.end, claim.when.start - when.end, 0);
  const far = isSeen ? rates.withinKm : (reachKm ?? rates.withinKm);
  return km <= far && apartMs <= rates.withinHours * MS_PER_HOUR;
}

function widestOf(tables: OtherSources["tables"]): number {
  const all = [...tables.values()].flatMap(({ byKind }) => [...byKind.values()]);
  return all.reduce((most, { withinKm }) => Math.max(most, withinKm), 1);
}

function within(find: FindPoints, place: Place, km: number): { at: number; km: number }[] {
  const found: { at: number; km: number }[] = [];
  // Points at the very limit belong to it.
  find(place, km * (1 + 1e-9), (at, apart) => found.push({ at, km: apart }));
  return found;
}
