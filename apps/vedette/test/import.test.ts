/** `vedette import catalogue`: what changes, what does not, what is said, and how it fails. */
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { tleChecksum } from "@vedette/core/orbit/tle";
import { parseInstant } from "@vedette/core/time/instant";
import fc from "fast-check";
import { importCommand } from "../src/cli/import.ts";
import { catalogueOfScenario } from "../src/cli/import-target.ts";
import { readCatalogue } from "../src/feeds/catalogue/catalogue.ts";
import { healthOf } from "../src/feeds/catalogue/health.ts";
import { importCatalogue } from "../src/feeds/catalogue/import.ts";
import { mergeElements, readStored, writeStored } from "../src/feeds/catalogue/store.ts";
import { download } from "../src/feeds/download.ts";
import { InputError, UsageError } from "../src/problem.ts";
import { SHIPPED_ROOT } from "../src/scenario/paths.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-import-test-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const AT = "2026-06-15T00:00:00Z";

let count = 0;
function fresh(name: string, content?: string): string {
  count += 1;
  const path = join(folder, `${count}-${name}`);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

/** Facts: CelesTrak, 2026-06-14. */
const CALSPHERE = `CALSPHERE 1             
1 00900U 64063C   26164.75055242  .00000547  00000+0  54812-3 0  9995
2 00900  90.2236  71.6901 0024354 308.4424 115.3260 13.76619908 70959
`;
const TERRASAR = `TERRASAR-X
1 31698U 07026A   26164.30549450  .00000550  00000+0  29393-4 0  9990
2 31698  97.4448 172.0669 0001630  86.5072 273.6349 15.19146801 52630
`;
/** Verification set of Vallado et al. 2006: SGP4 error 6 (decayed) within 420 minutes; perigee 51 km below ground. */
const DECAYING = `SL-14 DEB
1 29141U 85108AA  06170.26783845  .99999999  00000-0  13519-0 0   718
2 29141  82.4288 273.4882 0015848 277.2124  83.9133 15.93343074  6828
`;
const SUBORBITAL = `MINOTAUR R/B
1 28872U 05037B   05333.02012661  .25992681  00000-0  24476-3 0  1534
2 28872  96.4736 157.9986 0303955 244.0492 110.6523 16.46015938 10708
`;
const BAD = TERRASAR.replace("97.4448", "97.4440");

function redated(tle: string, epoch: string): string {
  const [name = "", line1 = "", line2 = ""] = tle.split("\n");
  const body = line1.slice(0, 18) + epoch + line1.slice(32, 68);
  return `${name}\n${body}${tleChecksum(body)}\n${line2}\n`;
}

interface Run {
  readonly out: string;
  readonly err: string;
}

/** The command as a person calls it; what it prints is caught, what it throws comes through. */
async function vedette(...args: readonly string[]): Promise<Run> {
  const [out, err]: [string[], string[]] = [[], []];
  const command = importCommand();
  for (const each of command.commands) {
    each.exitOverride().configureOutput({ writeOut: (text) => out.push(text), writeErr: (text) => err.push(text) });
  }
  await command.parseAsync(["catalogue", ...args], { from: "user" });
  return { out: out.join(""), err: err.join("") };
}

interface Report {
  readonly records: number;
  readonly superseded: number;
  readonly notSelected: number;
  readonly refusedCount: number;
  readonly [list: string]: unknown;
}

async function reportOf(...args: readonly string[]): Promise<Report> {
  const report = JSON.parse((await vedette(...args, "--at", AT, "--json")).out) as Report;
  const lists = ["added", "replaced", "unchanged", "older"].map((list) => numbersIn(report, list).length);
  const sum = lists.reduce((a, b) => a + b, 0) + report.superseded + report.notSelected + report.refusedCount;
  assert.equal(report.records, sum, "in = added + replaced + unchanged + older + superseded + not selected + refused");
  return report;
}

const numbersIn = (report: Report, list: string): number[] =>
  (report[list] as { catalogueNumber: number }[]).map(({ catalogueNumber }) => catalogueNumber);

test("a first import adds; the same file twice changes no byte and no date", async () => {
  const [source, target] = [fresh("in.tle", CALSPHERE + BAD + TERRASAR), fresh("out.csv")];
  const first = await reportOf(source, "--into", target);
  assert.deepEqual([numbersIn(first, "added"), first.refusedCount], [[900, 31698], 1]);
  const [bytes, date] = [readFileSync(target, "utf8"), statSync(target).mtimeMs];
  const second = await reportOf(source, "--into", target);
  assert.deepEqual([numbersIn(second, "added"), numbersIn(second, "unchanged")], [[], [900, 31698]]);
  assert.deepEqual([readFileSync(target, "utf8"), statSync(target).mtimeMs], [bytes, date]);
  assert.deepEqual((await readCatalogue(target)).elements, (await readCatalogue(source)).elements);
});

test("a newer epoch replaces, an older one does not, lines about the file stay, nothing is left aside", async () => {
  const target = fresh("out.csv");
  await reportOf(fresh("in.tle", CALSPHERE + TERRASAR), "--into", target);
  writeFileSync(
    target,
    `# extract for the exercise\n# licence: see sources\n${readFileSync(target, "utf8").replace(/^#.*\n/gm, "")}`,
  );
  const news = fresh("news.tle", redated(CALSPHERE, "26165.50000000") + redated(TERRASAR, "26163.50000000"));
  const report = await reportOf(news, "--into", target);
  assert.deepEqual([numbersIn(report, "replaced"), numbersIn(report, "older")], [[900], [31698]]);
  const text = readFileSync(target, "utf8");
  assert.match(text, /^# extract for the exercise\n# licence: see sources\nOBJECT_NAME,/);
  const epochs = (await readCatalogue(target)).elements.map(({ epochUtcMs }) => Math.floor(epochUtcMs));
  assert.deepEqual(epochs, [Date.parse("2026-06-14T12:00:00Z"), Date.parse("2026-06-13T07:19:54.724Z")]);
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(".tmp")),
    [],
  );
});

test("of several records of one object the newest counts, in whatever order they stand", async () => {
  const [older, newer] = [redated(CALSPHERE, "26160.00000000"), redated(CALSPHERE, "26164.00000000")];
  for (const text of [older + newer + older, newer + older + newer]) {
    const target = fresh("out.csv");
    const report = await reportOf(fresh("in.tle", text), "--into", target);
    assert.deepEqual([numbersIn(report, "added"), report.superseded], [[900], 2]);
    assert.equal((await readCatalogue(target)).elements[0]?.epochUtcMs, Date.parse("2026-06-13T00:00:00Z"));
  }
});

test("--only selects by name in any case and by number, and says what is not there", async () => {
  const source = fresh("in.tle", CALSPHERE + TERRASAR + DECAYING);
  const report = await reportOf(source, "--into", fresh("out.csv"), "--only", "terrasar-x, 0900,SPOT 9");
  assert.deepEqual([numbersIn(report, "added"), report.notSelected, report["notFound"]], [[900, 31698], 1, ["SPOT 9"]]);
  const { err } = await vedette(source, "--into", fresh("out.csv"), "--only", "900,77");
  assert.match(err, /has no 77\n/);
  await assert.rejects(vedette(source, "--into", fresh("out.csv"), "--only", "77"), InputError);
});

test("stale and decayed objects are reported at the instant asked for", async () => {
  const source = fresh("in.tle", CALSPHERE + DECAYING + SUBORBITAL);
  const at = async (instant: string) =>
    JSON.parse((await vedette(source, "--into", fresh("out.csv"), "--json", "--at", instant)).out) as Report;
  assert.deepEqual(numbersIn(await at("2026-06-27T18:00:00Z"), "stale"), [28872, 29141]);
  assert.deepEqual(numbersIn(await at("2026-06-27T18:01:00Z"), "stale"), [900, 28872, 29141]);
  // Epoch 2006-06-19T06:25:41Z; the verification output of 29141, asked for every 20 minutes to 440, ends at 420.
  assert.deepEqual(numbersIn(await at("2006-06-19T07:25:00Z"), "decayed"), []);
  const later = await at("2006-06-19T13:45:42Z");
  assert.deepEqual(later["decayed"], [
    { name: "SL-14 DEB", catalogueNumber: 29141, epoch: "2006-06-19T06:25:41.242080Z", why: "SGP4 says decayed" },
  ]);
  assert.deepEqual(numbersIn(await at("2005-11-29T00:30:00Z"), "decayed"), [28872]);
  const text = (await vedette(source, "--into", fresh("out.csv"), "--at", "2005-11-29T00:30:00Z")).out;
  assert.match(text, /28872 MINOTAUR R\/B: perigee \d+ km below ground/);
});

test("the perigee below ground is the one that Vallado's file names", async () => {
  const { elements } = await readCatalogue(fresh("in.tle", SUBORBITAL));
  const [minotaur] = elements;
  const health = healthOf(minotaur ?? assert.fail(), parseInstant("2005-11-29T00:28:59Z"), 14);
  const km = Number(/perigee (\d+) km/.exec(health.fault?.message ?? "")?.[1]);
  // He gives -51 km for the mean orbit; the osculating one swings around it by some ten kilometres.
  assert.ok(Math.abs(km - 51) < 20, `${km} km`);
});

test("nothing accepted, nothing written: an input error with every reason", async () => {
  const target = fresh("out.csv");
  await assert.rejects(vedette(fresh("in.tle", BAD + BAD), "--into", target), (error: unknown) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /nothing to import: 2 of 2 records refused\n.*in\.tle:3:69: checksum/);
    return true;
  });
  await assert.rejects(vedette(join(folder, "absent"), "--into", target), /absent: cannot be read: no such file/);
  await assert.rejects(vedette(fresh("empty", ""), "--into", target), /the file is empty/);
  assert.equal(existsSync(target), false);
});

test("refused records are named on stderr with their line; nothing of theirs reaches the terminal raw", async () => {
  const { out, err } = await vedette(
    fresh("in.tle", `${CALSPHERE}\u001b[2Jjunk\n${BAD}`),
    "--into",
    fresh("out.csv"),
    "--at",
    AT,
  );
  assert.match(out, /3 records \(tle\)[\s\S]* 1 {2}added\n[\s\S]* 2 {2}refused\n/);
  assert.match(err, /in\.tle:4: expected lines[^\n]*\\u001b\[2Jjunk/);
  assert.match(err, /in\.tle:7:69: checksum "0", expected/);
  assert.doesNotMatch(out + err, /[^\P{Cc}\n]/u);
});

test("calls at fault", async () => {
  const source = fresh("in.tle", CALSPHERE);
  const calls = [
    ["--into", "a.csv", "--scenario", "b.yaml"],
    ["--at", "2026-06-15"],
    ["--only", " , "],
    ["--timeout", "soon"],
  ];
  for (const call of calls) await assert.rejects(vedette(source, ...call), UsageError, call.join(" "));
  await assert.rejects(vedette("ftp://127.0.0.1/x", "--into", fresh("out.csv")), UsageError);
});

test("a target that a rewrite would damage is left alone", async () => {
  const source = fresh("in.tle", TERRASAR);
  const good = fresh("good.csv");
  await vedette(source, "--into", good);
  const text = readFileSync(good, "utf8");
  const [header = "", row = ""] = text.split("\n").slice(2);
  const targets: readonly (readonly [string, RegExp])[] = [
    [CALSPHERE, /not a catalogue in OMM CSV but tle/],
    [`${header},MY_NOTE\n${row},precious\n`, /columns MY_NOTE would be lost/],
    [
      `${text}${row.replace("97.4448", "x")}\n`,
      /1 rows that cannot be read would be lost[\s\S]*:5:\d+: INCLINATION "x"/,
    ],
    [text + row, /31698 stands on two rows/],
    ["hello", /not a catalogue/],
  ];
  for (const [content, message] of targets) {
    const target = fresh("target.csv", content);
    await assert.rejects(
      vedette(source, "--into", target),
      (error: unknown) => error instanceof InputError && message.test(error.message),
    );
    assert.equal(readFileSync(target, "utf8"), content);
  }
});

test("a disk that refuses leaves the old file whole", async () => {
  const source = fresh("in.tle", TERRASAR);
  await assert.rejects(
    vedette(source, "--into", join(folder, "no", "such", "folder.csv")),
    /cannot be written: no such file/,
  );
  const target = fresh("cat.csv");
  await vedette(fresh("old.tle", CALSPHERE), "--into", target);
  const before = readFileSync(target, "utf8");
  // A folder where the file aside would go: refused to everybody, root included.
  const aside = join(folder, `.${basename(target)}.${process.pid}.tmp`);
  mkdirSync(aside);
  await assert.rejects(vedette(source, "--into", target), /cannot be written: it is a folder/);
  rmSync(aside, { recursive: true });
  assert.equal(readFileSync(target, "utf8"), before);
});

test("the store gives back every element set that it was given, names with commas and quotes too", async () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => value + 0);
  const angle = fc.double({ noNaN: true, min: 0, max: 180 }).map((value) => value + 0);
  const elements: fc.Arbitrary<MeanElements> = fc.record<MeanElements>(
    {
      name: fc
        .string({ unit: fc.constantFrom("A", "#", ",", '"', "'", " ", "é", "=", ";"), maxLength: 12 })
        .map((name) => name.trim()),
      catalogueNumber: fc.integer({ min: 1, max: 999_999_999 }),
      internationalDesignator: fc.constantFrom("", "1998-067A", "2024-001ABC"),
      epochUtcMs: fc.integer({ min: -4e14, max: 4e15 }).map((micros) => micros / 1000),
      meanMotionRevPerDay: fc.double({ noNaN: true, min: 1e-6, max: 20 }),
      eccentricity: fc.double({ noNaN: true, min: 0, max: 1, maxExcluded: true }).map((value) => value + 0),
      inclinationDeg: angle,
      raanDeg: angle,
      argPerigeeDeg: angle,
      meanAnomalyDeg: angle,
      bstar: number,
      meanMotionDot: number,
      meanMotionDdot: number,
      classification: fc.constantFrom("", "U", "C"),
      elementSetNumber: fc.nat(9999),
      revolutionAtEpoch: fc.nat(99_999),
    },
    { noNullPrototype: true },
  );
  const path = fresh("store.csv");
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(elements, { minLength: 1, maxLength: 5, selector: (each) => each.catalogueNumber }),
      async (all) => {
        const sorted = [...all].sort((a, b) => a.catalogueNumber - b.catalogueNumber);
        await writeStored(path, {
          about: ["# about"],
          elements: new Map(all.map((each) => [each.catalogueNumber, each])),
        });
        const stored = await readStored(path);
        assert.deepEqual([...stored.elements.values()], sorted);
        assert.deepEqual(stored.about, ["# about"]);
      },
    ),
    { numRuns: 200 },
  );
});

test("merging keeps the newest whatever the order, and merging again changes nothing", () => {
  const element = fc.record({
    catalogueNumber: fc.integer({ min: 1, max: 4 }),
    epochUtcMs: fc.integer({ min: 0, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(element as fc.Arbitrary<MeanElements>, { maxLength: 20 }), (all) => {
      const merged = new Map<number, MeanElements>();
      for (const each of all) mergeElements(merged, each);
      for (const [number, { epochUtcMs }] of merged) {
        const epochs = all.filter((each) => each.catalogueNumber === number).map((each) => each.epochUtcMs);
        assert.equal(epochUtcMs, Math.max(...epochs));
      }
      const again = all.map((each) => mergeElements(merged, each));
      assert.ok(again.every((outcome) => outcome === "unchanged" || outcome === "older"));
    }),
  );
});

/** `start` and catalogue of a scenario, without the files that only a run needs. */
function scenarioIn(name: string, catalogues: string): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  const body = ["kind: scenario", "title: A test", "start: 2026-06-15T00:00:00Z", "days: 7", "h3Resolution: 6"];
  body.push(
    "network: network.yaml",
    "zones: zones.yaml",
    "requests: requests.yaml",
    `catalogues: [${catalogues}]`,
    "staleAfterDays: 1.1",
  );
  writeFileSync(join(path, "scenario.yaml"), `${body.join("\n")}\n`);
  return path;
}

test("--scenario adds to the scenario's own catalogue, at its start and with its staleness", async () => {
  const path = scenarioIn("own", "cats.csv");
  const source = fresh("in.tle", CALSPHERE + TERRASAR);
  await assert.rejects(
    vedette(source, "--scenario", path),
    /"cats.csv" is not there[\s\S]*--into FILE makes a new one/,
  );
  await vedette(fresh("first.tle", CALSPHERE), "--into", join(path, "cats.csv"));
  const report = JSON.parse((await vedette(source, "--scenario", path, "--json")).out) as Report;
  assert.deepEqual([numbersIn(report, "added"), numbersIn(report, "unchanged")], [[31698], [900]]);
  assert.deepEqual([report["at"], numbersIn(report, "stale")], ["2026-06-15T00:00:00.000Z", [900, 31698]]);
  writeFileSync(join(folder, "variant.yaml"), "extends: own/scenario.yaml\nstart: 2026-06-14T00:00:00Z\n");
  const variant = await catalogueOfScenario(join(folder, "variant.yaml"));
  assert.deepEqual(variant, {
    catalogue: join(path, "cats.csv"),
    start: Date.parse("2026-06-14T00:00:00Z"),
    staleAfterDays: 1.1,
  });
  await assert.rejects(vedette(source, "--scenario", join(folder, "none.yaml")), InputError);
  await assert.rejects(vedette(source, "--scenario", scenarioIn("out", "../../../etc/passwd")), /leads out of/);
});

interface Site {
  readonly url: string;
  readonly server: Server;
}

async function served(answer: (response: ServerResponse, path: string) => void): Promise<Site> {
  const server = createServer((request, response) => answer(response, request.url ?? ""));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

test("an address is fetched, bounded in time and size, and its troubles are one clear message", async (context) => {
  const { url, server } = await served((response, path) => {
    if (path === "/good") response.end(CALSPHERE);
    else if (path === "/moved") response.writeHead(302, { location: "/good" }).end();
    else if (path === "/none") response.end("No GP data found");
    else if (path === "/slow") response.write(CALSPHERE);
    else if (path === "/big") response.end(CALSPHERE.repeat(2000));
    else if (path === "/endless") {
      // Written in pieces, so that no header tells its length.
      response.write(CALSPHERE.repeat(1000));
      response.end(CALSPHERE.repeat(1000));
    } else if (path === "/cut")
      response.writeHead(200, { "content-length": "9999" }).write(CALSPHERE, () => response.destroy());
    else response.writeHead(404).end("not here");
  });
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const before = readdirSync(tmpdir()).filter(
    (name) => name.startsWith("vedette-import-") && !name.includes("test"),
  ).length;
  const target = fresh("out.csv");
  for (const path of ["/good", "/moved"]) {
    const report = await reportOf(url + path, "--into", target);
    assert.deepEqual([report["source"], report.records], [url + path, 1]);
  }
  const troubles: readonly (readonly [string, RegExp])[] = [
    ["/absent", /\/absent: the server answered 404 Not Found/],
    ["/none", /\/none: not a catalogue: starts with "No GP data found"/],
    ["/slow", /\/slow: cannot be fetched: no whole answer within 0.3 s/],
    ["/cut", /\/cut: cannot be fetched: /],
  ];
  const bytes = readFileSync(target, "utf8");
  for (const [path, message] of troubles) {
    const call = vedette(url + path, "--into", target, "--timeout", "0.3");
    await assert.rejects(call, (error: unknown) => error instanceof InputError && message.test(error.message), path);
  }
  const small = { timeoutMs: 5000, maxBytes: 10_000 };
  for (const path of ["/big", "/endless"]) {
    await assert.rejects(download(url + path, fresh("big"), small), /more than 10000 bytes/);
  }
  await assert.rejects(vedette("http://127.0.0.1:1/", "--into", target), /cannot be fetched: /);
  assert.equal(readFileSync(target, "utf8"), bytes);
  const left = readdirSync(tmpdir()).filter((name) => name.startsWith("vedette-import-") && !name.includes("test"));
  assert.ok(left.length <= before, "downloads are removed");
});

test("shipped data is changed only where --into names it", async () => {
  const names = readdirSync(join(SHIPPED_ROOT, "data"), { recursive: true, encoding: "utf8" });
  const shipped = names.find((name) => /\.\w+$/.test(name)) ?? assert.fail("no shipped file seen");
  const path = scenarioIn("shipped", `data/${shipped.replaceAll("\\", "/")}`);
  await assert.rejects(vedette(fresh("in.tle", CALSPHERE), "--scenario", path), (error: unknown) => {
    return error instanceof UsageError && /ships with Vedette: name it with --into/.test(error.message);
  });
});

test("importCatalogue hands progress on, in bytes", async () => {
  const source = fresh("in.tle", CALSPHERE);
  const seen: number[] = [];
  const scan = { onProgress: (bytesRead: number) => seen.push(bytesRead) };
  await importCatalogue({ source, target: fresh("out.csv"), at: parseInstant(AT), staleAfterDays: 14, scan });
  assert.equal(seen.at(-1), CALSPHERE.length);
});
