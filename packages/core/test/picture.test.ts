/** Pictures of satellites: what a row of access becomes, and which rows a sensor may take. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OpportunityColumns } from "../src/access/opportunities.ts";
import { Dice } from "../src/numerics/dice.ts";
import { detectionOf } from "../src/sense/detect.ts";
import { Look } from "../src/sense/look.ts";
import { accessibleRows, type PictureModels, pictureInto, pictureModel } from "../src/sense/picture.ts";
import { HEAT } from "../src/sense/signature.ts";
import { assumed, sensorOf } from "./network-fixture.ts";
import { shipped } from "./sensor-fixture.ts";

const MODELS: PictureModels = {
  optical: shipped("optical", "satellite-camera"),
  radar: shipped("radar", "satellite-radar"),
  "heat-375": shipped("heat-375", "satellite-heat"),
  "heat-1000": shipped("heat-1000", "satellite-heat"),
};

function drawn() {
  const dice = new Dice(1, "picture", "test");
  const columns = new OpportunityColumns();
  const row = new Float64Array(5);
  for (let i = 0; i < 400; i++) {
    const off = dice.between(0, 60);
    row.set([1e12 + i, dice.between(-900, 900), off, 1.1 * off, dice.between(-40, 60)]);
    columns.push(i, row);
  }
  columns.endPass();
  return columns.done();
}

test("a sensor may take what its band, side and light allow: the same rows as plain counting", () => {
  const rows = drawn();
  const camera = sensorOf({ side: "left" });
  const plain = [...rows.cell.keys()].filter(
    (i) => (rows.offNadirDeg[i] ?? 99) <= 45 && (rows.xTrackKm[i] ?? -1) >= 0 && (rows.sunElevationDeg[i] ?? -90) >= 10,
  );
  assert.deepEqual([...accessibleRows(rows, camera)], plain);
  const { minSunElevationDeg: _none, ...dark } = sensorOf({ kind: "radar", side: "both" });
  assert.ok(accessibleRows(rows, dark).length > 3 * plain.length);
});

test("each kind has its model, fires by their pixel; one that listens has none", () => {
  const of = (kind: "optical" | "radar" | "thermal" | "rf", resolutionM: number) =>
    pictureModel(sensorOf({ kind, resolutionM: assumed(resolutionM) }), MODELS)?.id;
  assert.deepEqual(
    [of("optical", 0.5), of("radar", 1), of("thermal", 375), of("thermal", 1000), of("rf", 1)],
    ["optical", "radar", "heat-375", "heat-1000", undefined],
  );
});

test("a fire at the edge of the swath is seen less than one at nadir, and light comes from the row", () => {
  const rows = drawn();
  const look = Object.assign(new Look(), { signature: HEAT, firePowerMw: 2, cloudBaseM: Number.POSITIVE_INFINITY });
  const chance = (incidenceDeg: number) => {
    const row = [...rows.incidenceDeg.keys()].reduce((best, i) =>
      Math.abs((rows.incidenceDeg[i] ?? 0) - incidenceDeg) < Math.abs((rows.incidenceDeg[best] ?? 0) - incidenceDeg)
        ? i
        : best,
    );
    pictureInto(look, rows, row);
    assert.equal(look.sunDeg, rows.sunElevationDeg[row]);
    look.sunDeg = -20;
    return detectionOf(MODELS["heat-1000"], look);
  };
  assert.ok(chance(2) > chance(60));
});
