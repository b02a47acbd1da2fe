/** Projects a log, a few events at a time, until it is killed. */
import { openStore } from "../src/store/open.ts";
import { bedAt } from "./projector-fixture.ts";

const place = process.argv[2] as string;
const bed = await bedAt(place, 2, await openStore(place));
process.stdout.write("begun\n");
await bed.projector.catchUp();
setInterval(() => {}, 1000);
