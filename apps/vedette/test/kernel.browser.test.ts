/**
 * The kernels in real Chromium: the same module, the same answers as in Node. Satellites are initialised with the engine's
 * own sines, of which the last digit may differ from one V8 to another: so within a millimetre's thousandth, not to the bit.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { findFleetPasses } from "@vedette/core/access/fleet-passes";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { swarmOf } from "@vedette/core/orbit/swarm";
import { instant, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import { kernelOf, type Machine } from "@vedette/kernel/kernel";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { readCatalogue } from "../src/feeds/catalogue/catalogue.ts";

const CHROMIUM = process.env["VEDETTE_CHROMIUM"] ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const required = (process.env["VEDETTE_REQUIRE"] ?? "").split(",").includes("chromium");
const skip = existsSync(CHROMIUM) || required ? false : `no Chromium at ${CHROMIUM}`;
const CATALOGUE = fileURLToPath(new URL("../../../data/catalogues/imaging-2026-06-14.csv", import.meta.url));
const START = parseInstant("2026-06-15T00:00:00Z");
const SITES = [
  { site: { id: "kharkiv", latitudeDeg: 49.99, longitudeDeg: 36.23, heightM: 150 }, maskDeg: 10 },
  { site: { id: "pole", latitudeDeg: 90, longitudeDeg: 0, heightM: 0 }, maskDeg: 25 },
];

/** What both sides are asked. As text, because numbers survive that to the last bit. */
const PAGE = `
import { kernelOf } from "@vedette/kernel/kernel";
import { swarmOf } from "@vedette/core/orbit/swarm";
import { findFleetPasses } from "@vedette/core/access/fleet-passes";
globalThis.asked = ({ satellites, sites, start, end }) => {
  const kernel = kernelOf(globalThis);
  const { rEcefKm, vEcefKmps } = swarmOf(satellites, kernel).statesAt(start);
  const { satellite, site, startMs, endMs } = findFleetPasses({ satellites, sites, span: { start, end }, options: { staleAfterMs: 1e12 } });
  return { hasKernel: kernel !== undefined, r: [...rEcefKm], v: [...vEcefKmps], passes: [...satellite, ...site, ...startMs, ...endMs] };
};
`;

interface Answer {
  readonly hasKernel: boolean;
  readonly r: readonly number[];
  readonly v: readonly number[];
  readonly passes: readonly number[];
}

test("states and passes in Chromium are those in Node", { skip }, async (t) => {
  const satellites = (await readCatalogue(CATALOGUE)).elements;
  const ours = inNode(satellites);
  const theirs = await inChromium(satellites);
  assert.ok(theirs.hasKernel);
  assert.ok(ours.passes.length > 4000, `${ours.passes.length}`);
  const apart = (key: "r" | "v" | "passes") => {
    assert.equal(theirs[key].length, ours[key].length, key);
    return Math.max(...ours[key].map((value, i) => Math.abs(value - (theirs[key][i] ?? Number.NaN))));
  };
  t.diagnostic(`apart by ${apart("r")} km, ${apart("v")} km/s, ${apart("passes")} ms`);
  assert.ok(apart("r") < 1e-9 && apart("v") < 1e-12 && apart("passes") <= 1);
});

function inNode(satellites: readonly MeanElements[]): Answer {
  const kernel = kernelOf(globalThis as unknown as Machine);
  const { rEcefKm, vEcefKmps } = swarmOf(satellites, kernel).statesAt(START);
  const span = { start: START, end: instant(START + MS_PER_DAY) };
  const found = findFleetPasses({ satellites, sites: SITES, span, options: { staleAfterMs: 1e12 } });
  const passes = [...found.satellite, ...found.site, ...found.startMs, ...found.endMs];
  return { hasKernel: kernel !== undefined, r: [...rEcefKm], v: [...vEcefKmps], passes };
}

async function inChromium(satellites: readonly MeanElements[]): Promise<Answer> {
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
    bundle: true,
    write: false,
    format: "esm",
    // satellite.js names them in parts that are not used here, and that are gone from the bundle.
    external: ["node:*"],
    minify: true,
    logLevel: "silent",
  });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ type: "module", content: outputFiles[0]?.text ?? "" });
    await page.waitForFunction(() => "asked" in globalThis);
    return await page.evaluate((question) => (globalThis as unknown as { asked(q: unknown): Answer }).asked(question), {
      satellites,
      sites: SITES,
      start: START,
      end: START + MS_PER_DAY,
    });
  } finally {
    await browser.close();
  }
}
