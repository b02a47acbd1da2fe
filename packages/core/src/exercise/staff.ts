/** Who works at headquarters, when and how fast, and the rules by which they work: nothing of what really happens. */
import type { NationCode } from "../record/marking.ts";
import type { Evidence } from "../verify/evidence.ts";
import type { SpanOf } from "../verify/incident-estimate.ts";
import type { Rates } from "../verify/incident-near.ts";
import type { Taxonomy } from "../verify/taxonomy.ts";

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
  readonly analysis: Work;
  readonly verification: Work;
  /** The second person's. */
  readonly assessment: Work;
  /** Local time is UTC and so many hours. */
  readonly utcOffsetH: number;
}

/** What headquarters knows by rule: the same tables that serve the real log. */
export interface Rules {
  readonly taxonomy: Taxonomy;
  readonly spanOf: SpanOf;
  readonly ratesOf: (item: Evidence, kind: string) => Rates | undefined;
  readonly relays: ReadonlySet<string>;
  /** Kept by: the marking's owner. */
  readonly owner: NationCode;
  /** What an assessment is made under. */
  readonly agreement: { readonly id: string; readonly version: number };
  readonly clause: string;
}
