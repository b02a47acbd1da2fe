/** Ids of actors, compared. */

/** One spelling for one actor: no rule of two people must be passed by a capital letter, a wide one, or one that nobody sees. */
export const spellingOf = (actor: string): string =>
  actor
    .normalize("NFKC")
    .replace(/[\p{C}\s]/gu, "")
    .toLowerCase();
