/** What headers bind: bodies, members of batches, and that what was erased is gone. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { FaultCode, MemberEntry } from "./chain-fault.ts";
import type { Link } from "./chain-suspicion.ts";
import type { EventHeader, StoredEvent } from "./event.ts";
import type { Json } from "./hash.ts";
import { commitmentOf } from "./header.ts";
import { leafOf, RootBuilder, type Sha256 } from "./merkle.ts";

export interface BodyFault {
  readonly code: FaultCode;
  readonly message: string;
  /** The broken event; none: the one that should follow. */
  readonly at?: Pick<EventHeader, "sequence" | "id">;
  /** More members than there should be: theirs may be an event that is missing. */
  readonly isStray?: true;
}

interface Batch {
  readonly link: Link;
  /** None: the body is not there, and its members then must not be. */
  readonly said?: { readonly count: Json; readonly root: Json };
  readonly builder: RootBuilder;
  readonly absent: string[];
}

const SALT = /^[0-9a-f]{32}$/;
const HASH = /^[0-9a-f]{64}$/;

export class BodyCheck {
  readonly counts = { bodies: 0, erased: 0, members: 0, membersErased: 0, membersMissing: 0 };
  /** Without body so far, by number; members by number and key. What an erasure names leaves it. */
  readonly #absent = new Set<string>();
  /** Batches whose members are all withheld. */
  readonly #bare = new Set<Json>();
  readonly #hash: Sha256 | undefined;
  #batch: Batch | undefined;

  constructor(hash?: Sha256) {
    this.#hash = hash;
  }

  take({ header, body, salt }: StoredEvent, link: Link): BodyFault | undefined {
    if (body === undefined && salt === undefined) {
      this.#absent.add(String(header.sequence));
      this.#batch = { link, builder: new RootBuilder(this.#hash), absent: [] };
      return undefined;
    }
    if (body === undefined || salt === undefined || !SALT.test(salt))
      return { code: "malformed", message: "a body goes with a salt of 32 hexadecimal digits", at: link.header };
    if (commitmentOf(hexToBytes(salt), body) !== header.commitment)
      return { code: "body", message: "its body is not the one that the header binds", at: link.header };
    this.counts.bodies++;
    const { count, root } = membersOf(body);
    if (count !== undefined && root !== undefined)
      this.#batch = { link, said: { count, root }, builder: new RootBuilder(this.#hash), absent: [] };
    return header.type === "body.erased" ? this.#takeErasure(membersOf(body), header) : undefined;
  }

  /** What an erasure names must be gone from this copy too: otherwise that event is the broken one. */
  #takeErasure(
    { event, sequence, member }: { readonly [key: string]: Json | undefined },
    header: EventHeader,
  ): BodyFault | undefined {
    // Of a file: files are no part of the chain.
    if (typeof sequence !== "number") return undefined;
    const isWhole = member === undefined;
    if (!isWhole && (this.#absent.has(String(sequence)) || this.#bare.has(sequence))) return undefined;
    if (this.#absent.delete(isWhole ? String(sequence) : `${sequence}/${member}`)) {
      if (isWhole) this.counts.erased++;
      return undefined;
    }
    const what = isWhole ? "its body" : `its member ${member}`;
    const message = `event ${header.sequence} says that ${what} was erased, but this copy has it`;
    return { code: "kept", message, at: { sequence, id: String(event) } };
  }

  takeMember({ key, value, salt, leaf }: MemberEntry): BodyFault | undefined {
    const batch = this.#batch;
    if (batch === undefined) return { code: "malformed", message: `member ${key} belongs to no batch` };
    const { link, builder, said } = batch;
    if (typeof key !== "string" || key === "")
      return { code: "malformed", message: "a member has no key", at: link.header };
    this.counts.members++;
    if (value !== undefined && salt !== undefined && leaf === undefined && SALT.test(salt)) {
      builder.add(leafOf(hexToBytes(salt), { key, value }, this.#hash));
      if (said !== undefined) return undefined;
      return { code: "body", message: `member ${key} is here, but not the body that binds it`, at: link.header };
    }
    if (value !== undefined || salt !== undefined || leaf === undefined || !HASH.test(leaf))
      return {
        code: "malformed",
        message: `member ${key}: a value has a salt, an erased one its leaf`,
        at: link.header,
      };
    this.counts.membersErased++;
    batch.absent.push(`${link.header.sequence}/${key}`);
    builder.add(hexToBytes(leaf));
    return undefined;
  }

  /** No members at all: they are withheld. One missing: the rest proves nothing. */
  closeBatch(): BodyFault | undefined {
    const batch = this.#batch;
    this.#batch = undefined;
    // Members of an erased batch went with it.
    if (batch?.said === undefined) return undefined;
    const { link, said, builder, absent } = batch;
    if (builder.size === 0) {
      this.#bare.add(link.header.sequence);
      if (typeof said.count === "number") this.counts.membersMissing += said.count;
      return undefined;
    }
    for (const name of absent) this.#absent.add(name);
    const { size } = builder;
    if (size !== said.count) {
      const isStray = typeof said.count === "number" && size > said.count;
      const message = `it has ${size} members here, and says ${said.count}`;
      return { code: "body", message, at: link.header, ...(isStray && { isStray }) };
    }
    if (bytesToHex(builder.root()) === said.root) return undefined;
    return {
      code: "body",
      message: "its members are not those that its root binds, or not in their order",
      at: link.header,
    };
  }
}

const membersOf = (body: Json): { readonly [key: string]: Json | undefined } =>
  typeof body === "object" && body !== null && !Array.isArray(body) ? (body as { [key: string]: Json }) : {};
