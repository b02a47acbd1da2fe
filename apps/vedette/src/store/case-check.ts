/** Checks a case: each chain by itself, each file by its hash, and that nothing else is in it. */
import { createHash, type Hash as Digest } from "node:crypto";
import { ChainCheck, type ChainCheckOptions } from "@vedette/core/record/chain";
import type { ChainFault, ChainReport } from "@vedette/core/record/chain-fault";
import type { ReadEntry } from "./case-read.ts";
import { sha256Fast } from "./fast-hash.ts";
import { verifyFast } from "./key.ts";

export interface CaseReport {
  readonly chains: readonly ChainReport[];
  readonly files: number;
  readonly fileBytes: number;
}

export interface CaseFault {
  readonly line: number;
  readonly message: string;
  readonly node?: string;
  readonly fault?: ChainFault;
}

/** Public keys and heads that are known from elsewhere, by node. */
export interface Known {
  readonly keys?: ReadonlyMap<string, string>;
  readonly anchors?: ReadonlyMap<string, NonNullable<ChainCheckOptions["anchor"]>>;
}

export class CaseCheck {
  readonly #known: Known;
  readonly #done: ChainReport[] = [];
  #chain: ChainCheck | undefined;
  #file: { readonly hash: string; readonly bytes: number; read: number; readonly digest: Digest } | undefined;
  #files = 0;
  #fileBytes = 0;
  /** Where the last events stand: a fault may be found some lines after what is broken. */
  #lines: { readonly id: string; readonly line: number }[] = [];

  constructor(known: Known = {}) {
    this.#known = known;
  }

  /** @returns the first fault; nothing after it means anything */
  take({ entry, line, found }: ReadEntry): CaseFault | undefined {
    if ("data" in entry) return this.#takeData(entry.data, line);
    const open = this.#closeFile(line);
    if (open !== undefined) return open;
    if ("end" in entry) return this.#closeChain(line) ?? faultOfEnd(entry.end, line, found);
    if ("chain" in entry) return this.#openChain(entry.chain, line);
    if ("file" in entry) return this.#openFile(entry.file, line);
    if ("event" in entry || "member" in entry || "head" in entry) return this.#takeEntry(entry, line);
    return { line, message: "a line that only begins or ends a case" };
  }

  end(line: number): CaseReport | CaseFault {
    const open = this.#closeFile(line) ?? this.#closeChain(line) ?? this.#missing(line);
    return open ?? { chains: this.#done, files: this.#files, fileBytes: this.#fileBytes };
  }

  /** A chain that is known from elsewhere was left out. */
  #missing(line: number): CaseFault | undefined {
    const named = [...(this.#known.keys?.keys() ?? []), ...(this.#known.anchors?.keys() ?? [])];
    const missing = named.find((node) => !this.#done.some((done) => done.node === node));
    return missing === undefined ? undefined : { line, message: `the chain of ${missing} is not here`, node: missing };
  }

  #openChain(claim: { readonly node: string; readonly publicKey: string }, line: number): CaseFault | undefined {
    const open = this.#closeChain(line);
    if (open !== undefined) return open;
    const { node, publicKey } = claim;
    if (this.#done.some((done) => done.node === node))
      return { line, message: `the chain of ${node} is here twice`, node };
    const key = this.#known.keys?.get(node);
    if (key !== undefined && key !== publicKey)
      return { line, message: `the chain of ${node} is signed with ${publicKey}, not with its key ${key}`, node };
    const anchor = this.#known.anchors?.get(node);
    this.#chain = new ChainCheck(
      { node, publicKey },
      { verify: verifyFast, hash: sha256Fast, ...(anchor && { anchor }) },
    );
    return undefined;
  }

  #takeEntry(entry: Parameters<ChainCheck["take"]>[0], line: number): CaseFault | undefined {
    if (this.#chain === undefined) return { line, message: "stands in no chain" };
    if ("event" in entry) this.#note(entry.event.header, line);
    this.#chain.take(entry);
    return this.#chain.fault === undefined ? undefined : this.#closeChain(line);
  }

  #note(header: unknown, line: number): void {
    const id = (header as { id?: unknown } | null)?.id;
    this.#lines = [...this.#lines.slice(-3), { id: typeof id === "string" ? id : "", line }];
  }

  #closeChain(line: number): CaseFault | undefined {
    const report = this.#chain?.end();
    this.#chain = undefined;
    if (report === undefined) return undefined;
    const { fault, node } = report;
    if (fault === undefined) {
      this.#done.push(report);
      return undefined;
    }
    const at = this.#lines.findLast(({ id }) => id === fault.id)?.line ?? line;
    return { line: at, message: `${wordsOf(fault)}: ${fault.message}`, node, fault };
  }

  #openFile({ hash, bytes }: { readonly hash: string; readonly bytes: number }, line: number): CaseFault | undefined {
    const open = this.#closeChain(line);
    if (open !== undefined) return open;
    this.#file = { hash, bytes, read: 0, digest: createHash("sha256") };
    return undefined;
  }

  #takeData(data: string, line: number): CaseFault | undefined {
    const file = this.#file;
    if (file === undefined) return { line, message: "data of no file" };
    const bytes = Buffer.from(data, "base64");
    file.digest.update(bytes);
    file.read += bytes.length;
    return file.read > file.bytes
      ? { line, message: `more than the ${file.bytes} bytes of file ${file.hash}` }
      : undefined;
  }

  #closeFile(line: number): CaseFault | undefined {
    const file = this.#file;
    this.#file = undefined;
    if (file === undefined) return undefined;
    if (file.read !== file.bytes) return { line, message: `file ${file.hash} has ${file.read} of ${file.bytes} bytes` };
    if (file.digest.digest("hex") !== file.hash)
      return { line, message: `file ${file.hash} is not what its hash says` };
    this.#files++;
    this.#fileBytes += file.bytes;
    return undefined;
  }
}

/** After all else: where people changed something, its own fault says more. */
function faultOfEnd(said: NonNullable<ReadEntry["found"]>, line: number, found = said): CaseFault | undefined {
  const { lines, sha256 } = said;
  if (found.lines !== lines) return { line, message: `the copy had ${lines} lines, and has ${found.lines}` };
  return found.sha256 === sha256 ? undefined : { line, message: "the copy has other bytes than were written" };
}

/** `event 7 (e-…) altered`: the first broken event by number and name. */
export function wordsOf({ code, sequence, id }: ChainFault): string {
  const name = sequence === undefined ? "the chain" : `event ${sequence}`;
  return `${name}${id === undefined ? "" : ` (${id})`} ${WORDS[code]}`;
}

const WORDS: Readonly<Record<ChainFault["code"], string>> = {
  malformed: "is none that a log writes",
  altered: "altered",
  dropped: "dropped",
  reordered: "out of order",
  inserted: "inserted",
  body: "does not match its body",
  signature: "wrongly signed",
  time: "goes back in time",
  kept: "not erased",
};
