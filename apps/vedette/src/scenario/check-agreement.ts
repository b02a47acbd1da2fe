/** What a schema cannot say of an agreement: that what is named exists, in every language, and that clocks can come to rest. */
import type { Agreement as AgreementFile } from "@vedette/wire/agreement";
import type { Problem } from "../problem.ts";
import { checkClocks } from "./check-agreement-clocks.ts";
import { checkTemplates, checkTexts } from "./check-agreement-texts.ts";
import { checkNamed } from "./check-network.ts";
import {
  type Cursor,
  childOf,
  descendantOf,
  entriesOf,
  itemsOf,
  numberOf,
  problemAt,
  scalarOf,
  textOf,
} from "./located.ts";
import { quoted, suggestionOf } from "./words.ts";

/** `kinds`: of the taxonomy that the file names; not checked where that could not be read. */
export function checkAgreement(root: Cursor, file: AgreementFile, kinds: ReadonlySet<string> | undefined): Problem[] {
  return [
    ...checkDates(root),
    ...checkTimeZone(childOf(root, "timeZone")),
    ...checkCalendar(childOf(root, "calendar")),
    ...checkTexts(root, file),
    ...checkTemplates(root, file),
    ...(kinds ? checkKinds(root, kinds) : []),
    ...checkClauses(root),
    ...checkClocks(root, file),
    ...checkSteps(root),
    ...checkNations(root),
    ...entriesOf(childOf(root, "recipients")).flatMap(([, one]) =>
      checkNamed(root, "parties", "party", childOf(one, "party")),
    ),
  ];
}

/** Every date and instant is one of the calendar; nothing ends before it begins. */
function checkDates(at: Cursor): Problem[] {
  const inside = [...entriesOf(at).map(([, child]) => child), ...itemsOf(at)];
  const own = textOf(at);
  const written = own === undefined ? undefined : /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(own)?.[0];
  const problems = written !== undefined && own !== undefined && !isDate(own, written) ? [notADate(at, own)] : [];
  const [from, until] = [textOf(childOf(at, "from")), textOf(childOf(at, "until"))];
  const end = childOf(at, "until");
  if (end && from !== undefined && until !== undefined && Date.parse(until) <= Date.parse(from)) {
    problems.push(problemAt(end, `expected a time after ${from}, found ${until}`));
  }
  return [...problems, ...inside.flatMap(checkDates)];
}

const notADate = (at: Cursor, text: string): Problem =>
  problemAt(at, `expected a date that exists, found ${quoted(text)}`);

function isDate(text: string, day: string): boolean {
  const at = new Date(text.includes("T") ? text : `${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
}

function checkTimeZone(zone: Cursor | undefined): Problem[] {
  const name = textOf(zone);
  if (zone === undefined || name === undefined) return [];
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return [];
  } catch {
    return [problemAt(zone, `expected an IANA time zone such as Europe/Kyiv, found ${quoted(name)}`)];
  }
}

function checkCalendar(calendar: Cursor | undefined): Problem[] {
  const weekend = descendantOf(calendar, "weekend");
  const days = itemsOf(weekend).map(numberOf);
  const distinct = new Set(days).size;
  const holidays = entriesOf(descendantOf(calendar, "holidays"));
  return [
    ...(weekend && distinct < days.length ? [problemAt(weekend, "a day of the weekend stands twice")] : []),
    ...(weekend && distinct === 7 ? [problemAt(weekend, "expected at least one working day in a week")] : []),
    ...holidays.flatMap(([date, holiday]) =>
      isDate(date, date) ? [] : [problemAt(holiday, `expected a date that exists, found ${quoted(date)}`, "key")],
    ),
  ];
}

function checkKinds(root: Cursor, kinds: ReadonlySet<string>): Problem[] {
  const lists = entriesOf(childOf(root, "classes")).flatMap(([, one]) =>
    ["kinds", "mayBe"].flatMap((key) => itemsOf(childOf(one, key))),
  );
  return lists.flatMap((item) => {
    const kind = textOf(item);
    if (kind === undefined || kinds.has(kind)) return [];
    return [problemAt(item, `no kind ${quoted(kind)} in the taxonomy${suggestionOf(kind, [...kinds])}`)];
  });
}

function checkClauses(root: Cursor): Problem[] {
  return entriesOf(childOf(root, "clauses")).flatMap(([, clause]) =>
    itemsOf(childOf(clause, "tests")).flatMap((test) => checkTest(root, test)),
  );
}

function checkTest(root: Cursor, test: Cursor): Problem[] {
  const not = childOf(test, "not");
  const measure = childOf(test, "measure");
  const happened = childOf(test, "happened");
  return [
    ...checkNamed(root, "classes", "class", childOf(test, "class")),
    ...checkNamed(root, "zones", "zone", childOf(test, "inside")),
    ...checkNamed(root, "zones", "zone", descendantOf(test, "within", "of")),
    ...checkNamed(root, "classes", "class", descendantOf(test, "repeated", "class")),
    ...(measure ? checkBounds(measure) : []),
    ...(happened && entriesOf(happened).length === 0
      ? [problemAt(happened, "expected `from`, `until` or both", "key")]
      : []),
    ...(not ? checkTest(root, not) : []),
    ...itemsOf(childOf(test, "anyOf")).flatMap((one) => checkTest(root, one)),
  ];
}

function checkBounds(measure: Cursor): Problem[] {
  const lows = ["above", "atLeast"].flatMap((key) => childOf(measure, key) ?? []);
  const highs = ["below", "atMost"].flatMap((key) => childOf(measure, key) ?? []);
  if (lows.length + highs.length === 0) {
    return [problemAt(measure, "expected `above`, `atLeast`, `below` or `atMost`", "key")];
  }
  const [low, high] = [
    Math.max(...lows.map((at) => numberOf(at) ?? 0)),
    Math.min(...highs.map((at) => numberOf(at) ?? 0)),
  ];
  const upper = highs[0];
  if (upper === undefined || lows.length === 0 || low <= high) return [];
  return [problemAt(upper, `no value is above ${low} and below ${high}`)];
}

function checkSteps(root: Cursor): Problem[] {
  return entriesOf(childOf(root, "steps")).flatMap(([, step]) => [
    ...checkNamed(root, "clocks", "clock", descendantOf(step, "opens", "clock")),
    ...checkNamed(root, "clocks", "clock", childOf(step, "due")),
    ...itemsOf(childOf(step, "tells")).flatMap((told) => [
      ...checkNamed(root, "recipients", "recipient", childOf(told, "recipient")),
      ...checkNamed(root, "templates", "template", childOf(told, "template")),
    ]),
  ]);
}

function checkNations(root: Cursor): Problem[] {
  return entriesOf(childOf(root, "nations")).flatMap(([, nation]) => [
    ...itemsOf(childOf(nation, "caveats")).flatMap((caveat) =>
      itemsOf(childOf(caveat, "steps")).flatMap((step) => checkNamed(root, "steps", "step", step)),
    ),
    ...itemsOf(childOf(nation, "parliament")).flatMap((act) => [
      ...checkNamed(root, "steps", "step", childOf(act, "step")),
      ...(scalarOf(childOf(act, "from")) !== undefined && childOf(act, "within") === undefined
        ? [problemAt(act, "has `from`, but no term that runs: expected `within`", "key")]
        : []),
    ]),
  ]);
}
