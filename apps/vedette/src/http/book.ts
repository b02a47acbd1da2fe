/** The agreements as a nation has them: which editions, and which clocks and notices of one incident. */
import type { Book } from "@vedette/core/agreement/edition";
import { type AgreementRecord, recordOf } from "@vedette/core/agreement/record";
import type { Json } from "@vedette/core/record/hash";
import type { Store } from "../store/store.ts";
import type { Page, PageAsked } from "../workspace/queries.ts";
import type { Asked } from "./asked.ts";

/** Editions as they were adopted. */
export async function bookOf({ workspace, nation }: Pick<Asked, "workspace" | "nation">): Promise<Book> {
  const views = await workspace.queries.agreements(nation);
  const adopted = views.map(({ ref, document, adoptedAt }) => ({
    type: "agreement.adopted",
    at: adoptedAt,
    actor: "",
    body: { agreement: ref, document } as unknown as Json,
  }));
  return recordOf(adopted).book;
}

/** What the agreement's engine needs of one incident. */
export async function recordFor(asked: Asked, incident: string): Promise<AgreementRecord> {
  const { queries } = asked.workspace;
  const [book, clocks, notices] = await Promise.all([
    bookOf(asked),
    allOf((page) => queries.clocks(asked.nation, { incident }, page)),
    allOf((page) => queries.notices(asked.nation, { incident }, page)),
  ]);
  return {
    book,
    clocks: new Map(clocks.map(({ clock }) => [clock.clock, clock])),
    notices: new Map(notices.map(({ notice }) => [notice.notice, notice])),
    refused: [],
  };
}

const PAGE = 500;

export async function allOf<T>(read: (page: PageAsked) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await read({ limit: PAGE, ...(cursor !== undefined && { cursor }) });
    all.push(...items);
    if (next === undefined) return all;
    cursor = next;
  }
}

/** The id of the log's first event, which no release shows: what incidents are named with. */
export async function saltOf(store: Store): Promise<string> {
  for await (const { header } of store.events({ to: 1 })) return header.id;
  return "";
}
