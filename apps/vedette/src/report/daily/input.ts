/** What a daily report is made of: all of it arguments, so that the same gives the same bytes. */
import type { AgreementRecord } from "@vedette/core/agreement/record";
import type { Instant } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { Incident } from "@vedette/core/verify/incident";
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import type { DailyReport } from "@vedette/wire/daily-report";
import type { Result } from "@vedette/wire/result";
import type { Gazetteer } from "../../engine/cases/gazetteer.ts";
import type { EvidenceSources } from "../../scenario/evidence-sources.ts";
import type { Day } from "./day.ts";
import type { Messages } from "./messages.ts";
import type { Probability } from "./probability.ts";

export interface LedgerOfDay {
  readonly title: string;
  readonly cells: number;
  readonly byKind: Result["ledger"];
}

export interface DailyInput {
  readonly day: Day;
  readonly asOf: Instant;
  readonly messages: Messages;
  readonly taxonomy: Taxonomy;
  readonly sources: EvidenceSources;
  readonly gazetteer: Gazetteer;
  /** As the nation reads them, or the keeper. */
  readonly incidents: readonly Incident[];
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly record: AgreementRecord;
  readonly nation?: string;
  readonly isExercise: boolean;
  readonly title?: string;
  readonly software: string;
  /** From heat and alerts, where their history is at hand. */
  readonly probability?: { readonly prior01: number; readonly of: (incident: Incident) => Probability };
  /** A scenario's ledger of the same day, one entry an hour. */
  readonly ledger?: LedgerOfDay;
  /** Of the data, beside those that the evidence names. */
  readonly licences: DailyReport["sources"];
}
