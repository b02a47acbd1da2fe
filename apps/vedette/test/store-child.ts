/** A writer that says what was acknowledged, one line each, until it is killed: `folder name members`. */
import { writeSync } from "node:fs";
import { openStore } from "../src/store/open.ts";
import { batchOf, draftOf } from "./log-fixture.ts";

const [folder = "", name = "", members = "0"] = process.argv.slice(2);
const store = await openStore(folder, { create: true, node: "n" });
writeSync(1, "open\n");
for (let i = 0; ; i++) {
  const key = `${name}-${i}`;
  if (i % 3 === 2) {
    const keys = Array.from({ length: Number(members) }, (_, at) => `${key}-${at}`);
    const { header } = await store.appendBatch(batchOf(keys, { progress: { key: name, value: i } }));
    writeSync(1, `${key} ${header?.id}\n`);
  } else {
    const drafts = Array.from({ length: 1 + (i % 4) }, (_, at) => draftOf({ key, at }));
    const headers = await store.append(drafts);
    writeSync(1, `${key} ${headers.map(({ id }) => id).join(" ")}\n`);
  }
}
