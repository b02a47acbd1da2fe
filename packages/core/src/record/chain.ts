/** Checks a copy of a chain as it streams by: nothing is kept but the last link, and what is missing. */
import { BodyCheck, type BodyFault } from "./chain-bodies.ts";
import type { ChainEntry, ChainFault, ChainReport } from "./chain-fault.ts";
import { type Link, type Suspicion, settle } from "./chain-suspicion.ts";
import type { StoredEvent } from "./event.ts";
import type { Hash } from "./hash.ts";
import { type Head, isSigned, type VerifySignature } from "./head.ts";
import { hashOfHeader, NO_PREVIOUS } from "./header.ts";
import type { Sha256 } from "./merkle.ts";
import { faultOfHead, faultOfHeader } from "./shape.ts";

export interface ChainClaim {
  readonly node: string;
  /** Whoever checks compares it with what the node made known: a copy cannot vouch for its own key. */
  readonly publicKey: string;
}

export interface ChainCheckOptions {
  /** Faster ones where the machine has them. */
  readonly verify?: VerifySignature;
  readonly hash?: Sha256;
  /** A head kept elsewhere: the chain must still hold it. */
  readonly anchor?: { readonly sequence: number; readonly hash: Hash };
}

/** @returns what was found, and the first fault */
export function checkChain(claim: ChainClaim, entries: Iterable<ChainEntry>, options?: ChainCheckOptions): ChainReport {
  const check = new ChainCheck(claim, options);
  for (const entry of entries) check.take(entry);
  return check.end();
}

export class ChainCheck {
  readonly #claim: ChainClaim;
  readonly #options: ChainCheckOptions;
  readonly #bodies: BodyCheck;
  #events = 0;
  #heads = 0;
  #last: Link | undefined;
  /** Number of the last event that stands under a head. */
  #signed = 0;
  #suspicion: Suspicion | undefined;
  #fault: ChainFault | undefined;

  constructor(claim: ChainClaim, options: ChainCheckOptions = {}) {
    this.#claim = claim;
    this.#options = options;
    this.#bodies = new BodyCheck(options.hash);
  }

  get fault(): ChainFault | undefined {
    return this.#fault;
  }

  take(entry: ChainEntry): void {
    this.#fault ??= this.#faultOf(entry);
  }

  end(): ChainReport {
    if (this.#suspicion === undefined) this.#fault ??= this.#named(this.#bodies.closeBatch());
    else this.#fault ??= settle(this.#suspicion, "end");
    this.#fault ??= this.#faultAtEnd();
    const last = this.#last;
    return {
      ...this.#claim,
      ...this.#bodies.counts,
      events: this.#events,
      withheld: this.#events - this.#bodies.counts.bodies - this.#bodies.counts.erased,
      heads: this.#heads,
      ...(last && { last: { sequence: last.header.sequence, hash: last.hash } }),
      ...(this.#fault && { fault: this.#fault }),
    };
  }

  #faultOf(entry: ChainEntry): ChainFault | undefined {
    const isSuspicious = this.#suspicion !== undefined;
    if ("member" in entry) return isSuspicious ? undefined : this.#named(this.#bodies.takeMember(entry.member));
    const open = isSuspicious ? undefined : this.#bodies.closeBatch();
    if (open !== undefined && !(open.isStray && this.#isLater(entry))) return this.#named(open);
    return "head" in entry ? this.#faultOfHead(entry.head) : this.#faultOfEvent(entry.event);
  }

  /** It leaves out a number: whose members stand here without it. */
  #isLater(entry: ChainEntry): boolean {
    const { sequence } = this.#expected();
    return "head" in entry
      ? entry.head?.sequence >= sequence
      : "event" in entry && entry.event.header?.sequence > sequence;
  }

  #faultOfEvent(event: StoredEvent): ChainFault | undefined {
    const malformed = faultOfHeader(event.header);
    if (malformed !== undefined) return this.#named({ code: "malformed", message: `its header ${malformed}` });
    const link: Link = { header: event.header, hash: hashOfHeader(event.header) };
    if (this.#suspicion !== undefined) {
      const settled = settle(this.#suspicion, { link });
      this.#suspicion = { follower: link, ...this.#suspicion };
      return settled;
    }
    const { header } = link;
    const { sequence, hash } = this.#expected();
    if (header.sequence !== sequence || header.previous !== hash || header.node !== this.#claim.node) {
      this.#suspicion = { ...this.#doubt(), odd: link };
      return undefined;
    }
    return this.#named(this.#faultInPlace(link)) ?? this.#named(this.#accept(event, link));
  }

  #faultInPlace(link: Link): BodyFault | undefined {
    const { header, hash } = link;
    const early = (this.#last?.header.recordedAt ?? header.recordedAt) - header.recordedAt;
    if (early > 0)
      return { code: "time", message: `recorded ${early} ms before the event that it follows`, at: header };
    const { anchor } = this.#options;
    if (anchor?.sequence !== header.sequence || anchor.hash === hash) return undefined;
    return { code: "altered", message: "it, or one before it, is not the one whose hash is known", at: header };
  }

  #accept(event: StoredEvent, link: Link): BodyFault | undefined {
    this.#last = link;
    this.#events++;
    return this.#bodies.take(event, link);
  }

  #faultOfHead(head: Head): ChainFault | undefined {
    const malformed = faultOfHead(head);
    if (malformed !== undefined) return this.#atLast("malformed", `its head ${malformed}`);
    const foreign = this.#foreignHead(head);
    if (foreign !== undefined) return this.#atLast("signature", `the head of event ${head.sequence} ${foreign}`);
    if (this.#suspicion !== undefined) return settle(this.#suspicion, { head });
    const last = this.#last;
    const sequence = last?.header.sequence ?? 0;
    if (head.sequence !== sequence) {
      this.#suspicion = { ...this.#doubt(), ...(head.sequence > sequence && { missing: true }) };
      return undefined;
    }
    if (head.hash !== last?.hash) return this.#atLast("altered", "its header is not the one that was signed");
    if (head.at !== last.header.recordedAt) return this.#atLast("signature", "its head gives another time");
    if (this.#signed === sequence) return this.#atLast("inserted", "its head stands here twice");
    this.#signed = sequence;
    this.#heads++;
    return undefined;
  }

  #foreignHead(head: Head): string | undefined {
    const { node, publicKey } = this.#claim;
    if (head.node !== node) return `is of ${head.node}`;
    if (head.publicKey !== publicKey) return `is signed with another key, ${head.publicKey}`;
    return isSigned(head, this.#options.verify) ? undefined : "has a wrong signature";
  }

  #faultAtEnd(): ChainFault | undefined {
    const sequence = this.#last?.header.sequence ?? 0;
    if (this.#signed < sequence) {
      const message = `no head is signed over event ${sequence}, the last`;
      return { code: "signature", sequence: this.#signed + 1, message };
    }
    const { anchor } = this.#options;
    if (anchor === undefined || anchor.sequence <= sequence) return undefined;
    const message = `it ends with event ${sequence}, but a head of event ${anchor.sequence} is known`;
    return { code: "dropped", sequence: sequence + 1, message };
  }

  #expected(): { readonly sequence: number; readonly hash: Hash } {
    const last = this.#last;
    return { sequence: (last?.header.sequence ?? 0) + 1, hash: last?.hash ?? NO_PREVIOUS };
  }

  #doubt(): Suspicion {
    const { sequence, hash } = this.#expected();
    const isLastSigned = this.#last !== undefined && this.#signed === this.#last.header.sequence;
    const last = this.#last && { last: this.#last };
    return { ...last, expectedSequence: sequence, expectedHash: hash, isLastSigned };
  }

  #atLast(code: ChainFault["code"], message: string): ChainFault | undefined {
    return this.#named({ code, message, ...(this.#last && { at: this.#last.header }) });
  }

  /** Without an event of its own, a fault is in what follows the last good one. */
  #named(fault: BodyFault | undefined): ChainFault | undefined {
    if (fault === undefined) return undefined;
    const { code, message, at } = fault;
    if (at === undefined) return { code, sequence: this.#expected().sequence, message };
    return { code, sequence: at.sequence, id: at.id, message };
  }
}
