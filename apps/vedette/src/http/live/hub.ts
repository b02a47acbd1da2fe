/**
 * Live changes to many clients. What is said is made once for all of one nation, and written in one piece per beat; a client that was
 * away is told all that it missed first; one that does not read is cut off, and comes back with its last id.
 */
import type { NationCode } from "@vedette/core/record/marking";
import { type OpaquePositions, opaquePositions } from "./opaque.ts";

/** Something that a nation has came to be another: what, and in which version. */
export interface Change {
  readonly position: number;
  /** `incident.changed`, `evidence.recorded`: the names of the documentation. */
  readonly type: string;
  readonly object: string;
  readonly version: number;
}

export interface Changes {
  /** What a nation has beyond a position, in order. */
  readonly after: (nation: NationCode, position: number, limit: number) => Promise<readonly Change[]>;
  /** Of the last change of all. */
  readonly head: () => Promise<number>;
}

/** Whom it is sent to: a response that stays open. */
export interface Sink {
  /** @returns bytes that wait to go out */
  readonly write: (text: string) => number;
  readonly end: () => void;
}

export interface HubSetting {
  readonly changes: Changes;
  readonly secret: Uint8Array;
  readonly workspace: string;
  /** Runs something in so many ms; returns how to stop it. */
  readonly later: (work: () => void, ms: number) => () => void;
  readonly onFault: (error: unknown) => void;
}

const BEAT_MS = 50;
const KEEP_ALIVE_MS = 15_000;
const PAGE = 1000;
/** A client that is so far behind does not read. */
const MOST_WAITING_BYTES = 1 << 20;

interface Client {
  readonly sink: Sink;
  position: number;
}

interface Audience {
  readonly nation: NationCode;
  readonly opaque: OpaquePositions;
  readonly clients: Set<Client>;
}

export class Hub {
  readonly #setting: HubSetting;
  readonly #audiences = new Map<NationCode, Audience>();
  #isAwake = false;
  #stopBeat: (() => void) | undefined;
  #stopAlive: (() => void) | undefined;
  #isClosed = false;

  constructor(setting: HubSetting) {
    this.#setting = setting;
  }

  get clients(): number {
    return [...this.#audiences.values()].reduce((sum, { clients }) => sum + clients.size, 0);
  }

  opaqueOf(nation: NationCode): OpaquePositions {
    return this.#audienceOf(nation).opaque;
  }

  /**
   * From now on, or from after what it was last told.
   * @param from as `Last-Event-ID` has it, read by `opaqueOf`
   * @returns how it leaves
   */
  async join(nation: NationCode, sink: Sink, from?: number): Promise<() => void> {
    const audience = this.#audienceOf(nation);
    const client: Client = { sink, position: from ?? (await this.#setting.changes.head()) };
    // Also without anything to tell: the id to come back with.
    sink.write(`retry: 2000\nid: ${audience.opaque.textOf(client.position)}\nevent: hello\ndata: {}\n\n`);
    await this.#catchUp(audience, client);
    if (this.#isClosed) sink.end();
    else audience.clients.add(client);
    // What was written meanwhile may have been told before it was here.
    this.wake();
    this.#keepAlive();
    return () => {
      audience.clients.delete(client);
    };
  }

  /** Something was written: told within a beat. */
  wake(): void {
    this.#isAwake = true;
    if (this.#stopBeat !== undefined || this.#isClosed) return;
    this.#stopBeat = this.#setting.later(() => {
      this.#stopBeat = undefined;
      if (!this.#isAwake) return;
      this.#isAwake = false;
      this.#beat().catch(this.#setting.onFault);
    }, BEAT_MS);
  }

  close(): void {
    this.#isClosed = true;
    this.#stopBeat?.();
    this.#stopAlive?.();
    for (const { clients } of this.#audiences.values()) for (const { sink } of clients) sink.end();
    this.#audiences.clear();
  }

  async #beat(): Promise<void> {
    for (const audience of this.#audiences.values()) if (audience.clients.size > 0) await this.#tell(audience);
  }

  async #tell(audience: Audience): Promise<void> {
    const slowest = Math.min(...[...audience.clients].map(({ position }) => position));
    for (let position = Math.max(slowest, 0); ; ) {
      const page = await this.#setting.changes.after(audience.nation, position, PAGE);
      if (page.length === 0) return;
      this.#send(audience, page);
      position = (page.at(-1) as Change).position;
      if (page.length < PAGE) return;
    }
  }

  #send({ clients, opaque }: Audience, page: readonly Change[]): void {
    const frames = page.map((change) => frameOf(change, opaque));
    const last = (page.at(-1) as Change).position;
    const all = frames.join("");
    for (const client of clients) {
      if (client.position >= last) continue;
      const first = page.findIndex(({ position }) => position > client.position);
      const waits = client.sink.write(first === 0 ? all : frames.slice(first).join(""));
      client.position = last;
      if (waits <= MOST_WAITING_BYTES) continue;
      clients.delete(client);
      client.sink.end();
    }
  }

  async #catchUp({ nation, opaque }: Audience, client: Client): Promise<void> {
    for (;;) {
      const page = await this.#setting.changes.after(nation, client.position, PAGE);
      if (page.length === 0) return;
      client.sink.write(page.map((change) => frameOf(change, opaque)).join(""));
      client.position = (page.at(-1) as Change).position;
      if (page.length < PAGE) return;
    }
  }

  /** A line now and then, so that what lies between does not take the connection for dead. */
  #keepAlive(): void {
    if (this.#stopAlive !== undefined || this.#isClosed) return;
    this.#stopAlive = this.#setting.later(() => {
      this.#stopAlive = undefined;
      for (const { clients } of this.#audiences.values()) for (const { sink } of clients) sink.write(":\n\n");
      if (this.clients > 0) this.#keepAlive();
    }, KEEP_ALIVE_MS);
  }

  #audienceOf(nation: NationCode): Audience {
    const known = this.#audiences.get(nation);
    if (known !== undefined) return known;
    const { secret, workspace } = this.#setting;
    const audience = {
      nation,
      opaque: opaquePositions(secret, `${workspace} ${nation}`),
      clients: new Set<Client>(),
    };
    this.#audiences.set(nation, audience);
    return audience;
  }
}

const frameOf = ({ position, type, object, version }: Change, opaque: OpaquePositions): string =>
  `id: ${opaque.textOf(position)}\nevent: ${type}\ndata: ${JSON.stringify({ id: object, version })}\n\n`;
