/** Fire, as rows. */
import { type Columns, Rows } from "./rows.ts";

const FIRE_SHAPE = {
  /** Since the truce began. Whole. */
  tMs: "f64",
  /** Along the line, and across it. */
  sKm: "f64",
  yKm: "f64",
  /** Index into FIRE_KINDS. */
  kind: "u8",
  /** Who fired: 0 or 1. What the world knows and no observer is told. */
  side: "u8",
  /** 1: as strong as is usual for the kind. */
  strength: "f32",
  /** Index into the names of the sources; then the running number of the engagement there, and of the event in it. */
  source: "u16",
  engagement: "u32",
  member: "u32",
} as const;

export type FireColumns = Columns<typeof FIRE_SHAPE>;

export class FireEvents extends Rows<typeof FIRE_SHAPE> {
  constructor(capacity = 1024) {
    super(FIRE_SHAPE, capacity);
  }

  sorted(): FireColumns {
    return this.taken(this.orderBy(this.columns.tMs));
  }
}
