/** Keeps a workspace's projections as the log has them: reads after its own position, folds, puts all of a page down at once. */

export interface Projector {
  /** Folds what has come in; resolves when all that was there when it was called is projected. */
  catchUp(): Promise<void>;
  /**
   * Waits until an event is projected, so that a writer reads its own writes.
   * @returns false where that took longer
   */
  until(event: { readonly node: string; readonly sequence: number }, withinMs?: number): Promise<boolean>;
  /** After each page that changed something. @returns how to stop it */
  onChange(tell: () => void): () => void;
  /** Looks for what others write too. */
  start(): void;
  close(): Promise<void>;
}
