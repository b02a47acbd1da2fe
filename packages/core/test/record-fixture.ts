/** Chains made without a store: seeded, signed with a key of their own. */
import { createHash, createPrivateKey, createPublicKey, sign } from "node:crypto";
import type { ChainEntry, MemberEntry } from "../src/record/chain-fault.ts";
import type { Draft, EventHeader, StoredEvent } from "../src/record/event.ts";
import type { Json } from "../src/record/hash.ts";
import { type Head, signHead } from "../src/record/head.ts";
import type { Marking } from "../src/record/marking.ts";
import { leafOf, rootOf } from "../src/record/merkle.ts";
import { NO_TAIL, sealEvent, type Tail } from "../src/record/seal.ts";
import { instant } from "../src/time/instant.ts";

export const OPEN: Marking = { owner: "FRA", releasableTo: ["POL"], originatorControlled: false, use: "exercise" };
export const CLOSED: Marking = { ...OPEN, releasableTo: [] };
export const START = 1_781_481_600_000;

/** PKCS #8 of an Ed25519 seed (RFC 8410). */
const SEED = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 7)]);
const SECRET = createPrivateKey({ key: SEED, format: "der", type: "pkcs8" });
const { x = "" } = createPublicKey(SECRET).export({ format: "jwk" });
export const CLAIM = { node: "n", publicKey: Buffer.from(x, "base64url").toString("hex") };
export const signWithKey = (message: Uint8Array): Uint8Array => sign(null, message, SECRET);

export const bytesFor = (...what: readonly (string | number)[]): Uint8Array =>
  createHash("sha256").update(what.join("/")).digest().subarray(0, 16);
export const idFor = (prefix: string, ...what: readonly (string | number)[]): string =>
  `${prefix}-${Buffer.from(bytesFor(...what)).toString("hex")}`;
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

export interface Planned {
  /** Ids and salts come from it: the same name gives the same, wherever it stands. */
  readonly name: string;
  readonly type?: string;
  readonly body: Json;
  readonly marking?: Marking;
  readonly members?: readonly { readonly key: string; readonly value: Json }[];
  readonly recordedAt?: number;
  /** Members that are erased, by key; `*`: the body and all. */
  readonly erased?: readonly string[];
}

export class ChainMaker {
  readonly entries: ChainEntry[] = [];
  readonly headers: EventHeader[] = [];
  readonly #node: string;
  #tail: Tail | typeof NO_TAIL = NO_TAIL;

  constructor(node: string = CLAIM.node) {
    this.#node = node;
  }

  get tail(): Tail | typeof NO_TAIL {
    return this.#tail;
  }

  add({
    name,
    type = "incident.opened",
    body,
    marking = OPEN,
    members,
    recordedAt,
    erased = [],
  }: Planned): EventHeader {
    const at = { start: instant(START), end: instant(START + 1) };
    const salts = (members ?? []).map(({ key }) => bytesFor("member", name, key));
    const leaves = (members ?? []).map((member, i) => leafOf(salts[i] as Uint8Array, member));
    const whole =
      members === undefined ? body : { ...(body as object), count: members.length, root: hexOf(rootOf(leaves)) };
    const draft: Draft = { type, typeVersion: 1, at, actor: "p-1", marking, body: whole };
    const salt = bytesFor("salt", name);
    const when = instant(recordedAt ?? START + this.headers.length * 1000);
    const seal = { node: this.#node, id: idFor("e", "event", name), salt, recordedAt: when };
    const { header, tail } = sealEvent(draft, { sequence: this.#tail.sequence, hash: this.#tail.hash }, seal);
    this.#tail = tail;
    this.headers.push(header);
    const isGone = erased.includes("*");
    const event: StoredEvent = isGone ? { header } : { header, body: whole, salt: hexOf(salt) };
    this.entries.push({ event });
    members?.forEach((member, i) => {
      const isErased = isGone || erased.includes(member.key);
      const entry: MemberEntry = isErased
        ? { key: member.key, leaf: hexOf(leaves[i] as Uint8Array) }
        : { ...member, salt: hexOf(salts[i] as Uint8Array) };
      this.entries.push({ member: entry });
    });
    return header;
  }

  sign(): Head {
    const { sequence, hash } = this.#tail;
    const at = this.headers.at(-1)?.recordedAt ?? instant(START);
    const statement = { version: 1, node: this.#node, sequence, hash, at, publicKey: CLAIM.publicKey } as const;
    const head = signHead(statement, signWithKey);
    this.entries.push({ head });
    return head;
  }
}
