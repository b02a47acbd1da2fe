/** Agreements, clocks and notices of a page, for each nation by the events that it is given; those that were given the same together. */
import type { AgreementAdopted } from "@vedette/core/agreement/events";
import {
  type ClockRecord,
  EMPTY_RECORD,
  happeningOf,
  type NoticeRecord,
  recordOf,
} from "@vedette/core/agreement/record";
import { type Marking, type NationCode, narrowest } from "@vedette/core/record/marking";
import { storedOf } from "../store/log-store.ts";
import type { EventRow } from "../store/shelf.ts";
import { nationsOf } from "./audiences.ts";
import type { Arrived, PageOfLog } from "./page.ts";
import type { ProjectionTables } from "./tables.ts";

type RecordRow = ProjectionTables["record_view"];
type Kept = ClockRecord | NoticeRecord;

interface RecordView {
  readonly audience: readonly NationCode[];
  readonly value: Kept;
  readonly version: number;
  readonly changedMs: number;
  readonly marking: Marking;
}

interface Named {
  readonly object: "clock" | "notice";
  readonly id: string;
}

export function recordNamedIn({ header: { type }, body }: EventRow): Named | undefined {
  const object = type.startsWith("clock.") ? "clock" : type.startsWith("notice.") ? "notice" : undefined;
  if (object === undefined || body === undefined) return undefined;
  const said = JSON.parse(body) as { readonly [key: string]: unknown } | null;
  const id = said?.[object];
  return typeof id === "string" ? { object, id } : undefined;
}

const nameOf = ({ object, id }: Named): string => `${object} ${id}`;
const KEY = ["object", "id", "audience"] as const;

export class RecordFold {
  readonly #page: PageOfLog;
  readonly #before = new Map<string, readonly RecordView[]>();
  readonly #now = new Map<string, readonly RecordView[]>();
  readonly #names = new Map<string, Named>();
  readonly #adopted: RecordRow[] = [];

  constructor(page: PageOfLog) {
    this.#page = page;
  }

  async load(named: readonly Named[]): Promise<void> {
    const { to } = this.#page;
    for (const one of named) {
      const name = nameOf(one);
      if (this.#names.has(name)) continue;
      this.#names.set(name, one);
      const { object, id } = one;
      const rows = await to.db
        .selectFrom("record_view")
        .selectAll()
        .where("object", "=", object)
        .where("id", "=", id)
        .execute();
      const nations = await nationsOf(
        to,
        rows.map(({ audience }) => audience),
      );
      const views = rows.map((row) => ({
        audience: nations.get(row.audience) ?? [],
        value: JSON.parse(row.body) as Kept,
        version: row.version,
        changedMs: row.changed_ms,
        marking: JSON.parse(row.marking) as Marking,
      }));
      this.#before.set(name, views);
      this.#now.set(name, views);
    }
  }

  add(arrived: Arrived): void {
    const { row, readers } = arrived;
    if (row.header.type === "agreement.adopted") this.#adopt(arrived);
    const named = recordNamedIn(row);
    if (named === undefined) return;
    const name = nameOf(named);
    const old = this.#now.get(name) ?? [];
    const groups = Map.groupBy(readers, (nation) => old.find(({ audience }) => audience.includes(nation)));
    const views = [...old];
    for (const [known, audience] of groups) {
      const value = after(named, known?.value, row);
      if (value === undefined || value === known?.value) continue;
      if (known !== undefined) {
        const rest = known.audience.filter((nation) => !audience.includes(nation));
        views.splice(views.indexOf(known), 1, ...(rest.length === 0 ? [] : [{ ...known, audience: rest }]));
      }
      const { marking, recordedAt } = row.header;
      const version = (known?.version ?? 0) + 1;
      const narrowed = narrowest(known === undefined ? [marking] : [known.marking, marking]);
      views.push({ audience, value, version, changedMs: recordedAt, marking: narrowed });
      this.#page.tell(`${named.object}.changed`, named.id, version, audience);
    }
    this.#now.set(name, views);
  }

  #adopt({ row, readers }: Arrived): void {
    const { header, body } = row;
    if (body === undefined || readers.length === 0) return;
    const { book } = recordOf([happeningOf(storedOf(row))]);
    const [edition] = book;
    if (edition === undefined) return;
    const { agreement: ref, document } = JSON.parse(body) as AgreementAdopted;
    const id = `${ref.id}@${ref.version}`;
    this.#adopted.push({
      object: "agreement",
      id,
      audience: this.#page.audiences.idOf(readers),
      version: 1,
      incident: "",
      changed_ms: header.recordedAt,
      marking: JSON.stringify(header.marking),
      body: JSON.stringify({ ref, document, adoptedAt: header.at }),
    });
    this.#page.tell("agreement.adopted", id, 1, readers);
  }

  async putDown(): Promise<void> {
    const { to } = this.#page;
    const rowsOf = (of: ReadonlyMap<string, readonly RecordView[]>): RecordRow[] =>
      [...of].flatMap(([name, views]) => views.map((view) => this.#rowOf(this.#names.get(name) as Named, view)));
    const [old, rows] = [rowsOf(this.#before), rowsOf(this.#now)];
    const keyOf = ({ object, id, audience }: RecordRow): string => `${object} ${id} ${audience}`;
    const kept = new Set(rows.map(keyOf));
    await to.remove(
      "record_view",
      KEY,
      old.filter((row) => !kept.has(keyOf(row))).map(({ object, id, audience }) => ({ object, id, audience })),
    );
    await to.put("record_view", KEY, [...rows, ...this.#adopted]);
  }

  #rowOf({ object, id }: Named, { audience, value, version, changedMs, marking }: RecordView): RecordRow {
    return {
      object,
      id,
      audience: this.#page.audiences.idOf(audience),
      version,
      incident: value.incident,
      changed_ms: changedMs,
      marking: JSON.stringify(marking),
      body: JSON.stringify(value),
    };
  }
}

/** The same object where the event changes nothing. */
function after({ object, id }: Named, known: Kept | undefined, row: EventRow): Kept | undefined {
  const clocks = new Map(object === "clock" && known !== undefined ? [[id, known as ClockRecord]] : []);
  const notices = new Map(object === "notice" && known !== undefined ? [[id, known as NoticeRecord]] : []);
  const record = recordOf([happeningOf(storedOf(row))], { ...EMPTY_RECORD, clocks, notices });
  return object === "clock" ? record.clocks.get(id) : record.notices.get(id);
}
