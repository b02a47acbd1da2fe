/** Cells as arrays: the same places by another door, and a cap that holds them all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as satellite from "satellite.js";
import { gridOf } from "../src/access/grid.ts";
import { cellAt, centreOf } from "../src/geo/cells.ts";

const place = fc.record({
  latitudeDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  longitudeDeg: fc.double({ min: -180, max: 180, noNaN: true }),
});
const cells = fc
  .array(place, { minLength: 1, maxLength: 30 })
  .chain((places) =>
    fc.integer({ min: 0, max: 9 }).map((resolution) => places.map((each) => cellAt(each, resolution))),
  );

test("property: positions and verticals are those of the centres, on the ellipsoid", () => {
  fc.assert(
    fc.property(cells, (ids) => {
      const grid = gridOf(ids);
      assert.equal(grid.count, ids.length);
      ids.forEach((id, i) => {
        const { latitudeDeg, longitudeDeg } = centreOf(id);
        const [latitude, longitude] = [
          satellite.degreesToRadians(latitudeDeg),
          satellite.degreesToRadians(longitudeDeg),
        ];
        const { x, y, z } = satellite.geodeticToEcf({ latitude, longitude, height: 0 });
        const [px = 0, py = 0, pz = 0] = grid.pEcefKm.subarray(3 * i, 3 * i + 3);
        assert.ok(Math.hypot(px - x, py - y, pz - z) < 1e-3, "within a metre: satellite.js rounds WGS 84");
        const [ux = 0, uy = 0, uz = 0] = grid.up.subarray(3 * i, 3 * i + 3);
        assert.ok(Math.abs(Math.asin(uz) - latitude) < 1e-7);
        assert.ok(Math.abs(Math.hypot(ux, uy, uz) - 1) < 1e-14);
      });
    }),
    { numRuns: 60 },
  );
});

test("property: the cap holds every centre, also of cells on opposite sides of the Earth", () => {
  fc.assert(
    fc.property(cells, (ids) => {
      const { cap, pEcefKm } = gridOf(ids);
      for (let k = 0; k < pEcefKm.length; k += 3) {
        const [x = 0, y = 0, z = 0] = pEcefKm.subarray(k, k + 3);
        const cos = (x * cap.x + y * cap.y + z * cap.z) / Math.hypot(x, y, z);
        assert.ok(Math.acos(Math.max(-1, Math.min(1, cos))) <= cap.radiusRad + 1e-7);
      }
    }),
  );
});

test("a small zone has a small cap, one place a cap without size", () => {
  const kharkiv = cellAt({ latitudeDeg: 49.99, longitudeDeg: 36.23 }, 6);
  const kherson = cellAt({ latitudeDeg: 46.64, longitudeDeg: 32.61 }, 6);
  assert.ok(gridOf([kharkiv]).cap.radiusRad < 1e-7);
  // 460 km apart (Karney's geodesic), so about 230 km from the middle.
  const { radiusRad } = gridOf([kharkiv, kherson]).cap;
  assert.ok(Math.abs(radiusRad * 6371 - 230) < 5, `${radiusRad * 6371} km`);
});

test("no cells, no grid, and no fault", () => {
  assert.equal(gridOf([]).count, 0);
});
