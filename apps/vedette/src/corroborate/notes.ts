/** What was read of a folder of feeds, what was not, and why: told once at the end, never hidden. */

export const FEED_NAMES = ["firms", "alerts", "news", "places"] as const;
/** What any other sensor or source saw, or looked for in vain: nobody is told that it is missing. */
export const DETECTIONS = "detections";
export type FeedName = (typeof FEED_NAMES)[number] | typeof DETECTIONS;

export interface FileNote {
  readonly feed: FeedName;
  readonly file: string;
  taken: number;
  refused: number;
  /** First line refused. */
  firstRefused?: number;
  /** A file that is none of the feed's kinds. */
  isPassedOver?: true;
}

export class FeedNotes {
  readonly #files = new Map<string, FileNote>();
  readonly missing: FeedName[] = [];

  #note(feed: FeedName, file: string): FileNote {
    const key = `${feed}/${file}`;
    const known = this.#files.get(key) ?? { feed, file, taken: 0, refused: 0 };
    this.#files.set(key, known);
    return known;
  }

  take(feed: FeedName, file: string): void {
    this.#note(feed, file).taken += 1;
  }

  refuse(feed: FeedName, file: string, line: number): void {
    const note = this.#note(feed, file);
    note.refused += 1;
    note.firstRefused ??= line;
  }

  passOver(feed: FeedName, file: string): void {
    this.#note(feed, file).isPassedOver = true;
  }

  get files(): readonly FileNote[] {
    return [...this.#files.values()];
  }

  taken(feed: FeedName): number {
    return this.files.reduce((sum, note) => sum + (note.feed === feed ? note.taken : 0), 0);
  }

  refused(feed: FeedName): number {
    return this.files.reduce((sum, note) => sum + (note.feed === feed ? note.refused : 0), 0);
  }
}
