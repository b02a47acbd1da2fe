/** Notices: a template of the agreement filled with the figures of one incident. A draft until a person signs it. */
import type { Located } from "../geo/located.ts";
import { type Instant, isoOf } from "../time/instant.ts";
import { type Ends, endsOf } from "./calendar.ts";
import type { Edition } from "./edition.ts";
import type { IncidentFacts } from "./facts.ts";
import type { Share } from "./share.ts";
import type { Agreement, Template, Text } from "./terms.ts";
import type { Touch } from "./touch.ts";

/** What a template may name in braces. */
export const PLACEHOLDERS = [
  "agreement",
  "version",
  "incident",
  "clauses",
  "verdicts",
  "place",
  "latitude",
  "longitude",
  "radiusKm",
  "when",
  "whenLocal",
  "firstObserved",
  "firstObservedLocal",
  "deadline",
  "deadlineLocal",
  "state",
  "evidence",
  "step",
  "party",
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

export interface NoticeSubject {
  readonly facts: IncidentFacts;
  /** Of the clauses that the clock is for: those touched, or perhaps touched. */
  readonly touches: readonly Touch[];
  readonly step: string;
  readonly deadline?: Ends;
  readonly party?: string;
}

/** The text in one language; missing words fall back to the agreement's first language, which every text has. */
export function noticeText(edition: Edition, template: Template, language: string, about: NoticeSubject): Template {
  const values = new Map<Placeholder, string>();
  const wordsFor = (name: Placeholder): string => {
    const value = values.get(name) ?? VALUES[name]({ edition, language, about });
    values.set(name, value);
    return value;
  };
  const isolate = edition.agreement.languages[language]?.direction === "rtl";
  const fill = (text: string): string =>
    text.replace(/\{([A-Za-z]+)\}/g, (written, name: string) => {
      if (!Object.hasOwn(VALUES, name)) return written;
      const value = wordsFor(name as Placeholder);
      // Figures and Latin names inside right-to-left text would be shown in a false order.
      return isolate ? `\u2068${value}\u2069` : value;
    });
  return { subject: fill(template.subject), body: fill(template.body) };
}

interface Asked {
  readonly edition: Edition;
  readonly language: string;
  readonly about: NoticeSubject;
}

const say = ({ edition, language }: Asked, text: Text | undefined): string =>
  plain(wordOf(edition.agreement, text, language));
const none = (asked: Asked): string => say(asked, asked.edition.agreement.words.none);
const nameOf = (asked: Asked, { clause, number }: Touch): string =>
  `${plain(number)} ${say(asked, asked.edition.agreement.clauses[clause]?.name)}`;

/** Only what a template names is worked out. */
const VALUES: { readonly [P in Placeholder]: (asked: Asked) => string } = {
  agreement: (asked) => say(asked, asked.edition.agreement.title),
  version: ({ edition }) => String(edition.agreement.version),
  incident: ({ about }) => plain(about.facts.id),
  clauses: (asked) => asked.about.touches.map((touch) => nameOf(asked, touch)).join("; "),
  verdicts: (asked) =>
    asked.about.touches
      .map((touch) => {
        const verdict = say(asked, asked.edition.agreement.words[wordFor(touch)]);
        return `${nameOf(asked, touch)}: ${verdict}${shareText(touch.share)}`;
      })
      .join("; "),
  place: (asked) => {
    const { name } = asked.about.facts.where;
    return name === undefined ? say(asked, asked.edition.agreement.words.unnamed) : plain(name);
  },
  latitude: ({ about }) => coordinatesOf(about.facts.where).latitude,
  longitude: ({ about }) => coordinatesOf(about.facts.where).longitude,
  radiusKm: ({ about }) => coordinatesOf(about.facts.where).radiusKm,
  when: ({ about }) => endsText(endsOf(about.facts.when), utcText),
  whenLocal: ({ about, edition }) => endsText(endsOf(about.facts.when), edition.localText),
  firstObserved: ({ about }) => endsText(endsOf(about.facts.firstObserved), utcText),
  firstObservedLocal: ({ about, edition }) => endsText(endsOf(about.facts.firstObserved), edition.localText),
  deadline: (asked) => (asked.about.deadline === undefined ? none(asked) : endsText(asked.about.deadline, utcText)),
  deadlineLocal: (asked) =>
    asked.about.deadline === undefined ? none(asked) : endsText(asked.about.deadline, asked.edition.localText),
  state: ({ about }) => plain(about.facts.state),
  evidence: ({ about }) => String(about.facts.evidence),
  step: (asked) => say(asked, asked.edition.agreement.steps[asked.about.step]?.name),
  party: (asked) => {
    const { party } = asked.about;
    return party === undefined ? none(asked) : say(asked, asked.edition.agreement.parties[party]?.name);
  },
};

/** In the language asked for, or in the agreement's first. */
export function wordOf({ languages }: Agreement, text: Text | undefined, language: string): string {
  const [first = ""] = Object.keys(languages);
  return text?.[language] ?? text?.[first] ?? "";
}

function coordinatesOf({ latitudeDeg, longitudeDeg, radiusKm }: Located) {
  return {
    latitude: `${Math.abs(latitudeDeg).toFixed(4)}° ${latitudeDeg < 0 ? "S" : "N"}`,
    longitude: `${Math.abs(longitudeDeg).toFixed(4)}° ${longitudeDeg < 0 ? "W" : "E"}`,
    radiusKm: String(Number(radiusKm.toPrecision(2))),
  };
}

const wordFor = ({ verdict }: Touch): "touches" | "cannot-be-told" =>
  verdict === "touches" ? "touches" : "cannot-be-told";

/** ` (97 %)`, ` (43-58 %)`; never a certainty that is not there; nothing where nothing is known. */
function shareText({ low01, high01 }: Share): string {
  if (low01 === 0 && high01 === 1) return "";
  const [low, high] = [Math.floor(low01 * 100), Math.ceil(high01 * 100)];
  if (low01 < high01) return ` (${low}-${high} %)`;
  const whole = Math.round(low01 * 100);
  return ` (${whole === 100 && low01 < 1 ? ">99" : whole === 0 && low01 > 0 ? "<1" : whole} %)`;
}

/** Both ends where they read differently. */
export function endsText({ earliest, latest }: Ends, text: (at: Instant) => string): string {
  const [from, to] = [text(earliest), text(latest)];
  return from === to ? from : `${from} – ${to}`;
}

/** To the second: `2026-03-29T01:30:00Z`. */
export const utcText = (at: Instant): string => isoOf(at).replace(/\.\d+Z$/, "Z");

/** Names come from outside: nothing in them may end a line, turn the text round or hide. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, " ");
}
