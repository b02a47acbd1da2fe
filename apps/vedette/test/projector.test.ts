/** The projections' contract on SQLite. */
import { testProjector } from "./projector-contract.ts";
import { bedAt } from "./projector-fixture.ts";

testProjector("SQLite", (most) => bedAt(":memory:", most), 40);
