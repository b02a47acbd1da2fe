/** Incidents of a page: each event upon the views of those that it names; what comes late has them folded anew. */
import type { NationCode } from "@vedette/core/record/marking";
import { CHANGE_TYPES } from "@vedette/core/verify/incident-body";
import { caseEventOf, inCaseOrder } from "@vedette/core/verify/incident-fold";
import { namedBy, type View, type Views, viewFor, viewsAfter } from "@vedette/core/verify/incident-views";
import { storedOf } from "../store/log-store.ts";
import type { EventRow } from "../store/shelf.ts";
import { nationsOf, readersOf } from "./audiences.ts";
import { incidentFrom, incidentText } from "./incident-json.ts";
import type { Arrived, PageOfLog } from "./page.ts";
import { putIncidents } from "./put-incidents.ts";
import type { ProjectionTables } from "./tables.ts";

/** Values of one `IN`. */
const MANY = 500;

type Named = ProjectionTables["incident_event"];

export const isOfCase = ({ header }: EventRow): boolean => (CHANGE_TYPES as readonly string[]).includes(header.type);

export const namedIn = (row: EventRow): string[] => (isOfCase(row) ? namedBy(caseEventOf(storedOf(row))) : []);

export class IncidentFold {
  readonly #page: PageOfLog;
  /** As they stand in the tables. */
  readonly #before = new Map<string, Views>();
  readonly #now = new Map<string, Views>();
  readonly #latest = new Map<string, number>();
  #named: Named[] = [];

  constructor(page: PageOfLog) {
    this.#page = page;
  }

  /** To be called before any event that names them is added. */
  async load(ids: readonly string[]): Promise<void> {
    const wanted = [...new Set(ids)].filter((id) => !this.#before.has(id));
    const { to } = this.#page;
    for (let at = 0; at < wanted.length; at += MANY) {
      const part = wanted.slice(at, at + MANY);
      const rows = await to.db.selectFrom("incident_view").selectAll().where("id", "in", part).execute();
      const nations = await nationsOf(
        to,
        rows.map(({ audience }) => audience),
      );
      const byId = Map.groupBy(rows, ({ id }) => id);
      for (const id of part) {
        const views = (byId.get(id) ?? []).map((row) => viewOf(row, nations.get(row.audience) ?? []));
        this.#before.set(id, views);
        this.#now.set(id, views);
      }
      const latest = await to.db
        .selectFrom("incident_event")
        .select(({ fn }) => ["incident", fn.max("recorded_ms").as("latest")])
        .where("incident", "in", part)
        .groupBy("incident")
        .execute();
      for (const { incident, latest: at } of latest) this.#latest.set(incident, Number(at));
    }
  }

  async add({ row, readers }: Arrived): Promise<void> {
    const { header } = row;
    const ids = namedIn(row);
    const isLate = ids.some((id) => {
      const latest = this.#latest.get(id) ?? Number.NEGATIVE_INFINITY;
      return header.recordedAt < latest || (this.#page.isMany && header.recordedAt === latest);
    });
    for (const incident of ids) {
      const { id: event, node, sequence, recordedAt: recorded_ms } = header;
      this.#named.push({ incident, event, node, sequence, recorded_ms });
      this.#latest.set(incident, Math.max(this.#latest.get(incident) ?? recorded_ms, recorded_ms));
    }
    if (isLate) return this.#foldAnew(ids);
    const event = { event: caseEventOf(storedOf(row)), marking: header.marking };
    for (const [id, views] of viewsAfter((one) => this.#now.get(one) ?? [], event, readers)) this.#set(id, views);
  }

  /** Its body is gone: as if it had never said anything. */
  async forget(event: string): Promise<void> {
    await this.#flush();
    const { db } = this.#page.to;
    const named = await db.selectFrom("incident_event").select("incident").where("event", "=", event).execute();
    if (named.length === 0) return;
    await this.#foldAnew(named.map(({ incident }) => incident));
    await db.deleteFrom("incident_event").where("event", "=", event).execute();
  }

  async putDown(): Promise<void> {
    await this.#flush();
    await putIncidents(this.#page, this.#before, this.#now);
  }

  async #flush(): Promise<void> {
    await this.#page.to.put("incident_event", ["incident", "event"], this.#named);
    this.#named = [];
  }

  #set(id: string, views: Views): void {
    const old = this.#now.get(id) ?? [];
    this.#now.set(id, views);
    const gone = old.flatMap(({ audience }) => audience).filter((nation) => viewFor(views, nation) === undefined);
    this.#page.tell("incident.gone", id, 0, gone);
    for (const view of views) {
      // Folded anew, a nation may come to what another had all along.
      const told = view.audience.filter((nation) => viewFor(old, nation)?.incident !== view.incident);
      this.#page.span(view.incident.when);
      this.#page.tell("incident.changed", id, view.incident.history.length, told);
    }
  }

  async #foldAnew(ids: readonly string[]): Promise<void> {
    await this.#flush();
    const { named, incidents } = await this.#together(ids);
    await this.load(incidents);
    const rows = await Promise.all(
      named.map(async ({ node, sequence }) => {
        const [row] = await this.#page.log.events({ chain: node, from: sequence, to: sequence, limit: 1 });
        return row ?? [];
      }),
    );
    const events = rows
      .flat()
      .map((row) => ({ event: caseEventOf(storedOf(row)), marking: row.header.marking }))
      .sort((a, b) => inCaseOrder(a.event, b.event));
    const views = new Map<string, Views>();
    for (const one of events) {
      const readers = readersOf(one.marking, this.#page.folding);
      for (const [id, after] of viewsAfter((incident) => views.get(incident) ?? [], one, readers)) views.set(id, after);
    }
    for (const id of incidents) this.#set(id, alikeKept(this.#now.get(id) ?? [], views.get(id) ?? []));
  }

  /** All that hang together by events that name several. */
  async #together(ids: readonly string[]): Promise<{ readonly named: Named[]; readonly incidents: string[] }> {
    const { db } = this.#page.to;
    const incidents = new Set<string>();
    const events = new Map<string, Named>();
    for (let next = [...new Set(ids)]; next.length > 0; ) {
      for (const id of next) incidents.add(id);
      const found = await inParts(next, (part) =>
        db.selectFrom("incident_event").selectAll().where("incident", "in", part).execute(),
      );
      const fresh = found.filter(({ event }) => !events.has(event));
      for (const one of fresh) events.set(one.event, one);
      const others = await inParts([...new Set(fresh.map(({ event }) => event))], (part) =>
        db.selectFrom("incident_event").select("incident").where("event", "in", part).execute(),
      );
      next = [...new Set(others.map(({ incident }) => incident))].filter((id) => !incidents.has(id));
    }
    return { named: [...events.values()], incidents: [...incidents].sort() };
  }
}

async function inParts<T>(values: readonly string[], find: (part: string[]) => Promise<T[]>): Promise<T[]> {
  const found: T[] = [];
  for (let at = 0; at < values.length; at += MANY) found.push(...(await find(values.slice(at, at + MANY))));
  return found;
}

/** What came out as it was is no change: it stays the same object. */
function alikeKept(before: Views, after: Views): Views {
  const known = new Map(before.map(({ incident }) => [incidentText(incident), incident]));
  return after.map((view) => ({ ...view, incident: known.get(incidentText(view.incident)) ?? view.incident }));
}

const viewOf = (row: ProjectionTables["incident_view"], audience: readonly NationCode[]): View => ({
  audience,
  incident: incidentFrom(row.body),
  marking: JSON.parse(row.marking),
});
