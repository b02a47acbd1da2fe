/** Reasons in plain English, with their figures, for people who try an agreement on an incident. */
import { type Ends, endsOf } from "./calendar.ts";
import { endsText, utcText } from "./notice.ts";
import type { Share } from "./share.ts";
import type { Bounds } from "./terms.ts";
import type { Reason } from "./tests.ts";

/** `holds`, `does not hold`, `holds with 43 %`, `cannot be told`. */
export function shareWords({ low01, high01 }: Share): string {
  if (low01 === 1) return "holds";
  if (high01 === 0) return "does not hold";
  if (low01 === 0 && high01 === 1) return "cannot be told";
  const [low, high] = [percentOf(low01), percentOf(high01)];
  return low === high ? `holds with ${low}` : `holds with ${low} to ${high}`;
}

/** Never rounds to a certainty that is not there. */
function percentOf(share01: number): string {
  if (share01 > 0.9995 && share01 < 1) return "more than 99.9 %";
  if (share01 > 0 && share01 < 0.0005) return "less than 0.1 %";
  return `${Number((share01 * 100).toFixed(1))} %`;
}

export function reasonWords(reason: Reason): string {
  const not = reason.isNot ? "not " : "";
  return `${not}${whatOf(reason)}: ${shareWords(reason.share)}`;
}

function whatOf(reason: Reason): string {
  switch (reason.code) {
    case "in-force":
      return `in force from ${utcText(reason.span.start)} to ${utcText(reason.span.end)}`;
    case "happened": {
      const span = [reason.from && `from ${reason.from}`, reason.until && `until ${reason.until}`].filter(Boolean);
      return `happened ${span.join(" ")} (${timeWords(endsOf(reason.when))})`;
    }
    case "class": {
      const others = reason.mayBe.length > 0 ? `, may be ${reason.mayBe.join(", ")}` : "";
      return `of class ${reason.class} (kind ${reason.kind}${others})`;
    }
    case "inside":
      return `inside ${reason.zone} (${placeWords(reason)})`;
    case "within":
      return `within ${reason.km} km of ${reason.zone} (${placeWords(reason)})`;
    case "measure":
      return `${reason.of} ${boundsWords(reason.bounds)} (${foundWords(reason.found)})`;
    case "repeated": {
      const { class: meant, moreThan, withinMinutes, withinKm, measure = "incidents" } = reason.asked;
      const counted = `at least ${reason.atLeast}, at most ${reason.atMost ?? "unknown"}`;
      return `more than ${moreThan} ${measure} of class ${meant} within ${withinMinutes} min and ${withinKm} km (${counted})`;
    }
    case "any-of":
      return `any of [${reason.reasons.map(reasonWords).join("; ")}]`;
  }
}

export const timeWords = (ends: Ends): string => endsText(ends, utcText);

function placeWords(reason: { edgeKm: number | null; isMiddleInside: boolean; radiusKm: number }): string {
  const side = reason.isMiddleInside ? "inside" : "outside";
  const edge = reason.edgeKm === null ? `deep ${side}` : `${Number(reason.edgeKm.toPrecision(3))} km ${side} its edge`;
  return `${edge}, known within ${reason.radiusKm} km`;
}

function boundsWords({ above, atLeast, below, atMost }: Bounds): string {
  const parts = [
    above !== undefined && `above ${above}`,
    atLeast !== undefined && `at least ${atLeast}`,
    below !== undefined && `below ${below}`,
    atMost !== undefined && `at most ${atMost}`,
  ];
  return parts.filter(Boolean).join(" and ");
}

function foundWords(found: { readonly low: number; readonly high: number } | null): string {
  if (found === null) return "not known";
  return found.low === found.high ? `${found.low}` : `${found.low} to ${found.high}`;
}
