/**
 * What a workspace's log comes to, as tables to be asked. Every row that says something belongs to an audience: nations that were given the
 * same. Times are UTC milliseconds; markings and bodies JSON.
 */
import type { ViewsSchema } from "../store/views-writer.ts";

interface Placed {
  /** Degrees; radius km. */
  lat: number;
  lon: number;
  radius: number;
  /** H3 of resolution 7 as a number: `cells.ts`. */
  cell: number;
  start_ms: number;
  end_ms: number;
}

interface Marked {
  marking: string;
  body: string;
}

export interface ProjectionTables {
  /** `key`: its nations, in order. */
  audience: { id: number; key: string };
  audience_nation: { audience: number; nation: string };
  incident_view: Placed &
    Marked & {
      id: string;
      audience: number;
      version: number;
      kind: string;
      /** `merged` where it stands in another. */
      state: string;
      changed_ms: number;
      witnesses: number;
      probability: number | null;
    };
  incident_word: { audience: number; word: string; start_ms: number; changed_ms: number; id: string };
  /** How many there are in a cell of resolution `res` (3, 5, 7). */
  incident_cell: { audience: number; res: number; cell: number; kind: string; state: string; count: number };
  evidence_item: Placed &
    Marked & {
      id: string;
      audience: number;
      node: string;
      /** The event, and the member's key in it. */
      batch: string;
      member: string;
      form: string;
      kind: string;
      source: string;
      recorded_ms: number;
    };
  evidence_word: { audience: number; word: string; start_ms: number; id: string };
  evidence_file: { hash: string; audience: number; evidence: string; marking: string };
  /** `object`: `agreement`, `clock` or `notice`. */
  record_view: Marked & {
    object: string;
    id: string;
    audience: number;
    version: number;
    incident: string;
    changed_ms: number;
  };
  /** `incident` is a sanitised version of `made_from`. */
  sanitised: { audience: number; incident: string; made_from: string };
  log_entry: {
    audience: number;
    event: string;
    type: string;
    at_start: number;
    at_end: number;
    recorded_ms: number;
    actor: string;
    marking: string;
    commitment: string;
  };
  change: { position: number; audience: number; type: string; object: string; version: number };
  /** Which events speak of an incident: read again where one comes late. For the projector alone. */
  incident_event: { incident: string; event: string; node: string; sequence: number; recorded_ms: number };
  /** One row. `longest_ms`: no incident and no evidence is known to a longer span. */
  projection: { one: number; position: number; head: number; nations: string; longest_ms: number };
}

const KEYS = `TEXT COLLATE "C"`;

/** The same for both, but for the names of types: `BIGINT` is INTEGER to SQLite, and its text is bytes already. */
const TABLES: readonly string[] = [
  "CREATE TABLE audience (id BIGINT PRIMARY KEY, key TEXT NOT NULL)",
  `CREATE TABLE audience_nation (audience BIGINT NOT NULL, nation ${KEYS} NOT NULL, PRIMARY KEY (nation, audience))`,
  `CREATE TABLE incident_view (
    id ${KEYS} NOT NULL, audience BIGINT NOT NULL, version INTEGER NOT NULL, kind ${KEYS} NOT NULL, state ${KEYS} NOT NULL,
    lat DOUBLE PRECISION NOT NULL, lon DOUBLE PRECISION NOT NULL, radius DOUBLE PRECISION NOT NULL, cell INTEGER NOT NULL,
    start_ms BIGINT NOT NULL, end_ms BIGINT NOT NULL, changed_ms BIGINT NOT NULL, witnesses INTEGER NOT NULL,
    probability DOUBLE PRECISION, marking TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id, audience))`,
  "CREATE INDEX incident_start ON incident_view (audience, start_ms, id)",
  "CREATE INDEX incident_changed ON incident_view (audience, changed_ms, id)",
  "CREATE INDEX incident_kind_start ON incident_view (audience, kind, start_ms, id)",
  "CREATE INDEX incident_kind_changed ON incident_view (audience, kind, changed_ms, id)",
  "CREATE INDEX incident_state_start ON incident_view (audience, state, start_ms, id)",
  "CREATE INDEX incident_state_changed ON incident_view (audience, state, changed_ms, id)",
  "CREATE INDEX incident_place ON incident_view (audience, cell, lat, lon, start_ms, end_ms, changed_ms, state, kind, id)",
  "CREATE INDEX incident_time ON incident_view (audience, start_ms, end_ms, cell, lat, lon, changed_ms, state, kind, id)",
  `CREATE TABLE incident_word (
    audience BIGINT NOT NULL, word ${KEYS} NOT NULL, start_ms BIGINT NOT NULL, changed_ms BIGINT NOT NULL, id ${KEYS} NOT NULL,
    PRIMARY KEY (audience, word, start_ms, id))`,
  "CREATE INDEX incident_word_changed ON incident_word (audience, word, changed_ms, id)",
  `CREATE TABLE incident_cell (
    audience BIGINT NOT NULL, res INTEGER NOT NULL, cell INTEGER NOT NULL, kind ${KEYS} NOT NULL, state ${KEYS} NOT NULL,
    count INTEGER NOT NULL, PRIMARY KEY (audience, res, cell, kind, state))`,
  `CREATE TABLE evidence_item (
    id ${KEYS} NOT NULL, audience BIGINT NOT NULL, node TEXT NOT NULL, batch ${KEYS} NOT NULL,
    member ${KEYS} NOT NULL, form ${KEYS} NOT NULL, kind ${KEYS} NOT NULL, source ${KEYS} NOT NULL, lat DOUBLE PRECISION NOT NULL, lon DOUBLE PRECISION NOT NULL,
    radius DOUBLE PRECISION NOT NULL, cell INTEGER NOT NULL, start_ms BIGINT NOT NULL, end_ms BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL, marking TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (id, audience))`,
  "CREATE INDEX evidence_start ON evidence_item (audience, start_ms, id)",
  "CREATE INDEX evidence_source ON evidence_item (audience, source, start_ms, id)",
  "CREATE INDEX evidence_place ON evidence_item (audience, cell, start_ms)",
  "CREATE INDEX evidence_batch ON evidence_item (batch, member)",
  `CREATE TABLE evidence_word (
    audience BIGINT NOT NULL, word ${KEYS} NOT NULL, start_ms BIGINT NOT NULL, id ${KEYS} NOT NULL,
    PRIMARY KEY (audience, word, start_ms, id))`,
  `CREATE TABLE evidence_file (
    hash ${KEYS} NOT NULL, audience BIGINT NOT NULL, evidence ${KEYS} NOT NULL, marking TEXT NOT NULL,
    PRIMARY KEY (hash, audience, evidence))`,
  `CREATE TABLE record_view (
    object ${KEYS} NOT NULL, id ${KEYS} NOT NULL, audience BIGINT NOT NULL, version INTEGER NOT NULL, incident ${KEYS} NOT NULL,
    changed_ms BIGINT NOT NULL, marking TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (object, id, audience))`,
  "CREATE INDEX record_changed ON record_view (object, audience, changed_ms, id)",
  "CREATE INDEX record_incident ON record_view (object, audience, incident, changed_ms, id)",
  `CREATE TABLE sanitised (
    audience BIGINT NOT NULL, incident ${KEYS} NOT NULL, made_from ${KEYS} NOT NULL,
    PRIMARY KEY (incident, made_from, audience))`,
  "CREATE INDEX sanitised_from ON sanitised (made_from, audience)",
  `CREATE TABLE log_entry (
    audience BIGINT NOT NULL, event ${KEYS} NOT NULL, type ${KEYS} NOT NULL, at_start BIGINT NOT NULL, at_end BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL, actor TEXT NOT NULL, marking TEXT NOT NULL, commitment TEXT NOT NULL,
    PRIMARY KEY (audience, recorded_ms, event))`,
  "CREATE INDEX log_type ON log_entry (audience, type, recorded_ms, event)",
  `CREATE TABLE change (
    position BIGINT PRIMARY KEY, audience BIGINT NOT NULL, type TEXT NOT NULL, object TEXT NOT NULL, version INTEGER NOT NULL)`,
  "CREATE INDEX change_audience ON change (audience, position)",
  `CREATE TABLE incident_event (
    incident ${KEYS} NOT NULL, event ${KEYS} NOT NULL, node ${KEYS} NOT NULL, sequence BIGINT NOT NULL,
    recorded_ms BIGINT NOT NULL, PRIMARY KEY (incident, event))`,
  "CREATE INDEX incident_event_event ON incident_event (event)",
  `CREATE TABLE projection (
    one INTEGER PRIMARY KEY, position BIGINT NOT NULL, head BIGINT NOT NULL, nations TEXT NOT NULL, longest_ms BIGINT NOT NULL)`,
];

const SMALL_KEYS = [
  "incident_word",
  "incident_cell",
  "evidence_word",
  "log_entry",
  "incident_event",
  "audience_nation",
];
const isSmall = (text: string): boolean => SMALL_KEYS.some((table) => text.startsWith(`CREATE TABLE ${table} (`));

const AUDIENCE = "audience";

export const SCHEMA: ViewsSchema = {
  version: 2,
  sqlite: TABLES.map((text) => text.replaceAll(KEYS, "TEXT").replaceAll("BIGINT", "INTEGER")).map((text) =>
    isSmall(text) ? `${text} WITHOUT ROWID` : text,
  ),
  postgres: TABLES,
  tables: TABLES.flatMap((text) => /^CREATE TABLE (\w+)/.exec(text)?.[1] ?? []),
  guarded: {
    audience: "id",
    audience_nation: AUDIENCE,
    incident_view: AUDIENCE,
    incident_word: AUDIENCE,
    incident_cell: AUDIENCE,
    evidence_item: AUDIENCE,
    evidence_word: AUDIENCE,
    evidence_file: AUDIENCE,
    record_view: AUDIENCE,
    sanitised: AUDIENCE,
    log_entry: AUDIENCE,
    change: AUDIENCE,
  },
};
