/** Hostile files: refused with line and reason, in bounded memory, the good rows around them taken; never a crash. */
import assert from "node:assert/strict";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { test } from "node:test";
import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { CsvRecords } from "../src/feeds/evidence/csv-records.ts";
import { importEvidence } from "../src/feeds/evidence/import-evidence.ts";
import { JsonRecords } from "../src/feeds/evidence/json-records.ts";
import { KINDS, kindOf } from "../src/feeds/evidence/kinds.ts";
import type { Refused } from "../src/feeds/evidence/refusal.ts";
import { Times } from "../src/feeds/evidence/times.ts";
import { InputError } from "../src/problem.ts";
import { fileOf, folder, MARKING, SETTING, taken, whys } from "./feeds-fixture.ts";

const HEADER = "latitude,longitude,acq_date,acq_time\n";
const ROW = "48.5,37.5,2022-06-01,0906\n";
const MIB = 1 << 20;

/** Pieces of these sizes, over and over: records are cut anywhere. */
function* cutBy(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

interface Seen {
  readonly records: { line: number; cells: readonly string[] }[];
  readonly refused: { line: number; refused: Refused }[];
}

function csvOf(bytes: Buffer, sizes: readonly number[] = [bytes.length]): Seen {
  const seen: Seen = { records: [], refused: [] };
  const reader = new CsvRecords({
    record: (line, cells) => void seen.records.push({ line, cells }),
    refuse: (line, refused) => void seen.refused.push({ line, refused }),
  });
  for (const piece of cutBy(bytes, sizes)) reader.push(piece);
  reader.end();
  return seen;
}

const cell = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom("a,b", 'say "x"', "two\nlines", "é", "Ї", "", " "));
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

test("csv: any table, however it is cut, reads as csv-parse reads it, each record at its line", () => {
  fc.assert(
    fc.property(table, sizes, fc.constantFrom("\n", "\r\n"), (rows, cuts, end) => {
      const quoted = rows.map((row) =>
        row.map((text) => `"${text.replaceAll("\r", "").replaceAll('"', '""')}"`).join(","),
      );
      const text = quoted.join(end) + end;
      const { records, refused } = csvOf(Buffer.from(text), cuts);
      if (text.includes("\0")) return;
      assert.deepEqual(refused, []);
      const expected = parseCsv(text, { relax_column_count: true, info: true }) as unknown as {
        record: string[];
        info: { lines: number };
      }[];
      assert.deepEqual(
        records.map(({ cells }) => cells),
        expected.map(({ record }) => record),
      );
      let line = 1;
      for (const [i, row] of quoted.entries()) {
        assert.equal(records[i]?.line, line);
        line += row.split("\n").length;
      }
    }),
    { numRuns: 300 },
  );
});

test("csv: any bytes at all, however they are cut, give the same records and refusals", () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((some) => Buffer.from(some));
  const texty = fc
    .string({ unit: fc.constantFrom(",", '"', "\n", "\r", "a", "é", "\0"), maxLength: 60 })
    .map((text) => Buffer.from(text));
  fc.assert(
    fc.property(fc.oneof(bytes, texty), sizes, (some, cuts) => {
      const whole = csvOf(some);
      const cut = csvOf(some, cuts);
      assert.deepEqual(cut.records, whole.records);
      assert.deepEqual(
        cut.refused.map(({ line, refused }) => [line, refused.code]),
        whole.refused.map(({ line, refused }) => [line, refused.code]),
      );
    }),
    { numRuns: 3000 },
  );
});

function jsonOf(bytes: Buffer, cuts: readonly number[]) {
  const seen: { values: unknown[]; refused: number; hopeless: string[] } = { values: [], refused: 0, hopeless: [] };
  const reader = new JsonRecords(
    {
      record: (_, value) => void seen.values.push(value),
      refuse: () => {
        seen.refused += 1;
      },
      hopeless: (_, message) => void seen.hopeless.push(message),
    },
    "features",
  );
  for (const piece of cutBy(bytes, cuts)) reader.push(piece);
  reader.end();
  return seen;
}

test("json: a list, a list under a key and one object a line read as JSON.parse reads them, however they are cut", () => {
  const objects = fc.array(
    fc
      .dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }))
      .map((object) => JSON.parse(JSON.stringify(object)) as object),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(
    fc.property(objects, sizes, fc.constantFrom(undefined, 2), (list, cuts, space) => {
      const wrapped = { type: "x", crs: { features: [] }, features: list, bbox: [1, [2], { features: 3 }] };
      for (const text of [
        JSON.stringify(list, null, space),
        JSON.stringify(wrapped, null, space),
        list.map((each) => JSON.stringify({ at: each })).join("\n"),
      ]) {
        const { values, refused, hopeless } = jsonOf(Buffer.from(text), cuts);
        assert.deepEqual([refused, hopeless], [0, []], text);
        assert.deepEqual(values, text.startsWith('{"at"') ? list.map((at) => ({ at })) : list);
      }
    }),
    { numRuns: 300 },
  );
});

test("json: any bytes at all end well", () => {
  const texty = fc.string({
    unit: fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", "1", "\n", "features"),
    maxLength: 80,
  });
  fc.assert(
    fc.property(texty, sizes, (text, cuts) => void jsonOf(Buffer.from(text), cuts)),
    { numRuns: 1000 },
  );
  const deep = jsonOf(Buffer.from("[".repeat(100_000)), [65_536]);
  assert.equal(deep.refused, 1);
});

test("every kind: any text is refused in words, with a line, and never half taken in silence", async () => {
  const text = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc
      .array(
        fc.string({
          unit: fc.constantFrom("4", "8", ".", ",", "-", "e", "\u0000", "2022-06-01", "NaN", '"'),
          maxLength: 20,
        }),
        { maxLength: 10 },
      )
      .map((lines) => HEADER + lines.join("\n")),
    fc.jsonValue().map((value) => JSON.stringify(value)),
  );
  const kinds = KINDS.filter((kind) => kind !== "csv" && kind !== "geojson");
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(...kinds), async (content, kind) => {
      try {
        const { records, added, duplicate, refused, refusals } = await taken(kind, content);
        assert.equal(records, added + duplicate + refused);
        assert.equal(refusals.length, refused);
        for (const { line, message } of refusals) assert.ok(line >= 1 && message.length > 5);
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        assert.equal(error.problems.length, 1);
      }
    }),
    { numRuns: 300 },
  );
});

const BAD_ROWS: readonly (readonly [string, string, string | Buffer])[] = [
  ["invalid UTF-8", "encoding", Buffer.from([0x34, 0x38, 0x2c, 0xff, 0xfe, 0x2c, 0x61, 0x2c, 0x62])],
  ["Latin-1", "encoding", Buffer.from("48,37,août,1", "latin1")],
  ["a zero byte", "encoding", "48,37,\0,1"],
  ["a quote never closed", "syntax", '48,37,"2022-06-01,1'],
  ["text after a quote", "syntax", '48,37,"2022"06,1'],
  ["too few cells", "cells", "48,37"],
  ["too many cells", "cells", "48,37,2022-06-01,1,1"],
  ["coordinates null", "missing", ",,2022-06-01,0906"],
  ["coordinates exchanged", "swapped", "137.5,48.5,2022-06-01,0906"],
  ["null island", "place", "0.0,0,2022-06-01,0906"],
  ["infinite", "number", "Infinity,37,2022-06-01,0906"],
  ["hexadecimal", "number", "0x30,37,2022-06-01,0906"],
  ["a decimal comma", "number", '"48,5",37,2022-06-01,0906'],
  ["year 0", "time", "48,37,0000-01-01,0906"],
  ["year 9999", "time", "48,37,9999-12-31,0906"],
  ["31 June", "time", "48,37,2022-06-31,0906"],
  ["29 February 2100", "time", "48,37,2100-02-29,0906"],
  ["25 o'clock", "time", "48,37,2022-06-01,2506"],
  ["Arabic digits", "number", "٤٨,37,2022-06-01,0906"],
];

for (const [name, code, bad] of BAD_ROWS) {
  test(`csv: ${name} spoils its own row, and no other`, async () => {
    const content = Buffer.concat([
      Buffer.from(HEADER + ROW),
      Buffer.from(bad),
      Buffer.from(`\n${ROW.replace("0906", "0907")}`),
    ]);
    const found = await taken("firms", content);
    assert.deepEqual(whys(found), [`3 ${code}`]);
    assert.equal(found.added, 2);
  });
}

const BAD_FILES: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ["nothing", "", /the file is empty/],
  ["white space", "  \n\n", /the file is empty/],
  ["UTF-16 with its mark", Buffer.from(`\ufeff${HEADER}`, "utf16le"), /UTF-16/],
  ["UTF-16 without", Buffer.from(HEADER, "utf16le"), /byte 1 is zero/],
  ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), /gzip/],
  ["a spreadsheet", Buffer.from("PK\u0003\u0004"), /spreadsheet/],
  ["no header", ROW, /has no column latitude/],
  ["a header with a column twice", HEADER.replace("acq_time", "latitude") + ROW, /names latitude twice/],
  ["semicolons", HEADER.replaceAll(",", ";") + ROW, /separated by ;/],
  [
    "too many columns",
    `${HEADER.trim()},${Array.from({ length: 2000 }, (_, i) => `c${i}`).join(",")}\n`,
    /2004 columns/,
  ],
  ["JSON", '[{"latitude": 1}]', /starts as JSON/],
];

for (const [name, content, expected] of BAD_FILES) {
  test(`a file of the wrong kind is told once: ${name}`, async () => {
    await assert.rejects(taken("firms", content), (error: unknown) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.problems.length, 1);
      assert.match(error.problems[0]?.message ?? "", expected);
      return true;
    });
  });
}

test("byte order mark, CRLF, bare CR, no last line end: all read", async () => {
  for (const content of [
    `\ufeff${HEADER}${ROW}`,
    `${HEADER}${ROW}`.replaceAll("\n", "\r\n"),
    `${HEADER}${ROW}`.replaceAll("\n", "\r"),
    `${HEADER}${ROW.trim()}`,
    `${HEADER.toUpperCase()}\n\n${ROW}\n`,
    `# about\n${HEADER}${ROW}`,
  ]) {
    const { added, refused } = await taken("firms", content);
    assert.deepEqual([added, refused], [1, 0], JSON.stringify(content));
  }
});

test("json that no log can hold is refused: half a character, a number beyond bounds", async () => {
  const form = (text: string) =>
    `{"kind":"claim","id":"1","party":"party-a","at":"2026-06-01","place":{"latitudeDeg":48,"longitudeDeg":37},"text":${text}}`;
  const found = await taken(
    "claims",
    [form('"\\ud800"'), form("1e999"), form('"fine"'), "{", form('"lost"')].join("\n"),
  );
  assert.deepEqual([found.added, found.refused], [1, 3]);
});

/** Written piece by piece, so that the test's own memory does not hide the reader's. */
async function bigFile(name: string, write: (out: (text: string) => Promise<void>) => Promise<void>): Promise<string> {
  const path = join(folder, name);
  const out = createWriteStream(path);
  await write(async (text) => {
    if (!out.write(text)) await new Promise<void>((resolve) => void out.once("drain", () => resolve()));
  });
  out.end();
  await finished(out);
  return path;
}

test("a line of 200 MB and a row of ten million columns each are one refusal, and cost no memory", async () => {
  const path = await bigFile("huge.csv", async (out) => {
    await out(HEADER + ROW);
    for (let i = 0; i < 200; i++) await out("x".repeat(MIB));
    await out(`\n${ROW.replace("0906", "0907")}`);
    for (let i = 0; i < 100; i++) await out("1,".repeat(100_000));
    await out(`\n"`);
    for (let i = 0; i < 40; i++) await out("never closed\n".repeat(8192));
  });
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 5);
  const { added, refused, refusals } = await importEvidence({
    path,
    kind: kindOf("firms", SETTING),
    actor: "desk-3",
    marking: MARKING,
    onProgress: () => {
      peak = Math.max(peak, process.memoryUsage().rss);
    },
  }).then((imported) => ({ ...imported, added: imported.readable }));
  clearInterval(watch);
  assert.equal(added, 2);
  assert.deepEqual(
    refusals.slice(0, 4).map(({ line, code }) => `${line} ${code}`),
    ["3 too-long", "5 too-long", "6 syntax", "7 cells"],
  );
  assert.equal(refused, 3 + 40 * 8192 - 1);
  assert.equal(refusals.length, 1000, "a hopeless file must not fill the memory");
  assert.ok(peak - before < 150 * MIB, `${((peak - before) / MIB).toFixed(0)} MiB`);
});

test("ten million columns in the header, a file that is one JSON string: refused as a whole", async () => {
  const wide = await bigFile("wide.csv", async (out) => {
    for (let i = 0; i < 100; i++) await out("column,".repeat(100_000));
  });
  const job = { kind: kindOf("firms", SETTING), actor: "desk-3", marking: MARKING };
  await assert.rejects(importEvidence({ ...job, path: wide }), /no header: a line of more than 1048576 bytes/);
  const object = await bigFile("object.json", async (out) => {
    await out('[{"kind": "');
    for (let i = 0; i < 100; i++) await out("x".repeat(MIB));
    await out('"}]');
  });
  const { refusals } = await importEvidence({ ...job, kind: kindOf("claims", SETTING), path: object });
  assert.deepEqual(
    refusals.map(({ code }) => code),
    ["too-long"],
  );
});

test("times: any instant, written in ISO 8601 with any offset, reads as Date.parse reads it", () => {
  const times = new Times({ latest: SETTING.latest });
  const dates = fc.date({ min: new Date("1957-01-02"), max: new Date("2026-06-01"), noInvalidDate: true });
  fc.assert(
    fc.property(dates, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
      const two = (value: number) => String(value).padStart(2, "0");
      const sign = offset < 0 ? "-" : "+";
      const text = `${local}${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
      const read = times.moment(text, "t");
      assert.ok("start" in read, text);
      assert.deepEqual([read.start, read.end], [Date.parse(text), Date.parse(text) + 1000]);
    }),
  );
});

test("fault planted: a reader that drops the last row of a piece is seen by the test of cuts", () => {
  const bytes = Buffer.from(HEADER + ROW + ROW);
  const faulty = csvOf(bytes.subarray(0, HEADER.length + 5)).records.length;
  assert.notEqual(faulty, csvOf(bytes).records.length);
  assert.ok(fileOf(bytes).startsWith(folder));
});
