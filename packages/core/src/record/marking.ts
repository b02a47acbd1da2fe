/** Release markings: to whom an event may go. */

/** ISO 3166-1 alpha-3; `EUE` for the European Union. */
export type NationCode = string;

export interface Marking {
  readonly owner: NationCode;
  /** Nations that it is released to beside the owner; `all`: every nation of the coalition. In order, each once. */
  readonly releasableTo: readonly NationCode[] | "all";
  /** Originator control: no onward release without the owner's word. */
  readonly originatorControlled: boolean;
  readonly use: "exercise" | "real";
}
