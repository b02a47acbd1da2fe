/** The questions of `queries.ts`, asked of the tables. */

import type { ViewsDatabase } from "../store/views-writer.ts";
import { type Asking, type AudiencesOf, asking, audiencesOf as shipped } from "./conditions.ts";
import type { ClockView, NoticeView, Queries } from "./queries.ts";
import { evidenceItemOf, evidenceNear, evidenceOfIncident, evidencePage, fileMarkingOf } from "./query-evidence.ts";
import { incidentCounts, incidentOf, incidentPage } from "./query-incidents.ts";
import { incidentMap } from "./query-map.ts";
import { agreementsOf, changesOf, logPage, recordOne, recordPage } from "./query-records.ts";
import type { ProjectionTables } from "./tables.ts";

interface Asked {
  /** Another only in tests: what a condition that is forgotten would give away. */
  readonly audiencesOf?: AudiencesOf;
  /** So many are found by a filter and sorted; more are walked through in the list's order. */
  readonly few?: number;
}

/** Of a million, where pages have fifty: either way looks at some thousand rows at most. */
const FEW = 6000;

export function queriesOn(
  database: ViewsDatabase<ProjectionTables>,
  { audiencesOf = shipped, few = FEW }: Asked = {},
): Queries {
  const ask = <T>(nation: string, work: (asked: Asking) => Promise<T>): Promise<T> =>
    asking({ database, audiencesOf, few }, nation, work);
  return {
    incidents: (nation, filter, page) => ask(nation, (asked) => incidentPage(asked, filter, page)),
    incident: (nation, id) => ask(nation, (asked) => incidentOf(asked, id)),
    counts: (nation, filter) => ask(nation, (asked) => incidentCounts(asked, filter)),
    map: (nation, filter, most) => ask(nation, (asked) => incidentMap(asked, filter, most)),
    sanitised: (nation, id) => ask(nation, (asked) => sanitisedOf(asked, id)),
    evidence: (nation, filter, page) => ask(nation, (asked) => evidencePage(asked, filter, page)),
    evidenceItem: (nation, id) => ask(nation, (asked) => evidenceItemOf(asked, id)),
    evidenceOf: (nation, incident, page) => ask(nation, (asked) => evidenceOfIncident(asked, incident, page)),
    near: (nation, incident, within) => ask(nation, (asked) => evidenceNear(asked, incident, within)),
    fileMarking: (nation, hash) => ask(nation, (asked) => fileMarkingOf(asked, hash)),
    agreements: (nation) => ask(nation, agreementsOf),
    clocks: (nation, { incident }, page) =>
      ask(nation, (asked) => recordPage(asked, "clock", incident, page, clockView)),
    clock: (nation, id) => ask(nation, (asked) => recordOne(asked, "clock", id, clockView)),
    notices: (nation, { incident }, page) =>
      ask(nation, (asked) => recordPage(asked, "notice", incident, page, noticeView)),
    notice: (nation, id) => ask(nation, (asked) => recordOne(asked, "notice", id, noticeView)),
    log: (nation, filter, page) => ask(nation, (asked) => logPage(asked, filter, page)),
    changesAfter: (nation, position, limit) => ask(nation, (asked) => changesOf(asked, position, limit)),
    head: () =>
      database.read("", async (db) => (await db.selectFrom("projection").select("head").executeTakeFirst())?.head ?? 0),
  };
}

type RecordRow = ProjectionTables["record_view"];

const clockView = (row: RecordRow): ClockView => ({
  clock: JSON.parse(row.body),
  marking: JSON.parse(row.marking),
  version: row.version,
});

const noticeView = (row: RecordRow): NoticeView => ({
  notice: JSON.parse(row.body),
  marking: JSON.parse(row.marking),
  version: row.version,
});

async function sanitisedOf({ db, audiences }: Asking, id: string) {
  if (audiences.length === 0) return { releasedAs: [] };
  const rows = await db
    .selectFrom("sanitised")
    .select(["incident", "made_from"])
    .where("audience", "in", audiences)
    .where(({ or, eb }) => or([eb("incident", "=", id), eb("made_from", "=", id)]))
    .execute();
  const others = [...new Set(rows.flatMap(({ incident, made_from: from }) => [incident, from]))];
  // The other of the two is told of only to those who have it.
  const had = await db
    .selectFrom("incident_view")
    .select("id")
    .where("audience", "in", audiences)
    .where("id", "in", others.length === 0 ? [""] : others)
    .execute();
  const known = new Set(had.map((row) => row.id));
  const madeFrom = rows.find((row) => row.incident === id && known.has(row.made_from))?.made_from;
  const releasedAs = rows.filter((row) => row.made_from === id && known.has(row.incident)).map((row) => row.incident);
  return {
    ...(madeFrom !== undefined && { madeFrom }),
    releasedAs: [...new Set(releasedAs)].sort(),
  };
}
