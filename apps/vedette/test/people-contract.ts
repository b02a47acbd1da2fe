/** What a database of people must do, whichever it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmChange, type Doing, openProposals, requestChange } from "../src/people/administration.ts";
import { forgetAttempt, takeAttempt } from "../src/people/attempts.ts";
import { beginCeremony, CEREMONY_MS, takeCeremony } from "../src/people/ceremonies.ts";
import { passwordSignIn, setPassword } from "../src/people/credentials.ts";
import { firstAdministrator, inviteAgain, linkOf } from "../src/people/first-start.ts";
import { INVITED_MS, useInvitation } from "../src/people/invitations.ts";
import type { PeopleEvent } from "../src/people/journal.ts";
import type { PeopleDatabase } from "../src/people/open.ts";
import { addPerson, personOf, setDisabled } from "../src/people/persons.ts";
import { allRolesOf, rolesOf, SERVER, setRoles } from "../src/people/roles.ts";
import { beginSession, endSessions, REST_MS, SESSION_MS, sessionOf } from "../src/people/sessions.ts";
import { tidyPeople } from "../src/people/tidy.ts";
import { makeToken, revokeToken, tokenOf } from "../src/people/tokens.ts";
import { START_MS } from "./people-fixture.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** @param open a new, empty one */
export function testPeople(name: string, open: () => Promise<PeopleDatabase>): void {
  const check = (what: string, body: (people: PeopleDatabase) => Promise<void>): void => {
    test(`${name}: ${what}`, async () => {
      const people = await open();
      try {
        await body(people);
      } finally {
        await people.destroy();
      }
    });
  };

  check("the first administrator is made once, by a link that is good once and for a day", async (people) => {
    const both = await Promise.all([firstAdministrator(people, START_MS), firstAdministrator(people, START_MS)]);
    const first = both.find((found) => found !== undefined);
    assert.ok(first);
    assert.equal(both.filter((found) => found !== undefined).length, 1);
    assert.deepEqual(await rolesOf(people, first.person, SERVER), ["administrator"]);
    assert.match(linkOf("https://v.example", first.text), /^https:\/\/v\.example\/sign-in#invitation=vdi_[\w-]{43}$/);
    assert.equal(await useInvitation(people, first.text, START_MS + INVITED_MS), undefined);
    const used = await Promise.all([1, 2, 3].map(() => useInvitation(people, first.text, START_MS + HOUR_MS)));
    assert.deepEqual(
      used.filter((person) => person !== undefined),
      [first.person],
    );
    const text = JSON.stringify(await people.selectFrom("invitation").selectAll().execute());
    assert.ok(!text.includes(first.text), "the link itself is not kept");
  });

  check("a link that is printed again takes the place of the one before", async (people) => {
    const first = await firstAdministrator(people, START_MS);
    const second = await inviteAgain(people, undefined, START_MS);
    assert.equal(second?.person, first?.person);
    assert.equal(await useInvitation(people, first?.text ?? "", START_MS), undefined);
    assert.equal(await useInvitation(people, second?.text ?? "", START_MS), second?.person);
    assert.equal(await inviteAgain(people, "p-nobody", START_MS), undefined);
  });

  check("sessions end by time, by rest, by being ended, with their person", async (people) => {
    const person = await personNamed(people, "a");
    const begin = async () => (await beginSession(people, { person, method: "passkey" }, START_MS)).text;
    const text = await begin();
    assert.equal((await sessionOf(people, text, START_MS))?.person, person);
    assert.equal(await sessionOf(people, `${text}x`, START_MS), undefined);
    assert.equal(await sessionOf(people, text, START_MS + REST_MS), undefined, "an hour of rest");
    for (let at = START_MS; at < START_MS + SESSION_MS; at += REST_MS / 2) assert.ok(await sessionOf(people, text, at));
    assert.equal(await sessionOf(people, text, START_MS + SESSION_MS), undefined);
    const ended = await begin();
    assert.equal(await endSessions(people, { person }, START_MS), 2);
    assert.equal(await sessionOf(people, ended, START_MS), undefined);
    const disabled = await begin();
    await setDisabled(people, person, true, START_MS);
    await setDisabled(people, person, false, START_MS);
    assert.equal(await sessionOf(people, disabled, START_MS), undefined, "it does not come back with its person");
  });

  check("a token is for its workspace and actions, until it ends", async (people) => {
    const person = await personNamed(people, "a");
    const scope = { workspace: "june", actions: ["read", "report"] as const };
    const token = await makeToken(people, { person, name: "net", scope, untilMs: START_MS + HOUR_MS }, START_MS);
    assert.ok(token);
    const found = await tokenOf(people, token.text, START_MS);
    assert.deepEqual([found?.person, found?.method, found?.scope], [person, "token", scope]);
    assert.equal(await tokenOf(people, token.text, START_MS + HOUR_MS), undefined);
    const other = await personNamed(people, "b");
    assert.equal(await revokeToken(people, other, token.id, START_MS), false, "only by its own person");
    assert.equal(await revokeToken(people, person, token.id, START_MS), true);
    assert.equal(await tokenOf(people, token.text, START_MS), undefined);
    const rows = JSON.stringify(await people.selectFrom("token").selectAll().execute());
    assert.ok(!rows.includes(token.text));
  });

  check("many attempts at once get no further than one after the other, and each wait is longer", async (people) => {
    const keys = [{ name: "aino" }];
    const at = (nowMs: number) => takeAttempt(people, keys, nowMs);
    const waits = await Promise.all(Array.from({ length: 20 }, () => at(START_MS)));
    assert.equal(waits.filter(({ waitMs }) => waitMs === 0).length, 5);
    const waitOf = async (nowMs: number) => {
      assert.equal((await at(nowMs)).waitMs, 0);
      return (await at(nowMs)).waitMs;
    };
    assert.equal((await takeAttempt(people, [{ name: "AINO" }], START_MS)).waitMs, 30_000);
    let nowMs = START_MS + 30_000;
    const grown: number[] = [];
    for (let i = 0; i < 6; i++) {
      const waitMs = await waitOf(nowMs);
      grown.push(waitMs / 1000);
      nowMs += waitMs;
    }
    assert.deepEqual(grown, [60, 120, 240, 480, 900, 900]);
    assert.equal((await takeAttempt(people, [{ name: "other" }], nowMs)).waitMs, 0);
    await forgetAttempt(people, keys);
    assert.equal((await at(nowMs)).waitMs, 0);
    assert.ok(!JSON.stringify(await people.selectFrom("attempt").selectAll().execute()).includes("other"));
  });

  check("one's own account clears nothing that one tried on others from the same address", async (people) => {
    const address = [{ address: "192.0.2.1" }];
    let tried = 0;
    for (let i = 0; i < 200; i++) {
      if ((await takeAttempt(people, address, START_MS)).waitMs > 0) break;
      if (i % 2 === 0) await forgetAttempt(people, address);
      else tried++;
    }
    assert.equal(tried, 30);
  });

  check("a challenge is answered once, in time, for what it was made", async (people) => {
    const begin = (key: string) =>
      beginCeremony(people, "oidc", key, { person: undefined, detail: { a: "b" } }, START_MS);
    await begin("one");
    assert.equal(await takeCeremony(people, "passkey-new", "one", START_MS), undefined);
    const taken = await Promise.all([1, 2, 3].map(() => takeCeremony(people, "oidc", "one", START_MS)));
    assert.deepEqual(
      taken.filter((one) => one !== undefined),
      [{ person: undefined, detail: { a: "b" } }],
    );
    await begin("two");
    assert.equal(await takeCeremony(people, "oidc", "two", START_MS + CEREMONY_MS), undefined);
  });

  check("what touches an administrator takes two", async (people) => {
    const { doing, events } = doingIn(people);
    const [a, b, c] = [
      await administratorIn(people, "a"),
      await administratorIn(people, "b"),
      await personNamed(people, "c"),
    ];
    const grant = { kind: "roles", person: c, workspace: "june", roles: ["analyst"] } as const;
    assert.deepEqual(await requestChange(doing, grant, a), { is: "done" });
    assert.deepEqual(await requestChange(doing, grant, c), { is: "refused", why: "not-allowed" });
    const raise = await requestChange(doing, { ...grant, workspace: SERVER, roles: ["administrator"] }, a);
    assert.equal(raise.is, "waits");
    assert.deepEqual(await rolesOf(people, c, SERVER), []);
    const proposal = raise.is === "waits" ? raise.proposal : "";
    assert.deepEqual(await confirmChange(doing, proposal, a), { is: "refused", why: "not-allowed" });
    assert.deepEqual(await confirmChange(doing, proposal, c), { is: "refused", why: "not-allowed" });
    const twice = await Promise.all([confirmChange(doing, proposal, b), confirmChange(doing, proposal, b)]);
    assert.deepEqual(twice.map(({ is }) => is).sort(), ["done", "refused"]);
    assert.deepEqual(await rolesOf(people, c, SERVER), ["administrator"]);
    for (const kind of ["disable", "erase", "invite"] as const)
      assert.equal((await requestChange(doing, { kind, person: b }, a)).is, "waits", kind);
    const own = { kind: "roles", person: a, workspace: "june", roles: ["verifier"] } as const;
    assert.equal((await requestChange(doing, own, a)).is, "waits", "one's own roles");
    assert.equal((await openProposals(doing)).length, 4);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["role.changed", "proposal.made", "role.changed", "proposal.confirmed", ...Array(4).fill("proposal.made")],
    );
    assert.ok(!JSON.stringify(events).includes("Person a"), "no names in the log");
  });

  check("what somebody asked for who is no administrator any more is not confirmed", async (people) => {
    const { doing } = doingIn(people);
    const [a, b, c] = [
      await administratorIn(people, "a"),
      await administratorIn(people, "b"),
      await personNamed(people, "c"),
    ];
    const asked = await requestChange(
      doing,
      { kind: "roles", person: c, workspace: SERVER, roles: ["administrator"] },
      a,
    );
    await setRoles(people, a, SERVER, []);
    const outcome = await confirmChange(doing, asked.is === "waits" ? asked.proposal : "", b);
    assert.deepEqual(outcome, { is: "refused", why: "not-allowed" });
  });

  check("the only administrator appoints a second alone, changes nothing of their own, and stays", async (people) => {
    const { doing } = doingIn(people);
    const a = await administratorIn(people, "a");
    const b = await personNamed(people, "b");
    const own = { kind: "roles", person: a, workspace: "june", roles: ["verifier"] } as const;
    assert.deepEqual(await requestChange(doing, own, a), { is: "refused", why: "only-administrator" });
    const second = { kind: "roles", person: b, workspace: SERVER, roles: ["administrator"] } as const;
    assert.deepEqual(await requestChange(doing, second, a), { is: "done" });
    await setPassword(people, b, "correct horse battery", START_MS);
    const leaving = await requestChange(doing, { kind: "disable", person: a }, a);
    const disabled = await confirmChange(doing, leaving.is === "waits" ? leaving.proposal : "", b);
    assert.deepEqual(disabled, { is: "done" });
    const last = await requestChange(doing, { kind: "erase", person: b }, b);
    assert.deepEqual(last, { is: "refused", why: "only-administrator" });
  });

  check("an erased person leaves an id and nothing else", async (people) => {
    const { doing } = doingIn(people);
    const a = await administratorIn(people, "a");
    const person = await personNamed(people, "c", "cecilia");
    await setRoles(people, person, "june", ["analyst"]);
    await setPassword(people, person, "correct horse battery", START_MS);
    const session = await beginSession(people, { person, method: "password" }, START_MS);
    assert.deepEqual(await requestChange(doing, { kind: "erase", person }, a), { is: "done" });
    const shown = { id: person, login: null, name: "", nation: "FIN", isDisabled: true, isErased: true };
    assert.deepEqual(await personOf(people, person), shown);
    assert.deepEqual(await allRolesOf(people, person), {});
    assert.equal(await sessionOf(people, session.text, START_MS), undefined);
    const asked = { login: "cecilia", password: "correct horse battery" };
    assert.equal(await passwordSignIn(people, asked, START_MS), undefined);
    assert.notEqual(await addPerson(people, { name: "D", nation: "NLD", login: "cecilia" }, START_MS), undefined);
    assert.deepEqual(await requestChange(doing, { kind: "enable", person }, a), { is: "refused", why: "not-found" });
  });

  check("a login is one person's, capitals or not", async (people) => {
    assert.ok(await addPerson(people, { name: "A", nation: "FIN", login: "Aino" }, START_MS));
    assert.equal(await addPerson(people, { name: "B", nation: "FIN", login: "aino " }, START_MS), undefined);
    assert.ok(await addPerson(people, { name: "C", nation: "FIN" }, START_MS));
    assert.ok(await addPerson(people, { name: "D", nation: "FIN" }, START_MS));
  });

  check("what is over is not kept", async (people) => {
    const person = await personNamed(people, "a");
    await beginSession(people, { person, method: "passkey" }, START_MS);
    await takeAttempt(people, [{ name: "a" }], START_MS);
    await beginCeremony(people, "oidc", "x", { person: undefined, detail: {} }, START_MS);
    await tidyPeople(people, START_MS + 60 * 24 * HOUR_MS);
    for (const table of ["session", "attempt", "ceremony"] as const)
      assert.deepEqual(await people.selectFrom(table).selectAll().execute(), []);
  });
}

async function personNamed(people: PeopleDatabase, name: string, login?: string): Promise<string> {
  const named = { name: `Person ${name}`, nation: "FIN", ...(login !== undefined && { login }) };
  const person = await addPerson(people, named, START_MS);
  assert.ok(person);
  return person;
}

/** With something to sign in by. */
async function administratorIn(people: PeopleDatabase, name: string): Promise<string> {
  const person = await personNamed(people, name);
  await setRoles(people, person, SERVER, ["administrator"]);
  await people.insertInto("identity").values({ issuer: "i", subject: name, person }).execute();
  return person;
}

function doingIn(people: PeopleDatabase): { readonly doing: Doing; readonly events: PeopleEvent[] } {
  const events: PeopleEvent[] = [];
  const journal = async (event: PeopleEvent): Promise<void> => {
    events.push(event);
  };
  return { doing: { people, journal, nowMs: START_MS }, events };
}
