/**
 * Two-line element sets. Columns as in Hoots and Roehrich 1980 (Spacetrack Report 3) and Vallado et al. 2006
 * (AIAA 2006-6753); Alpha-5 catalogue numbers as published by Space-Track. Columns are counted from 1.
 */
import { type MeanElements, nameOf } from "./elements.ts";
import { epochOfTle } from "./epoch.ts";
import { isRefusal, type Refusal, type RefusalCode, shown } from "./refusal.ts";

export interface TleText {
  /** The line above, with or without its leading `0 `. */
  readonly name?: string;
  readonly line1: string;
  readonly line2: string;
}

export interface TleOptions {
  /** Vallado's verification set holds edited lines whose checksums were left alone. */
  readonly ignoreChecksum?: boolean;
}

interface Field {
  readonly line: 1 | 2;
  readonly first: number;
  readonly last: number;
  readonly what: string;
}

const FIELDS = {
  epoch: { line: 1, first: 19, last: 32, what: "an epoch such as 26164.75055242" },
  meanMotionDot: { line: 1, first: 34, last: 43, what: "a decimal such as -.00002182" },
  meanMotionDdot: { line: 1, first: 45, last: 52, what: "an implied decimal such as 00000-0" },
  bstar: { line: 1, first: 54, last: 61, what: "an implied decimal such as -11606-4" },
  ephemerisType: { line: 1, first: 63, last: 63, what: "0 or blank (SGP4)" },
  elementSetNumber: { line: 1, first: 65, last: 68, what: "a whole number" },
  inclination: { line: 2, first: 9, last: 16, what: "degrees, 0 to 180" },
  raan: { line: 2, first: 18, last: 25, what: "degrees, 0 to 360" },
  eccentricity: { line: 2, first: 27, last: 33, what: "seven digits after an implied decimal point" },
  argPerigee: { line: 2, first: 35, last: 42, what: "degrees, 0 to 360" },
  meanAnomaly: { line: 2, first: 44, last: 51, what: "degrees, 0 to 360" },
  meanMotion: { line: 2, first: 53, last: 63, what: "revolutions per day, above 0 and at most 20" },
  revolutionAtEpoch: { line: 2, first: 64, last: 68, what: "a whole number" },
} as const satisfies Record<string, Field>;

/** Decimal places may be followed by blanks where a writer had fewer digits to give. */
const DECIMAL = /^ *([+-]?\d*\.\d+) *$/;
/** A blank for the exponent's sign stands only where the number is zero. */
const IMPLIED = /^(?:([ +-])([ \d]{5})([+-])(\d)|[ +-][ 0]{5} \d)$/;
const WHOLE = /^ *\d* *$/;
/** Alpha-5: A is 10 and so on, without I and O; A0000 is 100000 and Z9999 is 339999. */
const ALPHA = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/**
 * One object's elements. Text after column 69 is ignored (verification sets carry more there).
 * Lines without a checksum are refused: nothing else in them tells a damaged digit.
 */
export function parseTle({ name = "", line1, line2 }: TleText, options: TleOptions = {}): MeanElements | Refusal {
  const fault = lineFault(line1, 1, options) ?? lineFault(line2, 2, options) ?? numbersDiffer(line1, line2);
  if (fault !== undefined) return fault;
  const catalogueNumber = catalogueNumberOf(line1.slice(2, 7));
  if (catalogueNumber === undefined) {
    const expected = "expected five digits, or Alpha-5: a letter (not I or O) and four digits";
    return refusal(
      "catalogue-number",
      { line: 1, first: 3 },
      `catalogue number ${shown(line1.slice(2, 7))}: ${expected}`,
    );
  }
  const type = textOf(FIELDS.ephemerisType, line1);
  // 2 and 3 said SGP4 and SDP4 in Spacetrack Report 3; 4 now says SGP4-XP, whose numbers mean something else.
  if (!" 023".includes(type)) {
    return refusal(
      "theory",
      FIELDS.ephemerisType,
      `ephemeris type ${shown(type)}: expected ${FIELDS.ephemerisType.what}`,
    );
  }
  const numbers = numbersOf(line1, line2);
  if (isRefusal(numbers)) return numbers;
  return {
    name: nameOf(name.replace(/^0 /, "")),
    catalogueNumber,
    internationalDesignator: designatorOf(line1.slice(9, 17)),
    classification: line1.slice(7, 8).trim(),
    ...numbers,
  };
}

/** Sum of the digits of columns 1-68, a minus sign counting 1, modulo 10. */
export function tleChecksum(line: string): number {
  let sum = 0;
  for (let i = 0; i < 68; i++) {
    const code = line.charCodeAt(i);
    if (code >= 48 && code <= 57) sum += code - 48;
    else if (code === 45) sum += 1;
  }
  return sum % 10;
}

/** Five columns: blanks or zeros in front, or Alpha-5. `undefined` where it is none, or zero. */
export function catalogueNumberOf(text: string): number | undefined {
  const match = /^(?:([A-HJ-NP-Z])(\d{4})|( *\d+))$/.exec(text);
  if (match === null) return undefined;
  const [, letter, rest, digits] = match;
  const number = letter === undefined ? Number(digits) : (10 + ALPHA.indexOf(letter)) * 10_000 + Number(rest);
  return number > 0 ? number : undefined;
}

function lineFault(line: string, number: 1 | 2, { ignoreChecksum = false }: TleOptions): Refusal | undefined {
  const at = (first: number) => ({ line: number, first });
  if (!line.startsWith(`${number} `))
    return refusal("line", at(1), `expected line ${number} to start with "${number} "`);
  const strange = line.slice(0, 69).search(/[^ -~]/);
  if (strange >= 0) return refusal("syntax", at(strange + 1), "expected printable ASCII in columns 1 to 69");
  if (line.length < 69) return refusal("line", at(line.length + 1), `cut short: ${line.length} columns, expected 69`);
  const found = line.charAt(68);
  const expected = tleChecksum(line);
  if (ignoreChecksum || found === String(expected)) return undefined;
  return refusal("checksum", at(69), `checksum ${shown(found)}, expected ${expected} from columns 1 to 68`);
}

function numbersDiffer(line1: string, line2: string): Refusal | undefined {
  const [first, second] = [line1.slice(2, 7), line2.slice(2, 7)];
  if (first === second) return undefined;
  return refusal("line", { line: 2, first: 3 }, `line 2 is of object ${shown(second)}, line 1 of ${shown(first)}`);
}

type Numbers = Omit<MeanElements, "name" | "catalogueNumber" | "internationalDesignator" | "classification">;

type Parse = (text: string) => number | undefined;

function numbersOf(line1: string, line2: string): Numbers | Refusal {
  const faults: Refusal[] = [];
  const read = (key: keyof typeof FIELDS, parse: Parse, isInRange: (value: number) => boolean = () => true) => {
    const field = FIELDS[key];
    const text = textOf(field, field.line === 1 ? line1 : line2);
    const value = parse(text);
    if (value !== undefined && isInRange(value)) return value;
    const code = value !== undefined ? "out-of-range" : key === "epoch" ? "epoch" : "number";
    faults.push(refusal(code, field, `${shown(text)}: expected ${field.what}`));
    return Number.NaN;
  };
  const numbers: Numbers = {
    epochUtcMs: read("epoch", epochOfTle),
    meanMotionDot: read("meanMotionDot", decimalOf),
    meanMotionDdot: read("meanMotionDdot", impliedOf),
    bstar: read("bstar", impliedOf),
    elementSetNumber: read("elementSetNumber", wholeOf),
    inclinationDeg: read("inclination", decimalOf, (value) => value >= 0 && value <= 180),
    raanDeg: read("raan", decimalOf, isAngle),
    eccentricity: read("eccentricity", fractionOf),
    argPerigeeDeg: read("argPerigee", decimalOf, isAngle),
    meanAnomalyDeg: read("meanAnomaly", decimalOf, isAngle),
    meanMotionRevPerDay: read("meanMotion", decimalOf, (value) => value > 0 && value <= 20),
    revolutionAtEpoch: read("revolutionAtEpoch", wholeOf),
  };
  return faults[0] ?? numbers;
}

const isAngle = (valueDeg: number) => valueDeg >= 0 && valueDeg <= 360;

const textOf = ({ first, last }: Field, line: string): string => line.slice(first - 1, last);
const zeroed = (text: string): string => text.replaceAll(" ", "0");

function decimalOf(text: string): number | undefined {
  const match = DECIMAL.exec(text);
  return match === null ? undefined : plain(Number(match[1]));
}

/** ` 54812-3` is 0.54812e-3. Blank is zero. */
function impliedOf(text: string): number | undefined {
  if (text.trim() === "") return 0;
  const match = IMPLIED.exec(text);
  if (match === null) return undefined;
  const [, sign = "", digits = "", exponentSign = "", exponent = ""] = match;
  return plain(Number(`${sign.trim()}0.${zeroed(digits)}e${exponentSign.trim()}${exponent}`));
}

const fractionOf: Parse = (text) => (/^[ \d]{7}$/.test(text) ? Number(`.${zeroed(text)}`) : undefined);

/** Blank is zero. */
const wholeOf: Parse = (text) => (WHOLE.test(text) ? Number(text) : undefined);

/** ` -00000-0` is zero, and zero has no sign here. */
const plain = (value: number): number => (value === 0 ? 0 : value);

/** `98067A  ` is `1998-067A`; empty where the columns hold something else. */
function designatorOf(text: string): string {
  const match = /^(\d{2})(\d{3})([A-Z]{1,3})$/.exec(text.trim());
  if (match === null) return "";
  const [, year = "", launch = "", piece = ""] = match;
  return `${Number(year) < 57 ? "20" : "19"}${year}-${launch}${piece}`;
}

function refusal(code: RefusalCode, { line, first }: { line: 1 | 2; first: number }, message: string): Refusal {
  return { code, message, column: first, tleLine: line };
}
