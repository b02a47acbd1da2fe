/**
 * Live changes to many clients. What is said is made once for all of one nation, and written in one piece per beat; a client that was
 * away is told all that it missed first, as fast as it reads; one that falls behind is cut off, and comes back with its last id.
 */
import type { NationCode } from "@vedette/core/record/marking";
import type { Change, Client, HubSetting, Joining } from "./hub-setting.ts";
import { type OpaquePositions, opaquePositions } from "./opaque.ts";

const BEAT_MS = 50;
const KEEP_ALIVE_MS = 15_000;
/** Whether a client may still listen is asked so often: within a minute nobody does who may not, also where one question fails. */
const ASK_MS = 20_000;
const PAGE = 500;
/** A client that is so far behind does not read: some twenty seconds at two hundred changes a second. */
const MOST_WAITING_BYTES = 512 * 1024;

interface Audience {
  readonly nation: NationCode;
  readonly opaque: OpaquePositions;
  readonly clients: Set<Client>;
  /** One reading of the changes at a time; what was written meanwhile is read by another right after. */
  isTelling: boolean;
  isBehind: boolean;
}

export class Hub {
  readonly #setting: HubSetting;
  readonly #audiences = new Map<NationCode, Audience>();
  /** Those too that are still told what they missed. */
  readonly #clients = new Set<Client>();
  readonly #stops = new Map<string, () => void>();
  #isClosed = false;

  constructor(setting: HubSetting) {
    this.#setting = setting;
  }

  get clients(): number {
    return this.#clients.size;
  }

  /**
   * From now on, or from after what it was last told.
   *
   * @param from `Last-Event-ID`; one that was never given out begins with `reset`: whatever the client has is to be read anew
   * @returns how it leaves; resolves once it is told all that there was
   */
  async join(nation: NationCode, joining: Joining): Promise<() => void> {
    const { sink, from, mayStay } = joining;
    const audience = this.#audienceOf(nation);
    const client: Client = { sink, mayStay, position: 0, doubts: 0, isGone: false };
    const leave = (): void => this.#drop(client);
    this.#clients.add(client);
    sink.onClose(leave);
    this.#every("alive", KEEP_ALIVE_MS, () => this.#keepAlive());
    this.#every("ask", ASK_MS, () => this.#ask().catch(this.#setting.onFault));
    try {
      await this.#begin(audience, client, from);
    } catch (error) {
      this.#cut(client);
      throw error;
    }
    if (this.#isClosed) this.#cut(client);
    if (client.isGone) return leave;
    // Nothing is awaited between its last page, which was empty, and this: what is written from here on it is told with the others.
    audience.clients.add(client);
    this.wake();
    return leave;
  }

  /** Something was written: told within a beat. */
  wake(): void {
    if (this.#isClosed || this.#stops.has("beat")) return;
    this.#stops.set(
      "beat",
      this.#setting.later(() => {
        this.#stops.delete("beat");
        for (const audience of this.#audiences.values()) this.#tell(audience).catch(this.#setting.onFault);
      }, BEAT_MS),
    );
  }

  /** Every stream ends; its client comes back elsewhere or later, with its last id. */
  close(): void {
    this.#isClosed = true;
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
    for (const client of this.#clients) {
      client.isGone = true;
      client.sink.end();
    }
    this.#clients.clear();
    this.#audiences.clear();
  }

  async #begin({ nation, opaque }: Audience, client: Client, from: string | undefined): Promise<void> {
    const { changes } = this.#setting;
    // Its own last change and not the last of all: two ids of the same moment would else tell of what others were given.
    const head = await changes.head(nation);
    const asked = from === undefined ? undefined : opaque.positionOf(from);
    const isKnown = asked !== undefined && asked <= head;
    client.position = isKnown ? asked : head;
    const hello = from === undefined || isKnown ? "hello" : "reset";
    client.sink.write(`retry: 2000\nid: ${opaque.textOf(client.position)}\nevent: ${hello}\ndata: {}\n\n`);
    while (!client.isGone) {
      const page = await changes.after(nation, client.position, PAGE);
      const last = page.at(-1);
      if (last === undefined || client.isGone) return;
      client.position = last.position;
      const waits = client.sink.write(page.map((change) => frameOf(change, opaque)).join(""));
      if (waits > MOST_WAITING_BYTES / 2) await client.sink.drained();
    }
  }

  async #tell(audience: Audience): Promise<void> {
    audience.isBehind = true;
    if (audience.isTelling) return;
    audience.isTelling = true;
    try {
      while (audience.isBehind && audience.clients.size > 0) {
        audience.isBehind = false;
        await this.#tellAll(audience);
      }
    } finally {
      audience.isTelling = false;
    }
  }

  async #tellAll(audience: Audience): Promise<void> {
    const { changes } = this.#setting;
    let position = Math.min(...[...audience.clients].map((client) => client.position));
    for (;;) {
      const page = await changes.after(audience.nation, position, PAGE);
      const last = page.at(-1);
      if (last === undefined || this.#isClosed) return;
      this.#send(audience, position, page);
      position = last.position;
      if (page.length < PAGE) return;
    }
  }

  /** @param after the page is whole for whoever was told as far as this; who joined meanwhile from before is told by the next reading */
  #send({ clients, opaque }: Audience, after: number, page: readonly Change[]): void {
    const frames = page.map((change) => frameOf(change, opaque));
    const all = frames.join("");
    const last = page.at(-1)?.position ?? after;
    for (const client of clients) {
      if (client.position < after || client.position >= last) continue;
      const first = page.findIndex(({ position }) => position > client.position);
      client.position = last;
      const waits = client.sink.write(first === 0 ? all : frames.slice(first).join(""));
      if (waits > MOST_WAITING_BYTES) this.#cut(client);
    }
  }

  /**
   * A line now and then, so that what lies between does not take the connection for dead; and a look of our own, where the database was
   * gone when something was to be told.
   */
  #keepAlive(): void {
    this.wake();
    for (const client of this.#clients) {
      if (client.sink.write(":\n\n") > MOST_WAITING_BYTES) this.#cut(client);
    }
  }

  /** Sessions end and roles are taken away while a stream is open. Who cannot be asked about twice in a row is not told on. */
  async #ask(): Promise<void> {
    for (const client of [...this.#clients]) {
      if (client.isGone) continue;
      try {
        client.doubts = (await client.mayStay()) ? 0 : Number.POSITIVE_INFINITY;
      } catch (error) {
        client.doubts += 1;
        this.#setting.onFault(error);
      }
      if (client.doubts < 2 || client.isGone) continue;
      client.sink.write("event: bye\ndata: {}\n\n");
      this.#cut(client);
    }
  }

  #cut(client: Client): void {
    this.#drop(client);
    client.sink.end();
  }

  #drop(client: Client): void {
    client.isGone = true;
    for (const { clients } of this.#audiences.values()) clients.delete(client);
    this.#clients.delete(client);
    if (this.#clients.size > 0) return;
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }

  /** As long as anybody listens. */
  #every(name: string, ms: number, work: () => void): void {
    if (this.#stops.has(name) || this.#isClosed) return;
    this.#stops.set(
      name,
      this.#setting.later(() => {
        this.#stops.delete(name);
        work();
        if (this.#clients.size > 0) this.#every(name, ms, work);
      }, ms),
    );
  }

  #audienceOf(nation: NationCode): Audience {
    const known = this.#audiences.get(nation);
    if (known !== undefined) return known;
    const { secret, workspace } = this.#setting;
    const opaque = opaquePositions(secret, `${workspace} ${nation}`);
    const audience: Audience = { nation, opaque, clients: new Set(), isTelling: false, isBehind: false };
    this.#audiences.set(nation, audience);
    return audience;
  }
}

const frameOf = ({ position, type, object, version }: Change, opaque: OpaquePositions): string =>
  `id: ${opaque.textOf(position)}\nevent: ${type}\ndata: ${JSON.stringify({ id: object, version })}\n\n`;
