/** Clocks that run, and replies that are awaited. */
import type { Ends } from "@vedette/core/agreement/calendar";
import { editionNamed } from "@vedette/core/agreement/edition";
import { type ClockReading, readingOf } from "@vedette/core/agreement/reading";
import { type Instant, isoOf } from "@vedette/core/time/instant";
import type { DailyReport } from "@vedette/wire/daily-report";
import { byNumber, isCounted } from "./incidents.ts";
import type { DailyInput } from "./input.ts";

const iso = ({ earliest, latest }: Ends): { earliest: string; latest: string } => ({
  earliest: isoOf(earliest),
  latest: isoOf(latest),
});

/** Also those that were stopped on the day: what ended belongs to its record. */
export function clockRows(input: DailyInput): DailyReport["clocks"] {
  const { record, asOf, messages, day } = input;
  const rows = [...record.clocks.values()].flatMap((clock) => {
    const reading = readingOf(record.book, clock, asOf);
    if (reading.code === "stopped" && reading.at.latest < day.span.start) return [];
    const named = editionNamed(record.book, clock.agreement);
    const terms = named.code === "found" ? named.edition.agreement.clocks[clock.of] : undefined;
    const text = terms?.name;
    return [
      {
        id: clock.clock,
        title: text?.[messages.language] ?? text?.["en"] ?? clock.of,
        incident: clock.incident,
        place: placeFor(clock.incident, input),
        clauses: clock.clauses
          .map((clause) => {
            return (named.code === "found" ? named.edition.agreement.clauses[clause]?.number : undefined) ?? clause;
          })
          .sort(byNumber),
        party: clock.party ?? null,
        agreement: `${clock.agreement.id} ${clock.agreement.version}`,
        state: messages.say(`clock.${stateOf(reading)}`),
        start: iso(clock.start),
        deadline: "deadline" in reading && reading.deadline !== undefined ? iso(reading.deadline) : null,
        due: reading.code === "running" ? messages.say(`due.${reading.due}`) : null,
        unconfirmed: terms?.basis.unconfirmed !== undefined,
      },
    ];
  });
  return rows.sort((a, b) => (a.incident + a.id < b.incident + b.id ? -1 : 1));
}

/** The settlement, for readers who know places and no ids. */
function placeFor(id: string, { incidents, gazetteer }: DailyInput): string | null {
  const where = incidents.find((incident) => incident.id === id)?.where;
  return where === undefined ? null : (where.name ?? gazetteer.nearest(where)?.name ?? null);
}

function stateOf({ code }: ClockReading): "running" | "suspended" | "stopped" | "unread" {
  return code === "running" || code === "suspended" || code === "stopped" ? code : "unread";
}

/** Of every incident that still waits, and of those whose answer came on the day. */
export function replyRows(input: DailyInput): DailyReport["replies"] {
  const { incidents, asOf, messages, day } = input;
  return incidents
    .filter(isCounted)
    .flatMap(({ id, asked, replies, state }) =>
      asked.flatMap(({ party, until }) => {
        const reply = replies.find((one) => one.party === party);
        if (reply !== undefined && reply.recordedAt < day.span.start) return [];
        if (reply === undefined && state !== "verified" && until.end <= asOf) return [];
        const code = reply !== undefined ? "given" : asOf < until.end ? "awaited" : "silent";
        return [
          {
            incident: id,
            place: placeFor(id, input),
            party,
            until: iso({ earliest: until.start, latest: (until.end - 1) as Instant }),
            state: messages.say(`reply.${code}`),
            at: reply === undefined ? null : { start: isoOf(reply.at.start), end: isoOf(reply.at.end) },
          },
        ];
      }),
    )
    .sort((a, b) => (a.incident + a.party < b.incident + b.party ? -1 : 1));
}
