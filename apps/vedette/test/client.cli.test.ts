/** The command line against a server: incidents step by step, a file that comes in over a line that is cut, live changes, faults of the call. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { clientOf } from "@vedette/client/client";
import { addPerson } from "../src/people/persons.ts";
import { setRoles } from "../src/people/roles.ts";
import { makeToken } from "../src/people/tokens.ts";
import { runVedette } from "./cli-fixture.ts";
import { cutLine, type Listening, listening } from "./client-fixture.ts";
import { NOW, report } from "./incident-fixture.ts";

const PATH = { workspace: "op" };
const MARKING = { owner: "FRA", releasableTo: [], originatorControlled: false, use: "exercise" } as const;
let server: Listening;

before(async () => {
  server = await listening();
});
after(() => server.close());

const remote = (...words: readonly string[]) => runVedette(["--server", server.url, ...words], server.folder);

async function opened(name: string): Promise<string> {
  const client = clientOf({ url: server.url });
  const iso = (ms: number): string => new Date(ms).toISOString();
  const { ingest: _, when, ...rest } = report(name, 48.5);
  const item = { ...rest, when: { start: iso(when.start), end: iso(when.end) } };
  const sent = await client.call("sendReports", {
    path: PATH,
    body: { feed: "test", marking: MARKING, items: [item] },
  });
  const evidence = [sent.body.items[0]?.evidence ?? ""];
  const body = { kind: rest.kind, where: rest.where, when: item.when, evidence, reason: "heard" };
  return (await client.call("openIncident", { path: PATH, body })).body.incident.id;
}

test("incidents are listed, shown and moved on, on the version that was read", async () => {
  const id = await opened("ev-a");
  const listed = await remote("incident", "list");
  assert.deepEqual([listed.code, listed.stderr], [0, ""]);
  assert.match(listed.stdout, new RegExp(`^${id}  reported `, "m"));
  const shown = JSON.parse((await remote("incident", "show", id, "--json")).stdout);
  assert.deepEqual([shown.id, shown.state, shown.history.length], [id, "reported", 1]);
  const moved = await remote("incident", "advance", id, "--reason", "placed", "--version", String(shown.version));
  assert.match(moved.stdout, new RegExp(`^${id} located \\(version ${shown.version + 1}\\); recorded as `));
  const late = await remote("incident", "retract", id, "--reason", "no", "--version", String(shown.version));
  assert.equal(late.code, 1);
  assert.match(late.stderr, /It has changed since you read it: read it anew; it is now located/);
  const none = await remote("incident", "show", "in-none");
  assert.deepEqual([none.code, /Nothing is here/.test(none.stderr)], [1, true]);
});

/** FIRMS as it is downloaded, each row another place. */
function firms(rows: number): string {
  const day = new Date(NOW).toISOString().slice(0, 10);
  const lines = Array.from(
    { length: rows },
    (_, i) =>
      `${(48 + i / 1000).toFixed(5)},37.5,320.1,${day},${String(i % 1000)
        .padStart(4, "0")
        .replace(/[6-9](?=.$)/, "1")},N,VIIRS,5.5`,
  );
  return `latitude,longitude,brightness,acq_date,acq_time,satellite,instrument,frp\n${lines.join("\n")}\n`;
}

test("a file comes in over a line that is cut again and again; all of it is there once, and a second time adds nothing", async () => {
  const file = join(server.folder, "firms.csv");
  writeFileSync(file, firms(350));
  // Two answers come before the first batch; then every other is lost.
  const line = await cutLine(server.port, (answer) => answer >= 2 && answer % 2 === 0);
  const call = ["import", "firms", file, "--server", line.url, "--workspace", "op", "--json"];
  const first = await runVedette(call, server.folder);
  line.close();
  assert.equal(first.code, 0, first.stderr);
  const { records, added, duplicate, refused } = JSON.parse(first.stdout);
  assert.deepEqual([records, added + duplicate, refused], [350, 350, 0]);
  assert.ok(line.answers() > 6, `${line.answers()} answers: some were lost`);
  const held = async (): Promise<number> => {
    let count = 0;
    for await (const { body } of server.workspace.store.events({ types: ["evidence.recorded"] })) {
      const { feed, count: of } = body as { readonly feed: string; readonly count: number };
      if (feed === "firms") count += of;
    }
    return count;
  };
  assert.equal(await held(), 350);
  const again = JSON.parse((await remote("import", "firms", file, "--json")).stdout);
  assert.deepEqual([again.added, again.duplicate, again.refused], [0, 350, 0]);
  assert.equal(await held(), 350);
});

test("what the server refuses is told with its line", async () => {
  const file = join(server.folder, "more.csv");
  writeFileSync(file, firms(3));
  const { code, stderr } = await remote("import", "firms", file, "--release", "UKR");
  assert.equal(code, 1);
  assert.match(stderr, /releasableTo\/0: takes no part in this workspace/);
});

test("live changes go on from where they were left", async () => {
  const watching = remote("watch", "--count", "1", "--json");
  // It has nothing to go on from: what is written before it listens is not told. So one after the other, until one is.
  let isTold = false;
  const told = watching.then((ran) => {
    isTold = true;
    return ran;
  });
  for (let i = 0; !isTold && i < 400; i++) {
    await opened(`ev-live-${i}`);
    await wait(50);
  }
  assert.ok(isTold);
  const first = JSON.parse((await told).stdout);
  assert.equal(first.type, "changed");
  await opened("ev-meanwhile");
  const second = JSON.parse((await remote("watch", "--count", "1", "--json", "--after", first.lastId)).stdout);
  assert.notEqual(second.lastId, first.lastId);
});

test("a token says who; it never goes over the net in the clear", async () => {
  const nowMs = Date.now();
  const person = await addPerson(server.people, { name: "B", nation: "GBR" }, nowMs);
  assert.ok(person !== undefined);
  await setRoles(server.people, person, "op", ["observer"]);
  const scope = { workspace: "op", actions: ["read"] as const };
  const token = await makeToken(server.people, { person, name: "t", scope, untilMs: nowMs + 1e6 }, nowMs);
  const file = join(server.folder, "token");
  writeFileSync(file, `${token?.text}\n`);
  const listed = await remote("incident", "list", "--token-file", file);
  assert.deepEqual([listed.code, listed.stdout], [0, "no incidents\n"]);
  const abroad = await runVedette(["--server", "http://vedette.example", "workspaces", "--token-file", file]);
  assert.equal(abroad.code, 2);
  assert.match(abroad.stderr, /a token goes over https only/);
  writeFileSync(file, "vdt_wrong");
  const wrong = await remote("workspaces", "--token-file", file);
  assert.deepEqual([wrong.code, /not signed in: set VEDETTE_TOKEN/.test(wrong.stderr)], [1, true]);
});

test("faults of the call: what to type instead", async () => {
  const cases: readonly [readonly string[], number, RegExp][] = [
    [["--server", server.url, "store", "list"], 2, /store works on this machine: leave --server out/],
    [["--server", server.url, "incident", "list", "--workspace", "no"], 2, /--workspace "?no"?: no workspace of yours/],
    [["--server", "vedette.example", "workspaces"], 2, /expected an address such as https:/],
    [["workspaces", "--server"], 2, /--server: expected a value/],
    [
      ["--server", "http://127.0.0.1:59999", "incident", "verify", "in-1", "--reason", "x"],
      1,
      /127\.0\.0\.1:59999: nothing listens there/,
    ],
  ];
  for (const [words, code, why] of cases) {
    const ran = await runVedette(words);
    assert.equal(ran.code, code, words.join(" "));
    assert.match(ran.stderr, why);
  }
});
