/** One run, recorded for the map: where movers were, what happened, what was reported, what headquarters made of it. */
import type { Exercise } from "@vedette/core/exercise/exercise";
import { causesOf, claimsIn, fatesOf, ownWitnesses } from "@vedette/core/exercise/score/fates";
import { AT_BASE, ON_STATION } from "@vedette/core/exercise/watch/movers";
import { PLACE_STEP_DEG, type Recording, type ReplayColumns, type Thinned } from "../../report/replay-packed.ts";

/** So much a page carries at most: two megabytes with room to spare. */
const MOST_PLACES = 240_000;
const MOST_BREACHES = 12_000;
const MOST_REPORTS = 12_000;
const MOST_INCIDENTS = 8_000;
const MS_PER_MIN = 60_000;

type Tracks = Pick<ReplayColumns, "trackLat" | "trackLon" | "trackPhase">;

export interface Recorder {
  readonly finish: (run: number) => Recording;
}

/** Listens to a run that is about to begin. */
export function recorderOf(run: Exercise): Recorder {
  const { movers, scene } = run;
  const steps = Math.max(1, Math.floor((run.endMs - scene.startMs) / scene.stepMs));
  const every = Math.max(
    1,
    Math.ceil((steps * movers.count) / MOST_PLACES),
    Math.round((5 * MS_PER_MIN) / scene.stepMs),
  );
  const samples = Math.floor(steps / every) + 1;
  const n = samples * movers.count;
  const tracks: Tracks = {
    trackLat: new Int32Array(n),
    trackLon: new Int32Array(n),
    trackPhase: new Int32Array(n),
  };
  const sample = (nowMs: number): void => {
    const number = Math.round((nowMs - scene.startMs) / scene.stepMs);
    if (number % every === 0) sampleInto(tracks, run, { at: number / every, samples });
  };
  sample(scene.startMs);
  run.onStep = sample;
  return {
    finish: (number) => recordingOf(run, number, tracks, { sampleMin: (every * scene.stepMs) / MS_PER_MIN, samples }),
  };
}

function sampleInto(tracks: Tracks, { movers }: Exercise, { at, samples }: { at: number; samples: number }): void {
  if (at >= samples) return;
  for (let m = 0; m < movers.count; m++) {
    const i = m * samples + at;
    tracks.trackLat[i] = Math.round((movers.latitudeDeg[m] as number) / PLACE_STEP_DEG);
    tracks.trackLon[i] = Math.round((movers.longitudeDeg[m] as number) / PLACE_STEP_DEG);
    const phase = movers.phase[m] as number;
    tracks.trackPhase[i] = phase === AT_BASE ? 0 : phase === ON_STATION ? 2 : 1;
  }
}

function recordingOf(
  run: Exercise,
  number: number,
  tracks: Tracks,
  { sampleMin, samples }: { sampleMin: number; samples: number },
): Recording {
  const { scene, movers } = run;
  const groups = [...new Set(scene.entities.map(({ group }) => group))];
  const groupOf = new Map(groups.map((group, i) => [group, i]));
  const breaches = breachesOf(run);
  const reports = reportsOf(run, groupOf);
  const incidents = incidentsOf(run);
  const fixed = scene.entities.filter(({ mover }) => mover === undefined);
  return {
    info: {
      seed: run.seed,
      run: number,
      startMs: scene.startMs,
      endMs: run.endMs,
      sampleMin,
      samples: movers.count === 0 ? 0 : samples,
      movers: Array.from(movers.entity, (e) => {
        const { id = "", group = "" } = scene.entities[e] ?? {};
        return { id, group };
      }),
      groups,
      kinds: run.world.truth.kinds.map(({ id, class: name }) => ({ id, isLarger: name !== "fire" })),
      breaches: breaches.thinned,
      reports: reports.thinned,
      incidents: incidents.thinned,
    },
    columns: {
      ...tracks,
      fixedLat: Int32Array.from(fixed, ({ latitudeDeg }) => Math.round(latitudeDeg / PLACE_STEP_DEG)),
      fixedLon: Int32Array.from(fixed, ({ longitudeDeg }) => Math.round(longitudeDeg / PLACE_STEP_DEG)),
      fixedGroup: Int32Array.from(fixed, ({ group }) => groupOf.get(group) ?? 0),
      ...breaches.columns,
      ...reports.columns,
      ...incidents.columns,
    },
  };
}

type Part<Prefix extends string> = {
  readonly thinned: Thinned;
  readonly columns: Pick<ReplayColumns, Extract<keyof ReplayColumns, `${Prefix}${string}`>>;
};

/** Every so many, so that no more than `most` are left; those that must stay stay. */
function thinnedRows(
  rows: readonly number[],
  most: number,
  mustStay: (row: number) => boolean = () => false,
): number[] {
  const step = Math.ceil(rows.length / most);
  return step <= 1 ? [...rows] : rows.filter((row, i) => i % step === 0 || mustStay(row));
}

const place = (deg: number): number => Math.round(deg / PLACE_STEP_DEG);
/** Minutes after, plus one; 0: never. */
const after = (ms: number, sinceMs: number): number =>
  Number.isFinite(ms) ? Math.max(0, Math.floor((ms - sinceMs) / MS_PER_MIN)) + 1 : 0;

function breachesOf(run: Exercise): Part<"breach"> {
  const { truth } = run.world;
  const kindOf = (row: number) => truth.kinds[truth.kind[row] as number];
  const all: number[] = [];
  for (let row = 0; row < truth.tMs.length && (truth.tMs[row] as number) < run.nowMs; row++)
    if (kindOf(row)?.isBreach === true) all.push(row);
  const rows = thinnedRows(all, MOST_BREACHES, (row) => kindOf(row)?.class !== "fire");
  const { seenMs, verifiedMs } = fatesOf(run, claimsIn(run));
  const begun = (row: number): number => truth.tMs[row] as number;
  return {
    thinned: { all: all.length, shown: rows.length },
    columns: {
      breachMin: Int32Array.from(rows, (row) => minute(run, begun(row))),
      breachLat: Int32Array.from(rows, (row) => place(truth.latitudeDeg[row] as number)),
      breachLon: Int32Array.from(rows, (row) => place(truth.longitudeDeg[row] as number)),
      breachKind: Int32Array.from(rows, (row) => truth.kind[row] as number),
      breachSeenAfter: Int32Array.from(rows, (row) => after(seenMs[row] as number, begun(row))),
      breachVerifiedAfter: Int32Array.from(rows, (row) => after(verifiedMs[row] as number, begun(row))),
    },
  };
}

const minute = ({ scene }: Exercise, ms: number): number => Math.floor((ms - scene.startMs) / MS_PER_MIN);

function reportsOf(run: Exercise, groupOf: ReadonlyMap<string, number>): Part<"report"> {
  const { columns, length } = run.senses.reports.rows;
  const all: number[] = [];
  for (let row = 0; row < length; row++) if ((columns.arrivedMs[row] as number) <= run.nowMs) all.push(row);
  const rows = thinnedRows(all, MOST_REPORTS).sort(
    (a, b) => (columns.arrivedMs[a] as number) - (columns.arrivedMs[b] as number),
  );
  return {
    thinned: { all: all.length, shown: rows.length },
    columns: {
      reportMin: Int32Array.from(rows, (row) => minute(run, columns.arrivedMs[row] as number)),
      reportLat: Int32Array.from(rows, (row) => place(columns.latitudeDeg[row] as number)),
      reportLon: Int32Array.from(rows, (row) => place(columns.longitudeDeg[row] as number)),
      reportGroup: Int32Array.from(rows, (row) => {
        return groupOf.get(run.scene.entities[columns.entity[row] as number]?.group ?? "") ?? 0;
      }),
      reportFalse: Int32Array.from(rows, (row) => ((columns.cause[row] as number) < 0 ? 1 : 0)),
    },
  };
}

function incidentsOf(run: Exercise): Part<"incident"> {
  const { desk, passages } = run.headquarters;
  const all = [...desk.incidents.values()]
    .filter(({ mergedInto }) => mergedInto === undefined)
    .map((incident) => {
      const openedMs = Math.min(...Object.values(incident.since).map(({ start }) => start));
      return { ...incident, openedMs: Number.isFinite(openedMs) ? openedMs : incident.when.start };
    })
    .sort((a, b) => a.openedMs - b.openedMs || (a.id < b.id ? -1 : 1));
  const kept = new Set(
    thinnedRows([...all.keys()], MOST_INCIDENTS, (i) => passages.has(all[i]?.id ?? "")).slice(0, 2 * MOST_INCIDENTS),
  );
  const rows = all.filter((_, i) => kept.has(i));
  const claims = claimsIn(run);
  const isFalse = (incident: (typeof rows)[number]): boolean =>
    ownWitnesses(incident, claims).every((item) => causesOf(run, item).length === 0);
  return {
    thinned: { all: all.length, shown: rows.length },
    columns: {
      incidentMin: Int32Array.from(rows, ({ openedMs }) => minute(run, openedMs)),
      incidentLat: Int32Array.from(rows, ({ where }) => place(where.latitudeDeg)),
      incidentLon: Int32Array.from(rows, ({ where }) => place(where.longitudeDeg)),
      incidentCorroboratedAfter: Int32Array.from(rows, ({ id, openedMs }) =>
        after(passages.get(id)?.corroboratedMs ?? Number.NaN, openedMs),
      ),
      incidentVerifiedAfter: Int32Array.from(rows, ({ id, openedMs }) =>
        after(passages.get(id)?.verifiedMs ?? Number.NaN, openedMs),
      ),
      incidentFalse: Int32Array.from(rows, (incident) => (isFalse(incident) ? 1 : 0)),
    },
  };
}
