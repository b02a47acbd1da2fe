/** What the routes of a workspace share: the service, and what is remembered between requests. */
import type { Taxonomy } from "@vedette/core/verify/taxonomy";
import { type EvidenceSources, readEvidenceSources } from "../scenario/evidence-sources.ts";
import { readTaxonomy } from "../scenario/taxonomy.ts";
import { WritesDone } from "./idempotency.ts";
import { JobBook } from "./jobs.ts";
import { Locks } from "./locks.ts";
import { ReadsLog } from "./reads.ts";
import { Results } from "./results.ts";
import type { Service } from "./service.ts";

export interface Kit extends Service {
  readonly writes: WritesDone;
  readonly jobs: JobBook;
  readonly locks: Locks;
  readonly reads: ReadsLog;
  readonly results: Results;
  readonly taxonomy: Taxonomy;
  readonly sources: EvidenceSources;
  /** Bytes that one file may have. */
  readonly mostFileBytes: number;
}

/** The store takes a file in one piece: what is held in memory at once stays bounded. */
const MOST_FILE_BYTES = 256 * 1024 ** 2;

export async function kitOf(service: Service, onFault: (error: unknown) => void): Promise<Kit> {
  const [taxonomy, sources] = await Promise.all([readTaxonomy(), readEvidenceSources()]);
  return {
    ...service,
    writes: new WritesDone(Date.now),
    jobs: new JobBook(Date.now, onFault),
    locks: new Locks(),
    reads: new ReadsLog(onFault),
    results: new Results(),
    taxonomy,
    sources,
    mostFileBytes: service.mostFileBytes ?? MOST_FILE_BYTES,
  };
}
