/** The server: routes by their schemas, answers by what the asker is given, faults as problem documents. */
import { randomUUID } from "node:crypto";
import cookie from "@fastify/cookie";
import helmet from "@fastify/helmet";
import swagger from "@fastify/swagger";
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from "@fastify/type-provider-typebox";
import { ProblemDocument } from "@vedette/wire/problem-document";
import Fastify from "fastify";
import { ApiProblem, problemFrom, sendProblem } from "./api-problem.ts";
import { useAuth } from "./auth/auth.ts";
import { allPeopleRoutes } from "./auth/people-routes.ts";
import type { Tls } from "./auth/tls.ts";
import { docsRoutes } from "./routes/docs.ts";
import { healthRoutes } from "./routes/health.ts";
import { liveRoutes } from "./routes/live.ts";
import { resourceRoutes } from "./routes/resources.ts";
import { workspaceRoutes } from "./routes/workspaces.ts";
import type { App, Service } from "./service.ts";

export interface AppOptions {
  /** Behind TLS, its own or a proxy's: cookies are `Secure`, HSTS is sent. */
  readonly isSecure: boolean;
  readonly logger?: boolean;
  /** Its own; behind a proxy the proxy has one. */
  readonly tls?: Tls;
}

/** JSON bodies; files have a route of their own. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;

export async function appOf(service: Service, { isSecure, logger = false, tls }: AppOptions): Promise<App> {
  const app = Fastify({
    logger,
    // A server of HTTPS serves the same routes; its type says no more that is of use here.
    ...(tls === undefined ? {} : ({ https: tls } as object)),
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    return503OnClosing: true,
    forceCloseConnections: "idle",
    connectionTimeout: 30_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  app.setErrorHandler((error, request, reply) => {
    const problem = problemFrom(error);
    if (problem.code === "failed") request.log.error({ err: error }, "a request failed");
    return sendProblem(problem, request, reply);
  });
  app.setNotFoundHandler((request, reply) => sendProblem(new ApiProblem("not-found", ""), request, reply));
  app.addSchema(ProblemDocument);
  await app.register(helmet, helmetOptions(isSecure));
  await app.register(cookie);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Vedette", version: service.version, description: DESCRIPTION },
      servers: [{ url: "/" }],
    },
    // Named as we name them, not `def-0`.
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, i) => (typeof $id === "string" ? $id : `def-${i}`),
    },
  });
  await useAuth(app, service, isSecure);
  await app.register(
    async (api) => {
      const typed = api as App;
      allPeopleRoutes(typed, service, { isSecure });
      workspaceRoutes(typed, service);
      liveRoutes(typed, service);
      await resourceRoutes(typed, service);
      docsRoutes(typed);
    },
    { prefix: "/api" },
  );
  healthRoutes(app, service);
  return app;
}

const DESCRIPTION = `What is watched, what came in, what it means, which clock runs. Every answer holds what the asker's nation is given and
no trace of the rest. Lists go on by \`cursor\`; changes need the \`ETag\` that was read in \`If-Match\`; writes take an \`Idempotency-Key\`.`;

const helmetOptions = (isSecure: boolean) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "data:", "blob:"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'", "blob:"],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: isSecure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
  referrerPolicy: { policy: "no-referrer" as const },
  crossOriginEmbedderPolicy: { policy: "require-corp" as const },
  crossOriginOpenerPolicy: { policy: "same-origin" as const },
  crossOriginResourcePolicy: { policy: "same-origin" as const },
});
