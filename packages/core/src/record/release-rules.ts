/**
 * What of a body goes to a recipient, type by type: named members and no others, and of what they refer to only what the
 * recipient was given. A type without a rule stays at home.
 */
import type { Json } from "./hash.ts";

export type Body = { readonly [key: string]: Json | undefined };

/** Changes with every change to a rule: a record of a release says under which it was made. */
export const RULES_VERSION = 1;

export interface ReleaseRule {
  /** Facts. Text that names what was not given is replaced. */
  readonly keep?: readonly string[];
  /** Kept only where all that they name was given: a figure over more would count it. */
  readonly whole?: readonly string[];
  /** Text that others vouch for by its hash: where it would have to be changed, the event stays at home. */
  readonly intact?: readonly string[];
  /** Ids without which the event means nothing: they must have been given. */
  readonly one?: readonly string[];
  /** An id that may be left out. */
  readonly optional?: readonly string[];
  /** Lists of ids: those that were given. */
  readonly many?: readonly string[];
  /** Lists of ids: those that were given; where none is left, the event stays at home. */
  readonly some?: readonly string[];
  /** The id that the event makes known. */
  readonly makes?: string;
}

export const RELEASE_RULES: Readonly<Record<string, ReleaseRule>> = {
  // File, lines and refusals of a feed would count what stands beside the members that are given.
  "evidence.recorded": { keep: ["feed"] },
  "evidence.graded": { one: ["evidence"], keep: ["grade", "reason"] },
  "incident.opened": { makes: "incident", many: ["evidence"], keep: ["kind", "where", "when"] },
  "incident.evidence-linked": { one: ["incident"], some: ["evidence"], keep: ["role", "confidence01"] },
  "incident.evidence-unlinked": { one: ["incident"], some: ["evidence"] },
  "incident.revised": { one: ["incident"], keep: ["kind", "where", "when", "reason"] },
  "incident.moved": {
    one: ["incident"],
    keep: ["to", "reason", "clause", "clauses", "agreement", "finding", "located", "asked"],
    whole: ["independent"],
  },
  "incident.merged": { one: ["incident", "into"], keep: ["reason"] },
  "incident.split": {
    makes: "incident",
    one: ["from"],
    many: ["evidence"],
    keep: ["kind", "where", "when"],
  },
  "claim.submitted": { optional: ["incident", "evidence"], keep: ["party", "reason"] },
  "reply.submitted": { one: ["incident"], optional: ["evidence"], keep: ["party", "reason"] },
  "agreement.adopted": { keep: ["agreement"], intact: ["document"] },
  "clock.started": {
    makes: "clock",
    one: ["incident"],
    keep: ["of", "clauses", "party", "agreement", "start", "deadline"],
    whole: ["verdict", "share"],
  },
  "clock.corrected": { one: ["clock"], keep: ["start", "deadline", "reason"] },
  "clock.suspended": { one: ["clock"], keep: ["person", "reason"] },
  "clock.resumed": { one: ["clock"], keep: ["person", "reason"] },
  "clock.stopped": { one: ["clock"], keep: ["because"] },
  "notice.drafted": {
    makes: "notice",
    one: ["clock", "incident"],
    keep: ["revision", "step", "recipient", "language", "agreement", "digest"],
    intact: ["subject", "text"],
  },
  "notice.signed": { one: ["notice"], keep: ["revision", "digest", "person"] },
  "body.erased": { optional: ["file"], keep: ["rule", "reason"] },
};

/** What a recipient was given so far. */
export interface Given {
  /** Ids of evidence, incidents, clocks, notices; hashes of files. */
  has(id: string): boolean;
  /** Whether a text is, or holds, the id of something that was not given. */
  namesHidden(text: string): boolean;
}

/** Stands where a text named what was not given, as if nobody had written one. */
export const NOT_STATED = "not stated";

/** @returns nothing where the event stays at home */
export function redactedBody(rule: ReleaseRule, body: Body, given: Given): Body | undefined {
  const has = (value: Json | undefined): boolean => typeof value === "string" && given.has(value);
  const isOpen = (value: Json | undefined): boolean => value === undefined || !namesHidden(value, given);
  const kept: Record<string, Json> = {};
  const put = (name: string, value: Json | undefined): void => {
    if (value !== undefined) kept[name] = value;
  };
  for (const name of rule.one ?? []) {
    if (!has(body[name])) return undefined;
    put(name, body[name]);
  }
  for (const name of rule.intact ?? []) {
    if (!isOpen(body[name])) return undefined;
    put(name, body[name]);
  }
  for (const name of [...(rule.many ?? []), ...(rule.some ?? [])]) {
    const ids = Array.isArray(body[name]) ? (body[name] as readonly Json[]) : [];
    const known = ids.filter(has);
    if (known.length === 0 && rule.some?.includes(name)) return undefined;
    if (body[name] !== undefined) put(name, known);
  }
  for (const name of rule.optional ?? []) if (has(body[name])) put(name, body[name]);
  for (const name of rule.whole ?? []) if (isOpen(body[name])) put(name, body[name]);
  for (const name of rule.keep ?? []) put(name, cleaned(body[name], given));
  // A reason for a list speaks of all of it ("three reports"), and redacting only some would show which were cut.
  if ((rule.many ?? rule.some) !== undefined && body["reason"] !== undefined) put("reason", NOT_STATED);
  if (rule.makes !== undefined) put(rule.makes, body[rule.makes]);
  return kept;
}

/** Evidence: all that it says of itself. Where it stood in a file, and what it quotes unseen, would tell of others. */
export function redactedEvidence(value: Json, given: Given): Json {
  if (!isBody(value)) return cleaned(value, given) ?? null;
  const { ingest, origin, ...own } = value;
  return {
    ...(cleaned(own as Json, given) as Body),
    ...(isBody(origin) && { origin: redactedOrigin(origin, given) }),
    ...(isBody(ingest) && { ingest: { hash: ingest["hash"] } }),
  } as Json;
}

function redactedOrigin(origin: Body, given: Given): Json {
  const { original, quotes, ...own } = origin;
  const open = Array.isArray(quotes) ? quotes.filter((quote: Json) => !namesHidden(quote, given)) : [];
  return {
    ...own,
    ...(original !== undefined && !namesHidden(original, given) && { original }),
    ...(open.length > 0 && { quotes: open }),
  } as Json;
}

const isBody = (value: Json | undefined): value is Body =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function namesHidden(value: Json, given: Given): boolean {
  if (typeof value === "string") return given.namesHidden(value);
  if (typeof value !== "object" || value === null) return false;
  const inner: readonly (Json | undefined)[] = Array.isArray(value) ? value : Object.values(value);
  const isNamed = !Array.isArray(value) && Object.keys(value).some((key) => given.namesHidden(key));
  return isNamed || inner.some((member) => member !== undefined && namesHidden(member, given));
}

function cleaned(value: Json | undefined, given: Given): Json | undefined {
  if (value === undefined || !namesHidden(value, given)) return value;
  if (Array.isArray(value)) return value.filter((item) => !namesHidden(item, given));
  if (!isBody(value)) return NOT_STATED;
  const open = Object.entries(value).filter(([name]) => !given.namesHidden(name));
  return Object.fromEntries(open.map(([name, member]) => [name, cleaned(member, given)]));
}
