/** What people do with incidents, as subcommands. */
import type { Incident } from "@vedette/core/verify/incident";
import { incidentIdOf } from "@vedette/core/verify/incident-propose";
import type { Command } from "commander";
import { UsageError } from "../problem.ts";
import { actCommand, moved } from "./incident-act.ts";
import { classifyCommand, linkCommand, openCommand, unlinkCommand } from "./incident-evidence.ts";
import { advanceCommand, assessCommand, replyCommand, verifyCommand } from "./incident-judge.ts";
import { type ActOptions, wordsOf } from "./incident-options.ts";

export function actCommands(): Command[] {
  return [
    openCommand(),
    classifyCommand(),
    linkCommand(),
    unlinkCommand(),
    advanceCommand(),
    verifyCommand(),
    assessCommand(),
    actCommand("refer", "hand an assessed incident on, to the commission that the agreement names", "", () =>
      moved("referred"),
    ),
    actCommand("close", "close an incident that was assessed or referred", "", () => moved("closed")),
    actCommand("retract", "take an incident back: it should not have been opened", "", () => moved("retracted")),
    actCommand(
      "undo",
      "one step back: from verified to corroborated, from assessed to verified, …; re-open what was closed or retracted",
      "",
      (_, incident) => moved(stepBack(incident)),
    ),
    replyCommand(),
    mergeCommand(),
    splitCommand(),
  ];
}

const BACK: Readonly<Record<string, string>> = {
  located: "reported",
  corroborated: "located",
  verified: "corroborated",
  assessed: "verified",
  referred: "assessed",
};

function stepBack({ id, state, cameFrom }: Incident): string {
  const to = cameFrom ?? BACK[state];
  if (to === undefined) throw new UsageError(`${id} is ${state}: there is no step to undo; retract takes it back`);
  return to;
}

const mergeCommand = (): Command =>
  actCommand<ActOptions & { readonly into: string }>(
    "merge",
    "two are one: this one stands still, the other takes over its evidence",
    " --into in-0245b0f5c88443ce",
    ({ into }) => ({
      type: "incident.merged",
      body: { into },
    }),
  ).requiredOption("--into <INCIDENT>", "the one that goes on");

interface SplitOptions extends ActOptions {
  readonly from?: string;
  readonly evidence?: string;
}

const splitCommand = (): Command =>
  actCommand<SplitOptions>(
    "split",
    "split a part of its evidence off as an incident of its own; or undo a merge",
    " --evidence ev-09ab…",
    ({ from, evidence }, { id }, { desk }) => {
      if ((from === undefined) === (evidence === undefined))
        throw new UsageError("expected either --evidence, for a part of it, or --from, to undo its merging");
      if (from !== undefined) return { type: "incident.split", body: { from } };
      const part = wordsOf(evidence ?? "");
      return { type: "incident.split", body: { incident: incidentIdOf(part, desk.salt), from: id, evidence: part } };
    },
  )
    .option("--evidence <ID,...>", "the evidence that goes")
    .option("--from <INCIDENT>", "what it was merged into");
