/** Imports a file, and says on stdout how much the log has acknowledged: to be killed at any moment. */
import { readFileSync, writeSync } from "node:fs";
import { instant } from "@vedette/core/time/instant";
import { AreaTable } from "../src/feeds/evidence/area-table.ts";
import { firmsKind } from "../src/feeds/evidence/firms.ts";
import { importEvidence } from "../src/feeds/evidence/import-evidence.ts";
import type { ReadSetting } from "../src/feeds/evidence/setting.ts";
import { openStore } from "../src/store/open.ts";
import type { Store } from "../src/store/store.ts";

const [path = "", folder = "", batchSize = "0", sources = ""] = process.argv.slice(2);
const setting: ReadSetting = {
  sources: new Map(JSON.parse(readFileSync(sources, "utf8"))),
  areas: new AreaTable(),
  latest: instant(Date.UTC(2026, 6, 1)),
};
let acknowledged = 0;

function telling(store: Store): Store {
  return new Proxy(store, {
    get(target, key) {
      const member = Reflect.get(target, key, target) as unknown;
      if (key !== "appendBatch") return typeof member === "function" ? member.bind(target) : member;
      return async (...args: Parameters<Store["appendBatch"]>) => {
        const appended = await target.appendBatch(...args);
        acknowledged += appended.added;
        writeSync(1, `${acknowledged}\n`);
        return appended;
      };
    },
  });
}

writeSync(1, "0\n");
await importEvidence({
  path,
  kind: { feed: "firms", files: { csv: firmsKind(setting) } },
  store: async () => telling(await openStore(folder, { create: true, node: "n" })),
  actor: "desk-3",
  marking: { owner: "FRA", releasableTo: [], originatorControlled: false, use: "real" },
  batchSize: Number(batchSize),
});
writeSync(1, "done\n");
