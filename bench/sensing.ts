/**
 * Steps of a world in which thirty entities sense: each step moves them along their tracks and asks of every event that still
 * leaves something who is near, how surely it is seen, and throws the dice. And the weather that they do it in.
 */
import { readFileSync } from "node:fs";
import type { CloudGrid } from "@vedette/core/access/clear-sky";
import type { Entity } from "@vedette/core/exercise/scene";
import { modelLaw } from "@vedette/core/exercise/watch/eyes";
import { Movers, ON_STATION } from "@vedette/core/exercise/watch/movers";
import type { Climate } from "@vedette/core/exercise/weather/climate";
import { Weather } from "@vedette/core/exercise/weather/weather";
import { roundOf } from "@vedette/core/motion/patterns";
import { Dice } from "@vedette/core/numerics/dice";
import { detectionOf } from "@vedette/core/sense/detect";
import { Look } from "@vedette/core/sense/look";
import { modelOf, type SensorModel } from "@vedette/core/sense/model";
import type { SensorTable } from "@vedette/core/sense/sensor-table";
import { stimulate } from "@vedette/core/sense/signature";
import { Watch } from "@vedette/core/sense/watch";
import { parse } from "yaml";
import type { Inputs } from "./inputs.ts";
import { interleaved } from "./measure.ts";
import { type Row, rowsOf, short } from "./table.ts";

const START_MS = Date.UTC(2026, 6, 1);
const STEP_MS = 30_000;
const STEPS = 60_000;
const EVENTS = 40;
const MINUTES_SEEN = 20;

const read = (path: string): unknown => parse(readFileSync(new URL(`../data/${path}`, import.meta.url), "utf8"));

interface World {
  readonly watch: Watch;
  readonly movers: Movers;
  readonly weather: Weather;
  readonly dice: Dice;
}

/** Twenty posts on the ground and ten drones. */
function worldOf(seed: number): World {
  const ground = (read("sensors/ground.yaml") as SensorTable).sensors;
  const air = (read("sensors/air.yaml") as SensorTable).sensors;
  const dice = new Dice(seed, "bench", "sensing");
  const model = (table: SensorTable["sensors"], id: string): SensorModel => modelOf(id, table[id] ?? never(id));
  const fixed = ["ground-radar", "acoustic-post", "camera-thermal", "camera-day"].map((id) => model(ground, id));
  const drone = model(air, "drone-infrared");
  const place = () => ({ latitudeDeg: dice.between(47.5, 48.5), longitudeDeg: dice.between(36.5, 38), heightM: 25 });
  const entities = Array.from({ length: 10 }, (_, i): Entity => {
    const base = place();
    const round = roundOf({
      kind: "creeping-line",
      corner: base,
      headingDeg: 90,
      aheadKm: 40,
      acrossKm: 30,
      spacingKm: 5,
    });
    const places = Float64Array.from(round.flatMap(({ latitudeDeg, longitudeDeg }) => [latitudeDeg, longitudeDeg]));
    const name = { id: `drone/${i}`, group: "drone", nation: "FRA", source: "drone", form: "report" as const };
    const mover = {
      speedMps: 35,
      enduranceS: 43_200,
      turnaroundS: 7200,
      reserve01: 0.1,
      rounds: [places],
      flowTimes: 2,
    };
    return {
      ...name,
      ...base,
      law: modelLaw(drone),
      heightM: 3000,
      everyS: 0,
      phaseS: 0,
      linkBps: 1e6,
      jammable: true,
      mover,
    };
  });
  const posts = Array.from({ length: 20 }, (_, i) => ({ model: fixed[i % 4] as SensorModel, ...place() }));
  const drones = entities.map(() => ({ model: drone, latitudeDeg: 0, longitudeDeg: 0, heightM: 3000 }));
  const weather = weatherOf(seed, Math.ceil((STEPS * STEP_MS) / 3_600_000));
  const { wind } = weather;
  const flows = { wind: wind.into.bind(wind), waveM: wind.waveM.bind(wind) };
  return { watch: new Watch([...posts, ...drones]), movers: new Movers(entities, flows), weather, dice };
}

function weatherOf(seed: number, hours: number): Weather {
  const climate = read("worlds/ukraine-weather.yaml") as Climate;
  const { cloud } = read("worlds/ukraine-climate.yaml") as { cloud: CloudGrid };
  return new Weather({ climate, clouds: cloud, startMs: START_MS, hours, seed });
}

function never(what: string): never {
  throw new Error(`the bench has no ${what}`);
}

/** @returns looks that had a chance, and those that saw */
function run({ watch, movers, weather, dice }: World): { readonly looks: number; readonly seen: number } {
  movers.order.fill(0);
  const [near, km] = [new Uint32Array(watch.count), new Float64Array(watch.count)];
  const event = {
    latitudeDeg: new Float64Array(EVENTS),
    longitudeDeg: new Float64Array(EVENTS),
    endMs: new Float64Array(EVENTS),
  };
  const air = Array.from({ length: EVENTS }, () => new Look());
  let [looks, seen] = [0, 0];
  for (let step = 0; step < STEPS; step++) {
    const now = START_MS + step * STEP_MS;
    movers.step(now, STEP_MS);
    for (let m = 0; m < movers.count; m++) {
      const there = movers.phase[m] === ON_STATION;
      watch.setWorks(20 + m, there);
      if (there) watch.place(20 + m, movers.latitudeDeg[m] as number, movers.longitudeDeg[m] as number, 3000);
    }
    for (let e = 0; e < EVENTS; e++) {
      const look = air[e] as Look;
      if (now >= (event.endMs[e] as number)) {
        event.latitudeDeg[e] = dice.between(47.5, 48.5);
        event.longitudeDeg[e] = dice.between(36.5, 38);
        // All begin anew at uneven times.
        event.endMs[e] = now + 60_000 * MINUTES_SEEN * (0.5 + dice.uniform());
        weather.airInto(look, event.latitudeDeg[e] as number, event.longitudeDeg[e] as number, now);
        stimulate(look, e % 3 === 0 ? "sound" : e % 3 === 1 ? "heat" : "crater", e % 3 === 0 ? 105 : 2);
        look.seconds = STEP_MS / 1000;
      }
      const n = watch.near(event.latitudeDeg[e] as number, event.longitudeDeg[e] as number, near, km);
      for (let k = 0; k < n; k++) {
        const i = near[k] as number;
        watch.aim(look, i, km[k] as number, 2);
        const chance = detectionOf(watch.models[i] as SensorModel, look);
        if (!(chance > 0)) continue;
        looks++;
        if (dice.chance(chance)) seen++;
      }
    }
  }
  return { looks, seen };
}

export async function sensingRows({ seed, rounds }: Inputs): Promise<Row[]> {
  const world = worldOf(seed);
  const steps = await interleaved([{ by: "Vedette", scale: 1, run: () => run(world) }], rounds);
  const weather = await interleaved([{ by: "Vedette", scale: 1, run: () => weatherOf(seed, 720) }], rounds);
  const [first] = steps;
  const notes = steps.map(({ medianS, answer }) => [
    `${short(STEPS / medianS)} steps/s on one core`,
    `${short(answer.looks)} looks with a chance`,
  ]);
  if (first === undefined || first.answer.seen === 0) throw new Error("the bench's sensors saw nothing");
  return [
    ...rowsOf("Sensing", `30 entities, ${EVENTS} signatures, ${short(STEPS)} steps`, steps, notes),
    ...rowsOf("Weather", "30 days, 22 to 42 E, 43 to 53 N, by half a degree and hour", weather, [[]]),
  ];
}
