/** One file from the web into a file here, bounded in time and size. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { InputError } from "../problem.ts";

export interface DownloadLimits {
  readonly timeoutMs: number;
  /** Of the text itself, after any compression of the transfer. */
  readonly maxBytes: number;
}

export const DOWNLOAD_LIMITS: DownloadLimits = { timeoutMs: 120_000, maxBytes: 512 * 1024 * 1024 };

/** @throws InputError with the address and what went wrong. */
export async function download(url: string, toPath: string, limits: DownloadLimits = DOWNLOAD_LIMITS): Promise<void> {
  const refuse = (message: string) => new InputError([{ file: url, message }]);
  const tooBig = refuse(`more than ${limits.maxBytes} bytes`);
  try {
    const signal = AbortSignal.timeout(limits.timeoutMs);
    const response = await fetch(url, { signal, headers: { "user-agent": "vedette" } });
    if (!response.ok) throw refuse(`the server answered ${response.status} ${response.statusText}`.trimEnd());
    if (Number(response.headers.get("content-length") ?? 0) > limits.maxBytes) throw tooBig;
    if (response.body === null) throw refuse("the server answered with nothing");
    let bytes = 0;
    const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > limits.maxBytes) throw tooBig;
        yield chunk;
      }
    };
    await pipeline(Readable.fromWeb(response.body), counted, createWriteStream(toPath), { signal });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw refuse(`cannot be fetched: ${reasonOf(error, limits)}`);
  }
}

function reasonOf(error: unknown, { timeoutMs }: DownloadLimits): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError" || error.name === "AbortError")
    return `no whole answer within ${timeoutMs / 1000} s`;
  // fetch says only "fetch failed"; the cause has the words that help.
  return error.cause instanceof Error ? error.cause.message || String(error.cause) : error.message;
}
