/** Six encodings of one object, hostile and broken files, and size: in = accepted + refused, whatever comes. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { MeanElements } from "@vedette/core/orbit/elements";
import { isRefusal } from "@vedette/core/orbit/refusal";
import { parseTle, tleChecksum } from "@vedette/core/orbit/tle";
import fc from "fast-check";
import {
  type Catalogue,
  type CatalogueFormat,
  type RefusedRecord,
  readCatalogue,
  scanCatalogue,
} from "../src/feeds/catalogue/catalogue.ts";
import { jsonReader } from "../src/feeds/catalogue/json.ts";
import { csvReader, kvnTextReader, tleReader } from "../src/feeds/catalogue/lines.ts";
import { xmlReader } from "../src/feeds/catalogue/xml.ts";
import { InputError } from "../src/problem.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-catalogue-"));
after(() => rmSync(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array): Promise<Catalogue> {
  const path = join(folder, "input");
  writeFileSync(path, content);
  const catalogue = await readCatalogue(path);
  const { records, elements, accepted, refused, refusedCount } = catalogue;
  assert.deepEqual([elements.length, refused.length], [accepted, Math.min(refusedCount, 1000)]);
  assert.equal(records, accepted + refusedCount, "in = accepted + refused");
  return catalogue;
}

/** Facts: Vanguard 1 as CelesTrak served it in October 2020, in its TLE, XML and CSV forms. */
const TLE = `VANGUARD 1              \r
1 00005U 58002B   20287.20333880 -.00000016  00000-0 -22483-4 0  9998\r
2 00005  34.2443 225.5254 1845686 162.2516 205.2356 10.84869164218149\r
`;
const HEADER =
  "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY," +
  "EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT";
const ROW =
  "VANGUARD 1,1958-002B,2020-10-13T04:52:48.472320,10.84869164,.1845686,34.2443,225.5254,162.2516,205.2356,0,U,5,999,21814,-.22483E-4,-1.6E-7,0";
const OMM_XML =
  '<omm id="CCSDS_OMM_VERS" version="2.0">\n<header><CREATION_DATE/><ORIGINATOR/></header><body><segment><metadata>' +
  "<OBJECT_NAME>VANGUARD 1</OBJECT_NAME><OBJECT_ID>1958-002B</OBJECT_ID><CENTER_NAME>EARTH</CENTER_NAME>" +
  "<REF_FRAME>TEME</REF_FRAME><TIME_SYSTEM>UTC</TIME_SYSTEM><MEAN_ELEMENT_THEORY>SGP4</MEAN_ELEMENT_THEORY></metadata>" +
  "<data><meanElements><EPOCH>2020-10-13T04:52:48.472320</EPOCH><MEAN_MOTION>10.84869164</MEAN_MOTION>" +
  "<ECCENTRICITY>.1845686</ECCENTRICITY><INCLINATION>34.2443</INCLINATION><RA_OF_ASC_NODE>225.5254</RA_OF_ASC_NODE>" +
  "<ARG_OF_PERICENTER>162.2516</ARG_OF_PERICENTER><MEAN_ANOMALY>205.2356</MEAN_ANOMALY></meanElements><tleParameters>" +
  "<EPHEMERIS_TYPE>0</EPHEMERIS_TYPE><CLASSIFICATION_TYPE>U</CLASSIFICATION_TYPE><NORAD_CAT_ID>5</NORAD_CAT_ID>" +
  "<ELEMENT_SET_NO>999</ELEMENT_SET_NO><REV_AT_EPOCH>21814</REV_AT_EPOCH><BSTAR>-.22483E-4</BSTAR>" +
  "<MEAN_MOTION_DOT>-1.6E-7</MEAN_MOTION_DOT><MEAN_MOTION_DDOT>0</MEAN_MOTION_DDOT></tleParameters></data></segment></body></omm>\n";
const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';
const XML = `${PROLOG}<ndm xmlns:xsi="https://www.w3.org/2001/XMLSchema-instance">\n${OMM_XML}</ndm>\n`;
const PAIRS: readonly (readonly [string, string])[] = HEADER.split(",").map((key, i) => [key, ROW.split(",")[i] ?? ""]);
/** CelesTrak's JSON has numbers, Space-Track's has texts. */
const JSON_NUMBERS = JSON.stringify([
  Object.fromEntries(PAIRS.map(([key, text]) => [key, /^[-.\d]+(E-?\d)?$/.test(text) ? Number(text) : text])),
]);
const JSON_TEXTS = JSON.stringify(
  [{ CCSDS_OMM_VERS: "2.0", TLE_LINE0: "0 VANGUARD 1", ...Object.fromEntries(PAIRS) }],
  null,
  2,
);
const KVN = [
  "CCSDS_OMM_VERS = 2.0",
  "COMMENT one",
  "REF_FRAME = TEME",
  ...PAIRS.map(([key, text]) => `${key} = ${text}`),
  "",
].join("\n");

const FORMS: readonly (readonly [string, CatalogueFormat, string])[] = [
  ["3LE", "tle", TLE],
  ["3LE with 0", "tle", `0 ${TLE}`],
  ["CSV", "omm-csv", `${HEADER}\r\n${ROW}\r\n`],
  ["JSON of numbers", "omm-json", JSON_NUMBERS],
  ["JSON of texts", "omm-json", JSON_TEXTS],
  ["one JSON object", "omm-json", JSON_NUMBERS.slice(1, -1)],
  ["XML", "omm-xml", XML],
  ["XML without ndm", "omm-xml", PROLOG + OMM_XML],
  ["XML with a namespace", "omm-xml", XML.replace("<ndm ", "<n:ndm ").replace("</ndm>", "</n:ndm>")],
  ["KVN", "omm-kvn", KVN],
];
const [, line1 = "", line2 = ""] = TLE.split("\r\n");

test("the same object in every form gives equal elements, with a BOM, other line ends and notes in front too", async () => {
  const expected = parseTle({ name: "VANGUARD 1", line1, line2 });
  for (const [what, format, text] of FORMS) {
    const notes = format === "tle" || format === "omm-csv" ? "# source: somebody\n# licence: theirs\n\n" : "\n";
    for (const variant of [
      text,
      `\ufeff${text}`,
      text.replaceAll(/\r?\n/g, "\r"),
      text.replaceAll(/\r?\n/g, "\r\n"),
      notes + text,
    ]) {
      if (what.startsWith("XML") && variant.startsWith("\n")) continue;
      const catalogue = await read(variant);
      assert.deepEqual([catalogue.format, catalogue.records, catalogue.refused], [format, 1, []], what);
      assert.deepEqual(catalogue.elements, [expected], what);
    }
  }
});

test("two lines without a name; comments between; columns after 69; names that look like much else", async () => {
  const odd = [
    "# comment",
    line1,
    line2,
    "",
    "NAME, WITH = SIGNS [x]",
    line1,
    "# between",
    `${line2}     0.0   4320.0   360.00`,
  ];
  const { elements, format } = await read(odd.join("\n"));
  assert.deepEqual([format, elements.map(({ name }) => name)], ["tle", ["", "NAME, WITH = SIGNS [x]"]]);
});

test("catalogue numbers to nine digits, in every OMM form", async () => {
  for (const [what, format, text] of FORMS) {
    if (format === "tle") continue;
    const big = text
      .replace(",U,5,", ",U,123456789,")
      .replace(/("NORAD_CAT_ID": ?)"?5"?/, "$1123456789")
      .replace("<NORAD_CAT_ID>5<", "<NORAD_CAT_ID>123456789<")
      .replace("NORAD_CAT_ID = 5\n", "NORAD_CAT_ID = 123456789\n");
    assert.deepEqual(
      (await read(big)).elements.map((each) => each.catalogueNumber),
      [123_456_789],
      what,
    );
  }
});

test("a refusal carries line, column, code and the text it means", async () => {
  const tle = await read(
    `GOOD\n${line1}\n${line2}\nBAD\n${line1}\n${line2.replace("34.2443", "34.2444")}\n${line1}\nLONELY\n${line2}\n`,
  );
  const places = tle.refused.map(({ line, column, code }) => [line, column, code]);
  assert.deepEqual(places, [
    [6, 69, "checksum"],
    [7, undefined, "line"],
    [8, undefined, "line"],
    [9, undefined, "line"],
  ]);
  const csv = await read(`# note\n${HEADER}\n${ROW}\n${ROW.replace("34.2443", "x")}\n"${ROW}\n${ROW},1\n`);
  assert.deepEqual(
    csv.refused.map(({ line, column, code }) => [line, column, code]),
    [
      [4, ROW.indexOf("34.2443") + 1, "number"],
      [5, 1, "syntax"],
      [6, 1, "syntax"],
    ],
  );
  const json = await read(JSON_TEXTS.replace('"INCLINATION": "34.2443"', '"INCLINATION": "x"'));
  assert.deepEqual(
    json.refused.map(({ line, column, code }) => [line, column, code]),
    [[10, 5, "number"]],
  );
  const kvn = await read(KVN.replace("INCLINATION = 34.2443", "INCLINATION = 200 [deg]"));
  assert.deepEqual(
    kvn.refused.map(({ line, column, code }) => [line, column, code]),
    [[9, 1, "out-of-range"]],
  );
  const xml = await read(XML.replace("<INCLINATION>34.2443", '<INCLINATION units="rad">0.5'));
  assert.deepEqual(
    xml.refused.map(({ line, code }) => [line, code]),
    [[4, "unit"]],
  );
});

test("a line 1 followed by another line 1 is counted, and the pair after it is read", async () => {
  const { accepted, refused } = await read(`NAME\n${line1}\n${line1}\n${line2}\n`);
  assert.deepEqual([accepted, refused.map(({ line, code }) => [line, code])], [1, [[2, "line"]]]);
});

test("a catalogue of SGP4-XP, of other frames or times is refused record by record", async () => {
  assert.equal((await read(XML.replace(">SGP4<", ">SGP4-XP<"))).refused[0]?.code, "theory");
  assert.equal((await read(XML.replace(">TEME<", ">GCRF<"))).refused[0]?.code, "frame");
  assert.equal((await read(KVN.replace("TEME", "TEME\nTIME_SYSTEM = TDB"))).refused[0]?.code, "time-system");
});

test("hostile XML: no entity is expanded, no file fetched, nothing nested without end", async () => {
  const laughs = Array.from({ length: 30 }, (_, i) => `<!ENTITY l${i + 1} "&l${i};&l${i};&l${i};">`).join("");
  const bomb = XML.replace(PROLOG, `${PROLOG}<!DOCTYPE ndm [<!ENTITY l0 "lol">${laughs}]>`).replace(
    "VANGUARD 1",
    "&l30;",
  );
  const external = XML.replace(PROLOG, `${PROLOG}<!DOCTYPE ndm [<!ENTITY x SYSTEM "file:///etc/passwd">]>`).replace(
    "VANGUARD 1",
    "&x;",
  );
  const inside = XML.replace("<metadata>", '<metadata><!DOCTYPE x [<!ENTITY x "y">]>');
  for (const text of [bomb, external, inside]) {
    const { elements, refused } = await read(text);
    assert.deepEqual([elements, refused.map(({ code }) => code)], [[], ["doctype"]]);
  }
  const unknown = await read(XML.replace("VANGUARD 1", "&x;&amp;&#65;"));
  assert.deepEqual(
    unknown.elements.map(({ name }) => name),
    ["&x;&&#65;"],
  );
  const deep = await read(XML.replace("<metadata>", `<metadata>${"<a>".repeat(5000)}`));
  assert.deepEqual(
    deep.refused.map(({ code }) => code),
    ["syntax"],
  );
  const commented = await read(XML.replace("<omm ", "<!-- <omm> --><omm ").replace("<data>", "<!-- </omm> --><data>"));
  assert.equal(commented.accepted, 1);
  const names = await read(
    XML.replace("<metadata>", "<metadata><__proto__><EPOCH>x</EPOCH></__proto__><constructor>1</constructor>"),
  );
  assert.equal(names.records, 1);
  assert.equal(({} as Record<string, unknown>)["EPOCH"], undefined);
});

test("hostile JSON: depth, prototypes, wrong shapes, endless texts", async () => {
  assert.equal((await read(`[{${"[".repeat(200_000)}`)).accepted, 0);
  assert.equal((await read(`[{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}]`)).accepted, 0);
  assert.equal((await read(`[${'{"a":'.repeat(100_000)}`)).accepted, 0);
  const polluted = await read(
    JSON_NUMBERS.replace("[{", '[{"__proto__":{"BSTAR":1,"x":2},"constructor":{"prototype":{"x":2}},'),
  );
  assert.equal(polluted.accepted, 1);
  assert.equal(({} as Record<string, unknown>)["x"], undefined);
  assert.equal(
    (await read(JSON_NUMBERS.replace('"BSTAR":', '"__proto__":{"BSTAR":1},"B":'))).refused[0]?.code,
    "missing-field",
  );
  const shapes = await read(`[{}, 5, "text", null, [], {"EPOCH": {}}, ${JSON_NUMBERS.slice(1)}`);
  assert.deepEqual([shapes.records, shapes.accepted], [7, 1]);
  const huge = await read(JSON_NUMBERS.replace("[{", `[{"A":"${"x".repeat(3e6)}"},{`));
  assert.deepEqual([huge.records, huge.accepted], [2, 1]);
  assert.ok((huge.refused[0]?.text.length ?? Infinity) < 100, "a refusal shows the beginning only");
  assert.equal(
    (await read(JSON_NUMBERS.replace("{", '{"INCLINATION":1e999,').replace('"INCLINATION":34.2443,', ""))).accepted,
    0,
  );
});

test("files cut short say so, in every form", async () => {
  for (const [what, format, text] of FORMS) {
    if (format === "omm-csv" || format === "omm-kvn") continue;
    const whole = await read(text + text.replace(PROLOG, ""));
    assert.equal(whole.accepted, what.startsWith("JSON of") ? 1 : 2, what);
    const cut = await read(text.trimEnd().slice(0, -3));
    assert.ok(cut.refusedCount > 0, what);
  }
});

test("files that are no catalogue are one clear message", async () => {
  const files = [
    "",
    "\n\n",
    "hello",
    "OBJECT,EPOCH\n1,2\n",
    "\u0000\u0001\u0002",
    Buffer.from([0x1f, 0x8b, 8, 0]),
    Buffer.from("\ufeff1 0", "utf16le"),
  ];
  for (const content of files) await assert.rejects(read(content), InputError);
  await assert.rejects(readCatalogue(join(folder, "absent")), /absent: cannot be read: no such file/);
  await assert.rejects(readCatalogue(folder), /cannot be read: it is a folder/);
});

/** Broken in the ways that files break: pieces cut, doubled, swapped, bytes from elsewhere. */
const brokenFile = fc
  .tuple(
    fc.array(fc.constantFrom(...FORMS.map(([, , text]) => text)), { minLength: 1, maxLength: 3 }),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(60), fc.uint8Array({ maxLength: 12 })), {
      maxLength: 6,
    }),
    fc.boolean(),
  )
  .map(([texts, wounds, isCut]) => {
    let bytes = Buffer.from(texts.join(""));
    for (const [at, removed, added] of wounds) {
      const from = Math.floor(at * bytes.length);
      bytes = Buffer.concat([bytes.subarray(0, from), added, bytes.subarray(from + removed)]);
    }
    return isCut ? bytes.subarray(0, bytes.length >> 1) : bytes;
  });
const garbage = fc.uint8Array({ maxLength: 3000 });
const soup = fc
  .array(
    fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      '"',
      "\\",
      ",",
      "<omm>",
      "</omm>",
      "<!--",
      "-->",
      "<ndm>",
      "<![CDATA[",
      "]]>",
      "1 00005",
      "\r",
      "\n",
      "=",
      " ",
    ),
  )
  .map((parts) => Buffer.from(parts.join("")));

test("whatever the bytes, and after whatever start: no throw, no hang, in = accepted + refused", async () => {
  const start = fc.constantFrom("", "[", "{", "<ndm>", `${HEADER}\n`, "CCSDS_OMM_VERS = 2.0\n", `${line1}\n`);
  await fc.assert(
    fc.asyncProperty(start, fc.oneof(brokenFile, garbage, soup), async (first, bytes) => {
      const catalogue = await read(Buffer.concat([Buffer.from(first), bytes])).catch((error: unknown) => {
        assert.ok(error instanceof InputError, String(error));
        return undefined;
      });
      for (const each of catalogue?.elements ?? []) {
        assert.ok(Object.values(each).every((value) => typeof value === "string" || Number.isFinite(value)));
      }
      // They must not reach a terminal.
      for (const { text, message } of catalogue?.refused ?? []) assert.doesNotMatch(text + message, /\p{Cc}/u);
    }),
    { numRuns: 1000 },
  );
});

const READERS = {
  tle: tleReader,
  "omm-csv": csvReader,
  "omm-kvn": kvnTextReader,
  "omm-json": jsonReader,
  "omm-xml": xmlReader,
};

test("text that comes in pieces reads as the whole, wherever it is cut", () => {
  const recordsOf = (format: CatalogueFormat, pieces: readonly string[]) => {
    const records: (MeanElements | RefusedRecord)[] = [];
    const reader = READERS[format]({ accept: (each) => records.push(each), refuse: (each) => records.push(each) });
    for (const piece of pieces) reader.push(piece);
    reader.end();
    return records;
  };
  for (const [what, format, text] of FORMS) {
    const named = text.replace("VANGUARD 1", "ВАНГУАРД, \\u0041 \u{1f6f0}").repeat(2);
    const damaged = named.replace("34.2443", "34.24x3");
    for (const content of [named, damaged, damaged.slice(0, -40)]) {
      const whole = recordsOf(format, [content]);
      assert.ok(whole.length > 0, what);
      assert.deepEqual(recordsOf(format, content.split("")), whole, what);
      fc.assert(
        fc.property(fc.array(fc.nat(content.length), { maxLength: 8 }), (cuts) => {
          const at = [0, ...cuts.sort((a, b) => a - b), content.length];
          const pieces = at.slice(1).map((end, i) => content.slice(at[i], end));
          assert.deepEqual(recordsOf(format, pieces), whole, what);
        }),
        { numRuns: 20 },
      );
    }
  }
});

/** A catalogue of `count` objects that never stands in memory as a whole. */
async function writeBig(
  path: string,
  count: number,
  textOf: (number: number) => string,
  ends: [string, string],
): Promise<void> {
  const file = await open(path, "w");
  await file.write(ends[0]);
  for (let from = 1; from <= count; from += 2000) {
    const length = Math.min(2000, count - from + 1);
    await file.write(Array.from({ length }, (_, i) => textOf(from + i)).join(""));
  }
  await file.write(ends[1]);
  await file.close();
}

function tleOf(number: number): string {
  const id = String(1 + (number % 99_999)).padStart(5, "0");
  const [body1, body2] = [`1 ${id}${line1.slice(7, 68)}`, `2 ${id}${line2.slice(7, 68)}`];
  return `OBJECT WITH A LONG NAME\n${body1}${tleChecksum(body1)}\n${body2}${tleChecksum(body2)}\n`;
}

const collectGarbage = (): void => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
};

const BIG: readonly (readonly [CatalogueFormat, (number: number) => string, [string, string]])[] = [
  ["tle", tleOf, ["", ""]],
  ["omm-csv", (number) => `${ROW.replace(",U,5,", `,U,${number},`)}\n`, [`${HEADER}\n`, ""]],
  [
    "omm-json",
    (number) =>
      `${number === 1 ? "" : ",\n"}${JSON_NUMBERS.slice(1, -1).replace('"NORAD_CAT_ID":5', `"NORAD_CAT_ID":${number}`)}`,
    ["[", "]\n"],
  ],
  ["omm-kvn", (number) => KVN.replace("NORAD_CAT_ID = 5", `NORAD_CAT_ID = ${number}`), ["", ""]],
  [
    "omm-xml",
    (number) => OMM_XML.replace("<NORAD_CAT_ID>5", `<NORAD_CAT_ID>${number}`),
    [`${PROLOG}<ndm>\n`, "</ndm>\n"],
  ],
];

for (const [format, textOf, ends] of BIG) {
  test(`20 MB of ${format} are read as a stream: every record once, a fraction of the file in memory`, async () => {
    const path = join(folder, "big");
    const count = Math.floor(20e6 / textOf(1000).length);
    await writeBig(path, count, textOf, ends);
    collectGarbage();
    const beforeBytes = process.memoryUsage().heapUsed;
    const last: { kept?: MeanElements } = {};
    const scan = await scanCatalogue(path, (elements) => {
      last.kept = elements;
    });
    collectGarbage();
    const keptMb = (process.memoryUsage().heapUsed - beforeBytes) / 1e6;
    rmSync(path);
    assert.deepEqual([scan.format, scan.records, scan.accepted], [format, count, count]);
    assert.equal(last.kept?.catalogueNumber, format === "tle" ? 1 + (count % 99_999) : count);
    // One piece of the file is 1 MB; holding on to the file would be 20.
    assert.ok(keptMb < 8, `${keptMb.toFixed(1)} MB kept`);
  });
}

test("elements that are kept do not keep the file: a name is a copy, not a window on a megabyte", async () => {
  const path = join(folder, "names");
  await writeBig(path, 60_000, tleOf, ["", ""]);
  collectGarbage();
  const beforeBytes = process.memoryUsage().heapUsed;
  const kept: MeanElements[] = [];
  await scanCatalogue(path, (elements) => {
    if (elements.catalogueNumber % 1000 === 0) kept.push(elements);
  });
  collectGarbage();
  const keptMb = (process.memoryUsage().heapUsed - beforeBytes) / 1e6;
  rmSync(path);
  assert.equal(kept.length, 60);
  assert.ok(keptMb < 4, `${keptMb.toFixed(1)} MB kept by 60 element sets`);
});

test("one line without end, and a million refusals, cost no memory", async () => {
  const endless = await read(Buffer.concat([Buffer.from(`${TLE}X`), Buffer.alloc(20e6, "y"), Buffer.from(`\n${TLE}`)]));
  assert.deepEqual([endless.accepted, endless.refused.map(({ code }) => code)], [2, ["too-long"]]);
  const hopeless = await read(TLE + "nonsense\n".repeat(300_000));
  assert.deepEqual([hopeless.accepted, hopeless.refusedCount, hopeless.refused.length], [1, 300_000, 1000]);
});

test("the lines of the test are good: parseTle reads them", () => {
  assert.ok(!isRefusal(parseTle({ line1, line2 })));
});
