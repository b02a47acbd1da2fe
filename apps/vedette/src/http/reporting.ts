/** A batch of reports: each read by itself, recorded together, and each answered for. */
import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import { instant } from "@vedette/core/time/instant";
import { ReportItem, type ReportsTaken } from "@vedette/wire/api-evidence";
import { misfitsIn } from "@vedette/wire/misfits";
import { folded } from "./acts.ts";
import { ApiProblem } from "./api-problem.ts";
import type { Asked } from "./asked.ts";
import { holdsFiles } from "./files.ts";
import type { Kit } from "./kit.ts";
import { spanAsked } from "./lists.ts";

export interface Reported {
  readonly feed: string;
  readonly marking: Marking;
  readonly items: readonly unknown[];
}

type Row = ReportsTaken["items"][number];
type Problems = NonNullable<Row["problems"]>;

interface Read {
  readonly index: number;
  readonly id: string;
  readonly hash: string;
  readonly value: { readonly [key: string]: Json };
  readonly span: { readonly start: number; readonly end: number };
}

/** Refusals name at most so many faults of one report. */
const FAULTS = 5;

export async function report(kit: Kit, asked: Asked, { feed, marking, items }: Reported): Promise<ReportsTaken> {
  const files = await holdsFiles(asked, namedFiles(items));
  const rows = new Map<number, Row>();
  const reads: Read[] = [];
  for (const [index, item] of items.entries()) {
    const read = readItem(kit, asked, { feed, index, item, files });
    if (Array.isArray(read)) rows.set(index, { index, outcome: "refused", problems: read.slice(0, FAULTS) });
    else reads.push(read as Read);
  }
  const batch = await record(asked, { feed, marking }, reads, rows);
  const all = [...rows.values()].sort((a, b) => a.index - b.index);
  const count = (outcome: Row["outcome"]): number => all.filter((row) => row.outcome === outcome).length;
  return {
    added: count("added"),
    duplicate: count("duplicate"),
    refused: count("refused"),
    items: all,
    ...(batch !== undefined && { batch }),
  };
}

const namedFiles = (items: readonly unknown[]): string[] =>
  items.flatMap((item) => {
    const files = (item as { readonly files?: unknown } | null)?.files;
    return Array.isArray(files) ? files.filter((file): file is string => typeof file === "string").slice(0, 50) : [];
  });

interface Item {
  readonly feed: string;
  readonly index: number;
  readonly item: unknown;
  readonly files: ReadonlySet<string>;
}

function readItem(kit: Kit, asked: Asked, { feed, index, item, files }: Item): Read | Problems {
  const misfits = misfitsIn(ReportItem, item);
  if (misfits.length > 0) return misfits.map(({ path, message }) => ({ path, message }));
  const said = item as ReportItem;
  if (said.form === "reply")
    return [{ path: "/form", message: "a reply goes to its incident: POST incidents/ID/replies" }];
  if (!kit.taxonomy.has(said.kind)) return [{ path: "/kind", message: "no such kind in the taxonomy" }];
  const strange = said.files?.findIndex((file) => !files.has(file)) ?? -1;
  if (strange >= 0) return [{ path: `/files/${strange}`, message: "no such file: send it first" }];
  const span = spanOrProblems(said.when);
  if (Array.isArray(span)) return span;
  // Named apart by nation: what another has sent under the same name is none of theirs.
  const id = `ev-${sha256(canonicalJson([asked.nation, feed, said.id])).slice(0, 32)}`;
  const hash = sha256(canonicalJson(said as unknown as Json));
  const { id: _, when: __, ...rest } = said;
  const value = { ...rest, id, when: { ...span }, ingest: { hash } } as unknown as Read["value"];
  return { index, id, hash, value, span };
}

function spanOrProblems(when: ReportItem["when"]): Read["span"] | Problems {
  try {
    return spanAsked(when, "/when");
  } catch (error) {
    if (error instanceof ApiProblem) return [...(error.more.problems ?? [])];
    throw error;
  }
}

async function record(
  asked: Asked,
  { feed, marking }: Pick<Reported, "feed" | "marking">,
  reads: readonly Read[],
  rows: Map<number, Row>,
): Promise<string | undefined> {
  const first = new Map<string, Read>();
  for (const read of reads) if (!first.has(read.id)) first.set(read.id, read);
  const members = [...first.values()].map(({ id, value }) => ({ key: id, value }));
  if (members.length === 0) return undefined;
  const { workspace, actor } = asked;
  const { header, added } = await workspace.store.appendBatch({
    type: "evidence.recorded",
    typeVersion: 1,
    at: {
      start: instant(Math.min(...reads.map(({ span }) => span.start))),
      end: instant(Math.max(...reads.map(({ span }) => span.end))),
    },
    actor,
    marking,
    body: { feed },
    members,
  });
  const isNew = await newOnes(asked, members, header?.id, added);
  if (header !== undefined) await folded(asked, header);
  for (const read of reads) {
    const { index, id } = read;
    if (isNew.has(id) && first.get(id) === read) rows.set(index, { index, evidence: id, outcome: "added" });
    else rows.set(index, await duplicateOf(asked, read, first.get(id)));
  }
  return header?.id;
}

async function newOnes(
  { workspace }: Asked,
  members: readonly { readonly key: string }[],
  batch: string | undefined,
  added: number,
): Promise<ReadonlySet<string>> {
  if (added === members.length) return new Set(members.map(({ key }) => key));
  const keys = new Set<string>();
  if (batch !== undefined) for await (const { key } of workspace.store.members(batch)) keys.add(key);
  return keys;
}

/** The same name for another report would hide it: that is said. */
async function duplicateOf({ workspace, nation }: Asked, { index, id, hash }: Read, first?: Read): Promise<Row> {
  const known = first?.index === index ? undefined : first?.hash;
  const held = known ?? (await workspace.queries.evidenceItem(nation, id))?.item.ingest.hash;
  if (held === undefined || held === hash) return { index, evidence: id, outcome: "duplicate" };
  return { index, outcome: "refused", problems: [{ path: "/id", message: "another report was sent under this id" }] };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
