/** The agreement as data: what its file says, zones resolved. `packages/wire/src/agreement.ts` is its schema. */
import type { Zone } from "../geo/zone.ts";
import type { NationCode } from "../record/marking.ts";

/** By BCP 47 language. */
export type Text = Readonly<Record<string, string>>;

/** Where an entry comes from. `unconfirmed`: it has a source, but rests on too little. */
export interface Basis {
  /** When the entry was made or the source said so: `2026-02-03`. */
  readonly date: string;
  readonly source?: string;
  readonly at?: string;
  readonly unconfirmed?: string;
  readonly assumed?: string;
}

/** In the order of an incident's life; `retracted` stands apart. */
export const INCIDENT_STATES = [
  "reported",
  "located",
  "corroborated",
  "verified",
  "assessed",
  "referred",
  "closed",
  "retracted",
] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];
export type Finding = "breach" | "no-breach" | "undetermined";

/** RFC 7946: longitude first; edges are straight in longitude and latitude, the short way round the globe. */
export interface Geometry {
  readonly type: "Polygon" | "MultiPolygon" | "LineString" | "MultiLineString" | "Point" | "MultiPoint";
  readonly coordinates: unknown;
}

export type AgreementZone = { readonly name: Text; readonly note?: string; readonly basis: Basis } & (
  | { readonly parts: readonly Zone[] }
  /** `bufferKm`: about lines and points, which have no inside. */
  | { readonly geometry: Geometry; readonly bufferKm?: number }
);

/** A classification rule: which kinds of the taxonomy the agreement's own word means, and which it may mean. */
export interface IncidentClass {
  readonly name: Text;
  readonly kinds: readonly string[];
  /** Of such a kind it cannot be told: an explosion may be a shell. */
  readonly mayBe?: readonly string[];
  readonly basis: Basis;
}

export interface Bounds {
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

/** More than so many, within a time and a distance of the incident. */
export interface Repetition {
  readonly class: string;
  readonly moreThan: number;
  readonly withinMinutes: number;
  readonly withinKm: number;
  /** Each incident counts as often as this measure of it says (`rounds`); once where it is left out. */
  readonly measure?: string;
}

export type SimpleTest =
  | { readonly class: string }
  | { readonly inside: string }
  /** Within a distance of the zone itself: of its line without the buffer, of its polygon and what it holds. */
  | { readonly within: { readonly km: number; readonly of: string } }
  | { readonly measure: { readonly of: string } & Bounds }
  | { readonly repeated: Repetition }
  | { readonly happened: { readonly from?: string; readonly until?: string } };
export type ClauseTest =
  | SimpleTest
  | { readonly not: SimpleTest }
  | { readonly anyOf: readonly (SimpleTest | { readonly not: SimpleTest })[] };

export interface Clause {
  /** As the agreement counts: `II.3(a)`. */
  readonly number: string;
  readonly name: Text;
  readonly text?: Text;
  /** All must hold. */
  readonly tests: readonly ClauseTest[];
  readonly basis: Basis;
}

/** `days` and `workingDays` end with the last hour of their last day, UTC; the day of the start is not counted. */
export type Term =
  | { readonly hours: number }
  | { readonly days: number; readonly endsOnWorkingDay?: boolean }
  | { readonly workingDays: number };

/** Incidents are one breach while each follows the one before within the hours and the distance. */
export interface Series {
  readonly quietHours: number;
  readonly withinKm: number;
}

export type ClockStart =
  | { readonly from: "first-observed" | "occurred" | "initial-breach"; readonly series?: Series }
  | { readonly afterState: IncidentState }
  | { readonly afterStep: string };

export type ClockStop =
  | { readonly signed: string }
  | { readonly state: IncidentState }
  | { readonly finding: Finding }
  | { readonly reply: boolean };

export type ClockTerms = {
  readonly name: Text;
  readonly clauses: readonly string[];
  /** Whether it starts where it cannot be told that a clause is touched. */
  readonly counts: "touches" | "may-touch";
  /** No earlier than this state of the incident. */
  readonly fromState?: IncidentState;
  /** One for each party: their replies. */
  readonly each?: "party";
  readonly runs: Term;
  readonly stops: readonly ClockStop[];
  /** Who may suspend it; nobody where it is left out. */
  readonly maySuspend?: { readonly by: Text; readonly basis: Basis };
  readonly basis: Basis;
} & ClockStart;

export interface StepTerms {
  readonly name: Text;
  /** Opened by a clock: as it starts, or when its deadline may be past. */
  readonly opens: { readonly clock: string; readonly at: "started" | "deadline" };
  /** Nobody signs before the incident is so far; nothing that speaks of a finding is drafted before people have found it. */
  readonly needs?: { readonly state: IncidentState; readonly finding?: Finding };
  /** The clock by whose deadline it is due. */
  readonly due?: string;
  readonly tells: readonly { readonly recipient: string; readonly template: string }[];
  readonly signatures: number;
  readonly signer: Text;
  readonly basis: Basis;
}

export interface Caveat {
  readonly steps: readonly string[];
  readonly text: Text;
  readonly basis: Basis;
}

export interface ParliamentaryStep {
  readonly step: string;
  readonly act: "inform" | "debate" | "approve";
  readonly timing: "before" | "after";
  readonly body: Text;
  readonly text: Text;
  /** Reckoned from the step's signature only where `from` says so; otherwise the nation alone knows its start. */
  readonly within?: Term;
  readonly from?: "signature";
  readonly basis: Basis;
}

export interface NationTerms {
  readonly name: Text;
  readonly caveats: readonly Caveat[];
  readonly parliament: readonly ParliamentaryStep[];
}

export interface Template {
  readonly subject: string;
  readonly body: string;
}

/** One version of one agreement. Another version is another document. */
export interface Agreement {
  readonly id: string;
  readonly version: number;
  readonly title: Text;
  readonly inForce: { readonly from: string; readonly until?: string; readonly basis: Basis };
  /** IANA; for display beside UTC, never for reckoning. */
  readonly timeZone: string;
  /** What share of the probability is enough to say yes, and the rest to say no. */
  readonly certainty: { readonly share01: number; readonly basis: Basis };
  readonly languages: Readonly<Record<string, { readonly name: string; readonly direction?: "ltr" | "rtl" }>>;
  readonly calendar: {
    /** ISO 8601: Monday is 1. */
    readonly weekend: readonly number[];
    readonly holidays?: Readonly<Record<string, string>>;
    readonly basis: Basis;
  };
  readonly parties: Readonly<Record<string, { readonly name: Text; readonly basis: Basis }>>;
  readonly nations: Readonly<Record<NationCode, NationTerms>>;
  readonly recipients: Readonly<
    Record<
      string,
      { readonly name: Text; readonly languages: readonly string[]; readonly party?: string; readonly basis: Basis }
    >
  >;
  readonly zones: Readonly<Record<string, AgreementZone>>;
  readonly classes: Readonly<Record<string, IncidentClass>>;
  readonly clauses: Readonly<Record<string, Clause>>;
  readonly clocks: Readonly<Record<string, ClockTerms>>;
  readonly steps: Readonly<Record<string, StepTerms>>;
  readonly templates: Readonly<Record<string, Readonly<Record<string, Template>>>>;
  readonly words: Readonly<Record<"touches" | "cannot-be-told" | "unnamed" | "none", Text>>;
  /** What the bases name. */
  readonly sources: Readonly<Record<string, { readonly title: string }>>;
}
