/** One page of the log on its way into the projections: what is folded, told and written, in one transaction. */
import type { Marking, NationCode } from "@vedette/core/record/marking";
import type { Incident } from "@vedette/core/verify/incident";
import type { EventRow, Rows } from "../store/shelf.ts";
import type { ViewsWriter } from "../store/views-writer.ts";
import { Audiences } from "./audiences.ts";
import type { ProjectionTables } from "./tables.ts";

export interface Folding {
  readonly nations: readonly NationCode[];
  readonly use: Marking["use"];
  /** That something happened, where it can be reckoned. */
  readonly probabilityOf?: (incident: Incident) => number | undefined;
}

/** An event as it came in. */
export interface Arrived {
  readonly position: number;
  readonly row: EventRow;
  readonly readers: readonly NationCode[];
}

/** Of one event: a batch has 2^24 members at most. */
const CHANGES = 2 ** 24;

export class PageOfLog {
  readonly to: ViewsWriter<ProjectionTables>;
  readonly log: Rows;
  readonly folding: Folding;
  /** The log holds chains of others too: what comes later may have been written down before. */
  readonly isMany: boolean;
  readonly audiences = new Audiences();
  longestMs: number;
  readonly #changes: ProjectionTables["change"][] = [];
  #head: number;
  #event = 0;
  #count = 0;

  constructor(
    to: ViewsWriter<ProjectionTables>,
    log: Rows,
    folding: Folding,
    state: { readonly isMany: boolean; readonly head: number; readonly longestMs: number },
  ) {
    this.to = to;
    this.log = log;
    this.folding = folding;
    this.isMany = state.isMany;
    this.#head = state.head;
    this.longestMs = state.longestMs;
  }

  /** From here on changes are of this event. */
  begin({ position }: Arrived): void {
    this.#event = position;
    this.#count = 0;
  }

  tell(type: string, object: string, version: number, nations: readonly NationCode[]): void {
    if (nations.length === 0) return;
    const position = this.#event * CHANGES + this.#count++;
    this.#changes.push({ position, audience: this.audiences.idOf(nations), type, object, version });
    this.#head = position;
  }

  span({ start, end }: { readonly start: number; readonly end: number }): void {
    this.longestMs = Math.max(this.longestMs, end - start);
  }

  get head(): number {
    return this.#head;
  }

  async putDown(): Promise<void> {
    await this.to.put("change", ["position"], this.#changes);
    await this.audiences.putDown(this.to);
  }
}
