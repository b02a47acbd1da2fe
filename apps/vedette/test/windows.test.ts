/** `vedette windows`: unknown stays unknown, parts make a whole, faults name option, value and what was expected. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "../src/cli/main.ts";
import type { WindowJson } from "../src/cli/windows-rows.ts";
import { runVedette } from "./cli-fixture.ts";
import { temporaryFolder } from "./scenario-fixture.ts";
import { type Answer, answer, CATALOGUE, callOf, joined, KHARKIV, printed, total } from "./windows-fixture.ts";

const BIN = fileURLToPath(new URL("../bin/vedette.mjs", import.meta.url));

const LOW = ["--satellite", "ICEYE-X40,QPS-SAR-7", "--site", "Mariupol=47.1,37.55,30"];
const inPairs = ({ windows }: Answer, number: number, site: string): WindowJson[] =>
  windows.filter((row) => row.catalogueNumber === number && row.site === site);

test("sunlit and eclipsed, left and right: each pair makes the passes whole and shares none of their time", async () => {
  const settings = { days: "3" };
  const [plain, ...parts] = await Promise.all(
    [[], ["--sunlit"], ["--eclipsed"], ["--side", "left"], ["--side", "right"]].map((asked) =>
      answer([...LOW, ...asked], settings),
    ),
  );
  assert.ok(plain);
  assert.deepEqual(
    plain.sites.map(({ site, heightM }) => [site, heightM]),
    [
      [KHARKIV, 0],
      ["Mariupol", 30],
    ],
  );
  assert.equal(plain.counts.length, 4);
  const [sunlit, eclipsed, left, right] = parts;
  assert.ok(sunlit && eclipsed && left && right);
  partition(plain, sunlit, eclipsed);
  partition(plain, left, right);
  assert.ok(sunlit.windows.length + eclipsed.windows.length > plain.windows.length, "a pass is cut: its parts meet");
});

function partition(plain: Answer, one: Answer, other: Answer): void {
  assert.ok(one.windows.length > 0 && other.windows.length > 0);
  for (const { catalogueNumber, site } of plain.counts) {
    const [a = [], b = [], whole = []] = [one, other, plain].map((found) => inPairs(found, catalogueNumber, site));
    assert.deepEqual(joined([...a, ...b]), joined(whole));
    assert.ok(Math.abs(total(a) + total(b) - total(whole)) < 1e-6);
  }
}

test("a skyline: in the call as in a file; level, it is a least elevation; passes say the same", async (t) => {
  const file = join(temporaryFolder(t), "skyline.txt");
  writeFileSync(file, "# azimuth elevation\n180 3\n\n90, 12 # the mill\n0:15\n360;15\n");
  const one = ["--satellite", "ICEYE-X40"];
  const [call, read, level, least, passes] = await Promise.all([
    answer([...one, "--horizon", "0:15,90:12,180:3"]),
    answer([...one, "--horizon", file]),
    answer([...one, "--horizon", "0:15"]),
    answer([...one, "--min-elevation", "15"]),
    runVedette(["passes", ...callOf(one).slice(1), "--mask", "15", "--json"]),
  ]);
  assert.deepEqual(read, call);
  assert.ok(level.windows.length > 0 && call.windows.length >= level.windows.length);
  assert.ok(total(call.windows) > total(level.windows), "12 and 3 degrees let more through than 15");
  const rises: { rise: string; set: string }[] = JSON.parse(passes.stdout);
  for (const other of [least.windows, rises.map(({ rise, set }) => ({ start: rise, end: set }))]) {
    assert.equal(other.length, level.windows.length);
    for (const [i, { start, end }] of level.windows.entries()) {
      assert.ok(Math.abs(Date.parse(start) - Date.parse(other[i]?.start ?? "")) <= 10);
      assert.ok(Math.abs(Date.parse(end) - Date.parse(other[i]?.end ?? "")) <= 10);
    }
  }
});

test("--contact: one station at least; below the horizon of all there is nothing", async () => {
  const geo = ["--satellite", "41310"];
  // 9 degrees east: high over Rome, below the horizon of Hawaii.
  const [rome, hawaii, either] = await Promise.all([
    answer([...geo, "--contact", "41.9,12.5,30"]),
    answer([...geo, "--contact", "20.7,-156.3,0,3000"]),
    answer([...geo, "--contact", "Haleakala=20.7,-156.3,0,3000", "--contact", "41.9,12.5,30,50"]),
  ]);
  assert.deepEqual(
    [rome, hawaii, either].map(({ windows }) => total(windows)),
    [86_400, 0, 86_400],
  );
});

/** The catalogue with the elements of one satellite moved back by a month. */
function withStale(t: TestContext, number: string): string {
  const file = join(temporaryFolder(t), "elements.csv");
  const lines = readFileSync(CATALOGUE, "utf8").split("\n");
  writeFileSync(
    file,
    lines.map((line) => (line.includes(`,${number},`) ? line.replace("2026-06-13", "2026-05-13") : line)).join("\n"),
  );
  return file;
}

test("unknown is never no: a relay or a satellite with old elements, said with its reason", async (t) => {
  const catalogue = withStale(t, "41310");
  const asked = (...words: string[]) => answer(["--satellite", "ICEYE-X40", ...words], { catalogue });
  const [plain, stale, both, own] = await Promise.all([
    asked(),
    asked("--relay", "41310"),
    asked("--relay", "EUTELSAT 9B,EDRS-C,LUCAS"),
    answer(["--satellite", "41310", "--min-sun", "10"], { catalogue }),
  ]);
  assert.deepEqual(stale.windows, []);
  assert.deepEqual(
    stale.relays.map(({ catalogueNumber }) => catalogueNumber),
    [41_310],
  );
  assert.deepEqual(
    stale.unknown.map(({ start, end, code, of }) => [start, end, code, of]),
    plain.windows.map(({ start, end }) => [start, end, "stale", "relay"]),
    "unknown just where all else holds",
  );
  assert.ok(both.windows.length > 0, "a relay that is known answers for itself");
  assert.ok(total(both.windows) + total(both.unknown) <= total(plain.windows) + 1e-6);
  assert.deepEqual([own.windows.length, own.unknown.length, own.unknown[0]?.of], [0, 1, "satellite"]);
  assert.ok(total(own.unknown) < 60_000, "at night the Sun says no, whatever the elements say");
  const text = await printed(callOf(["--satellite", "ICEYE-X40,41310", "--relay", "41310,44475"], { catalogue }));
  assert.match(text, /^Unknown, neither yes nor no:$/m);
  assert.match(text, /^EUTELSAT 9B .* 24:00:00\.0 {2}elements more than 14 days away$/m);
});

test("for people: windows, counts by satellite; over several sites, which", async () => {
  const [one, two, none] = await Promise.all([
    runVedette(callOf(["--satellite", "41310,44475"])),
    printed(callOf(["--satellite", "41310", "--site", "Rome=41.9,12.5"])),
    printed(callOf(["--satellite", "44475"])),
  ]);
  assert.deepEqual([one.code, one.stderr], [0, ""]);
  assert.match(one.stdout, /^satellite +start \(UTC\) +end \(UTC\) +duration\n/);
  assert.match(
    one.stdout,
    /^EUTELSAT 9B {2}2026-06-15T00\S+ {2}2026-06-16T00\S+ {2}24:00:00\.0 {2}clipped at both ends$/m,
  );
  assert.match(one.stdout, /^EDRS-C +44475 +0 +0:00:00\.0 +24:00:00\.0 +0:00:00\.0$/m);
  assert.match(two, /^EUTELSAT 9B {2}Rome +2026/m);
  assert.match(two, /^EUTELSAT 9B +41310 +2 +48:00:00\.0/m);
  assert.match(none, /^no windows\n\n/);
});

/** In this process: only stderr and the code matter. */
async function refusal(t: TestContext, argv: readonly string[]): Promise<{ code: number; said: string }> {
  let said = "";
  const { mock } = t.mock.method(process.stderr, "write", (text: string) => {
    said += text;
    return true;
  });
  const code = await run(argv);
  mock.restore();
  return { code, said };
}

test("a call at fault: option, value and what was expected, exit code 2", async (t) => {
  const calls: readonly (readonly [readonly string[], RegExp])[] = [
    [["--min-elevation", "-2"], /--min-elevation -2: expected a number from -1 to 90/],
    [["--range", "500-900"], /--range 500-900: expected MIN\.\.MAX, \.\.MAX or MIN\.\. in km/],
    [["--range", "900..500"], /--range 900\.\.500: expected the least before the greatest/],
    [["--incidence", "20..95"], /--incidence: greatest 95: expected a number from 0 to 90/],
    [["--off-nadir", ".."], /--off-nadir \.\.: expected MIN\.\.MAX, .* in degrees/],
    [["--side", "up"], /--side <SIDE>' argument 'up' is invalid\. Allowed choices are left, right\./],
    [["--min-sun", "ten"], /--min-sun ten: expected a number from -90 to 90/],
    [["--min-sun", "5", "--max-sun", "-6"], /--min-sun 5 --max-sun -6: expected the least to be at or below/],
    [["--sunlit", "--eclipsed"], /'--sunlit' cannot be used with option '--eclipsed'/],
    [["--contact", "78,15"], /--contact 78,15: expected LAT,LON,MASK/],
    [["--contact", "78,15,95"], /--contact: mask 95: expected a number from -1 to 90/],
    [["--relay", "41310"], /--relay EUTELSAT 9B: also in --satellite/],
    [["--site", KHARKIV], /--site 49\.99,36\.23: expected a name of its own for each site/],
    [["--site", "North=95,3"], /--site: latitude 95: expected a number from -90 to 90/],
    [["--horizon", "0:5,400:3"], /--horizon: azimuth 400: expected a number from 0 to 360/],
    [["--horizon", "0:5,0:6"], /--horizon 0:5,0:6: azimuth 0 has two elevations, 5 and 6/],
    [["--horizon", "no/such.txt"], /--horizon no\/such\.txt: expected AZIMUTH:ELEVATION.*there is no such file/],
    [["--days", "0"], /--days 0: expected more than 0/],
    [["--start", "2026-06-31T00:00:00Z"], /--start 2026-06-31T00:00:00Z: not a UTC instant/],
  ];
  for (const [asked, message] of calls) {
    const { code, said } = await refusal(t, callOf(["--satellite", "41310", ...asked]));
    assert.equal(code, 2, `${asked.join(" ")}: ${said}`);
    assert.match(said, message);
  }
});

test("an input at fault: file and line, exit code 1; a name nearly right is guessed", async (t) => {
  const skyline = join(temporaryFolder(t), "skyline.csv");
  writeFileSync(skyline, "0,5\n90,high\n");
  const calls: readonly (readonly [readonly string[], RegExp])[] = [
    [
      ["--satellite", "41310", "--horizon", skyline],
      /skyline\.csv:2: .*elevation high: expected a number from -90 to 90/,
    ],
    [["--satellite", "41310", "--horizon", temporaryFolder(t)], /cannot be read: it is a folder/],
    [
      ["--satellite", "SENTINEL-1X"],
      /--satellite: no satellite "SENTINEL-1X" \(did you mean "SENTINEL-1[ACD]"\?\) among/,
    ],
    [["--satellite", "41310", "--relay", "99999"], /--relay: no satellite "99999" among \d+ element sets/],
  ];
  for (const [asked, message] of calls) {
    const { code, said } = await refusal(t, callOf(asked));
    assert.equal(code, 1, `${asked.join(" ")}: ${said}`);
    assert.match(said, message);
  }
});

test("long work says so; Ctrl-C ends it with 130, and nothing on stdout", async () => {
  const sites = Array.from({ length: 80 }, (_, i) => ["--site", `${40 + i / 10},30`]).flat();
  const argv = callOf(["--satellite", "ICEYE,FLOCK", ...sites, "--off-nadir", "5..45", "--relay", "41310"], {
    days: "9",
  });
  const child = spawn(process.execPath, [BIN, ...argv], { stdio: ["ignore", "pipe", "pipe"] });
  let [out, said] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    out += piece;
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    if (said === "") child.kill("SIGINT");
    said += piece;
  });
  const [code] = await once(child, "close");
  assert.deepEqual([code, out], [130, ""]);
  assert.match(said, /^searching \d+ pairs of satellite and site\nvedette: interrupted; nothing was written\n$/);
});
