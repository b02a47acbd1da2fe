/** The projections' contract on PostgreSQL. */
import { tmpdir } from "node:os";
import { test } from "node:test";
import { postgresServer } from "./postgres-fixture.ts";
import { testProjector } from "./projector-contract.ts";
import { bedAt } from "./projector-fixture.ts";

const server = await postgresServer();

if (typeof server === "string") test("PostgreSQL", { skip: server }, () => {});
else testProjector("PostgreSQL", (most) => bedAt(server.place(tmpdir()), most), 6);
