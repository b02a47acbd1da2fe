/** `vedette log show [STORE]`: what is in it, event by event. */
import type { StoredEvent } from "@vedette/core/record/event";
import { faultOfHeader } from "@vedette/core/record/shape";
import { instant, isoOf } from "@vedette/core/time/instant";
import { Command } from "commander";
import { InputError, UsageError } from "../problem.ts";
import { entriesOfFile } from "../store/case-read.ts";
import { type LogStore, storedOf } from "../store/log-store.ts";
import { isStore } from "../store/place.ts";
import { collected, DEFAULT_STORE, print, withStore } from "./log-options.ts";

interface Options {
  readonly type?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly chain?: string;
  readonly event?: string;
  readonly json?: true;
}

export function showCommand(): Command {
  return new Command("show")
    .description("list the events of a log or of a case; with --event, all of one")
    .argument("[FILE|STORE]", "a log's folder, or a case as one file", DEFAULT_STORE)
    .option("--type <TYPE>", "only this type of event; may be given several times", collected)
    .option("--from <NUMBER>", "first event")
    .option("--to <NUMBER>", "last event")
    .option("--chain <NODE>", "another node's chain that was brought in (default: the log's own, or all of a file)")
    .option("--event <ID>", "all of this event, with its members")
    .option("--json", "one JSON object per line")
    .addHelpText(
      "after",
      `
Examples:
  $ vedette log show --type incident.moved --from 100
  $ vedette log show vedette-log --event e-5f1c… --json
  $ vedette log show for-pol.jsonl`,
    )
    .action(show);
}

async function show(path: string, options: Options): Promise<void> {
  const [from, to] = [wholeOf("--from", options.from, 1), wholeOf("--to", options.to, Number.MAX_SAFE_INTEGER)];
  const isAsked = ({ header }: StoredEvent): boolean =>
    header.sequence >= from &&
    header.sequence <= to &&
    (options.type === undefined || options.type.includes(header.type)) &&
    (options.chain === undefined || header.node === options.chain) &&
    (options.event === undefined || header.id === options.event);
  const count = isStore(path)
    ? await withStore(path, (store) => showStore(store, options, { from, to }))
    : showFile(path, isAsked, options);
  if (options.event !== undefined && count === 0)
    throw new InputError([{ file: path, message: `no event ${options.event}` }]);
}

async function showStore(
  store: LogStore,
  options: Options,
  range: { readonly from: number; readonly to: number },
): Promise<number> {
  const { type: types, chain = store.node, event: id } = options;
  const { rows } = store.shelf;
  if (!(await rows.chains()).some(({ node }) => node === chain) && options.chain !== undefined)
    throw new InputError([{ file: store.place, message: `no chain of ${chain}` }]);
  let count = 0;
  if (id === undefined) {
    for await (const row of store.rows({ ...range, chain, ...(types && { types }) })) {
      print(textOf(storedOf(row), options));
      count++;
    }
    return count;
  }
  const row = await rows.eventById(chain, id);
  if (row === undefined) return 0;
  print(textOf(storedOf(row), options));
  const { sequence } = row.header;
  const PAGE = 512;
  for (let from = 0; ; from += PAGE) {
    const page = await rows.members(chain, sequence, from, PAGE);
    for (const { key, value } of page)
      print(memberText(key, value === undefined ? undefined : JSON.parse(value), options));
    if (page.length < PAGE) return 1;
  }
}

function showFile(path: string, isAsked: (event: StoredEvent) => boolean, options: Options): number {
  let [count, isOpen] = [0, false];
  for (const { entry, line } of entriesOfFile(path)) {
    if ("event" in entry) {
      const fault = faultOfHeader(entry.event.header);
      if (fault !== undefined) throw new InputError([{ file: path, line, message: `an event's header ${fault}` }]);
      isOpen = isAsked(entry.event);
      if (!isOpen) continue;
      count++;
      print(textOf(entry.event, options));
    } else if ("member" in entry && isOpen && options.event !== undefined)
      print(memberText(entry.member.key, entry.member.value, options));
  }
  return count;
}

function textOf({ header, body }: StoredEvent, { json, event }: Options): string {
  if (json) return JSON.stringify({ header, ...(body !== undefined && { body }) });
  const { sequence, recordedAt, type, actor, id, marking, at } = header;
  const to = marking.releasableTo === "all" ? "all" : [marking.owner, ...marking.releasableTo].join(",");
  const gone = body === undefined ? "  (no body)" : "";
  const line = `${String(sequence).padStart(7)}  ${isoOf(instant(recordedAt))}  ${type.padEnd(26)}  ${actor}  ${id}  ${to}${gone}`;
  if (event === undefined) return line;
  return [line, `at ${isoOf(at.start)} to ${isoOf(at.end)}`, JSON.stringify(body ?? null, null, 2)].join("\n");
}

function memberText(key: string, value: unknown, { json }: Options): string {
  if (json) return JSON.stringify({ member: { key, ...(value !== undefined && { value }) } });
  return `  ${key}  ${value === undefined ? "(erased)" : JSON.stringify(value)}`;
}

function wholeOf(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1) throw new UsageError(`${option} ${text}: expected an event's number, from 1`);
  return value;
}
