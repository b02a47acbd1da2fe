/** What `vedette agreement` prints. */
import { deadlinesOf } from "@vedette/core/agreement/calendar";
import type { Edition, EditionRef } from "@vedette/core/agreement/edition";
import type { IncidentFacts } from "@vedette/core/agreement/facts";
import { endsText, utcText, wordOf } from "@vedette/core/agreement/notice";
import type { ClockRecord, NoticeRecord } from "@vedette/core/agreement/record";
import type { Touch } from "@vedette/core/agreement/touch";
import type { AssessmentGate, Waiting } from "@vedette/core/agreement/waiting";
import { reasonWords, shareWords, timeWords } from "@vedette/core/agreement/words";
import type { Instant } from "@vedette/core/time/instant";
import type { ReadAgreement } from "../scenario/agreement.ts";
import { counted } from "../scenario/words.ts";

export interface Summary {
  readonly agreement: EditionRef;
  readonly title: string;
  readonly counts: Readonly<Record<string, number>>;
  /** Where in the file, and why. */
  readonly unconfirmed: readonly { readonly path: string; readonly why: string }[];
  readonly assumed: readonly { readonly path: string; readonly why: string }[];
}

const COUNTED = [
  "languages",
  "parties",
  "nations",
  "recipients",
  "zones",
  "classes",
  "clauses",
  "clocks",
  "steps",
] as const;

export function summaryOf({ edition }: ReadAgreement): Summary {
  const { agreement, ref } = edition;
  return {
    agreement: ref,
    title: firstWord(edition, agreement.title),
    counts: Object.fromEntries(COUNTED.map((key) => [key, Object.keys(agreement[key]).length])),
    unconfirmed: basesOf(agreement, "", "unconfirmed"),
    assumed: basesOf(agreement, "", "assumed"),
  };
}

const firstWord = ({ agreement }: Edition, text: Readonly<Record<string, string>>): string =>
  wordOf(agreement, text, Object.keys(agreement.languages)[0] ?? "");

/** Entries whose basis says so, by the path of the entry. */
function basesOf(value: unknown, path: string, word: "unconfirmed" | "assumed"): { path: string; why: string }[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => {
    const why = key === "basis" ? (child as Readonly<Record<string, unknown>>)[word] : undefined;
    if (typeof why === "string") return [{ path, why }];
    return basesOf(child, path === "" ? key : `${path}.${key}`, word);
  });
}

export function summaryText({ agreement, title, counts, unconfirmed, assumed }: Summary): string {
  const words = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
  return [
    `OK: ${title}, ${agreement.id} version ${agreement.version}: ${words.join(", ")}`,
    `digest ${agreement.digest}`,
    `${counted(unconfirmed.length, "entry", "entries")} unconfirmed, ${assumed.length} assumed`,
    ...unconfirmed.map(({ path, why }) => `  unconfirmed: ${path}: ${why}`),
    "",
  ].join("\n");
}

export interface Explained {
  readonly incident: IncidentFacts;
  readonly now: Instant;
  readonly agreement: EditionRef;
  readonly touches: readonly Touch[];
  readonly clocks: readonly ClockRecord[];
  readonly notices: readonly NoticeRecord[];
  readonly waiting: readonly Waiting[];
  readonly gate: AssessmentGate;
}

export function explanationText({ edition }: ReadAgreement, explained: Explained): string {
  const { incident, now, touches, clocks, notices, waiting, gate } = explained;
  const { agreement, ref } = edition;
  const met = touches.filter(({ verdict }) => verdict !== "does-not");
  return [
    `${incident.id} under ${ref.id} version ${ref.version} (${ref.digest.slice(0, 12)}), as of ${utcText(now)}`,
    ...(touches.length === 0 ? ["", "This version was not in force when it happened."] : []),
    "",
    `Clauses (${met.length} of ${touches.length} touched, or perhaps)`,
    ...touches.flatMap((touch) => touchLines(edition, touch)),
    "",
    `Clocks that would run (${clocks.length})`,
    ...clocks.flatMap((clock) => clockLines(edition, clock)),
    "",
    `Waiting for people (${waiting.length})`,
    ...waiting.flatMap((one) => waitingLines(edition, one)),
    `  assessment: ${gateWords(gate)}`,
    "",
    `Notices drafted (${notices.length})`,
    ...notices.flatMap(({ recipient, language, subject, text }) => [
      `  to ${firstWord(edition, agreement.recipients[recipient]?.name ?? {})} [${language}]: ${subject}`,
      ...text
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`),
    ]),
    "",
  ].join("\n");
}

const VERDICTS = { touches: "touches", "does-not": "does not touch", "cannot-be-told": "CANNOT BE TOLD" } as const;

function touchLines(edition: Edition, { clause, number, verdict, share, reasons }: Touch): string[] {
  const name = firstWord(edition, edition.agreement.clauses[clause]?.name ?? {});
  const head = `  ${number} ${name} [${clause}]: ${VERDICTS[verdict]}`;
  if (verdict === "does-not") {
    const against = reasons.find((reason) => reason.share.high01 === 0) ?? reasons.toSorted(byShare)[0];
    return [`${head}, since: ${against === undefined ? "no test" : reasonWords(against)}`];
  }
  return [
    `${head} (all tests together: ${shareWords(share)})`,
    ...reasons.map((reason) => `      ${reasonWords(reason)}`),
  ];
}

const byShare = (a: Touch["reasons"][number], b: Touch["reasons"][number]): number => a.share.high01 - b.share.high01;

function clockLines(edition: Edition, clock: ClockRecord): string[] {
  const { agreement } = edition;
  const terms = agreement.clocks[clock.of];
  if (terms === undefined) return [];
  const deadline = deadlinesOf(terms.runs, clock.start, { calendar: agreement.calendar, pauses: clock.pauses });
  const party =
    clock.party === undefined ? "" : ` for ${firstWord(edition, agreement.parties[clock.party]?.name ?? {})}`;
  const unsure = terms.basis.unconfirmed ?? terms.basis.assumed;
  return [
    `  ${firstWord(edition, terms.name)}${party} [${clock.of}]`,
    `      starts ${timeWords(clock.start)}`,
    ...(deadline === undefined
      ? []
      : [`      ends   ${timeWords(deadline)}`, `             ${endsText(deadline, edition.localText)}`]),
    ...(unsure === undefined
      ? []
      : [`      ${terms.basis.unconfirmed === undefined ? "assumed" : "UNCONFIRMED"}: ${unsure}`]),
  ];
}

function waitingLines(edition: Edition, waiting: Waiting): string[] {
  switch (waiting.code) {
    case "look":
      return [`  a person looks whether clause ${waiting.touch.number} is touched`];
    case "reply":
      return [`  reply of ${waiting.party} until ${timeWords(waiting.until)}`];
    case "sign":
      return signLines(edition, waiting);
  }
}

function signLines(edition: Edition, waiting: Waiting & { code: "sign" }): string[] {
  const step = edition.agreement.steps[waiting.step];
  const found = waiting.needs?.finding === undefined ? "" : `, finding ${waiting.needs.finding}`;
  const needs = waiting.needs === undefined ? "" : `, once the incident is ${waiting.needs.state}${found}`;
  const due = waiting.due === undefined ? "" : `, due ${timeWords(waiting.due)}`;
  const signer = firstWord(edition, step?.signer ?? {});
  const people = waiting.signatures === 1 ? signer : `${waiting.signatures} people: ${signer}`;
  const national = waiting.national.flatMap(({ nation, caveats, parliament }) => [
    ...caveats.map(({ text, basis }) => `      ${nation} caveat: ${firstWord(edition, text)}${doubtOf(basis)}`),
    ...parliament.map(
      ({ act, timing, body, text, basis }) =>
        `      ${nation} ${firstWord(edition, body)}, ${act} ${timing}: ${firstWord(edition, text)}${doubtOf(basis)}`,
    ),
  ]);
  return [
    `  ${firstWord(edition, step?.name ?? {})} [${waiting.step}]: ${counted(waiting.notices.length, "notice")} to sign by ${people}${needs}${due}`,
    ...national,
  ];
}

const doubtOf = (basis: { readonly unconfirmed?: string }): string =>
  basis.unconfirmed === undefined ? "" : ` (unconfirmed: ${basis.unconfirmed})`;

function gateWords(gate: AssessmentGate): string {
  switch (gate.code) {
    case "open":
      return gate.silent.length > 0 ? `open; silent: ${gate.silent.join(", ")}` : "open";
    case "waits":
      return `waits for ${gate.for.map(({ party, until }) => `${party}${until === null ? "" : ` until ${timeWords(until)}`}`).join(", ")}`;
    case "not-asked":
      return `waits: not asked yet: ${gate.parties.join(", ")}`;
  }
}
