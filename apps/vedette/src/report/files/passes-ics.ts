/** `passes.ics`: passes over the zone as a calendar (RFC 5545, all times UTC). */
import type { PassRow, Result } from "@vedette/wire/result";
import { ICalCalendar, ICalEventClass, ICalEventTransparency } from "ical-generator";
import { markingLine, nationNames, utcOf } from "./labels.ts";

/** A calendar of a week of a large network is thousands of events that nobody reads: the rest is in passes.csv. */
const CALENDAR_HOURS = 48;
const MS_PER_HOUR = 3_600_000;
/** Half of a low orbit: two passes of one satellite fall in two buckets, one pass computed anew falls in its own. */
const UID_BUCKET_MS = 45 * 60_000;

export function passesIcs({ summary, passes }: Result): string {
  const startMs = Date.parse(summary.start);
  const shown = passes.filter((pass) => pass.startMs < startMs + CALENDAR_HOURS * MS_PER_HOUR);
  const marking = markingLine(summary);
  const names = nationNames(summary);
  const calendar = new ICalCalendar({
    name: `${marking}: ${summary.title}, satellite passes`,
    description:
      `${marking}. Passes with a cell in reach, first ${CALENDAR_HOURS} hours from ${utcOf(startMs)}: ` +
      `${shown.length} of the ${passes.length} in the span; all of them are in passes.csv.`,
    prodId: { company: "vedette", product: "vedette", language: "EN" },
    x: [
      ["X-VEDETTE-MARKING", summary.marking],
      ...(summary.label === null ? [] : [["X-VEDETTE-LABEL", summary.label] as [string, string]]),
    ],
  });
  const used = new Set<string>();
  for (const pass of shown) {
    calendar.createEvent({
      id: uidOf(pass, used),
      stamp: new Date(startMs),
      start: new Date(pass.startMs),
      // RFC 5545, 3.6.1: DTEND is later than DTSTART; calendars hold whole seconds.
      end: new Date(Math.max(pass.endMs, pass.startMs + 1000)),
      summary: `${pass.satellite} (${pass.nation}) ${pass.kinds.join(", ")}${pass.takenCells > 0 ? "" : ", not taken"}`,
      description: `${marking}\n${detailOf(pass, names)}`,
      categories: [{ name: names.get(pass.nation) ?? pass.nation }, ...pass.kinds.map((name) => ({ name }))],
      class: ICalEventClass.CONFIDENTIAL,
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}

function detailOf(pass: PassRow, names: ReadonlyMap<string, string>): string {
  const delivered =
    pass.deliveredMs === null
      ? "No picture at headquarters within the span."
      : `First picture at headquarters ${utcOf(pass.deliveredMs)}${pass.deliveredBy === null ? "" : ` by ${pass.deliveredBy}`}.`;
  return [
    `${pass.satellite}, catalogue number ${pass.catalogueNumber}, ${pass.mission}, ${names.get(pass.nation) ?? pass.nation}`,
    `${pass.accessibleCells} cells in reach, ${pass.takenCells} taken; least off-nadir ${pass.minOffNadirDeg.toFixed(1)}°; sun ${pass.sunElevationDeg.toFixed(1)}°.`,
    delivered,
  ].join("\n");
}

/** The same pass keeps its UID from run to run, so that a re-import updates the calendar. */
function uidOf(pass: PassRow, used: Set<string>): string {
  const stem = `pass-${pass.catalogueNumber}-${Math.round(pass.startMs / UID_BUCKET_MS)}`;
  let uid = stem;
  for (let n = 2; used.has(uid); n++) uid = `${stem}-${n}`;
  used.add(uid);
  return `${uid}@vedette`;
}
