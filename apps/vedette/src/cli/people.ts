/** `vedette people …`: for whoever has the machine, when nobody can sign in. */
import { Command } from "commander";
import { inviteAgain, linkOf } from "../people/first-start.ts";
import { openPeople } from "../people/open.ts";
import { InputError, UsageError } from "../problem.ts";
import { print } from "./log-options.ts";

interface InviteOptions {
  readonly store: string;
  readonly origin: string;
  readonly json?: true;
}

export function peopleCommand(): Command {
  const people = new Command("people").description("the people of a server").addHelpText("after", EXAMPLES);
  people.addCommand(
    new Command("invite")
      .description("print a new link for somebody; it is good once, for a day, and the one before is good no longer")
      .argument("[PERSON]", "a person's id; the first administrator where left out")
      .requiredOption("--store <PLACE>", "where the server keeps its people: a folder, or postgres://…")
      .requiredOption("--origin <URL>", "where browsers find the server, such as https://vedette.example")
      .option("--json", "print one JSON object")
      .addHelpText("after", EXAMPLES)
      .action(invite),
  );
  return people;
}

const EXAMPLES = `
Examples:
  $ vedette people invite --store sqlite:/var/lib/vedette --origin https://vedette.example
  $ vedette people invite p-0123456789abcdef0123 --store postgres://vedette@db/vedette --origin https://vedette.example`;

async function invite(person: string | undefined, { store, origin, json }: InviteOptions): Promise<void> {
  const site = originOf(origin);
  const people = await openPeople(store);
  try {
    const invitation = await inviteAgain(people, person, Date.now());
    if (invitation === undefined) throw new InputError([{ file: store, message: nobody(person) }]);
    const link = linkOf(site, invitation.text);
    const until = new Date(invitation.untilMs).toISOString();
    print(json ? JSON.stringify({ person: invitation.person, link, until }) : `${link}\nGood once, until ${until}.`);
  } finally {
    await people.destroy();
  }
}

const nobody = (person: string | undefined): string =>
  person === undefined
    ? "no first administrator is here: start the server once"
    : `no person ${person} is here, or they were disabled or erased`;

function originOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== "/")
    throw new UsageError(`--origin ${text}: expected such as https://vedette.example`);
  return url.origin;
}
