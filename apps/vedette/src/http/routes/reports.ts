/** Reports come in: up to a hundred at a time; sent again, they add nothing. */
import type { Marking } from "@vedette/core/record/marking";
import { IdempotencyHeaders, WorkspaceParams } from "@vedette/wire/api-common";
import { Reports, ReportsTaken } from "@vedette/wire/api-evidence";
import { WRITE_PROBLEMS } from "../answers.ts";
import { type Asked, askedOf } from "../asked.ts";
import type { Kit } from "../kit.ts";
import { notValid } from "../lists.ts";
import { report } from "../reporting.ts";
import type { App } from "../service.ts";

export function reportRoutes(app: App, kit: Kit): void {
  app.post(
    "/workspaces/:workspace/reports",
    {
      schema: {
        operationId: "sendReports",
        summary: "Send up to 100 items of evidence: each is added, known already, or refused with its reason",
        tags: ["evidence"],
        params: WorkspaceParams,
        headers: IdempotencyHeaders,
        body: Reports,
        response: { 200: ReportsTaken, ...WRITE_PROBLEMS },
      },
    },
    (request, reply) => {
      const asked = askedOf(request, kit);
      return kit.writes.once(asked.scope, request, reply, async () => {
        const { feed, items } = request.body;
        const marking = checkedMarking(asked, request.body.marking);
        asked.allow("report", marking);
        return report(kit, asked, { feed, items, marking });
      });
    },
  );
}

/** Theirs to mark, for nations that take part, for what the workspace is for. */
export function checkedMarking({ nation, workspace }: Asked, marking: Marking): Marking {
  const { owner, releasableTo, use } = marking;
  if (owner !== nation) throw notValid("/body/marking/owner", `your people mark for ${nation}`);
  if (use !== workspace.use) throw notValid("/body/marking/use", `this workspace is ${workspace.use}`);
  if (releasableTo === "all") return marking;
  const strange = releasableTo.findIndex((one) => !workspace.nations.includes(one));
  if (strange >= 0) throw notValid(`/body/marking/releasableTo/${strange}`, "takes no part in this workspace");
  return { ...marking, releasableTo: releasableTo.filter((one) => one !== owner).sort() };
}
