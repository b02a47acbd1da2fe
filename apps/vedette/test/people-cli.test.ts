/** `vedette people invite`, and TLS from files. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { tlsOf } from "../src/http/auth/tls.ts";
import { firstAdministrator } from "../src/people/first-start.ts";
import { useInvitation } from "../src/people/invitations.ts";
import { openPeople } from "../src/people/open.ts";
import { runVedette } from "./cli-fixture.ts";
import { serverOf } from "./people-fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "vedette-people-cli-"));
after(() => rmSync(folder, { recursive: true, force: true }));

test("a link that was lost is printed again, and is good once", async () => {
  const people = await openPeople(folder);
  const first = await firstAdministrator(people, Date.now());
  const asked = ["people", "invite", "--store", folder, "--origin", "https://v.example", "--json"];
  const { code, stdout } = await runVedette(asked);
  assert.equal(code, 0);
  const { person, link } = JSON.parse(stdout) as { person: string; link: string };
  assert.equal(person, first?.person);
  const [, text = ""] = /^https:\/\/v\.example\/sign-in#invitation=(vdi_[\w-]+)$/.exec(link) ?? [];
  assert.equal(await useInvitation(people, first?.text ?? "", Date.now()), undefined);
  assert.equal(await useInvitation(people, text, Date.now()), person);
  assert.equal(await useInvitation(people, text, Date.now()), undefined);
  await people.destroy();
  assert.match((await runVedette([...asked, "p-nobody"])).stderr, /no person p-nobody is here/);
  const wrong = await runVedette(["people", "invite", "--store", folder, "--origin", "v.example"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /--origin v\.example: expected such as https/);
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

test("TLS comes from files that belong together", {
  skip: !hasOpenssl && "no openssl to make a certificate",
}, async () => {
  const at = (name: string): string => join(folder, name);
  const make = (name: string, days: string): void => {
    const paths = ["-keyout", at(`${name}.key`), "-out", at(`${name}.crt`)];
    const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost"];
    execFileSync("openssl", ["req", "-x509", ...kind, "-days", days, ...paths], { stdio: "ignore" });
  };
  make("a", "2");
  make("b", "2");
  writeFileSync(at("not.pem"), "not a certificate");
  const files = { cert: at("a.crt"), key: at("a.key") };
  assert.throws(() => tlsOf({ ...files, key: at("b.key") }, Date.now()), /b\.key: it is not the key of .*a\.crt/);
  assert.throws(() => tlsOf({ ...files, cert: at("not.pem") }, Date.now()), /not\.pem: expected a certificate/);
  assert.throws(() => tlsOf({ ...files, key: at("none") }, Date.now()), /none: cannot be read \(ENOENT\)/);
  assert.throws(() => tlsOf(files, Date.now() + 3 * 86_400_000), /a\.crt: it ran out on/);
  const fixture = await serverOf({ tls: tlsOf(files, Date.now()) });
  try {
    await fixture.app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = fixture.app.server.address() as AddressInfo;
    const answer = await new Promise<{ status: number; hsts: string }>((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", path: "/api/sign-in", rejectUnauthorized: false }, (got) => {
        got.resume();
        resolve({ status: got.statusCode ?? 0, hsts: String(got.headers["strict-transport-security"]) });
      });
      sent.on("error", reject);
      sent.end();
    });
    assert.deepEqual(answer, { status: 200, hsts: "max-age=63072000; includeSubDomains" });
  } finally {
    await fixture.close();
  }
});
