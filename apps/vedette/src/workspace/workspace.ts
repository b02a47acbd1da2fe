/** An operation or an exercise: its people, its clock, its log. */
import type { Marking, NationCode } from "@vedette/core/record/marking";
import type { Instant } from "@vedette/core/time/instant";
import type { Store } from "../store/store.ts";

export interface Workspace {
  readonly id: string;
  readonly title: string;
  readonly use: Marking["use"];
  /** All that take part: who `all` means in a marking. */
  readonly nations: readonly NationCode[];
  /** The moment as which it is looked at: an exercise has a clock of its own. */
  readonly clock: () => Instant;
  readonly store: Store;
}
