/** `vedette log` as a person uses it: what it says, what it refuses, and with which exit code. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import fc from "fast-check";
import { run } from "../src/cli/main.ts";
import { InputError } from "../src/problem.ts";
import { importCase } from "../src/store/case-import.ts";
import { isFault, verifyFile } from "../src/store/case-verify.ts";
import { memoryStore, openStore } from "../src/store/open.ts";
import { runVedette } from "./cli-fixture.ts";
import { allOf, batchOf, draftOf, eventsOf, folderFor, OWNER_ONLY } from "./log-fixture.ts";

const EV = ["a", "b", "c"].map((name) => `ev-${name.repeat(32)}`) as [string, string, string];

/** A log of five events with a file, in a folder of its own. */
async function filled(
  t: TestContext,
): Promise<{ readonly place: string; readonly log: string; readonly batch: string }> {
  const place = folderFor(t);
  const log = join(place, "log");
  const store = await openStore(log, { create: true, node: "n" });
  const photo = await store.putFile(Buffer.alloc(100_000, "photo"));
  const members = EV.slice(0, 2).map((key) => ({
    key,
    value: { id: key, files: [photo], ingest: { hash: "0", line: 4 } },
  }));
  const { header } = await store.appendBatch({ ...batchOf([]), members });
  await store.appendBatch({ ...batchOf([EV[2]]), marking: OWNER_ONLY });
  await store.append([
    draftOf({ incident: "inc-0123456789abcdef", evidence: EV, reason: `see ${EV[2]}`, kind: "explosion" }),
  ]);
  await store.append([draftOf({ n: 1 }, { type: "secret.noted" }), draftOf({ n: 2 }, { type: "secret.noted" })]);
  await store.close();
  return { place, log, batch: header?.id ?? "" };
}

/** In this process: eighty starts of a process would take a minute. What is written as text is the command's. */
async function vedette(...argv: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: "", stderr: "" };
  const streams = ["stdout", "stderr"] as const;
  const before = streams.map((name) => process[name].write);
  for (const name of streams) {
    const write = process[name].write.bind(process[name]);
    process[name].write = ((piece: string | Uint8Array, ...rest: []) => {
      if (typeof piece !== "string") return write(piece, ...rest);
      written[name] += piece;
      return true;
    }) as typeof write;
  }
  try {
    const code = await run(["log", ...argv]);
    return { code, ...written };
  } finally {
    for (const [i, name] of streams.entries()) process[name].write = before[i] as typeof process.stdout.write;
  }
}

async function said(...argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await vedette(...argv);
  assert.equal(code, 0, stderr);
  return stdout;
}

async function refused(exit: number, message: RegExp, ...argv: readonly string[]): Promise<void> {
  const { code, stderr } = await vedette(...argv);
  assert.match(stderr, message);
  assert.equal(code, exit, stderr);
  assert.ok(!stderr.includes("    at "), stderr);
}

test("a case goes out, is checked, and comes back whole; a second time adds nothing", async (t) => {
  const { place, log } = await filled(t);
  const [file, copy] = [join(place, "case.jsonl"), join(place, "copy")];
  assert.match(await said("export", log, "--out", file), /lines/);
  assert.match(
    await said("verify", file),
    /whole\n {2}n: 5 events, 3 members, 4 signed heads[\s\S]*1 file, 100000 bytes/,
  );
  const report = JSON.parse(await said("verify", log, "--json"));
  assert.deepEqual([report.ok, report.chains[0].events, report.files], [true, 5, 1]);
  assert.match(await said("import", file, "--into", copy), /5 events added, 0 known, 1 file added/);
  assert.match(await said("import", file, "--into", copy), /0 events added, 5 known, 0 files added/);
  await said("export", copy, "--out", join(place, "again.jsonl"));
  assert.deepEqual(readFileSync(join(place, "again.jsonl")), readFileSync(file));
  const { publicKey, last } = report.chains[0];
  await said("verify", file, "--key", `n=${publicKey}`, "--head", `n=5:${last.hash}`);
  await refused(1, /not with its key/, "verify", file, "--key", `n=${"0".repeat(64)}`);
  await refused(
    1,
    /case\.jsonl:\d+: event 6 dropped: it ends with event 5/,
    "verify",
    file,
    "--head",
    `n=6:${last.hash}`,
  );
  await refused(1, /the chain of m is not here/, "verify", file, "--key", `m=${publicKey}`);
});

test("a spoilt copy is refused with the line and the event, by verify and by import alike", async (t) => {
  const { place, log } = await filled(t);
  const [file, bad, into] = [join(place, "case.jsonl"), join(place, "bad.jsonl"), join(place, "into")];
  await said("export", log, "--out", file);
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const events = lines.flatMap((line, i) => (line.includes('"event":{') ? [i] : []));
  /** With an end of its own that fits: what a careful forger would write. */
  const written = (changed: readonly string[]): void => {
    const body = changed.slice(0, -1).map((line) => `${line}\n`);
    const sha256 = createHash("sha256").update(body.join("")).digest("hex");
    writeFileSync(bad, `${body.join("")}${JSON.stringify({ end: { lines: body.length, sha256 } })}\n`);
  };
  const third = events[2] ?? 0;
  const spoilt: readonly (readonly [readonly string[], RegExp])[] = [
    [lines.with(third, (lines[third] ?? "").replace('"p-17"', '"p-18"')), /event 3 \(e-[0-9a-f]+\) altered/],
    [lines.with(third, (lines[third] ?? "").replace("explosion", "explosioN")), /event 3 .* does not match its body/],
    [lines.toSpliced(third, 1), /event 3 dropped/],
    [lines.toSpliced(third, 0, lines[events[0] ?? 0] ?? ""), /event 1 .* inserted/],
    [
      lines.with(third, lines[events[3] ?? 0] ?? "").with(events[3] ?? 0, lines[third] ?? ""),
      /event 3 .* out of order/,
    ],
    [lines.with(third, (lines[third] ?? "").replace('{"body"', '{ "body"')), /not in canonical bytes/],
    [lines.toSpliced(1, 1), /stands in no chain/],
  ];
  for (const [changed, message] of spoilt) {
    written(changed);
    await refused(1, message, "verify", bad);
    const store = await openStore(into, { create: true });
    await assert.rejects(importCase(store, bad), { name: "InputError", message });
    assert.deepEqual([await store.shelf.rows.chains(), await store.shelf.rows.files()], [[], []]);
    await store.close();
  }
  const { stderr } = await vedette("verify", bad, "--json");
  assert.deepEqual(JSON.parse(stderr).problems[0].line, 2);
});

test("another history of the same node is refused, and so is another key under its name", async (t) => {
  const { place, log } = await filled(t);
  const file = join(place, "case.jsonl");
  const copy = await openStore(join(place, "copy"), { create: true });
  await said("export", log, "--out", file);
  await importCase(copy, file);
  const twin = memoryStore({ node: "n" });
  await twin.append([draftOf(1)]);
  await assert.rejects(importCase(twin, file), /is known under another key/);
  // The same key, another past: a log that was put back from an old copy, and written on.
  const forked = await openStore(join(place, "forked"), { create: true });
  writeFileSync(join(place, "forked", "node.key"), readFileSync(join(log, "node.key")));
  await forked.close();
  const again = await openStore(join(place, "forked"), { node: "n" });
  await again.append([draftOf("another past")]);
  await assert.rejects(importCase(again, file), /event 1 of n is another one in this log: two histories/);
  await again.close();
  await assert.rejects(
    copy.append([draftOf(1)]).then(() => openStore(join(place, "copy"), { node: "n" })),
    InputError,
  );
  await copy.close();
});

test("a node gets its own chain back from a copy, when it still has its key", async (t) => {
  const { place, log } = await filled(t);
  const [file, restored] = [join(place, "case.jsonl"), join(place, "restored")];
  await said("export", log, "--out", file);
  await (await openStore(restored, { create: true })).close();
  writeFileSync(join(restored, "node.key"), readFileSync(join(log, "node.key")));
  const store = await openStore(restored, { node: "n" });
  await importCase(store, file);
  const [header] = await store.append([draftOf("after")]);
  assert.equal(header?.sequence, 6);
  await store.close();
  assert.match(await said("verify", restored), /n: 6 events/);
});

test("a release is written, recorded, audited, and goes on; an erasure reaches the copy", async (t) => {
  const { place, log, batch } = await filled(t);
  const [pol, later, theirs] = [join(place, "pol.jsonl"), join(place, "later.jsonl"), join(place, "theirs")];
  const release = (out: string) => said("release", log, "--to", "POL", "--actor", "p-3", "--out", out);
  assert.match(await release(pol), /2 events for POL \(2 new\), 1 file, as n\/POL\n.* 3 events stayed at home/);
  const text = readFileSync(pol, "utf8");
  assert.ok(!text.includes(EV[2]) && !text.includes(batch) && !text.includes('"line"') && text.includes("not stated"));
  assert.match(await said("audit", log, pol), /2 events for POL, each one of .* \(2 made anew, 0 vouched for/);
  assert.match(await said("import", pol, "--into", theirs), /2 events added/);
  await said(
    "erase",
    log,
    "--event",
    batch,
    "--member",
    EV[0],
    "--actor",
    "p-3",
    "--rule",
    "GDPR 17",
    "--reason",
    "asked",
  );
  assert.match(await release(later), /3 events for POL \(1 new, 1 without body\)/);
  assert.match(await said("import", later, "--into", theirs), /1 event added, 2 known/);
  assert.match(await said("verify", theirs), /n\/POL: 3 events, 2 members, 1 of them erased, 2 signed heads/);
  assert.match(await said("audit", log, later), /3 events for POL/);
  await said("export", log, "--out", join(place, "case.jsonl"));
  assert.match(JSON.parse(await said("audit", join(place, "case.jsonl"), later, "--json")).code, /^subset$/);
  const shown = await said("show", log, "--type", "release.recorded");
  assert.equal(shown.trimEnd().split("\n").length, 2);
  await refused(1, /does not have the chain/, "audit", theirs, pol);
  await refused(1, /does not have the chain that n was released from/, "audit", log, join(place, "case.jsonl"));
  await refused(
    2,
    /--to Poland: expected three capital letters/,
    "release",
    log,
    "--to",
    "Poland",
    "--actor",
    "p",
    "--out",
    pol,
  );
});

test("one member is proven alone; a changed proof proves nothing", async (t) => {
  const { place, log } = await filled(t);
  const file = join(place, "proof.json");
  await said("prove", log, "--member", EV[0], "--out", file);
  const proof = readFileSync(file, "utf8");
  assert.ok(!proof.includes(EV[1]));
  assert.match(await said("verify", file), new RegExp(`proven: ${EV[0]} was recorded by n`));
  for (const [from, to] of [
    [EV[0], EV[1]],
    ['"index":0', '"index":1'],
    ['"size":2', '"size":3'],
    ['"actor":"p-17"', '"actor":"p-18"'],
  ] as const) {
    assert.ok(proof.includes(from));
    writeFileSync(file, proof.replaceAll(from, to));
    await refused(1, /proof\.json: not proven: /, "verify", file);
  }
  await refused(1, /no member ev-x/, "prove", log, "--member", "ev-x");
});

test("show lists events, and all of one", async (t) => {
  const { log, batch } = await filled(t);
  assert.equal((await said("show", log)).trimEnd().split("\n").length, 5);
  assert.equal((await said("show", log, "--from", "2", "--to", "3")).trimEnd().split("\n").length, 2);
  const lines = (await said("show", log, "--event", batch, "--json"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.deepEqual([lines[0].header.id, lines.length, lines[1].member.key], [batch, 3, EV[0]]);
  await refused(1, /no event e-x/, "show", log, "--event", "e-x");
  await refused(2, /--from 0: expected an event's number/, "show", log, "--from", "0");
  await refused(1, /no such file or folder/, "verify", join(log, "none"));
  await refused(1, /no log is here/, "verify", join(log, "files"));
  await refused(2, /either --event or --file/, "erase", log, "--actor", "p", "--rule", "r", "--reason", "x");
  const started = await runVedette(["log", "verify", log]);
  assert.deepEqual([started.code, started.stderr, started.stdout.split("\n")[0]], [0, "", `${log}: whole`]);
  for (const command of ["verify", "export", "import", "release", "audit", "prove", "erase", "show"])
    assert.match(await said(command, "--help"), /Examples:/);
});

test("fuzzed: no byte of an export can be changed, cut or added unnoticed, and nothing but a clear refusal comes of it", async (t) => {
  const { place, log } = await filled(t);
  const [file, bad] = [join(place, "case.jsonl"), join(place, "bad.jsonl")];
  await said("export", log, "--out", file);
  // Without the photograph, whose bytes are all alike to a fuzzer.
  const whole = readFileSync(file);
  const isRefused = async (bytes: Uint8Array): Promise<boolean> => {
    writeFileSync(bad, bytes);
    try {
      return isFault(await verifyFile(bad));
    } catch (error) {
      if (error instanceof InputError) return true;
      throw error;
    }
  };
  assert.ok(!(await isRefused(whole)));
  const place01 = fc.double({ min: 0, max: 1, noNaN: true });
  const change = fc.tuple(
    fc.constantFrom("flip", "cut", "double", "drop", "insert", "end"),
    place01,
    fc.integer({ min: 1, max: 255 }),
  );
  await fc.assert(
    fc.asyncProperty(change, async ([kind, where, byte]) => {
      // Half of the tries in the first 5 KiB, where the events are.
      const at = Math.floor((where < 0.5 ? 2 * where * 5000 : where * whole.length) % whole.length);
      const [before, after] = [whole.subarray(0, at), whole.subarray(at)];
      const changed = {
        flip: () => Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ byte]), after.subarray(1)]),
        cut: () => Buffer.from(before),
        double: () => Buffer.concat([before, after.subarray(0, byte), after]),
        drop: () => Buffer.concat([before, after.subarray(byte)]),
        insert: () => Buffer.concat([before, Buffer.from([byte]), after]),
        end: () => Buffer.concat([whole, after]),
      }[kind as "flip"]();
      assert.ok(changed.equals(whole) || (await isRefused(changed)), `${kind} at ${at}`);
    }),
    { numRuns: 300 },
  );
});

test("strange files are refused with their line, at once", async (t) => {
  const place = folderFor(t);
  const bad = join(place, "bad.jsonl");
  const START = '{"vedette":"case","version":1}\n';
  const end = (text: string): string =>
    `${text}{"end":{"lines":${text.split("\n").length - 1},"sha256":"${createHash("sha256").update(text).digest("hex")}"}}\n`;
  for (const [text, message] of [
    ["", /bad\.jsonl:1: it has no end/],
    ["\n", /:1: not a JSON object/],
    ["id,latitude\n1,2\n", /:1: not a JSON object/],
    ["[1,2]\n", /:1: not a JSON object/],
    ["{}\n", /:1: no line of a case/],
    ['{"vedette":"case","version":2}\n', /:1: a newer vedette wrote it \(version 2/],
    [`${START}{"event":1,"event":2}\n`, /:2: not in canonical bytes/],
    [`${START}{"chain":{"node":"n"}}\n`, /:2: a chain has a node and its public key/],
    [end(`${START}{"data":"AAAA"}\n`), /:2: data of no file/],
    [end(`${START}{"file":{"bytes":3,"hash":"${"0".repeat(64)}"}}\n{"data":"AAAA"}\n`), /is not what its hash says/],
    [end(`${START}{"event":{"sequence":1}}\n`), /:2: stands in no chain/],
    [`${START}${"[".repeat(100_000)}\n`, /:2: not a JSON object/],
  ] as const) {
    writeFileSync(bad, text);
    await assert.rejects(verifyOrThrow(bad), message);
  }
  writeFileSync(bad, Buffer.concat([Buffer.from(START), Buffer.from([0xff, 0xfe, 0x0a])]));
  await assert.rejects(verifyOrThrow(bad), /:2: not UTF-8/);
  writeFileSync(bad, Buffer.alloc(66 << 20, "x"));
  await assert.rejects(verifyOrThrow(bad), /:1: a line of more than 64 MiB/);
  assert.ok(!existsSync(join(place, "vedette-log")));
});

async function verifyOrThrow(file: string): Promise<void> {
  const verified = await verifyFile(file);
  if (isFault(verified)) throw new Error(`${file}:${verified.line}: ${verified.message}`);
}

test("what a copy says was erased is erased here, and an old copy does not bring it back", async (t) => {
  const { place, log, batch } = await filled(t);
  const [old, young] = [join(place, "old.jsonl"), join(place, "young.jsonl")];
  await said("export", log, "--out", old);
  await said("erase", log, "--event", batch, "--actor", "p", "--rule", "r", "--reason", "x");
  await said("export", log, "--out", young);
  const copy = await openStore(join(place, "copy"), { create: true });
  for (const file of [old, young, old]) await importCase(copy, file);
  const rows = await allOf(copy.rows({ chain: "n" }));
  assert.deepEqual(
    rows.map(({ body }) => body !== undefined),
    [false, true, true, true, true, true],
  );
  assert.ok((await copy.shelf.rows.members("n", 1, 0, 9)).every(({ value }) => value === undefined));
  assert.equal((await eventsOf(copy)).length, 0);
  await copy.close();
  assert.match(await said("verify", join(place, "copy")), /n: 6 events, 1 erased/);
});

/** Without some of its lines, and with an end that fits again: nothing signed says how many there were. */
function emptied(file: string, drops: (entry: Record<string, unknown>) => boolean): string {
  const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(0, -1);
  const kept = lines.filter((line) => !drops(JSON.parse(line)));
  const sha256 = createHash("sha256")
    .update(`${kept.join("\n")}\n`)
    .digest("hex");
  return `${kept.join("\n")}\n{"end":{"lines":${kept.length},"sha256":"${sha256}"}}\n`;
}

test("a copy that was emptied is not whole; brought in, a full one completes it, less what was erased since", async (t) => {
  const { place, log, batch } = await filled(t);
  const [file, short, copy] = [join(place, "case.jsonl"), join(place, "short.jsonl"), join(place, "copy")];
  const isMember = (entry: Record<string, unknown>): boolean => "member" in entry;
  await said("export", log, "--out", file);
  writeFileSync(short, emptied(file, isMember));
  assert.match(await said("verify", short), /unbroken, but not all is in this copy[\s\S]*3 members not in this copy/);
  await said("import", short, "--into", copy);
  assert.match(await said("import", file, "--into", copy), /5 known \(2 of them completed\)/);
  assert.match(await said("verify", copy), /copy: whole/);
  const [later, other] = [join(place, "later.jsonl"), join(place, "other")];
  const by = ["--actor", "p-1", "--rule", "GDPR 17", "--reason", "asked"];
  await said("erase", log, "--event", batch, "--member", EV[0], ...by);
  await said("export", log, "--out", later);
  writeFileSync(short, emptied(later, isMember));
  await said("import", short, "--into", other);
  await said("import", file, "--into", other);
  const shown = await said("show", other, "--chain", "n", "--event", batch);
  assert.match(shown, new RegExp(`${EV[0]} {2}\\(erased\\)\\n[^]*${EV[1]} {2}\\{`));
  assert.match(await said("verify", other), /other: whole/);
});

test("no copy is written into the log's own folder; a hostile file's control characters stay out of the terminal", async (t) => {
  const { place, log } = await filled(t);
  for (const name of ["log.sqlite", "node.key"]) {
    const before = readFileSync(join(log, name));
    await refused(2, /lies in the log's own folder/, "export", log, "--out", join(log, name));
    assert.deepEqual(readFileSync(join(log, name)), before);
  }
  const file = join(place, "case.jsonl");
  await said("export", log, "--out", file);
  const evil = readFileSync(file, "utf8").replaceAll('"id":"e-', '"id":"e-\\u001b[2K');
  writeFileSync(join(place, "evil.jsonl"), evil);
  const { code, stdout, stderr } = await vedette("verify", join(place, "evil.jsonl"));
  assert.equal(code, 1);
  assert.equal(/\p{Cc}/u.test((stdout + stderr).replaceAll("\n", "")), false);
  writeFileSync(join(place, "null.jsonl"), '{"vedette":"case","version":1}\n{"event":null}\n');
  await refused(1, /null\.jsonl/, "show", join(place, "null.jsonl"));
});
