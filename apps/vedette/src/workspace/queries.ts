/** What can be asked of a workspace's projections. Each question says for which nation: an answer holds what it is given, and no trace of the rest. */
import type { EditionRef } from "@vedette/core/agreement/edition";
import type { ClockRecord, NoticeRecord } from "@vedette/core/agreement/record";
import type { Agreement, IncidentState } from "@vedette/core/agreement/terms";
import type { Place } from "@vedette/core/geo/position";
import type { Marking, NationCode } from "@vedette/core/record/marking";
import type { Instant, Interval } from "@vedette/core/time/instant";
import type { Evidence, EvidenceForm } from "@vedette/core/verify/evidence";
import type { Incident, LinkRole } from "@vedette/core/verify/incident";

/** Over the date line `west` is above `east`. Corners of a polygon in order, not closed, not over the date line. */
export type Area =
  | { readonly west: number; readonly south: number; readonly east: number; readonly north: number }
  | { readonly polygon: readonly Place[] };

export interface WhereWhen {
  /** The point lies in it, whatever its radius. */
  readonly area?: Area;
  /** Some of when it may have happened lies in it. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** All of these words, in any case. */
  readonly text?: string;
}

/** What was merged into another is found by state `merged` alone. */
export type ListedState = IncidentState | "merged";

export interface IncidentFilter extends WhereWhen {
  readonly kinds?: readonly string[];
  /** All but `merged` where left out. */
  readonly states?: readonly ListedState[];
}

export interface EvidenceFilter extends WhereWhen {
  readonly form?: EvidenceForm;
  readonly kind?: string;
  readonly source?: string;
}

export interface PageAsked {
  readonly limit: number;
  /** `next` of the page before. @see CursorError */
  readonly cursor?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** None: this is the last. */
  readonly next?: string;
}

/** What was handed in as a cursor is none of this list's. */
export class CursorError extends Error {}

/** Newest first: by when it last changed for this nation, or by when it began. */
export type IncidentOrder = "changed" | "happened";

/** An incident as the nation has it. */
export interface IncidentView {
  readonly id: string;
  /** Counts the events that the nation was given of it: for the `ETag`. */
  readonly version: number;
  readonly incident: Incident;
  /** Of all that it rests on: what is said of it as a whole is marked no wider. */
  readonly marking: Marking;
  readonly changedAt: Instant;
  readonly witnesses: number;
  /** That something happened, from heat and alerts; none: not reckoned. */
  readonly probability01?: number;
}

export interface EvidenceView {
  readonly item: Evidence;
  readonly marking: Marking;
  readonly recordedAt: Instant;
  /** Where it stands in the log. */
  readonly batch: { readonly node: string; readonly event: string };
  readonly version: number;
}

export interface LinkedEvidence extends EvidenceView {
  readonly role: LinkRole;
}

export interface Counts {
  readonly total: number;
  readonly byState: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
}

export type MapAnswer =
  | { readonly isAggregate: false; readonly points: readonly IncidentView[] }
  | { readonly isAggregate: true; readonly cells: readonly MapCell[] };

export interface MapCell {
  /** H3, hexadecimal. */
  readonly cell: string;
  readonly centre: Place;
  readonly count: number;
  readonly byState: Readonly<Record<string, number>>;
}

export interface ClockView {
  readonly clock: ClockRecord;
  readonly marking: Marking;
  readonly version: number;
}

export interface NoticeView {
  readonly notice: NoticeRecord;
  readonly marking: Marking;
  readonly version: number;
}

export interface AgreementView {
  readonly ref: EditionRef;
  readonly document: Agreement;
  readonly adoptedAt: Interval;
  readonly marking: Marking;
}

export interface LogFilter {
  readonly type?: string;
  readonly from?: Instant;
  readonly to?: Instant;
}

/** Without node, number or chain hash: those would count what was not given. */
export interface LogEntry {
  readonly event: string;
  readonly type: string;
  readonly at: Interval;
  readonly recordedAt: Instant;
  readonly actor: string;
  readonly marking: Marking;
  readonly commitment: string;
}

export interface Change {
  readonly position: number;
  /** `incident.changed`, `evidence.recorded`, `evidence.erased`, `clock.changed`, `notice.changed`. */
  readonly type: string;
  readonly object: string;
  readonly version: number;
}

export interface Queries {
  incidents(
    nation: NationCode,
    filter: IncidentFilter,
    page: PageAsked & { readonly order?: IncidentOrder },
  ): Promise<Page<IncidentView>>;
  incident(nation: NationCode, id: string): Promise<IncidentView | undefined>;
  /** By whatever is given, all states but `merged` where none are named. */
  counts(nation: NationCode, filter: IncidentFilter): Promise<Counts>;
  /** Points, or cells where there are more than `most`. */
  map(nation: NationCode, filter: IncidentFilter, most: number): Promise<MapAnswer>;
  /** Sanitised versions (events `incident.released`, body `{incident: new id, of: first id}`), for those who have both. */
  sanitised(
    nation: NationCode,
    id: string,
  ): Promise<{ readonly madeFrom?: string; readonly releasedAs: readonly string[] }>;
  evidence(nation: NationCode, filter: EvidenceFilter, page: PageAsked): Promise<Page<EvidenceView>>;
  evidenceItem(nation: NationCode, id: string): Promise<EvidenceView | undefined>;
  /** What it is linked to and the nation is given, latest first. */
  evidenceOf(nation: NationCode, incident: string, page: PageAsked): Promise<Page<LinkedEvidence>>;
  /** Not yet linked to it, within so many km and hours of it; nearest in time first. */
  near(
    nation: NationCode,
    incident: string,
    within: { readonly km: number; readonly hours: number; readonly limit: number },
  ): Promise<readonly EvidenceView[]>;
  /** Of one file by its hash: whether the nation is given any evidence that it goes with, and by which marking. */
  fileMarking(nation: NationCode, hash: string): Promise<Marking | undefined>;
  /** As they were adopted. */
  agreements(nation: NationCode): Promise<readonly AgreementView[]>;
  clocks(nation: NationCode, filter: { readonly incident?: string }, page: PageAsked): Promise<Page<ClockView>>;
  clock(nation: NationCode, id: string): Promise<ClockView | undefined>;
  notices(nation: NationCode, filter: { readonly incident?: string }, page: PageAsked): Promise<Page<NoticeView>>;
  notice(nation: NationCode, id: string): Promise<NoticeView | undefined>;
  /** Latest first. */
  log(nation: NationCode, filter: LogFilter, page: PageAsked): Promise<Page<LogEntry>>;
  changesAfter(nation: NationCode, position: number, limit: number): Promise<readonly Change[]>;
  /** Of the last change that the nation was given, 0 where there was none: that of all changes would tell of others. */
  head(nation: NationCode): Promise<number>;
}
