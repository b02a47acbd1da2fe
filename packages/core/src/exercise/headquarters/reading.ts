/** The analysts' room: what came in, in the order of coming; what is urgent is read first, what the parties claim last. */
import type { Evidence } from "../../verify/evidence.ts";
import type { Staff } from "./staff.ts";
import { Crew, type SavedCrew, type Started } from "./staff-crew.ts";
import type { WorkTime } from "./staff-times.ts";

/** Of one item: when it came in, was taken up, was read. */
export interface Reading {
  readonly arrivedMs: number;
  readonly takenMs: number;
  readonly readMs: number;
}

export interface SavedRoom {
  readonly items: readonly Evidence[];
  readonly readings: readonly Reading[];
  readonly crew: SavedCrew;
}

export class ReadingRoom {
  items: Evidence[] = [];
  readings: Reading[] = [];
  readonly #crew: Crew;
  readonly #staff: Staff;
  readonly #lasts: WorkTime;

  constructor(staff: Staff, lasts: WorkTime) {
    const { analysts, utcOffsetH, handoverMs } = staff;
    this.#crew = new Crew(analysts, { utcOffsetH, handoverMs, prefix: "a" });
    this.#staff = staff;
    this.#lasts = lasts;
  }

  get waiting(): number {
    return this.#crew.waiting;
  }

  /** Own reports of what is urgent; then all other own reports and claims of what is urgent; then the other claims. */
  receive(item: Evidence, isUrgent: boolean, nowMs: number): void {
    const id = this.items.length;
    this.items.push(item);
    this.readings.push({ arrivedMs: nowMs, takenMs: Number.NaN, readMs: Number.NaN });
    const urgency = (item.form === "claim" ? 2 : 1) - (isUrgent ? 1 : 0);
    const workMs = this.#lasts(this.#staff.analysis, item.id, "read");
    this.#crew.add({ id, urgency, workMs, barred: [] });
  }

  start(nowMs: number): Started[] {
    const started = this.#crew.start(nowMs);
    for (const { id, isHandedOn } of started) if (!isHandedOn) this.#note(id, { takenMs: nowMs });
    return started;
  }

  /** `undefined`: it was handed on, and is read later. */
  end(id: number, nowMs: number): Evidence | undefined {
    if (this.#crew.end(id, nowMs) === undefined) return undefined;
    this.#note(id, { readMs: nowMs });
    return this.items[id];
  }

  change(nowMs: number): void {
    this.#crew.change(nowMs);
  }

  #note(id: number, step: Partial<Reading>): void {
    this.readings[id] = { ...(this.readings[id] as Reading), ...step };
  }

  save(): SavedRoom {
    return { items: [...this.items], readings: [...this.readings], crew: this.#crew.save() };
  }

  load({ items, readings, crew }: SavedRoom): void {
    this.items = [...items];
    this.readings = [...readings];
    this.#crew.load(crew);
  }
}
