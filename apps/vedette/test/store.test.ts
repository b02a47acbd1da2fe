/** Both stores under one contract; and what only a file can be asked: durability, two writers, other people's files. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { memoryStore, openStore } from "../src/store/open.ts";
import { testStore } from "./store-contract.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-store-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const counter = { stores: 0 };
testStore("memory", (clock) => memoryStore({ clock, node: "n" }));
testStore("SQLite", (clock) => openStore(join(folder, String(counter.stores++)), { clock, node: "n", create: true }));
