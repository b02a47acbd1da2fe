/** Evidence: what came in, from whom, of where and when, and how far it is to be believed. */
import type { Located } from "../geo/located.ts";
import type { Hash } from "../record/hash.ts";
import type { Interval } from "../time/instant.ts";

/** How it came to be: decides which rates and which baseline speak for it. */
export const EVIDENCE_FORMS = ["detection", "alert", "report", "claim", "reply"] as const;
export type EvidenceForm = (typeof EVIDENCE_FORMS)[number];

/** Reliability of a source, A (completely reliable) to F (cannot be judged): Admiralty code, NATO AJP-2.1. */
export type Reliability = "A" | "B" | "C" | "D" | "E" | "F";
/** Credibility of the information, 1 (confirmed) to 6 (cannot be judged), whatever the source. */
export type Credibility = 1 | 2 | 3 | 4 | 5 | 6;

export interface Grade {
  readonly source: Reliability;
  readonly information: Credibility;
}

/** Where it comes from, as far as independence can be told by it. */
export interface Origin {
  /** Id in the table of sources (`data/sources`): the sensor, the medium, the party, the patrol. */
  readonly source: string;
  /** Who runs it: two sensors of one operator are not two. */
  readonly operator?: string;
  /** The single instrument: the satellite, the camera, the person's id. */
  readonly sensor?: string;
  /** Address or id of the first publication, where it is known. */
  readonly original?: string;
  /** Ids or addresses of what it says it rests on. */
  readonly quotes?: readonly string[];
}

export interface Evidence {
  /** Hash of what was recorded, the same for the same record: `ev-` and 32 hexadecimal digits. */
  readonly id: string;
  readonly form: EvidenceForm;
  /** A kind of the taxonomy; `unknown` where the record does not say. */
  readonly kind: string;
  readonly where: Located;
  /** It happened somewhere in it: a second, an hour, a day. */
  readonly when: Interval;
  readonly origin: Origin;
  readonly grade: Grade;
  readonly text?: string;
  /** BCP 47, where known. */
  readonly language?: string;
  /** What a sensor measured, by name and unit: `frpMw`, `brightnessK`. */
  readonly measured?: Readonly<Record<string, number | string>>;
  /** Where a sound came from or a flight went, degrees from north: recorded, never reckoned back to a sender. */
  readonly direction?: { readonly of: "sound" | "flight"; readonly deg: number; readonly plusMinusDeg?: number };
  /** Of the record's bytes as they came in; and of the file that it stood in, with its line. */
  readonly ingest: { readonly hash: Hash; readonly file?: Hash; readonly line?: number };
  /** Files that go with it (photographs), by hash. */
  readonly files?: readonly Hash[];
}
