/**
 * How long lists, searches, counts and maps of many incidents take, on both databases: `node bench/workspace.ts [INCIDENTS] [ASKED] [sqlite|postgres]`. Rows come
 * straight from a generator, by the way that the projector writes them, and not from a log: folding so many takes hours, and leaves the same.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Place } from "@vedette/core/geo/position";
import type { NationCode } from "@vedette/core/record/marking";
import { instant, MS_PER_DAY, MS_PER_HOUR } from "@vedette/core/time/instant";
import type { View } from "@vedette/core/verify/incident-views";
import { openViews } from "../apps/vedette/src/store/views-database.ts";
import type { ViewsDatabase } from "../apps/vedette/src/store/views-writer.ts";
import { Audiences } from "../apps/vedette/src/workspace/audiences.ts";
import { coarser, RESOLUTIONS } from "../apps/vedette/src/workspace/cells.ts";
import { incidentWords, rowOf } from "../apps/vedette/src/workspace/put-incidents.ts";
import type { IncidentFilter, Queries } from "../apps/vedette/src/workspace/queries.ts";
import { queriesOn } from "../apps/vedette/src/workspace/queries-on.ts";
import { type ProjectionTables, SCHEMA } from "../apps/vedette/src/workspace/tables.ts";
import { randomOf } from "./random.ts";
import { short } from "./table.ts";

const COUNT = Number(process.argv[2] ?? 1_000_000);
const ASKED = Number(process.argv[3] ?? 200);
const CHUNK = 20_000;
const SEED = 6;
const SERVER = process.env["VEDETTE_BENCH_POSTGRES"] ?? "postgres://postgres@127.0.0.1:5432/postgres";
const SPACE = `vedette_bench_${process.pid}`;

const NATIONS: readonly NationCode[] = ["DEU", "FRA", "GBR", "ITA", "POL", "ROU", "TUR", "UKR"];
/** Three of four go to all; the rest to some, of twelve kinds. */
const SOME: readonly (readonly NationCode[])[] = NATIONS.flatMap((one, i) => [
  [one],
  ...(i % 2 === 0 ? [[one, NATIONS[(i + 3) % NATIONS.length] as NationCode].sort()] : []),
]);
const KINDS = [
  "explosion",
  "artillery",
  "small-arms",
  "uas",
  "missile",
  "fire",
  "movement",
  "airspace",
  "mine",
  "unknown",
];
const STATES = ["reported", "located", "corroborated", "verified", "assessed", "closed"] as const;
const TOWNS = Array.from({ length: 400 }, (_, i) => `Town${i} Oblast${i % 25}`);
const FIRST = Date.UTC(2024, 0, 1);
const DAYS = 900;

type Dice = () => number;
const pick = <T>(from: readonly T[], dice: Dice): T =>
  from[Math.min(from.length - 1, Math.floor(dice() * from.length))] as T;
/** Few are frequent, many rare. */
const skewed = <T>(from: readonly T[], dice: Dice): T => from[Math.floor(from.length * dice() ** 3)] as T;

/** Along a line of contact, and all over the country. */
function placeBy(dice: Dice): Place {
  const t = dice();
  if (dice() < 0.2) return { latitudeDeg: 45 + 7 * dice(), longitudeDeg: 23 + 16 * dice() };
  return { latitudeDeg: 46.5 + 3.5 * t + 0.3 * (dice() - 0.5), longitudeDeg: 33 + 4.5 * t + 0.5 * (dice() - 0.5) };
}

const idOf = (n: number): string => `in-${(n * 2_654_435_761).toString(16).padStart(16, "0").slice(-16)}`;

function viewOf(n: number, dice: Dice): View {
  const start = instant(FIRST + (n / COUNT) * DAYS * MS_PER_DAY);
  const end = instant(start + (1 + 23 * dice()) * MS_PER_HOUR);
  const id = idOf(n);
  const evidence = `ev-${n}`;
  const recordedAt = instant(end + dice() * 48 * MS_PER_HOUR);
  const reason = `${pick(["heard", "seen", "sensed", "told"], dice)} near ${Math.floor(20 * dice())} km, group ${n % 5000}`;
  const history = [
    { event: `e-${n}`, type: "incident.opened", at: { start, end }, recordedAt, actor: "vedette", reason },
  ];
  const isOpen = dice() < 0.75;
  return {
    audience: isOpen ? NATIONS : pick(SOME, dice),
    marking: { owner: "UKR", releasableTo: isOpen ? "all" : [], originatorControlled: false, use: "real" },
    incident: {
      id,
      kind: skewed(KINDS, dice),
      where: { ...placeBy(dice), radiusKm: 1 + 5 * dice(), basis: "settlement", name: skewed(TOWNS, dice) },
      when: { start, end },
      state: skewed(STATES, dice),
      since: { reported: { start, end } },
      absorbed: [],
      links: new Map([[evidence, { evidence, role: "witness", reason }]]),
      refusedEvidence: new Set(),
      verifiers: [],
      asked: [],
      replies: [],
      history,
    },
  };
}

async function fill(views: ViewsDatabase<ProjectionTables>): Promise<void> {
  const dice = randomOf(SEED);
  const cells = new Map<string, ProjectionTables["incident_cell"]>();
  const folding = { nations: NATIONS, use: "real" as const };
  for (let from = 0; from < COUNT; from += CHUNK) {
    const audiences = new Audiences();
    const made = Array.from({ length: Math.min(CHUNK, COUNT - from) }, (_, i) => viewOf(from + i, dice));
    const rows = made.map((view) => rowOf({ audiences, folding }, view));
    for (const { audience, cell, kind, state } of rows)
      for (const res of RESOLUTIONS) {
        const row = { audience, res, cell: coarser(cell, res), kind, state };
        const key = Object.values(row).join(" ");
        const known = cells.get(key);
        if (known === undefined) cells.set(key, { ...row, count: 1 });
        else known.count++;
      }
    const words = made.flatMap(({ incident }, i) => {
      const { audience, start_ms, changed_ms, id } = rows[i] as (typeof rows)[number];
      return incidentWords(incident).map((word) => ({ audience, word, start_ms, changed_ms, id }));
    });
    await views.write(async (to) => {
      await to.put("incident_view", ["id", "audience"], rows);
      await to.put("incident_word", ["audience", "word", "start_ms", "id"], words);
      await audiences.putDown(to);
    });
  }
  await views.write(async (to) => {
    await to.put("incident_cell", ["audience", "res", "cell", "kind", "state"], [...cells.values()]);
    const state = { one: 1, position: 0, head: 0, nations: "", longest_ms: MS_PER_DAY };
    await to.put("projection", ["one"], [state]);
  });
}

const box = (dice: Dice, deg: number) => {
  const { latitudeDeg, longitudeDeg } = placeBy(dice);
  return {
    west: longitudeDeg - deg,
    east: longitudeDeg + deg,
    south: latitudeDeg - deg / 2,
    north: latitudeDeg + deg / 2,
  };
};
const since = (dice: Dice, days: number): Pick<IncidentFilter, "from" | "to"> => {
  const from = FIRST + dice() * (DAYS - days) * MS_PER_DAY;
  return { from: instant(from), to: instant(from + days * MS_PER_DAY) };
};

type Ask = (queries: Queries, nation: NationCode, dice: Dice) => Promise<unknown>;
const listed =
  (filterOf: (dice: Dice) => IncidentFilter): Ask =>
  async (queries, nation, dice) => {
    const order = dice() < 0.5 ? "changed" : "happened";
    const filter = filterOf(dice);
    const { next } = await queries.incidents(nation, filter, { limit: 50, order });
    if (next !== undefined && dice() < 0.5) await queries.incidents(nation, filter, { limit: 50, order, cursor: next });
  };

/** What people ask; a list with its second page counts as one. */
const ASKS: Readonly<Record<string, Ask>> = {
  "list: latest": listed(() => ({})),
  "list: by kind and state": listed((dice) => ({ kinds: [pick(KINDS, dice)], states: [pick(STATES, dice)] })),
  "list: in a box of 0.2 to 8 degrees": listed((dice) => ({ area: box(dice, 0.1 * 40 ** dice()) })),
  "list: of 1 to 60 days": listed((dice) => since(dice, 60 ** dice())),
  "list: box, days and kind": listed((dice) => ({
    area: box(dice, 1),
    ...since(dice, 30),
    kinds: [pick(KINDS, dice)],
  })),
  "search: one word": listed((dice) => ({ text: skewed(TOWNS, dice).split(" ")[0] as string })),
  "search: two words": listed((dice) => ({ text: `${skewed(TOWNS, dice)} ${pick(["heard", "seen"], dice)}` })),
  "search: a rare word, days": listed((dice) => ({ text: `${Math.floor(5000 * dice())}`, ...since(dice, 200) })),
  "one by its id": (queries, nation, dice) => queries.incident(nation, idOf(Math.floor(COUNT * dice()))),
  "counts: all": (queries, nation) => queries.counts(nation, {}),
  "map: all": (queries, nation) => queries.map(nation, {}, 2000),
  "map: a box of 0.2 to 8 degrees": (queries, nation, dice) =>
    queries.map(nation, { area: box(dice, 0.1 * 40 ** dice()) }, 2000),
  "map: box and 1 to 30 days": (queries, nation, dice) =>
    queries.map(nation, { area: box(dice, 2), ...since(dice, 30 ** dice()) }, 2000),
};

async function measure(name: string, place: string): Promise<void> {
  const views = await openViews<ProjectionTables>(place, SCHEMA);
  try {
    const began = performance.now();
    await fill(views);
    console.log(
      `${name}: ${COUNT.toLocaleString("en-US")} incidents written in ${short((performance.now() - began) / 1000)} s`,
    );
    if (views.kind === "postgres") onServer(`SET search_path = ${SPACE}_views; ANALYZE`);
    const queries = queriesOn(views);
    for (const [what, ask] of Object.entries(ASKS)) {
      const dice = randomOf(SEED);
      const tookMs: number[] = [];
      for (let i = 0; i < ASKED; i++) {
        const nation = pick(NATIONS, dice);
        const from = performance.now();
        await ask(queries, nation, dice);
        tookMs.push(performance.now() - from);
      }
      tookMs.sort((a, b) => a - b);
      const at = (share: number): string => short(tookMs[Math.floor(share * tookMs.length)] ?? Number.NaN);
      console.log(`${name}  ${what.padEnd(36)} median ${at(0.5)} ms, 95th ${at(0.95)} ms, longest ${at(0.9999)} ms`);
    }
  } finally {
    await views.close();
  }
}

function onServer(text: string): void {
  const { status, stderr } = spawnSync("psql", [SERVER, "-qXc", text], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr || "psql is not here");
}

/** `sqlite` or `postgres` alone; both where left out. */
const ONLY = process.argv[4];
if (ONLY !== "postgres") {
  const folder = mkdtempSync(join(tmpdir(), "vedette-bench-"));
  try {
    await measure("SQLite", folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (ONLY !== "sqlite") {
  const url = new URL(SERVER);
  url.searchParams.set("schema", SPACE);
  const drop = `DROP SCHEMA IF EXISTS ${SPACE}_views CASCADE`;
  onServer(drop);
  try {
    await measure("PostgreSQL", url.href);
  } finally {
    onServer(drop);
  }
}
