/** Clocks that run, and who may have them stand still; notices that wait for people, and their signatures. */
import { type ActOutcome, signNotice, turnClock } from "@vedette/core/agreement/sign";
import { type Marking, narrowest } from "@vedette/core/record/marking";
import { factsOf } from "@vedette/core/verify/incident-facts";
import {
  ClockPage,
  ClockRow,
  ClocksQuery,
  ClockTurned,
  NoticeOne,
  NoticePage,
  NoticeSigned,
  NoticesQuery,
  SignNotice,
  TurnClock,
} from "@vedette/wire/api-agreement";
import { MatchHeaders, ObjectParams, WorkspaceParams } from "@vedette/wire/api-common";
import { NotModified } from "@vedette/wire/api-lists";
import { relaysIn } from "../../engine/cases/rates.ts";
import { folded } from "../acts.ts";
import { CHANGE_PROBLEMS, READ_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import { type Asked, askedOf, found, momentOf } from "../asked.ts";
import { bookOf, recordFor } from "../book.ts";
import { clockShown, noticeShown } from "../clocks-shown.ts";
import { assertVersion, etagOf, isKnown } from "../etags.ts";
import { evidenceOf } from "../judging.ts";
import type { Kit } from "../kit.ts";
import { pageAsked, pageShown } from "../lists.ts";
import type { App } from "../service.ts";

const CLOCKS = "/workspaces/:workspace/clocks";
const NOTICES = "/workspaces/:workspace/notices";
const tags = ["agreement"];

export function clockRoutes(app: App, kit: Kit): void {
  clockReads(app, kit);
  turns(app, kit);
  noticeReads(app, kit);
  signatures(app, kit);
}

function clockReads(app: App, kit: Kit): void {
  app.get(
    CLOCKS,
    {
      schema: {
        operationId: "listClocks",
        summary: "Clocks of the agreement, by the workspace's own time",
        tags,
        params: WorkspaceParams,
        querystring: ClocksQuery,
        response: { 200: ClockPage, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const { incident } = request.query;
      const filter = incident === undefined ? {} : { incident };
      const [book, page] = await Promise.all([
        bookOf(asked),
        asked.workspace.queries.clocks(asked.nation, filter, pageAsked(request.query)),
      ]);
      return pageShown(page, (view) => clockShown(book, view, asked.now));
    },
  );
  app.get(
    `${CLOCKS}/:id`,
    {
      schema: {
        operationId: "readClock",
        summary: "One clock",
        tags,
        params: ObjectParams,
        response: { 200: ClockRow, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const asked = askedOf(request, kit);
      const view = found(await asked.workspace.queries.clock(asked.nation, request.params.id));
      asked.allow("read", view.marking);
      // Whether it is due is by the time: its version alone does not say that nothing changed.
      reply.header("etag", etagOf(view.version)).header("cache-control", "private, no-cache");
      return clockShown(await bookOf(asked), view, asked.now);
    },
  );
}

function turns(app: App, kit: Kit): void {
  app.post(
    `${CLOCKS}/:id/turn`,
    {
      schema: {
        operationId: "turnClock",
        summary: "Suspend a clock or let it run again, where the agreement knows of somebody who may",
        tags,
        params: ObjectParams,
        headers: MatchHeaders,
        body: TurnClock,
        response: { 200: ClockTurned, ...CHANGE_PROBLEMS },
      },
    },
    (request, reply) => {
      const asked = askedOf(request, kit);
      const { queries } = asked.workspace;
      const { id } = request.params;
      return locked(kit, asked, id, () =>
        kit.writes.once(asked.scope, request, reply, async () => {
          const view = found(await queries.clock(asked.nation, id));
          asked.allow("sign-notice", view.marking);
          const book = await bookOf(asked);
          assertVersion(request, view.version, clockShown(book, view, asked.now));
          const record = { book, clocks: new Map([[id, view.clock]]), notices: new Map(), refused: [] };
          const { to, reason } = request.body;
          const outcome = turnClock(record, { clock: id, to, reason }, actOf(asked, view.marking));
          const event = await appended(asked, outcome);
          const after = found(await queries.clock(asked.nation, id));
          reply.header("etag", etagOf(after.version));
          return { event, clock: clockShown(book, after, asked.now) };
        }),
      );
    },
  );
}

const locked = <T>({ locks }: Kit, { workspace }: Asked, id: string, work: () => Promise<T>): Promise<T> =>
  locks.hold([`${workspace.id} ${id}`], work);

const actOf = ({ actor, now }: Asked, marking: Marking) => ({ person: actor, at: momentOf(now), marking });

async function appended(asked: Asked, outcome: ActOutcome): Promise<string> {
  if (outcome.code !== "done") throw refusedBy(outcome);
  const [header] = await asked.workspace.store.append([outcome.draft]);
  if (header === undefined) throw new Error("the store gave no header back");
  await folded(asked, header);
  return header.id;
}

function refusedBy(outcome: Exclude<ActOutcome, { code: "done" }>): ApiProblem {
  switch (outcome.code) {
    case "not-there":
      return new ApiProblem("not-found", "");
    case "not-a-person":
      return new ApiProblem("cannot-be-done", "that is not for the one who drafted it");
    case "signed-before":
      return new ApiProblem("conflict", "you have signed it before: another person is needed");
    case "complete":
      return new ApiProblem("conflict", "it has all the signatures that it needs");
    case "not-permitted":
      return new ApiProblem("cannot-be-done", "the agreement knows of nobody who may suspend this clock");
    case "edition-missing":
      return new ApiProblem("cannot-be-done", "the agreement that it was made under is not here as it was");
    case "other-text":
      return new ApiProblem("conflict", `the text has changed since: read revision ${outcome.revision}`);
    case "too-early":
      return new ApiProblem(
        "cannot-be-done",
        `nobody signs before the incident is ${outcome.needs.state}; it is ${outcome.state}`,
      );
    case "running":
    case "suspended":
    case "stopped":
      return new ApiProblem("conflict", `the clock is ${outcome.code}`);
  }
}

function noticeReads(app: App, kit: Kit): void {
  app.get(
    NOTICES,
    {
      schema: {
        operationId: "listNotices",
        summary: "Notices: drafts, until people have signed them",
        tags,
        params: WorkspaceParams,
        querystring: NoticesQuery,
        response: { 200: NoticePage, ...READ_PROBLEMS },
      },
    },
    async (request) => {
      const asked = askedOf(request, kit);
      const { incident } = request.query;
      const filter = incident === undefined ? {} : { incident };
      return pageShown(
        await asked.workspace.queries.notices(asked.nation, filter, pageAsked(request.query)),
        noticeShown,
      );
    },
  );
  app.get(
    `${NOTICES}/:id`,
    {
      schema: {
        operationId: "readNotice",
        summary: "One notice: to whom, under what, in which words",
        tags,
        params: ObjectParams,
        response: { 200: NoticeOne, 304: NotModified, ...READ_PROBLEMS },
      },
    },
    async (request, reply) => {
      const asked = askedOf(request, kit);
      const view = found(await asked.workspace.queries.notice(asked.nation, request.params.id));
      asked.allow("read", view.marking);
      if (isKnown(request, reply, view.version)) return reply.code(304).send(null);
      return noticeShown(view);
    },
  );
}

function signatures(app: App, kit: Kit): void {
  app.post(
    `${NOTICES}/:id/sign`,
    {
      schema: {
        operationId: "signNotice",
        summary: "Sign a notice, as it was read",
        tags,
        params: ObjectParams,
        headers: MatchHeaders,
        body: SignNotice,
        response: { 200: NoticeSigned, ...CHANGE_PROBLEMS },
      },
    },
    (request, reply) => {
      const asked = askedOf(request, kit);
      const { queries } = asked.workspace;
      const { id } = request.params;
      return locked(kit, asked, id, () =>
        kit.writes.once(asked.scope, request, reply, async () => {
          const view = found(await queries.notice(asked.nation, id));
          asked.allow("sign-notice", view.marking);
          assertVersion(request, view.version, noticeShown(view));
          const incident = found(await queries.incident(asked.nation, view.notice.incident));
          const items = new Map((await evidenceOf(asked, incident.id)).map(({ item }) => [item.id, item]));
          const facts = factsOf(incident.incident, items, relaysIn(kit.sources));
          const marking = narrowest([view.marking, incident.marking]);
          const { revision } = request.body;
          const record = await recordFor(asked, incident.id);
          const event = await appended(
            asked,
            signNotice(record, { notice: id, revision, facts }, actOf(asked, marking)),
          );
          const after = found(await queries.notice(asked.nation, id));
          reply.header("etag", etagOf(after.version));
          return { event, notice: noticeShown(after) };
        }),
      );
    },
  );
}
