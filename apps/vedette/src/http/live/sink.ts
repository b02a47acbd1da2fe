/** A response that stays open, as a hub writes to it. */
import type { ServerResponse } from "node:http";
import type { Sink } from "./hub-setting.ts";

export function sinkOf(response: ServerResponse): Sink {
  const isOver = (): boolean => response.destroyed || response.writableEnded;
  return {
    write(text) {
      if (isOver()) return 0;
      response.write(text);
      return response.writableLength;
    },
    drained: () =>
      new Promise((resolve) => {
        if (isOver() || !response.writableNeedDrain) return resolve();
        const done = (): void => {
          response.off("drain", done);
          response.off("close", done);
          resolve();
        };
        response.on("drain", done);
        response.on("close", done);
      }),
    end() {
      if (isOver()) return;
      response.end();
      // What it does not read keeps the connection no longer than this; it is of no other request (`Connection: close`).
      const { socket } = response;
      setTimeout(() => socket?.destroy(), LAST_WORDS_MS).unref();
    },
    onClose(tell) {
      if (isOver()) tell();
      else response.once("close", tell);
    },
  };
}

const LAST_WORDS_MS = 2000;
