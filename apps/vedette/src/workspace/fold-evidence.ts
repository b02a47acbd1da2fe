/** Evidence of a page: members of batches, to those who are given the batch; erased, it goes from here too. */

import type { NationCode } from "@vedette/core/record/marking";
import type { Evidence } from "@vedette/core/verify/evidence";
import type { MemberRow } from "../store/shelf.ts";
import { nationsOf } from "./audiences.ts";
import { cellOf } from "./cells.ts";
import type { Arrived, PageOfLog } from "./page.ts";
import type { ProjectionTables } from "./tables.ts";
import { wordsIn } from "./words.ts";

type ItemRow = ProjectionTables["evidence_item"];

/** Members read at a time, and values of one `IN`. */
const MANY = 500;

export const evidenceWords = ({ id, kind, where, text, origin }: Evidence): string[] =>
  wordsIn(id, kind, where.name, origin.source, text);

const WORD_KEY = ["audience", "word", "start_ms", "id"] as const;
const FILE_KEY = ["hash", "audience", "evidence"] as const;

const wordsOf = (row: ItemRow, item: Evidence): ProjectionTables["evidence_word"][] =>
  evidenceWords(item).map((word) => ({ audience: row.audience, word, start_ms: row.start_ms, id: row.id }));

const filesOf = (row: ItemRow, item: Evidence): ProjectionTables["evidence_file"][] =>
  (item.files ?? []).map((hash) => ({ hash, audience: row.audience, evidence: row.id, marking: row.marking }));

export async function foldBatch(page: PageOfLog, arrived: Arrived): Promise<void> {
  const { header } = arrived.row;
  if (arrived.readers.length === 0) return;
  for (let from = 0; ; from += MANY) {
    const members = await page.log.members(header.node, header.sequence, from, MANY);
    await putItems(page, arrived, members);
    if (members.length < MANY) return;
  }
}

async function putItems(page: PageOfLog, arrived: Arrived, members: readonly MemberRow[]): Promise<void> {
  const items = members.flatMap(({ key, value }) => {
    const item = value === undefined ? undefined : evidenceFrom(value);
    return item === undefined ? [] : [{ key, item }];
  });
  const held = await holdersOf(
    page,
    items.map(({ item }) => item.id),
  );
  const rows: ItemRow[] = [];
  const words: ProjectionTables["evidence_word"][] = [];
  const files: ProjectionTables["evidence_file"][] = [];
  for (const { key, item } of items) {
    // The first that a nation was given is what it has.
    const had = held.get(item.id) ?? [];
    const nations = arrived.readers.filter((nation) => !had.includes(nation));
    if (nations.length === 0) continue;
    held.set(item.id, [...had, ...nations]);
    const row = rowOf(page, arrived, { key, item, nations });
    rows.push(row);
    words.push(...wordsOf(row, item));
    files.push(...filesOf(row, item));
    page.span(item.when);
    page.tell("evidence.recorded", item.id, 1, nations);
  }
  await page.to.put("evidence_item", ["id", "audience"], rows);
  await page.to.put("evidence_word", WORD_KEY, words);
  await page.to.put("evidence_file", FILE_KEY, files);
}

/** What a log from elsewhere holds may be anything: what has no place or time is in no list. */
function evidenceFrom(value: string): Evidence | undefined {
  const item = JSON.parse(value) as Partial<Evidence> | null;
  if (item === null || typeof item !== "object" || typeof item.id !== "string") return undefined;
  const { where, when, form, kind, origin } = item;
  const numbers = [where?.latitudeDeg, where?.longitudeDeg, where?.radiusKm, when?.start, when?.end];
  const texts = [form, kind, origin?.source];
  const isWhole = numbers.every((one) => Number.isFinite(one)) && texts.every((one) => typeof one === "string");
  return isWhole ? (item as Evidence) : undefined;
}

/** Who has items of these ids already: from another node, a key here may come again. */
async function holdersOf(page: PageOfLog, ids: readonly string[]): Promise<Map<string, NationCode[]>> {
  if (!page.isMany || ids.length === 0) return new Map();
  const { to } = page;
  const rows = await to.db.selectFrom("evidence_item").select(["id", "audience"]).where("id", "in", ids).execute();
  const nations = await nationsOf(
    to,
    rows.map(({ audience }) => audience),
  );
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => [
      id,
      own.flatMap(({ audience }) => nations.get(audience) ?? []),
    ]),
  );
}

function rowOf(
  page: PageOfLog,
  { row: { header } }: Arrived,
  { key, item, nations }: { readonly key: string; readonly item: Evidence; readonly nations: readonly NationCode[] },
): ItemRow {
  const { id, form, kind, where, when, origin } = item;
  return {
    id,
    audience: page.audiences.idOf(nations),
    node: header.node,
    batch: header.id,
    member: key,
    form,
    kind,
    source: origin.source,
    lat: where.latitudeDeg,
    lon: where.longitudeDeg,
    radius: where.radiusKm,
    cell: cellOf(where),
    start_ms: when.start,
    end_ms: when.end,
    recorded_ms: header.recordedAt,
    marking: JSON.stringify(header.marking),
    body: JSON.stringify(item),
  };
}

/** @param member by its key; all of the batch where left out */
export async function eraseItems(page: PageOfLog, batch: string, member?: string): Promise<void> {
  const { to } = page;
  // Whom this page named so far is looked up below.
  await page.audiences.putDown(to);
  for (;;) {
    const all = to.db.selectFrom("evidence_item").selectAll().where("batch", "=", batch);
    const rows = await (member === undefined ? all : all.where("member", "=", member)).limit(MANY).execute();
    if (rows.length === 0) return;
    const nations = await nationsOf(
      to,
      rows.map(({ audience }) => audience),
    );
    const items = rows.map((row) => ({ row, item: JSON.parse(row.body) as Evidence }));
    await to.remove(
      "evidence_word",
      WORD_KEY,
      items.flatMap(({ row, item }) => wordsOf(row, item)),
    );
    await to.remove(
      "evidence_file",
      FILE_KEY,
      items.flatMap(({ row, item }) => filesOf(row, item)),
    );
    await to.remove("evidence_item", ["id", "audience"], rows);
    for (const { id, audience } of rows) page.tell("evidence.erased", id, 0, nations.get(audience) ?? []);
  }
}
