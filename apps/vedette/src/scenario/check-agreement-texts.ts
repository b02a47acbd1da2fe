/** Texts of an agreement: in the languages that it declares, and templates whose figures exist. */
import { PLACEHOLDERS } from "@vedette/core/agreement/notice";
import type { Agreement as AgreementFile } from "@vedette/wire/agreement";
import type { Problem } from "../problem.ts";
import { type Cursor, childOf, descendantOf, entriesOf, itemsOf, problemAt, textOf } from "./located.ts";
import { quoted, suggestionOf } from "./words.ts";

/** Keys under which a text by language stands. */
const TEXT_KEYS: ReadonlySet<string> = new Set(["name", "title", "text", "body", "by", "signer"]);

export function checkTexts(root: Cursor, { languages }: AgreementFile): Problem[] {
  const declared = Object.keys(languages);
  const table = childOf(root, "languages");
  if (table !== undefined && declared.length === 0) return [problemAt(table, "expected at least one language", "key")];
  return [
    ...entriesOf(root).flatMap(([key, part]) => (isOther(key) ? [] : textsWithin(part, key, declared))),
    ...inAll(root, declared),
  ];
}

const isOther = (key: string): boolean => ["about", "sources", "languages", "templates", "calendar"].includes(key);

/** Every text: no language that is not declared, and the first always. */
function textsWithin(at: Cursor, key: string, declared: readonly string[]): Problem[] {
  const children = entriesOf(at);
  const isText =
    TEXT_KEYS.has(key) && at.node.kind === "map" && children.every(([, child]) => textOf(child) !== undefined);
  if (isText) return textProblems(at, declared);
  return [
    ...children.flatMap(([name, child]) => textsWithin(child, name, declared)),
    ...itemsOf(at).flatMap((item) => textsWithin(item, "", declared)),
  ];
}

function textProblems(at: Cursor, declared: readonly string[]): Problem[] {
  const written = entriesOf(at);
  const [first = ""] = declared;
  const unknown = written.filter(([language]) => !declared.includes(language));
  return [
    ...unknown.map(([language, text]) =>
      problemAt(
        text,
        `the language ${quoted(language)} is not in \`languages\`${suggestionOf(language, declared)}`,
        "key",
      ),
    ),
    ...(written.some(([language]) => language === first)
      ? []
      : [problemAt(at, `expected a text in ${quoted(first)}, the first of \`languages\``, "key")]),
  ];
}

/** What stands in notices must be there in every language: no notice shall fall into another in the middle. */
function inAll(root: Cursor, declared: readonly string[]): Problem[] {
  const tables = ["parties", "clauses", "steps"].flatMap((key) => entriesOf(childOf(root, key)));
  const texts = [
    childOf(root, "title"),
    ...tables.map(([, one]) => childOf(one, "name")),
    ...entriesOf(childOf(root, "words")).map(([, word]) => word),
  ];
  return texts.flatMap((text) => {
    if (text === undefined) return [];
    const missing = declared.filter((language) => childOf(text, language) === undefined);
    if (missing.length === 0) return [];
    return [problemAt(text, `stands in notices: expected it in ${missing.map(quoted).join(", ")} too`, "key")];
  });
}

export function checkTemplates(root: Cursor, { languages }: AgreementFile): Problem[] {
  const declared = Object.keys(languages);
  const unspoken = entriesOf(childOf(root, "recipients")).flatMap(([, recipient]) =>
    itemsOf(childOf(recipient, "languages")).filter((item) => !declared.includes(textOf(item) ?? "")),
  );
  return [
    ...unspoken.map((item) => problemAt(item, `the language ${quoted(textOf(item) ?? "")} is not in \`languages\``)),
    ...missingTranslations(root),
    ...entriesOf(childOf(root, "templates")).flatMap(([, template]) =>
      entriesOf(template).flatMap(([language, text]) => [
        ...(declared.includes(language)
          ? []
          : [problemAt(text, `the language ${quoted(language)} is not in \`languages\``, "key")]),
        ...["subject", "body"].flatMap((part) => placeholderProblems(childOf(text, part))),
      ]),
    ),
  ];
}

/** Each recipient's languages must be there in each template that it gets. */
function missingTranslations(root: Cursor): Problem[] {
  const tells = entriesOf(childOf(root, "steps")).flatMap(([, step]) => itemsOf(childOf(step, "tells")));
  return tells.flatMap((told) => {
    const template = childOf(told, "template");
    const text = descendantOf(root, "templates", textOf(template) ?? "");
    const spoken = descendantOf(root, "recipients", textOf(childOf(told, "recipient")) ?? "", "languages");
    if (template === undefined || text === undefined) return [];
    return itemsOf(spoken).flatMap((item) => {
      const language = textOf(item) ?? "";
      if (childOf(text, language) !== undefined) return [];
      return [problemAt(template, `that template has no text in ${quoted(language)}, which the recipient reads`)];
    });
  });
}

function placeholderProblems(text: Cursor | undefined): Problem[] {
  const written = textOf(text);
  if (text === undefined || written === undefined) return [];
  const names = [...written.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  const unknown = names.filter((name) => !PLACEHOLDERS.some((known) => known === name));
  return [...new Set(unknown)].map((name) => problemAt(text, `no figure {${name}}${suggestionOf(name, PLACEHOLDERS)}`));
}
