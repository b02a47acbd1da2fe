/** What an exercise's file says that its schema cannot refuse: days that are none, places where no flat chart holds, names of its own that are not there. */
import type { Place } from "@vedette/core/geo/position";
import { parseInstant } from "@vedette/core/time/instant";
import type { Exercise } from "@vedette/wire/exercise";
import type { Problem } from "../problem.ts";
import { type Cursor, childOf, descendantOf, entriesOf, itemsOf, problemAt, textOf } from "../scenario/located.ts";
import { quoted, suggestionOf } from "../scenario/words.ts";

/** Distances are measured on a flat chart: nearer the poles it is wrong by several per cent within one area. */
const MOST_LATITUDE_DEG = 80;
const KM_PER_DEG = 111.195;
/** For which element sets are read: as `start` of a scenario. */
const YEARS = { first: 1957, last: 2099 };
/** A look takes its time; more often is staring. */
const LEAST_PERIOD_S = 1;

/** @param line of the truce @param happens ids of what can happen in it */
export function misfitsIn(
  root: Cursor,
  exercise: Exercise,
  line: readonly Place[] = [],
  happens: readonly string[] = [],
): Problem[] {
  const { world } = exercise;
  // Those of a truce are known when it is: a run says of them what is wrong.
  const kinds = "plain" in world ? Object.keys(world.plain.kinds) : undefined;
  return [
    ...ofStart(root, exercise),
    ...ofPlaces(root, exercise, line),
    ...itemsOf(descendantOf(root, "world", "truce", "only")).flatMap((name) =>
      missing(name, "kind in this truce", happens),
    ),
    ...entriesOf(childOf(root, "groups")).flatMap(([id, group]) => ofGroup(group, exercise.groups[id], kinds)),
    ...ofPolicy(childOf(root, "policy"), exercise),
  ];
}

function ofStart(root: Cursor, { start, satellites }: Exercise): Problem[] {
  const at = childOf(root, "start") as Cursor;
  try {
    parseInstant(start);
  } catch {
    return [problemAt(at, `expected a day and an hour that there are, found ${quoted(start)}`)];
  }
  const year = Number(start.slice(0, 4));
  if (satellites === undefined || (year >= YEARS.first && year <= YEARS.last)) return [];
  return [problemAt(at, `with satellites expected a year from ${YEARS.first} to ${YEARS.last}, found ${year}`)];
}

interface Placed extends Place {
  readonly at: Cursor;
  /** That must lie within too. */
  readonly aboutKm?: number;
}

function ofPlaces(root: Cursor, { world, areas = {}, groups }: Exercise, line: readonly Place[]): Problem[] {
  const atWorld = childOf(root, "world") as Cursor;
  const placed: Placed[] = [
    ...("plain" in world ? [{ ...world.plain, aboutKm: world.plain.radiusKm, at: atWorld }] : []),
    ...line.map((place) => ({ ...place, at: atWorld })),
    ...entriesOf(childOf(root, "areas")).flatMap(([id, at]) => {
      const area = areas[id];
      return area === undefined ? [] : [{ ...area, aboutKm: area.radiusKm, at }];
    }),
    ...entriesOf(childOf(root, "groups")).flatMap(([id, group]) =>
      itemsOf(childOf(group, "places")).flatMap((at, i) => {
        const place = groups[id]?.places?.[i];
        return place === undefined ? [] : [{ ...place, at }];
      }),
    ),
  ];
  const polar = placed.filter(
    ({ latitudeDeg, aboutKm = 0 }) => Math.abs(latitudeDeg) + aboutKm / KM_PER_DEG > MOST_LATITUDE_DEG,
  );
  if (polar.length > 0) {
    const message = `an exercise lies between ${MOST_LATITUDE_DEG} S and ${MOST_LATITUDE_DEG} N: nearer the poles its flat charts are wrong`;
    return polar.slice(0, MOST_TOLD).map(({ at }) => problemAt(at, message));
  }
  const [west, east] = [eastmost(placed, -1), eastmost(placed, 1)];
  if (west === undefined || east === undefined || (west.deg >= -180 && east.deg <= 180 && east.deg - west.deg <= 180))
    return [];
  const message = "an exercise lies on one side of the 180th meridian: its distances do not go across";
  return [problemAt(east.at, message)];
}

const MOST_TOLD = 5;

/** @param sign 1: how far east it reaches, -1: how far west */
function eastmost(placed: readonly Placed[], sign: 1 | -1): { deg: number; at: Cursor } | undefined {
  let most: { deg: number; at: Cursor } | undefined;
  for (const { latitudeDeg, longitudeDeg, aboutKm = 0, at } of placed) {
    const deg = longitudeDeg + (sign * aboutKm) / KM_PER_DEG / Math.cos((latitudeDeg * Math.PI) / 180);
    if (most === undefined || sign * deg > sign * most.deg) most = { deg, at };
  }
  return most;
}

function ofGroup(
  at: Cursor,
  group: Exercise["groups"][string] | undefined,
  kinds: readonly string[] | undefined,
): Problem[] {
  const period = childOf(at, "everyS");
  const everyS = group?.everyS ?? 0;
  const often =
    period !== undefined && everyS > 0 && everyS < LEAST_PERIOD_S
      ? [problemAt(period, `expected 0 (it stares) or ${LEAST_PERIOD_S} s or more, found ${everyS}`)]
      : [];
  const along = childOf(at, "along");
  const { fromKm = 0, toKm = Number.POSITIVE_INFINITY } = group?.along ?? {};
  const turned =
    along === undefined || fromKm < toKm
      ? []
      : [problemAt(along, `expected fromKm below toKm, found ${fromKm} and ${toKm}`)];
  const mistakes = kinds === undefined ? [] : itemsOf(childOf(at, "mistakes"));
  return [...often, ...turned, ...mistakes.flatMap((name) => missing(name, "kind", kinds ?? []))];
}

/** Patterns and agents that a policy names; so do the policies of its roles. */
function ofPolicy(policy: Cursor | undefined, exercise: Exercise): Problem[] {
  const { patterns = ["racetrack"], groups } = exercise;
  const movers = Object.entries(groups).filter(([, { mover }]) => mover !== undefined);
  const ids = movers.map(([id]) => id);
  const roles = itemsOf(descendantOf(policy, "roles"));
  const strangers = roles
    .flatMap((role) => itemsOf(childOf(role, "agents")))
    .filter((agent) => !ids.includes((textOf(agent) ?? "").split("/")[0] as string));
  return [
    ...missing(descendantOf(policy, "pattern"), "pattern", patterns),
    ...strangers.flatMap((agent) => missing(agent, "group that moves", ids)),
    ...[...roles.map((role) => childOf(role, "policy")), descendantOf(policy, "others")].flatMap((own) =>
      own === undefined ? [] : ofPolicy(own, exercise),
    ),
  ];
}

function missing(at: Cursor | undefined, what: string, names: readonly string[]): Problem[] {
  const name = textOf(at);
  if (at === undefined || name === undefined || names.includes(name)) return [];
  return [problemAt(at, `no ${what} ${quoted(name)}${suggestionOf(name, names)}`)];
}
