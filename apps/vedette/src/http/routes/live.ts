/** `GET /workspaces/:workspace/live`: what changes in what the asker's nation is given, as it happens. */
import { WorkspaceParams } from "@vedette/wire/api-common";
import { LiveHeaders, LiveQuery, LiveStream } from "@vedette/wire/api-live";
import type { FastifyReply } from "fastify";
import { ROLE_PROBLEMS } from "../answers.ts";
import { ApiProblem } from "../api-problem.ts";
import { mayStay } from "../auth/entitled.ts";
import { whoOf } from "../auth/who.ts";
import { hubsOf } from "../live/hubs.ts";
import { sinkOf } from "../live/sink.ts";
import type { App, Service } from "../service.ts";

/** Of one session: the windows of a browser, and a few lines that were lost and not yet found to be. */
const MOST_OF_ONE = 24;
const MOST_OF_ALL = 10_000;

const DESCRIPTION = `Server-sent events. The first is \`hello\`, or \`reset\` where \`Last-Event-ID\` is none that was given out: then read anew what
you hold. After it one for each change, named for what changed (\`incident.changed\`, \`evidence.recorded\`, \`evidence.erased\`, \`clock.changed\`,
\`notice.changed\`), its data \`{"id": …, "version": …}\`. With \`Last-Event-ID\` all that was missed comes first. A comment every 15 s shows that the
line stands. \`bye\`: the session is over. A client that does not read is cut off, and comes back with its last id.`;

export function liveRoutes(app: App, service: Service): void {
  const { people, workspaces } = service;
  const hubs = hubsOf(service, (error) => app.log.error({ err: error }, "live changes"));
  const streams = new Streams();
  // Before the server waits for what is open.
  app.addHook("preClose", (done) => {
    hubs.close();
    done();
  });
  app.get(
    "/workspaces/:workspace/live",
    {
      // A HEAD would stay open and say nothing.
      exposeHeadRoute: false,
      schema: {
        operationId: "listenToChanges",
        summary: "Changes, live",
        description: DESCRIPTION,
        tags: ["live"],
        params: WorkspaceParams,
        querystring: LiveQuery,
        headers: LiveHeaders,
        response: { 200: LiveStream, ...ROLE_PROBLEMS },
      },
    },
    async (request, reply) => {
      const who = whoOf(request);
      const { workspace } = request.params;
      const place = workspaces.get(workspace);
      const { scope } = who.signedIn;
      if (scope !== undefined && !scope.actions.includes("read")) throw new ApiProblem("not-allowed", "");
      const hub = hubs.of(workspace);
      const leave = streams.enter(who.signedIn.method === "exercise" ? undefined : who.signedIn.session);
      const from = request.headers["last-event-id"] ?? request.query.after;
      const sink = begun(reply);
      sink.onClose(leave);
      const stays = async (): Promise<boolean> =>
        people !== undefined && place !== undefined && mayStay(people, who, place);
      await hub.join(who.entitlement.nation, { sink, from, mayStay: stays });
    },
  );
}

function begun(reply: FastifyReply): ReturnType<typeof sinkOf> {
  reply.hijack();
  const { raw } = reply;
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    // Proxies would else hold it back until some of it has come together.
    "x-accel-buffering": "no",
    connection: "close",
  });
  raw.socket?.setNoDelay(true);
  return sinkOf(raw);
}

/** How many are open, by session. */
class Streams {
  readonly #open = new Map<string, number>();
  #all = 0;

  /** @param session none: nobody signed in @throws ApiProblem 429, 503 */
  enter(session = ""): () => void {
    const own = this.#open.get(session) ?? 0;
    if (this.#all >= MOST_OF_ALL) throw new ApiProblem("busy", "too many listen", {}, { "retry-after": "30" });
    if (session !== "" && own >= MOST_OF_ONE)
      throw new ApiProblem(
        "too-many",
        `${own} streams of this session are open: close one`,
        {},
        { "retry-after": "15" },
      );
    this.#all += 1;
    this.#open.set(session, own + 1);
    return () => {
      this.#all -= 1;
      const left = (this.#open.get(session) ?? 1) - 1;
      if (left > 0) this.#open.set(session, left);
      else this.#open.delete(session);
    };
  }
}
