/** What people of one nation read of another's is written down for the owner, a minute's reads in one event. */
import type { Marking, NationCode } from "@vedette/core/record/marking";
import { NOBODY } from "@vedette/core/record/marking";
import { instant } from "@vedette/core/time/instant";
import type { EvidenceView, IncidentView } from "../workspace/queries.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { Asked } from "./asked.ts";

const EVERY_MS = 60_000;
/** Beyond that they are written down at once. */
const MOST_WAITING = 20_000;
/** Objects in one event: a body stays small enough to be read at once. */
const PER_EVENT = 1000;

interface Read {
  readonly object: string;
  readonly nation: NationCode;
  times: number;
}

/** By owner, then by reader and object. */
type Reads = Map<NationCode, Map<string, Read>>;

export class ReadsLog {
  readonly #waiting = new Map<Workspace, Reads>();
  readonly #onFault: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #count = 0;

  /** @param onFault where the store did not take them; they are tried again */
  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
    this.#timer = setInterval(() => void this.flush(), EVERY_MS);
    this.#timer.unref();
  }

  note(asked: Asked, views: readonly IncidentView[]): void {
    for (const { id, marking } of views) this.noteOne(asked, id, marking);
  }

  noteEvidence(asked: Asked, views: readonly EvidenceView[]): void {
    for (const { item, marking } of views) this.noteOne(asked, item.id, marking);
  }

  noteOne({ workspace, nation }: Asked, object: string, { owner }: Marking): void {
    if (owner === nation || owner === NOBODY) return;
    const reads = this.#waiting.get(workspace) ?? new Map<NationCode, Map<string, Read>>();
    this.#waiting.set(workspace, reads);
    const own = reads.get(owner) ?? new Map<string, Read>();
    reads.set(owner, own);
    const key = `${nation} ${object}`;
    const known = own.get(key);
    if (known !== undefined) {
      known.times++;
      return;
    }
    own.set(key, { object, nation, times: 1 });
    if (++this.#count > MOST_WAITING) void this.flush();
  }

  async flush(): Promise<void> {
    const all = [...this.#waiting];
    this.#waiting.clear();
    this.#count = 0;
    for (const [workspace, reads] of all) {
      const drafts = [...reads].flatMap(([owner, own]) => draftsOf(workspace, owner, [...own.values()]));
      try {
        await workspace.store.append(drafts);
      } catch (error) {
        this.#onFault(error);
        this.#keep(workspace, reads);
      }
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /** What could not be written waits for the next time, as long as there is room. */
  #keep(workspace: Workspace, reads: Reads): void {
    if (this.#count > MOST_WAITING || this.#waiting.has(workspace)) return;
    this.#waiting.set(workspace, reads);
    this.#count += [...reads.values()].reduce((sum, { size }) => sum + size, 0);
  }
}

/** For the owner alone: it names who read what. */
function draftsOf({ clock, use }: Workspace, owner: NationCode, reads: readonly Read[]) {
  const now = clock();
  const marking: Marking = { owner, releasableTo: [], originatorControlled: true, use };
  return Array.from({ length: Math.ceil(reads.length / PER_EVENT) }, (_, i) => ({
    type: "access.read",
    typeVersion: 1,
    at: { start: now, end: instant(now + 1) },
    actor: "vedette",
    marking,
    body: { reads: reads.slice(i * PER_EVENT, (i + 1) * PER_EVENT).map((read) => ({ ...read })) },
  }));
}
