/**
 * News of other sources as evidence. A claim may itself have been made of a news report, so every report of the claim's
 * own place within a day is taken for its own, and so are copies of such reports wherever they were put on the map.
 * What is left tells of other places near by: a day on which the area was struck.
 *
 * Which medium the claim came from is not known: of the reports that are left, those of any one medium might be its own.
 * So the count is the least that is left whichever medium is taken away.
 */
import type { Place } from "../geo/position.ts";
import { type DayNumber, type FindPoints, pointFinder } from "./baseline-points.ts";
import { addressesOf } from "./independence-address.ts";
import { countSurprise, type Surprise, shapeOf } from "./likelihood.ts";
import type { NewsModel } from "./model.ts";
import { fingerprintOf } from "./similarity.ts";
import { similarityIndex } from "./similarity-index.ts";

export interface NewsItem extends Place {
  readonly id: string;
  readonly day: DayNumber;
  readonly sources: readonly string[];
  /** Addresses of the articles, as they stand in the feed: `a|b`. */
  readonly urls: string;
  /** Ids of the events that the feed's makers hold to be the same. */
  readonly events: readonly string[];
  readonly text: string;
}

/** What is known of where the claim came from; often nothing. */
export interface ClaimOrigin {
  readonly source?: string;
  readonly url?: string;
  readonly text?: string;
}

export interface NewsFinding {
  readonly surprise: Surprise;
  /** Places of other reports in the window, the claim's own left out. */
  readonly places: number;
  /** Of them, those that cannot all be the claim's own medium. */
  readonly counted: number;
  readonly expected: number;
  /** Reports left out as the claim's own or copies of it. */
  readonly own: number;
}

export type NewsAnswer = NewsFinding | { readonly unknown: "not-covered" };

export interface NewsReader {
  read(claim: { readonly place: Place; readonly day: DayNumber; readonly origin?: ClaimOrigin }): NewsAnswer;
}

/** Fewer windows to compare with say nothing of what is usual. */
const LEAST_WINDOWS = 4;
const SAME_NEWS_DAYS = 7;

export function newsReader(items: readonly NewsItem[], model: NewsModel): NewsReader {
  const find = pointFinder({
    latitudeDeg: Float32Array.from(items, ({ latitudeDeg }) => latitudeDeg),
    longitudeDeg: Float32Array.from(items, ({ longitudeDeg }) => longitudeDeg),
  });
  const days = items.map(({ day }) => day);
  const first = Math.min(...days);
  const last = Math.max(...days);
  const copies = copyTable(items);
  return {
    read({ place, day, origin = {} }) {
      const reach = gatherReports(items, find, { place, day, model });
      const isOwn = copies.of(reach.own, origin, day);
      const { windowDays, surroundingDays } = model;
      const valueIn = (from: number, to: number): { counted: number; places: number } =>
        countedPlaces(
          reach.near.filter((i) => {
            const apart = (items[i] as NewsItem).day - day;
            return apart >= from && apart <= to && !isOwn.has(i) && !isSameSource(items[i] as NewsItem, origin);
          }),
          items,
          origin.source === undefined && model.leavesOutBusiest,
        );
      const length = 2 * windowDays + 1;
      const others: number[] = [];
      const compare = (from: number): void => {
        if (day + from >= first && day + from + length - 1 <= last)
          others.push(valueIn(from, from + length - 1).counted);
      };
      for (let l = -surroundingDays.to; l + length - 1 <= -surroundingDays.from; l += length) compare(l);
      for (let l = surroundingDays.from; l + length - 1 <= surroundingDays.to; l += length) compare(l);
      if (day < first || day > last || others.length < LEAST_WINDOWS) return { unknown: "not-covered" };
      const mean = others.reduce((sum, each) => sum + each, 0) / others.length;
      const expected = Math.max(mean, model.leastExpected);
      const { counted, places } = valueIn(-windowDays, windowDays);
      const shape = shapeOf(model.dispersion, expected);
      return { surprise: countSurprise(counted, expected, shape), places, counted, expected, own: isOwn.size };
    },
  };
}

interface Reach {
  /** At the claim's own place and time: its own, for all that is known. */
  readonly own: readonly number[];
  readonly near: readonly number[];
}

function gatherReports(
  items: readonly NewsItem[],
  find: FindPoints,
  { place, day, model }: { readonly place: Place; readonly day: DayNumber; readonly model: NewsModel },
): Reach {
  const [own, near]: [number[], number[]] = [[], []];
  const reachDays = Math.max(model.surroundingDays.to, model.ownDays);
  find(place, model.toKm, (i, km) => {
    const apart = Math.abs((items[i] as NewsItem).day - day);
    if (apart > reachDays) return;
    if (km >= model.fromKm) near.push(i);
    else if (apart <= model.ownDays) own.push(i);
  });
  return { own, near: near.sort((a, b) => a - b) };
}

/** Places told of on a day, each once; less those that only the busiest medium tells of, where it may be the claim's. */
function countedPlaces(
  at: readonly number[],
  items: readonly NewsItem[],
  leavesOutBusiest: boolean,
): { counted: number; places: number } {
  const told = new Map<string, Set<string>>();
  for (const i of at) {
    const { latitudeDeg, longitudeDeg, day, sources } = items[i] as NewsItem;
    const key = `${latitudeDeg}/${longitudeDeg}/${day}`;
    const held = told.get(key) ?? new Set();
    for (const source of sources) held.add(source);
    told.set(key, held);
  }
  if (!leavesOutBusiest) return { counted: told.size, places: told.size };
  const alone = new Map<string, number>();
  for (const sources of told.values()) {
    const [only] = sources;
    if (sources.size <= 1) alone.set(only ?? "", (alone.get(only ?? "") ?? 0) + 1);
  }
  return { counted: told.size - Math.max(0, ...alone.values()), places: told.size };
}

const isSameSource = ({ sources }: NewsItem, { source }: ClaimOrigin): boolean =>
  source !== undefined && sources.some((each) => each.toLowerCase() === source.toLowerCase());

interface CopyTable {
  /** Reports taken for the claim's own and all their copies: by event, article, or likeness of text. */
  of(own: readonly number[], origin: ClaimOrigin, day: DayNumber): ReadonlySet<number>;
}

function copyTable(items: readonly NewsItem[]): CopyTable {
  const prints = items.map(({ text }) => fingerprintOf(text));
  const texts = similarityIndex(prints);
  const keysOf = ({ id, urls, events }: Pick<NewsItem, "id" | "urls" | "events">): string[] => [
    ...[id, ...events].filter((event) => event !== "").map((event) => `event ${event}`),
    ...addressesOf(urls).map((url) => `url ${url}`),
  ];
  const byKey = new Map<string, number[]>();
  items.forEach((item, i) => {
    for (const key of new Set(keysOf(item))) {
      const held = byKey.get(key);
      if (held === undefined) byKey.set(key, [i]);
      else held.push(i);
    }
  });
  const alike = new Map<number, readonly number[]>();
  const isSameNews = (i: number, day: DayNumber): boolean =>
    Math.abs((items[i] as NewsItem).day - day) <= SAME_NEWS_DAYS;
  const alikeTo = (i: number): readonly number[] => {
    const known = alike.get(i) ?? texts.alikeTo(prints[i] as (typeof prints)[number]).map(({ at }) => at);
    alike.set(i, known);
    return known;
  };
  return {
    of(own, { url = "", text = "" }, day) {
      const found = new Set(own);
      const add = (at: readonly number[]): void => {
        for (const i of at) found.add(i);
      };
      for (const key of keysOf({ id: "", urls: url, events: [] })) add(byKey.get(key) ?? []);
      if (text !== "") add(texts.alikeTo(fingerprintOf(text)).flatMap(({ at }) => (isSameNews(at, day) ? [at] : [])));
      // A set is walked in the order in which it grows: copies of copies follow.
      for (const i of found) {
        for (const key of keysOf(items[i] as NewsItem)) add(byKey.get(key) ?? []);
        add(alikeTo(i).filter((at) => isSameNews(at, (items[i] as NewsItem).day)));
      }
      return found;
    },
  };
}
