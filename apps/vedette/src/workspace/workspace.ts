/** An operation or an exercise: its people, its clock, its log. */
import type { Marking, NationCode } from "@vedette/core/record/marking";
import type { Instant } from "@vedette/core/time/instant";
import type { Store } from "../store/store.ts";
import type { Projector } from "./projector.ts";
import type { Queries } from "./queries.ts";

export interface Workspace {
  readonly id: string;
  readonly title: string;
  readonly use: Marking["use"];
  /** All that take part: who `all` means in a marking. */
  readonly nations: readonly NationCode[];
  /** The moment as which it is looked at: an exercise has a clock of its own. */
  readonly clock: () => Instant;
  readonly store: Store;
  readonly queries: Queries;
  readonly projector: Projector;
  /** What waits is written first. */
  readonly close: () => Promise<void>;
}

/** What `openWorkspace` (open.ts) is given. */
export interface WorkspaceSetting {
  readonly id: string;
  readonly title: string;
  readonly use: Marking["use"];
  readonly nations: readonly NationCode[];
  /** The machine's where left out. */
  readonly clock?: () => Instant;
  /** Of its log, as `openStore` reads it; its projections lie beside it. Made where none is there. */
  readonly place: string;
  /** Of projecting in the background, which goes on trying. */
  readonly onFault?: (error: unknown) => void;
}
