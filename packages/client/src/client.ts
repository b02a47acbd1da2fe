/**
 * A typed client of the server, for browsers and Node alike: by an operation's name, with what its schema asks for. What can be asked again
 * without harm is asked again where the line was cut or the server is busy.
 */
import { type Api, type Problem, ROUTES } from "./api.generated.ts";
import { ApiError, Unreachable } from "./errors.ts";

export interface ClientSetting {
  /** Such as `https://vedette.example`; empty in a page that the server itself serves. */
  readonly url: string;
  /** Of a program; a page's own cookie does without. */
  readonly token?: string;
  readonly fetch?: typeof globalThis.fetch;
  /** How long it goes on asking, ms; 30 s where left out. */
  readonly patienceMs?: number;
  /** For tests; the machine's where left out. */
  readonly time?: ClientTime;
}

export interface ClientTime {
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export type OperationName = keyof Api & keyof typeof ROUTES;

export type Sent<K extends OperationName> = Omit<Api[K], "answer"> & { readonly signal?: AbortSignal };

export interface Answer<K extends OperationName> {
  readonly status: number;
  readonly body: Api[K]["answer"];
  /** For `If-Match` of a change. */
  readonly etag: string | undefined;
}

/** A file, or a stream of one. */
export type Bytes = NonNullable<RequestInit["body"]>;

export interface Client {
  /** @throws ApiError, Unreachable */
  readonly call: <K extends OperationName>(name: K, sent: Sent<K>) => Promise<Answer<K>>;
  /** The response as it comes, for streams and files; `bytes` as its body. @throws ApiError, Unreachable */
  readonly open: <K extends OperationName>(name: K, sent: Sent<K>, bytes?: Bytes) => Promise<Response>;
}

const PATIENCE_MS = 30_000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5000;
const AGAIN: readonly number[] = [429, 502, 503, 504];

export function clientOf(setting: ClientSetting): Client {
  const open: Client["open"] = (name, sent, bytes) => asked(setting, requestOf(setting, name, sent, bytes));
  return {
    open,
    async call(name, sent) {
      const response = await open(name, sent);
      const etag = response.headers.get("etag") ?? undefined;
      return { status: response.status, etag, body: await bodyOf(response) };
    },
  };
}

/** What is sent, of whichever operation. */
interface AnySent {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

interface Asking {
  readonly url: string;
  readonly init: RequestInit;
  /** Done twice it is done once. */
  readonly isRepeatable: boolean;
}

function requestOf({ url, token }: ClientSetting, name: OperationName, sent: AnySent, bytes?: Bytes): Asking {
  const [method, path] = ROUTES[name];
  const headers = new Headers({ accept: "application/json, */*;q=0.5" });
  for (const [key, value] of Object.entries(sent.headers ?? {}))
    if (value !== undefined) headers.set(key, String(value));
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  if (sent.body !== undefined) headers.set("content-type", "application/json");
  else if (bytes !== undefined) headers.set("content-type", "application/octet-stream");
  const body = sent.body === undefined ? bytes : JSON.stringify(sent.body);
  const isStream = bytes !== undefined && typeof bytes === "object" && "getReader" in bytes;
  return {
    url: `${url.replace(/\/+$/, "")}${filled(path, sent.path ?? {})}${queryOf(sent.query ?? {})}`,
    init: {
      method,
      headers,
      // A redirect would take the token elsewhere.
      redirect: "error",
      ...(body !== undefined && { body }),
      ...(isStream && ({ duplex: "half" } as RequestInit)),
      ...(sent.signal && { signal: sent.signal }),
    },
    isRepeatable: !isStream && (method === "GET" || headers.has("idempotency-key") || headers.has("if-match")),
  };
}

const filled = (path: string, values: Readonly<Record<string, unknown>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined || value === "") throw new TypeError(`${path}: ${name} is missing`);
    return encodeURIComponent(String(value));
  });

function queryOf(values: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value !== undefined) query.set(key, String(value));
  return query.size === 0 ? "" : `?${query}`;
}

async function asked(
  { fetch: own, patienceMs = PATIENCE_MS, time = MACHINE }: ClientSetting,
  asking: Asking,
): Promise<Response> {
  const fetching = own ?? globalThis.fetch;
  const untilMs = time.now() + patienceMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const found = await once(fetching, asking);
    if (found instanceof Response && found.ok) return found;
    const mayRepeat = asking.isRepeatable && (found instanceof Unreachable || AGAIN.includes(found.status));
    const nextMs = found instanceof Response ? Math.max(waitMs, retryAfterMs(found)) : waitMs;
    if (!mayRepeat || time.now() + nextMs > untilMs) throw found instanceof Response ? await errorOf(found) : found;
    if (found instanceof Response) await found.body?.cancel();
    await time.wait(nextMs);
  }
}

async function once(fetching: typeof globalThis.fetch, { url, init }: Asking): Promise<Response | Unreachable> {
  try {
    return await fetching(url, init);
  } catch (error) {
    if (init.signal?.aborted === true) throw error;
    return new Unreachable(url, error);
  }
}

const retryAfterMs = ({ headers }: Response): number => (Number(headers.get("retry-after")) || 0) * 1000;

async function errorOf(response: Response): Promise<ApiError> {
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") === true;
  const problem = isProblem ? ((await response.json().catch(() => undefined)) as Problem | undefined) : undefined;
  if (!isProblem) await response.body?.cancel();
  return new ApiError(response.status, problem);
}

/** `undefined` as type: whoever asks by the operation's name knows what its schema promises. */
async function bodyOf<T>(response: Response): Promise<T> {
  const type = response.headers.get("content-type") ?? "";
  if (/^application\/(?:[a-z.]+\+)?json\b/.test(type)) return (await response.json()) as T;
  if (response.status === 204 || response.headers.get("content-length") === "0") return undefined as T;
  return response as T;
}

const MACHINE: ClientTime = {
  now: () => Date.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
