/** Words for what a look met, in tables and charts of an exercise alike. Runs in the browser too. */
const WORDS: Readonly<Record<string, string>> = {
  "out-of-range": "out of range",
  "below-horizon": "below the horizon",
  "behind-terrain": "behind terrain",
  "out-of-sector": "outside the sensor’s sector",
  "no-such-sense": "no sensor near for what it leaves",
  faded: "faded before a look",
  "too-small": "too small",
  "too-slow": "too slow",
  "not-taken": "access, but no look taken",
  "out-of-order": "sensor out of order",
};

export const reasonWords = (reason: string): string => WORDS[reason] ?? reason;
