/** The report in real Chromium, opened as a user opens it: from a file, by mouse, by keyboard, on paper. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { writeOutput } from "../src/report/write.ts";
import { resultFixture } from "./result-fixture.ts";

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

describe("the report in Chromium", { skip }, () => {
  const result = resultFixture();
  let room: string;
  let url: string;
  let browser: Browser;

  before(async () => {
    room = await mkdtemp(join(tmpdir(), "vedette-page-"));
    await writeOutput(result, join(room, "out"));
    url = pathToFileURL(join(room, "out", "report.html")).href;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  after(async () => {
    await browser?.close();
    await rm(room, { recursive: true, force: true });
  });

  /** Opens the report, runs `act`, and then asserts that the console was silent and nothing was asked of any network. */
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
  const mapPicture = (page: Page) => ask<string>(page, 'document.querySelector("#map canvas").toDataURL()');
  const focused = (page: Page) => ask<string | undefined>(page, "document.activeElement?.id");
  const legendText = async (page: Page) => (await page.locator("#legend").textContent()) ?? "";

  test("opens from a file: map, legend and every chart are drawn", async () => {
    await onPage({}, async (page) => {
      for (const id of ["chart-gaps", "chart-ages", "chart-ledger", "chart-timeline", "chart-sensitivity"]) {
        assert.ok((await page.locator(`#${id} svg :is(path, rect)`).count()) > 0, id);
      }
      assert.equal(await page.locator("#cell-rows tr").count(), 5);
      assert.match(await legendText(page), /h or more/);
      assert.ok((await mapPicture(page)).length > 20_000);
      assert.ok(await page.locator("#failed").isHidden());
    });
  });

  test("every switch changes the map and the legend", async () => {
    await onPage({}, async (page) => {
      for (const [name, value] of [
        ["figure", "share"],
        ["figure", "age"],
        ["figure", "clear"],
        ["figure", "gap"],
        ["kind", "radar"],
        ["variant", "without-USA"],
      ] as const) {
        const [picture, legend] = [await mapPicture(page), await legendText(page)];
        await page.selectOption(`select[name=${name}]`, value);
        assert.notEqual(await mapPicture(page), picture, value);
        assert.notEqual(await legendText(page), legend, value);
        assert.ok((await page.locator("#legend").getAttribute("data-figure"))?.split(" ").includes(value), value);
      }
    });
  });

  test("accessible and taken are different pictures; the legend counts every cell", async () => {
    await onPage({}, async (page) => {
      const picture = await mapPicture(page);
      await page.check("input[value=taken]");
      assert.notEqual(await mapPicture(page), picture);
      assert.match((await page.locator("#legend-title").textContent()) ?? "", /without a look/);
      const titles = await Promise.all(
        (await page.locator("#legend .count").all()).map((count) => count.getAttribute("title")),
      );
      const counts = titles.map((title) => Number.parseInt(title ?? "", 10));
      assert.equal(
        counts.reduce((a, b) => a + b, 0),
        result.cells.length,
      );
    });
  });

  test("the keyboard reaches the map, moves from cell to cell, and the figures are read out", async () => {
    await onPage({}, async (page) => {
      for (let i = 0; i < 30 && (await focused(page)) !== "map"; i++) await page.keyboard.press("Tab");
      assert.equal(await focused(page), "map");
      const cellNow = () => page.locator("#readout").getAttribute("data-cell");
      const seen = new Set([await cellNow()]);
      for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowLeft", "ArrowUp"]) {
        await page.keyboard.press(key);
        seen.add(await cellNow());
      }
      assert.ok(seen.size >= 3, [...seen].join());
      const cell = (await cellNow()) ?? "";
      const at = result.cells.indexOf(cell);
      const gap = result.variants[0]?.cells.imaging.accessibleLongestGapH[at] ?? Number.NaN;
      const spoken = (await page.locator("#spoken").textContent()) ?? "";
      const said = Number(/: ([\d.]+) h\./.exec(spoken)?.[1]);
      assert.ok(Math.abs(said - gap) < 0.11, `${spoken} for ${gap}`);
      const before = await mapPicture(page);
      await page.keyboard.press("+");
      assert.notEqual(await mapPicture(page), before);
      await page.keyboard.press("0");
      assert.equal(await page.locator("#map").getAttribute("data-zoom"), "1.00");
    });
  });

  test("pointing at a cell shows that cell", async () => {
    await onPage({}, async (page) => {
      const first = await page.locator("#readout").getAttribute("data-cell");
      await page.locator("#map").scrollIntoViewIfNeeded();
      const box = (await page.locator("#map").boundingBox()) ?? assert.fail();
      for (let x = 0.2; x < 0.9; x += 0.05) await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.6);
      const cell = await page.locator("#readout").getAttribute("data-cell");
      assert.ok(cell !== first && result.cells.includes(cell ?? ""));
      assert.equal(await page.locator("#cell-note").textContent(), "Chosen cell");
    });
  });

  test("the dependence table sorts, and follows the chosen sensor", async () => {
    await onPage({}, async (page) => {
      const names = () => page.locator(".dependence tbody:not([hidden]) tr:not(.base) th").allTextContents();
      await page.click(".dependence thead th:first-child button");
      await page.click(".dependence thead th:first-child button");
      assert.deepEqual(await names(), [...(await names())].sort());
      const any = await page.locator(".dependence tbody:not([hidden])").textContent();
      await page.selectOption("#kind", "optical");
      assert.notEqual(await page.locator(".dependence tbody:not([hidden])").textContent(), any);
      assert.equal(await page.locator(".dependence tbody:not([hidden])").count(), 1);
    });
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing serious, ${colorScheme}, with everything unfolded`, async () => {
      // What differs in the dark is contrast.
      await onPage({ colorScheme }, async (page) => {
        await ask(page, 'for (const details of document.querySelectorAll("details")) details.open = true');
        await page.evaluate(axe.source);
        const { violations } = await ask<{ violations: Violation[] }>(
          page,
          `axe.run({ resultTypes: ["violations"]${colorScheme === "dark" ? ', runOnly: ["color-contrast"]' : ""} })`,
        );
        const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        assert.deepEqual(
          bad.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`),
          [],
        );
      });
    });
  }

  test("the marking is on top, at the bottom, and on paper; paper is light", async () => {
    await onPage({ colorScheme: "dark" }, async (page) => {
      const { marking, label } = result.summary;
      for (const media of ["screen", "print"] as const) {
        await page.emulateMedia({ media });
        for (const place of [".banner.top", ".banner.bottom"]) {
          assert.ok(await page.locator(place).isVisible());
          const text = (await page.locator(place).textContent()) ?? "";
          assert.ok(text.includes(marking) && text.includes(label ?? ""));
        }
      }
      assert.equal(await ask(page, "getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)");
      const sheets = await page.pdf({ preferCSSPageSize: true });
      assert.ok(sheets.length > 10_000);
    });
  });

  test("at 400 pixels nothing is wider than the screen", async () => {
    await onPage({ viewport: { width: 400, height: 800 } }, async (page) => {
      assert.ok((await ask<number>(page, "document.documentElement.scrollWidth")) <= 400);
    });
  });

  test("without JavaScript the answer and the tables are there, and the page says what is missing", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(url);
    assert.ok(await page.locator(".answer").isVisible());
    assert.ok((await page.locator(".dependence tbody:not([hidden]) tr").count()) > 5);
    assert.match((await page.locator("noscript").textContent()) ?? "", /JavaScript/);
    await context.close();
  });
});
