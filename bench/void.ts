/** A bench that compares different answers is void: it ends with what differs instead of a table. */
export class VoidBench extends Error {}

/** Ends the bench where a difference is beyond what the method explains. */
export function within(what: string, value: number, limit: number, unit: string): void {
  if (!(value <= limit)) throw new VoidBench(`${what}: ${value} ${unit} apart, where ${limit} ${unit} is explained`);
}
