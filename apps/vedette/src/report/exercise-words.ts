/** Words for what a look met, and for kinds of breach, in tables and charts of an exercise alike. Runs in the browser too. */
const WORDS: Readonly<Record<string, string>> = {
  "out-of-range": "out of range",
  "below-horizon": "below the horizon",
  "behind-terrain": "behind terrain",
  "out-of-sector": "outside its sector",
  "no-such-sense": "no such sensor near",
  faded: "faded before a look",
  "looked and missed": "looked, did not notice",
  "too-small": "too small",
  "too-slow": "too slow",
  "not-taken": "no look was taken",
  "out-of-order": "sensor out of order",
};

export const reasonWords = (reason: string): string => WORDS[reason] ?? reason;

/** A class of breaches as people say it: `ship-silenced` is "ship silenced". */
export const classWords = (name: string): string => name.replaceAll("-", " ");
