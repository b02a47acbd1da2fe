/** What must not compile: the truth is handed to nobody at headquarters. */

import type { Desk } from "../src/exercise/headquarters/desk.ts";
import type { Headquarters } from "../src/exercise/headquarters/headquarters.ts";
import type { Truth } from "../src/exercise/truth/truth.ts";

function neverCompiles(headquarters: Headquarters, desk: Desk, truth: Truth): void {
  // @ts-expect-error what happened is no evidence
  headquarters.receive(truth, 0);
  // @ts-expect-error nor can the desk take it
  desk.take(truth, 0);
  // @ts-expect-error and nothing leads back from headquarters to the world
  headquarters.world;
}

void neverCompiles;
