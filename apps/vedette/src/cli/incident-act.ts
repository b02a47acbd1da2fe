/** One step on one incident by one person: tried before it is written, and looked at again after. */
import type { Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import { type Instant, instant } from "@vedette/core/time/instant";
import type { Incident } from "@vedette/core/verify/incident";
import { Command } from "commander";
import { type Act, act } from "../engine/cases/act.ts";
import { type Desk, readDesk } from "../engine/cases/desk.ts";
import { refusalText } from "../engine/cases/refusal-words.ts";
import { InputError } from "../problem.ts";
import type { Store } from "../store/store.ts";
import { unknownIncident } from "./incident-list.ts";
import { type ActOptions, instantOf, personOf, withActOptions } from "./incident-options.ts";
import { print, withStore } from "./log-options.ts";

export type Body = { readonly [key: string]: Json };

interface Setting {
  readonly store: Store;
  readonly desk: Desk;
  readonly now: Instant;
}

/** Makes the event's type and body; `incident` is there already. */
export type Make<O> = (options: O, incident: Incident, setting: Setting) => Promise<Made> | Made;

/** @param marking where it is narrower than its incident's */
interface Made {
  readonly type: string;
  readonly body: Body;
  readonly marking?: Marking;
}

/** A subcommand on one incident. */
export function actCommand<O extends ActOptions>(name: string, what: string, example: string, make: Make<O>): Command {
  return withActOptions(new Command(name).description(what).argument("<INCIDENT>", "its id"))
    .addHelpText(
      "after",
      `\nExamples:\n  $ vedette incident ${name} in-de114e7b3f6b5e2c --as p-3 --reason "…"${example}`,
    )
    .action(async (id: string, options: O) => {
      const actor = personOf(options.as);
      const now = options.at === undefined ? instant(Date.now()) : instantOf(options.at, "--at");
      await withStore(options.store, async (store) => {
        const desk = await readDesk(store);
        const incident = desk.cases.incidents.get(id);
        if (incident === undefined) throw unknownIncident(options.store, id, [...desk.cases.incidents.keys()]);
        const { type, body, marking } = await make(options, incident, { store, desk, now });
        const at = { start: now, end: instant(now + 1) };
        const said = { incident: id, reason: options.reason, ...body };
        await perform(store, { type, body: said, at, actor, ...(marking && { marking }) }, options);
      });
    });
}

export async function perform(store: Store, wanted: Act, { store: folder, json }: ActOptions): Promise<void> {
  // What is judged is when it is written, not when somebody says it was done.
  const done = await act(store, wanted, instant(Date.now()));
  if (done.code === "refused") throw new InputError([{ file: folder, message: refusalText(done.refusal) }]);
  if (done.code === "overtaken") {
    const message = `somebody else was faster: ${refusalText(done.refusal)}; it is recorded as ${done.event}, without effect`;
    throw new InputError([{ file: folder, message }]);
  }
  const states = done.incidents.map(({ id, state, mergedInto }) => ({ id, state, ...(mergedInto && { mergedInto }) }));
  const text = states.map(({ id, state, mergedInto }) => `${id} ${mergedInto ? `merged into ${mergedInto}` : state}`);
  print(
    json ? JSON.stringify({ event: done.event, incidents: states }) : `${text.join(", ")}; recorded as ${done.event}`,
  );
}

export const moved = (to: string, basis: Body = {}): { type: string; body: Body } => ({
  type: "incident.moved",
  body: { to, ...basis },
});
