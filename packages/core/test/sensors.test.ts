/** Sensors as plain numbers: the requests that they answer, and how far an assumed band may reach. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { scaleAssumed } from "../src/network/figures.ts";
import { type Network, SENSOR_KINDS } from "../src/network/network.ts";
import { type LookRequest, lookSensorsOf, MAX_REQUESTS, widestReach } from "../src/plan/sensors.ts";
import { assumed, NETWORK, sensorOf, sourced } from "./network-fixture.ts";

const requestOf = (change: Partial<LookRequest>): LookRequest => ({
  id: "r",
  zone: "line",
  nation: "AAA",
  kinds: ["optical"],
  resolutionM: 1,
  revisitH: 6,
  latencyH: 2,
  priority: 1,
  ...change,
});

test("a sensor answers the requests that name its kind and ask for no finer resolution than it has", () => {
  const requests = [
    requestOf({ resolutionM: 0.99 }),
    requestOf({ resolutionM: 1 }),
    requestOf({ kinds: ["radar", "thermal"], resolutionM: 10 }),
    requestOf({ kinds: ["optical", "radar"], resolutionM: 10 }),
  ];
  const [camera, radar] = lookSensorsOf(NETWORK, "relayed", requests);
  assert.deepEqual([camera?.answers, radar?.answers], [0b1010, 0b1100]);
  assert.deepEqual(
    [camera?.kind, radar?.kind].map((kind) => SENSOR_KINDS[kind ?? -1]),
    ["optical", "radar"],
  );
});

test("requests are bits: as many as are allowed stay apart", () => {
  const requests = Array.from({ length: MAX_REQUESTS }, () => requestOf({}));
  const [camera] = lookSensorsOf(NETWORK, "own", requests);
  assert.equal(camera?.answers, 2 ** MAX_REQUESTS - 1);
});

test("numbers of a sensor; no need of sunlight is -90; bands end at 89; unknown missions and sensors have none", () => {
  const { minSunElevationDeg: _, ...dark } = sensorOf({
    band: { angle: "offNadir", minDeg: sourced(0), maxDeg: assumed(120) },
  });
  const network: Network = { ...NETWORK, sensors: { camera: dark } };
  const [camera, ...others] = lookSensorsOf(network, "relayed", []);
  assert.deepEqual(camera, {
    kind: 0,
    reach: { angle: "offNadir", minDeg: 0, maxDeg: 89, side: "both" },
    minSunElevationDeg: -90,
    swathKm: 20,
    dutyS: 600,
    settleS: 12,
    rateMbps: 800,
    answers: 0,
  });
  assert.deepEqual(others, [], "the radar is not in this network");
  assert.deepEqual(lookSensorsOf(NETWORK, "nobody", []), []);
});

test("property: the widest reach holds the band of every variation of assumed figures by that share", () => {
  const figure = (min: number, max: number) =>
    fc.tuple(fc.integer({ min, max }), fc.boolean()).map(([v, a]) => (a ? assumed(v) : sourced(v)));
  fc.assert(
    fc.property(figure(0, 30), figure(31, 70), fc.constantFrom(0.25, 0.5), (minDeg, maxDeg, share) => {
      const sensor = sensorOf({ band: { angle: "incidence", minDeg, maxDeg }, side: "left" });
      const wide = widestReach(sensor, share);
      assert.deepEqual([wide.angle, wide.side], ["incidence", "left"]);
      for (const name of ["band.minDeg", "band.maxDeg"]) {
        for (const factor of [1 - share, 1, 1 + share]) {
          const varied = scaleAssumed({ ...NETWORK, sensors: { camera: sensor } }, name, factor);
          const [{ reach } = assert.fail()] = lookSensorsOf(varied, "own", []);
          assert.ok(wide.minDeg <= reach.minDeg && wide.maxDeg >= reach.maxDeg);
        }
      }
      if (minDeg.assumed === undefined) assert.equal(wide.minDeg, minDeg.value);
      if (maxDeg.assumed === undefined) assert.equal(wide.maxDeg, maxDeg.value);
    }),
  );
});
