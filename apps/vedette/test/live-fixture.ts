/** A hub without a database and without time: changes are a list, beats are called by hand, clients keep what they are sent. */
import { Hub } from "../src/http/live/hub.ts";
import type { Change, Changes, Sink } from "../src/http/live/hub-setting.ts";

/** Who is given a change. */
export interface GivenChange extends Change {
  readonly to: readonly string[];
}

export class FakeChanges implements Changes {
  readonly all: GivenChange[] = [];
  reads = 0;
  /** Something that happens while a page is on its way. */
  meanwhile: (() => void | Promise<void>) | undefined;

  add(to: readonly string[], object = `in-${this.all.length + 1}`): void {
    this.all.push({ to, object, position: this.all.length + 1, type: "incident.changed", version: 1 });
  }

  after = async (nation: string, position: number, limit: number): Promise<readonly Change[]> => {
    this.reads += 1;
    const page = this.all.filter((one) => one.position > position && one.to.includes(nation)).slice(0, limit);
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    return page;
  };

  head = async (nation: string): Promise<number> => this.all.findLast(({ to }) => to.includes(nation))?.position ?? 0;
}

export class FakeSink implements Sink {
  text = "";
  isEnded = false;
  isClosed = false;
  /** What it says waits. */
  waits = 0;
  readonly #tell: (() => void)[] = [];
  readonly #drain: (() => void)[] = [];

  write = (text: string): number => {
    if (!this.isEnded && !this.isClosed) this.text += text;
    return this.waits;
  };
  drained = (): Promise<void> => new Promise((resolve) => this.#drain.push(resolve));
  end = (): void => {
    this.isEnded = true;
    this.close();
  };
  onClose = (tell: () => void): void => {
    this.#tell.push(tell);
  };
  drain(): void {
    this.waits = 0;
    for (const resolve of this.#drain.splice(0)) resolve();
  }
  close(): void {
    this.isClosed = true;
    this.drain();
    for (const tell of this.#tell.splice(0)) tell();
  }
  get events(): { readonly id?: string; readonly event: string; readonly object?: string }[] {
    return eventsIn(this.text);
  }
  get objects(): string[] {
    return this.events.flatMap(({ object }) => (object === undefined ? [] : [object]));
  }
}

export function eventsIn(text: string): { readonly id?: string; readonly event: string; readonly object?: string }[] {
  return text
    .split("\n\n")
    .filter((frame) => /^event: /m.test(frame))
    .map((frame) => {
      const id = /^id: (.*)$/m.exec(frame)?.[1];
      const object = (JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? "{}") as { readonly id?: string }).id;
      return {
        event: /^event: (.*)$/m.exec(frame)?.[1] ?? "",
        ...(id !== undefined && { id }),
        ...(object !== undefined && { object }),
      };
    });
}

/** Timers that go off when the test says so. */
export class FakeTime {
  readonly #timers = new Set<{ readonly work: () => void; leftMs: number }>();
  later = (work: () => void, ms: number): (() => void) => {
    const timer = { work, leftMs: ms };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  };
  get waiting(): number {
    return this.#timers.size;
  }
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      for (const timer of [...this.#timers]) {
        timer.leftMs -= 50;
        if (timer.leftMs > 0) continue;
        this.#timers.delete(timer);
        timer.work();
      }
      // What was begun is done before more time passes: a few rounds of what is awaited.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

export const SECRET = Buffer.alloc(32, 7);

export function hubFixture(): { hub: Hub; changes: FakeChanges; time: FakeTime; faults: unknown[] } {
  const [changes, time, faults] = [new FakeChanges(), new FakeTime(), [] as unknown[]];
  const hub = new Hub({
    changes,
    secret: SECRET,
    workspace: "w",
    later: time.later,
    onFault: (error) => faults.push(error),
  });
  return { hub, changes, time, faults };
}

export const always = async (): Promise<boolean> => true;
