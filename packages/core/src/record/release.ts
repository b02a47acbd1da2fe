/**
 * Releases: a recipient gets a chain of its own, whose numbers, ids and salts say nothing of the originator's, and whose bodies
 * name nothing that it was not given. Made by streaming the originator's chain, the same every time.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { MemberEntry } from "./chain-fault.ts";
import type { EventHeader, StoredEvent } from "./event.ts";
import type { Hash, Json } from "./hash.ts";
import { commitmentOf, hashOfHeader, SALT_BYTES } from "./header.ts";
import { type Marking, mayRelease, type NationCode } from "./marking.ts";
import { leafOf, rootOf } from "./merkle.ts";
import type { ReleasedPair } from "./release-record.ts";
import {
  type Body,
  type Given,
  NOT_STATED,
  RELEASE_RULES,
  type ReleaseRule,
  redactedBody,
  redactedEvidence,
} from "./release-rules.ts";
import { NO_TAIL } from "./seal.ts";

export interface ReleaseSetting {
  readonly by: NationCode;
  readonly to: NationCode;
  readonly chain: string;
  /** 64 hexadecimal digits. */
  readonly secret: string;
  /** What was released before, by number; and up to which event everything was looked at. */
  readonly pairs: ReadonlyMap<number, ReleasedPair>;
  readonly upTo: number;
}

export interface Released {
  readonly event: StoredEvent;
  readonly members: readonly MemberEntry[];
  readonly pair: ReleasedPair;
  readonly isNew: boolean;
  /** The body was made anew from the original, and is what was released. Otherwise the record alone vouches for it. */
  readonly isProven: boolean;
  /** Nothing of the original was erased: it must be proven. */
  readonly isProvable: boolean;
}

interface Made {
  readonly body: Json;
  readonly members: readonly MemberEntry[];
}

/** A name that tells neither order nor number, alone or within a text. */
const OPAQUE = /^[a-z]{1,8}-[0-9a-f]{16,}$/;
const OPAQUE_WITHIN = /[a-z]{1,8}-[0-9a-f]{16,}/g;
/** Words, as narrow and as wide as ids may be written. */
const WORDS = [/[\p{L}\p{N}_-]+/gu, /[\p{L}\p{N}]+(?:[-_.:/#]+[\p{L}\p{N}]+)*/gu] as const;

export class Releaser implements Given {
  readonly #setting: ReleaseSetting;
  readonly #key: Uint8Array;
  readonly #given = new Set<string>();
  /** Ids of what was not given, where their form alone does not show that they are ids. */
  readonly #hidden = new Set<string>();
  /** Numbers and ids of released events, in the recipient's chain. */
  readonly #places = new Map<string, { readonly id: string; readonly sequence: number }>();
  #tail: { readonly sequence: number; readonly hash: Hash } = NO_TAIL;

  constructor(setting: ReleaseSetting) {
    this.#setting = setting;
    this.#key = hexToBytes(setting.secret);
  }

  get tail(): { readonly sequence: number; readonly hash: Hash } {
    return this.#tail;
  }

  has(id: string): boolean {
    return this.#given.has(id);
  }

  namesHidden(text: string): boolean {
    const opaque = text.toLowerCase().match(OPAQUE_WITHIN) ?? [];
    if (opaque.some((id) => !this.#given.has(id))) return true;
    if (this.#hidden.size === 0) return false;
    return this.#hidden.has(text) || WORDS.some((words) => text.match(words)?.some((word) => this.#hidden.has(word)));
  }

  /** In the chain's order, all of them. @returns nothing where it stays at home */
  take(event: StoredEvent, members: readonly MemberEntry[]): Released | undefined {
    const { header } = event;
    const recorded = this.#setting.pairs.get(header.sequence);
    const made = this.#make(event, members);
    if (recorded === undefined && made === undefined) {
      this.#hide(event, members);
      return undefined;
    }
    const salt = this.#salt("body", header.id);
    const commitment = recorded?.commitment ?? commitmentOf(salt, made?.body ?? null);
    const isProven = made !== undefined && commitmentOf(salt, made.body) === commitment;
    const out = this.#headerOf(header, commitment);
    const pair = recorded ?? pairOf(event, members, commitment);
    this.#give(pair, members);
    this.#places.set(header.id, { id: out.id, sequence: out.sequence });
    this.#tail = { sequence: out.sequence, hash: hashOfHeader(out) };
    return {
      event: { header: out, ...(isProven && { body: made.body, salt: bytesToHex(salt) }) },
      members: isProven ? made.members : [],
      pair,
      isNew: recorded === undefined,
      isProven,
      isProvable: event.body !== undefined && members.every(({ value }) => value !== undefined),
    };
  }

  /** What the recipient knows from here on. */
  #give({ makes, without = [] }: ReleasedPair, members: readonly MemberEntry[]): void {
    const given = members.filter(({ key }) => !without.includes(key));
    const known = [...(makes === undefined ? [] : [makes]), ...given.map(({ key }) => key), ...filesOf(given)];
    for (const id of known) {
      this.#given.add(id);
      this.#hidden.delete(id);
    }
  }

  #mayGo(marking: Marking): boolean {
    return mayRelease(marking, this.#setting.by, this.#setting.to);
  }

  #make(event: StoredEvent, members: readonly MemberEntry[]): Made | undefined {
    const { header, body } = event;
    const rule = Object.hasOwn(RELEASE_RULES, header.type) ? RELEASE_RULES[header.type] : undefined;
    if (rule === undefined || typeof body !== "object" || body === null || Array.isArray(body)) return undefined;
    if (!this.#willGo(header)) return undefined;
    if (header.type === "body.erased") return this.#makeErasure(body as Body);
    // It may speak of itself, and one member of another: they are given together. One that then stays is hidden again.
    const own = [madeKnown(event), ...members.map(({ key }) => key)].filter((id) => id !== undefined);
    const before = own.filter((id) => !this.#given.has(id));
    for (const id of before) this.#given.add(id);
    const made = this.#redact(event, rule, members);
    for (const id of before) this.#given.delete(id);
    return made;
  }

  #redact({ header, body }: StoredEvent, rule: ReleaseRule, members: readonly MemberEntry[]): Made | undefined {
    const kept = redactedBody(rule, body as Body, this);
    if (kept === undefined || header.type !== "evidence.recorded") return kept && { body: kept as Json, members: [] };
    const given = members.flatMap(({ key, value }) =>
      value === undefined ? [] : [{ key, value: redactedEvidence(value, this) }],
    );
    if (given.length === 0) return undefined;
    const salts = given.map(({ key }) => this.#salt("member", header.id, key));
    const root = bytesToHex(rootOf(given.map((member, i) => leafOf(salts[i] as Uint8Array, member))));
    return {
      body: { ...kept, count: given.length, root } as Json,
      members: given.map((member, i) => ({ ...member, salt: bytesToHex(salts[i] as Uint8Array) })),
    };
  }

  #willGo({ sequence, marking }: EventHeader): boolean {
    if (this.#setting.pairs.has(sequence)) return true;
    return sequence > this.#setting.upTo && this.#mayGo(marking);
  }

  /** What was erased at home is to be erased there: under the name and number that it has there. */
  #makeErasure(body: Body): Made | undefined {
    const { event, member, file, rule, reason } = body;
    const open = (text: Json | undefined) => (typeof text === "string" && this.namesHidden(text) ? NOT_STATED : text);
    const said = { rule: open(rule), reason: open(reason) };
    if (typeof file === "string")
      return this.#given.has(file) ? { body: { file, ...said } as Json, members: [] } : undefined;
    const place = typeof event === "string" ? this.#places.get(event) : undefined;
    if (place === undefined || (typeof member === "string" && !this.#given.has(member))) return undefined;
    return { body: { event: place.id, sequence: place.sequence, member, ...said } as Json, members: [] };
  }

  #headerOf(header: EventHeader, commitment: Hash): EventHeader {
    const { to, chain } = this.#setting;
    const { marking } = header;
    return {
      ...header,
      node: chain,
      sequence: this.#tail.sequence + 1,
      id: `e-${bytesToHex(this.#salt("id", header.id))}`,
      // Under originator control whom else the owner told is the owner's affair.
      marking: marking.originatorControlled ? { ...marking, releasableTo: marking.owner === to ? [] : [to] } : marking,
      previous: this.#tail.hash,
      commitment,
    };
  }

  #hide(event: StoredEvent, members: readonly MemberEntry[]): void {
    const ids = [event.header.id, madeKnown(event), ...members.map(({ key }) => key)];
    for (const id of ids) if (id !== undefined && !OPAQUE.test(id) && !this.#given.has(id)) this.#hidden.add(id);
  }

  #salt(...what: readonly string[]): Uint8Array {
    return hmac(sha256, this.#key, utf8ToBytes(what.join("\n"))).subarray(0, SALT_BYTES);
  }
}

function pairOf(event: StoredEvent, members: readonly MemberEntry[], commitment: Hash): ReleasedPair {
  const { header } = event;
  const makes = madeKnown(event);
  const without = members.flatMap(({ key, value }) => (value === undefined ? [key] : []));
  const pair = { sequence: header.sequence, hash: hashOfHeader(header), commitment };
  return { ...pair, ...(makes !== undefined && { makes }), ...(without.length > 0 && { without }) };
}

function madeKnown({ header, body }: StoredEvent): string | undefined {
  const name = RELEASE_RULES[header.type]?.makes;
  const id = name === undefined ? undefined : (body as Body | null | undefined)?.[name];
  return typeof id === "string" ? id : undefined;
}

function filesOf(members: readonly MemberEntry[]): string[] {
  return members.flatMap(({ value }) => {
    const files = typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body)["files"] : [];
    return Array.isArray(files) ? files.filter((file: Json) => typeof file === "string") : [];
  });
}
