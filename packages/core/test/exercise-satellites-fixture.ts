/** Skies for tests, written by hand: satellites that fly north over places in a row, so that their answers can be worked out. */
import type { Reach } from "../src/access/sweep.ts";
import type { WatchedPlaces } from "../src/exercise/satellites/places.ts";
import { AT_STEP_MS, type SatelliteSky } from "../src/exercise/satellites/sky.ts";
import type { SatelliteSensor, SatelliteWatch } from "../src/exercise/satellites/watch.ts";
import type { Entity } from "../src/exercise/scene.ts";
import type { Law } from "../src/exercise/watch/eyes.ts";
import { START_MS, watcher } from "./exercise-fixture.ts";

export const KM_PER_DEG = 111.195;
const HOUR_MS = 3_600_000;
const ANYWHERE: Reach = { angle: "offNadir", minDeg: 0, maxDeg: 60, side: "both" };

/** Places from west to east, so many km apart, all asked for by request 0. */
export function placesEast(count: number, everyKm: number): WatchedPlaces {
  const perDeg = KM_PER_DEG * Math.cos((48 * Math.PI) / 180);
  return {
    latitudeDeg: new Float64Array(count).fill(48),
    longitudeDeg: Float64Array.from({ length: count }, (_, p) => 37 + (p * everyKm) / perDeg),
    areaKm2: new Float64Array(count).fill(everyKm * everyKm),
    asked: new Uint32Array(count).fill(1),
    reachKm: everyKm / 2,
    stepKm: everyKm,
  };
}

/** One pass northwards over the first place: those to the east lie right of the track, all abeam at once. */
export interface Pass {
  readonly sensor: number;
  readonly hour: number;
}

export interface Craft {
  readonly id: string;
  readonly swathKm: number;
  readonly dutyS?: number;
  readonly settleS?: number;
  readonly resolutionM?: number;
  readonly law: Law;
  readonly channels?: SatelliteSensor["channels"];
  /** Hours at which a contact begins; each lasts ten minutes. */
  readonly contacts: readonly number[];
  readonly memoryGbit?: number;
}

const RATE_MBPS = 700;
export const DOWNLINK_MBPS = 350;
export const PROCESSING_MS: number = 30 * 60_000;

/** @param apartS between one place and the next, as if the row lay along the track too */
export function watchOf(
  crafts: readonly Craft[],
  passes: readonly Pass[],
  places: WatchedPlaces,
  apartS = 0,
): SatelliteWatch {
  const n = places.latitudeDeg.length;
  const perDeg = KM_PER_DEG * Math.cos((48 * Math.PI) / 180);
  // From right to left of the track: from east to west.
  const order = Array.from({ length: n }, (_, i) => n - 1 - i);
  const rows = passes.flatMap(({ hour }) =>
    order.map((p) => ({
      place: p,
      atMs: hour * HOUR_MS + p * apartS * 1000,
      xKm: -((places.longitudeDeg[p] as number) - 37) * perDeg,
    })),
  );
  const contacts = crafts.flatMap(({ contacts: hours }, satellite) =>
    hours.map((hour) => ({ satellite, startMs: START_MS + hour * HOUR_MS })),
  );
  const column = (of: (row: (typeof rows)[number]) => number): number[] => rows.map(of);
  const sky: SatelliteSky = {
    startMs: START_MS,
    satellites: crafts.map(({ memoryGbit = 1e6 }) => ({
      active: true,
      sensors: [],
      memoryGbit,
      downlinkMbps: DOWNLINK_MBPS,
      processingMs: PROCESSING_MS,
      periodMs: 1.5 * HOUR_MS,
    })),
    sensors: crafts.map(({ id, swathKm, dutyS = 600, settleS = 0, resolutionM = 0.5 }, satellite) => ({
      id,
      satellite,
      resolutionM,
      look: {
        kind: 0,
        reach: ANYWHERE,
        minSunElevationDeg: -90,
        swathKm,
        dutyS,
        settleS,
        rateMbps: RATE_MBPS,
        answers: 1,
      },
    })),
    ground: [{ id: "station", usable: true, antennas: 4, rateMbps: Number.POSITIVE_INFINITY }],
    contacts: {
      first: Uint32Array.from({ length: crafts.length + 1 }, (_, s) => contacts.filter((c) => c.satellite < s).length),
      satellite: Uint16Array.from(contacts, ({ satellite }) => satellite),
      station: new Uint16Array(contacts.length),
      startMs: Float64Array.from(contacts, ({ startMs }) => startMs),
      endMs: Float64Array.from(contacts, ({ startMs }) => startMs + 600_000),
      order: Uint32Array.from(contacts.keys()).sort(
        (a, b) => (contacts[a]?.startMs as number) - (contacts[b]?.startMs as number) || a - b,
      ),
    },
    slots: {
      sensor: Uint16Array.from(passes, ({ sensor }) => sensor),
      number: Uint32Array.from(
        passes,
        ({ sensor }, i) => passes.slice(0, i).filter((pass) => pass.sensor === sensor).length,
      ),
      startMs: Float64Array.from(passes, ({ hour }) => START_MS + hour * HOUR_MS),
      endMs: Float64Array.from(passes, ({ hour }) => START_MS + hour * HOUR_MS + (n - 1) * apartS * 1000),
      firstRow: Uint32Array.from({ length: passes.length + 1 }, (_, i) => i * n),
    },
    rows: {
      place: Uint16Array.from(column(({ place }) => place)),
      at: Uint32Array.from(column(({ atMs }) => atMs / AT_STEP_MS)),
      xKm: Float32Array.from(column(({ xKm }) => xKm)),
      incidence: new Uint16Array(rows.length),
      // Northwards: left is west.
      across: new Int16Array(rows.length).fill(-9000),
    },
  };
  return {
    sky,
    places,
    requests: [
      {
        id: "line",
        zone: "line",
        nation: "FRA",
        kinds: ["optical"],
        resolutionM: 1,
        revisitH: 24,
        latencyH: 12,
        priority: 1,
      },
    ],
    sensors: crafts.map(({ channels = ["crater", "track"] }, product) => ({
      inOrder01: 1,
      ours01: 1,
      channels,
      falsePerKm2Day: 0,
      product,
      beforeMs: 24 * HOUR_MS,
    })),
    leadMs: HOUR_MS,
  };
}

export const entitiesOf = (crafts: readonly Craft[]): Entity[] =>
  crafts.map(({ id, law }, satellite) => ({ ...watcher(id), law, satellite, everyS: 0 }));
