/**
 * A file of reports or detections into a store: streamed, in batches, each with the mark of how far it came, in one
 * transaction. Killed anywhere, the same call goes on where it was; called again, it adds nothing.
 */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import type { Hash, Json } from "@vedette/core/record/hash";
import type { Marking } from "@vedette/core/record/marking";
import type { Instant, Interval } from "@vedette/core/time/instant";
import type { Evidence } from "@vedette/core/verify/evidence";
import { InputError } from "../../problem.ts";
import type { BatchDraft, Store } from "../../store/store.ts";
import { openText } from "./file-head.ts";
import { parserOf, piecesOf } from "./read-records.ts";
import { type EvidenceKind, sha256 } from "./reader.ts";
import type { Refusal } from "./refusal.ts";

/** A durable commit takes well under a millisecond for each of so many, and a kill loses no more than these. */
const BATCH = 5000;
const REFUSALS_KEPT = 1000;

/** Where batches go: a log here, or a server, which may refuse what we took. */
export interface EvidenceTarget {
  readonly appendBatch: (
    draft: BatchDraft,
  ) => Promise<{ readonly added: number; readonly refused?: readonly Pick<Refusal, "line" | "message">[] }>;
  readonly progress: Store["progress"];
}

export interface EvidenceImport {
  readonly path: string;
  readonly kind: EvidenceKind;
  /** Called once, when there is something to record: a file of another kind opens no log. None: read and judged only. */
  readonly store?: () => EvidenceTarget | Promise<EvidenceTarget>;
  readonly actor: string;
  readonly marking: Marking;
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytesRead: number, totalBytes: number) => void;
  /** Every refusal as it is met; the result keeps the first thousand. */
  readonly onRefusal?: (refusal: Refusal) => void;
}

/** `records` = `added` + `duplicate` + `refused`; in a dry run `readable` + `refused`. Duplicate: known when this run came to it. */
export interface ImportedEvidence {
  readonly feed: string;
  readonly file: { readonly name: string; readonly sha256: Hash; readonly bytes: number };
  readonly records: number;
  readonly added: number;
  readonly duplicate: number;
  readonly refused: number;
  /** Dry run: would be offered to a store. */
  readonly readable: number;
  readonly refusals: readonly Refusal[];
  /** Of the duplicates, those that an earlier, broken run of this file had brought in. */
  readonly resumedAfter?: number;
  readonly isInterrupted: boolean;
  /** The first and the last moment that its evidence speaks of. */
  readonly span?: Interval;
}

/** @throws InputError where the file as a whole cannot be taken: nothing of it is then recorded but whole batches before the fault */
export async function importEvidence(job: EvidenceImport): Promise<ImportedEvidence> {
  const name = job.path;
  const { file, head, size } = await openText(job.path, name);
  try {
    const fileHash = await hashOf(file);
    const run = new Run(job, { name, sha256: fileHash, bytes: size });
    const parser = parserOf(job.kind, head, name, run);
    const seen = createHash("sha256");
    let read = 0;
    for await (const piece of piecesOf(file, 0)) {
      seen.update(piece);
      parser.push(read === 0 && head.skip > 0 ? piece.subarray(head.skip) : piece);
      read += piece.length;
      await run.flush();
      job.onProgress?.(read, size);
      if (job.signal?.aborted) return run.result(true);
    }
    parser.end();
    if (seen.digest("hex") !== fileHash)
      throw new InputError([{ file: name, message: "changed while it was read: import it again" }]);
    await run.finish();
    return run.result(false);
  } finally {
    await file.close();
  }
}

async function hashOf(file: FileHandle): Promise<Hash> {
  const hash = createHash("sha256");
  for await (const piece of piecesOf(file, 0)) hash.update(piece);
  return hash.digest("hex");
}

/** How far a file came, as the store keeps it under the file's hash and the way that it is read. */
interface Mark {
  /** Readable records that were offered to the store. */
  readonly offered: number;
  readonly isDone: boolean;
}

class Run {
  readonly #job: EvidenceImport;
  readonly #file: ImportedEvidence["file"];
  readonly #markKey: string;
  #store: EvidenceTarget | undefined;
  #before = 0;
  #offered = 0;
  #added = 0;
  #readable = 0;
  #pending: Evidence[] = [];
  #refused = 0;
  #refusedSinceBatch = 0;
  #span: Interval | undefined;
  readonly #refusals: Refusal[] = [];

  constructor(job: EvidenceImport, file: ImportedEvidence["file"]) {
    this.#job = job;
    this.#file = file;
    const { feed, reading = "" } = job.kind;
    this.#markKey = `import ${sha256([feed, reading, file.sha256, JSON.stringify(job.marking)].join("\n"))}`;
  }

  accept(evidence: Evidence): void {
    this.#readable += 1;
    this.#span = hullOf(this.#span, evidence.when);
    if (this.#job.store !== undefined) this.#pending.push(evidence);
  }

  refuse(refusal: Refusal): void {
    this.#refused += 1;
    this.#refusedSinceBatch += 1;
    if (this.#refusals.length < REFUSALS_KEPT) this.#refusals.push(refusal);
    this.#job.onRefusal?.(refusal);
  }

  async flush(): Promise<void> {
    const size = this.#job.batchSize ?? BATCH;
    while (this.#pending.length >= size && !this.#job.signal?.aborted) await this.#append(size, false);
  }

  async finish(): Promise<void> {
    await this.flush();
    if (!this.#job.signal?.aborted) await this.#append(this.#pending.length, true);
  }

  async #opened(open: () => EvidenceTarget | Promise<EvidenceTarget>): Promise<EvidenceTarget> {
    if (this.#store !== undefined) return this.#store;
    this.#store = await open();
    const found = (await this.#store.progress(this.#markKey)) as Mark | undefined;
    // A file that came in whole is offered again: what was there then may be asked of this log now.
    if (found === undefined || found.isDone) return this.#store;
    // All is offered again: whether a record is known its own bytes say. How many were readable depends on the area and the day.
    this.#before = found.offered;
    return this.#store;
  }

  async #append(size: number, isDone: boolean): Promise<void> {
    const { store: open, actor, marking, kind } = this.#job;
    if (open === undefined || this.#readable === 0) return;
    const store = await this.#opened(open);
    const evidence = this.#pending.splice(0, size);
    if (evidence.length === 0 && !isDone) return;
    const at = evidence.reduce<Interval | undefined>((span, { when }) => hullOf(span, when), undefined);
    const lines = linesOf(evidence);
    this.#offered += evidence.length;
    const mark: Mark = { offered: Math.max(this.#before, this.#offered), isDone };
    const { added, refused = [] } = await store.appendBatch({
      type: "evidence.recorded",
      typeVersion: 1,
      at: at ?? EVER,
      actor,
      marking,
      body: {
        feed: kind.feed,
        file: this.#file.sha256,
        name: baseOf(this.#file.name),
        ...(lines && { lines }),
        refused: this.#refusedSinceBatch,
      },
      members: evidence.map((value) => ({ key: value.id, value: value as unknown as Json })),
      progress: { key: this.#markKey, value: { ...mark } },
    });
    this.#refusedSinceBatch = 0;
    this.#added += added;
    this.#offered -= refused.length;
    for (const one of refused) this.refuse({ ...one, code: "elsewhere" });
  }

  result(isInterrupted: boolean): ImportedEvidence {
    const isRecorded = this.#job.store !== undefined;
    const added = this.#added;
    const duplicate = isRecorded ? this.#offered - added : 0;
    return {
      feed: this.#job.kind.feed,
      file: this.#file,
      records: isRecorded ? added + duplicate + this.#refused : this.#readable + this.#refused,
      added,
      duplicate,
      refused: this.#refused,
      readable: this.#readable,
      refusals: this.#refusals,
      ...(this.#before > 0 && { resumedAfter: this.#before }),
      isInterrupted,
      ...(this.#span && { span: this.#span }),
    };
  }
}

/** Of an empty batch, which no event is made of. */
const EVER: Interval = { start: 0 as Instant, end: 1 as Instant };

function hullOf(span: Interval | undefined, { start, end }: Interval): Interval {
  if (span === undefined) return { start, end };
  if (start >= span.start && end <= span.end) return span;
  return { start: start < span.start ? start : span.start, end: end > span.end ? end : span.end };
}

function linesOf(evidence: readonly Evidence[]): [number, number] | undefined {
  const [first, last] = [evidence[0]?.ingest.line, evidence.at(-1)?.ingest.line];
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** Where the file lay on the importer's machine is nobody's business. */
const baseOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
