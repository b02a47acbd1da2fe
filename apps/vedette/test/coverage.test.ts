/** Coverage on real threads: the same bytes on any number of them, and the command that asks it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { type Coverage, type CoveragePlan, coveragePlanOf, planeBytes } from "@vedette/core/access/coverage";
import { gridOf } from "@vedette/core/access/grid";
import { coverageFleetOf, groupsWithout } from "@vedette/core/coalition/coverage-groups";
import { strengthOf } from "@vedette/core/coalition/without";
import { cellsAround } from "@vedette/core/geo/cells";
import { fleetOf } from "@vedette/core/network/fleet";
import { instant, MS_PER_DAY, parseInstant } from "@vedette/core/time/instant";
import type { Machine } from "@vedette/kernel/kernel";
import { type CoverageAnswer, type CoverageSession, openCoverage } from "../src/engine/coverage.ts";
import { loadScenario } from "../src/scenario/load.ts";
import { BIN, runVedette } from "./cli-fixture.ts";
import { writeScenario } from "./scenario-fixture.ts";

const { network, elements } = await loadScenario("line-of-contact");
const start = parseInstant("2026-06-15T00:00:00Z");
const fleet = fleetOf(network, elements, start);
const coalition = coverageFleetOf(network, fleet, () => ({ staleAfterMs: Number.POSITIVE_INFINITY }));
const place = { latitudeDeg: 48.5, longitudeDeg: 36 };
const shared = (bytes: number) => new SharedArrayBuffer(bytes);

const PLAN: CoveragePlan = coveragePlanOf({
  satellites: coalition.satellites,
  absent: coalition.absent,
  grid: gridOf(cellsAround(place, 150, 6), shared),
  coarse: gridOf(cellsAround(place, 150, 4), shared),
  span: { start, end: instant(start + 2 * MS_PER_DAY) },
});

function bytesOf({ plan, place: { planes }, bits, swept: { moments } }: Coverage): readonly unknown[] {
  const marked = new Uint8Array(bits(), planes, planeBytes(plan)).slice();
  if ("first" in moments) return [marked, moments.first, moments.at, moments.tag];
  const first = new Uint32Array(bits(), moments.firstAt, plan.coarse.count + 1).slice();
  const count = first.at(-1) ?? 0;
  const at = new Uint32Array(bits(), moments.atAt, count).slice();
  return [marked, first, at, new Uint16Array(bits(), moments.tagAt, count).slice()];
}

async function withSession<T>(threads: number, use: (session: CoverageSession) => Promise<T>): Promise<T> {
  const session = await openCoverage(PLAN, { threads });
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}

test("one thread, four, and a machine where threads share nothing: the same bytes, the same answers", async () => {
  const groups = groupsWithout(network, fleet, coalition, new Set(["USA"]));
  const all = async (session: CoverageSession) => ({
    bytes: bytesOf(session.coverage),
    lit: session.coverage.swept.lit,
    unknown: session.coverage.swept.unknown,
    answer: await session.ask(groups),
  });
  const four = await withSession(4, all);
  assert.ok((four.bytes[0] as Uint8Array).some((byte) => byte !== 0) && (four.bytes[2] as Uint32Array).length > 1000);
  const one = await withSession(1, all);
  assert.deepEqual(one, four);
  const { WebAssembly, atob } = globalThis as unknown as Machine;
  const alone = await openCoverage(PLAN, { machine: { ...(WebAssembly && { WebAssembly }), atob } });
  const plain = await all(alone);
  assert.deepEqual(plain.bytes, four.bytes);
  assert.deepEqual(plain.answer.observability, four.answer.observability);
  assert.deepEqual(
    plain.answer.ages.map(({ looks, meanAgeH }) => [looks, meanAgeH]),
    four.answer.ages.map(({ looks, meanAgeH }) => [looks, meanAgeH]),
  );
});

test("questions asked at once have the answers that they have one after another", async () => {
  const subsets = ["USA", "FRA", "DEU", "ITA"].map((nation) =>
    groupsWithout(network, fleet, coalition, new Set([nation])),
  );
  await withSession(2, async ({ ask }) => {
    const apart: CoverageAnswer[] = [];
    for (const groups of subsets) apart.push(await ask(groups));
    // A difference of so many numbers takes minutes to print.
    for (let round = 0; round < 3; round++)
      assert.ok(isDeepStrictEqual(await Promise.all(subsets.map(ask)), apart), `round ${round}`);
  });
});

test("a group stands and falls as one, whichever nations are taken out", () => {
  const nations = Object.keys(network.nations);
  for (const [i, nation] of nations.entries()) {
    const without = new Set([nation, nations[(3 * i + 5) % nations.length] ?? ""]);
    const groups = groupsWithout(network, fleet, coalition, without);
    const { active } = strengthOf(network, fleet, without);
    coalition.groupOf.forEach((group, s) => {
      assert.equal(groups[group] === 1, active[s]);
    });
  }
});

test("an interrupted sweep ends with the interruption", async () => {
  const abort = new AbortController();
  const running = openCoverage(PLAN, {
    threads: 2,
    signal: abort.signal,
    onProgress: (done) => done > 0 && abort.abort(),
  });
  await assert.rejects(running);
});

test("vedette coverage: the coalition, each nation taken out, and what was asked; figures and text agree", async (t) => {
  const folder = writeScenario(t);
  const call = ["coverage", folder, "--days", "1", "--without", "USA", "--threads", "2"];
  const { code, stdout, stderr } = await runVedette([...call, "--json"]);
  assert.equal(code, 0, stderr);
  const { rows, cells, hours } = JSON.parse(stdout);
  assert.deepEqual(
    rows.map(({ id }: { id: string }) => id),
    ["coalition", "without-FRA", "without-USA", "asked"],
  );
  assert.ok(cells > 0 && hours === 24);
  const [whole, , usa, asked] = rows;
  assert.deepEqual({ ...asked, id: "", label: "" }, { ...usa, id: "", label: "" });
  // Its only station is taken away: nothing is seen, and the gap is the day.
  assert.equal(asked.kinds.optical.observable01, 0);
  assert.equal(asked.kinds.optical.worstGapH, 24);
  assert.ok(whole.kinds.optical.observable01 >= 0 && whole.kinds.optical.worstGapH <= 24);
  const text = await runVedette(call);
  assert.match(text.stdout, /whole coalition[\s\S]*without France[\s\S]*without United States/);
});

test("vedette coverage without shared memory, and without the kernel: the same answer", async (t) => {
  const folder = writeScenario(t);
  const call = ["coverage", folder, "--days", "0.5", "--json"];
  const usual = await runVedette(call);
  const noSharing = "data:text/javascript,delete globalThis.SharedArrayBuffer";
  for (const node of [["--import", noSharing], ...(process.arch === "x64" ? [["--no-enable-sse4-1"]] : [])]) {
    const { code, stdout, stderr } = await runVedette(call, undefined, node);
    assert.equal(code, 0, stderr);
    assert.equal(stdout, usual.stdout);
  }
});

test("vedette coverage on one thread without the kernel hears Ctrl-C", { skip: process.arch !== "x64" }, async () => {
  const argv = ["--no-enable-sse4-1", BIN, "coverage", "--days", "30"];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    out += piece;
  });
  // Its first word is of the sweep.
  child.stderr.once("data", () => child.kill("SIGINT"));
  const [code] = await once(child, "close");
  assert.deepEqual([code, out], [130, ""]);
});

test("vedette coverage: what is wrong with the call is said", async (t) => {
  const folder = writeScenario(t);
  for (const [options, message] of [
    [["--without", "XYZ"], /XYZ[\s\S]*FRA, USA/],
    [["--without", "FRA", "--only", "USA"], /--without and --only/],
    [["--h3-resolution", "12"], /--h3-resolution 12/],
    [["--days", "0"], /--days 0/],
  ] as const) {
    const { code, stderr } = await runVedette(["coverage", folder, ...options]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  }
});
