/** Incidents on a map: points, or how many lie in each cell where they are too many to draw. */
import { sql } from "kysely";
import { type Box, coarser, FINEST, isInBox, nameOf, placeOfCell, type Resolution } from "./cells.ts";
import { type Asking, and, boxOf, isWithin, list, rangesIn } from "./conditions.ts";
import type { IncidentFilter, IncidentView, MapAnswer, MapCell } from "./queries.ts";
import { conditionsOf, filterConditions, type IncidentRow, incidentView } from "./query-incidents.ts";

/** Widths of a map, degrees, from which cells are drawn coarser: some hundred to some thousand cells on it. */
const WIDE: readonly (readonly [deg: number, res: Resolution])[] = [
  [1.5, 7],
  [12, 5],
  [Number.POSITIVE_INFINITY, 3],
];

export async function incidentMap(asked: Asking, filter: IncidentFilter, most: number): Promise<MapAnswer> {
  if (asked.audiences.length === 0) return { isAggregate: false, points: [] };
  const { from, to, text, area } = filter;
  const box = area && boxOf(area);
  const res = resolutionOf(box);
  const isShown = ({ centre }: MapCell): boolean =>
    (box === undefined || isInBox(centre, box)) &&
    isWithin(area, { lat: centre.latitudeDeg, lon: centre.longitudeDeg });
  const isPlain = from === undefined && to === undefined && text === undefined;
  // Counted already: no row is looked at where they are too many.
  const kept = isPlain ? cellsFrom(await fromCells(asked, filter, res), res).filter(isShown) : [];
  if (kept.reduce((sum, { count }) => sum + count, 0) > most) return { isAggregate: true, cells: kept };
  const ranges = rangesIn(area);
  const led = ranges === undefined || text !== undefined ? [] : [cellsOf(ranges, FINEST)];
  const where = and([...(await conditionsOf(asked, filter)), ...led]);
  const { rows: found } = await sql<{ id: string; audience: number; lat: number; lon: number }>`
    SELECT id, audience, lat, lon FROM incident_view WHERE ${where} LIMIT ${most + 1}`.execute(asked.db);
  if (found.length > most) {
    const cells = isPlain ? kept : cellsFrom(await fromRows(asked, where, res), res).filter(isShown);
    return { isAggregate: true, cells };
  }
  const keys = found
    .filter((row) => isWithin(area, row))
    .map(({ id, audience }) => sql`(${id}, CAST(${audience} AS BIGINT))`);
  const points: IncidentView[] = [];
  for (let at = 0; at < keys.length; at += MANY) {
    const { rows } = await sql<IncidentRow>`SELECT * FROM incident_view
      WHERE (id, audience) IN (VALUES ${sql.join(keys.slice(at, at + MANY))})`.execute(asked.db);
    points.push(...rows.map(incidentView));
  }
  return { isAggregate: false, points: points.sort(byId) };
}

/** Rows looked up at a time. */
const MANY = 1000;

const byId = (a: IncidentView, b: IncidentView): number => (a.id < b.id ? -1 : 1);

const cellsOf = (ranges: readonly (readonly [number, number])[], res: number) =>
  sql`(${sql.join(
    ranges.map(([first, last]) => sql`cell BETWEEN ${coarser(first, res)} AND ${coarser(last, res)}`),
    sql` OR `,
  )})`;

function resolutionOf(box: Box | undefined): Resolution {
  const deg = box === undefined ? 360 : (box.east - box.west + 360) % 360;
  return (WIDE.find(([widest]) => deg <= widest) ?? [0, 3])[1] as Resolution;
}

interface Counted {
  readonly cell: number;
  readonly state: string;
  readonly count: number;
}

async function fromCells(asked: Asking, filter: IncidentFilter, res: Resolution): Promise<readonly Counted[]> {
  const ranges = rangesIn(filter.area);
  const where = and([
    sql`audience IN (${list(asked.audiences)})`,
    sql`res = ${res}`,
    ...(ranges === undefined ? [] : [cellsOf(ranges, res)]),
    ...filterConditions(asked, filter),
  ]);
  const { rows } = await sql<Counted>`SELECT cell, state, sum(count) AS count FROM incident_cell WHERE ${where}
    GROUP BY cell, state`.execute(asked.db);
  return rows;
}

async function fromRows({ db }: Asking, where: ReturnType<typeof and>, res: Resolution): Promise<readonly Counted[]> {
  const cell = sql`cell >> ${sql.lit(3 * (FINEST - res))}`;
  const { rows } = await sql<Counted>`SELECT ${cell} AS cell, state, count(*) AS count FROM incident_view
    WHERE ${where} GROUP BY ${cell}, state`.execute(db);
  return rows;
}

function cellsFrom(counted: readonly Counted[], res: Resolution): MapCell[] {
  return [...Map.groupBy(counted, ({ cell }) => cell)]
    .sort(([a], [b]) => a - b)
    .map(([cell, rows]) => ({
      cell: nameOf(cell, res),
      centre: placeOfCell(cell, res),
      count: rows.reduce((sum, { count }) => sum + Number(count), 0),
      byState: Object.fromEntries(
        rows.map(({ state, count }) => [state, Number(count)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    }));
}
