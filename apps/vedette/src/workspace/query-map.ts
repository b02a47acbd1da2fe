/** Incidents on a map: points, or how many lie in each cell where they are too many to draw. */
import { sql } from "kysely";
import { type Box, coarser, FINEST, isInBox, nameOf, placeOfCell, type Resolution } from "./cells.ts";
import { type Asking, and, boxOf, isWithin, list, rangesIn } from "./conditions.ts";
import type { IncidentFilter, MapAnswer, MapCell } from "./queries.ts";
import { conditionsOf, filterConditions, type IncidentRow, incidentView } from "./query-incidents.ts";

/** Widths of a map, degrees, from which cells are drawn coarser: some hundred to some thousand cells on it. */
const WIDE: readonly (readonly [deg: number, res: Resolution])[] = [
  [1.5, 7],
  [12, 5],
  [Number.POSITIVE_INFINITY, 3],
];

export async function incidentMap(asked: Asking, filter: IncidentFilter, most: number): Promise<MapAnswer> {
  if (asked.audiences.length === 0) return { isAggregate: false, points: [] };
  const ranges = rangesIn(filter.area);
  const led = ranges === undefined || filter.text !== undefined ? [] : [cellsOf(ranges, FINEST)];
  const where = and([...(await conditionsOf(asked, filter)), ...led]);
  const { rows: found } = await sql<{ id: string; audience: number; lat: number; lon: number }>`
    SELECT id, audience, lat, lon FROM incident_view WHERE ${where} LIMIT ${most + 1}`.execute(asked.db);
  if (found.length <= most) {
    const { rows } = await sql<IncidentRow>`SELECT * FROM incident_view WHERE ${where} LIMIT ${most}`.execute(asked.db);
    const within = rows.filter((row) => isWithin(filter.area, row));
    return { isAggregate: false, points: within.sort(byId).map(incidentView) };
  }
  const box = filter.area && boxOf(filter.area);
  const res = resolutionOf(box);
  const { from, to, text, area } = filter;
  const isPlain = from === undefined && to === undefined && text === undefined;
  const counted = isPlain ? await fromCells(asked, filter, res) : await fromRows(asked, where, res);
  const cells = cellsFrom(counted, res).filter(({ centre }) => box === undefined || isInBox(centre, box));
  return {
    isAggregate: true,
    cells: cells.filter(({ centre }) => isWithin(area, { lat: centre.latitudeDeg, lon: centre.longitudeDeg })),
  };
}

const byId = (a: IncidentRow, b: IncidentRow): number => (a.id < b.id ? -1 : 1);

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
