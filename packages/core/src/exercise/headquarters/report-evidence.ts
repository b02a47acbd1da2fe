/** What headquarters is given of a report: evidence as from any sensor, with nothing of what caused it. */
import { type NamePart, streamNameInto } from "../../numerics/philox.ts";
import type { Hash } from "../../record/hash.ts";
import type { NationCode } from "../../record/marking.ts";
import { instant } from "../../time/instant.ts";
import type { Evidence, EvidenceForm, Grade } from "../../verify/evidence.ts";

/** Who reports, as its reports name it. */
export interface Reporter {
  readonly id: string;
  /** Who runs it: `verify/` takes two of one nation for one. */
  readonly nation: NationCode;
  /** Id in the exercise's table of sources: `verify/` takes two of one source for one. */
  readonly source: string;
  readonly form: Extract<EvidenceForm, "report" | "detection">;
  /** Kind that it names whatever it senses: a hot pixel says that something is hot. Left out: it tells kinds apart. */
  readonly says?: string;
}

export interface Told {
  readonly kind: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly radiusM: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** How many things it puts together; left out: one. */
  readonly count?: number;
}

const OWN: Grade = { source: "A", information: 2 };
const PARTY: Grade = { source: "E", information: 6 };

/** Places to 1e-5 degrees, a metre: what a report form has room for. */
const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

export function evidenceOf(told: Told, { id: sensor, nation, source, form }: Reporter): Evidence {
  return withId({
    form,
    kind: told.kind,
    where: whereOf(told, "fix"),
    when: { start: instant(told.fromMs), end: instant(told.toMs) },
    origin: { source, operator: nation, sensor },
    grade: OWN,
    ...((told.count ?? 1) > 1 && { measured: { events: told.count as number } }),
  });
}

/** @param number of the claim, as the party counts: two claims alike are two */
export function claimEvidence(told: Told, party: string, number: number): Evidence {
  return withId({
    form: "claim",
    kind: told.kind,
    where: whereOf(told, "stated"),
    when: { start: instant(told.fromMs), end: instant(told.toMs) },
    origin: { source: party, operator: party, original: `${party}-claim-${number}` },
    grade: PARTY,
  });
}

function whereOf({ latitudeDeg, longitudeDeg, radiusM }: Told, basis: "fix" | "stated"): Evidence["where"] {
  return {
    latitudeDeg: rounded(latitudeDeg),
    longitudeDeg: rounded(longitudeDeg),
    radiusKm: Math.round(Math.max(1, radiusM)) / 1000,
    basis,
  };
}

function withId(item: Omit<Evidence, "id" | "ingest">): Evidence {
  const { kind, where, when, origin, measured } = item;
  const hash = hashOf([
    origin.sensor ?? origin.original ?? "",
    kind,
    Math.round(where.latitudeDeg * 1e5),
    Math.round(where.longitudeDeg * 1e5),
    Math.round(where.radiusKm * 1000),
    when.start,
    when.end,
    (measured?.["events"] as number | undefined) ?? 1,
  ]);
  return { id: `ev-${hash.slice(0, 32)}`, ...item, ingest: { hash } };
}

/**
 * Names what a report says, the same for the same: 256 bits of the ciphers that name the dice. A hash of bytes it is not: an exercise's
 * reports have none, and nobody forges them.
 */
function hashOf(parts: readonly NamePart[]): Hash {
  const words = new Uint32Array(6);
  let hash = "";
  for (const half of [0, 1]) {
    streamNameInto([half, ...parts], words);
    for (let i = 2; i < 6; i++) hash += (words[i] as number).toString(16).padStart(8, "0");
  }
  return hash;
}
