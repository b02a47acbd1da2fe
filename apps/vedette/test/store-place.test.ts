/** Where a log lies, by its text; and that no password in it is shown. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { shownText } from "../src/cli/terminal.ts";
import { isStore, placeOf } from "../src/store/place.ts";
import { folderFor } from "./log-fixture.ts";

test("a folder or a database, each with its key", (t) => {
  const folder = folderFor(t);
  for (const text of [folder, `sqlite:${folder}`]) {
    assert.ok(isStore(text));
    assert.deepEqual(placeOf(text), { kind: "sqlite", folder, keyFile: join(folder, "node.key") });
  }
  process.env["VEDETTE_CONFIG"] = folder;
  t.after(() => delete process.env["VEDETTE_CONFIG"]);
  const place = placeOf("postgres://vedette:secret@db.example:5433/watch?sslmode=require&schema=summer");
  assert.ok(place.kind === "postgres");
  assert.equal(place.name, "postgres://db.example:5433/watch?schema=summer");
  assert.equal(place.keyFile, join(folder, "db.example_5433-watch-summer.key"));
  const url = new URL(place.url);
  assert.deepEqual(Object.fromEntries(url.searchParams), { sslmode: "require", options: "-c search_path=summer" });
  const own = placeOf("postgresql:///watch?host=/run/postgresql&key=/etc/vedette/node.key&options=-c%20work_mem%3D8MB");
  assert.ok(own.kind === "postgres");
  assert.deepEqual([own.keyFile, own.name], ["/etc/vedette/node.key", "postgres:///run/postgresql/watch"]);
  assert.equal(new URL(own.url).searchParams.get("options"), "-c work_mem=8MB -c search_path=public");
  for (const wrong of ["sqlite:", "postgres://a b", "postgres://h/d?schema=A", "postgres://h/d?schema="])
    assert.throws(() => placeOf(wrong), { name: "UsageError" }, wrong);
});

test("a password in a database's address is not shown", () => {
  const shown = shownText('no log: "postgres://vedette:s3cret!@db/watch?schema=a" and postgresql://u@h/d');
  assert.equal(shown, 'no log: "postgres://vedette:***@db/watch?schema=a" and postgresql://u@h/d');
});
