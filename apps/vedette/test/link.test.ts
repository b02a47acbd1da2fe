/** `vedette link` as a person calls it: a row for every row, refusals by line, the same whatever the order, hostile files. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { agreementOf } from "@vedette/core/exercise/told/score";
import { tell, USUAL_WORLD } from "@vedette/core/exercise/told/world";
import { isoOf } from "@vedette/core/time/instant";
import { readSettlements } from "../src/evaluate/linking.ts";
import { runVedette } from "./cli-fixture.ts";

const folder = await mkdtemp(join(tmpdir(), "vedette-link-"));
after(() => rm(folder, { recursive: true }));

const cell = (text = ""): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const { reports } = tell({ ...USUAL_WORLD, days: 12, urls: "shared" }, readSettlements());
const rows = reports.map(({ id, where, when, source, url, text }) =>
  [id, where.latitudeDeg.toFixed(6), where.longitudeDeg.toFixed(6), isoOf(when.start).slice(0, 10), source, url, text]
    .map(cell)
    .join(","),
);
const HEADER = "id,latitude,longitude,date,source,url,text";

async function link(name: string, lines: readonly string[], ...more: readonly string[]) {
  const [file, out] = [join(folder, `${name}.csv`), join(folder, `${name}-links.csv`)];
  await writeFile(file, `${lines.join("\n")}\n`);
  const ran = await runVedette(["link", "--reports", file, "--out", out, ...more]);
  const text = await readFile(out, "utf8").catch(() => "");
  return {
    ...ran,
    links: text
      .trim()
      .split("\n")
      .map((line) => line.split(",")),
  };
}

test("one row for each, in their order; good links; a summary as JSON", async () => {
  const { code, stdout, stderr, links } = await link("plain", [HEADER, ...rows], "--json");
  assert.equal(code, 0, stderr);
  assert.equal(stderr, "");
  assert.deepEqual(links[0], ["id", "incident", "confidence"]);
  assert.deepEqual(
    links.slice(1).map(([id]) => id),
    reports.map(({ id }) => id),
  );
  const score = agreementOf(
    reports.map(({ incident }) => incident),
    links.slice(1).map(([, incident]) => incident as string),
  );
  assert.ok(score.f1 > 0.95 && score.bCubed > 0.95, JSON.stringify(score));
  assert.ok(links.slice(1).every(([, , confidence]) => Number(confidence) >= 0 && Number(confidence) <= 1));
  const summary = JSON.parse(stdout);
  assert.deepEqual([summary.rows, summary.linked, summary.notLinked], [rows.length, rows.length, 0]);
  assert.ok(Math.abs(summary.learnt.positionErrorKm - 0.3) < 0.04);
});

test("columns and rows in another order: the same incidents", async () => {
  const turned = rows.toReversed().map((row) => `x,${row}`);
  const { links } = await link("turned", [`note,${HEADER}`, ...turned]);
  const plain = await readFile(join(folder, "plain-links.csv"), "utf8");
  assert.deepEqual(new Set(links.slice(1).map((row) => row.join(","))), new Set(plain.trim().split("\n").slice(1)));
});

test("rows that make no sense keep their place and are told of by line; the rest is linked", async () => {
  const bad = [
    "b1,91,36,2022-03-01,s",
    "b2,50,,2022-03-01,s",
    "b3,50,36,2022-02-30,s",
    "b4,50,36,0000-01-01,s",
    "b5,50,36,9999-01-01,s",
    ",50,36,2022-03-01,s",
    "r0,50,36,2022-03-01,s",
    'b6,50,36,"2022',
  ];
  const { code, stdout, links } = await link("bad", [HEADER, ...rows.slice(0, 40), ...bad]);
  assert.equal(code, 0);
  const found = links.slice(41).map(([id, incident]) => [id, incident]);
  const repeats = reports.slice(0, 40).some(({ id }) => id === "r0");
  assert.deepEqual(
    found.slice(0, 6).map(([, incident]) => incident),
    ["", "", "", "", "", ""],
  );
  assert.equal(found[6]?.[1] === "", repeats, "an id that stands there twice");
  for (const line of [42, 43, 44, 45, 46, 47]) assert.match(stdout, new RegExp(`line ${line}\\b`));
  assert.match(stdout, /b1.*latitude|latitude.*91/);
});

test("a file without the columns, an empty one, none: one clear line, and nothing written", async () => {
  const lacking = await link("lacking", ["id,lat,lon", "1,50,36"]);
  assert.equal(lacking.code, 1);
  assert.match(lacking.stderr, /lacking\.csv:1: no table of reports: .*expected id,latitude,longitude,date/);
  assert.deepEqual(lacking.links, [[""]]);
  const empty = await link("empty", []);
  assert.equal(empty.code, 1);
  const none = await runVedette(["link", "--reports", join(folder, "none.csv"), "--out", join(folder, "x.csv")]);
  assert.equal(none.code, 1);
  assert.match(none.stderr, /none\.csv/);
  const call = await runVedette(["link", "--reports", "a.csv"]);
  assert.equal(call.code, 2);
  const header = await link("header", [HEADER]);
  assert.deepEqual([header.code, header.links], [0, [["id", "incident", "confidence"]]]);
});
