/** The page's parts that need no browser: packing, projection, classes, words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { boundaryOf } from "@vedette/core/geo/cells";
import fc from "fast-check";
import { nearestCell, neighbourCell } from "../src/report/client/map-frame.ts";
import { modelOf } from "../src/report/client/model.ts";
import { equalAreaAt } from "../src/report/client/projection.ts";
import { classesOf, classOf, classTexts, coloursOf } from "../src/report/client/scale.ts";
import { unpackReport } from "../src/report/client/unpack.ts";
import { reportHtml } from "../src/report/html.ts";
import { packReport } from "../src/report/pack.ts";
import { mostCritical } from "../src/report/page/answer.ts";
import { FULL, resultFixture } from "./result-fixture.ts";

const result = resultFixture();
const packed = await unpackReport(await packReport(result));
const model = modelOf(packed);

test("what is packed comes out again, within the steps of the packing, unknown as unknown", () => {
  assert.equal(packed.head.variants.length, result.variants.length);
  for (const [variant, { cells }] of result.variants.entries()) {
    for (const [kind, { id }] of packed.head.kinds.entries()) {
      const pairs = [
        [model.valuesOf({ figure: "gap", basis: "accessible", kind, variant }), cells[id].accessibleLongestGapH, 0.051],
        [model.valuesOf({ figure: "gap", basis: "taken", kind, variant }), cells[id].takenLongestGapH, 0.051],
        [model.valuesOf({ figure: "share", basis: "accessible", kind, variant }), cells[id].accessible01, 0.00051],
        [model.valuesOf({ figure: "share", basis: "taken", kind, variant }), cells[id].taken01, 0.00051],
        [model.valuesOf({ figure: "age", basis: "taken", kind, variant }), cells[id].pictureAgeH, 0.051],
      ] as const;
      for (const [out, into, tolerance] of pairs) {
        for (const [i, value] of into.entries()) {
          const got = out[i] ?? assert.fail();
          assert.ok(
            Number.isNaN(value) ? Number.isNaN(got) : Math.abs(got - value) <= tolerance,
            `${value} became ${got}`,
          );
        }
      }
    }
  }
  for (const [i, cell] of result.cells.entries()) {
    for (const [k, [lon, lat]] of boundaryOf(cell).entries()) {
      const [gotLon, gotLat] = model.rings[i]?.[k] ?? assert.fail();
      assert.ok(Math.abs(gotLon - lon) < 1e-5 && Math.abs(gotLat - lat) < 1e-5);
    }
  }
});

test("the projection gives Snyder's numbers (Professional Paper 1395, appendix A, Lambert azimuthal equal-area, sphere)", () => {
  const scale = 3 / 6371.0088;
  const [x, y] = equalAreaAt(-100, 40).project(100, -20);
  assert.ok(
    Math.abs(x * scale - -4.2339303) < 1e-6 && Math.abs(-y * scale - 4.0257775) < 1e-6,
    `${x * scale}, ${-y * scale}`,
  );
});

test("the projection undoes itself within a hemisphere", () => {
  const angle = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(angle(-180, 180), angle(-89, 89), angle(-60, 60), angle(-60, 60), (lon0, lat0, dLon, dLat) => {
      const lat = Math.max(-89, Math.min(89, lat0 + dLat));
      const { project, unproject } = equalAreaAt(lon0, lat0);
      const [lon2, lat2] = unproject(...project(lon0 + dLon, lat));
      assert.ok(
        Math.abs(lat2 - lat) < 1e-6 &&
          Math.abs(((lon2 - lon0 - dLon + 540) % 360) - 180) * Math.cos((lat * Math.PI) / 180) < 1e-6,
      );
    }),
  );
});

test("classes cover every value once, rise, and have as many colours and words as classes", () => {
  for (const figure of ["gap", "share", "age", "clear"] as const) {
    const view = { figure, basis: "taken", kind: 1, variant: 0 } as const;
    const classes = classesOf(model, view);
    assert.ok(classes.edges.length >= 1 && classes.edges.length <= 6);
    assert.ok(classes.edges.every((edge, i) => i === 0 || edge > (classes.edges[i - 1] ?? edge)));
    assert.equal(new Set(coloursOf(classes, "light")).size, classes.edges.length + 1);
    assert.equal(classTexts(classes, figure).length, classes.edges.length + 1);
    assert.equal(classOf(classes, Number.NaN), -1);
    assert.equal(classOf(classes, classes.edges[0] ?? 0), 1, "an edge belongs to the class above");
  }
});

test("the nearest cell is the nearest, and arrows lead on", () => {
  const centres = Float32Array.from([0, 0, 10, 0, 0, 10, -10, 0]);
  const ground = { projection: equalAreaAt(0, 0), rings: [], centres, extent: [-10, 0, 10, 10] } as const;
  assert.equal(nearestCell(ground, 8, 1, 5), 1);
  assert.equal(nearestCell(ground, 50, 50, 5), undefined);
  assert.equal(neighbourCell(ground, 0, 1, 0), 1);
  assert.equal(neighbourCell(ground, 0, 0, 1), 2);
  assert.equal(neighbourCell(ground, 1, 1, 0), 1, "at the edge it stays");
});

test("the page holds no address that a browser would fetch, and escapes what it is given", async () => {
  const html = await reportHtml(result);
  const markup = html.replaceAll(/<script[\s\S]*?<\/script>/g, "");
  assert.ok(!/\s(src|srcset|poster|action)=/.test(markup), "nothing is loaded");
  assert.ok(!/url\((?!["']?#)/.test(markup) && !/@import/.test(markup));
  assert.ok(!markup.includes("javascript:"), "a source's address that is not http is text");
  assert.ok(markup.includes("Line of contact, test &lt;fixture&gt; &amp; picture") && !markup.includes("<fixture>"));
  assert.match(html, /default-src 'none'/);
  assert.ok(markup.split(result.summary.marking).length >= 5, "marked in title, top, bottom, and printed margins");
});

test("the most critical nation is the one whose loss takes most looks", () => {
  const name = mostCritical(result)?.nation;
  const taken = (nation: string | undefined) =>
    result.variants.find((variant) => variant.nation === nation)?.headline.taken01.imaging ?? assert.fail();
  assert.ok(
    result.variants.every((variant) => variant.nation === undefined || variant.headline.taken01.imaging >= taken(name)),
  );
});

test("a report of the reference scenario's size stays under 3 MB", async () => {
  const full = resultFixture(FULL);
  const html = await reportHtml(full);
  assert.ok(full.cells.length > 3500);
  assert.ok(html.length < 3_000_000, `${html.length} bytes`);
});
