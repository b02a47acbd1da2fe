/** What became of incidents, as rows: views, words, and how many lie in a cell. */
import type { Incident } from "@vedette/core/verify/incident";
import { witnessesOf } from "@vedette/core/verify/incident-independent";
import type { View, Views } from "@vedette/core/verify/incident-views";
import { cellOf, coarser, RESOLUTIONS } from "./cells.ts";
import { incidentText } from "./incident-json.ts";
import type { PageOfLog } from "./page.ts";
import type { ProjectionTables } from "./tables.ts";
import { wordsIn } from "./words.ts";

type ViewsRow = ProjectionTables["incident_view"];
type WordRow = ProjectionTables["incident_word"];
type CellRow = ProjectionTables["incident_cell"];

export async function putIncidents(
  page: PageOfLog,
  before: ReadonlyMap<string, Views>,
  now: ReadonlyMap<string, Views>,
): Promise<void> {
  const changed = [...now].filter(([id, views]) => before.get(id) !== views);
  const old = changed.flatMap(([id]) => (before.get(id) ?? []).map((view) => view));
  const fresh = changed.flatMap(([, views]) => views);
  const [oldRows, rows] = [old, fresh].map((views) => views.map((view) => rowOf(page, view))) as [
    ViewsRow[],
    ViewsRow[],
  ];
  const kept = new Set(rows.map(keyOf));
  const { to } = page;
  await to.remove(
    "incident_view",
    ["id", "audience"],
    oldRows.filter((row) => !kept.has(keyOf(row))).map(({ id, audience }) => ({ id, audience })),
  );
  const same = new Set(oldRows.map((row) => JSON.stringify(row)));
  await to.put(
    "incident_view",
    ["id", "audience"],
    rows.filter((row) => !same.has(JSON.stringify(row))),
  );
  await putWords(page, wordsOf(old, oldRows), wordsOf(fresh, rows));
  await putCells(page, oldRows, rows);
}

const keyOf = ({ id, audience }: ViewsRow): string => `${id} ${audience}`;

export function rowOf(page: Pick<PageOfLog, "audiences" | "folding">, { audience, incident, marking }: View): ViewsRow {
  const { id, kind, where, when, state, mergedInto, history } = incident;
  return {
    id,
    audience: page.audiences.idOf(audience),
    version: history.length,
    kind,
    state: mergedInto === undefined ? state : "merged",
    lat: where.latitudeDeg,
    lon: where.longitudeDeg,
    radius: where.radiusKm,
    cell: cellOf(where),
    start_ms: when.start,
    end_ms: when.end,
    changed_ms: history.at(-1)?.recordedAt ?? when.end,
    witnesses: witnessesOf(incident).length,
    probability: page.folding.probabilityOf?.(incident) ?? null,
    marking: JSON.stringify(marking),
    body: incidentText(incident),
  };
}

/** Its place, its kind, and what was said of it. */
export const incidentWords = ({ id, kind, where, history }: Incident): string[] =>
  wordsIn(id, kind, where.name, ...history.map(({ reason }) => reason));

function wordsOf(views: readonly View[], rows: readonly ViewsRow[]): WordRow[] {
  return views.flatMap(({ incident }, i) => {
    const { audience, start_ms, changed_ms, id } = rows[i] as ViewsRow;
    return incidentWords(incident).map((word) => ({ audience, word, start_ms, changed_ms, id }));
  });
}

const WORD_KEY = ["audience", "word", "start_ms", "id"] as const;

async function putWords({ to }: PageOfLog, old: readonly WordRow[], rows: readonly WordRow[]): Promise<void> {
  const nameOf = ({ audience, word, start_ms, id }: WordRow): string => `${audience} ${start_ms} ${id} ${word}`;
  const kept = new Set(rows.map(nameOf));
  const known = new Set(old.map((row) => `${nameOf(row)} ${row.changed_ms}`));
  const gone = old.filter((row) => !kept.has(nameOf(row)));
  await to.remove(
    "incident_word",
    WORD_KEY,
    gone.map(({ audience, word, start_ms, id }) => ({ audience, word, start_ms, id })),
  );
  await to.put(
    "incident_word",
    WORD_KEY,
    rows.filter((row) => !known.has(`${nameOf(row)} ${row.changed_ms}`)),
  );
}

const CELL_KEY = ["audience", "res", "cell", "kind", "state"] as const;

async function putCells({ to }: PageOfLog, old: readonly ViewsRow[], rows: readonly ViewsRow[]): Promise<void> {
  const counts = new Map<string, CellRow>();
  for (const [list, by] of [
    [old, -1],
    [rows, 1],
  ] as const)
    for (const { audience, cell, kind, state } of list)
      for (const res of RESOLUTIONS) {
        const row = { audience, res, cell: coarser(cell, res), kind, state };
        const key = Object.values(row).join(" ");
        const known = counts.get(key);
        if (known === undefined) counts.set(key, { ...row, count: by });
        else known.count += by;
      }
  const changed = [...counts.values()].filter(({ count }) => count !== 0);
  await to.add("incident_cell", CELL_KEY, "count", changed);
  await to.remove(
    "incident_cell",
    [...CELL_KEY, "count"],
    changed.filter(({ count }) => count < 0).map((row) => ({ ...row, count: 0 })),
  );
}
