/** Server-sent events out of a response, as the HTML standard reads them. */

export interface ServerEvent {
  readonly event: string;
  readonly id?: string;
  readonly data: string;
}

/** What the stream ends within is not an event. @throws TypeError where the line is cut */
export async function* eventsOf({ body }: Response): AsyncGenerator<ServerEvent> {
  if (body === null) return;
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const frames = (rest + value).split(/\n\n|\r\n\r\n/);
      rest = frames.pop() ?? "";
      for (const frame of frames) {
        const event = eventIn(frame);
        if (event !== undefined) yield event;
      }
    }
  } finally {
    // Also where the reader went away in the middle: the connection is given back.
    await reader.cancel().catch(() => {});
  }
}

function eventIn(frame: string): ServerEvent | undefined {
  let [event, id, data]: [string, string | undefined, string | undefined] = ["message", undefined, undefined];
  for (const line of frame.split(/\r?\n/)) {
    const [, field = "", value = ""] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === "event") event = value;
    else if (field === "id") id = value;
    else if (field === "data") data = data === undefined ? value : `${data}\n${value}`;
  }
  return data === undefined ? undefined : { event, data, ...(id !== undefined && { id }) };
}
