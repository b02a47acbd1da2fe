/** Words of the report by language. A word that a language lacks is a bug, found when the language is read. */
import { readFileSync } from "node:fs";

export const LANGUAGES = ["en", "uk", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface Messages {
  readonly language: Language;
  say(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** `1 hot pixel`, `2 hot pixels`: a word whose forms stand as `one=…|other=…`, by the language's own rule. */
  count(key: string, count: number): string;
  /** `4 May 2022`, for a calendar date. */
  date(iso: string): string;
}

type Table = Readonly<Record<string, string>>;

export const tableOf = (language: Language): Table =>
  JSON.parse(readFileSync(new URL(`./messages/${language}.json`, import.meta.url), "utf8")) as Table;

/** @throws where a word or a value of it is missing */
export function messagesIn(language: Language): Messages {
  const table = tableOf(language);
  const say: Messages["say"] = (key, values = {}) => {
    const text = Object.hasOwn(table, key) ? table[key] : undefined;
    if (text === undefined) throw new RangeError(`no word ${key} in ${language}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new RangeError(`${key} in ${language} wants a value ${name}`);
      return String(value);
    });
  };
  const plurals = new Intl.PluralRules(language);
  const months = say("months").split("|");
  return {
    language,
    say,
    count(key, count) {
      const forms = new Map(
        say(key)
          .split("|")
          .map((form) => form.split("=") as [string, string]),
      );
      const form = forms.get(plurals.select(count)) ?? forms.get("other");
      if (form === undefined) throw new RangeError(`${key} in ${language} lacks the form for ${count}`);
      return `${count} ${form}`;
    },
    date(iso) {
      const [year = "", month = "", day = ""] = iso.split("-");
      return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
    },
  };
}
