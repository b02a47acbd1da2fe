/** Simulated weather: means of the climate, persistence, drift with the wind, no direction preferred, exact replay. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { type CloudGrid, clearSky01 } from "../src/access/clear-sky.ts";
import { type Climate, climateByHour, climateNumbers } from "../src/exercise/weather/climate.ts";
import { DriftingField, eastNorth, FieldTable, pointsKm } from "../src/exercise/weather/field.ts";
import { Weather, type WeatherOrder } from "../src/exercise/weather/weather.ts";
import { choleskyOf, Wind, waveHeightM } from "../src/exercise/weather/wind.ts";
import { destinationOf } from "../src/geo/geodesic.ts";
import { scaleAssumed } from "../src/network/figures.ts";
import { Dice } from "../src/numerics/dice.ts";
import { normalCdf } from "../src/numerics/special.ts";
import { Look } from "../src/sense/look.ts";
import { instant, interval, parseInstant } from "../src/time/instant.ts";

const worlds = (file: string): unknown =>
  parse(readFileSync(new URL(`../../../data/worlds/${file}`, import.meta.url), "utf8"));
const CLIMATE = worlds("ukraine-weather.yaml") as Climate;
const CLOUDS = (worlds("ukraine-climate.yaml") as { cloud: CloudGrid }).cloud;
const HOUR = 3_600_000;
const JULY: number = parseInstant("2026-07-01T00:00:00Z");

const order = (change: Partial<WeatherOrder> = {}): WeatherOrder => ({
  climate: CLIMATE,
  clouds: CLOUDS,
  startMs: JULY,
  hours: 72,
  seed: 1,
  cellDeg: 1,
  ...change,
});

/** Correlation of the field between two places and times over many seeds. */
function correlation(
  shape: { lengthKm: number; lifeH: number },
  a: Float64Array,
  b: Float64Array,
  hours: number,
  seeds = 4000,
): number {
  let sum = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const field = new DriftingField({ ...shape, waves: 24 }, new Dice(seed, "field", "test"));
    sum +=
      field.at(a[0] as number, a[1] as number, a[2] as number, 0) *
      field.at(b[0] as number, b[1] as number, b[2] as number, hours);
  }
  return sum / seeds;
}

test("the field's correlation falls exponentially with distance, alike in all directions, and with time", () => {
  const shape = { lengthKm: 500, lifeH: 36 };
  const from = { latitudeDeg: 48, longitudeDeg: 37 };
  const point = (azimuthDeg: number, km: number) => {
    const to = destinationOf(from, azimuthDeg, km);
    return pointsKm([to.latitudeDeg, to.longitudeDeg]);
  };
  const here = point(0, 0);
  // Four standard errors of a mean of products of 4,000 seeds.
  const off = (rho: number) => 4 * Math.sqrt((1 + rho * rho) / 4000);
  for (const [azimuth, km] of [
    [0, 200],
    [90, 200],
    [45, 200],
    [135, 200],
    [90, 600],
  ] as const) {
    const expected = Math.exp(-km / 500);
    assert.ok(Math.abs(correlation(shape, here, point(azimuth, km), 0) - expected) < off(expected), `${azimuth} ${km}`);
  }
  for (const hours of [0, 6, 24, 72]) {
    const expected = Math.exp(-hours / 36);
    const found = correlation(shape, here, here, hours);
    assert.ok(Math.abs(found - expected) < off(expected), `${hours} h: ${found} ${expected}`);
  }
  // Planted: another life.
  assert.ok(Math.abs(correlation({ ...shape, lifeH: 18 }, here, here, 24) - Math.exp(-24 / 36)) > off(0.5));
});

test("at one place over seeds the field is normal: shares below -2, -1, 0, 1, 2", () => {
  const n = 6000;
  const values = Float64Array.from({ length: n }, (_, seed) =>
    new DriftingField({ lengthKm: 500, lifeH: 36 }, new Dice(seed, "normal", "test")).at(3000, 2000, 5000, 5),
  );
  for (const z of [-2, -1, 0, 1, 2]) {
    const p = normalCdf(z);
    const share = values.filter((value) => value < z).length / n;
    assert.ok(Math.abs(share - p) < 4 * Math.sqrt((p * (1 - p)) / n), `${z}: ${share} ${p}`);
  }
});

test("a table of the field is the field, and it drifts: what was here is there after the way of the wind", () => {
  const field = new DriftingField({ lengthKm: 500, lifeH: 1e9 }, new Dice(3, "drift", "test"));
  const axes = eastNorth(48, 37);
  const placesDeg = Float64Array.of(48, 37, 49, 35);
  const places = pointsKm(placesDeg);
  const drift = Float64Array.from([0, 1, 2], (axis) => 150 * (axes[axis] as number) + 80 * (axes[3 + axis] as number));
  const table = new FieldTable(field, { placesDeg, hours: 6 }, (hour, into) =>
    into.set(hour === 4 ? drift : [0, 0, 0]),
  );
  for (let p = 0; p < 2; p++) {
    const [x, y, z] = [0, 1, 2].map((axis) => (places[3 * p + axis] as number) - (drift[axis] as number)) as [
      number,
      number,
      number,
    ];
    for (const _ of ["worked out", "remembered"]) assert.ok(Math.abs(table.at(4, p) - field.at(x, y, z, 4)) < 1e-5);
  }
});

test("cloud: over seeds each place is cloudy as often as the climate says, in summer and in winter, as access reads it", () => {
  const places = [
    [48.5, 37.5],
    [46.5, 33.2],
    [51.3, 31.4],
  ] as const;
  for (const start of [JULY, parseInstant("2026-12-05T00:00:00Z")]) {
    const seeds = 120;
    const counts = places.map(() => 0);
    for (let seed = 0; seed < seeds; seed++) {
      const weather = new Weather(order({ seed, startMs: start, hours: 1, cellDeg: 1 }));
      places.forEach(([lat, lon], i) => {
        counts[i] = (counts[i] as number) + weather.cloudy(lat, lon, start);
      });
    }
    places.forEach(([latitudeDeg, longitudeDeg], i) => {
      const p = 1 - clearSky01(CLOUDS, { latitudeDeg, longitudeDeg }, interval(instant(start), instant(start + HOUR)));
      const share = (counts[i] as number) / seeds;
      assert.ok(Math.abs(share - p) < 4 * Math.sqrt((p * (1 - p)) / seeds), `${latitudeDeg}: ${share} ${p}`);
    });
  }
});

test("cloud lasts: at one place its correlation halves within 5 to 40 hours (Jones 1992), and passes are not independent dice", () => {
  const [n, hours] = [40, 240];
  const pairs = new Map<number, { both: number; first: number; count: number }>();
  let [cloudy, all] = [0, 0];
  for (let seed = 0; seed < n; seed++) {
    const weather = new Weather(order({ seed, hours, cellDeg: 2 }));
    const series = Uint8Array.from({ length: hours }, (_, h) => weather.cloudy(48.5, 37.5, JULY + h * HOUR));
    for (const lag of [1, 5, 40]) {
      const pair = pairs.get(lag) ?? { both: 0, first: 0, count: 0 };
      for (let h = 0; h + lag < hours; h++) {
        pair.both += (series[h] as number) * (series[h + lag] as number);
        pair.first += series[h] as number;
        pair.count++;
      }
      pairs.set(lag, pair);
    }
    for (const value of series) cloudy += value;
    all += hours;
  }
  const p = cloudy / all;
  const alike = (lag: number) => {
    const { both, count } = pairs.get(lag) ?? assert.fail();
    return (both / count - p * p) / (p * (1 - p));
  };
  assert.ok(alike(1) > 0.7, `${alike(1)}`);
  assert.ok(alike(5) > 0.5 * 0.75, `${alike(5)}`);
  assert.ok(alike(40) < 0.5, `${alike(40)}`);
  const { both, first } = pairs.get(5) ?? assert.fail();
  assert.ok(both / first > p + 0.15, "cloudy now: likelier than not to be cloudy in five hours");
});

test("the same seed gives the same weather to the last bit; another seed another; nothing is asked of a clock", () => {
  const [a, b, c] = [
    new Weather(order({ hours: 24 })),
    new Weather(order({ hours: 24 })),
    new Weather(order({ hours: 24, seed: 2 })),
  ];
  const [one, two, three] = [new Look(), new Look(), new Look()];
  let different = 0;
  for (let k = 0; k < 500; k++) {
    const [lat, lon, t] = [43 + ((k * 7) % 10), 22 + ((k * 13) % 20), JULY + (k % 24) * HOUR + 17 * k];
    a.airInto(one, lat, lon, t, true);
    b.airInto(two, lat, lon, t, true);
    c.airInto(three, lat, lon, t, true);
    assert.deepEqual(one, two);
    if (one.windMps !== three.windMps) different++;
  }
  assert.ok(different > 490);
});

test("wind: mean and spread of the climate at places and between them, correlation in time, both components apart", () => {
  const numbers = climateNumbers(CLIMATE);
  const [month] = climateByHour(numbers, JULY, 1);
  assert.ok(month !== undefined);
  const out = new Float64Array(2);
  const [n, later] = [200, 18];
  // On a place of the grid, and in the middle between four and two hours.
  for (const [lat, lon, at] of [
    [43, 22, 0],
    [47.13, 30.77, 0.5 * HOUR],
  ] as const) {
    let [sum, squares, product, cross] = [0, 0, 0, 0];
    for (let seed = 0; seed < n; seed++) {
      const wind = new Wind({ climate: numbers, startMs: JULY, hours: 24 }, new Dice(seed, "wind", "test"));
      wind.into(lat, lon, JULY + at, out);
      const [east, north] = [(out[0] as number) - month.windEastMps, (out[1] as number) - month.windNorthMps];
      wind.into(lat, lon, JULY + at + later * HOUR, out);
      sum += east;
      squares += east * east;
      cross += east * north;
      product += east * ((out[0] as number) - month.windEastMps);
    }
    const variance = month.windSpreadMps ** 2;
    assert.ok(Math.abs(sum / n) < (4 * month.windSpreadMps) / Math.sqrt(n));
    assert.ok(Math.abs(squares / n / variance - 1) < 4 * Math.sqrt(2 / n), `${lat}: ${squares / n / variance}`);
    assert.ok(Math.abs(product / n / variance - Math.exp(-1)) < 4 * Math.sqrt(1.14 / n), `${product / n / variance}`);
    assert.ok(Math.abs(cross / n / variance) < 4 / Math.sqrt(n));
  }
});

test("the factor of a correlation matrix gives it back, and what is none is refused", () => {
  const c = (i: number, j: number) => Math.exp(-Math.abs(i - j) / 3);
  const l = choleskyOf(c, 6);
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 6; j++) {
      let sum = 0;
      for (let k = 0; k < 6; k++) sum += (l[6 * i + k] as number) * (l[6 * j + k] as number);
      assert.ok(Math.abs(sum - c(i, j)) < 1e-12);
    }
  assert.throws(() => choleskyOf(() => 1, 2), /no correlation matrix: pivot 0 in row 1/);
});

test("waves: a full sea by Pierson and Moskowitz in light wind, limited by the water in strong; higher in winter", () => {
  assert.ok(Math.abs(waveHeightM(5, 1000) - 0.0246 * 25) < 1e-12);
  assert.ok(waveHeightM(20, 200) < 0.0246 * 400);
  assert.ok(Math.abs(waveHeightM(20, 200) / waveHeightM(10, 200) - 2) < 1e-9);
  const mean = (startMs: number) => {
    let sum = 0;
    for (let seed = 0; seed < 40; seed++)
      sum += new Wind({ climate: climateNumbers(CLIMATE), startMs, hours: 1 }, new Dice(seed, "sea", "test")).waveM(
        45,
        32,
        startMs,
      );
    return sum / 40;
  };
  assert.ok(mean(parseInstant("2026-01-10T00:00:00Z")) > mean(JULY));
});

test("fog and rain come as often as the climate says; warm by day, cold by night", () => {
  const start = parseInstant("2026-11-03T00:00:00Z");
  const look = new Look();
  const n = 250;
  let [fog, rain] = [0, 0];
  for (let seed = 0; seed < n; seed++) {
    const weather = new Weather(order({ seed, startMs: start, hours: 1, cellDeg: 5 }));
    weather.airInto(look, 48.5, 37.5, start);
    if (look.visibilityKm < 1) fog++;
    if (look.rainMmPerH > 0) rain++;
    assert.ok(look.rainMmPerH === 0 || look.cloudBaseM < Number.POSITIVE_INFINITY, "rain falls from cloud");
  }
  assert.ok(Math.abs(fog / n - 0.06) < 4 * Math.sqrt((0.06 * 0.94) / n), `${fog}`);
  assert.ok(Math.abs(rain / n - 0.13) < 4 * Math.sqrt((0.13 * 0.87) / n), `${rain}`);
  const weather = new Weather(order({ hours: 24 }));
  weather.airInto(look, 48, 37.5, JULY + 12.5 * HOUR);
  const noon = look.temperatureC;
  weather.airInto(look, 48, 37.5, JULY + 0.5 * HOUR);
  assert.ok(Math.abs(noon - look.temperatureC - 14) < 0.1 && look.sunDeg < 0);
});

test("what the climate does not say is unknown: a box without a figure, a month that is missing", () => {
  const month = (CLOUDS.cloudProbability01["07"] ?? []).map((row) => row.map(() => null));
  const blind = { ...CLOUDS, cloudProbability01: { ...CLOUDS.cloudProbability01, "07": month } };
  const weather = new Weather(order({ clouds: blind, hours: 2 }));
  const look = new Look();
  weather.airInto(look, 48.5, 37.5, JULY);
  assert.ok(Number.isNaN(look.cloudBaseM) && Number.isNaN(weather.cloudy(48.5, 37.5, JULY)));
  const { "07": _gone, ...months } = CLIMATE.months;
  assert.throws(() => new Weather(order({ climate: { ...CLIMATE, months } })), /month 07 is unknown/);
  assert.throws(() => new Weather(order({ hours: 0 })), /hours must be whole: 0/);
});

test("each assumed figure of the climate half as much again or half: weather all the same", () => {
  const names = [
    "lengthKm",
    "lifeH",
    "windTimes",
    "baseSpread",
    "answerH",
    "fetchKm",
    "windSpreadMps",
    "fogShare01",
    "visibilityKm",
    "humidity01",
  ];
  const look = new Look();
  for (const name of names)
    for (const factor of [0.5, 1.5]) {
      const weather = new Weather(order({ climate: scaleAssumed(CLIMATE, name, factor), hours: 3, cellDeg: 5 }));
      weather.airInto(look, 48.5, 37.5, JULY + HOUR, true);
      assert.ok(look.visibilityKm > 0 && look.windMps >= 0 && look.waveM >= 0 && look.humidity01 <= 1, name);
    }
});
