/** What routes are given: the application that they stand in, and the server's workspaces. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Decider } from "../release/cedar.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { PeopleService } from "./auth/setting.ts";

export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, TypeBoxTypeProvider>;

export interface Service {
  readonly version: string;
  readonly workspaces: ReadonlyMap<string, Workspace>;
  /** Who may do what to a marked object. */
  readonly decide: Decider;
  /** None: nobody is ever signed in. */
  readonly people?: PeopleService;
  /** 32 bytes, the same after a restart (`liveSecret`): under it the ids of live changes are made. */
  readonly liveSecret: Uint8Array;
  /** Bytes that a file of evidence may have; 256 MiB where left out. */
  readonly mostFileBytes?: number;
  /** What it waits for before it can take requests that need the stores; nothing where it can. */
  readonly ready: () => Promise<string | undefined>;
}
