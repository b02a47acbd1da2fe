/** What routes are given: the application that they stand in, and the server's workspaces. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Workspace } from "../workspace/workspace.ts";

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

export interface Service {
  readonly version: string;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  /** What it waits for before it can take requests that need the stores; nothing where it can. */
  readonly ready: () => Promise<string | undefined>;
}
