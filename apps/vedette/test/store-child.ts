/** A writer that says what was acknowledged, one line each, until it is killed: `place name members`. Two appends wait together. */
import { writeSync } from "node:fs";
import { openStore } from "../src/store/open.ts";
import { batchOf, draftOf } from "./log-fixture.ts";

const [place = "", name = "", members = "0"] = process.argv.slice(2);
const store = await openStore(place, { create: true, node: "n" });
writeSync(1, "open\n");

async function appendBatch(key: string, value: number): Promise<void> {
  const keys = Array.from({ length: Number(members) }, (_, at) => `${key}-${at}`);
  const { header } = await store.appendBatch(batchOf(keys, { progress: { key: name, value } }));
  writeSync(1, `${key} ${header?.id}\n`);
}

async function append(key: string, count: number): Promise<void> {
  const headers = await store.append(Array.from({ length: count }, (_, at) => draftOf({ key, at })));
  writeSync(1, `${key} ${headers.map(({ id }) => id).join(" ")}\n`);
}

for (let i = 0; ; i += 2) {
  const one = i % 3 === 2 ? appendBatch(`${name}-${i}`, i) : append(`${name}-${i}`, 1 + (i % 4));
  await Promise.all([one, append(`${name}-${i + 1}`, 1 + (i % 3))]);
}
