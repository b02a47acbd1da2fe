/** The exercise's page in real Chromium, opened from a file: by mouse, by keyboard, narrow and wide, in the dark, on paper. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { ExerciseResult } from "@vedette/wire/exercise-result";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { loadPlan, type Plan } from "../src/exercise/load.ts";
import { playMany, recorded } from "../src/exercise/monte-carlo.ts";
import { assumptionsOf } from "../src/exercise/report/assumed.ts";
import { resultOf } from "../src/exercise/report/result-of.ts";
import { sensitivityOf } from "../src/exercise/report/sensitivity.ts";
import { writeExercise } from "../src/exercise/report/write.ts";

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

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** Two kinds, drones of two nations, a title that would be markup if it were let. */
const SMALL = `kind: exercise
about: { title: "Drones <b>over</b> & under", description: "</script><script>alert(1)</script>", licence: Apache-2.0 }
start: 2026-06-15T00:00:00Z
days: 3
world:
  plain:
    latitudeDeg: 48
    longitudeDeg: 37
    radiusKm: 40
    kinds:
      strike: { taxonomy: explosion, perDay: 12, lastsS: 86400, channel: crater, strength: 3 }
      fire: { taxonomy: explosion, perDay: 30, lastsS: 40000, channel: crater, strength: 1 }
areas: { north: { latitudeDeg: 48.2, longitudeDeg: 37, radiusKm: 8 }, south: { latitudeDeg: 47.8, longitudeDeg: 37, radiusKm: 8 } }
groups:
  drones-fra: { nation: FRA, sensor: drone-day, declaredBy: drone-eo, places: [{ latitudeDeg: 48, longitudeDeg: 36.6 }, { latitudeDeg: 47.9, longitudeDeg: 36.6 }], heightM: 2000, everyS: 300, mover: { speedMps: 35, enduranceS: 36000 } }
  drones-deu: { nation: DEU, sensor: drone-day, declaredBy: drone-eo, places: [{ latitudeDeg: 48.1, longitudeDeg: 36.6 }], heightM: 2000, everyS: 300, mover: { speedMps: 35, enduranceS: 36000 } }
  posts: { nation: POL, places: [{ latitudeDeg: 48, longitudeDeg: 37 }], plain: { rangeKm: 30, look01: 0.5, falseAlarmsPerDay: 2 }, everyS: 7200 }
headquarters:
  owner: EUE
  analysts: [{ fromHour: 0, toHour: 24, people: 3 }]
  verifiers: [{ fromHour: 0, toHour: 24, people: 2 }]
  analysis: { meanS: 600 }
  verification: { meanS: 1800 }
  assessment: { meanS: 1800 }
`;
const WITHOUT = "kind: exercise-variant\ntitle: without drones of France\npatch: { groups: { drones-fra: null } }\n";

describe("the exercise's page in Chromium", { skip }, () => {
  let room: string;
  let url: string;
  let browser: Browser;
  let result: ExerciseResult;

  before(async () => {
    room = await mkdtemp(join(tmpdir(), "vedette-exercise-page-"));
    const [file, vary] = [join(room, "small.yaml"), join(room, "without.yaml")];
    await Promise.all([writeFile(file, SMALL), writeFile(vary, WITHOUT)]);
    const plans = [await loadPlan(file), await loadPlan(file, vary)];
    const [plan] = plans as [Plan];
    const runs = { seed: 1, threads: 2 };
    const campaign = await playMany({ ...runs, plans, runs: 12 });
    const groups = ["headquarters: analysis", "headquarters: verification"];
    const sensitivity = await sensitivityOf({ ...runs, plan, groups, runs: 4 });
    const told = { command: "vedette exercise small.yaml", software: "Vedette test", assumed: assumptionsOf(plan) };
    result = resultOf({ ...told, campaign, plans, variants: [null, "without"], sensitivity });
    const recording = await recorded(plan, result.replay as NonNullable<ExerciseResult["replay"]>);
    await writeExercise(result, { plan, recording, outDir: join(room, "out") });
    url = pathToFileURL(join(room, "out", "report.html")).href;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  after(async () => {
    await browser?.close();
    await rm(room, { recursive: true, force: true });
  });

  /** Opens the page, runs `act`, and then asserts that the console was silent and nothing was asked of any network. */
  async function onPage(options: BrowserContextOptions, act: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const asked: string[] = [];
    const said: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => said.push(String(error)));
    await page.goto(url);
    await page.waitForSelector("html[data-ready]", { timeout: 20_000 });
    await act(page);
    await context.close();
    assert.deepEqual(said, []);
    assert.deepEqual(
      asked.filter((request) => !request.startsWith("data:")),
      [url],
    );
  }

  /** Expressions go as text: the test is compiled without the browser's types. */
  const ask = <T>(page: Page, expression: string): Promise<T> => page.evaluate(expression);
  const picture = (page: Page) => ask<string>(page, 'document.querySelector("#map canvas").toDataURL()');
  const text = async (page: Page, selector: string) => (await page.locator(selector).first().textContent()) ?? "";
  /** Two frames: the map is drawn in the next. */
  const drawn = (page: Page) =>
    ask(page, "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");

  test("the headline with its interval stands first, and says what the JSON says", async () => {
    await onPage({}, async (page) => {
      const [day] = result.networks[0]?.headline ?? [];
      const shown = ((day?.estimate ?? Number.NaN) * 100).toFixed(1);
      assert.ok((await text(page, ".headline .number")).startsWith(shown), shown);
      assert.match(await text(page, ".headline .small"), /95 %: [\d.]+ to [\d.]+ %/);
      assert.equal(await text(page, "h1"), "Drones <b>over</b> & under");
      const driver = await text(page, ".change-card .driver");
      assert.equal(driver, result.differences[0]?.driver.text);
    });
  });

  test("every chart is drawn, and the switch of networks changes them", async () => {
    await onPage({}, async (page) => {
      for (const id of ["kinds", "stages", "misses", "calibration", "sensitivity"])
        assert.ok((await page.locator(`#chart-${id} svg`).count()) > 0, id);
      // This world has one stretch.
      assert.equal(await page.locator("#chart-areas").isVisible(), false);
      const before = await ask<string>(page, 'document.querySelector("#chart-kinds").innerHTML');
      await page.selectOption("#network", "1");
      assert.notEqual(await ask<string>(page, 'document.querySelector("#chart-kinds").innerHTML'), before);
    });
  });

  test("the replay runs by keyboard and by button, counts rise to all of the run, layers go", async () => {
    await onPage({}, async (page) => {
      await page.locator("#map").focus();
      await page.keyboard.press("Home");
      await drawn(page);
      const [start, clock] = [await picture(page), await text(page, "#clock-text")];
      assert.match(clock, /2026-06-15 00:00 UTC, day 1/);
      await page.keyboard.press("Shift+ArrowRight");
      await drawn(page);
      assert.match(await text(page, "#clock-text"), /2026-06-16 00:00 UTC, day 2/);
      assert.notEqual(await picture(page), start);
      await page.keyboard.press("End");
      await drawn(page);
      const line = result.networks[0]?.runs.find(({ run }) => run === result.replay?.run);
      assert.ok(Number(await text(page, "#count-breaches")) >= (line?.counted[0] ?? Number.NaN));
      assert.ok(Number(await text(page, "#count-verified")) >= (line?.verified[0] ?? Number.NaN));
      const all = await picture(page);
      await page.uncheck("input[name=layer][value=incidents]");
      await drawn(page);
      assert.notEqual(await picture(page), all);
      await page.keyboard.press("Tab");
      await page.locator("#map").focus();
      await page.keyboard.press("Home");
      await page.click("#play");
      for (let i = 0; i < 100 && (await text(page, "#clock-text")).includes("00:00"); i++) await drawn(page);
      assert.ok(!(await text(page, "#clock-text")).includes("00:00"));
      await page.click("#play");
      assert.equal(await page.locator("#play").getAttribute("aria-pressed"), "false");
    });
  });

  for (const width of [390, 1600]) {
    test(`nothing is cut off and nothing scrolls sideways at ${width} px, all unfolded`, async () => {
      await onPage({ viewport: { width, height: 900 } }, async (page) => {
        await ask(page, 'for (const details of document.querySelectorAll("details")) details.open = true');
        assert.ok((await ask<number>(page, "document.documentElement.scrollWidth")) <= width);
        const out = await ask<string[]>(
          page,
          `[...document.querySelectorAll("main *")].filter((one) => !one.closest(".scroll, svg, .hidden") && one.getBoundingClientRect().right > ${width} + 1).map((one) => one.tagName + "." + one.className)`,
        );
        assert.deepEqual(out, []);
        // Words of a chart must not run into each other.
        const over = await ask<string[]>(page, OVERLAPS);
        assert.deepEqual(over, []);
      });
    });
  }

  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing serious, ${colorScheme}, with everything unfolded`, async () => {
      await onPage({ colorScheme }, async (page) => {
        await ask(page, 'for (const details of document.querySelectorAll("details")) details.open = true');
        await page.evaluate(axe.source);
        const only = colorScheme === "dark" ? ', runOnly: ["color-contrast"]' : "";
        const { violations } = await ask<{ violations: Violation[] }>(
          page,
          `axe.run({ resultTypes: ["violations"]${only} })`,
        );
        const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        assert.deepEqual(
          bad.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
          [],
        );
      });
    });
  }

  test("EXERCISE stands on top, at the bottom, and in the margins of every sheet", async () => {
    await onPage({}, async (page) => {
      for (const place of ["header.banner", "footer.banner"]) assert.match(await text(page, place), /^EXERCISE/);
      assert.match(
        await ask<string>(page, 'document.querySelector("style").textContent'),
        /@top-center\{content:"EXERCISE/,
      );
      await page.emulateMedia({ media: "print" });
      await drawn(page);
      assert.equal(await page.locator(".player").isVisible(), false);
      const sheets = await page.pdf({ preferCSSPageSize: true });
      assert.ok(sheets.length > 20_000);
    });
  });
});

/** Pairs of words in one chart that lie on each other by more than a sliver. */
const OVERLAPS = `[...document.querySelectorAll(".plot svg[role=img]")].flatMap((chart) => {
  const words = [...chart.querySelectorAll("text")].filter((one) => one.textContent.trim() !== "").map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }));
  return words.flatMap((a, i) => words.slice(i + 1).flatMap((b) => {
    const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
    const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
    return x > 2 && y > 3 ? [chart.parentElement.id + ": " + a.text + " | " + b.text] : [];
  }));
})`;
