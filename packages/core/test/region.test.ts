/** Inside or not by bands of latitude: the same as by all edges of a ragged coast with a hole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isInside, regionOf } from "../src/motion/region.ts";
import { Dice } from "../src/numerics/dice.ts";

const dice = new Dice(1, "region", "test");
const ring = (count: number, fromDeg: number, toDeg: number) =>
  Array.from({ length: count }, (_, k) => {
    const [angle, radius] = [(2 * Math.PI * k) / count, dice.between(fromDeg, toDeg)];
    return { latitudeDeg: 45 + radius * Math.sin(angle), longitudeDeg: 35 + radius * Math.cos(angle) };
  });

test("a place asks the edges of its own band, and gets the answer of all", () => {
  const region = regionOf("coast", [ring(400, 1, 3), ring(60, 0.2, 0.9)]);
  const { edgesDeg: e } = region;
  let held = 0;
  for (let k = 0; k < 4000; k++) {
    const [lat, lon] = [dice.between(41.9, 48.1), dice.between(31.9, 38.1)];
    // Edges that a ray towards the east meets.
    let met = 0;
    for (let i = 0; i < e.length; i += 4) {
      const [lat0, lon0, lat1, lon1] = [e[i], e[i + 1], e[i + 2], e[i + 3]] as [number, number, number, number];
      if (
        Math.min(lat0, lat1) <= lat &&
        lat < Math.max(lat0, lat1) &&
        lon < lon0 + ((lat - lat0) * (lon1 - lon0)) / (lat1 - lat0)
      )
        met++;
    }
    assert.equal(isInside(region, { latitudeDeg: lat, longitudeDeg: lon }), met % 2 === 1, `${lat} ${lon}`);
    held += met % 2;
  }
  assert.ok(held > 500 && held < 3500, `${held} inside`);
});
