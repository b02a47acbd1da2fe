/** Who works at headquarters, when and how fast, and the rules by which they work: nothing of what really happens. */
import type { Edition } from "../../agreement/edition.ts";
import type { NationCode } from "../../record/marking.ts";
import type { Evidence } from "../../verify/evidence.ts";
import type { SpanOf } from "../../verify/incident-estimate.ts";
import type { Rates } from "../../verify/incident-near.ts";
import type { Taxonomy } from "../../verify/taxonomy.ts";

export interface Shift {
  /** Local hours, half-open; `toHour` below `fromHour` goes over midnight. */
  readonly fromHour: number;
  readonly toHour: number;
  readonly people: number;
}

/** How long one piece of work takes. */
export interface Work {
  readonly meanS: number;
  readonly law: "fixed" | "exponential";
}

export interface Staff {
  readonly analysts: readonly Shift[];
  readonly verifiers: readonly Shift[];
  /** Who may sign notices under the agreement: duty officers, director, legal adviser. */
  readonly signers: readonly Shift[];
  readonly analysis: Work;
  readonly verification: Work;
  /** The second person's. */
  readonly assessment: Work;
  /** Reading and signing the notices of one step, by one person. */
  readonly signing: Work;
  /** That the next shift needs to read itself into work that it takes over. */
  readonly handoverMs: number;
  /** Local time is UTC and so many hours. */
  readonly utcOffsetH: number;
}

const MS_PER_HOUR = 3_600_000;

export function isOnShift({ fromHour, toHour }: Shift, nowMs: number, utcOffsetH: number): boolean {
  const hour = (((nowMs / MS_PER_HOUR + utcOffsetH) % 24) + 24) % 24;
  return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
}

/** When a shift next begins or ends, after now; a day later where there are none. */
export function nextChangeMs(shifts: readonly Shift[], nowMs: number, utcOffsetH: number): number {
  const hour = (((nowMs / MS_PER_HOUR + utcOffsetH) % 24) + 24) % 24;
  const waits = shifts.flatMap(({ fromHour, toHour }) =>
    [fromHour, toHour].map((edge) => (((edge - hour) % 24) + 24) % 24 || 24),
  );
  return nowMs + Math.max(1, Math.round(Math.min(24, ...waits) * MS_PER_HOUR));
}

/** What headquarters knows by rule: the same tables that serve the real log. */
export interface Rules {
  readonly taxonomy: Taxonomy;
  readonly spanOf: SpanOf;
  readonly ratesOf: (item: Evidence, kind: string) => Rates | undefined;
  readonly relays: ReadonlySet<string>;
  /** Groups of the taxonomy that go before all others: what is rare and grave before the daily fire. */
  readonly urgent: ReadonlySet<string>;
  /** How long a request to look again stands. */
  readonly requestMs: number;
  /** Kept by: the marking's owner. */
  readonly owner: NationCode;
  /** Whose clocks run and whose clauses assessments name. Left out: none do, and an assessment names `agreement` and `clause`. */
  readonly edition?: Edition;
  readonly agreement: { readonly id: string; readonly version: number };
  readonly clause: string;
}
