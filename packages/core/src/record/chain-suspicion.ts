/**
 * Which event is the broken one. A link that does not hold accuses two: the one after tells who is right, since it names the
 * hash of its true predecessor.
 */
import type { ChainFault } from "./chain-fault.ts";
import type { EventHeader } from "./event.ts";
import type { Hash } from "./hash.ts";
import type { Head } from "./head.ts";

/** An event in its place. `hash` is what its header has now. */
export interface Link {
  readonly header: EventHeader;
  readonly hash: Hash;
}

export interface Suspicion {
  /** The last event that fits; none: the copy begins with the odd one. */
  readonly last?: Link;
  /** The first that does not fit; none: a head, for an event that was before the last. */
  readonly odd?: Link;
  /** The hash that the event after the last must name. */
  readonly expectedHash: Hash;
  readonly expectedSequence: number;
  /** The last event stands under a head: it is not in doubt. */
  readonly isLastSigned: boolean;
  /** A head of a later event than the last came: that event is missed. */
  readonly missing?: true;
  /** What came right after the odd one, once it is known. */
  readonly follower?: Link;
}

type Next = { readonly link: Link } | { readonly head: Head } | "end";

/** @returns the fault, or nothing while more must be seen */
export function settle(suspicion: Suspicion, next: Next): ChainFault | undefined {
  const { odd, expectedSequence } = suspicion;
  if (suspicion.missing === true || (odd !== undefined && odd.header.sequence > expectedSequence))
    return settleGap(suspicion, next);
  if (odd === undefined) return settleLateHead(suspicion, next);
  if (odd.header.sequence < expectedSequence) return settleRepeat(suspicion, odd, next);
  return settleLink(suspicion, odd, next);
}

/** A number is missing. It may yet come: then it was moved. */
function settleGap({ expectedSequence, expectedHash, odd, follower }: Suspicion, next: Next): ChainFault | undefined {
  if (next === "end" && odd !== undefined && follower?.header.sequence === expectedSequence + 1)
    return renumbered(odd, expectedSequence);
  if (next === "end") {
    const after = odd === undefined ? "a head speaks of it" : `event ${odd.header.sequence} stands in its place`;
    return { code: "dropped", sequence: expectedSequence, message: `event ${expectedSequence} is missing: ${after}` };
  }
  if (!("link" in next)) return undefined;
  const { header } = next.link;
  if (header.sequence !== expectedSequence || header.previous !== expectedHash) return undefined;
  const before = odd === undefined ? "out of its place" : `after event ${odd.header.sequence}`;
  return named("reordered", next.link, `event ${expectedSequence} stands ${before}`);
}

/** The number is right, what it says of its predecessor is not. */
function settleLink(suspicion: Suspicion, odd: Link, next: Next): ChainFault | undefined {
  const { last, expectedHash, expectedSequence, isLastSigned } = suspicion;
  if (next !== "end" && "link" in next) {
    const { header } = next.link;
    if (header.sequence === expectedSequence && header.previous === expectedHash)
      return named("inserted", odd, `two events are number ${expectedSequence}, and the chain goes on from the other`);
    if (header.previous === odd.hash && last !== undefined && !isLastSigned) return alteredBefore(last, odd);
  }
  if (next !== "end" && "head" in next) {
    if (next.head.sequence !== odd.header.sequence) return undefined;
    if (next.head.hash === odd.hash && last !== undefined && !isLastSigned) return alteredBefore(last, odd);
  }
  return named("altered", odd, `event ${odd.header.sequence} does not follow from the event before it`);
}

const alteredBefore = (last: Link, odd: Link): ChainFault =>
  named("altered", last, `its header has hash ${brief(last.hash)}, but event ${odd.header.sequence} names another`);

/** A number that was there before. */
function settleRepeat({ last, expectedSequence }: Suspicion, odd: Link, next: Next): ChainFault | undefined {
  const { sequence } = odd.header;
  const goesOnAfter = next !== "end" && "link" in next && next.link.header.sequence === expectedSequence + 1;
  const isSignedHere = next !== "end" && "head" in next && next.head.sequence === expectedSequence;
  if (goesOnAfter || isSignedHere) return renumbered(odd, expectedSequence);
  const isRival = last !== undefined && last.header.sequence === sequence && last.hash !== odd.hash;
  if (isRival && next !== "end") {
    const goesOn = "link" in next ? next.link.header.previous === odd.hash : next.head.hash === odd.hash;
    if (goesOn)
      return named("inserted", last, `two events are number ${sequence}, and the chain goes on from the other`);
    if ("head" in next && next.head.sequence !== sequence) return undefined;
  }
  return named("inserted", odd, `number ${sequence} stands here again`);
}

/** It stands in its place, under a number that is not its own. */
const renumbered = ({ header }: Link, sequence: number): ChainFault => ({
  code: "altered",
  sequence,
  id: header.id,
  message: `event ${sequence} calls itself ${header.sequence}`,
});

/** A head came for the event before the last: the last was put between them, or the head was moved. */
function settleLateHead({ last }: Suspicion, next: Next): ChainFault | undefined {
  if (last === undefined) return undefined;
  const { sequence } = last.header;
  if (next !== "end" && "link" in next && next.link.header.sequence === sequence)
    return named("inserted", last, `it stands between event ${sequence - 1} and the head that was signed over that`);
  if (next !== "end" && "head" in next) return undefined;
  return named("reordered", last, `it stands before a head that was signed over an earlier event`);
}

function named(code: ChainFault["code"], { header }: Link, message: string): ChainFault {
  return { code, sequence: header.sequence, id: header.id, message };
}

const brief = (hash: Hash): string => `${hash.slice(0, 12)}…`;
