/** Agreement files at fault are refused with line and column; the command says the same. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { InputError, textOf } from "../src/problem.ts";
import { readAgreement } from "../src/scenario/agreement.ts";
import { readIncidentFacts } from "../src/scenario/incident-facts.ts";
import { fileOf } from "./agreement-fixture.ts";
import { runVedette } from "./cli-fixture.ts";
import { temporaryFolder } from "./scenario-fixture.ts";

const TEXTS = {
  paris: readFileSync(fileOf("paris-illustration"), "utf8"),
  strait: readFileSync(fileOf("meridian-strait"), "utf8"),
};

async function problemsOf(t: TestContext, text: string): Promise<string[]> {
  const file = join(temporaryFolder(t), "a.yaml");
  writeFileSync(file, text);
  try {
    await readAgreement(file);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map((problem) => textOf(problem).replace(/^.*a\.yaml:/, ""));
  }
}

const FAULTS: readonly (readonly [keyof typeof TEXTS, string, string, RegExp])[] = [
  [
    "paris",
    "{ class: fire }, { inside: contact-area }",
    "{ class: fires }, { inside: contact-area }",
    /no class "fires" in `classes`; did you mean `fire`\?/,
  ],
  [
    "paris",
    "inside: nuclear-site",
    "inside: nuclear-sight",
    /no zone "nuclear-sight" in `zones`; did you mean `nuclear-site`\?/,
  ],
  ["paris", "zone: line }", "zone: lyne }", /no zone "lyne" in that file; did you mean `line`\?/],
  [
    "paris",
    "file: data/zones/line-of-contact.yaml, zone: line",
    "file: data/zones/none.yaml, zone: line",
    /data\/zones\/none\.yaml" is not there/,
  ],
  [
    "paris",
    "kinds: [line-crossing]",
    "kinds: [line-crosing]",
    /no kind "line-crosing" in the taxonomy; did you mean `line-crossing`\?/,
  ],
  [
    "paris",
    'source: ft-tiers, unconfirmed: "one press report", date',
    'source: ft-tier, unconfirmed: "one press report", date',
    /no source "ft-tier" in `sources`; did you mean `ft-tiers`\?/,
  ],
  [
    "paris",
    "at: point 1, unconfirmed",
    "at: point 1, assumed: both, unconfirmed",
    /`assumed` and `unconfirmed`|unconfirmed.*assumed/,
  ],
  [
    "paris",
    "date: 2015-02-12 }\n  shelling",
    "date: 2015-02-30 }\n  shelling",
    /expected a date that exists, found "2015-02-30"/,
  ],
  [
    "paris",
    "timeZone: Europe/Kyiv",
    "timeZone: Europe/Kiew",
    /expected an IANA time zone such as Europe\/Kyiv, found "Europe\/Kiew"/,
  ],
  ["paris", "share01: 0.95", "share01: 0.4", /expected a number from 0.5 to 1.*found 0.4/],
  ["paris", "runs: { hours: 24 }", "runs: { hours: 24, days: 1 }", /`hours` and `days`, which exclude each other/],
  ["paris", "runs: { hours: 24 }", "runs: { hours: twenty }", /expected a number above 0.*found "twenty"/],
  ["paris", "    series: { quietHours: 24, withinKm: 30 }\n", "", /`initial-breach` needs `series`/],
  ["paris", "    each: party\n", "", /stops with a reply: expected `each: party`/],
  [
    "paris",
    "opens: { clock: warning, at: started }\n    needs: { state: corroborated }",
    "opens: { clock: replies, at: started }\n    needs: { state: corroborated }",
    /waits for a step that waits for this clock: it would never start/,
  ],
  [
    "paris",
    "      - { recipient: liaison-b, template: question }\n",
    "",
    /"ask-parties" tells nobody of the party "party-b"/,
  ],
  [
    "paris",
    "measure: { of: calibreMm, atLeast: 100 }",
    "measure: { of: calibreMm }",
    /expected `above`, `atLeast`, `below` or `atMost`/,
  ],
  [
    "paris",
    "measure: { of: calibreMm, atLeast: 100 }",
    "measure: { of: calibreMm, atLeast: 100, below: 50 }",
    /no value is above 100 and below 50/,
  ],
  [
    "paris",
    "{deadline} ({deadlineLocal}). This notice",
    "{deadlin} ({deadlineLocal}). This notice",
    /no figure \{deadlin\}; did you mean `deadline`\?/,
  ],
  ["paris", "languages: [en, uk]", "languages: [en, de]", /the language "de" is not in `languages`/],
  [
    "paris",
    "name: { en: Fire, fr: Tirs, uk: Вогонь }",
    "name: { fr: Tirs, uk: Вогонь }",
    /expected a text in "en", the first of `languages`/,
  ],
  [
    "paris",
    "name: { en: Shelling of one place, fr: Bombardement d'un même lieu, uk: Обстріл одного місця }",
    "name: { en: Shelling of one place }",
    /stands in notices: expected it in "fr", "uk" too/,
  ],
  [
    "paris",
    '    fr:\n      subject: "Avert',
    '    xx:\n      subject: "Avert',
    /has no text in "fr", which the recipient reads/,
  ],
  [
    "paris",
    "act: approve",
    "act: aprove",
    /expected "inform", "debate" or "approve", found "aprove"; did you mean `approve`\?/,
  ],
  ["paris", "version: 1", "version: one", /expected a whole number from 1 to 9999, found "one"/],
  ["paris", "    bufferKm: 10\n", "", /a Point has no inside: expected `bufferKm`/],
  [
    "paris",
    "[22, 52.6], [22, 44]]]",
    "[22, 52.6]]]",
    /the ring is open: its last position \[22 52.6\] is not its first \[22 44\]/,
  ],
  [
    "paris",
    "[41, 44], [41, 52.6]",
    "[44, 141], [41, 52.6]",
    /longitude first.*to 180 and 85 at most, found \[44, 141\]/,
  ],
  ["paris", "[41, 44], [41, 52.6]", "[null, 44], [41, 52.6]", /expected \[longitude, latitude\] in degrees/],
  ["strait", "weekend: [5, 6]", "weekend: [1, 2, 3, 4, 5, 6, 7]", /expected at least one working day in a week/],
  ["strait", "weekend: [5, 6]", "weekend: [5, 5]", /a day of the weekend stands twice/],
  ["strait", '"2028-02-29": Dia', '"2027-02-29": Dia', /expected a date that exists, found "2027-02-29"/],
  [
    "strait",
    "until: 2028-04-01T00:00:00Z",
    "until: 2028-02-01T00:00:00Z",
    /expected a time after 2028-03-01T00:00:00Z/,
  ],
  [
    "strait",
    "happened: { from: 2028-03-01T00:00:00Z, until: 2028-04-01T00:00:00Z }",
    "happened: {}",
    /expected `from`, `until` or both/,
  ],
  ["strait", "        within: { workingDays: 2 }\n", "", /has `from`, but no term that runs: expected `within`/],
  ["strait", "type: MultiLineString", "type: MultiLine", /expected "Polygon".*found "MultiLine"/],
  [
    "strait",
    "type: MultiPoint, ",
    "type: Polygon, ",
    /expected a list of positions, found 179.45|a Polygon has an inside of its own/,
  ],
  ["strait", "not: { inside: corridor }", "not: { inside: coridor }", /no zone "coridor"/],
];

for (const [i, [name, from, to, message]] of FAULTS.entries()) {
  test(`refused with line and column, ${i + 1}: ${JSON.stringify(to).slice(0, 60)}`, async (t) => {
    const text = TEXTS[name];
    assert.ok(text.includes(from), from);
    const problems = await problemsOf(t, text.replace(from, to));
    const found = problems.find((problem) => message.test(problem)) ?? assert.fail(problems.join("\n") || "no problem");
    const [, line = "0", column = "0"] = /^(\d+):(\d+): /.exec(found) ?? assert.fail(found);
    // The fault stands on the line that is named, or is something missing of the entry that begins there.
    const changed = text.slice(0, text.indexOf(from)).split("\n").length;
    const [first, last] = [Number(line), changed + to.split("\n").length];
    // What is left out may be missed a few lines on.
    assert.ok(first <= last + (to === "" ? 5 : 0) && Number(column) > 0, `${found}: the change is on line ${changed}`);
  });
}

test("property: a file with lines dropped, doubled, cut or garbled is read, or refused with a line, and never breaks the reader", async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, "a.yaml");
  const lines = TEXTS.strait.split("\n");
  const change = fc.record({
    line: fc.integer({ min: 1, max: lines.length - 1 }),
    how: fc.constantFrom("drop", "double", "cut", "garble", "null", "number"),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const text = [...lines];
      for (const { line, how, at } of changes) {
        const old = text[line] ?? "";
        const cut = Math.floor(at * old.length);
        if (how === "drop") text[line] = "";
        else if (how === "double") text[line] = `${old}\n${old}`;
        else if (how === "cut") text[line] = old.slice(0, cut);
        else if (how === "garble") text[line] = `${old.slice(0, cut)}]{:${old.slice(cut)}`;
        else text[line] = old.replace(/:.*$/, how === "null" ? ":" : ": 7");
      }
      writeFileSync(file, text.join("\n"));
      try {
        await readAgreement(file);
      } catch (error) {
        assert.ok(error instanceof InputError, String(error instanceof Error ? error.stack : error));
        for (const problem of error.problems) assert.ok((problem.line ?? 0) >= 1, textOf(problem));
      }
    }),
    { numRuns: 150 },
  );
});

const INCIDENT = {
  kind: "incident-facts",
  incidents: [
    {
      id: "in-1",
      kind: "fire-artillery",
      state: "verified",
      evidence: 2,
      where: { latitudeDeg: 48.02, longitudeDeg: 37.8, radiusKm: 3, basis: "settlement", name: "Donetsk" },
      when: { earliest: "2022-06-01T03:00Z", latest: "2022-06-01T09:00Z" },
      firstObserved: "2022-06-01T09:30Z",
      measures: { calibreMm: 152, rounds: { low: 8, high: 20 } },
    },
  ],
};

test("vedette agreement check: what is in it, its digest, and what is not confirmed", async () => {
  const { code, stdout, stderr } = await runVedette(["agreement", "check", fileOf("paris-illustration")]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^OK: Illustrative ceasefire agreement, paris-illustration version 1: 3 languages, 2 parties/);
  assert.match(stdout, /\ndigest [0-9a-f]{64}\n/);
  assert.match(stdout, /unconfirmed: clocks\.warning: one press report/);
  assert.match(stdout, /unconfirmed: clocks\.wider-response: one press report/);
  const json = JSON.parse((await runVedette(["agreement", "check", fileOf("meridian-strait"), "--json"])).stdout);
  assert.deepEqual([json.ok, json.counts.zones, json.unconfirmed], [true, 3, []]);
});

test("vedette agreement explain: clauses, clocks with both ends, notices, and what waits for people", async (t) => {
  const file = join(temporaryFolder(t), "incident.json");
  writeFileSync(file, JSON.stringify(INCIDENT));
  const paris = fileOf("paris-illustration");
  const { code, stdout, stderr } = await runVedette(["agreement", "explain", paris, "--incident", file]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /1\(a\) No fire in the area of contact \[fire-at-contact\]: touches/);
  assert.match(stdout, /1\(b\) .*CANNOT BE TOLD[\s\S]*at least 8, at most 20/);
  assert.match(stdout, /ends {3}2022-06-02T09:30:00Z – 2022-06-02T09:30:59Z/);
  assert.match(stdout, /ends {3}2022-06-04T03:00:00Z – 2022-06-04T09:00:59Z/);
  assert.match(stdout, /UNCONFIRMED: one press report/);
  assert.match(stdout, /DEU Bundestag, approve before/);
  const ran = await runVedette([
    "agreement",
    "explain",
    paris,
    "--incident",
    file,
    "--json",
    "--at",
    "2022-06-01T10:00:00Z",
  ]);
  const json = JSON.parse(ran.stdout);
  assert.equal(json.clocks.length, 2);
  assert.equal(json.touches.length, 12);
  assert.equal(json.gate.code, "not-asked");
});

test("vedette agreement: what is at fault in an incident or a call is told, with its place", async (t) => {
  const folder = temporaryFolder(t);
  const file = join(folder, "incident.json");
  const paris = fileOf("paris-illustration");
  const [incident] = INCIDENT.incidents;
  const text = (more: object) => JSON.stringify({ ...INCIDENT, incidents: [{ ...incident, ...more }] }, null, 1);
  const faults: readonly (readonly [string, RegExp])[] = [
    [
      text({ when: "2022-06-31T00:00Z" }),
      /incident\.json:\d+:\d+: incidents\[0\]\.when: expected a date and time that exist/,
    ],
    [
      text({ when: { earliest: "2022-06-02T00:00Z", latest: "2022-06-01T00:00Z" } }),
      /the earliest, .* is after the latest/,
    ],
    [text({ state: "verifyed" }), /found "verifyed"; did you mean `verified`\?/],
    [text({ where: { latitudeDeg: 91, longitudeDeg: 0, radiusKm: 1, basis: "fix" } }), /a number from -90 to 90/],
    [JSON.stringify({ ...INCIDENT, incidents: [incident, incident] }), /the incident "in-1" stands twice/],
    ["{", /incident\.json:\d+:\d+/],
  ];
  for (const [content, message] of faults) {
    writeFileSync(file, content);
    await assert.rejects(
      readIncidentFacts(file),
      (error) => error instanceof InputError && message.test(error.message),
    );
  }
  assert.equal((await runVedette(["agreement", "explain", paris, "--incident", file])).code, 1);
  writeFileSync(file, text({}));
  const wrong = await runVedette(["agreement", "explain", paris, "--incident", file, "--at", "noon"]);
  assert.deepEqual([wrong.code, /--at: expected a UTC instant/.test(wrong.stderr)], [2, true]);
  const missing = await runVedette(["agreement", "explain", paris, "--incident", file, "--id", "in-2"]);
  assert.deepEqual([missing.code, /no incident "in-2"; did you mean `in-1`\?/.test(missing.stderr)], [1, true]);
  assert.equal((await runVedette(["agreement", "explain", paris])).code, 2);
});
