/**
 * Orbit Mean-Elements Messages (CCSDS 502.0-B-3, section 4) of the SGP4 theory, from any of their encodings.
 * Numbers as CelesTrak and Space-Track give them: MEAN_MOTION_DOT and _DDOT as in a TLE (halved, divided by six).
 */
import { type MeanElements, nameOf } from "./elements.ts";
import { epochOfOmm } from "./epoch.ts";
import { isRefusal, type Refusal, type RefusalCode, shown } from "./refusal.ts";

/** One message, flat: keyword to text. `units` holds what the message says, where it says it. */
export interface OmmMessage {
  readonly fields: Readonly<Record<string, string>>;
  readonly units?: Readonly<Record<string, string>>;
}

interface NumberRule {
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly expected: string;
  /** Left out or empty means zero. */
  readonly optional?: true;
  readonly whole?: true;
}

/** Angles may be given from -180 or from 0 (502.0-B-3, table 4-3). */
const ANGLE = { unit: "deg", min: -360, max: 360, expected: "degrees, -360 to 360" } as const;

const NUMBERS = {
  MEAN_MOTION: {
    unit: "rev/day",
    min: Number.MIN_VALUE,
    max: 20,
    expected: "revolutions per day, above 0 and at most 20",
  },
  ECCENTRICITY: { min: 0, max: 1 - Number.EPSILON / 2, expected: "a number from 0 to below 1" },
  INCLINATION: { unit: "deg", min: 0, max: 180, expected: "degrees, 0 to 180" },
  RA_OF_ASC_NODE: ANGLE,
  ARG_OF_PERICENTER: ANGLE,
  MEAN_ANOMALY: ANGLE,
  BSTAR: { unit: "1/ER", expected: "a number, 1/Earth radii" },
  MEAN_MOTION_DOT: { unit: "rev/day**2", expected: "a number, rev/day**2", optional: true },
  MEAN_MOTION_DDOT: { unit: "rev/day**3", expected: "a number, rev/day**3", optional: true },
  ELEMENT_SET_NO: { min: 0, max: 999_999, expected: "a whole number", optional: true, whole: true },
  REV_AT_EPOCH: { min: 0, max: 9_999_999, expected: "a whole number", optional: true, whole: true },
} as const satisfies Record<string, NumberRule>;

interface WordRule {
  readonly field: string;
  readonly code: RefusalCode;
  /** Upper case. Without the field, the first is assumed: tables of elements leave these out. */
  readonly accepted: readonly string[];
}

const WORDS: readonly WordRule[] = [
  { field: "MEAN_ELEMENT_THEORY", code: "theory", accepted: ["SGP4", "SGP/SGP4", "SGP4/SDP4"] },
  { field: "REF_FRAME", code: "frame", accepted: ["TEME", "TEMEOFDATE"] },
  { field: "TIME_SYSTEM", code: "time-system", accepted: ["UTC"] },
  { field: "CENTER_NAME", code: "centre", accepted: ["EARTH"] },
  // 2 and 3 said SGP4 and SDP4; 4 is SGP4-XP.
  { field: "EPHEMERIS_TYPE", code: "theory", accepted: ["0", "2", "3"] },
];

const TEXTS = ["OBJECT_NAME", "OBJECT_ID", "CLASSIFICATION_TYPE"];

/** Every keyword that matters here; readers may drop the others. */
export const OMM_FIELDS: ReadonlySet<string> = new Set([
  ...TEXTS,
  "EPOCH",
  "NORAD_CAT_ID",
  ...Object.keys(NUMBERS),
  ...WORDS.map(({ field }) => field),
]);

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/** One object's elements, or the first thing wrong with them. */
export function parseOmm({ fields, units = {} }: OmmMessage): MeanElements | Refusal {
  const text = (field: string) => (Object.hasOwn(fields, field) ? (fields[field] ?? "").trim() : "");
  const wrong = wrongWord(text) ?? wrongUnit(units);
  if (wrong !== undefined) return wrong;
  const catalogueNumber = catalogueNumberOf(text("NORAD_CAT_ID"));
  if (isRefusal(catalogueNumber)) return catalogueNumber;
  const epochUtcMs = epochOfOmm(text("EPOCH"));
  if (epochUtcMs === undefined) {
    const found = text("EPOCH");
    if (found === "") return missing("EPOCH");
    return {
      code: "epoch",
      field: "EPOCH",
      message: `EPOCH ${shown(found)}: expected UTC such as 2026-06-14T18:00:47.729088`,
    };
  }
  const numbers = numbersOf(text);
  if (isRefusal(numbers)) return numbers;
  const id = text("OBJECT_ID");
  return {
    name: nameOf(text("OBJECT_NAME")),
    catalogueNumber: catalogueNumber.value,
    internationalDesignator: /^\d{4}-\d{3}[A-Z]{1,3}$/.test(id) ? id : "",
    epochUtcMs,
    classification: /^[A-Z]$/.test(text("CLASSIFICATION_TYPE")) ? text("CLASSIFICATION_TYPE") : "",
    ...numbers,
  };
}

type Numbers = Pick<
  MeanElements,
  | "meanMotionRevPerDay"
  | "eccentricity"
  | "inclinationDeg"
  | "raanDeg"
  | "argPerigeeDeg"
  | "meanAnomalyDeg"
  | "bstar"
  | "meanMotionDot"
  | "meanMotionDdot"
  | "elementSetNumber"
  | "revolutionAtEpoch"
>;

function numbersOf(text: (field: string) => string): Numbers | Refusal {
  const faults: Refusal[] = [];
  const read = (field: keyof typeof NUMBERS): number => {
    const value = numberOf(field, text(field));
    if (typeof value === "number") return value;
    faults.push(value);
    return Number.NaN;
  };
  const numbers: Numbers = {
    meanMotionRevPerDay: read("MEAN_MOTION"),
    eccentricity: read("ECCENTRICITY"),
    inclinationDeg: read("INCLINATION"),
    raanDeg: turned(read("RA_OF_ASC_NODE")),
    argPerigeeDeg: turned(read("ARG_OF_PERICENTER")),
    meanAnomalyDeg: turned(read("MEAN_ANOMALY")),
    bstar: read("BSTAR"),
    meanMotionDot: read("MEAN_MOTION_DOT"),
    meanMotionDdot: read("MEAN_MOTION_DDOT"),
    elementSetNumber: read("ELEMENT_SET_NO"),
    revolutionAtEpoch: read("REV_AT_EPOCH"),
  };
  return faults[0] ?? numbers;
}

function numberOf(field: keyof typeof NUMBERS, text: string): number | Refusal {
  const rule: NumberRule = NUMBERS[field];
  if (text === "") return rule.optional ? 0 : missing(field);
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  const fault = (code: RefusalCode): Refusal => ({
    code,
    field,
    message: `${field} ${shown(text)}: expected ${rule.expected}`,
  });
  if (!Number.isFinite(value) || (rule.whole && !Number.isInteger(value))) return fault("number");
  if (value < (rule.min ?? -Infinity) || value > (rule.max ?? Infinity)) return fault("out-of-range");
  return value === 0 ? 0 : value;
}

function catalogueNumberOf(text: string): { readonly value: number } | Refusal {
  const field = "NORAD_CAT_ID";
  if (text === "") return missing(field);
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value > 0) return { value };
  return {
    code: "catalogue-number",
    field,
    message: `${field} ${shown(text)}: expected a whole number, 1 to 999999999`,
  };
}

function wrongWord(text: (field: string) => string): Refusal | undefined {
  for (const { field, code, accepted } of WORDS) {
    const found = text(field);
    if (found !== "" && !accepted.includes(found.toUpperCase())) {
      return { code, field, message: `${field} ${shown(found)}: expected ${accepted.join(" or ")}` };
    }
  }
  return undefined;
}

/** A unit may be left out (KVN, tables); one that is given must be the standard's own. */
function wrongUnit(units: Readonly<Record<string, string>>): Refusal | undefined {
  for (const [field, rule] of Object.entries<NumberRule>(NUMBERS)) {
    const found = Object.hasOwn(units, field) ? (units[field] ?? "").trim() : "";
    if (found !== "" && found.toLowerCase() !== (rule.unit ?? "n/a").toLowerCase()) {
      return { code: "unit", field, message: `${field} in ${shown(found)}: expected ${rule.unit ?? "no unit"}` };
    }
  }
  return undefined;
}

const missing = (field: string): Refusal => ({ code: "missing-field", field, message: `${field} is missing` });

const turned = (angleDeg: number): number => (angleDeg < 0 ? angleDeg + 360 : angleDeg);
